"""ブック. XLSX as both workbooks need it: the same bytes every time, text that stays text, widths that fit.

XlsxWriter stamps zip entries with a fixed date; the document's own date is fixed here.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sosei.core.errors import Unpublishable
from sosei.core.fields import Lang
from sosei.publishing.tables import Cell

FONT: Final = "BIZ UDPゴシック"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The most that a cell of a workbook holds.
LONGEST: Final = 32767
EPOCH: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, written without a zone
_HEADER: Final = 255
_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


#: The tallest row that a sheet allows, in points.
TALLEST: Final = 400


class CellTooLong(Unpublishable):
    """Text longer than a cell of a workbook holds."""

    code = "E302"
    ja = "「{text}」は{length}字あり、Excelのセル（{most}字まで）に入りません。CSVかJSONで書き出してください。"
    en = "“{text}” has {length} characters; a cell holds {most}. Write CSV or JSON instead."


class Book:
    """A workbook being written; formats are made once for each set of properties."""

    def __init__(self, lang: Lang) -> None:
        """Begin an empty workbook."""
        self._out = io.BytesIO()
        self.file = Workbook(self._out, dict(_PLAIN))
        self.file.set_properties({"created": EPOCH})
        self.file.set_size(2400, 1500)
        self.lang = lang
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.file.formats[0].set_font_name(FONT)
        self.file.formats[0].set_font_size(10)

    def format(self, **properties: Any) -> Format:
        """Return the format with these properties, in the book's font."""
        known = {"font_name": FONT, "font_size": 10, "valign": "vcenter", **properties}
        key = tuple(sorted(known.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format(known)
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet, ready to be printed on A4 landscape, one page wide."""
        sheet = self.file.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        return sheet

    def finish(self) -> bytes:
        """Close and return the file."""
        self.file.close()
        return self._out.getvalue()


class _NoText(str):
    """The empty text that a formula gives; a plain "" XlsxWriter leaves untyped, as if never calculated."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = str.__hash__


NO_TEXT: Final = _NoText()


def put(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    """Write a cell by its type: text as text whatever it looks like. Raises CellTooLong."""
    if cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        if _units(cell) > LONGEST:
            raise CellTooLong(text=cell, length=_units(cell), most=LONGEST)
        sheet.write_string(row, column, cell, style)
    else:
        sheet.write_number(row, column, float(cell), style)


def _units(text: str) -> int:
    """Length as Excel counts: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def number_format(cell: Cell, *, grouped: bool) -> str:
    """Return the format that shows every digit of a number: #,##0.00 for 1234.50."""
    places = max(-int(cell.as_tuple().exponent), 0) if isinstance(cell, Decimal) else 0
    whole = "#,##0" if grouped else "0"
    return f"{whole}.{'0' * places}" if places else whole


def print_titles(sheet: Worksheet, title: str, name: str, lang: Lang) -> None:
    """Repeat the heading row on every page; title and table above, page number below."""
    sheet.repeat_rows(0)
    room = (_HEADER - len(name) - 20) // 2
    sheet.set_header(f"&L&9{_escaped(title[:room])}&R&9{_escaped(name)}")
    sheet.set_footer("&C&9&P / &N" + (" ページ" if lang == "ja" else ""))


def _escaped(text: str) -> str:
    """& begins a code in a header; a digit after a size would join it."""
    return " " + text.replace("&", "&&") if text[:1].isdigit() else text.replace("&", "&&")


def width(texts: Iterable[str], *, least: float = 7, most: float = 46) -> float:
    """Return the width of a column for its texts: wide characters count two.

    >>> width(["事業の名称", "AI"])
    12.0
    """
    widest = max((columns(text) for text in texts), default=0)
    return float(min(max(widest + 2, least), most))


def lines(text: str, wide: float) -> int:
    """Return how many lines a text takes in a column of a width."""
    return max(1, -(-columns(text) // max(int(wide) - 2, 1)))


def columns(text: str) -> int:
    """Return the width of a text in narrow characters."""
    return sum(2 if unicodedata.east_asian_width(ch) in "WFA" else 1 for ch in text)
