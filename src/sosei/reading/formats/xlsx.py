"""表計算. Workbooks (XLSX): one grid per sheet, cells as shown, with what is stored beside it.

Each sheet is read row by row from its XML, for only there stand number formats, hidden rows, merged ranges and
formulas without a stored value together. A place is sheet and range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sosei.core.report import Place, Source, Unread
from sosei.reading.formats.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_COVERED,
    MAX_NOTES,
    MAX_ROWS,
)
from sosei.reading.formats.office import Package
from sosei.reading.formats.refusal import TooManyCells, TooManyColumns
from sosei.reading.formats.spans import Slot, fitted
from sosei.reading.formats.workbook import (
    Book,
    area_of,
    column_at,
    column_letters,
    content_of,
    flag,
    local,
    open_book,
    whole,
)
from sosei.reading.grid import Cell, Document, Grid, Run, Words


@dataclass
class _Sheet:
    """A sheet being read."""

    title: str
    hidden: bool
    marked: str | None
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)


def read(package: Package, source: Source, *, marked: str | None = None) -> Document:
    """Read an opened workbook. Raises the refusals of damage and size."""
    book = open_book(package)
    grids: list[Grid] = []
    unread: list[Unread] = []
    count, covered = 0, 0
    for one in book.sheets:
        if one.part is None:
            unread.append(Unread(code="sheet-without-cells", raw=one.title))
            continue
        sheet = _Sheet(one.title, one.hidden, marked)
        count += _read_cells(book, sheet, one.part, MAX_CELLS - count)
        grid, more = _grid(sheet, len(grids) + 1, MAX_COVERED - covered)
        covered += more
        grids.append(grid)
        unread.extend(sheet.unread)
    return Document(source, tuple(grids), tuple(unread))


# -- a sheet --------------------------------------------------------------------------------------------------


def _read_cells(book: Book, sheet: _Sheet, part: str, most: int) -> int:
    """Read the cells of a sheet; return how many hold anything."""
    row = -1
    for element in book.package.rows(part, "row", "col", "mergeCell"):
        name = local(element)
        if name == "row":
            row = whole(element.get("r"), row + 2) - 1
            _read_row(book, sheet, element, row)
            if len(sheet.cells) > most:
                raise TooManyCells(name=book.package.name, limit=MAX_CELLS)
        elif name == "col":
            if flag(element, "hidden"):
                span = (whole(element.get("min")) - 1, whole(element.get("max")) - 1)
                sheet.hidden_columns.append(span)
        elif (area := area_of(element.get("ref") or "")) is not None:
            sheet.merged[area[0], area[1]] = (area[2], area[3])
            if len(sheet.merged) > MAX_CELLS:
                raise TooManyCells(name=book.package.name, limit=MAX_CELLS)
    return len(sheet.cells)


def _read_row(book: Book, sheet: _Sheet, element: Any, row: int) -> None:
    hidden = sheet.hidden or flag(element, "hidden")
    column = -1
    for child in element:
        reference = child.get("r")
        column = column_at(reference.rstrip("0123456789")) if reference else column + 1
        if not len(child) or (content := content_of(book, child)) is None:
            continue
        place = Place(
            source=sheet.marked, sheet=sheet.title, range=f"{column_letters(column)}{row + 1}"
        )
        if content.unread:
            raw = content.formula or "="
            sheet.unread.append(Unread(code=content.unread, raw=raw, place=(place,)))
        if not (0 <= column < MAX_COLUMNS and 0 <= row < MAX_ROWS):
            _note_far(book, sheet, content.text, place)
            continue
        away = hidden or any(a <= column <= b for a, b in sheet.hidden_columns)
        words = Words(content.text, (Run(len(content.text), place),))
        sheet.cells[row, column] = Cell(
            row, column, words, 1, 1, False,
            content.number, content.formula, away, content.bold,
        )  # fmt: skip


def _note_far(book: Book, sheet: _Sheet, text: str, place: Place) -> None:
    """Note a cell beyond the rows and columns that are read. Raises TooManyColumns where there are many."""
    sheet.unread.append(Unread(code="cell-too-far", raw=text, place=(place,)))
    if len(sheet.unread) > MAX_NOTES:
        where = f"シート「{sheet.title}」"
        raise TooManyColumns(name=book.package.name, where=where, limit=MAX_COLUMNS)


# -- the grid -------------------------------------------------------------------------------------------------


def _grid(sheet: _Sheet, number: int, most: int) -> tuple[Grid, int]:
    """Return a sheet's grid and how many places it covers."""
    cells = sheet.cells
    rows = max((r for r, _ in cells), default=-1) + 1
    columns = max((c for _, c in cells), default=-1) + 1
    slots: dict[tuple[int, int], Slot] = {}
    for (row, column), (last_row, last_column) in sheet.merged.items():
        if row < rows and column < columns:
            slots[row, column] = Slot(row, column, last_row - row + 1, last_column - column + 1)
    bounds = [Slot(rows - 1, columns - 1)] if cells else []
    fit, covered, cut = fitted([*bounds, *slots.values()], most)
    if cut:
        place = Place(source=sheet.marked, sheet=sheet.title)
        sheet.unread.append(Unread(code="spans-cut", raw=str(cut), place=(place,)))
    merged = {(s.row, s.column): s for s in fit[len(bounds) :]}
    _drop_covered(sheet, merged)
    out = [_spanning(sheet, at, merged.get(at)) for at in sorted({*cells, *merged})]
    name = Words.at(sheet.title, Place(source=sheet.marked, sheet=sheet.title))
    grid = Grid(rows, columns, tuple(out), name, sheet.title, number, hidden=sheet.hidden)
    return grid, covered + len(out)


def _drop_covered(sheet: _Sheet, merged: dict[tuple[int, int], Slot]) -> None:
    """Take out what stands under merged cells; a value there is not shown, and noted."""
    for at, slot in merged.items():
        for under in _under(slot):
            if under != at and (cell := sheet.cells.pop(under, None)) and cell.text:
                sheet.unread.append(
                    Unread(code="cell-under-merged", raw=cell.text, place=cell.words.places)
                )


def _under(slot: Slot) -> Iterator[tuple[int, int]]:
    for row in range(slot.row, slot.row + slot.rowspan):
        for column in range(slot.column, slot.column + slot.colspan):
            yield row, column


def _spanning(sheet: _Sheet, at: tuple[int, int], slot: Slot | None) -> Cell:
    """Return the cell at a place with its span; merged cells that hold nothing are cells too."""
    cell = sheet.cells.get(at)
    if cell is None:
        reference = f"{column_letters(at[1])}{at[0] + 1}"
        place = Place(source=sheet.marked, sheet=sheet.title, range=reference)
        cell = Cell(*at, Words.at("", place), hidden=sheet.hidden)
    if slot is None:
        return cell
    return Cell(
        cell.row, cell.column, cell.words, slot.rowspan, slot.colspan,
        number=cell.number, formula=cell.formula, hidden=cell.hidden, bold=cell.bold,
    )  # fmt: skip
