"""登録の書き出し. The entries of a register as a sheet that can be corrected and imported again; never who a person is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, recorder
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record
from sosei.evidence.queries.asking import Asked, where
from sosei.evidence.refusals import NoSuchRow, TooManyRows
from sosei.evidence.sheets.columns import Column, columns_of
from sosei.evidence.stored import kind

#: What a cell says; days and numbers as such.
Value = str | int | Decimal | bool | date | None
#: Rows that are written at once.
MOST: Final = 200_000
#: Of a series a span is written by its two days alone.
_LEFT_OUT: Final = frozenset(("year", "month"))


def exported_columns(of: RegisterKind) -> tuple[Column, ...]:
    """Return the columns that are written: the number first, nothing of who a person is or what is declared personal."""
    columns = [one for one in columns_of(of) if not one.personal]
    if of.kind == "series":
        columns = [one for one in columns if one.key not in _LEFT_OUT]
    return tuple(sorted(columns, key=lambda one: one.key != "entry"))


def exported(body: str, register: int, asked: Asked) -> tuple[tuple[Column, ...], Iterator[list[Value]]]:  # fmt: skip
    """Return the columns and the rows of the entries that are asked for, by number. Raises NoSuchRow, TooManyRows."""
    row = m.Register.objects.filter(body=body, pk=register, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="台帳", number=register)
    found = m.Entry.objects.filter(m.entries.CURRENT, register=row).filter(where(row, asked))
    if found.order_by().values("pk")[: MOST + 1].count() > MOST:
        raise TooManyRows(limit=f"{MOST:,}")
    of = kind(row)
    columns = exported_columns(of)
    rows = found.order_by("number").values_list(*CONTENT, "subject__name", "subject__number")
    return columns, _rows(of, columns, rows.iterator(chunk_size=2000))


def _rows(
    of: RegisterKind, columns: tuple[Column, ...], rows: Iterator[tuple[Any, ...]]
) -> Iterator[list[Value]]:
    read = recorder(of)
    says = [_reader(of, column) for column in columns]
    for row in rows:
        record = read(row)
        whom = {"who": row[-2], "number": row[-1]}
        yield [say(record, whom) for say in says]


def _reader(of: RegisterKind, column: Column) -> Callable[[Record, Mapping[str, Any]], Value]:
    """Return what gives a column's value of an entry."""
    if column.field is not None:
        field = column.field
        return lambda record, _: record.values.get(field)
    if column.stage is not None:
        stage = column.stage
        return lambda record, _: record.stages.get(stage)
    if column.key in ("who", "number"):
        return lambda _, whom: whom[column.key]
    return _CORE[column.key]


_CORE: Final[Mapping[str, Callable[[Record, Mapping[str, Any]], Value]]] = {
    "entry": lambda record, _: record.id,
    "first": lambda record, _: record.first,
    "last": lambda record, _: record.last,
    "year": lambda record, _: None if record.year is None else f"{record.year}年度",
    "size": lambda record, _: record.size,
}
