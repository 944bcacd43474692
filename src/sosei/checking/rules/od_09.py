"""単位の記載. A column of numbers without a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, TableSpot, is_figure, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.sheets import Box
from sosei.core.text import fold
from sosei.core.units import unit_of

#: Headings whose numbers are names of something, not quantities.
_NAMES: Final = re.compile(
    r"年|月|日|コード|番号|^id$|^no\.?$|№|ページ|郵便|電話|緯度|経度|順|連番|段階|区分|列|行$"
)
_BRACKET: Final = re.compile(r"[(（\[［【〔]([^)）\]］】〕]*)[)）\]］】〕]")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for columns that are numbers throughout and name no unit, where the table has no column of units."""
    for spot in tables(scene):
        if spot.explains or any("単位" in cell.words.text for cell in spot.filled):
            continue
        bare = [head for head in spot.heads if _unnamed(spot, head)]
        if bare:
            yield spot.hit(
                bare,
                "単位の書かれていない数値の列が{n}列あります",
                "{n} columns of numbers name no unit",
                "見出しに（人）（千円）のように書くか、単位の列を設けてください",
                "Name it in the heading or give units a column of their own",
            )


def _unnamed(spot: TableSpot, head: Box) -> bool:
    text = fold(head.words.text)
    if _NAMES.search(text) or any(unit_of(found) for found in _BRACKET.findall(text)):
        return False
    columns = range(head.column, head.column + head.colspan)
    cells = [cell for cell in spot.body if cell.column in columns]
    return len(cells) > 1 and all(is_figure(cell) for cell in cells)


RULE: Final = Rule(
    code="OD-9",
    title_ja="単位を記載する",
    title_en="Units are stated",
    why_ja="単位のない数値の列は、円か千円か、人か人泊かを取り違えられます。",
    why_en="A column of bare numbers is taken for yen or thousand yen, persons or nights.",
    wrong="実績 / 259057",
    right="実績（千円） / 259057",
    severity=Severity.WARNING,
    source=f"{RULES}1-9",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
