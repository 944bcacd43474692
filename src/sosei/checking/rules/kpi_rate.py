"""達成率の検算. A printed achievement that the row's own figures do not give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sosei.checking.finding import Fix, Severity
from sosei.checking.numbers import agrees, decimals, percent, plainly, printed_rate, rates
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import PointSpot, Scene
from sosei.checking.sense import falling, number, targets
from sosei.core.report import Said
from sosei.core.text import fold

#: Percentages that are no achievement of a target.
_OTHER: Final = (
    "前年",
    "前期",
    "対比",
    "増減",
    "増加率",
    "減少率",
    "伸び",
    "割合",
    "執行率",
    "参考",
)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Reckon every printed rate again."""
    for spot in scene.indicators:
        for point in spot.points():
            rate = point.point.rate
            if rate is None or any(fold(word) in fold(rate.text) for word in _OTHER):
                continue
            hit = _checked(point, rate)
            if hit is not None:
                yield hit


def _checked(point: PointSpot, rate: Said) -> Hit | None:
    printed = printed_rate(rate.text)
    target = number(point.point.target)
    actuals = _actuals(point)
    if printed is None or target is None or not actuals or not _one_unit(point):
        return None
    exact = list(_all(point, actuals))
    if not exact or any(agrees(printed, each) for each in exact):
        return None
    return _hit(point, rate, printed, percent(actuals[0], target) if target else None)


def _actuals(point: PointSpot) -> list[Decimal]:
    """Return the year's actual and the running total: the rate may be of either."""
    both = (number(point.point.actual), number(point.point.cumulative_actual))
    return [actual for actual in both if actual is not None]


def _one_unit(point: PointSpot) -> bool:
    said = (point.point.target, point.point.actual, point.point.cumulative_actual)
    return len({value.unit for value in said if value and value.number is not None}) == 1


def _all(point: PointSpot, actuals: list[Decimal]) -> Iterator[Decimal]:
    """Yield the rates that the year's or a later target gives by any known method."""
    spot = point.owner
    baseline, down = number(spot.indicator.baseline), falling(spot)
    for actual in actuals:
        for target in dict.fromkeys(targets(spot)):
            yield from rates(actual, target, baseline, falling=down)


def _hit(point: PointSpot, rate: Said, printed: Decimal, exact: Decimal | None) -> Hit | None:
    if exact is None:
        return None
    spot = point.owner
    right = f"{plainly(exact, max(1, decimals(printed)))}%"
    return Hit(
        ja=f"{spot.ja}の達成率「{rate.text}」は、実績÷目標の{right}と合いません。達成率か数値を正すか、計算方法を注記してください。",
        en=f"The rate “{rate.text}” of the {spot.en} is not what its figures give (actual ÷ target = {right}). Correct it or state the method.",
        path=f"{point.path}/rate",
        place=rate.place or spot.place,
        raw=rate.raw or rate.text,
        fix=Fix(path=f"{point.path}/rate/text", before=rate.text, after=right),
    )


RULE: Final = Rule(
    code="KPI-RATE",
    title_ja="達成率の検算",
    title_en="The printed rate",
    severity=Severity.ERROR,
    source="達成率の算定方法の一覧",
    why_ja="印刷された達成率を、知られている計算方法（実績÷目標、基準値からの増減、減少の指標）のどれでも再現できなければ、率か数値が誤りです。四捨五入と切捨てはどちらも認め、前年度比などは対象にしません。",
    why_en="Where no known method (plain, change from the baseline, falling counts) gives the printed rate, rate or figures are wrong. Rounding half up and cutting off are both accepted; ratios to last year are let be.",
    wrong="目標150 実績131 達成率78.3%",
    right="目標150 実績131 達成率87.3%",
    look=look,
)
