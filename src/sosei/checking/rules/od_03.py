"""数値の属性. Numbers written with text in the cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, folded, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.sheets import Box
from sosei.core.units import unit_of

_FIGURE: Final = re.compile(r"(?P<sign>[-+−△▲]?)(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>\D{0,8})")
_NO_FIGURE: Final = frozenset(
    {"年", "年度", "月", "日", "時", "分", "号", "番", "番地", "丁目", "課", "次", "期", "章", "節"}
)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for figures with units, commas or triangles inside the cell."""
    for spot in tables(scene):
        mixed = [cell for cell in spot.body if _mixed(cell)]
        if mixed:
            yield spot.hit(
                mixed,
                "数値に単位・桁区切り・△などの文字を含むセルが{n}個あります",
                "{n} numeric cells contain text (unit, comma, triangle)",
                "数値だけにし、単位は見出しか別の列に書いてください",
                "Keep the bare number; put the unit into the heading",
            )


def _mixed(cell: Box) -> bool:
    found = None if cell.number is not None else _FIGURE.fullmatch(folded(cell))
    if found is None:
        return False
    unit = found["unit"].strip()
    if unit and (unit in _NO_FIGURE or unit_of(unit) is None):
        return False
    return bool(unit) or "," in found["number"] or found["sign"] in set("−△▲")


RULE: Final = Rule(
    code="OD-3",
    title_ja="数値は数値属性とし文字を含めない",
    title_en="Numbers as numbers",
    why_ja="「1,234人」「△5」は文字列になり、計算に使えません。",
    why_en="“1,234人” and “△5” are text and cannot be reckoned with.",
    wrong="△1,234千円",
    right="-1234（見出しに「千円」）",
    severity=Severity.WARNING,
    source=f"{RULES}1-3",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
