"""指標の定義. What is measured changes only as a new version with why; attributes are filled in; units stay where figures are."""

from dataclasses import replace

import pytest

from sosei.core.errors import NoReason, NotAllowed, Stale
from sosei.core.report import Said
from sosei.ledger.actions.definitions import (
    add_indicator,
    change_definition,
    rest_indicator,
    set_attributes,
)
from sosei.ledger.actions.record import record_report
from sosei.ledger.actions.rollover import roll_over
from sosei.ledger.doubts import (
    AlreadyThere,
    EmptyProject,
    FundsUnfit,
    NeedsVersion,
    OutOfVolume,
    UnitStays,
)
from sosei.ledger.models import Definition, Line, Value
from sosei.ledger.queries.scene import scene_of
from sosei.ledger.queries.view import report_of
from yearbook import Book, book, small_report

pytestmark = pytest.mark.django_db
HIRES = "新規雇用者数"


@pytest.fixture
def made() -> Book:
    return book()


def line(made: Book, name: str = HIRES, volume=None) -> Line:
    return Line.objects.get(entry__volume=volume or made.volume, definition__name=name)


def seen_of(row: Line) -> tuple[int, int]:
    """What a person saw who opened the form of a line's definition."""
    return row.definition_id, row.definition.stamp


def next_year(made: Book):
    """Record next year's report of the same projects."""
    return record_report(by=made.town.planner, report=small_report(2022), restate=True)


def test_まだ言っていない属性はその場で書き込む(made) -> None:
    row = line(made)
    found = set_attributes(
        by=made.town.planner, line=row.pk, seen=seen_of(row), owed_by=made.town.tourism.pk,
        attributes={"count_kind": "unique", "year_type": "fiscal", "area": "市内", "released": "翌年6月"},
    )  # fmt: skip
    assert found.pk == row.definition_id
    assert (found.count_kind, found.year_type, found.area, found.version) == (
        "unique", "fiscal", "市内", 1,
    )  # fmt: skip
    assert line(made).owed_by == made.town.tourism


@pytest.mark.parametrize(
    ("column", "value"), [("definition", "別の定義"), ("count_kind", "gross"), ("statistic", "別")]
)
def test_測り方が変わる属性はその場で変えられない(made, column, value) -> None:
    row = line(made)
    first = {"count_kind": "unique", "statistic": "学校基本調査"}
    set_attributes(by=made.town.planner, line=row.pk, seen=None, attributes=first)
    with pytest.raises(NeedsVersion):
        set_attributes(by=made.town.planner, line=row.pk, seen=None, attributes={column: value})


def test_方向はあとから直せる(made) -> None:
    row = line(made)
    said = {"by": made.town.planner, "line": row.pk, "seen": None}
    assert set_attributes(attributes={"direction": "keep"}, **said).direction == "keep"
    with pytest.raises(FundsUnfit):
        set_attributes(attributes={"direction": "sideways"}, **said)


def test_ほかの年度も使う定義は新しい版になり前の年度は変わらない(made) -> None:
    after = next_year(made)
    now, then = line(made, volume=after), line(made)
    assert now.definition_id == then.definition_id
    found = set_attributes(
        by=made.town.planner, line=now.pk, seen=None, attributes={"area": "市内"}
    )  # fmt: skip
    assert (found.version, found.from_year, found.area) == (2, 2022, "市内")
    assert line(made).definition.area is None
    assert Value.objects.get(of_definition=found, role="baseline").number == 5


def test_定義の変更は理由と年度を持つ新しい版になる(made) -> None:
    after = next_year(made)
    before = report_of(made.volume)
    row = line(made, volume=after)
    with pytest.raises(NoReason):
        change_definition(
            by=made.town.planner, line=row.pk, attributes={"definition": "新しい"}, why=" ", seen=None
        )  # fmt: skip
    found = change_definition(
        by=made.town.planner, line=row.pk, attributes={"definition": "AIで数えた人数"},
        why="計測の方法を改めたため", seen=seen_of(row),
    )  # fmt: skip
    assert (found.version, found.from_year, found.why) == (2, 2022, "計測の方法を改めたため")
    assert line(made, volume=after).definition == found
    assert report_of(made.volume) == before
    assert not Value.objects.filter(of_definition=found).exists()


def test_比べられると言えば基準値を引き継ぐ(made) -> None:
    after = next_year(made)
    row = line(made, volume=after)
    found = change_definition(
        by=made.town.planner, line=row.pk, attributes={"definition": "AIで数えた人数"},
        why="言い換え", seen=None, comparable=True,
    )  # fmt: skip
    kept = Value.objects.get(of_definition=found)
    assert (kept.role, kept.number, kept.reason) == ("baseline", 5, "第1版の値を引き継いだ。")


def test_定義の変更は比べられないことを点検が知らせる(made) -> None:
    after = next_year(made)
    row = line(made, volume=after)
    assert not scene_of(row.entry_id).findings().of("KPI-BREAK")
    change_definition(
        by=made.town.planner, line=row.pk, why="計測の方法を改めたため", seen=None,
        attributes={"definition": "AIで数えた人数", "name": "新たな雇用者数"},
    )  # fmt: skip
    (found,) = scene_of(row.entry_id).findings().of("KPI-BREAK")
    assert "前年度の報告書と定義か出典が違います" in found.message_ja


def test_適用年度は前の版より後でこの報告書まで(made) -> None:
    row = line(made)
    for year in (2021, 2022, 2019):
        with pytest.raises(OutOfVolume):
            change_definition(
                by=made.town.planner, line=row.pk, attributes={}, why="改めた", seen=None, from_year=year
            )  # fmt: skip


def test_年度をさかのぼる変更はその間の報告書にも及ぶ(made) -> None:
    after = next_year(made)
    later = record_report(by=made.town.planner, report=small_report(2023), restate=True)
    found = change_definition(
        by=made.town.planner, line=line(made, volume=later).pk, attributes={"definition": "別"},
        why="令和4年度から改めていた", seen=None, from_year=2022,
    )  # fmt: skip
    assert line(made, volume=after).definition == found
    assert line(made, volume=later).definition == found
    assert line(made).definition.version == 1


def test_値のある指標の単位は変えられない(made) -> None:
    row = line(made)
    for act, more in ((set_attributes, {}), (change_definition, {"why": "単位を改める"})):
        with pytest.raises(UnitStays):
            act(by=made.town.planner, line=row.pk, attributes={"unit": "千人"}, seen=None, **more)


def test_単位のない指標には単位を書き込める(made) -> None:
    added = add_indicator(by=made.town.planner, entry=made.it.pk, attributes={"name": "会員企業数"})
    found = set_attributes(
        by=made.town.planner, line=added.pk, attributes={"unit": "社"}, seen=None
    )
    assert found.unit == "社"


def test_指標を加える(made) -> None:
    added = add_indicator(
        by=made.town.planner, entry=made.it.pk,
        attributes={"name": " 会員 企業数 ", "unit": "社", "direction": "up", "expression": "point_in_time"},
    )  # fmt: skip
    assert (added.indicator.key, added.position, added.owed_by) == ("K2", 1, made.town.it)
    assert added.definition.name == "会員 企業数"
    names = [str(i.name) for i in report_of(made.volume).projects[0].indicators]
    assert names == [HIRES, "会員 企業数"]
    with pytest.raises(AlreadyThere):
        add_indicator(
            by=made.town.planner, entry=made.it.pk, attributes={"name": "会員企業数", "unit": "社"}
        )
    with pytest.raises(EmptyProject):
        add_indicator(by=made.town.planner, entry=made.it.pk, attributes={"unit": "社"})


def test_担当者は定義に触れない(made) -> None:
    row = line(made)
    for act, more in ((set_attributes, {}), (change_definition, {"why": "改める"})):
        with pytest.raises(NotAllowed):
            act(by=made.town.officer, line=row.pk, attributes={"area": "市内"}, seen=None, **more)


def test_先に変えた人がいれば断る(made) -> None:
    row = line(made)
    seen = seen_of(row)
    set_attributes(by=made.town.planner, line=row.pk, attributes={"area": "市内"}, seen=seen)
    with pytest.raises(Stale):
        set_attributes(by=made.town.planner, line=row.pk, attributes={"area": "県内"}, seen=seen)
    with pytest.raises(Stale):
        change_definition(
            by=made.town.planner, line=row.pk, attributes={"area": "県内"}, why="広げた", seen=seen
        )
    assert Definition.objects.get(pk=row.definition_id).area == "市内"


def test_先に新しい版ができていれば古い画面からは断る(made) -> None:
    row = line(made, volume=next_year(made))
    said = {"by": made.town.planner, "line": row.pk, "seen": seen_of(row)}
    change_definition(attributes={"definition": "AIで数えた人数"}, why="計測を改めた", **said)
    with pytest.raises(Stale):
        change_definition(attributes={"definition": "手で数えた人数"}, why="言い換え", **said)
    with pytest.raises(Stale):
        set_attributes(attributes={"area": "市内"}, **said)
    now = Line.objects.get(pk=row.pk).definition
    assert (now.version, now.definition) == (2, "AIで数えた人数")


def test_自分の版を持つ後の年度はさかのぼる変更で変わらない(made) -> None:
    after = next_year(made)
    own = change_definition(
        by=made.town.planner, line=line(made, volume=after).pk, seen=None,
        attributes={"definition": "令和4年度からの数え方"}, why="計測を改めた",
    )  # fmt: skip
    found = change_definition(
        by=made.town.planner, line=line(made).pk, seen=None,
        attributes={"definition": "令和3年度の正しい数え方"}, why="記載の誤り",
    )  # fmt: skip
    assert line(made).definition == found
    assert line(made, volume=after).definition == own


def test_次の年度は版の番号でなく適用年度の新しい定義から始まる(made) -> None:
    record_report(by=made.town.planner, report=small_report(2020), restate=True)
    after = next_year(made)
    own = change_definition(
        by=made.town.planner, line=line(made, volume=after).pk, seen=None,
        attributes={"definition": "令和4年度からの数え方"}, why="計測を改めた",
    )  # fmt: skip
    filled = set_attributes(
        by=made.town.planner, line=line(made).pk, seen=None, attributes={"area": "市内"}
    )
    assert (filled.version, filled.from_year) == (3, 2021)
    row = line(made, volume=after)
    said = {row.entry_id: "along"}
    rolled = roll_over(by=made.town.planner, volume=after.pk, answers=said)
    assert line(made, volume=rolled).definition == own


def test_新しい年度の報告書は適用年度の新しい定義と比べる(made) -> None:
    after = next_year(made)
    own = change_definition(
        by=made.town.planner, line=line(made, volume=after).pk, seen=None,
        attributes={"statistic": "雇用統計"}, why="出典を改めた",
    )  # fmt: skip
    change_definition(
        by=made.town.planner, line=line(made).pk, seen=None,
        attributes={"statistic": "聞き取り"}, why="記載の誤り",
    )  # fmt: skip
    later = record_report(by=made.town.planner, report=small_report(2023), restate=True)
    assert line(made, volume=later).definition == own


def test_前の年度の報告書をあとから入れても版の番号は重ならない(made) -> None:
    after = next_year(made)
    change_definition(
        by=made.town.planner, line=line(made, volume=after).pk, seen=None,
        attributes={"definition": "令和4年度からの数え方"}, why="計測を改めた",
    )  # fmt: skip
    report = small_report(2020)
    whole = report.projects[0]
    older = replace(whole.indicators[0], definition=Said(text="令和2年度の数え方"))
    report = replace(report, projects=(replace(whole, indicators=(older,)), *report.projects[1:]))
    first = record_report(by=made.town.planner, report=report, restate=True)
    found = line(made, volume=first).definition
    assert (found.version, found.from_year, found.definition) == (3, 2020, "令和2年度の数え方")


def test_休止と再開に理由が要る(made) -> None:
    row = line(made)
    with pytest.raises(NoReason):
        rest_indicator(by=made.town.planner, line=row.pk, year=2022, reason="")
    found = rest_indicator(by=made.town.planner, line=row.pk, year=2022, reason="事業が終わった")
    assert (found.rests_since, found.rest_reason) == (2022, "事業が終わった")
    assert (
        rest_indicator(by=made.town.planner, line=row.pk, year=None, reason="続ける").rests_since
        is None
    )
