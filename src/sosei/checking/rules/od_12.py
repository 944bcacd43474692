"""地域コード・地域名称. A table that does not say of which municipality it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, TableSpot, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene

_HEADS: Final = re.compile(
    "団体コード|地方公共団体|市区町村|市町村|都道府県|自治体|地域コード|地域名|団体名|所在地"
)
_NAME: Final = re.compile(r"^[^\d\s]{1,10}[都道府県市区町村]$")
_NO_NAME: Final = ("地区", "区", "市区町村", "町村", "都道府県", "市町村")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for a column or a cell that names the municipality."""
    for spot in tables(scene):
        if not spot.explains and not _named(spot):
            yield spot.hit(
                (),
                "地域コードも地域名称もありません",
                "neither code nor name of the municipality is given",
                "「全国地方公共団体コード」と「地方公共団体名」の列を設けてください",
                "Add columns for 全国地方公共団体コード and 地方公共団体名",
            )


def _named(spot: TableSpot) -> bool:
    if any(_HEADS.search(cell.words.text) for cell in spot.heads):
        return True
    texts = (cell.words.text.strip() for cell in spot.filled)
    return any(_NAME.match(text) and not text.endswith(_NO_NAME) for text in texts)


RULE: Final = Rule(
    code="OD-12",
    title_ja="地域コードか地域名称を書く",
    title_en="Code or name of the area",
    why_ja="どの団体の表か分からない表は、他の団体と並べられません。",
    why_en="A table that does not name its municipality cannot be set beside another.",
    wrong="列：指標名、値",
    right="列：全国地方公共団体コード、地方公共団体名、指標名、値",
    severity=Severity.WARNING,
    source=f"{RULES}1-12",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
