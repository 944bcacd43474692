"""名称に合わない単位. A unit that cannot be what the name of the indicator speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking import words
from sosei.checking.finding import Severity
from sosei.checking.measures import base, unit
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import IndicatorSpot, Scene

#: What counts things one by one: no amount, money or ratio is measured in these.
_COUNTED: Final = frozenset({"人", "世帯", "件", "社", "団体", "組", "区", "校", "か所", "箇所", "回", "事業者", "店舗", "自治会", "地区", "戸"})  # fmt: skip
_AMOUNTS: Final = frozenset({"measure", "money"})


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Compare each indicator's unit with the end of its name."""
    for spot in scene.indicators:
        wanted = _wanted(spot)
        if wanted is not None:
            yield Hit(
                ja=f"{spot.ja}の単位「{spot.indicator.unit}」は名称に合いません（{wanted[0]}のはずです）。単位の写し間違いがないか確かめてください。",
                en=f"The unit “{spot.indicator.unit}” does not fit the {spot.en} ({wanted[1]} expected). Look for a copying slip.",
                path=spot.path,
                place=spot.place,
                raw=spot.indicator.unit,
            )


def _wanted(spot: IndicatorSpot) -> tuple[str, str] | None:
    """Return what the name wants where the unit is plainly something else; unknown units are left alone."""
    said = spot.indicator.unit
    if not said or not spot.name:
        return None
    known, name = unit(said), spot.name
    counted = base(said) in _COUNTED
    kind = known.kind if known else None
    if words.ends("unit", name, "amount") and (counted or kind == "ratio"):
        return "量の単位", "a unit of amount"
    if words.ends("unit", name, "money") and (counted or kind == "measure"):
        return "金額の単位", "a unit of money"
    if words.ends("unit", name, "ratio") and (counted or kind in _AMOUNTS):
        return "割合の単位", "a ratio"
    if words.ends("unit", name, "persons") and kind in _AMOUNTS:
        return "人数の単位", "persons"
    return None


RULE: Final = Rule(
    code="KPI-UNITODD",
    title_ja="名称に合わない単位",
    title_en="A unit that does not fit the name",
    severity=Severity.WARNING,
    source="先行型の公表資料「マガキ出荷数量（単位：区）」",
    why_ja="隣の行の単位を写したままの指標が実際に公表されています。名称の終わりの語（数量・額・率・者数）から、あり得ない単位だけを指摘します。",
    why_en="Units copied from the row above have been published. Only units that the last word of the name rules out are reported.",
    wrong="マガキ出荷数量（単位：区）",
    right="マガキ出荷数量（単位：t）",
    look=look,
)
