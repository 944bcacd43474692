"""公表と訂正. Papers with their hash, editions frozen in all forms, corrections with reason and 正誤表, as published on a day."""

import hashlib
import io
import json
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from sosei.core.codec import dumps, loads
from sosei.core.errors import NoReason, NotAllowed, Stale, Unpublishable
from sosei.journal.acts import act
from sosei.journal.clock import at, now, today
from sosei.journal.models import Chain, Entry
from sosei.ledger.actions import editions as actions
from sosei.ledger.actions import papers
from sosei.ledger.actions.editions import correct, drop_correction, publish_edition
from sosei.ledger.actions.locks import lift_lock, require_unlocked
from sosei.ledger.actions.papers import record_decision, renew_papers, submit_for_decision
from sosei.ledger.actions.signoff import Who, move_entry, move_volume, step
from sosei.ledger.actions.values import current, revise
from sosei.ledger.corrections import corrections_of
from sosei.ledger.flow import move_named
from sosei.ledger.frozen import ERRATA, make
from sosei.ledger.halts import (
    BadDecisionDay,
    BadPublicationDay,
    Locked,
    NoCorrectionNamed,
    NoPapers,
    NotAllAccepted,
    NothingCorrected,
    NotPutBack,
    PapersOutdated,
    WrongStage,
)
from sosei.ledger.models import Blob, Edition, EditionFile, Erratum, Paper, Point, Step, Value
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.papers import newest_paper
from sosei.ledger.queries.preview import preview_of
from sosei.ledger.queries.view import report_of
from sosei.offices.permissions import Held
from sosei.publishing import FORMS, publish
from sosei.publishing.forms import text
from sosei.reading import read
from yearbook import Book, accept, book

pytestmark = pytest.mark.django_db

TOKYO = ZoneInfo("Asia/Tokyo")
MAY = datetime(2022, 5, 10, 9, tzinfo=TOKYO)
JULY = datetime(2022, 7, 1, 10, tzinfo=TOKYO)
AUTUMN = datetime(2022, 10, 5, 10, tzinfo=TOKYO)


@pytest.fixture
def made() -> Book:
    with at(MAY):
        return book()


def all_accepted(made: Book) -> None:
    for entry in (made.it, made.tourism):
        accept(made, entry)


def decided(made: Book) -> None:
    all_accepted(made)
    submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    record_decision(
        by=made.town.planner, volume=made.volume.pk, number="企第12号", decided_on=today()
    )


def ready(made: Book) -> None:
    """Up to the assembly."""
    decided(made)
    move_volume(by=made.town.planner, volume=made.volume.pk, move="ask_experts")
    move_volume(by=made.town.planner, volume=made.volume.pk, move="report", reason="会議なし")


def published(made: Book) -> Edition:
    with at(JULY):
        ready(made)
        return publish_edition(by=made.town.planning_head, volume=made.volume.pk)


def retyped(made: Book, number: int, *, by=None) -> None:
    """Write another figure of the tourism project's first indicator, through the lock."""
    with act("test.value", body=made.volume.body, by=None) as w:
        if by is not None:
            require_unlocked(by, [made.tourism], "value")
        point = Point.objects.get(
            indicator__project=made.tourism.project, fiscal_year=2021, indicator__key="K1"
        )
        before = current(point, "actual")
        columns = {"number": Decimal(number), "gap": None, "text": None}
        same = {n: getattr(before, n) for n in ("op", "unit", "state", "as_of", "expected", "sure", "trace")}  # fmt: skip
        revise(w, point, "actual", columns | same, before=before)


# -- 決裁 --------------------------------------------------------------------------------------------------------------


def test_確認が済んでいない事業があれば決裁に出せずすべて名指しする(made) -> None:
    accept(made, made.it)
    with pytest.raises(NotAllAccepted) as refused:
        submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    assert refused.value.entries == [(made.tourism.pk, "六市連携観光事業", "draft")]
    assert not Paper.objects.exists()


def test_計画の行は確認が済んでいなくても決裁に出せる(made) -> None:
    all_accepted(made)
    assert made.fresh().plan.stage == "draft"
    submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    assert made.fresh().volume.stage == "deciding"


def test_決裁資料はPDFとその指紋で残り報告書の指紋も残る(made) -> None:
    all_accepted(made)
    paper = submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    data = bytes(Blob.objects.get(sha256=paper.document.sha256).data)
    assert data.startswith(b"%PDF")
    assert hashlib.sha256(data).hexdigest() == paper.document.sha256
    assert paper.report_sha256 == fingerprint(report_of(made.volume))
    line = Entry.objects.order_by("-seq").first()
    assert line.facts == {"pdf": paper.document.sha256, "report": paper.report_sha256}


def test_資料を作る間に変わった報告書は決裁に出ない(made, monkeypatch) -> None:
    all_accepted(made)

    def slow(report, form, **more):
        retyped(made, 601)
        return publish(report, form, **more)

    monkeypatch.setattr(papers, "publish", slow)
    with pytest.raises(Stale):
        submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    assert made.fresh().volume.stage == "collecting"
    assert not Paper.objects.exists()
    assert not Blob.objects.exists()


def test_決裁番号と決裁日がそろって記録される(made) -> None:
    all_accepted(made)
    submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    this_day = today()
    wrong = (this_day - timedelta(days=1), this_day + timedelta(days=1))
    for number, day in ((" ", this_day), *(("企第1号", day) for day in wrong)):
        with pytest.raises(BadDecisionDay):
            record_decision(
                by=made.town.planner, volume=made.volume.pk, number=number, decided_on=day
            )
    paper = record_decision(
        by=made.town.planner, volume=made.volume.pk, number=" 企第1号 ", decided_on=this_day
    )
    assert (paper.decision_number, paper.decided_on) == ("企第1号", this_day)
    assert made.fresh().volume.stage == "decided"


def test_決裁中に加わった事業を残して決裁済みにはならない(made) -> None:
    all_accepted(made)
    submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().it, stage="draft")
    with pytest.raises(NotAllAccepted):
        record_decision(
            by=made.town.planner, volume=made.volume.pk, number="企第1号", decided_on=today(),
            reason="後から加わったため",
        )  # fmt: skip
    assert made.fresh().volume.stage == "deciding"


def test_資料の後に変わった報告書の決裁には理由か作り直しが要る(made) -> None:
    all_accepted(made)
    submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    retyped(made, 601, by=made.town.planner)
    facts = {
        "by": made.town.planner,
        "volume": made.volume.pk,
        "number": "企第1号",
        "decided_on": today(),
    }
    with pytest.raises(PapersOutdated):
        record_decision(**facts)
    renewed = renew_papers(by=made.town.planner, volume=made.volume.pk)
    assert renewed.report_sha256 == fingerprint(report_of(made.volume))
    assert record_decision(**facts).pk == renewed.pk
    assert Paper.objects.count() == 2


def test_差し戻した後の古い資料では決裁を記録できない(made) -> None:
    all_accepted(made)
    submit_for_decision(by=made.town.planner, volume=made.volume.pk)
    move_volume(by=made.town.planner, volume=made.volume.pk, move="return", reason="書き直す")
    assert newest_paper(made.volume) is None
    with pytest.raises(NoPapers):
        renew_papers(by=made.town.planner, volume=made.volume.pk)


# -- 公表 --------------------------------------------------------------------------------------------------------------


def test_公表は企画課長だけがすべての段階の後に行う(made) -> None:
    with pytest.raises(WrongStage):
        publish_edition(by=made.town.planning_head, volume=made.volume.pk)
    ready(made)
    with pytest.raises(NotAllowed):
        publish_edition(by=made.town.planner, volume=made.volume.pk)
    publish_edition(by=made.town.planning_head, volume=made.volume.pk)
    assert made.fresh().volume.stage == "published"


def test_版は番号と日と指紋と証跡の先端で凍る(made) -> None:
    with at(JULY):
        ready(made)
        head = Chain.objects.get(body=made.volume.body)
        edition = publish_edition(by=made.town.planning_head, volume=made.volume.pk)
    report = report_of(made.fresh().volume)
    assert (edition.number, edition.published_on) == (1, date(2022, 7, 1))
    assert (
        edition.sha256 == fingerprint(report) == hashlib.sha256(edition.report.encode()).hexdigest()
    )
    assert loads(edition.report) == report
    assert (edition.seq, edition.head) == (head.seq, head.head)


def files_of(edition: Edition) -> dict[str, tuple[str, bytes]]:
    rows = EditionFile.objects.filter(edition=edition)
    return {row.form: (row.name, bytes(Blob.objects.get(sha256=row.sha256).data)) for row in rows}


def test_すべての形が残り記録とバイトが合う(made) -> None:
    edition = published(made)
    files = files_of(edition)
    assert set(files) == {*FORMS, "fragment", "manifest"}
    for row in EditionFile.objects.filter(edition=edition):
        data = files[row.form][1]
        assert (row.size, row.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    manifest = json.loads(files["manifest"][1])
    assert manifest["files"] == [
        {"name": name, "form": form, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for form, (name, data) in files.items()
        if form != "manifest"
    ]
    assert {k: manifest[k] for k in ("body", "fiscal_year", "number", "published_on", "sha256", "seq", "head")} == {
        "body": "990001", "fiscal_year": 2021, "number": 1, "published_on": "2022-07-01",
        "sha256": edition.sha256, "seq": edition.seq, "head": edition.head,
    }  # fmt: skip


def test_公表した形を読み戻すと報告書になり版の事項が印字されている(made) -> None:
    edition = published(made)
    files = files_of(edition)
    report = loads(edition.report)
    assert files["json"][1].decode() == dumps(report)
    for form in ("html", "xlsx", "docx", "opendata"):
        name, data = files[form]
        found = read(data, name)
        assert [str(p.name) for p in found.projects] == [str(p.name) for p in report.projects], form
    for form in ("html", "fragment"):
        page = files[form][1].decode()
        assert "第1版（2022年7月1日公表）" in page
        assert edition.sha256 in page
        assert edition.head in page
    with zipfile.ZipFile(io.BytesIO(files["csv"][1])) as pack:
        assert edition.sha256 in pack.read("README.txt").decode("utf-8-sig")


def test_同じ版は同じバイトになる(made) -> None:
    with at(JULY):
        ready(made)
        draft = actions._draft(made.fresh().volume, JULY.date())
    again = make(draft.report, draft.facts)
    assert [f.sha256 for f in again.files] == [f.sha256 for f in draft.made.files]


def test_ファイルを作る間に変わった報告書は公表されない(made, monkeypatch) -> None:
    ready(made)
    original = actions.make

    def slow(report, facts):
        retyped(made, 601)
        return original(report, facts)

    monkeypatch.setattr(actions, "make", slow)
    blobs = Blob.objects.count()
    with pytest.raises(Stale):
        publish_edition(by=made.town.planning_head, volume=made.volume.pk)
    assert made.fresh().volume.stage == "assembly"
    assert not Edition.objects.exists()
    assert Blob.objects.count() == blobs


def test_二人が同時に公表しても版は一つ(made, monkeypatch) -> None:
    ready(made)
    original, head = actions.make, made.town.planning_head

    def faster(report, facts):
        monkeypatch.setattr(actions, "make", original)
        publish_edition(by=head, volume=made.volume.pk)
        return original(report, facts)

    monkeypatch.setattr(actions, "make", faster)
    with pytest.raises(WrongStage):
        publish_edition(by=head, volume=made.volume.pk)
    assert Edition.objects.get().number == 1


def test_公表日は先の日にできない(made) -> None:
    ready(made)
    with pytest.raises(BadPublicationDay):
        publish_edition(
            by=made.town.planning_head, volume=made.volume.pk,
            published_on=today() + timedelta(days=1),
        )  # fmt: skip


def test_公表後はだれも書けない(made) -> None:
    published(made)
    for who in (made.town.officer, made.town.planner, made.town.planning_head):
        with pytest.raises(Locked, match="訂正"):
            require_unlocked(who, [made.it], "value")


def test_書けない形は版から外れ記録に理由が残る(made, monkeypatch) -> None:
    def refuse(report, **more):
        raise Unpublishable(form="text")

    monkeypatch.setattr(text, "write", refuse)
    edition = published(made)
    files = files_of(edition)
    assert "text" not in files
    assert json.loads(files["manifest"][1])["left_out"] == {
        "text": "この報告書は「text」の形では書けません。"
    }


# -- 訂正 --------------------------------------------------------------------------------------------------------------


def corrected(made: Book) -> Edition:
    """An error found in autumn: 600 should have been 6000."""
    t = made.town
    with at(AUTUMN):
        correct(
            by=t.planning_head, volume=made.volume.pk, entries=[made.tourism.pk], reason="桁の誤り"
        )
        retyped(made, 6000, by=t.other)
        move_entry(by=t.planner, entry=made.tourism.pk, move="forward", reason="課長が空席のため")
        move_entry(by=t.planner, entry=made.tourism.pk, move="accept")
        return publish_edition(by=t.planning_head, volume=made.volume.pk)


def test_訂正は名指しした事業だけを開く(made) -> None:
    published(made)
    t = made.town
    with pytest.raises(NoReason):
        correct(by=t.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason=" ")
    with pytest.raises(NoCorrectionNamed):
        correct(by=t.planning_head, volume=made.volume.pk, entries=[], reason="x")
    correct(by=t.planning_head, volume=made.volume.pk, entries=[made.tourism.pk], reason="桁の誤り")
    assert require_unlocked(t.other, [made.tourism], "value")
    with pytest.raises(Locked, match="訂正の対象"):
        require_unlocked(t.officer, [made.it], "value")
    with pytest.raises(Locked):
        require_unlocked(t.planner, [made.plan], "entry")


def test_訂正の途中で対象を加えられる(made) -> None:
    published(made)
    t = made.town
    correct(by=t.planning_head, volume=made.volume.pk, entries=[made.tourism.pk], reason="桁の誤り")
    correct(by=t.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason="別の誤り")
    assert require_unlocked(t.officer, [made.it], "value")
    assert Step.objects.filter(verb="volume.correct").count() == 1


def test_訂正版は番号が進み理由と正誤表を持ち前の版も残る(made) -> None:
    first = published(made)
    kept = files_of(first)
    second = corrected(made)
    assert (second.number, second.reason) == (2, "桁の誤り")
    line = Erratum.objects.get(edition=second)
    assert (line.entry, line.wrong, line.right) == (made.tourism, "600人泊", "6,000人泊")
    assert "延べ宿泊者数" in line.subject
    files = files_of(second)
    assert {f"errata.{form}" for form in ERRATA} <= set(files)
    page = files["errata.html"][1].decode()
    for word in (
        "正誤表",
        "桁の誤り",
        "600人泊",
        "6,000人泊",
        "第2版",
        "2022年7月1日に公表した第1版",
    ):
        assert word in page
    assert files_of(first) == kept
    assert json.loads(files["manifest"][1])["errata"][0]["right"] == "6,000人泊"
    assert (
        "第1版（2022年7月1日公表）の誤りを正誤表のとおり訂正しました" in files["html"][1].decode()
    )


def test_公表の下見は公表する版が直すとおりをいう(made, django_assert_max_num_queries) -> None:
    t = made.town
    first = published(made)
    with at(AUTUMN):
        correct(by=t.planning_head, volume=made.volume.pk, entries=[made.tourism.pk], reason="桁")
        assert preview_of(made.fresh().volume).errata == ()
        retyped(made, 6000, by=t.other)
        volume = made.fresh().volume
        with django_assert_max_num_queries(25):
            found = preview_of(volume)
    assert found.errata == corrections_of(loads(first.report), report_of(volume))
    assert [(line.wrong, line.right) for line in found.errata or ()] == [("600人泊", "6,000人泊")]


def test_訂正の後はまただれも書けない(made) -> None:
    published(made)
    corrected(made)
    assert made.fresh().volume.stage == "published"
    with pytest.raises(Locked):
        require_unlocked(made.town.planner, [made.tourism], "value")


def test_次の訂正は前の訂正で開いた事業を開かない(made) -> None:
    published(made)
    corrected(made)
    t = made.town
    correct(by=t.planning_head, volume=made.volume.pk, entries=[made.it.pk], reason="氏名の誤り")
    with pytest.raises(Locked):
        require_unlocked(t.planner, [made.tourism], "value")


def test_確認の済んでいない訂正は公表できない(made) -> None:
    published(made)
    t = made.town
    correct(by=t.planning_head, volume=made.volume.pk, entries=[made.plan.pk], reason="誤り")
    with pytest.raises(NotAllAccepted):
        publish_edition(by=t.planning_head, volume=made.volume.pk)


def test_何も変わらない訂正は公表できない(made) -> None:
    published(made)
    t = made.town
    correct(by=t.planning_head, volume=made.volume.pk, entries=[made.tourism.pk], reason="誤り")
    move_entry(by=t.planner, entry=made.tourism.pk, move="forward", reason="x")
    move_entry(by=t.planner, entry=made.tourism.pk, move="accept")
    with pytest.raises(NothingCorrected):
        publish_edition(by=t.planning_head, volume=made.volume.pk)


def test_訂正の取りやめは元に戻してから(made) -> None:
    published(made)
    t = made.town
    correct(
        by=t.planning_head,
        volume=made.volume.pk,
        entries=[made.plan.pk, made.tourism.pk],
        reason="誤り",
    )
    retyped(made, 6000)
    with pytest.raises(NotPutBack):
        drop_correction(by=t.planning_head, volume=made.volume.pk, reason="誤りではなかった")
    retyped(made, 600)
    drop_correction(by=t.planning_head, volume=made.volume.pk, reason="誤りではなかった")
    made.fresh()
    assert (made.volume.stage, made.tourism.stage, made.plan.stage) == (
        "published",
        "accepted",
        "draft",
    )


def test_取りやめた訂正の理由は次の版に載らない(made) -> None:
    published(made)
    t = made.town
    said = {"by": t.planning_head, "volume": made.volume.pk}
    correct(entries=[made.it.pk], reason="氏名を誤ったという申出", **said)
    drop_correction(reason="誤りではなかった", **said)
    second = corrected(made)
    assert second.reason == "桁の誤り"
    assert "氏名を誤ったという申出" not in files_of(second)["errata.html"][1].decode()


def test_開いている事業は重ねて開けず取りやめると開く前の段階に戻る(made) -> None:
    published(made)
    t = made.town
    said = {"by": t.planning_head, "volume": made.volume.pk}
    correct(entries=[made.tourism.pk], reason="桁の誤り", **said)
    move_entry(by=t.planner, entry=made.tourism.pk, move="forward", reason="課長が空席のため")
    with pytest.raises(WrongStage, match="企画課で確認中"):
        correct(entries=[made.it.pk, made.tourism.pk], reason="別の誤り", **said)
    drop_correction(reason="誤りではなかった", **said)
    assert (made.fresh().tourism.stage, made.volume.stage) == ("accepted", "published")
    corrected(made)
    correct(entries=[made.plan.pk], reason="計画の誤り", **said)
    correct(entries=[made.tourism.pk], reason="また桁の誤り", **said)
    drop_correction(reason="誤りではなかった", **said)
    assert (made.fresh().tourism.stage, made.plan.stage) == ("accepted", "draft")


def test_重ねて開かれた記録があっても訂正の初めの段階に戻る(made) -> None:
    published(made)
    t = made.town
    said = {"by": t.planning_head, "volume": made.volume.pk}
    correct(entries=[made.tourism.pk], reason="桁の誤り", **said)
    move_entry(by=t.planner, entry=made.tourism.pk, move="forward", reason="課長が空席のため")
    with act("edition.correct", body=made.volume.body, by=None) as w:  # as it could be done before
        step(
            w, move_named("entry", "open"), made.fresh().tourism, Who(t.planning_head, Held(role="planning_head", department=None)),
            to="correcting", reason="また",
        )  # fmt: skip
    drop_correction(reason="誤りではなかった", **said)
    assert made.fresh().tourism.stage == "accepted"


def test_訂正にも決裁を記録できる(made) -> None:
    published(made)
    t = made.town
    correct(by=t.planning_head, volume=made.volume.pk, entries=[made.tourism.pk], reason="桁の誤り")
    retyped(made, 6000)
    with pytest.raises(NoPapers):
        record_decision(by=t.planner, volume=made.volume.pk, number="企第99号", decided_on=today())
    renew_papers(by=t.planner, volume=made.volume.pk)
    paper = record_decision(
        by=t.planner,
        volume=made.volume.pk,
        number="企第99号",
        decided_on=today(),
    )
    assert paper.decision_number == "企第99号"
    assert made.fresh().volume.stage == "correcting"


def test_公表した時点の報告書はいつでも元どおりに見える(made) -> None:
    first = published(made)
    corrected(made)
    assert fingerprint(report_of(made.fresh().volume, first.since)) == first.sha256
    assert report_of(made.volume, first.since) == loads(first.report)
    assert report_of(made.volume) != loads(first.report)


def test_決裁後の期限付きの解除で変えた報告書も公表できる(made) -> None:
    ready(made)
    lift_lock(
        by=made.town.planning_head,
        entry=made.tourism.pk,
        until=now() + timedelta(days=1),
        reason="桁",
    )
    retyped(made, 6000, by=made.town.other)
    edition = publish_edition(by=made.town.planning_head, volume=made.volume.pk)
    assert Value.objects.filter(number=6000).exists()
    assert "6000" in edition.report


def test_公表の取引は一つで証跡は一行(made) -> None:
    ready(made)
    before = Entry.objects.count()
    edition = publish_edition(by=made.town.planning_head, volume=made.volume.pk)
    line = Entry.objects.order_by("-seq").first()
    assert Entry.objects.count() == before + 1
    assert (line.verb, line.facts) == ("edition.publish", {"edition": 1, "sha256": edition.sha256})
    tables = {row[0] for row in line.rows}
    assert tables == {"ledger.edition", "ledger.editionfile", "ledger.step", "ledger.volume"}
