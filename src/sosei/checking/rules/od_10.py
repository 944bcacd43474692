"""機種依存文字. Characters that not every system shows alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, TableSpot, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene

_CHARACTERS: Final = re.compile(
    "[\u2116\u2121\u2160-\u217f\u2460-\u24ff\u2776-\u2793\u3220-\u33ff]"
)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for circled and Roman numbers, joined units and the like."""
    spots = list(tables(scene))
    explained = any(_lists_them(spot) for spot in spots)
    for spot in spots:
        if _lists_them(spot):
            continue
        odd = [cell for cell in spot.filled if _CHARACTERS.search(cell.words.text)]
        if odd:
            hit = spot.hit(
                odd,
                "①、㈱、㎡などの機種依存文字を含むセルが{n}個あります",
                "{n} cells contain characters such as ①, ㈱, ㎡",
                "「1」「（株）」「平方メートル」のように書いてください",
                "Write 1, （株）, 平方メートル",
            )
            yield replace(hit, severity=Severity.INFO) if explained else hit


def _lists_them(spot: TableSpot) -> bool:
    """Tell whether a table lists such characters with what to read for them."""
    return spot.explains and "機種依存文字" in f"{spot.table.name.text}{spot.table.sheet or ''}"


RULE: Final = Rule(
    code="OD-10",
    title_ja="機種依存文字を使わない",
    title_en="No platform-dependent characters",
    why_ja="丸数字や単位記号は、文字コードによって失われます。読み方の一覧の表が添えてあれば参考にとどめます。",
    why_en="Circled numbers and joined signs are lost in some encodings. A note where a table lists how to read them.",
    wrong="① ㈱ ㎡",
    right="1 （株） 平方メートル",
    severity=Severity.WARNING,
    source=f"{RULES}1-10",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
