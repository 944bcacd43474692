"""事業の記載. Volumes opened, projects added, words and departments written, bodies in the order of their codes."""

from datetime import date

import pytest

from sosei.core.errors import (
    BadCheckDigit,
    NoReason,
    NotAllowed,
    Stale,
    UnknownBody,
    UnreadablePeriod,
)
from sosei.journal.acts import act
from sosei.ledger.actions.entries import (
    Body,
    add_project,
    describe_volume,
    open_volume,
    rest_project,
    set_members,
    write_entry,
)
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.doubts import AlreadyThere, EmptyProject, TwoLeads
from sosei.ledger.halts import Locked
from sosei.ledger.models import Charge, Member, Passage
from sosei.ledger.queries.view import report_of
from sosei.ledger.queries.weights import weight
from sosei.ledger.refusals import NoSuchThing, VolumeExists
from yearbook import Book, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Book:
    return book()


def test_報告年度を開く(made) -> None:
    volume = open_volume(
        by=made.town.planner, year=2022, title=" 令和4年度の報告 ", publish_due=date(2023, 12, 28)
    )
    assert (volume.fiscal_year, volume.title, volume.said_year) == (2022, "令和4年度の報告", 2022)
    assert report_of(volume).fiscal_year.year == 2022
    with pytest.raises(VolumeExists):
        open_volume(by=made.town.planner, year=2022)
    assert open_volume(by=made.town.planner, year=2022, series="拠点整備").series == "拠点整備"
    with pytest.raises(NotAllowed):
        open_volume(by=made.town.officer, year=2023)


def test_題名と公表の期限を書く(made) -> None:
    seen = made.volume.stamp
    said = {"by": made.town.planner, "volume": made.volume.pk}
    found = describe_volume(title="改題", publish_due=date(2022, 12, 1), seen=seen, **said)
    assert (found.title, found.publish_due) == ("改題", date(2022, 12, 1))
    with pytest.raises(Stale):
        describe_volume(title="もう一度", publish_due=None, seen=seen, **said)


def test_事業を加える(made) -> None:
    entry = add_project(
        by=made.town.planner, volume=made.volume.pk, departments=[made.town.it.pk],
        words={
            "name": "AI・IoT 事業", "grant": "地方創生推進交付金", "grant_type": "横展開タイプ", "period": "R3～7 年度",
            "activities": ["勉強会を\n開いた", "", "補助した"],
        },
    )  # fmt: skip
    assert (entry.scheme, entry.period_first, entry.period_last, entry.position) == (
        "suishin", 2021, 2025, 3,
    )  # fmt: skip
    assert entry.project.key == "P004"
    project = report_of(made.volume).projects[3]
    assert [str(a) for a in project.activities] == ["勉強会を開いた", "補助した"]
    assert [str(d) for d in project.departments] == ["ものづくり推進課"]


def test_同じ名の事業は二度加えられない(made) -> None:
    for name in ("成長分野拠点 形成支援事業", "成長分野拠点形成支援事業"):
        with pytest.raises(AlreadyThere):
            add_project(by=made.town.planner, volume=made.volume.pk, words={"name": name})
    with pytest.raises(EmptyProject):
        add_project(by=made.town.planner, volume=made.volume.pk, words={"name": " "})


def test_前からの事業を新しい年度に加える(made) -> None:
    volume = open_volume(by=made.town.planner, year=2022)
    entry = add_project(
        by=made.town.planner, volume=volume.pk, words={"name": "成長分野の事業"},
        project=made.it.project_id,
    )  # fmt: skip
    assert entry.project_id == made.it.project_id
    with pytest.raises(AlreadyThere):
        add_project(
            by=made.town.planner, volume=volume.pk, words={"name": "別の名"},
            project=made.it.project_id,
        )  # fmt: skip


def test_自分の課の事業だけ加えられ決裁の後は加えられない(made) -> None:
    said = {"volume": made.volume.pk, "words": {"name": "新しい事業"}}
    with pytest.raises(NotAllowed):
        add_project(by=made.town.officer, departments=[made.town.tourism.pk], **said)
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="decided")
    with pytest.raises(Locked):
        add_project(by=made.town.planner, **said)


def write(made: Book, **words):
    by = words.pop("by", made.town.officer)
    more = {k: words.pop(k) for k in ("seen", "departments") if k in words}
    return write_entry(by=by, entry=made.it.pk, words=words, **({"seen": None} | more))


def test_言った欄だけが変わる(made) -> None:
    write(made, period="令和3年度～令和5年度", activities=["企業の交流会を開いた", "視察した"])
    now = made.fresh().it
    assert (now.period_raw, now.period_first, now.period_last) == (
        "令和3年度～令和5年度",
        2021,
        2023,
    )
    assert (now.name, now.grant) == ("成長分野拠点形成支援事業", "地方創生推進交付金")
    rows = Passage.objects.filter(entry=now, part="activity").order_by("position")
    assert [(r.text, r.stamp) for r in rows] == [("企業の交流会を開いた", 1), ("視察した", 1)]


def test_書き直した欄の所在だけが消え交付金制度は両方の語で決まる(made) -> None:
    made.it.__class__.objects.filter(pk=made.it.pk).update(
        trace={"name": {"raw": "成長 分野"}, "grant": {"raw": "推進"}, "period": {"raw": "R1"}}
    )
    write(made, name="成長分野の事業", grant_type="デジタル実装タイプ", period="R1～R3年度")
    now = made.fresh().it
    assert now.trace == {"grant": {"raw": "推進"}, "period": {"raw": "R1"}}
    assert now.scheme == "suishin"
    write(made, grant="")
    assert made.fresh().it.scheme == "denen-jissou"


def test_減った段落は取り消され消えない(made) -> None:
    write(made, activities=["一", "二"])
    write(made, activities=["二"])
    rows = Passage.objects.filter(entry=made.it, part="activity").order_by("position", "pk")
    assert [(r.text, r.voided is None) for r in rows] == [("二", True), ("二", False)]


def test_読めない期間と空の名は断る(made) -> None:
    with pytest.raises(UnreadablePeriod):
        write(made, period="いつか")
    with pytest.raises(EmptyProject):
        write(made, name="")
    assert made.fresh().it.period_raw == "R1～R3年度"


def test_段落だけを変えた人がいても古い画面は断られる(made) -> None:
    seen = weight(made.it.pk)
    write(made, activities=["先に書いた"], seen=seen)
    with pytest.raises(Stale):
        write(made, activities=["後から書いた"], seen=seen)
    with pytest.raises(Stale):
        write(made, name="後から書いた", seen=seen)
    assert report_of(made.volume).projects[0].activities[0].text == "先に書いた"


def test_取り消されただけの段落も古い画面を知らせる(made) -> None:
    seen = weight(made.it.pk)
    write(made, activities=[])
    assert weight(made.it.pk) > seen


def test_担当課は企画課だけが替える(made) -> None:
    both = [made.town.it.pk, made.town.tourism.pk]
    with pytest.raises(NotAllowed):
        write(made, departments=both)
    write(made, by=made.town.planner, departments=both)
    charges = Charge.objects.filter(entry=made.it, voided__isnull=True).order_by("position")
    assert [c.text for c in charges] == ["ものづくり推進課", "観光課"]
    write(made, departments=both, name="二課の事業")
    with pytest.raises(NoSuchThing):
        write(made, by=made.town.planner, departments=[0])


def test_提出した後の記載は断る(made) -> None:
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    with pytest.raises(Locked):
        write(made, name="変える")


def members(made: Book, *bodies: Body, **more):
    return set_members(
        by=made.town.officer, entry=made.it.pk, bodies=bodies, **({"seen": None} | more)
    )


def test_構成団体はコードの順に並び代表と負担額を持つ(made) -> None:
    members(
        made, Body(code="041009"), Body(code="02201"), Body(name="実行委員会"),
        Body(code="032018", lead=True, yen=500_000),
    )  # fmt: skip
    rows = Member.objects.filter(entry=made.it).order_by("position")
    assert [(m.name, m.member_code, m.lead, m.yen) for m in rows] == [
        ("青森市", "022012", False, None),
        ("盛岡市", "032018", True, 500_000),
        ("仙台市", "041009", False, None),
        ("実行委員会", None, False, None),
    ]
    assert [b.name for b in report_of(made.volume).projects[0].bodies] == [
        "青森市", "盛岡市", "仙台市", "実行委員会",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bodies", "refusal"),
    [
        ([Body(code="032018", lead=True), Body(code="022012", lead=True)], TwoLeads),
        ([Body(code="032018"), Body(code="03201")], TwoLeads),
        ([Body(code="032019")], BadCheckDigit),
        ([Body(code="999997")], UnknownBody),
    ],
)
def test_二重の団体や違うコードは断る(made, bodies, refusal) -> None:
    with pytest.raises(refusal):
        members(made, *bodies)
    assert not Member.objects.exists()


def test_構成団体も古い画面を断る(made) -> None:
    seen = weight(made.it.pk)
    members(made, Body(code="032018"), seen=seen)
    with pytest.raises(Stale):
        members(made, Body(code="022012"), seen=seen)


def test_事業の休止と再開には理由が要る(made) -> None:
    said = {"by": made.town.planner, "entry": made.it.pk}
    with pytest.raises(NoReason):
        rest_project(year=2022, reason=" ", **said)
    assert rest_project(year=2022, reason="予定どおり終了した", **said).rests_since == 2022
    with pytest.raises(NotAllowed):
        rest_project(by=made.town.officer, entry=made.it.pk, year=2022, reason="終了")
