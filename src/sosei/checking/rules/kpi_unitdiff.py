"""単位の不一致. Baseline, target and actual of one indicator in units that do not count the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.measures import VISITS, base
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene, Text, ValueSpot, value_raw
from sosei.core.units import unit_of

#: 「1.4 → 4組/年」: a bare figure, an arrow, a figure with its unit.
_ARROW: Final = re.compile(
    r"(?<![\d.,])\d[\d,]*(?:\.\d+)?\s*[→⇒➡]\s*\d[\d,]*(?:\.\d+)?\s*([^\d\s()、。,→]{1,8})"
)
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
    for text in scene.texts:
        for found in _ARROW.finditer(text.wide):
            if unit_of(found[1].strip()) is not None:
                yield _one_sided(text, found[0].strip(" :"), found[1].strip())


def _pair(spot: IndicatorSpot) -> tuple[ValueSpot, ValueSpot] | None:
    """Return the first two values whose units count different things; 人・人泊・人回 are left to KPI-GROSSREAL."""
    values = [v for v in spot.values() if v.value.number is not None and spot.unit_of(v.value)]
    for index, seen in enumerate(values):
        for other in values[:index]:
            bases = {base(spot.unit_of(v.value) or "") for v in (seen, other)}
            if len(bases) > 1 and not bases <= VISITS:
                return other, seen
    return None


def _one_sided(text: Text, said: str, unit: str) -> Hit:
    return Hit(
        ja=f"「{said}」は矢印の左の値に単位がありません。右と同じ「{unit}」かを確かめ、両方に単位を書いてください。",
        en=f"In “{said}” the value left of the arrow has no unit. Check that it is “{unit}” too, and print it on both sides.",
        path=text.path,
        place=text.place,
        raw=said,
        severity=Severity.INFO,
    )


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
    why_ja="基準値と目標値の単位が違うと、増減も達成率も計算できません。千円と円のように桁だけが違う単位は対象にせず、矢印の左だけ単位がないときは参考です。",
    why_en="Where baseline and target are in different units neither change nor rate can be reckoned. Mere scales (千円, 円) are let be; a unit missing left of an arrow is a note.",
    wrong="新規就農者数 1.4人/年 → 4組/年",
    right="新規就農者数 1.4組/年 → 4組/年",
    look=look,
)
