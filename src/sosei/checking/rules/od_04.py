"""セルの結合. Merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for cells that span several rows or columns."""
    for spot in tables(scene):
        merged = [cell for cell in spot.filled if cell.rowspan > 1 or cell.colspan > 1]
        if merged:
            yield spot.hit(
                merged,
                "結合されたセルが{n}個あります",
                "{n} cells are merged",
                "結合を解き、各行に値を書いてください",
                "Unmerge them and write the value in each row",
            )


RULE: Final = Rule(
    code="OD-4",
    title_ja="セルの結合をしない",
    title_en="No merged cells",
    why_ja="結合されたセルは、並べ替えや抽出で値を失います。",
    why_en="Merged cells lose their value when rows are sorted or filtered.",
    wrong="事業名のセルを3行分結合",
    right="3行すべてに事業名を書く",
    severity=Severity.WARNING,
    source=f"{RULES}1-4",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
