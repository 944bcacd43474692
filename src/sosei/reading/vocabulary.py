"""語彙. Which field a header's or label's wording names (`vocabulary.toml`).

>>> role_of("本事業終了後における実績値")
'actual'
>>> role_of("担当課長名")
'skip'
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from sosei.core.text import fold

#: A wording longer than this is a sentence or a name, not a header.
LONGEST: Final = 30


def key(text: str) -> str:
    """Return the key that wordings are compared by: folded, small カ made large."""
    return _MONTHS.sub("カ", fold(text))


_MONTHS: Final = re.compile(r"(?<=[\d数])[ヵヶケか]")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("sosei.reading") / "vocabulary.toml").read_text("utf-8"))


@cache
def _exact() -> dict[str, str]:
    found: dict[str, str] = {}
    for part in ("exact", "ending"):
        for role, wordings in _table()[part].items():
            for wording in wordings:
                found.setdefault(key(wording), role)
    return found


@cache
def _endings() -> dict[int, dict[str, str]]:
    """Return the roles by the wording's length, the longest first, and the wording."""
    every: dict[int, dict[str, str]] = {}
    for role, wordings in _table()["ending"].items():
        for wording in map(key, wordings):
            every.setdefault(len(wording), {}).setdefault(wording, role)
    return dict(sorted(every.items(), reverse=True))


def role_of(text: str) -> str | None:
    """Return the role that a wording names: as a whole first, then by its longest known ending. None: no header."""
    found = wording_of(text)
    return found[0] if found else None


@lru_cache(maxsize=16384)
def wording_of(text: str) -> tuple[str, str] | None:
    """Return the role that a wording names, and the known wording (as a key) by which it does."""
    folded = key(text)
    if not folded or len(folded) > LONGEST:
        return None
    if (whole := _exact().get(folded)) is not None:
        return whole, folded
    ends = ((known.get(folded[-length:]), folded[-length:]) for length, known in _endings().items())
    return next(((role, wording) for role, wording in ends if role), None)


def is_whole(text: str) -> bool:
    """Tell whether a text is a known wording as it stands, not merely one that ends in one."""
    return key(text) in _exact()


@lru_cache(maxsize=16384)
def is_mark(text: str) -> bool:
    """Tell whether a text is a mark or word of a rating scale and nothing else: ◎, B*, A′, 概ね順調, 達成見込み.

    >>> is_mark("概ね順調"), is_mark("Ａ"), is_mark("設置")
    (True, True, False)
    """
    folded = key(text)
    return len(folded) <= LONGEST and (
        _LETTER.fullmatch(folded) is not None or folded in words("mark")
    )


#: One letter of a scale, with a star, a stroke or a sign: A, B*, A′, C－, SS.
_LETTER: Final = re.compile(
    r"s{1,3}|[a-h]{1,2}[*+\-'′’]?|[◎〇○●△▲×✕☆★◇◆□■]{1,3}|[ⅰ-ⅴ]|★{1,5}|☆{1,5}"
)


@cache
def words(section: str, name: str = "words") -> tuple[str, ...]:
    """Return a list of wordings of a section, as keys."""
    return tuple(key(word) for word in _table()[section][name])


@cache
def names(section: str) -> tuple[str, ...]:
    """Return the names of a section as they are written, longest first."""
    return tuple(sorted(_table()[section]["names"], key=len, reverse=True))


@cache
def scheme_years() -> dict[str, int]:
    """Return the schemes that ran in one fiscal year only, with that year."""
    return {key(name): year for name, year in _table()["scheme_year"].items()}


def direction_of(text: str) -> str | None:
    """Return up, down or keep for the words or arrow of a direction column, None where it says none."""
    folded = key(text)
    for name in ("keep", "down", "up"):
        if any(word == folded for word in words("direction", name)):
            return name
    found = [
        name
        for name in ("up", "down", "keep")
        if any(w in folded for w in words("direction", name) if len(w) > 1)
    ]
    return found[0] if len(found) == 1 else None
