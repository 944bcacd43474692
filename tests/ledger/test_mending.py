"""読み取りの直し. A report as read and corrections: what moves, what stays, what is refused, what is learned of the layout."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.core.errors import SoseiError, UnknownUnit, UnreadableFigure
from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    Place,
    Project,
    Report,
    Said,
    Spending,
    Unread,
    Value,
    Year,
    YearPoint,
    bare,
)
from sosei.ledger.doubts import BlankFigure
from sosei.ledger.mending import (
    Figure,
    Mend,
    figures,
    habit_of,
    like,
    loose_figures,
    mend_of,
    mended,
    proposed,
)
from sosei.ledger.mending.habits import row_habit
from sosei.ledger.objections import SlotTaken
from sosei.reading.spots import Loose, Spot

K = "/projects/0/indicators"
HERE = (Place(page=1, box=(10.0, 20.0, 30.0, 28.0)),)
HEAD = Spot("様式甲", "令和4年度 計画", "令和#年度計画", 3)
ACTUAL = Spot("様式甲", "実績値", "実績値", 4)


def value(number: int | str, **more) -> Value:
    return Value(number=Decimal(number), place=HERE, sure=True, **more)


def indicator(name: str, target: int, actual: int | None, unit: str = "人") -> Indicator:
    point = YearPoint(
        fiscal_year=2022, target=value(target), actual=None if actual is None else value(actual),
        rate=Said(text="90%"),
    )  # fmt: skip
    return Indicator(name=Said(text=name), unit=unit, years=(point,))


@pytest.fixture
def report() -> Report:
    return Report(
        fiscal_year=Year(year=2022),
        projects=(
            Project(
                name=Said(text="拠点事業"),
                indicators=(indicator("就職者数", 20, 18), indicator("計", 55, 52)),
                spending=(
                    Spending(label=Said(text="委託料"), yen=17_662, unit="円", raw="17,662", place=HERE),
                ),
            ),
            Project(name=Said(text="祭り事業"), indicators=(indicator("宿泊者数", 4000, None, "人泊"),)),
        ),
        unread=(Unread(code="text", raw="うち市内 7人", place=HERE), Unread(code="text", raw="注記")),
    )  # fmt: skip


def point(report: Report, i: int = 0, k: int = 0, n: int = 0) -> YearPoint:
    return report.projects[i].indicators[k].years[n]


def figure(report: Report, path: str) -> Figure:
    return next(one for one in figures(report) if one.path == path)


def test_直さなければ元のまま(report: Report) -> None:
    done = mended(report, [])
    assert done.report == report
    assert dict(done.paths) == {one.path: one.path for one in figures(report)}
    assert mended(report, [Mend(at=f"{K}/0/years/0/actual")]).report == report


def test_数を直すと所在と原文が残り_確かとは言わなくなる(report: Report) -> None:
    done = mended(report, [Mend(at=f"{K}/0/years/0/actual", text="１９")])
    now = point(done.report).actual
    assert now is not None
    assert (now.number, now.raw, now.place, now.sure) == (Decimal(19), "18", HERE, None)
    assert done.by_hand == {f"{K}/0/years/0/actual"}
    assert bare(point(done.report).target) == bare(point(report).target)


def test_集計中とも直せる(report: Report) -> None:
    done = mended(report, [Mend(at=f"{K}/0/years/0/actual", text="集計中")])
    now = point(done.report).actual
    assert now is not None
    assert (now.gap, now.raw) == (Gap.COUNTING, "18")


def test_年度を直すと新しい年の欄に移り_達成率もついていく(report: Report) -> None:
    both = [Mend(at=f"{K}/0/years/0/{role}", year=2021) for role in ("target", "actual")]
    done = mended(report, both)
    [only] = done.report.projects[0].indicators[0].years
    assert (only.fiscal_year, only.rate) == (2021, Said(text="90%"))
    assert done.paths[f"{K}/0/years/0/actual"] == f"{K}/0/years/0/actual"
    one = mended(report, both[1:]).report.projects[0].indicators[0].years
    assert [(y.fiscal_year, y.rate is not None) for y in one] == [(2022, True), (2021, False)]


def test_役割を入れ替えられる_一つだけでは重なると断る(report: Report) -> None:
    swap = [
        Mend(at=f"{K}/0/years/0/target", role="actual"),
        Mend(at=f"{K}/0/years/0/actual", role="target"),
    ]
    done = point(mended(report, swap).report)
    assert done.target is not None
    assert done.actual is not None
    assert (done.target.number, done.actual.number) == (18, 20)
    with pytest.raises(SlotTaken, match="「18」"):
        mended(report, swap[:1])


def test_基準値にすると年度は基準年度になる(report: Report) -> None:
    done = mended(report, [Mend(at=f"{K}/0/years/0/actual", role="baseline", year=2019)])
    now = done.report.projects[0].indicators[0]
    assert now.baseline is not None
    assert (now.baseline.number, now.baseline_year, now.years[0].actual) == (18, 2019, None)


def test_単位は指標のものになる(report: Report) -> None:
    done = mended(report, [Mend(at=f"{K}/0/years/0/target", unit="千円")])
    now = done.report.projects[0].indicators[0]
    assert now.unit == "千円"
    assert now.years[0].target is not None
    assert now.years[0].target.number == 20


def test_ほかの指標の値にできる(report: Report) -> None:
    where = "/projects/1/indicators/0"
    done = mended(report, [Mend(at=f"{K}/0/years/0/actual", indicator=where)])
    assert point(done.report).actual is None
    there = point(done.report, 1).actual
    assert there is not None
    assert there.number == 18
    assert done.paths[f"{K}/0/years/0/actual"] == f"{where}/years/0/actual"


def test_指標でない行は外れ_後ろの番号が詰まる(report: Report) -> None:
    done = mended(report, [Mend(at=f"{K}/0", role="none")])
    assert [k.name.text for k in done.report.projects[0].indicators if k.name] == ["計"]
    assert done.paths[f"{K}/1/years/0/actual"] == f"{K}/0/years/0/actual"
    assert f"{K}/0/years/0/actual" not in done.paths


def test_指標ごと別の事業へ移る(report: Report) -> None:
    mends = [Mend(at=f"{K}/1", project="/projects/1"), Mend(at=f"{K}/1/years/0/actual", unit="件")]
    done = mended(report, mends)
    names = [[k.name.text for k in p.indicators if k.name] for p in done.report.projects]
    assert names == [["就職者数"], ["宿泊者数", "計"]]
    assert done.report.projects[1].indicators[1].unit == "件"
    assert done.paths[f"{K}/1/years/0/target"] == "/projects/1/indicators/1/years/0/target"


def test_経費の単位を直すと円に直る(report: Report) -> None:
    at = "/projects/0/spending/0"
    done = mended(report, [Mend(at=at, unit="千円")])
    [now] = done.report.projects[0].spending
    assert (now.yen, now.unit, now.raw, now.place) == (17_662_000, "千円", "17,662", HERE)
    typed = mended(report, [Mend(at=at, text="18,000", unit="千円")]).report.projects[0].spending[0]
    assert typed.yen == 18_000_000
    assert mended(report, [Mend(at=at, role="none")]).report.projects[0].spending == ()


def test_読めなかった所を値にできる(report: Report) -> None:
    done = mended(report, [Mend(at="/unread/0", text="7", role="actual", year=2021, indicator=f"{K}/0")])  # fmt: skip
    years = done.report.projects[0].indicators[0].years
    assert [(y.fiscal_year, y.actual.number if y.actual else None) for y in years] == [(2022, 18), (2021, 7)]  # fmt: skip
    assert years[1].actual is not None
    assert (years[1].actual.raw, years[1].actual.place) == ("うち市内 7人", HERE)
    assert [note.raw for note in done.report.unread] == ["注記"]


def test_読み取っていない数を実績にできる(report: Report) -> None:
    where = Loose("3,998", HERE, "/projects/1/indicators/0", ACTUAL)
    [one] = loose_figures(report, [where], 9)
    assert (one.number, one.path, one.role, one.unit) == (9, "/loose/0", "loose", "人泊")
    done = mended(report, [Mend(at="/loose/0", role="actual")], [where])
    now = point(done.report, 1).actual
    assert now is not None
    assert (now.number, now.raw, now.place) == (3998, "3,998", HERE)
    assert done.paths["/loose/0"] == "/projects/1/indicators/0/years/0/actual"
    assert mended(report, [Mend(at="/loose/0", role="none")], [where]).report == report


@pytest.mark.parametrize(
    ("mend", "error"),
    [
        (Mend(at=f"{K}/0/years/0/actual", text="ずいぶん"), UnreadableFigure),
        (Mend(at="/projects/0/spending/0", text="たくさん"), SoseiError),
        (Mend(at="/projects/0/spending/0", unit="ドル"), UnknownUnit),
        (Mend(at="/projects/0/spending/0", text=" "), BlankFigure),
    ],
)
def test_読めないものは断る(report: Report, mend: Mend, error: type[SoseiError]) -> None:
    with pytest.raises(error):
        mended(report, [mend])


def test_直しは書いて戻せる() -> None:
    mend = Mend(at=f"{K}/0", role="none", group=3, habit=7)
    assert mend_of(mend.kept()) == mend


NAMES = st.sampled_from(["target", "actual", "cumulative_actual", "baseline", "none", None])


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from([f"{K}/0/years/0/target", f"{K}/0/years/0/actual", f"{K}/1/years/0/target", "/projects/1/indicators/0/years/0/target"]),
        st.tuples(NAMES, st.sampled_from([None, 2020, 2021, 2023]), st.sampled_from([None, f"{K}/0", "/projects/1/indicators/0"]))
    )
)  # fmt: skip
def test_どう直しても数は増えも消えもしない(wanted) -> None:
    """Every figure is where `paths` says, or was left out, or it is refused; none is written over or doubled."""
    made = Report(
        fiscal_year=Year(year=2022),
        projects=(
            Project(indicators=(indicator("一", 1, 2), indicator("二", 3, 4))),
            Project(indicators=(indicator("三", 5, 6),)),
        ),
    )
    mends = [Mend(at=at, role=role, year=year, indicator=to) for at, (role, year, to) in wanted.items()]  # fmt: skip
    try:
        done = mended(made, mends)
    except SlotTaken:
        return
    numbers = {one.path: one.value.number for one in figures(made) if one.value}
    now = {one.path: one.value.number for one in figures(done.report) if one.value}
    assert {
        done.paths[path]: number for path, number in numbers.items() if path in done.paths
    } == now
    left = {mend.at for mend in mends if mend.role == "none"}
    assert set(numbers) - set(done.paths) == left


# -- what is learned ---------------------------------------------------------------------------------------------------


def spots_of(report: Report, head: Spot = HEAD) -> dict[str, Spot]:
    return {one.path: head if one.role == "target" else ACTUAL for one in figures(report)}


def test_見出しの役割を覚え_次の様式で同じ読み違いにだけ提案する(report: Report) -> None:
    one = figure(report, f"{K}/0/years/0/target")
    found = spots_of(report)
    assert len(like(one, figures(report), found)) == 3
    habit = habit_of(report, one, HEAD, Mend(at=one.path, role="actual", text="99"))
    assert habit is not None
    assert (habit.was, habit.is_) == ({"role": "target"}, {"role": "actual"})
    [offer] = proposed([habit], report, figures(report), found)
    assert {(mend.role, mend.text) for mend in offer.mends} == {("actual", None)}
    elsewhere = {path: replace(spot, layout="様式乙") for path, spot in found.items()}
    assert proposed([habit], report, figures(report), elsewhere) == []
    right = {path: spot for path, spot in found.items() if path.endswith("actual")}
    assert proposed([habit], report, figures(report), right) == []


def test_年度は報告書の年度から数えて覚える(report: Report) -> None:
    one = figure(report, f"{K}/0/years/0/actual")
    habit = habit_of(report, one, ACTUAL, Mend(at=one.path, year=2021))
    assert habit is not None
    later = replace(
        report, fiscal_year=Year(year=2030),
        projects=(Project(name=Said(text="別"), indicators=(Indicator(name=Said(text="別の指標"), years=(YearPoint(actual=value(1)),)),)),),
    )  # fmt: skip
    [offer] = proposed([habit], later, figures(later), spots_of(later))
    assert [mend.year for mend in offer.mends] == [2029]


def test_数だけの直しからは何も覚えない(report: Report) -> None:
    one = figure(report, f"{K}/0/years/0/actual")
    assert habit_of(report, one, ACTUAL, Mend(at=one.path, text="19")) is None
    assert habit_of(report, one, ACTUAL, Mend(at=one.path, role="actual", year=2022)) is None


def test_行を外すことと事業を覚える(report: Report) -> None:
    found = spots_of(report)
    leave = row_habit("計", HEAD, {"leave": True})
    [offer] = proposed([leave], report, figures(report), found)
    assert [(m.at, m.role) for m in offer.mends] == [(f"{K}/1", "none")]
    move = row_habit("計", HEAD, {"project": "祭り事業"})
    [offer] = proposed([move], report, figures(report), found)
    assert [(m.at, m.project) for m in offer.mends] == [(f"{K}/1", "/projects/1")]
    assert proposed([row_habit("計", HEAD, {"project": "ない事業"})], report, figures(report), found) == []  # fmt: skip


def test_金額の列の単位を覚え_次のファイルでは円に直す(report: Report) -> None:
    money = Spot("様式甲", "事業費", "事業費", 5)
    found = {"/projects/0/spending/0": money}
    one = figure(report, "/projects/0/spending/0")
    habit = habit_of(report, one, money, Mend(at=one.path, unit="千円"))
    assert habit is not None
    [offer] = proposed([habit], report, figures(report), found)
    [now] = mended(report, offer.mends).report.projects[0].spending
    assert (now.yen, now.unit) == (17_662_000, "千円")
    right = replace(report, projects=(replace(report.projects[0], spending=(now,)), report.projects[1]))  # fmt: skip
    assert proposed([habit], right, figures(right), found) == [], "once it is read rightly"
