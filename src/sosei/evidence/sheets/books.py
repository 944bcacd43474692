"""ブックの行. The rows of a workbook's sheets, one by one: for registers that are larger than a document to be understood.

Hidden rows, columns and sheets are read and said so; a merged cell's content stands for every row that it covers, but no
number is taken for more than the row it stands in (`cells.Typed.under`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sosei.evidence.sheets.cells import Cell, Typed
from sosei.evidence.sheets.refusals import MergedTooMuch, WorkbookTooLarge
from sosei.evidence.sheets.said import Note
from sosei.reading.formats.limits import MAX_COLUMNS, MAX_COVERED, MAX_UNPACKED
from sosei.reading.formats.office import Package
from sosei.reading.formats.parts import whole
from sosei.reading.formats.refusal import OtherFormat, Swollen, TooManyColumns, TooManyLines
from sosei.reading.formats.workbook import (
    Book,
    Content,
    area_of,
    column_at,
    content_of,
    flag,
    local,
    open_book,
)

#: Rows that Excel has.
_MAX_ROWS: Final = 1_048_576
#: Blank rows in one stretch that are given as such; a far cell beyond more of them is a slip of somebody's hand.
_MAX_GAP: Final = 100_000
#: Merged ranges of a sheet, and rows they cover, that are followed.
_MAX_MERGED: Final = 100_000
#: Cells that are remembered by what is written in them.
_MOST_KNOWN: Final = 50_000
_MB: Final = 1024**2


@dataclass(slots=True)
class _Layout:
    """What of a sheet is hidden or merged: `merged` by the row of the range's top, then its left column."""

    hidden_rows: int = 0
    hidden_columns: int = 0
    merged: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    ranges: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    """ブックの表. A sheet of a workbook that was opened."""

    name: str
    hidden: bool
    notes: tuple[Note, ...]
    _data: bytes
    _book: Book
    _part: str
    _layout: _Layout

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Yield the rows as the sheet numbers them, blank ones too. Raises the refusals of damage and size."""
        package = self._book.package
        at, covering = 0, _Covering(self._layout, package.name)
        for element in _elements(self._data, package.name, self._part, "row"):
            row = whole(element.get("r"), at + 1) - 1
            if row >= _MAX_ROWS or row - at > _MAX_GAP:
                raise TooManyLines(name=package.name, limit=_MAX_ROWS)
            if len(self._book.known) > _MOST_KNOWN:
                self._book.known.clear()
            while at < row:
                yield covering.filled([], at)
                at += 1
            if row == at:  # a row number that goes back would be none that a spreadsheet writes
                yield covering.filled(_cells(self._book, element), row)
                at += 1


def sheets_of(data: bytes, name: str) -> Iterator[BookSheet]:
    """Yield the sheets of a workbook that hold cells. Raises the refusals of damage, size, and of what is no workbook."""
    try:
        package = Package(data, name)
        if package.kind != "xlsx":
            raise OtherFormat(
                name=name, kind="文書（Word）", kind_en="a document (Word)", advice="表をExcelに写して、XLSXで保存してください。",
                advice_en="Copy the table into Excel and save it as XLSX.",
            )  # fmt: skip
        book = open_book(package)
        for one in book.sheets:
            if one.part is not None:
                layout = _layout(data, name, one.part)
                yield BookSheet(
                    name=one.title, hidden=one.hidden, notes=tuple(_notes(one.title, layout)),
                    _data=data, _book=book, _part=one.part, _layout=layout,
                )  # fmt: skip
    except Swollen:
        raise WorkbookTooLarge(name=name, limit=MAX_UNPACKED // _MB) from None


def _elements(data: bytes, name: str, part: str, *names: str) -> Iterator[Any]:
    """Yield elements of a sheet; each time from a package of its own, whose bounds are those of one reading."""
    try:
        yield from Package(data, name).rows(part, *names)
    except Swollen:
        raise WorkbookTooLarge(name=name, limit=MAX_UNPACKED // _MB) from None


def _layout(data: bytes, name: str, part: str) -> _Layout:
    """Look over a sheet once for what its cells do not say themselves."""
    found = _Layout()
    for element in _elements(data, name, part, "row", "col", "mergeCell"):
        tag = local(element)
        if tag == "row":
            found.hidden_rows += flag(element, "hidden") and len(element) > 0
        elif tag == "col":
            found.hidden_columns += flag(element, "hidden")
        elif (area := area_of(element.get("ref") or "")) is not None and found.ranges < _MAX_MERGED:
            found.merged.setdefault(area[0], []).append(area[1:])
            found.ranges += 1
    return found


def _notes(title: str, layout: _Layout) -> Iterator[Note]:
    if layout.hidden_rows or layout.hidden_columns:
        yield Note(
            kind="hidden", ja=f"「{title}」には隠れた行や列があります。隠れた行も読みます。",
            en=f"“{title}” has hidden rows or columns. Hidden rows are read, too.",
        )  # fmt: skip
    if layout.ranges:
        yield Note(
            kind="merged", ja=f"「{title}」には結合されたセルがあります。重なる行すべての値として読みます（数は読みません）。",
            en=f"“{title}” has merged cells. They stand for every row they cover (numbers do not).",
        )  # fmt: skip


def _cells(book: Book, element: Any) -> list[Cell]:
    """Return the cells of a row's element, blank ones between them."""
    row: list[Cell] = []
    column = -1
    for child in element:
        reference = child.get("r")
        column = column_at(reference.rstrip("0123456789")) if reference else column + 1
        if not len(child) or (content := content_of(book, child)) is None:
            continue
        if column >= MAX_COLUMNS:
            raise TooManyColumns(
                name=book.package.name, where=f"{reference or column}", limit=MAX_COLUMNS
            )
        if column < len(row):  # out of order, or no column at all
            if column >= 0:
                row[column] = _cell(content)
            continue
        row.extend([""] * (column - len(row)))
        row.append(_cell(content))
    return row


def _cell(content: Content) -> Cell:
    if content.unread is not None:
        return Typed(content.text, lost=True)
    if content.number is None and content.day is None:
        return content.text
    return Typed(content.text, number=content.number, day=content.day)


class _Covering:
    """結合. Repeats a merged cell in every row and column that it covers, as rows go by."""

    def __init__(self, layout: _Layout, name: str) -> None:
        self._name, self._left = name, MAX_COVERED
        self._starts: Mapping[int, list[tuple[int, int, int]]] = layout.merged
        self._open: dict[tuple[int, int], tuple[int, Typed]] = {}

    def filled(self, row: list[Cell], number: int) -> list[Cell]:
        """Return a row with what merged cells say in it."""
        if not self._open and number not in self._starts:
            return row
        for (left, right), (last, cell) in list(self._open.items()):
            self._put(row, left, right, cell)
            if number >= last:
                del self._open[left, right]
        for left, last, right in self._starts.get(number, ()):
            repeated = _under(row[left]) if left < len(row) else None
            if repeated is not None and right < MAX_COLUMNS:
                self._put(row, left + 1, right, repeated)
                if last > number:
                    self._open[left, right] = (last, repeated)
        return row

    def _put(self, row: list[Cell], left: int, right: int, cell: Typed) -> None:
        self._left -= right + 1 - left
        if self._left < 0:  # ranges laid over one another: nobody's sheet covers so much
            raise MergedTooMuch(name=self._name, limit=f"{MAX_COVERED:,}")
        row.extend([""] * (right + 1 - len(row)))
        row[left : right + 1] = [cell] * (right + 1 - left)


def _under(cell: Cell) -> Typed | None:
    """Return what a merged cell says where it covers others; None where it says nothing."""
    if isinstance(cell, str):
        return Typed(cell, under=True) if cell else None
    return cell._replace(under=True)
