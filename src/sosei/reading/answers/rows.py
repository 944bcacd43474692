"""行. What every format becomes before it is an answer: rows of boxes, each knowing its place.

A table's row holds its cells, those that reach into it from above too; a line of text is a row of one box, or of
several where strokes part it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sosei.core.report import Report
from sosei.core.text import fold
from sosei.reading.answers.refusals import NotAnAnswer
from sosei.reading.formats import file_name, open_document
from sosei.reading.formats.limits import MAX_CHARACTERS, MAX_LINE
from sosei.reading.formats.refusal import LongLine, TooMuchText
from sosei.reading.grid import Cell, Document, Grid, Line, Words

MARK: Final = "[A-Za-z0-9][A-Za-z0-9_.-]{0,23}"
#: What the forms hide in each row, and in their first one.
ID: Final = re.compile(rf"({MARK}):(@?{MARK})")
STAMP: Final = re.compile(rf"sosei-[a-z]+ mark=({MARK}) base=([0-9a-f]*)")
#: How the sheet begins that tells how the form is filled in; its examples are no answers.
_GUIDES: Final = ("記入のしかた", "記入の仕方", "記入要領", "記入方法", "記入例", "howtofillin")
#: What no person writes in a letter: a cell with nothing in it.
_EMPTY: Final = ",,"
_STROKES: Final = re.compile(r"\s*[|｜]\s*")


def is_id(text: str) -> bool:
    """Tell whether a cell holds what the form hides in it."""
    return bool(ID.fullmatch(text) or STAMP.fullmatch(text)) if len(text) < 140 else False


@dataclass(frozen=True, slots=True)
class Box:
    """欄. A cell as a row sees it. `own`: it begins in this row. `origin`: the same for all rows it reaches into."""

    column: int
    words: Words
    span: int = 1
    number: Decimal | None = None
    formula: str | None = None
    own: bool = True
    origin: int = 0

    @property
    def text(self) -> str:
        """The text, stripped."""
        return self.words.text.strip()

    def covers(self, column: int) -> bool:
        """Tell whether it reaches over a column."""
        return self.column <= column < self.column + self.span


@dataclass(frozen=True, slots=True)
class Row:
    """行. `index` counts through the document, `table` says which rows stand together; `line`: running text."""

    index: int
    table: int
    boxes: tuple[Box, ...]
    line: bool = False

    def at(self, column: int) -> Box | None:
        """Return the box over a column."""
        return next((box for box in self.boxes if box.covers(column)), None)

    @property
    def filled(self) -> tuple[Box, ...]:
        """The boxes that hold anything."""
        return tuple(box for box in self.boxes if box.text)


def opened(data: bytes, name: str) -> Document:
    """Return the document of a file; text that is a table with commas is one, whatever its name. Raises NotAnAnswer."""
    document = open_document(data, name)
    if isinstance(document, Report):
        raise NotAnAnswer(name=file_name(name))
    table = sum(_EMPTY in line.text for line in document.lines) > 1
    if document.source.format == "text" and table and not document.grids:
        again = open_document(data, f"{name}.csv")
        return document if isinstance(again, Report) else again
    return document


def rows_of(document: Document) -> list[Row]:
    """Return the rows of a document in reading order. Raises LongLine and TooMuchText."""
    _refuse_long(document)
    rows: list[Row] = []
    table = 0
    for block in document.blocks:
        table += 1
        if isinstance(block, Line):
            if not block.aside:
                rows.append(_line(block, len(rows), 0))
            continue
        for grid in block.with_nested():
            table += 1
            if not _is_guide(grid) and not grid.hidden:
                rows.extend(_rows(grid, len(rows), table))
    return rows


def _refuse_long(document: Document) -> None:
    """Names are searched in every text many times over; what no person wrote, no person is kept waiting for."""
    count = 0
    for words in document.words():
        if len(words) > MAX_LINE:
            raise LongLine(name=document.source.name, limit=MAX_LINE, head=words.text[:20])
        count += len(words)
    if count > MAX_CHARACTERS:
        raise TooMuchText(name=document.source.name, limit=MAX_CHARACTERS)


def _line(line: Line, index: int, table: int) -> Row:
    parts = line.words.split(_STROKES)
    boxes = tuple(Box(column, words) for column, words in enumerate(parts))
    inner = boxes[1:-1] if len(boxes) > 2 and not boxes[0].text and not boxes[-1].text else boxes
    return Row(index, table, inner, line=len(inner) == 1)


def _is_guide(grid: Grid) -> bool:
    first = next((cell for cell in grid.cells if cell.words), None)
    return first is not None and fold(first.text).startswith(_GUIDES)


def _rows(grid: Grid, index: int, table: int) -> Iterator[Row]:
    for row in range(grid.rows):
        cells = grid.row(row)
        if any(cell.words or cell.formula for cell in cells):
            yield Row(index, table, tuple(_box(cell, row) for cell in cells))
            index += 1


def _box(cell: Cell, row: int) -> Box:
    return Box(
        cell.column, cell.words, cell.colspan, cell.number, cell.formula,
        own=cell.row == row, origin=id(cell),
    )  # fmt: skip
