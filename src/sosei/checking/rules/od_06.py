"""項目名の省略. Names left out: ditto marks, empty headings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, TableSpot, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.sheets import Box

_DITTO: Final = frozenset({"〃", "″", "同上", "同左", "同", "仝", "々"})


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for ditto marks, and for columns that hold values under an empty heading."""
    for spot in tables(scene):
        ditto = [cell for cell in spot.body if cell.words.text.strip() in _DITTO]
        bare = _unheaded(spot)
        if ditto:
            yield spot.hit(
                ditto,
                "「〃」などで省略したセルが{n}個あります",
                "{n} cells are ditto marks",
                "省略せずに値を書いてください",
                "Write the value out",
            )
        if bare:
            yield spot.hit(
                bare,
                "見出しのない列が{n}列あります",
                "{n} columns have no heading",
                "項目名を書いてください",
                "Name the column",
            )


def _unheaded(spot: TableSpot) -> list[Box]:
    """Return the first value of each column without a heading, where the table has a heading row at all."""
    if len(spot.heads) < 2:
        return []
    named = {c for cell in spot.heads for c in range(cell.column, cell.column + cell.colspan)}
    first: dict[int, Box] = {}
    for cell in spot.body:
        if cell.column not in named:
            first.setdefault(cell.column, cell)
    return [first[column] for column in sorted(first)]


RULE: Final = Rule(
    code="OD-6",
    title_ja="項目名を省略しない",
    title_en="No names left out",
    why_ja="「〃」や空の見出しは、行を並べ替えると意味を失います。",
    why_en="Ditto marks and empty headings lose their meaning when rows are sorted.",
    wrong="〃",
    right="令和3年度",
    severity=Severity.WARNING,
    source=f"{RULES}1-6",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
