"""見出しの誤字. A misprint of a term in a heading of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.checking import words
from sosei.checking.finding import Severity
from sosei.checking.rule import Hit, Need, Rule, Skip
from sosei.checking.scene import Scene
from sosei.core.report import Places
from sosei.core.text import fold

#: Words that begin with the last character of a misprint: 実績直近値 and 目標直前 are none.
_ANOTHER: Final = re.compile("直[近前後接面結轄下属]|植[樹栽物林]|卒業|化[学石粧]")


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for known misprints in cells and lines; each once."""
    left = {fold(wrong): (wrong, right) for wrong, right in words.misprints().items()}
    for text in scene.texts:
        key = fold(text.text)
        for wrong in [wrong for wrong in left if _stands_in(wrong, key)]:
            yield _hit(*left.pop(wrong), text.place)


def _stands_in(wrong: str, key: str) -> bool:
    ends = (found.end() for found in re.finditer(re.escape(wrong), key))
    return any(not _ANOTHER.match(key, end - 1) for end in ends)


def _hit(wrong: str, right: str, place: Places) -> Hit:
    return Hit(
        ja=f"「{wrong}」は「{right}」の誤りと見えます。見出しを正してください。",
        en=f"“{wrong}” looks like a misprint of “{right}”. Correct the heading.",
        place=place,
        raw=wrong,
    )


RULE: Final = Rule(
    code="HEAD-MISPRINT",
    title_ja="用語の誤字",
    title_en="A misprinted term",
    severity=Severity.INFO,
    source="「重要業務評価指標」などの公表例",
    why_ja="見出しの用語が違うと、検索や機械での読み取りから漏れます。誤字の一覧は words.toml にあります。",
    why_en="A misprinted heading is missed by searches and by readers of tables. The list of misprints is in words.toml.",
    wrong="重要業務評価指標（KPI）",
    right="重要業績評価指標（KPI）",
    needs=frozenset({Need.DOCUMENT}),
    look=look,
)
