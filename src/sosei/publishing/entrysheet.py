"""登録の表. Entries of a register as XLSX and CSV: days and numbers as such, texts as texts, whatever they look like."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from sosei.core.fields import Lang
from sosei.publishing.book import Book, put, width

Value = str | int | Decimal | bool | date | None
_ANSWERS: Final = {True: "はい", False: "いいえ"}
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: Rows by which the widths of columns are chosen.
_LOOKED: Final = 200
#: Digits that a workbook's number keeps.
_DIGITS: Final = 15


def xlsx_of(title: str, names: Sequence[str], rows: Iterable[Sequence[Value]], lang: Lang) -> bytes:
    """Return entries as a workbook of one sheet, its heading row frozen."""
    book = Book(lang)
    sheet = book.sheet(_plain_title(title))
    head = book.format(bold=True, text_wrap=True, bottom=1)
    text, day, figure = book.format(num_format="@"), book.format(num_format="yyyy-mm-dd"), book.format(num_format="#,##0.####")  # fmt: skip
    whole = book.format(num_format="0")
    for column, name in enumerate(names):
        put(sheet, 0, column, name, head)
    widths = [[name] for name in names]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if number <= _LOOKED:
                widths[column].append(_text(value))
            if isinstance(value, bool) or not isinstance(value, int | Decimal | date):
                if value is not None and value != "":
                    put(sheet, number, column, _text(value), text)
            elif isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, Decimal) and len(value.as_tuple().digits) > _DIGITS:
                put(sheet, number, column, _text(value), text)
            else:
                put(sheet, number, column, Decimal(value), figure if _is_broken(value) else whole)
    for column, texts in enumerate(widths):
        sheet.set_column(column, column, width(texts))
    sheet.freeze_panes(1, 1)
    return book.finish()


def csv_of(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return entries as CSV (UTF-8 with its mark, which Excel knows it by); a text that looks like a formula gets a quote."""
    out = io.StringIO(newline="")
    written = csv.writer(out)
    written.writerow([harmless(name) for name in names])
    for row in rows:
        written.writerow([harmless(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def harmless(value: Value) -> str:
    """Return a cell of CSV: a text that a spreadsheet would take for a formula gets a quote before it."""
    text = _text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _ANSWERS[value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _is_broken(value: int | Decimal) -> bool:
    return isinstance(value, Decimal) and value != value.to_integral_value()


def _plain_title(title: str) -> str:
    """Return a title as a sheet may have it."""
    return "".join(ch for ch in title if ch not in "[]:*?/\\'")[:31] or "1"
