"""計画の読み替えの検査. Baseline and increments become levels, with the arithmetic; what cannot is refused."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Place, Project, Report, Said, Value, YearPoint
from sosei.ledger.difference import difference, in_levels, plan_levels
from strategies import indicators


def n(number, **more):
    return Value(number=Decimal(str(number)), **more)


def plan(baseline, *steps, expression="increment", first=2021, total=None, **more):
    years = tuple(
        YearPoint(fiscal_year=first + k, target=step if isinstance(step, Value) else n(step))
        for k, step in enumerate(steps)
    )
    return Indicator(
        name=Said(text="港湾取扱貨物量"),
        baseline=None if baseline is None else n(baseline),
        years=years,
        expression=expression,
        increase_total=None if total is None else n(total),
        **{"unit": "万トン", **more},
    )


def levels(indicator, **more):
    return [level.value.number for level in plan_levels(indicator, **more).levels]


def refused(indicator, **more):
    return [(r.code, r.index) for r in plan_levels(indicator, **more).refusals]


@pytest.mark.parametrize(
    ("baseline", "steps", "expected", "how"),
    [
        (556, (4, 0, 20), (560, 560, 580), "556＋4＋0＋20＝580万トン"),
        (
            2899.4,
            (-9.5, 1.9, 1.9),
            (2889.9, 2891.8, 2893.7),
            "2,899.4－9.5＋1.9＋1.9＝2,893.7万トン",
        ),
        (0, (4000, 4000), (4000, 8000), "0＋4,000＋4,000＝8,000万トン"),
        (-500, (100, 150), (-400, -250), "-500＋100＋150＝-250万トン"),
    ],
)
def test_増加分を基準値に積み上げる(baseline, steps, expected, how):
    found = plan_levels(plan(baseline, *steps))
    assert [level.value.number for level in found.levels] == [Decimal(str(e)) for e in expected]
    assert found.levels[-1].how_ja == how
    assert found.levels[-1].how_en.endswith("万トン")
    assert (found.expression, found.refusals) == ("level", ())
    assert [level.step for level in found.levels] == [Decimal(str(step)) for step in steps]


def test_年度の順に積み上げる():
    years = tuple(YearPoint(fiscal_year=y, target=n(k)) for y, k in ((2022, 10), (2021, 1)))
    indicator = Indicator(baseline=n(100), years=years, expression="increment")
    assert [(v.fiscal_year, v.index) for v in plan_levels(indicator).levels] == [
        (2021, 1),
        (2022, 0),
    ]
    assert levels(indicator) == [101, 111]


def test_年度のない欄は並びの順に積み上げる():
    years = tuple(YearPoint(label=f"{k}年目", target=n(k)) for k in (1, 2))
    indicator = Indicator(baseline=n(100), years=years, expression="increment")
    assert levels(indicator) == [101, 103]
    mixed = Indicator(
        baseline=n(1),
        expression="increment",
        years=(*years, YearPoint(fiscal_year=2021, target=n(1))),
    )
    assert refused(mixed) == [("ORDER", None)]


@pytest.mark.parametrize(
    ("indicator", "expected", "reached"),
    [
        (plan(None, 4), [("NO_BASELINE", None)], []),
        (plan(1, 4, baseline_year=2020, first=2021), [], [5]),
        (plan(1, 4, Value(gap=Gap.UNDECIDED), 3), [("NO_STEP", 1)], [5]),
        (plan(1, 4, Value(text="維持"), 3), [("NO_STEP", 1)], [5]),
        (plan(1, n(4, unit="隻")), [("UNIT", None)], []),
        (plan(1, n(4, op=">="), n(4, op="<=")), [("BOUND", None)], []),
        (plan("123456789012345", "0.1"), [("DIGITS", 0)], []),
    ],
)  # fmt: skip
def test_計算できないところから先は断る(indicator, expected, reached):
    assert refused(indicator) == expected
    assert levels(indicator) == reached


def test_飛んだ年度と重なった年度から先は断る():
    for years, code in (((2021, 2023), "YEAR_MISSING"), ((2021, 2021), "TWICE")):
        points = tuple(YearPoint(fiscal_year=y, target=n(4)) for y in years)
        indicator = Indicator(baseline=n(1), years=points, expression="increment")
        assert (levels(indicator), refused(indicator)) == ([5], [(code, 1)])


def test_基準値がなければ文字の基準値でも断る():
    indicator = Indicator(
        baseline=Value(text="なし"), years=plan(1, 4).years, expression="increment"
    )
    assert refused(indicator) == [("NO_BASELINE", None)]


def test_単位の大きさが違えば細かい単位で足す():
    indicator = plan(n(1, unit="万人").number, n(500, unit="人"), unit="万人")
    (level,) = plan_levels(indicator).levels
    assert level.value == n(10_500, unit="人")
    assert level.how_ja == "10,000＋500＝10,500人"


def test_百分率にはポイントを足せる():
    (level,) = plan_levels(plan(40, n(2, unit="ポイント"), unit="%")).levels
    assert level.value == n(42)
    assert level.how_ja == "40＋2＝42%"


def test_以上の増加分は以上の水準になる():
    assert [v.value.op for v in plan_levels(plan(1, n(4, op=">="), n(5, op=">="))).levels] == [
        ">=",
        ">=",
    ]


def test_水準の所在は基準値と増加分の所在():
    places = [Place(sheet="計画", range=f"{column}5") for column in "BCD"]
    steps = [n(4, place=(place,), raw="4万トン") for place in places[1:]]
    indicator = plan(1, *steps)
    indicator = Indicator(
        name=indicator.name, unit="万トン", expression="increment", years=indicator.years,
        baseline=n(1, place=(places[0],)),
    )  # fmt: skip
    found = plan_levels(indicator).levels
    assert [level.value.place for level in found] == [tuple(places[:2]), tuple(places)]


@pytest.mark.parametrize("expression", ["level", "point_in_time", "single_year", "cumulative"])
def test_増加分でないものはそのまま(expression):
    indicator = plan(556, 560, Value(gap=Gap.UNDECIDED), 580, expression=expression)
    found = plan_levels(indicator)
    assert [level.value.number for level in found.levels] == [560, 580]
    assert found.expression == expression
    assert refused(indicator) == [("NO_TARGET", 1)]
    steps = [4, 20] if expression in {"level", "point_in_time"} else [None, None]
    assert [level.step for level in found.levels] == steps


def test_書かれていなければ断り計算の合う方を勧める():
    unsaid = plan(556, 4, 0, 20, expression=None, total=24)
    (refusal,) = plan_levels(unsaid).refusals
    assert (refusal.code, refusal.suggest) == ("EXPRESSION", "increment")
    (refusal,) = plan_levels(plan(556, 560, 580, expression=None, total=24)).refusals
    assert refusal.suggest == "level"
    (refusal,) = plan_levels(plan(0, 5, 24, expression=None, total=9)).refusals
    assert refusal.suggest is None
    assert levels(unsaid) == []
    assert levels(unsaid, expression="increment") == [560, 560, 580]


@pytest.mark.parametrize(
    ("indicator", "agrees", "words"),
    [
        (plan(556, 4, 0, 20, total=24), True, "4＋0＋20＝24、記載の累計 24（一致）"),
        (plan(556, 4, 0, 20, total=25), False, "4＋0＋20＝24、記載の累計 25（不一致）"),
        (plan(11861, 13220, expression="level", total=1339), False, "13,220－11,861＝1,359、記載の累計 1,339（不一致）"),
        (plan(None, 5, 6, expression="single_year", total=11), True, "5＋6＝11、記載の累計 11（一致）"),
        (plan(0, 1.3, 1.3, 1.3, total=4.0), True, "1.3＋1.3＋1.3＝3.9、記載の累計 4（一致）"),
    ],
)  # fmt: skip
def test_増加分の累計を検算する(indicator, agrees, words):
    total = plan_levels(indicator).total
    assert (total.agrees, total.ja) == (agrees, words)
    assert total.en.endswith("(agrees)" if agrees else "(differs)")


def test_欠けた年があれば累計は検算しない():
    assert plan_levels(plan(1, 4, Value(gap=Gap.UNDECIDED), total=9)).total is None
    assert plan_levels(plan(1, 4)).total is None


def document(*found, kind="plan"):
    return Report(projects=(Project(name=Said(text="港湾事業"), kind=kind, indicators=found),))


def test_計画は水準にしてから台帳と比べる():
    ledger = document(plan(556, 560, 561, expression="level"), kind="result")
    ready = in_levels(document(plan(556, 4, 0)), kind="result")
    found = difference(ledger, ready.report, partial=True)
    (change,) = found.of("changed")
    assert (change.before_ja, change.after_ja, change.plan) == ("561万トン", "560万トン", "changed")
    assert not list(found.of("unclear", "added"))
    assert ready.refusals == ()


def test_換算できない目標は取り込まない():
    ready = in_levels(document(plan(None, 4), plan(1, 4, expression=None)))
    assert [(path, r.code) for path, r in ready.refusals] == [
        ("/projects/0/indicators/0", "NO_BASELINE"),
        ("/projects/0/indicators/1", "EXPRESSION"),
    ]
    assert all(p.target is None for k in ready.report.projects[0].indicators for p in k.years)
    stated = in_levels(document(plan(1, 4, expression=None)), stated={"/projects/0/indicators/0": "increment"})  # fmt: skip
    ((point,),) = [k.years for k in stated.report.projects[0].indicators]
    assert point.target == n(5)


@given(st.lists(st.decimals(-1000, 1000, places=1), min_size=1, max_size=6), st.integers(0, 9999))
def test_水準の差は増加分に戻る(steps, baseline):
    found = plan_levels(plan(baseline, *steps)).levels
    numbers = [Decimal(baseline), *(level.value.number for level in found)]
    assert [b - a for a, b in pairwise(numbers)] == steps


@given(indicators(4))
def test_どんな計画も水準か断りになる(indicator):
    found = plan_levels(indicator)
    targets = {k for k, point in enumerate(indicator.years) if point.target is not None}
    told = {level.index for level in found.levels} | {r.index for r in found.refusals}
    assert {level.index for level in found.levels} <= targets
    assert bool(told) or not targets or found.expression != "increment"
    in_levels(document(indicator))
