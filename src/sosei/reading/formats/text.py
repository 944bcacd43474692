"""文書テキスト. Text and tab-separated text: stretches of lines with tabs become grids, all else lines.

Cells may hold pieces of HTML, as content systems export them. Places are offsets into the decoded file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from sosei.core.report import Place, Source
from sosei.reading.formats.fields import cells_of
from sosei.reading.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_LINES
from sosei.reading.formats.markup import fragment
from sosei.reading.formats.refusal import TooManyCells, TooManyColumns, TooManyLines
from sosei.reading.grid import Cell, Document, Grid, Line, Words

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
# A cell in quotes, as spreadsheets copy cells that hold a line break, a tab or a quote.
# Bounded, for a quotation mark that merely begins a cell finds no partner near.
_QUOTED: Final = re.compile(r'"((?:[^"]|""){0,20000}+)"(?=[\t\r\n]|\Z)')
#: Signs without which a line holds neither quotes nor HTML.
_MARKS: Final = frozenset('"<&')
_FIELD_END: Final = re.compile(r"[\t\r\n]|\Z")
_BREAK: Final = re.compile(r"\r\n|\r|\n|\Z")


@dataclass
class _Table:
    """A table being gathered, row by row."""

    number: int
    cells: list[Cell] = field(default_factory=list)
    rows: int = 0
    columns: int = 0

    def grid(self) -> Grid:
        return Grid(self.rows, self.columns, tuple(self.cells), number=self.number)


def read(text: str, source: Source, *, marked: str | None = None) -> Document:
    """Read decoded text. `marked` is the source's id where places must say it. Raises the refusals of size."""
    blocks: list[Line | Grid] = []
    table: _Table | None = None
    if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
        raise TooManyLines(name=source.name, limit=MAX_LINES)
    at, lines, cells, tables = 0, 0, 0, 0
    while at < len(text):
        spans, after = _fields(text, at)
        if (lines := lines + 1) > MAX_LINES:
            raise TooManyLines(name=source.name, limit=MAX_LINES)
        if len(spans) > 1:
            if table is None:
                table = _Table(tables := tables + 1)
            if (cells := cells + len(spans)) > MAX_CELLS:
                raise TooManyCells(name=source.name, limit=MAX_CELLS)
            _add_row(table, text, spans, marked, source.name)
        else:
            if table is not None:
                blocks.append(table.grid())
                table = None
            if words := fragment(text, *spans[0], marked):
                blocks.append(Line(words))
        at = after
    if table is not None:
        blocks.append(table.grid())
    return Document(source, tuple(blocks))


def _add_row(
    table: _Table, text: str, spans: list[tuple[int, int]], marked: str | None, name: str
) -> None:
    if len(spans) > MAX_COLUMNS:
        raise TooManyColumns(name=name, where=f"表{table.number}", limit=MAX_COLUMNS)
    begin = spans[0][0]
    line = text[begin : spans[-1][1]]
    if _MARKS.isdisjoint(line):
        table.cells += cells_of(line, "\t", row=table.rows, start=begin, marked=marked)
    else:
        table.cells.extend(
            Cell(table.rows, column, _cell(text, start, end, marked))
            for column, (start, end) in enumerate(spans)
        )
    table.rows += 1
    table.columns = max(table.columns, len(spans))


def _fields(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """Return the cells of the line at a place, as stretches of the text, and where the next line begins."""
    line_end = _BREAK.search(text, at)
    assert line_end is not None
    if '"' not in text[at : line_end.end()]:
        spans, start = [], at
        for part in text[at : line_end.start()].split("\t"):
            spans.append((start, start + len(part)))
            start += len(part) + 1
        return spans, line_end.end()
    return _quoted_fields(text, at)


def _quoted_fields(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    spans: list[tuple[int, int]] = []
    while True:
        found = _QUOTED.match(text, at)
        end = found.end() if found and _is_quoted(found[1]) else _end(_FIELD_END, text, at)
        spans.append((at, end))
        if text[end : end + 1] != "\t":
            return spans, _BREAK.match(text, end).end()  # type: ignore[union-attr]
        at = end + 1


def _is_quoted(inner: str) -> bool:
    """Tell whether quotes are a spreadsheet's: it sets them only where the cell would not survive without."""
    return "\t" in inner or "\n" in inner or '""' in inner


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.search(text, at)
    return found.start() if found else len(text)


def _cell(text: str, start: int, end: int, marked: str | None) -> Words:
    """Return a cell's words, without the quotes of a spreadsheet."""
    found = _QUOTED.match(text, start) if text[start : start + 1] == '"' else None
    if found is None or found.end() != end or not _is_quoted(found[1]):
        return fragment(text, start, end, marked)
    if '""' not in found[1]:
        return fragment(text, start + 1, end - 1, marked)
    parts, at = [], start + 1
    for doubled in re.finditer('""', found[1]):
        cut = start + 1 + doubled.start()
        parts.append(_exact(text, at, cut, marked))
        parts.append(Words.at('"', Place(source=marked, start=cut, end=cut + 2)))
        at = cut + 2
    return Words.joined([*parts, _exact(text, at, end - 1, marked)]).strip()


def _exact(text: str, start: int, end: int, marked: str | None) -> Words:
    return Words.at(text[start:end], Place(source=marked, start=start, end=end), exact=True)
