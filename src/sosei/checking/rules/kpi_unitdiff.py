"""単位の不一致. Baseline, target and actual of one indicator in units that do not count the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.measures import VISITS, base
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, ValueSpot, value_raw

_ROLES: Final = {
    "baseline": "基準値",
    "target": "目標値",
    "actual": "実績値",
    "cumulative_actual": "累計実績値",
    "increase_total": "増加分の累計",
}


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare the units of each indicator's values."""
    for spot in scene.indicators:
        pair = _pair(spot)
        if pair is not None:
            yield _hit(spot, *pair)


def _pair(spot: IndicatorSpot) -> tuple[ValueSpot, ValueSpot] | None:
    """Return the first two values whose units count different things; 人・人泊・人回 are left to KPI-GROSSREAL."""
    values = [v for v in spot.values() if v.value.number is not None and spot.unit_of(v.value)]
    for index, seen in enumerate(values):
        for other in values[:index]:
            bases = {base(spot.unit_of(v.value) or "") for v in (seen, other)}
            if len(bases) > 1 and not bases <= VISITS:
                return other, seen
    return None


def _hit(spot: IndicatorSpot, first: ValueSpot, second: ValueSpot) -> Hit:
    odd = next((v for v in (first, second) if v.value.unit), second)
    a, b = spot.unit_of(first.value), spot.unit_of(second.value)
    return Hit(
        ja=f"{spot.ja}は、{_ROLES[first.role]}の単位が「{a}」、{_ROLES[second.role]}の単位が「{b}」で比べられません。どちらかの単位を正してください。",
        en=f"The {spot.en} has “{a}” in one value and “{b}” in another: they cannot be compared. Correct one unit.",
        path=odd.path,
        place=odd.value.place or spot.place,
        raw=value_raw(odd.value),
    )


RULE: Final = Rule(
    code="KPI-UNITDIFF",
    title_ja="値どうしの単位の不一致",
    title_en="Units differ within an indicator",
    severity=Severity.WARNING,
    source="浦河町の公表資料「新規就農者数：1.4人/年 → 4組/年」",
    why_ja="基準値と目標値の単位が違うと、増減も達成率も計算できません。千円と円のように桁だけが違う単位は対象にしません。",
    why_en="Where baseline and target are in different units neither change nor rate can be reckoned. Mere scales (千円, 円) are let be.",
    wrong="新規就農者数 1.4人/年 → 4組/年",
    right="新規就農者数 1.4組/年 → 4組/年",
    look=look,
)
