"""機種依存文字. Characters that not every system shows alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.opendata import RULES, tables
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene

_CHARACTERS: Final = re.compile(
    "[\u2116\u2121\u2160-\u217f\u2460-\u24ff\u2776-\u2793\u3220-\u33ff]"
)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for circled and Roman numbers, joined units and the like."""
    for spot in tables(scene):
        odd = [cell for cell in spot.filled if _CHARACTERS.search(cell.words.text)]
        if odd:
            yield spot.hit(
                odd,
                "①、㈱、㎡などの機種依存文字を含むセルが{n}個あります",
                "{n} cells contain characters such as ①, ㈱, ㎡",
                "「1」「（株）」「平方メートル」のように書いてください",
                "Write 1, （株）, 平方メートル",
            )


RULE: Final = Rule(
    code="OD-10",
    title_ja="機種依存文字を使わない",
    title_en="No platform-dependent characters",
    why_ja="丸数字や単位記号は、文字コードによって失われます。",
    why_en="Circled numbers and joined signs are lost in some encodings.",
    wrong="① ㈱ ㎡",
    right="1 （株） 平方メートル",
    severity=Severity.WARNING,
    source=f"{RULES}1-10",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
