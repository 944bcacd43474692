"""表の部屋. What tests of sheets share: registers, workbooks, and reading a block from its header to its drafts."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from sosei.evidence.kinds import RegisterKind, catalogue, kind_of
from sosei.evidence.sheets.cells import Cell
from sosei.evidence.sheets.columns import Column, columns_of
from sosei.evidence.sheets.heads import head_of
from sosei.evidence.sheets.mapping import propose
from sosei.evidence.sheets.numbers import Heard
from sosei.evidence.sheets.rows import SheetRead, read_rows
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.sources import Sheet, pasted
from sosei.evidence.sheets.values import reader_of


def register(key: str) -> RegisterKind:
    """Return a kind of the catalogue."""
    return catalogue()[key]


def made(kind: str = "log", subject: str = "none", **more: Any) -> RegisterKind:
    """Return a register that a city might make."""
    return kind_of(
        "made", {"kind": kind, "ja": "台帳", "en": "Register", "subject": subject, **more}
    )


def read(kind: RegisterKind, source: str | Sheet, **how: Any) -> SheetRead:
    """Read a block or a sheet as a person would who takes what is proposed."""
    sheet = pasted(source) if isinstance(source, str) else source
    columns = columns_of(kind)
    head = head_of(sheet.top(), columns)
    assert head is not None, "no header found"
    mapping = propose(head.names, sheet.top()[head.data :], columns, unit=head.unit)
    assert not mapping.doubts, [doubt.ja for doubt in mapping.doubts]
    return read_rows(
        kind, mapping, sheet.rows(head.data), start_row=head.data + 1, sheet=sheet.name, **how
    )


def block(*rows: Sequence[str]) -> str:
    """Return rows as a spreadsheet puts them on the clipboard."""
    return "".join("\t".join(row) + "\r\n" for row in rows)


def workbook(fill: Any) -> bytes:
    """Return a workbook that a function fills, given the workbook and a sheet 「名簿」."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book, book.add_worksheet("名簿"))
    book.close()
    return out.getvalue()


def my_number(eleven: str) -> str:
    """Return an Individual Number: eleven digits and the one that checks them (weights 2 to 7, 2 to 6 from the right)."""
    weights = [2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6]
    rest = sum(int(d) * w for d, w in zip(reversed(eleven), weights, strict=True)) % 11
    return eleven + str(0 if rest <= 1 else 11 - rest)


def corporate_number(twelve: str) -> str:
    """Return a corporate number: the digit that checks twelve others, and these."""
    total = sum(int(d) * (1 if n % 2 == 0 else 2) for n, d in enumerate(reversed(twelve)))
    return str(9 - total % 9) + twelve


def value(
    type_: str, cell: Cell, *, fiscal_year: int | None = None, factor: str = "1", **column: Any
) -> Any:
    """Return what a cell is read as in a column of a type."""
    read = reader_of(
        Column(key="x", ja="欄", en="Column", type=type_, of="log", **column),
        fiscal_year=fiscal_year, factor=Decimal(factor), heard=Heard(),
    )  # fmt: skip
    return read(cell)


def wrong(type_: str, cell: Cell, **how: Any) -> str:
    """Return what is said of a cell that cannot be read."""
    with pytest.raises(Wrong) as caught:
        value(type_, cell, **how)
    return caught.value.at("A1", column="欄", column_en="Column").sentence()
