"""西暦. Years of the era without the western year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, TableSpot, folded, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.sheets import Box

_ERA: Final = re.compile(
    r"(?:令和|平成|昭和)\s?(?:\d{1,2}|元)|(?<![A-Za-z])[RHS](?:\d{1,2}|元)(?:\s?年|[./]\d|$|(?=[\s~～\-、,()]))"
)
_TIME: Final = re.compile(r"(?:令和|平成|昭和|[RHS])?[\d元年度月日末.～~\- ]+")
_WEST: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for era years in cells whose row (or, in headings, whose own cell) gives no western year."""
    for spot in tables(scene):
        west = _rows_with_west(spot)
        heads = {id(cell) for cell in spot.heads}
        era = [c for c in spot.filled if _era_only(c) and (id(c) in heads or c.row not in west)]
        if era:
            yield spot.hit(
                era,
                "西暦のない和暦のセルが{n}個あります",
                "{n} cells give era years without western ones",
                "「2021年度」か「令和3年度（2021年度）」と書いてください",
                "Write 2021年度 or 令和3年度（2021年度）",
            )


def _era_only(cell: Box) -> bool:
    """Tell whether a cell is a time of the era; a year within a sentence is no datum."""
    text = folded(cell)
    times = sum(len(found[0]) for found in _TIME.finditer(text))
    return bool(_ERA.search(text)) and not _WEST.search(text) and times * 5 >= len(text) * 3


def _rows_with_west(spot: TableSpot) -> set[int]:
    return {cell.row for cell in spot.body if _WEST.fullmatch(folded(cell).removesuffix("年度"))}


RULE: Final = Rule(
    code="OD-11",
    title_ja="西暦か、和暦に西暦を併記",
    title_en="Western years",
    why_ja="元号は改元をまたぐと計算できず、平成33年のような存在しない年も生じます。",
    why_en="Era years cannot be reckoned across eras and lead to years that never came.",
    wrong="R3",
    right="令和3年度（2021年度）",
    severity=Severity.WARNING,
    source=f"{RULES}1-11",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
