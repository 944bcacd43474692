"""空白・改行による体裁. Spaces or line breaks used for the looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.sheets import Box

_SPACED: Final = re.compile(
    r"[^\x00-\x7f][\u3000 ]+[^\x00-\x7f][\u3000 ]+[^\x00-\x7f]|\u3000{2,}| {3,}"
)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for line breaks inside cells, spaces at their ends, and words set apart letter by letter."""
    for spot in tables(scene):
        shaped = [cell for cell in spot.filled if _shaped(cell)]
        if shaped:
            yield spot.hit(
                shaped,
                "空白や改行で体裁を整えたセルが{n}個あります",
                "{n} cells use spaces or line breaks for their looks",
                "空白と改行を取り、幅や配置は書式で整えてください",
                "Remove them and use formatting instead",
            )


def _shaped(cell: Box) -> bool:
    text = cell.words.text
    return text != text.strip() or "\n" in text or "\r" in text or bool(_SPACED.search(text))


RULE: Final = Rule(
    code="OD-5",
    title_ja="空白や改行で体裁を整えない",
    title_en="No spaces or breaks for looks",
    why_ja="「事　業　名」は「事業名」として検索できません。",
    why_en="“事　業　名” is not found by searching for “事業名”.",
    wrong="事　業　名",
    right="事業名（均等割付けの書式）",
    severity=Severity.WARNING,
    source=f"{RULES}1-5",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
