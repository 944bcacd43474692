"""表計算. Workbooks (XLSX): one grid per sheet, cells as shown, with what is stored beside it.

Each sheet is read row by row from its XML (`plainrows` where it can be), for only there stand number formats, hidden
rows, merged ranges and formulas without a stored value together. A place is sheet and range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sosei.core.report import Place, Source, Unread
from sosei.reading.formats import plainrows
from sosei.reading.formats.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_COVERED,
    MAX_NOTES,
    MAX_ROWS,
    MAX_YIELDED,
)
from sosei.reading.formats.office import Package
from sosei.reading.formats.plainrows import resolved
from sosei.reading.formats.refusal import Broken, TooManyCells, TooManyColumns
from sosei.reading.formats.spans import Slot, fitted
from sosei.reading.formats.workbook import (
    ON,
    Book,
    Content,
    area_of,
    column_at,
    column_letters,
    content_of,
    content_said,
    flag,
    local,
    numeric,
    open_book,
    typed,
    unescaped,
    whole,
)
from sosei.reading.grid import Cell, Document, Grid, Words


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the cells of a sheet stand."""

    marked: str | None
    sheet: str

    exact: ClassVar[bool] = False

    def place(self, row: int, column: int) -> Place:
        """Return sheet and cell."""
        return Place(
            source=self.marked, sheet=self.sheet, range=f"{column_letters(column)}{row + 1}"
        )


@dataclass
class _Sheet:
    """A sheet being read. `cells`: by row * MAX_COLUMNS + column, for fifty thousand pairs would be slow."""

    title: str
    hidden: bool
    spot: _Spot
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    cells: dict[int, Cell] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def clear(self) -> None:
        """Forget what was read, to begin again."""
        for found in (self.hidden_columns, self.merged, self.cells, self.unread):
            found.clear()

    @property
    def place(self) -> Place:
        """The whole sheet."""
        return Place(source=self.spot.marked, sheet=self.title)


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
        sheet = _Sheet(one.title, one.hidden, _Spot(marked, one.title))
        _read_cells(book, sheet, one.part, MAX_CELLS - count)
        count += len(sheet.cells)
        grid, more = _grid(sheet, len(grids) + 1, MAX_COVERED - covered)
        covered += more
        grids.append(grid)
        unread.extend(sheet.unread)
    return Document(source, tuple(grids), tuple(unread))


# -- a sheet --------------------------------------------------------------------------------------------------


def _read_cells(book: Book, sheet: _Sheet, part: str, most: int) -> None:
    """Read the cells of a sheet, at most so many: from its text where it is written plainly, else as XML."""
    data = book.package.safe(part)
    plain = plainrows.cut(data)
    if plain is not None:
        try:
            _read_plain(book, sheet, plain, part, most)
            return
        except (plainrows.Odd, Broken):
            sheet.clear()
    row = -1
    for element in book.package.within(data, part, "row", "col", "mergeCell"):
        if local(element) == "row":
            row = whole(element.get("r"), row + 2) - 1
            _read_row(book, sheet, element, row)
            _refuse_many(book, len(sheet.cells), most)
        else:
            _read_around(book, sheet, element)


def _read_plain(
    book: Book, sheet: _Sheet, plain: plainrows.PlainSheet, part: str, most: int
) -> None:
    """Read a sheet that was cut up. Raises Odd and Broken where it is not as plain as it seemed."""
    for element in book.package.within(plain.around, part, "col", "mergeCell"):
        _read_around(book, sheet, element)
    row = -1
    for number, line in enumerate(plain.rows()):
        if number >= MAX_YIELDED:
            raise book.package.swollen_somehow()
        row = whole(line.attributes.get("r"), row + 2) - 1
        if line.element is not None:
            _read_row(book, sheet, line.element, row)
        elif line.cells:
            hidden = sheet.hidden or line.attributes.get("hidden") in ON
            _read_plain_row(book, sheet, line.cells, row, hidden)
        _refuse_many(book, len(sheet.cells), most)


def _read_around(book: Book, sheet: _Sheet, element: Any) -> None:
    """Take in hidden columns and merged ranges."""
    if local(element) == "col":
        if flag(element, "hidden"):
            span = (whole(element.get("min")) - 1, whole(element.get("max")) - 1)
            sheet.hidden_columns.append(span)
    elif (area := area_of(element.get("ref") or "")) is not None:
        sheet.merged[area[0], area[1]] = (area[2], area[3])
        _refuse_many(book, len(sheet.merged), MAX_CELLS)


def _refuse_many(book: Book, count: int, most: int) -> None:
    if count > most:
        raise TooManyCells(name=book.package.name, limit=MAX_CELLS)


def _read_row(book: Book, sheet: _Sheet, element: Any, row: int) -> None:
    hidden = sheet.hidden or flag(element, "hidden")
    column = -1
    for child in element:
        reference = child.get("r")
        column = column_at(reference.rstrip("0123456789")) if reference else column + 1
        if len(child) and (content := content_of(book, child)) is not None:
            _keep(book, sheet, content, row, column, hidden)


def _read_plain_row(
    book: Book, sheet: _Sheet, cells: list[tuple[str, ...]], row: int, hidden: bool
) -> None:
    known, kept, spot = book.plain, sheet.cells, sheet.spot
    simple = 0 <= row < MAX_ROWS and not sheet.hidden_columns
    for letters, style, kind, formula, value, inline, _ in cells:
        if not (value or formula or inline):
            continue
        key = (value or inline, style, kind)
        if formula or (content := known.get(key)) is None:
            content = _said(book, kind, value, inline, formula, style)
            if content is None:
                continue
            if not formula:
                known[key] = content
        column = column_at(letters)
        text, number, formula_, bold, unread, _day = content
        if simple and column < MAX_COLUMNS and not unread:
            kept[row * MAX_COLUMNS + column] = Cell(
                row, column, text, 1, 1, False, number, formula_, hidden, bold, spot
            )
        else:
            _keep(book, sheet, content, row, column, hidden)


def _said(
    book: Book, kind: str, value: str, inline: str, formula: str, style: str
) -> Content | None:
    """Return what a plain cell holds; what is not written there is empty. Raises Odd."""
    if kind == "inlineStr":
        kind, value = "str", unescaped(resolved(inline))
    elif "&" in value:
        value = resolved(value)
    if value and not formula:
        look = book.style(int(style)) if style else book.style(0)
        plain = kind in ("", "n")
        return numeric(book, value, look) if plain else typed(book, kind, value, look)
    computed = "=" + resolved(formula) if formula else None
    return content_said(book, kind or "n", value or None, computed, whole(style))


def _keep(book: Book, sheet: _Sheet, content: Content, row: int, column: int, hidden: bool) -> None:
    """Keep a cell, with a note where something of it could not be read, or only a note where it stands too far."""
    if content.unread:
        place = sheet.spot.place(row, column)
        raw = content.formula or "="
        sheet.unread.append(Unread(code=content.unread, raw=raw, place=(place,)))
    if not (0 <= column < MAX_COLUMNS and 0 <= row < MAX_ROWS):
        _note_far(book, sheet, content.text, sheet.spot.place(row, column))
        return
    away = hidden or any(a <= column <= b for a, b in sheet.hidden_columns)
    sheet.cells[row * MAX_COLUMNS + column] = Cell(
        row, column, content.text, 1, 1, False,
        content.number, content.formula, away, content.bold, sheet.spot,
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
    rows = max(cells, default=-1) // MAX_COLUMNS + 1
    columns = max((cell.column for cell in cells.values()), default=-1) + 1
    slots = [
        Slot(row, column, last_row - row + 1, last_column - column + 1)
        for (row, column), (last_row, last_column) in sheet.merged.items()
        if row < rows and column < columns
    ]
    bounds = [Slot(rows - 1, columns - 1)] if cells else []
    fit, covered, cut = fitted([*bounds, *slots], most)
    if cut:
        sheet.unread.append(Unread(code="spans-cut", raw=str(cut), place=(sheet.place,)))
    merged = {slot.row * MAX_COLUMNS + slot.column: slot for slot in fit[len(bounds) :]}
    _drop_covered(sheet, merged)
    for at, slot in merged.items():
        cells[at] = _spanning(sheet, slot, cells.get(at))
    out = tuple(map(cells.__getitem__, sorted(cells)))
    name = Words.at(sheet.title, sheet.place)
    grid = Grid(rows, columns, out, name, sheet.title, number, hidden=sheet.hidden)
    return grid, covered + len(out)


def _drop_covered(sheet: _Sheet, merged: dict[int, Slot]) -> None:
    """Take out what stands under merged cells; a value there is not shown, and noted."""
    for at, slot in merged.items():
        for under in _under(slot):
            if under != at and (cell := sheet.cells.pop(under, None)) and cell.text:
                sheet.unread.append(
                    Unread(code="cell-under-merged", raw=cell.text, place=cell.words.places)
                )


def _under(slot: Slot) -> Iterator[int]:
    for row in range(slot.row, slot.row + slot.rowspan):
        first = row * MAX_COLUMNS + slot.column
        yield from range(first, first + slot.colspan)


def _spanning(sheet: _Sheet, slot: Slot, cell: Cell | None) -> Cell:
    """Return a cell with its span; merged cells that hold nothing are cells too."""
    if cell is None:
        cell = Cell(slot.row, slot.column, "", hidden=sheet.hidden, spot=sheet.spot)
    return cell.reaching(slot.rowspan, slot.colspan)
