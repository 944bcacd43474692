"""見出しの行. Which row of a sheet names its columns (of two lines, too), what unit stands above it, which rows are sums or notes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sosei.core.days import read_day
from sosei.core.errors import UnreadableFigure
from sosei.core.figures import read_figure
from sosei.core.text import join_lines
from sosei.core.units import is_unit
from sosei.evidence.sheets.cells import Cell, is_blank, shown
from sosei.evidence.sheets.columns import Column
from sosei.evidence.sheets.words import (
    BELOW,
    bare,
    synonyms,
    unit_in,
    vocabulary,
    whole,
)

#: So many rows at the top are looked at.
SEEN: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """見出し. `row` counts from 0 in the rows looked at; `unit`: what a line above says all amounts are in (千円)."""

    row: int
    lines: int
    names: tuple[str, ...]
    unit: str | None = None

    @property
    def data(self) -> int:
        """Where the first row below begins, from 0."""
        return self.row + self.lines


def header_row(rows: Sequence[Sequence[Cell]], columns: Sequence[Column] = ()) -> int:
    """Return the row, from 0, that names a sheet's columns; -1 where none does."""
    head = head_of(rows, columns)
    return -1 if head is None else head.row


def head_of(
    rows: Sequence[Sequence[Cell]], columns: Sequence[Column] = (), remembered: Collection[str] = ()
) -> Head | None:
    """Return the header of a sheet from its first rows, None where no row is one.

    `columns`: what may be named in it; `remembered`: names that sheets of this register had before.
    """
    top = rows[:SEEN]
    names = {name for c in columns for name in (c.ja, c.en, *synonyms(c))}
    known = vocabulary() | set(map(bare, names)) | set(map(bare, remembered))
    found = max(_candidates(top, known), default=None)
    if found is None or not _convinces(found):
        return _by_shape(top)
    row, lines = -found[2], found[3]
    told = _joined(top[row], top[row + 1]) if lines == 2 else _names(top[row])
    return Head(row=row, lines=lines, names=told, unit=_unit(top[:row]))


#: How many words are known; 0 for one line, -1 for two (of equals one is taken); the row as -n (the first); lines; filled cells.
_Candidate = tuple[int, int, int, int, int]


def _candidates(top: Sequence[Sequence[Cell]], known: Collection[str]) -> Iterator[_Candidate]:
    for at, row in enumerate(top):
        names = [name for name in _names(row) if name]
        if names and not any(map(_is_value, row)):
            yield _count(names, known), 0, -at, 1, len(set(names))
        if at + 1 < len(top) and _goes_on(row, top[at + 1], known):
            both = _joined(row, top[at + 1])
            lower = _names(top[at + 1])
            count = sum(
                bare(name) in known or (n < len(lower) and bare(lower[n]) in known)
                for n, name in enumerate(both)
            )
            yield count, -1, -at, 2, len(set(both) - {""})


def _convinces(found: _Candidate) -> bool:
    """Tell whether enough of a row's words are those of headers: two, or the only ones there are."""
    count, filled = found[0], found[4]
    return count >= 2 or (count == 1 and filled <= 2)


def _count(names: Collection[str], known: Collection[str]) -> int:
    return len({bare(name) for name in names} & set(known))


def _names(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(join_lines(shown(cell)) for cell in row)


def _is_value(cell: Cell) -> bool:
    """Tell whether a cell holds what headers do not: a number, a day."""
    if not isinstance(cell, str) and (cell.number is not None or cell.day is not None):
        return True
    text = shown(cell).strip()
    if not text or not any(ch.isdecimal() for ch in text):
        return False
    if read_day(text) is not None:
        return True
    try:
        read_figure(text)
    except UnreadableFigure:
        return False
    return True


# -- two lines ------------------------------------------------------------------------------------------------


def _goes_on(upper: Sequence[Cell], lower: Sequence[Cell], known: Collection[str]) -> bool:
    """Tell whether a row is the second line of the header above it: names below a shared one, units below their name."""
    own = [n for n, cell in enumerate(upper) if not is_blank(cell)]
    filled = [n for n, cell in enumerate(lower) if not is_blank(cell)]
    if len(own) < 2 or not filled or any(map(_is_value, (*upper, *lower))):
        return False
    shared = _shared(upper, lower, own)
    below = [shown(lower[n]) for n in filled if n in own and n not in shared]
    if not all(_is_unit(text) for text in below):
        return False
    return any(_is_unit(shown(lower[n])) or bare(shown(lower[n])) in known for n in filled)


def _shared(upper: Sequence[Cell], lower: Sequence[Cell], own: Sequence[int]) -> set[int]:
    """Return the columns whose name stands over several: nothing beside it, and words below both."""
    ends = [*own[1:], max(len(upper), len(lower))]
    return {
        n
        for n, end in zip(own, ends, strict=True)
        if end - n > 1 and _says(lower, n) and _says(lower, n + 1)
    }


def _says(row: Sequence[Cell], n: int) -> bool:
    return n < len(row) and not is_blank(row[n])


def _is_unit(text: str) -> bool:
    return is_unit(text) or unit_in(text) is not None


def _joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[str, ...]:
    """Return the names of two lines as one: 期間 over 開始日 and 終了日 is 期間開始日, 期間終了日."""
    own = [n for n, cell in enumerate(upper) if not is_blank(cell)]
    shared, over = _shared(upper, lower, own), ""
    names = []
    for n in range(max(len(upper), len(lower))):
        above = join_lines(shown(upper[n])) if n in own else ""
        if above or not _says(lower, n):
            over = above if n in shared else ""
        below = join_lines(shown(lower[n])) if _says(lower, n) else ""
        upper_name = above or over
        apart = BELOW if upper_name and below and not _is_unit(below) else ""
        names.append(f"{upper_name}{apart}{below}")
    return tuple(names)


# -- without known words --------------------------------------------------------------------------------------


def _by_shape(top: Sequence[Sequence[Cell]]) -> Head | None:
    """Return the first row of words alone that is nearly as wide as the table, and stands above a row unlike it."""
    widest = max((len(_filled(row)) for row in top), default=0)
    for at, row in enumerate(top[:-1]):
        names = _filled(row)
        wide = len(names) >= 2 and len(names) * 10 >= widest * 6 and len(set(names)) == len(names)
        if wide and not any(map(_is_value, row)) and any(map(_is_value, top[at + 1])):
            return Head(row=at, lines=1, names=_names(row), unit=_unit(top[:at]))
    return None


def _filled(row: Sequence[Cell]) -> list[str]:
    return [shown(cell) for cell in row if not is_blank(cell)]


def _unit(above: Sequence[Sequence[Cell]]) -> str | None:
    """Return the unit that a line above the header names for the whole table."""
    said = (whole(shown(cell)) for row in above for cell in row if not is_blank(cell))
    found = [unit.name for text in said if "単位" in text and (unit := unit_in(text)) is not None]
    return found[-1] if found else None
