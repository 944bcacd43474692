"""調査票の試験室. Survey sheets of the small office, filled in as a firm would with openpyxl."""

import io
import zipfile
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from registerroom import Room
from sosei.evidence.actions.returned import check_returned, enter_returned, hand_in
from sosei.evidence.queries.sheetsout import Sheet, Words, sheets_made, sheets_page

WORDS = Words(
    purpose="市の事業の成果を確かめるために伺います。",
    due=date(2022, 6, 10),
    contact="ものづくり推進課 000-0000",
)


def made(office: Room, year: int = 2021, register: Any = None) -> dict[str, Sheet]:
    """Make the sheets of a survey; by the names of the firms."""
    page = sheets_page(office.town.planner.body, (register or office.hires).pk, year)
    sheets = sheets_made(page, [row.subject for row in page.firms], WORDS)
    return {sheet.whom: sheet for sheet in sheets}


def opened(data: bytes) -> Worksheet:
    """Open a sheet."""
    return load_workbook(io.BytesIO(data))["回答票"]


def cell_of(page: Worksheet, label: str) -> Any:
    """Return the cell to be filled of a question."""
    return next(page.cell(row[0].row, 5) for row in page.iter_rows() if row[2].value == label)


def filled(data: bytes, said: dict[str, Any], note: str = "") -> bytes:
    """Fill a sheet in."""
    page = opened(data)
    for label, value in said.items():
        cell_of(page, label).value = value
    if note:
        at = next(
            row[1].row for row in page.iter_rows() if str(row[1].value or "").startswith("連絡欄")
        )
        page.cell(at + 1, 2).value = note
    return saved(page)


def saved(page: Worksheet) -> bytes:
    """Return its workbook's bytes."""
    out = io.BytesIO()
    page.parent.save(out)
    return out.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    """Put files into a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, data in files.items():
            kept.writestr(name, data)
    return out.getvalue()


def checked(office: Room, files: dict[str, bytes], year: int = 2021, register: Any = None):
    """Hand files in and look at them: the upload and what it would do."""
    row = (register or office.hires).pk
    upload = hand_in(by=office.town.officer, register=row, files=list(files.items()))
    return upload, check_returned(by=office.town.officer, register=row, year=year, upload=upload)


def brought(office: Room, files: dict[str, bytes], year: int = 2021, register: Any = None):
    """Hand files in and enter what is good."""
    upload, seen = checked(office, files, year, register)
    row = (register or office.hires).pk
    return enter_returned(
        by=office.town.officer, register=row, year=year, upload=upload, seen=seen.mark
    )
