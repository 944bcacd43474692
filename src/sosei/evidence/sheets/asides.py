"""登録でない行. Rows of a sheet that are no entries: sums, notes, the header once more. They are left out, and that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sosei.core.text import fold
from sosei.evidence.sheets.cells import Cell, is_blank, shown
from sosei.evidence.sheets.said import Note
from sosei.evidence.sheets.words import footnotes, totals

_MAYBE_TOTAL: Final = re.compile("[計均]|otal|OTAL")
#: What no row that is an entry begins with, but for a few: those are looked at closely.
_MAYBE: Final = re.compile(rf"{_MAYBE_TOTAL.pattern}|^\s*[※＊*(（注備出資以]")
_LONGEST: Final = 24


def is_total(cell: Cell) -> bool:
    """Tell whether a row that begins with this is one of sums (合計, 小計（4月）)."""
    text = shown(cell)
    if len(text) > _LONGEST or _MAYBE_TOTAL.search(text) is None:
        return False
    return totals().fullmatch(fold(text)) is not None


def is_footnote(row: Sequence[Cell]) -> bool:
    """Tell whether a row is a note below the table: one cell alone that begins as notes do (※, （注）, 出典)."""
    filled = [cell for cell in row if not is_blank(cell)]
    return len(filled) == 1 and fold(shown(filled[0])).startswith(footnotes())


class Asides:
    """登録でない行の見分け. Made once from the header and the columns that are read (`indexes`)."""

    def __init__(self, header: Sequence[str], indexes: Sequence[int]) -> None:
        """Keep what the header says in these columns."""
        self._header = {n: header[n] for n in indexes if n < len(header)}
        self._first = indexes[0] if indexes else 0
        self._name = self._header.get(self._first)

    def note(self, row: Sequence[Cell], number: int) -> Note | None:
        """Return what is said of a row that is no entry, None of one that may be."""
        first: Cell = row[0] if row[0] else next(cell for cell in row if cell)
        name = row[self._first] if self._first < len(row) else first
        if not (_may_be(first) or (name is not first and _may_be(name)) or name == self._name):
            return None
        return self._closely(row, number, first, name)

    def _closely(self, row: Sequence[Cell], number: int, first: Cell, name: Cell) -> Note | None:
        for cell in (first, name):
            if is_total(cell):
                return _total(shown(cell), number)
        if is_footnote(row):
            return Note(
                kind="footnote", row=number, ja=f"{number}行目は注記なので飛ばしました。",
                en=f"Row {number} is a note and was left out.",
            )  # fmt: skip
        if self._is_header(row):
            return Note(
                kind="header", row=number, ja=f"{number}行目は見出しの繰り返しなので飛ばしました。",
                en=f"Row {number} repeats the header and was left out.",
            )  # fmt: skip
        return None

    def _is_header(self, row: Sequence[Cell]) -> bool:
        return all(n < len(row) and shown(row[n]) == name for n, name in self._header.items())


def _may_be(cell: Cell) -> bool:
    return _MAYBE.search(cell if isinstance(cell, str) else cell.shown) is not None


def _total(text: str, number: int) -> Note:
    return Note(
        kind="total", row=number, ja=f"{number}行目「{text}」は合計の行なので飛ばしました。",
        en=f"Row {number} (“{text}”) holds sums and was left out.",
    )  # fmt: skip
