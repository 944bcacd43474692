"""CSV. Cells between commas (or tabs, semicolons) as one grid; places are offsets into the decoded file.

Quotes may hold line breaks. Rows above the header and ragged rows stay as they are; what they mean is the
layouts' business.
"""

from __future__ import annotations

import re
from typing import Final

from sosei.core.report import Place, Source, Unread
from sosei.reading.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from sosei.reading.formats.refusal import TooManyCells, TooManyColumns, TooManyLines
from sosei.reading.grid import Cell, Document, Grid, Words

_QUOTED: Final = re.compile(r'"((?:[^"]|"")*+)("|\Z)')
_DELIMITERS: Final = (",", "\t", ";")


def read(text: str, source: Source, *, marked: str | None = None) -> Document:
    """Read decoded text as one table. `marked` is the source's id where places must say it."""
    delimiter = delimiter_of(text)
    plain = re.compile(rf"[^{delimiter}\r\n]*")
    cells: list[Cell] = []
    unread: list[Unread] = []
    at, row, column, columns, size = 0, 0, 0, 0, len(text)
    while at < size:
        start = at
        if text[at] == '"' and (found := _QUOTED.match(text, at)):
            at = found.end()
            tail = plain.match(text, at)
            words = _quoted(text, found, marked)
            if tail and tail[0]:
                words = Words.joined([words, _exact(text, at, tail.end(), marked)])
                at = tail.end()
            if not found[2]:
                place = Place(source=marked, start=start, end=at)
                unread.append(
                    Unread(code="quote-open", raw=text[start : start + 80], place=(place,))
                )
        else:
            found = plain.match(text, at)
            at = found.end() if found else at
            words = _exact(text, start, at, marked)
        if len(cells) >= MAX_CELLS:
            raise TooManyCells(name=source.name, limit=MAX_CELLS)
        if column >= MAX_COLUMNS:
            raise TooManyColumns(name=source.name, where=f"{row + 1}行目", limit=MAX_COLUMNS)
        if row >= MAX_ROWS:
            raise TooManyLines(name=source.name, limit=MAX_ROWS)
        cells.append(Cell(row, column, words.strip()))
        columns = max(columns, column + 1)
        if text[at : at + 1] == delimiter:
            at, column = at + 1, column + 1
            if at >= size:
                cells.append(Cell(row, column, _exact(text, at, at, marked)))
                columns = max(columns, column + 1)
        else:
            at += 2 if text[at : at + 2] == "\r\n" else 1
            row, column = row + 1, 0
    rows = max((cell.row for cell in cells), default=-1) + 1
    return Document(source, (Grid(rows, columns, tuple(cells), number=1),), tuple(unread))


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
