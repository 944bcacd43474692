"""照合の鍵. What of a name counts when two reports are matched, and how alike two names are.

Keys are for comparing only, never for display: spaces, width, brackets and middle dots do not count.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import Said
from sosei.core.text import fold

#: Signs that two spellings of one name differ in. A middle dot between digits stays: 6・7月 is not 67月.
_SIGNS: Final = re.compile(r"[()\[\]{}「」『』【】〔〕〈〉《》]|(?<![0-9])・|・(?![0-9])")
#: Numbers, and letters that stand alone, tell names apart (第1期, B地区).
_NUMBERS: Final = re.compile(r"[0-9]+|[一二三四五六七八九十]+|(?<![a-z])[a-z](?![a-z])")
_MONTH: Final = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{1,2})(?:-[0-9]{1,2})?")
_APRIL: Final = 4

#: From this likeness on a name is taken for another spelling of the same, whatever else is said.
SURE: Final = 0.9
#: From this likeness on it is, if what else is said of the two agrees.
LIKELY: Final = 0.7
#: From this likeness on a passage is taken for a new wording of another.
REWORDED: Final = 0.6


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Return what counts of a name.

    >>> name_key("（ものづくり 推進課）") == name_key("ものづくり推進課")
    True
    """
    plain = fold(text)
    return _SIGNS.sub("", plain) or plain


def key_of(said: Said | None) -> str | None:
    """Return the key of words that may be absent."""
    return None if said is None else name_key(said.text)


@lru_cache(maxsize=4096)
def due_key(text: str) -> tuple[int, int] | str:
    """Return year and month of a due date in any spelling, or its words.

    >>> due_key("2022-03") == due_key("R4.3末") == (2022, 3)
    True
    """
    plain = fold(text)
    if iso := _MONTH.fullmatch(plain):
        return int(iso[1]), int(iso[2])
    found = find_years(text)
    if len(found) == 1 and found[0].month is not None and found[0].start == 0:
        month = found[0].month
        rest = fold(text[found[0].end :])
        if rest in {"", "末", "末日", "末まで", "まで"}:
            return found[0].fiscal_year + (month < _APRIL), month
    return plain


@lru_cache(maxsize=16384)
def _grams(key: str) -> frozenset[str]:
    """Return the pairs of neighbours of a key."""
    return frozenset(map("".join, pairwise(key))) or frozenset([key])


def likeness(one: str, other: str) -> float:
    """Return how alike two keys are, from 0 to 1 (Dice over pairs of neighbours).

    >>> likeness("成長分野拠点形成支援事業", "成長分野拠点形成支援事業費") > 0.9
    True
    """
    a, b = _grams(one), _grams(other)
    return 2 * len(a & b) / (len(a) + len(b))


def same_numbers(one: str, other: str) -> bool:
    """Tell whether two names hold the same numbers: names that differ in one (第1期, 第2期) name two things.

    >>> same_numbers("第1期移住促進事業", "第2期移住促進事業")
    False
    """
    return _numbers(one) == _numbers(other)


@lru_cache(maxsize=16384)
def _numbers(key: str) -> tuple[str, ...]:
    return tuple(sorted(_NUMBERS.findall(key)))
