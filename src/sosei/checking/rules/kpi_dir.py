"""方向. It is not stated which way is better where that is not plain, or the statement contradicts the figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.numbers import agrees, percent, printed_rate
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, PointSpot, Scene
from sosei.checking.sense import number, targets, way
from sosei.core.direction import speaks_of_less


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for a direction that is missing, contradicted, or ignored by the printed rate."""
    for spot in scene.indicators:
        inverted = next((point for point in spot.points() if _inverted(point)), None)
        if inverted is not None:
            yield _ignored(inverted)
        elif _contradicted(spot):
            yield _against(spot)
        elif _missing(spot):
            yield _unsaid(spot)


def _inverted(point: PointSpot) -> bool:
    """Tell whether a falling indicator carries the plain ratio as its achievement."""
    target, actual = number(point.point.target), number(point.point.actual)
    rate = printed_rate(point.point.rate.text) if point.point.rate else None
    if way(point.owner) != "down" or rate is None or not target or actual is None:
        return False
    return actual != target and agrees(rate, percent(actual, target))


def _contradicted(spot: IndicatorSpot) -> bool:
    baseline = number(spot.indicator.baseline)
    last = next(reversed(list(targets(spot))), None)
    if baseline is None or last is None or spot.indicator.expression == "increment":
        return False
    said = spot.indicator.direction
    return (said == "up" and last < baseline) or (said == "down" and last > baseline)


def _missing(spot: IndicatorSpot) -> bool:
    """Tell whether the name speaks of something of which less is better, while no direction is stated."""
    unsaid = spot.indicator.direction is None and way(spot) in {None, "down"}
    return unsaid and speaks_of_less(spot.name)


def _ignored(point: PointSpot) -> Hit:
    rate = point.point.rate
    assert rate is not None
    spot = point.owner
    return Hit(
        ja=f"{spot.ja}は少ない方がよい指標ですが、達成率「{rate.text}」は実績÷目標のままです。減少の指標の計算方法に改めてください。",
        en=f"Less is better for the {spot.en}, yet its rate “{rate.text}” is actual ÷ target. Use a method for falling indicators.",
        path=f"{point.path}/rate",
        place=rate.place or spot.place,
        raw=rate.raw or rate.text,
    )


def _against(spot: IndicatorSpot) -> Hit:
    return Hit(
        ja=f"{spot.ja}に書かれた方向と、基準値から目標値への動きが逆です。方向か数値を確かめてください。",
        en=f"The stated direction of the {spot.en} runs against its baseline and target. Check direction and figures.",
        path=spot.path,
        place=spot.place,
        raw=spot.raw,
    )


def _unsaid(spot: IndicatorSpot) -> Hit:
    return Hit(
        ja=f"{spot.ja}は少ない方がよい指標と見えますが、方向が書かれていません。「減少を目指す」と明記してください。",
        en=f"Less seems better for the {spot.en}, but its direction is not stated. Say so (減少を目指す).",
        path=spot.path,
        place=spot.place,
        raw=spot.raw,
        severity=Severity.INFO,
    )


RULE: Final = Rule(
    code="KPI-DIR",
    title_ja="指標の方向",
    title_en="Direction of the indicator",
    severity=Severity.WARNING,
    source="減少を目指す指標には実績÷目標を使えない",
    why_ja="事故件数のような指標では、実績÷目標が大きいほど悪い結果です。方向は数値から推測せず、書かれている必要があります。方向の記載がないだけなら参考です。",
    why_en="For accidents and the like a higher actual ÷ target is worse. The direction must be stated, not guessed; its mere absence is a note.",
    wrong="火災発生件数 目標25件 実績30件 達成率120%",
    right="火災発生件数（減少を目指す） 目標25件 実績30件 未達成",
    look=look,
)
