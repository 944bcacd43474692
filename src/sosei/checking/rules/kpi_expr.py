"""増加分と水準. A target that is an increase stands beside an actual that is a level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.numbers import agrees, percent, printed_rate
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import PointSpot, Scene, value_raw
from sosei.checking.sense import number


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look at indicators whose targets are increases."""
    for spot in scene.indicators:
        if spot.indicator.expression == "increment":
            for point in spot.points():
                if _level_beside_increase(point):
                    yield _hit(point)


def _level_beside_increase(point: PointSpot) -> bool:
    """Tell whether the actual lies nearer to the baseline than to the increase that was planned."""
    baseline = number(point.owner.indicator.baseline)
    target, actual = number(point.point.target), number(point.point.actual)
    if baseline is None or target is None or actual is None:
        return False
    return abs(actual - baseline) < abs(actual - target)


def _hit(point: PointSpot) -> Hit:
    target, actual = point.point.target, point.point.actual
    assert target is not None
    assert actual is not None
    spot = point.owner
    return Hit(
        ja=f"{spot.ja}は、目標「{value_raw(target)}」が増加分、実績「{value_raw(actual)}」が水準と見えます。同じ表し方にそろえてください。",
        en=f"In the {spot.en} the target “{value_raw(target)}” is an increase, the actual “{value_raw(actual)}” looks like a level. Write both alike.",
        path=point.path,
        place=actual.place or spot.place,
        raw=value_raw(actual),
        severity=Severity.ERROR if _rated(point) else None,
    )


def _rated(point: PointSpot) -> bool:
    """Tell whether the report reckons a rate of the two: then the figures contradict each other."""
    rate = printed_rate(point.point.rate.text) if point.point.rate else None
    target, actual = number(point.point.target), number(point.point.actual)
    return bool(rate is not None and target and actual and agrees(rate, percent(actual, target)))


RULE: Final = Rule(
    code="KPI-EXPR",
    title_ja="増加分と水準の混在",
    title_en="Increase compared with level",
    severity=Severity.WARNING,
    source="実施計画は増加分、報告書は水準で書かれる",
    why_ja="増加分の目標と水準の実績を比べると、達成率が何百%にもなります。その達成率が印刷されていれば誤り、並んでいるだけなら注意です。",
    why_en="An increase set against a level gives rates of hundreds of percent. An error where such a rate is printed, else a warning.",
    wrong="基準値 556万トン、目標 4万トン（増加分）、実績 560万トン",
    right="基準値 556万トン、目標 560万トン、実績 560万トン",
    look=look,
)
