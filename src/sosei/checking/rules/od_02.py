"""1セル1データ. Several data in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, folded, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.sheets import Box

_MARKS: Final = re.compile("[①-⑳]")
_LINES: Final = re.compile(r"[\r\n]+")
_ARROW: Final = re.compile(r"\d[^\d→⇒]{0,6}[→⇒]\s*\d")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for cells with several numbered items, several lines with figures, or an arrow between figures."""
    for spot in tables(scene):
        several = [cell for cell in spot.body if _several(cell)]
        if several:
            yield spot.hit(
                several,
                "1つのセルに複数のデータを入れたセルが{n}個あります",
                "{n} cells hold several data",
                "データごとにセルを分けてください",
                "Give each its own cell",
            )


def _several(cell: Box) -> bool:
    text = cell.words.text
    lines = [line for line in _LINES.split(text) if re.search(r"[0-9０-９]", line)]
    return len(_MARKS.findall(text)) > 1 or len(lines) > 1 or bool(_ARROW.search(folded(cell)))


RULE: Final = Rule(
    code="OD-2",
    title_ja="1セル1データ",
    title_en="One datum a cell",
    why_ja="1つのセルに複数の値があると、並べ替えも集計もできません。",
    why_en="With several values in a cell nothing can be sorted or summed.",
    wrong="「① 18人 ② 33社」",
    right="「18」「33」を別のセルに",
    severity=Severity.WARNING,
    source=f"{RULES}1-2",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
