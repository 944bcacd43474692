"""列の言葉. What headers and cells are compared by, and the words that strangers' sheets use (`words.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from sosei.core.text import fold, join_lines
from sosei.core.units import Unit, unit_of
from sosei.evidence.sheets.columns import Column

_BRACKETS: Final = re.compile(r"[(\[〔【〈<「][^()\[\]〔〕【】〈〉<>「」]*[)\]〕】〉>」]")
_INSIDE: Final = re.compile(r"[(\[〔【〈<「]([^()\[\]〔〕【】〈〉<>「」]*)[)\]〕】〉>」]")
_SAID: Final = re.compile(r"(?:金額の)?単位[:は]?([^:、。,)]+)")
_MARKS: Final = re.compile(r"[※*]\d*|[:。、]+$|^\d{1,2}[.)、]|必須|任意")
#: Between the two lines of a header that are joined.
BELOW: Final = "›"
#: In brackets they say which people, not in what they are counted: 参加者数（会場）.
_NO_UNITS: Final = frozenset(("会場",))
_AROUND: Final = "()[]〔〕【】〈〉<>「」・/ "


@lru_cache(maxsize=4096)
def whole(header: str) -> str:
    """Return a header as it is compared as a whole: width, spaces and line breaks do not count."""
    return fold(join_lines(header))


@lru_cache(maxsize=4096)
def bare(header: str) -> str:
    """Return a header without brackets, units and marks; what stands in brackets alone stays.

    >>> bare("※ 交付額（千円）"), bare("(日付)"), bare("参加者数 [単位：人]")
    ('交付額', '日付', '参加者数')
    """
    plain = _MARKS.sub("", whole(header))
    without = _SAID.sub("", _BRACKETS.sub("", plain)).strip(_AROUND)
    return without or plain.strip(_AROUND)


@lru_cache(maxsize=4096)
def unit_in(header: str) -> Unit | None:
    """Return the unit that a header, or a line above the table, says its numbers are in.

    >>> unit_in("売上高（百万円）").scale, unit_in("単位：千円").scale, unit_in("売上高")
    (1000000, 1000, None)
    """
    plain = whole(header)
    told = [found[1] for found in _SAID.finditer(plain)]
    told += [found[1] for found in _INSIDE.finditer(plain) if found[1] not in _NO_UNITS]
    return next((unit for text in told if (unit := unit_of(text)) is not None), None)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("sosei.evidence.sheets") / "words.toml").read_text("utf-8"))


@cache
def _keyed(section: str, name: str, kind: str = "") -> frozenset[str]:
    """Return a list of the table as it is compared."""
    found = _table()[section].get(name, ())
    if isinstance(found, Mapping):
        found = found.get(kind, ())
    return frozenset(map(bare, found))


def synonyms(column: Column) -> frozenset[str]:
    """Return how else sheets call a column, as `bare` gives it."""
    if column.stage is not None:
        ends = ("日", "の日", "年月日", "日付")
        return frozenset(bare(column.stage + end) for end in ("", *ends))
    if column.field:
        found = _keyed("types", column.type)
        return found | _keyed("units", column.unit) if column.unit else found
    return _keyed("columns", column.key, column.of)


@cache
def vocabulary() -> frozenset[str]:
    """Return every word that a header row may hold."""
    table = _table()
    lists = [*table["types"].values(), *table["units"].values(), table["rows"]["others"]]
    for found in table["columns"].values():
        lists += found.values() if isinstance(found, Mapping) else [found]
    return frozenset(bare(word) for words in lists for word in words)


@cache
def answers() -> Mapping[str, bool]:
    """Return what stands for yes and for no, as `fold` gives it."""
    table = _table()["answers"]
    return {fold(word): said for said, key in ((False, "no"), (True, "yes")) for word in table[key]}


@cache
def totals() -> re.Pattern[str]:
    """Return what the folded first cell of a row of sums looks like: 合計, 小計（4月）, 総計33社, 4月計."""
    words = "|".join(
        sorted(map(re.escape, map(fold, _table()["rows"]["totals"])), key=len, reverse=True)
    )
    return re.compile(rf"(?:[0-9]{{1,2}}月)?(?:{words})(?:[(\[【].*|[:])?(?:[0-9,]+\w{{0,2}})?")


@cache
def footnotes() -> tuple[str, ...]:
    """Return how a note below a table begins, folded."""
    return tuple(map(fold, _table()["rows"]["notes"]))
