"""場面と点検の控え. What is kept is what a look now would find: whatever changes, by whichever act, it is looked at again."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError

from sosei.checking.finding import Severity
from sosei.core.report import Indicator, Project, Report, Said, Value, Year, YearPoint
from sosei.journal.acts import act
from sosei.journal.clock import at
from sosei.ledger import models as m
from sosei.ledger.actions.decisions import Decided, record_grant_decision
from sosei.ledger.actions.definitions import add_indicator, change_definition, set_attributes
from sosei.ledger.actions.entries import Body, set_members, write_entry
from sosei.ledger.actions.figures import change_baseline, change_target, record_value
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.signoff import move_entry
from sosei.ledger.actions.verification import decide_grade, write_verification
from sosei.ledger.queries import looks
from sosei.ledger.queries.looks import Looked, looked_at, looks_of
from sosei.ledger.queries.scene import scene_of, scenes_of
from sosei.ledger.typed import Typed
from yearbook import Book, book, small_report

pytestmark = pytest.mark.django_db
JUNE = datetime(2022, 6, 1, 9, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.fixture
def made() -> Book:
    with at(JUNE):
        yield book()


def now(made: Book) -> dict[int, Looked]:
    """What a look now finds, nothing kept."""
    entries = m.ProjectYear.objects.filter(volume=made.volume, voided__isnull=True)
    return {pk: looked_at(s, {}) for pk, s in scenes_of([e.pk for e in entries]).items()}


def kept(made: Book) -> dict[int, Looked]:
    return looks_of(m.Volume.objects.get(pk=made.volume.pk))


def line(made: Book) -> int:
    return made.it.lines.get().pk


ACTS = {
    "値": lambda b: record_value(by=b.town.planner, line=line(b), typed=Typed(text="3"), seen=None),
    "目標": lambda b: change_target(
        by=b.town.planner, line=line(b), typed=Typed(text="99", reason="変更"), seen=None
    ),
    "基準値": lambda b: change_baseline(
        by=b.town.planner, line=line(b), typed=Typed(text="99", reason="訂正"), seen=None
    ),
    "属性": lambda b: set_attributes(
        by=b.town.planner, line=line(b), attributes={"direction": "down", "type": "output"}, seen=None
    ),
    "定義": lambda b: change_definition(
        by=b.town.planner, line=line(b), attributes={"definition": "定義を変更した"}, why="改", seen=None
    ),
    "指標": lambda b: add_indicator(
        by=b.town.planner, entry=b.it.pk, attributes={"name": "延べ参加者数"}
    ),
    "文章": lambda b: write_entry(
        by=b.town.planner, entry=b.it.pk, words={"activities": ["①視察 ②視察 ②補助"]}, seen=None
    ),
    "期間": lambda b: write_entry(
        by=b.town.planner, entry=b.it.pk, words={"period": "R1～R9年度"}, seen=None
    ),
    "担当": lambda b: write_entry(
        by=b.town.planner, entry=b.it.pk, words={}, departments=[b.town.tourism.pk], seen=None
    ),
    "団体": lambda b: set_members(
        by=b.town.planner, entry=b.it.pk, bodies=[Body(code="032018")], seen=None
    ),
    "経費": lambda b: set_spending(
        by=b.town.planner, entry=b.it.pk, seen=None,
        lines=[Line(label="委託", amount="1"), Line(label="補助", amount="2"), Line(label="計", amount="9", role="total")],
    ),
    "検証": lambda b: write_verification(
        by=b.town.planner, entry=b.it.pk, words={"next_policy": "事業の中止"}, seen=None
    ),
    "評価": lambda b: decide_grade(
        by=b.town.planner, entry=b.it.pk, level=4, reason="厳しく見た", seen=None
    ),
    "交付決定": lambda b: record_grant_decision(
        by=b.town.planner, entry=b.it.pk,
        decided=Decided(
            number="1", decided_on=date(2021, 4, 1), report_due=date(2022, 4, 10), amount="9千万円",
            eligible="1千万円",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_何を変えても控えはいまの内容のもの(made, name) -> None:
    kept(made)
    before = m.Look.objects.get(entry=made.it).key
    ACTS[name](made)
    assert kept(made) == now(made)
    assert m.Look.objects.get(entry=made.it).key != before


def test_前年度の記載が変わっても見直す(made) -> None:
    after = record_report(by=made.town.planner, report=small_report(2022), restate=True)
    entry = m.ProjectYear.objects.get(volume=after, project=made.it.project)
    looks_of(after)
    before = m.Look.objects.get(entry=entry).key
    write_entry(by=made.town.planner, entry=made.it.pk, words={"remarks": ["追記"]}, seen=None)
    looks_of(after)
    assert m.Look.objects.get(entry=entry).key != before


def test_変わらなければ見直さず同じ答え(made, monkeypatch) -> None:
    first = kept(made)

    def again(*_args: object) -> None:
        raise AssertionError("looked again")

    monkeypatch.setattr(looks, "scenes_of", again)
    assert kept(made) == first


def test_手続が進んでも見直さない(made) -> None:
    kept(made)
    before = m.Look.objects.get(entry=made.it).key
    move_entry(by=made.town.officer, entry=made.it.pk, move="submit")
    kept(made)
    assert m.Look.objects.get(entry=made.it).key == before


def test_公表の期限や段階が変われば見直す(made) -> None:
    kept(made)
    keys = {m.Look.objects.get(entry=made.it).key}
    for columns in ({"publish_due": date(2022, 5, 1)}, {"stage": "assembly"}, {"title": "改題"}):
        with act("test.volume", body=made.volume.body, by=None) as w:
            w.change(made.fresh().volume, **columns)
        assert kept(made) == now(made)
        keys.add(m.Look.objects.get(entry=made.it).key)
    assert len(keys) == 4


def test_日が変われば見直す(made) -> None:
    row = m.Line.objects.get(entry=made.tourism, definition__name="入込客数")
    record_value(
        by=made.town.planner, line=row.pk, seen=None,
        typed=Typed(text="集計中", expected_on=date(2022, 6, 30), owed_by=made.town.tourism.pk),
    )  # fmt: skip
    looked = kept(made)[made.tourism.pk]
    assert (len(looked.owing), looked.owing.late) == (1, 0)
    (owed,) = looked.owing.figures
    assert (owed.name, owed.counting, owed.owed_by) == ("入込客数", True, made.town.tourism.pk)
    assert [f.severity for f in looked.found if f.finding.code == "KPI-PENDING"] == [Severity.INFO]
    with at(JUNE + timedelta(days=31)):
        looked = kept(made)[made.tourism.pk]
        assert looked.owing.late == 1
        found = [f.severity for f in looked.found if f.finding.code == "KPI-PENDING"]
        assert found == [Severity.WARNING]


@pytest.mark.parametrize("said", ["none", "fewer", "swapped"])
def test_表の中で書き換えられた控えは信じず見直す(made, said) -> None:
    """`sosei verify` need not name it: what the program did not write itself is not shown to anybody."""
    first = kept(made)
    assert first[made.tourism.pk].found
    look, other = (m.Look.objects.get(entry=e) for e in (made.tourism, made.it))
    forged = {
        "none": {"found": {**look.found, "findings": []}},
        "fewer": {"found": {**look.found, "total": 0, "level": 1}},
        "swapped": {"found": other.found, "key": other.key},
    }[said]
    m.Look.objects.filter(entry=made.tourism).update(**forged)
    assert kept(made) == first
    assert m.Look.objects.get(entry=made.tourism).found == look.found


def test_サインインの鍵の違うサーバーも同じ控えを使う(made, monkeypatch, settings) -> None:
    first = kept(made)
    key = m.Look.objects.get(entry=made.it).key
    settings.SECRET_KEY = "another server's"
    with monkeypatch.context() as patch:
        patch.setattr(looks, "scenes_of", None)  # looks at nothing again
        assert kept(made) == first
    settings.SOSEI_JOURNAL_KEYS = {**settings.SOSEI_JOURNAL_KEYS, 9: b"a newer key"}
    assert kept(made) == first
    assert m.Look.objects.get(entry=made.it).key != key


def test_書けないときも見られる(made, monkeypatch) -> None:
    def refused(*_args: object, **_more: object) -> None:
        raise DatabaseError("read only")

    monkeypatch.setattr(m.Look.objects, "bulk_create", refused)
    assert kept(made) == now(made)


def test_評価できる数と未報告の数(made) -> None:
    looked = kept(made)
    assert [(looked[e.pk].evaluable, looked[e.pk].total) for e in (made.it, made.tourism)] == [
        (1, 1), (1, 2),
    ]  # fmt: skip
    assert [len(looked[e.pk].owing) for e in (made.it, made.tourism, made.plan)] == [0, 1, 0]
    assert (looked[made.it.pk].level, looked[made.tourism.pk].level) == (1, None)


def test_値の欄がまだないことも未報告(made) -> None:
    add_indicator(by=made.town.planner, entry=made.it.pk, attributes={"name": "会員企業数"})
    (owed,) = kept(made)[made.it.pk].owing.figures
    assert (owed.name, owed.counting, owed.expected_on) == ("会員企業数", False, None)


def test_問合せの数は事業の数によらない(made, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(19):
        kept(made)
    with django_assert_max_num_queries(8):
        kept(made)
    with django_assert_max_num_queries(13):
        scene_of(made.it.pk)


def twin(number: int, year: int = 2021) -> Project:
    return Project(
        name=Said(text=f"別の事業{number}"),
        indicators=(
            Indicator(
                name=Said(text="観光 入込客数"), unit="人",
                years=(YearPoint(fiscal_year=year, actual=Value(number=Decimal(number))),),
            ),
        ),
    )  # fmt: skip


def test_同じ年度の同じ指標の違う値は事業をまたいで見つかる(made) -> None:
    report = Report(
        fiscal_year=Year(year=2022), projects=(twin(1000, 2022), twin(1001, 2022), twin(5000, 2022))
    )
    volume = record_report(by=made.town.planner, report=report)
    entries = list(m.ProjectYear.objects.filter(volume=volume).order_by("position"))
    codes = [
        [f.finding.code for f in looks_of(volume)[e.pk].found if f.finding.code == "KPI-DISAGREE"]
        for e in entries
    ]
    assert codes == [["KPI-DISAGREE"], ["KPI-DISAGREE"], []]
    record_value(
        by=made.town.planner, line=entries[1].lines.get().pk, typed=Typed(text="1000"), seen=None
    )
    found = looks_of(volume)[entries[0].pk].found
    assert not [f for f in found if f.finding.code == "KPI-DISAGREE"]


def test_別の系列の報告書との違いも見つかる(made) -> None:
    report = Report(fiscal_year=Year(year=2022), projects=(twin(1000, 2022),))
    volume = record_report(by=made.town.planner, report=report)
    other = Report(
        title=Said(text="総合戦略"), fiscal_year=Year(year=2022), projects=(twin(7000, 2022),)
    )
    record_report(by=made.town.planner, report=other, series="総合戦略", known={})
    (entry,) = m.ProjectYear.objects.filter(volume=volume)
    (found,) = scene_of(entry.pk).findings().of("KPI-DISAGREE")
    assert "「総合戦略」では「7000」" in found.message_ja


def test_有識者の検証の前はその欠けを指摘せず見ていないと言う(made) -> None:
    found = scene_of(made.it.pk).findings()
    assert not found.of("EFF-EXPERT")
    assert "EFF-EXPERT" in {u.code for u in found.unexamined}
    with act("test.stage", body=made.volume.body, by=None) as w:
        w.change(made.fresh().volume, stage="assembly")
    assert scene_of(made.it.pk).findings().of("EFF-EXPERT")


def test_手で入れた実績は根拠がないと言われファイルからの値は言われない(made) -> None:
    assert not scene_of(made.it.pk).findings().of("KPI-NOEVID")
    record_value(by=made.town.planner, line=line(made), typed=Typed(text="19"), seen=None)
    (found,) = scene_of(made.it.pk).findings().of("KPI-NOEVID")
    assert found.path == "/projects/0/indicators/0/years/1/actual"


def test_登録簿のない規則は問題なしとは言わず見ていないと言う(made) -> None:
    found = scene_of(made.it.pk).findings()
    codes = {"EXP-TAX", "EXP-UNPAID", "PII-1000", "PII-CELL"}
    assert codes <= {u.code for u in found.unexamined}
    assert not codes & set(found.examined)


def test_提案と違う事業効果の理由が書かれていれば理由を求めない(made) -> None:
    record_value(by=made.town.planner, line=line(made), typed=Typed(text="1"), seen=None)
    decided = decide_grade(
        by=made.town.planner,
        entry=made.it.pk,
        level=1,
        reason="翌年度に効果が表れるため",
        seen=None,
    )
    assert not scene_of(made.it.pk).findings().of("EFF-RULE")
    with act("test.change", body=made.volume.body, by=None) as w:
        w.change(decided, decided=None, decided_reason=None)
    assert scene_of(made.it.pk).findings().of("EFF-RULE")
