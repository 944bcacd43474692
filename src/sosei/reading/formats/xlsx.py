"""表計算. Workbooks (XLSX): one grid per sheet, cells as shown, with what is stored beside it.

Each sheet is read row by row from its XML, for only there stand number formats, hidden rows, merged ranges and
formulas without a stored value together. A place is sheet and range.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any, Final

from sosei.core.report import DIGITS, Place, Source, Unread
from sosei.reading.formats import numfmt
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
from sosei.reading.grid import Cell, Document, Grid, Run, Words

_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PRECISE: Final = Context(prec=DIGITS)
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class _Style:
    """What a cell's style says about its content."""

    code: str = "General"
    bold: bool = False
    is_date: bool = False


_PLAIN: Final = _Style()


@dataclass(frozen=True, slots=True)
class _Content:
    """What a cell holds."""

    text: str
    number: Decimal | None = None
    formula: str | None = None
    bold: bool = False
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets of a workbook share."""

    package: Package
    marked: str | None
    strings: list[str]
    styles: list[_Style]
    since_1904: bool
    known: dict[tuple[str, str, int], _Content | None] = field(default_factory=dict)

    def style(self, at: int) -> _Style:
        """Return a style by its number; the plain one where the workbook has none."""
        return self.styles[at] if at < len(self.styles) else _PLAIN


@dataclass
class _Sheet:
    """A sheet being read."""

    title: str
    hidden: bool
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)


def read(package: Package, source: Source, *, marked: str | None = None) -> Document:
    """Read an opened workbook. Raises the refusals of damage and size."""
    workbook = package.tree(package.main)
    related = package.related(package.main)
    parts = dict(related.values())
    book = _Book(
        package,
        marked,
        _strings(package, parts.get("sharedStrings")),
        _styles(package, parts.get("styles")),
        _flag(next((e for e in workbook.iter("{*}workbookPr")), None), "date1904"),
    )
    grids: list[Grid] = []
    unread: list[Unread] = []
    count, covered = 0, 0
    for element in workbook.iter("{*}sheet"):
        kind, part = related.get(element.get(_RELATIONS) or element.get(_STRICT) or "", ("", ""))
        title = element.get("name") or "?"
        if kind != "worksheet":
            unread.append(Unread(code="sheet-without-cells", raw=title))
            continue
        sheet = _Sheet(title, element.get("state") in ("hidden", "veryHidden"))
        count += _read_cells(book, sheet, part, MAX_CELLS - count)
        grid, more = _grid(book, sheet, len(grids) + 1, MAX_COVERED - covered)
        covered += more
        grids.append(grid)
        unread.extend(sheet.unread)
    if not grids and not unread:
        raise package.broken(package.main, "シートがありません", "there is no sheet")
    return Document(source, tuple(grids), tuple(unread))


# -- what sheets share ----------------------------------------------------------------------------------------


def _strings(package: Package, part: str | None) -> list[str]:
    if part is None or part not in package:
        return []
    return [_rich(element) for element in package.rows(part, "si")]


def _rich(element: Any) -> str:
    """Return the text of a string in runs, without the readings (furigana) that a sheet keeps beside it."""
    out = []
    for child in element:
        name = _local(child)
        if name == "t":
            out.append(child.text or "")
        elif name == "r":
            out.extend(t.text or "" for t in child if _local(t) == "t")
    return _unescaped("".join(out))


def _unescaped(text: str) -> str:
    """Resolve _x000D_, in which sheets write what XML cannot; half of a surrogate pair is no character."""
    if "_x" not in text:
        return text
    resolved = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return resolved.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _styles(package: Package, part: str | None) -> list[_Style]:
    if part is None or part not in package:
        return []
    root = package.tree(part)
    codes = dict(numfmt.BUILT_IN)
    for element in root.iterfind("{*}numFmts/{*}numFmt"):
        codes[_whole(element.get("numFmtId"))] = element.get("formatCode") or "General"
    bold = [
        _flag(font.find("{*}b"), "val", default=True) for font in root.iterfind("{*}fonts/{*}font")
    ]
    out = []
    for xf in root.iterfind("{*}cellXfs/{*}xf"):
        code = codes.get(_whole(xf.get("numFmtId")), "General")
        font = _whole(xf.get("fontId"))
        out.append(_Style(code, font < len(bold) and bold[font], numfmt.is_date(code)))
    return out


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def _flag(element: Any, name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no attribute; `default` where the element stands without it."""
    if element is None:
        return False
    text = element.get(name)
    return default if text is None else text in ("1", "true", "on")


# -- a sheet --------------------------------------------------------------------------------------------------


def _read_cells(book: _Book, sheet: _Sheet, part: str, most: int) -> int:
    """Read the cells of a sheet; return how many hold anything."""
    row = -1
    for element in book.package.rows(part, "row", "col", "mergeCell"):
        name = _local(element)
        if name == "row":
            row = _whole(element.get("r"), row + 2) - 1
            _read_row(book, sheet, element, row)
            if len(sheet.cells) > most:
                raise TooManyCells(name=book.package.name, limit=MAX_CELLS)
        elif name == "col":
            if _flag(element, "hidden"):
                span = (_whole(element.get("min")) - 1, _whole(element.get("max")) - 1)
                sheet.hidden_columns.append(span)
        elif (area := _area(element.get("ref") or "")) is not None:
            sheet.merged[area[0], area[1]] = (area[2], area[3])
            if len(sheet.merged) > MAX_CELLS:
                raise TooManyCells(name=book.package.name, limit=MAX_CELLS)
    return len(sheet.cells)


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """Return first row, first column, last row and last column of a range, from 0; None for one cell or nonsense."""
    first, _, last = reference.partition(":")
    a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not a or not b:
        return None
    rows = sorted((int(a[2]) - 1, int(b[2]) - 1))
    columns = sorted((_column(a[1]), _column(b[1])))
    return None if rows[0] < 0 else (rows[0], columns[0], rows[1], columns[1])


@lru_cache(maxsize=MAX_COLUMNS * 2)
def _column(letters: str) -> int:
    """Return a column from 0, or -1 for what is no column."""
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return -1
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


@lru_cache(maxsize=MAX_COLUMNS * 2)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_row(book: _Book, sheet: _Sheet, element: Any, row: int) -> None:
    hidden = sheet.hidden or _flag(element, "hidden")
    column = -1
    for child in element:
        reference = child.get("r")
        column = _column(reference.rstrip("0123456789")) if reference else column + 1
        if not len(child) or (content := _content(book, child)) is None:
            continue
        place = Place(
            source=book.marked, sheet=sheet.title, range=f"{column_letters(column)}{row + 1}"
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


def _note_far(book: _Book, sheet: _Sheet, text: str, place: Place) -> None:
    """Note a cell beyond the rows and columns that are read. Raises TooManyColumns where there are many."""
    sheet.unread.append(Unread(code="cell-too-far", raw=text, place=(place,)))
    if len(sheet.unread) > MAX_NOTES:
        where = f"シート「{sheet.title}」"
        raise TooManyColumns(name=book.package.name, where=where, limit=MAX_COLUMNS)


def _content(book: _Book, cell: Any) -> _Content | None:
    """Return what a cell holds, or None where it holds nothing."""
    kind = cell.get("t") or "n"
    value = formula = inline = None
    for child in cell:
        name = child.tag.rpartition("}")[2]
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = "=" + (child.text or "")
        elif name == "is":
            inline = _rich(child)
    style = _whole(cell.get("s"))
    if kind == "inlineStr":
        kind, value = "str", inline
    if not value:
        if formula is None:
            return None
        missing = None if kind == "str" and value is not None else "formula-without-value"
        return _Content("", None, formula, book.style(style).bold, missing)
    key = (kind, value, style)
    if key not in book.known:
        book.known[key] = _typed(book, kind, value, book.style(style))
    content = book.known[key]
    return replace(content, formula=formula) if formula is not None and content else content


def _typed(book: _Book, kind: str, value: str, style: _Style) -> _Content | None:
    if kind == "n":
        return _numeric(book, value, style)
    if kind == "b":
        return _Content("TRUE" if value == "1" else "FALSE", bold=style.bold)
    if kind == "s":
        at = _whole(value, -1)
        if not 0 <= at < len(book.strings):
            return _Content("", bold=style.bold, unread="string-missing")
        text = book.strings[at]
    else:
        text = _unescaped(value)
    return _Content(numfmt.text_shown(text, style.code), bold=style.bold) if text else None


def _numeric(book: _Book, value: str, style: _Style) -> _Content:
    number = exact(value)
    if number is None:
        return _Content(value, bold=style.bold)
    text = numfmt.shown(number, style.code, since_1904=book.since_1904)
    return _Content(text, None if style.is_date else number, bold=style.bold)


def exact(value: str) -> Decimal | None:
    """Return the number that a sheet means: the shortest decimal of the stored double, to 15 digits at most.

    >>> exact("0.38500000000000001"), exact("0.30000000000000004")
    (Decimal('0.385'), Decimal('0.3'))
    """
    try:
        double = float(value)
    except ValueError:
        return None
    if not math.isfinite(double):
        return None
    number = _PRECISE.create_decimal(repr(double)).normalize()
    return Decimal(f"{number:f}")


# -- the grid -------------------------------------------------------------------------------------------------


def _grid(book: _Book, sheet: _Sheet, number: int, most: int) -> tuple[Grid, int]:
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
        place = Place(source=book.marked, sheet=sheet.title)
        sheet.unread.append(Unread(code="spans-cut", raw=str(cut), place=(place,)))
    merged = {(s.row, s.column): s for s in fit[len(bounds) :]}
    _drop_covered(sheet, merged)
    out = [_spanning(book, sheet, at, merged.get(at)) for at in sorted({*cells, *merged})]
    name = Words.at(sheet.title, Place(source=book.marked, sheet=sheet.title))
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


def _spanning(book: _Book, sheet: _Sheet, at: tuple[int, int], slot: Slot | None) -> Cell:
    """Return the cell at a place with its span; merged cells that hold nothing are cells too."""
    cell = sheet.cells.get(at)
    if cell is None:
        reference = f"{column_letters(at[1])}{at[0] + 1}"
        place = Place(source=book.marked, sheet=sheet.title, range=reference)
        cell = Cell(*at, Words.at("", place), hidden=sheet.hidden)
    if slot is None:
        return cell
    return Cell(
        cell.row, cell.column, cell.words, slot.rowspan, slot.colspan,
        number=cell.number, formula=cell.formula, hidden=cell.hidden, bold=cell.bold,
    )  # fmt: skip
