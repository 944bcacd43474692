"""表計算. Workbooks (XLSX): one grid per sheet, cells as shown, with what is stored beside it.

Each sheet is read row by row from its XML (`plainrows` where it can be), for only there stand number formats, hidden
rows, merged ranges and formulas without a stored value together. A place is sheet and range.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter
from typing import Any, ClassVar, Final

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
from sosei.reading.formats.parts import whole
from sosei.reading.formats.plainrows import resolved
from sosei.reading.formats.refusal import Broken, TooManyCells, TooManyColumns
from sosei.reading.formats.spans import Slot, fitted
from sosei.reading.formats.workbook import (
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
)
from sosei.reading.grid import Cell, Document, Grid, Words

_COLUMN: Final = attrgetter("column")
#: Letters of the columns that are read → their numbers.
_COLUMNS: Final = {column_letters(column): column for column in range(MAX_COLUMNS)}


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
    for reference in plain.merged:
        _merge(sheet, reference)
    _refuse_many(book, len(sheet.merged), MAX_CELLS)
    row = -1
    for number, line in enumerate(plain.rows()):
        if number >= MAX_YIELDED:
            raise book.package.swollen_somehow()
        row = row + 1 if line.number is None else line.number - 1
        noted = len(sheet.unread)
        try:
            _read_plain_row(book, sheet, line, row)
        except plainrows.Odd:
            del sheet.unread[noted:]
            _read_row(book, sheet, plain.element(line), row)
        _refuse_many(book, len(sheet.cells), most)


def _read_around(book: Book, sheet: _Sheet, element: Any) -> None:
    """Take in hidden columns and merged ranges."""
    if local(element) == "col":
        if flag(element, "hidden"):
            span = (whole(element.get("min")) - 1, whole(element.get("max")) - 1)
            sheet.hidden_columns.append(span)
    else:
        _merge(sheet, element.get("ref") or "")
        _refuse_many(book, len(sheet.merged), MAX_CELLS)


def _merge(sheet: _Sheet, reference: str) -> None:
    if (area := area_of(reference)) is not None:
        sheet.merged[area[0], area[1]] = (area[2], area[3])


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


def _read_plain_row(book: Book, sheet: _Sheet, line: plainrows.PlainRow, row: int) -> None:
    """Read a row that was cut up. Raises Odd where it is not as plain as it seemed."""
    if line.cells is None:
        raise plainrows.Odd
    known, kept, spot, columns = book.plain, sheet.cells, sheet.spot, _COLUMNS
    hidden = sheet.hidden or line.hidden
    simple = 0 <= row < MAX_ROWS and not sheet.hidden_columns
    base = row * MAX_COLUMNS
    for letters, rest, _ in line.cells:
        content = known.get(rest)
        if content is None and (content := _said(book, rest)) is None:
            continue
        text, number, formula, bold, unread, _ = content
        column = columns.get(letters, -1)
        if simple and column >= 0 and not unread:
            kept[base + column] = Cell(
                row, column, text, 1, 1, False, number, formula, hidden, bold, spot
            )
        else:
            _keep(book, sheet, content, row, column_at(letters), hidden)


def _said(book: Book, rest: str) -> Content | None:
    """Return what a plain cell holds, and remember it where it is not computed. Raises Odd."""
    if not rest:
        return None
    if (found := plainrows.VALUE.fullmatch(rest)) is None:
        return _said_otherwise(book, rest)
    style, kind, value = found.groups()
    look = book.looks.get(style) or book.look(style)
    content = numeric(book, value, look) if kind is None else typed(book, kind, value, look)
    if content is not None:
        book.plain[rest] = content
    return content


def _said_otherwise(book: Book, rest: str) -> Content | None:
    """Return what a cell holds that is computed, blank, or written in its place; what is not written is empty. Raises Odd."""
    style, kind, computed, formula, value, inline = plainrows.said(rest)
    if kind == "inlineStr":
        kind, value = "str", unescaped(resolved(inline))
    elif "&" in value:
        value = resolved(value)
    formula_ = "=" + resolved(formula) if computed else None
    return content_said(book, kind or "n", value or None, formula_, whole(style))


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
    columns = max(map(_COLUMN, cells.values()), default=-1) + 1
    merged, covered = _merged(sheet, rows, columns, most)
    _drop_covered(sheet, merged)
    for at, (height, width) in merged.items():
        cells[at] = _spanning(sheet, at, height, width)
    out = tuple(map(cells.__getitem__, sorted(cells)))
    name = Words.at(sheet.title, sheet.place)
    grid = Grid(rows, columns, out, name, sheet.title, number, hidden=sheet.hidden)
    return grid, covered + len(out)


def _merged(
    sheet: _Sheet, rows: int, columns: int, most: int
) -> tuple[dict[int, tuple[int, int]], int]:
    """Return the merged cells as row * MAX_COLUMNS + column → height and width, and how many places they cover.

    They reach no further than the sheet does; where all that they cover is within `most`, the order of cutting does not matter.
    """
    merged: dict[int, tuple[int, int]] = {}
    covered = 1 if sheet.cells else 0
    for (row, column), (last_row, last_column) in sheet.merged.items():
        if row < rows and column < columns:
            size = min(last_row + 1, rows) - row, min(last_column + 1, columns) - column
            merged[row * MAX_COLUMNS + column] = size
            covered += size[0] * size[1]
    if covered <= most:
        return merged, covered
    slots = [Slot(*divmod(at, MAX_COLUMNS), *size) for at, size in merged.items()]
    fit, covered, cut = fitted([Slot(rows - 1, columns - 1), *slots], most)
    if cut:
        sheet.unread.append(Unread(code="spans-cut", raw=str(cut), place=(sheet.place,)))
    found = fit[1:]
    return {s.row * MAX_COLUMNS + s.column: (s.rowspan, s.colspan) for s in found}, covered


def _drop_covered(sheet: _Sheet, merged: dict[int, tuple[int, int]]) -> None:
    """Take out what stands under merged cells; a value there is not shown, and noted."""
    take = sheet.cells.pop
    for at, size in merged.items():
        for under in _under(at, *size):
            if (cell := take(under, None)) is not None and cell.text:
                place = sheet.spot.place(cell.row, cell.column)
                sheet.unread.append(Unread(code="cell-under-merged", raw=cell.text, place=(place,)))


def _under(at: int, height: int, width: int) -> Iterable[int]:
    """Return the places that a merged cell covers but for its own."""
    if width == 1:
        return range(at + MAX_COLUMNS, at + height * MAX_COLUMNS, MAX_COLUMNS)
    rows = (range(at + row * MAX_COLUMNS, at + row * MAX_COLUMNS + width) for row in range(height))
    return islice(chain.from_iterable(rows), 1, None)


def _spanning(sheet: _Sheet, at: int, height: int, width: int) -> Cell:
    """Return a cell with its span; merged cells that hold nothing are cells too."""
    cell = sheet.cells.get(at)
    if cell is None:
        row, column = divmod(at, MAX_COLUMNS)
        return Cell(row, column, "", height, width, hidden=sheet.hidden, spot=sheet.spot)
    return cell.reaching(height, width)
