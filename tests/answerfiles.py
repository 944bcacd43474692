"""回答ファイル. Fills the answer form as a department does, and alters it as offices do."""

import csv
import io
import re

import openpyxl
from openpyxl.utils import get_column_letter

from sosei.core.inquiry import AnswerSheet
from sosei.publishing.inquiry import workbook
from sosei.publishing.inquiry.frame import ENTRY, EXPECTED, ID, NOTE

#: What is filled into one question: the cell, the day it is expected, the remark.
Fill = dict[str, object]


def filled(sheet: AnswerSheet, fill: Fill, *, by: str | None = None):
    """The form as an open workbook; `fill` maps keys to a cell's value or to (value, expected, note)."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheet)))
    page = book.worksheets[0]
    for row in range(1, page.max_row + 1):
        found = re.fullmatch(r"[^:]+:(.+)", str(page.cell(row, ID + 1).value or ""))
        if found and found[1] == "@by" and by:
            page.cell(row, 5).value = by
        if found and found[1] in fill:
            put(page, row, fill[found[1]])
    return book


def put(page, row, given):
    value, expected, note = given if isinstance(given, tuple) else (given, None, None)
    page.cell(row, ENTRY + 1).value = value
    if expected is not None:
        page.cell(row, EXPECTED + 1).value = expected
    if note is not None:
        page.cell(row, NOTE + 1).value = note


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def values(book) -> list[list[object]]:
    """The first sheet's cells as plain values, merged ones and formulas (never calculated here) empty."""
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [[None if str(cell).startswith("=") else cell for cell in row] for row in rows]


def pasted(rows, *, title="Sheet1") -> bytes:
    """A new workbook with these values and nothing else."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def without_ids(rows) -> list[list[object]]:
    """The values without the two hidden columns."""
    return [row[2:] for row in rows]


def shown(value) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def as_csv(rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[shown(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_tsv(rows) -> bytes:
    lines = ["\t".join(shown(v).replace("\n", " ") for v in row) for row in rows]
    return "\r\n".join(lines).encode("cp932", "replace")


def as_html(rows) -> bytes:
    cells = ["<tr>" + "".join(f"<td>{shown(v)}</td>" for v in row) + "</tr>" for row in rows]
    return f"<html><body><table>{''.join(cells)}</table></body></html>".encode()


def as_docx(rows) -> bytes:
    import docx

    width = max(len(row) for row in rows)
    document = docx.Document()
    document.add_paragraph("実績照会への回答")
    table = document.add_table(rows=0, cols=width)
    for row in rows:
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=False):
            cell.text = shown(value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def column(index: int) -> str:
    return get_column_letter(index + 1)
