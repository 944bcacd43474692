"""CSV. Cells between commas (or tabs, semicolons) as one grid; places are offsets into the decoded file.

Quotes may hold line breaks. Rows above the header and ragged rows stay as they are; what they mean is the
layouts' business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from sosei.core.report import Place, Source, Unread
from sosei.reading.formats.fields import cells_of
from sosei.reading.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from sosei.reading.formats.refusal import TooManyCells, TooManyColumns, TooManyLines
from sosei.reading.grid import Cell, Document, Grid, Words

_COLUMN: Final = attrgetter("column")
_LINE: Final = re.compile(r"[^\r\n]*")
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*+)("|\Z)')
_DELIMITERS: Final = (",", "\t", ";")


def read(text: str, source: Source, *, marked: str | None = None) -> Document:
    """Read decoded text as one table. `marked` is the source's id where places must say it."""
    if text.count("\n") + text.count("\r") > 4 * MAX_ROWS:
        raise TooManyLines(name=source.name, limit=MAX_ROWS)
    delimiter = delimiter_of(text)
    plain = re.compile(rf"[^{delimiter}\r\n]*")
    cells: list[Cell] = []
    unread: list[Unread] = []
    at, row, size = 0, 0, len(text)
    while at < size:
        end = _end(text, at)
        count = text.count(delimiter, at, end) + 1
        if '"' in text[at:end] or len(cells) + count > MAX_CELLS or count > MAX_COLUMNS:
            end = _quoted_row(_Reading(text, source.name, marked, unread, cells), at, row, plain)
        else:
            _within(source.name, len(cells), row, 0)
            cells += cells_of(text[at:end], delimiter, row=row, start=at, marked=marked)
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)
        row += 1
    columns = max(map(_COLUMN, cells), default=-1) + 1
    return Document(source, (Grid(row, columns, tuple(cells), number=1),), tuple(unread))


def _end(text: str, at: int) -> int:
    """Return where the line at a place ends."""
    found = _LINE.match(text, at)
    return found.end() if found else at


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read, and what was found so far."""

    text: str
    name: str
    marked: str | None
    unread: list[Unread]
    cells: list[Cell]


def _quoted_row(reading: _Reading, at: int, row: int, plain: re.Pattern[str]) -> int:
    """Read a row of which cells stand in quotes, cell by cell; return where it ends. Raises the refusals of size."""
    text, size, column = reading.text, len(reading.text), 0
    while True:
        _within(reading.name, len(reading.cells), row, column)
        if at == size:
            reading.cells.append(Cell(row, column, _exact(text, at, at, reading.marked)))
            return at
        words, at = _next(text, at, plain, reading.marked, reading.unread)
        reading.cells.append(Cell(row, column, words))
        if text[at : at + 1] in ("", "\r", "\n"):
            return at
        at, column = at + 1, column + 1


def _within(name: str, cells: int, row: int, column: int) -> None:
    """Raise the refusal of size that a next cell calls for."""
    if cells >= MAX_CELLS:
        raise TooManyCells(name=name, limit=MAX_CELLS)
    if column >= MAX_COLUMNS:
        raise TooManyColumns(name=name, where=f"{row + 1}行目", limit=MAX_COLUMNS)
    if row >= MAX_ROWS:
        raise TooManyLines(name=name, limit=MAX_ROWS)


def _next(
    text: str, at: int, plain: re.Pattern[str], marked: str | None, unread: list[Unread]
) -> tuple[Words, int]:
    """Return the cell that begins at a place, and where it ends; an open quote is noted."""
    found = _QUOTED.match(text, at) if text[at] == '"' else None
    begin = found.end() if found else at
    rest = plain.match(text, begin)
    end = rest.end() if rest else begin
    if found is None:
        return _exact(text, at, end, marked).strip(), end
    if not found[2]:
        place = Place(source=marked, start=at, end=end)
        unread.append(Unread(code="quote-open", raw=text[at : at + 80], place=(place,)))
    words = _quoted(text, found, marked)
    if begin < end:
        words = Words.joined([words, _exact(text, begin, end, marked)])
    return words.strip(), end


def delimiter_of(text: str) -> str:
    """Return what stands between the cells: the sign of which the first lines have most, outside quotes."""
    head = re.sub(r'"(?:[^"]|"")*+"', "", text[:20_000])
    return max(_DELIMITERS, key=head.count)


def _exact(text: str, start: int, end: int, marked: str | None) -> Words:
    return Words.at(text[start:end], Place(source=marked, start=start, end=end), exact=True)


def _quoted(text: str, found: re.Match[str], marked: str | None) -> Words:
    """Return the words between quotes; a doubled quote is one."""
    start, end = found.span(1)
    if '""' not in found[1]:
        return _exact(text, start, end, marked)
    parts, at = [], start
    for doubled in re.finditer('""', found[1]):
        cut = start + doubled.start()
        parts.append(_exact(text, at, cut + 1, marked))
        at = cut + 2
    return Words.joined([*parts, _exact(text, at, end, marked)])
