"""増減の検算. A printed difference that the two figures beside it do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from sosei.checking.finding import Severity
from sosei.checking.numbers import plainly
from sosei.checking.rule import Hit, Rule, Skip
from sosei.checking.scene import Scene, Text

_N: Final = r"(\d[\d,]*(?:\.\d+)?)"
_UNIT: Final = r"([^\d\s,、。()→0-9]{0,6}?)"
#: 「AからBへ…C増」 within one sentence, and 「A → B（C）」.
_FROM_TO: Final = re.compile(
    rf"{_N}\s*{_UNIT}から[^\d。]{{0,12}}{_N}\s*\2(?:へ|に|と|まで)[^\d。]{{0,16}}?{_N}\s*\2(?:の|が|を)?(増|減|解消|伸び|上昇|低下)"
)
_HAS_ARROW: Final = re.compile("[→⇒➡]")
_ARROW: Final = re.compile(
    rf"{_N}\s*{_UNIT}\s*(?:→|⇒|➡)\s*{_N}\s*\2\s*\(\s*[+\-△▲]?{_N}\s*\2\s*(増|減)?\)"
)


def look(scene: Scene) -> Iterator[Hit | Skip]:
    """Look for sentences that give two figures and their difference."""
    for text in scene.texts:
        folded = text.wide
        if "から" not in folded and not _HAS_ARROW.search(folded):
            continue
        for pattern in (_FROM_TO, _ARROW):
            for found in pattern.finditer(folded):
                first, second, printed = (_number(found[i]) for i in (1, 3, 4))
                if abs(second - first) != printed:
                    yield _hit(text, found[0], printed, abs(second - first))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _hit(text: Text, said: str, printed: Decimal, exact: Decimal) -> Hit:
    return Hit(
        ja=f"「{said[:60]}」の差{plainly(printed, 6)}は、2つの数値の差{plainly(exact, 6)}と合いません。どれかの数値を正してください。",
        en=f"In “{said[:60]}” the difference {plainly(printed, 6)} is not that of the two figures ({plainly(exact, 6)}). Correct one of them.",
        path=text.path,
        place=text.place,
        raw=said,
    )


RULE: Final = Rule(
    code="KPI-DIFF",
    title_ja="増減の検算",
    title_en="The printed difference",
    severity=Severity.ERROR,
    source="「11,861人→13,220人（1,339人）」とする公表例（正しくは1,359人）",
    why_ja="一つの文に2つの値とその差が書かれ、差が合わなければ、3つの数のどれかが誤りです。",
    why_en="Where a sentence gives two figures and their difference and these do not fit, one of the three is wrong.",
    wrong="53,319人から53,833人へ504人増加",
    right="53,319人から53,833人へ514人増加",
    look=look,
)
