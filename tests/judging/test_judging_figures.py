"""Which of an indicator's figures meet: the target of which year, in which unit, in which direction."""

from decimal import Decimal
from typing import Any

import pytest

from sosei.core.gaps import Gap
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Value,
    Year,
    YearPoint,
)
from sosei.judging.figures import Case, cases
from sosei.judging.methods import Figures
from sosei.judging.outcome import Rate, Reached, Refusal


def number(what: object, **more: Any) -> Value:
    return Value(number=Decimal(str(what)), **more)


def point(
    year: int | None = None, target: object = None, actual: object = None, **more: Any
) -> YearPoint:
    def made(what: object) -> Value | None:
        return what if what is None or isinstance(what, Value) else number(what)

    return YearPoint(fiscal_year=year, target=made(target), actual=made(actual), **more)


def found(
    *years: YearPoint, home: int | None = 2021, period: PeriodSaid | None = None, **more: Any
) -> list[Case]:
    indicator = Indicator(years=years, **more)
    project = Project(indicators=(indicator,), period=period)
    report = Report(projects=(project,), fiscal_year=Year(year=home) if home else None)
    return cases(report, project, indicator)


def figures(*years: YearPoint, **more: Any) -> Figures:
    (case,) = found(*years, **more)
    assert case.figures is not None
    return case.figures


def goals(cases: list[Case]) -> list[object]:
    """The target that each case is measured by, or why it is refused."""
    return [
        case.figures.target
        if case.figures
        else case.outcome.code
        if isinstance(case.outcome, Refusal)
        else case.outcome
        for case in cases
    ]


def test_実績のある年があれば_目標だけの年は数えない() -> None:
    assert [c.fiscal_year for c in found(point(2019, 10), point(2020, 10, 5))] == [2020]
    running = found(point(2019, 10), point(2020, 10, cumulative_actual=number(5)))
    assert [(c.fiscal_year, c.role) for c in running] == [(2020, "cumulative_actual")]


def test_どの年にも実績がなければ_目標のある年だけを断る() -> None:
    assert [
        (c.fiscal_year, c.outcome) for c in found(point(2019, 10), point(2020), point(2021, 12))
    ] == [(2019, Refusal("NO_ACTUAL")), (2021, Refusal("NO_ACTUAL"))]


def test_単年と累計はどちらも一件になる() -> None:
    both = found(point(2021, 10, 3, cumulative_actual=number(8)))
    assert [(c.role, c.actual) for c in both] == [
        ("actual", number(3)),
        ("cumulative_actual", number(8)),
    ]


def test_値のない指標も一件に数え_年は報告の年度() -> None:
    (case,) = found()
    assert (case.fiscal_year, case.role, case.actual) == (2021, "actual", None)
    assert found(home=None)[0].fiscal_year is None


@pytest.mark.parametrize(
    ("targets", "goal"),
    [
        ([(2017, 10), (2019, 20), (2021, 40)], 20),
        ([(2021, 40), (2019, 20)], 20),
        ([(2017, 10), (2018, 15), (2019, 20)], 15),
        ([(2018, 15)], 15),
        ([(2016, 5), (2017, 10)], "NO_TARGET"),
        ([(2017, 10)], "NO_TARGET"),
        ([(None, 30)], 30),
        ([(None, 30), (2020, 25)], 25),
        ([], "NO_TARGET"),
    ],
)
def test_目標はその年か後のいちばん近い年のもの(
    targets: list[tuple[int | None, int]], goal: object
) -> None:
    rows = [point(year, target) for year, target in targets]
    assert goals(found(*rows, point(2018, actual=7))) == [goal]


def test_自分の年の目標があればそれと比べる() -> None:
    assert goals(found(point(2018, 12, 7), point(2019, 20))) == [12]


def test_目標のない年は後の年の目標を隠さない() -> None:
    rows = [point(2017, actual=6), point(2018, actual=7), point(2019, actual=8), point(2020, 20)]
    assert goals(found(*rows)) == [20, 20, 20]


def test_年が分からなければ_ただ一つの目標とだけ比べる() -> None:
    assert goals(found(point(None, 30), point(actual=7), home=None)) == [30]
    two = found(point(None, 30), point(2020, 40), point(actual=7), home=None)
    assert goals(two) == ["NO_TARGET"]


@pytest.mark.parametrize(
    ("target", "actual", "unit"),
    [("人", None, None), (None, "人", None), (None, None, "人"), (None, None, None)],
)
def test_単位の書かれていない値はもう一方の単位とみる(
    target: str | None, actual: str | None, unit: str | None
) -> None:
    row = point(2021, number(40, unit=target), number(30, unit=actual))
    given = figures(row, unit=unit)
    assert (given.target, given.actual) == (40, 30)


def test_幅の違う単位は同じ単位() -> None:
    given = figures(point(2021, number(40, unit="％"), number(30, unit="%")))
    assert (given.target, given.actual) == (40, 30)


@pytest.mark.parametrize(
    ("target", "actual"), [("組", "人"), ("ほげ", "人"), ("人", "ほげ"), ("ほげ", "ふが")]
)
def test_同じ量に直せない単位は断る(target: str, actual: str) -> None:
    row = point(2021, number(4, unit=target), number(5, unit=actual))
    assert found(row)[0].outcome == Refusal("UNIT_DIFFERS", {"target": target, "actual": actual})


def test_基準値も目標と同じ単位に揃える() -> None:
    row = point(2021, number(2, unit="万人"), number(18000, unit="人"))
    given = figures(row, baseline=number("1.5", unit="万人"))
    assert (given.target, given.actual, given.baseline) == (20000, 18000, 15000)
    assert figures(row, baseline=number(15, unit="社")).baseline is None
    assert figures(row, baseline=Value(gap=Gap.DASH)).baseline is None


@pytest.mark.parametrize(
    ("target", "base", "direction", "falling"),
    [
        (number(10), None, None, False),
        (number(10), None, "down", True),
        (number(10), 20, "up", False),
        (number(10), 5, "down", True),
        (number(10), 20, None, True),
        (number(10), 10, None, False),
        (number(10), 5, None, False),
        (number(10, op="<="), 5, None, True),
        (number(10, op="<"), 5, None, True),
        (number(10, op=">="), 20, None, False),
        (number(10, op=">"), 20, None, False),
        (number(10, op="<="), 5, "up", False),
    ],
)
def test_向きは指標_目標の以上以下_基準値の順に決まる(
    target: Value, base: int | None, direction: str | None, falling: bool
) -> None:
    baseline = None if base is None else number(base)
    assert (
        figures(point(2021, target, 8), baseline=baseline, direction=direction).falling is falling
    )


@pytest.mark.parametrize(
    ("op", "strict"), [(None, False), (">=", False), ("<=", False), (">", True), ("<", True)]
)
def test_超と未満だけが等しい値を除く(op: str | None, strict: bool) -> None:
    assert figures(point(2021, number(10, op=op), 8)).strict is strict


@pytest.mark.parametrize(
    ("first", "last", "home", "years"),
    [
        (2020, 2024, 2021, (2, 5)),
        (2021, 2021, 2021, (1, 1)),
        (None, 2024, 2021, (None, None)),
        (2020, None, 2021, (None, None)),
        (2020, 2024, None, (None, None)),
    ],
)
def test_経過年数は始まりの年を一年目と数える(
    first: int | None, last: int | None, home: int | None, years: tuple[int | None, int | None]
) -> None:
    given = figures(
        point(None, 10, 8), home=home, period=PeriodSaid(raw="期間", first=first, last=last)
    )
    assert (given.elapsed, given.planned) == years


@pytest.mark.parametrize(
    ("more", "method"),
    [
        ({"direction": "down", "baseline": number(20)}, "baseline_delta"),
        ({"direction": "down", "baseline": number(10)}, "decrease"),
        ({"direction": "down"}, "decrease"),
        ({"direction": "keep", "baseline": number(20)}, "maintain"),
        ({"expression": "level", "baseline": number(5)}, "plain"),
    ],
)
def test_方法は向きと基準値と表し方で決まる(more: dict[str, Any], method: str) -> None:
    assert found(point(2021, 10, 8), **more)[0].method == method


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (point(2021, Value(text="設置"), rating=Said(text="達成")), Reached(True, "RATING_WORD")),
        (point(2021, 5, rating=Said(text="未達成")), Reached(False, "RATING_WORD")),
        (point(2021, 5, Value(text="検討"), rating=Said(text="達成")), Reached(True, "RATING_WORD")),
        (point(2021, Value(text="設置"), 5, rating=Said(text="達成")), Reached(True, "RATING_WORD")),
        (point(2021, 5, Value(gap=Gap.DASH), rating=Said(text="達成")), Refusal("GAP_ACTUAL", {"gap": "－"})),
        (point(2021, Value(gap=Gap.DASH), 5), Refusal("GAP_TARGET", {"gap": "－"})),
        (point(2021, 5, rating=Said(text="☆")), Refusal("NO_ACTUAL")),
    ],
)  # fmt: skip
def test_数で比べられなければ文書の評価の言葉で言う(row: YearPoint, outcome: object) -> None:
    (case,) = found(row)
    assert (case.outcome, case.figures) == (outcome, None)
    assert case.method == ("qualitative" if isinstance(outcome, Reached) else None)


def test_年の評価の言葉は指標の評価の言葉に勝つ() -> None:
    row = point(2021, 5, rating=Said(text="未達成"))
    assert found(row, rating=Said(text="達成"))[0].outcome == Reached(False, "RATING_WORD")
    assert found(point(2021, 5), rating=Said(text="達成"))[0].outcome == Reached(
        True, "RATING_WORD"
    )


def test_計画でも実績があれば判定する() -> None:
    indicator = Indicator(years=(point(2021, 10, 8),))
    project = Project(kind="plan", indicators=(indicator,))
    assert cases(Report(projects=(project,)), project, indicator)[0].outcome == Rate(
        Decimal("0.8"), reached=False
    )
