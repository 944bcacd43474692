"""対の欄. A column of two figures: 「目標値／実績値」, 「目標値（上段）」 over 「実績値（下段）」, and their cells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sosei.core.figures import read_value
from sosei.core.text import fold
from sosei.reading.grid import Words

_PLACE: Final = re.compile(r"[（(]?(?:上段|下段|左|右|上|下)[）)]?[\s:：]*")
_JOINT: Final = re.compile(r"\s*[/／・\n]\s*|(?<=上段[)）])|(?<=[^\W\d])(?=[（(]?下段)")
_HALVES: Final = re.compile(r"[\r\n]+|\s*[/／]\s*|(?<=\S)\s*(?=[（(])")
_ROUND: Final = "（）()[]［］〔〕〈〉<>＜＞ 　"
#: A header of two is no longer than this.
_LONGEST: Final = 30


@lru_cache(maxsize=4096)
def pair_of(text: str) -> tuple[str, str] | None:
    """Return the two wordings of a header that says which figure of its cells stands above and which below, or before and behind."""
    if len(text) > _LONGEST or ("\n" not in text and "下段" not in text):
        return None
    parts = [_PLACE.sub("", part).strip(_ROUND) for part in _JOINT.split(text)]
    kept = [part for part in parts if part]
    return (kept[0], kept[1]) if len(kept) == 2 else None


def halves(words: Words) -> list[Words]:
    """Return the two figures of a cell: 「120／98」, 「120」 over 「（98）」; none where it does not hold two."""
    parts = [part.strip(_ROUND) for part in words.split(_HALVES)]
    kept = [part for part in parts if part]
    if len(kept) != 2:
        return []
    return kept if all(read_value(fold(part.text)).text is None for part in kept) else []
