"""書類の付く所. What an official attaches documents to: an entry, a closing, a batch; and what is offered to be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sosei.core.fiscal import FiscalYear
from sosei.evidence import models as m
from sosei.evidence.actions.documents import Of
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record
from sosei.evidence.papers.words import Level, is_about_persons, level_of
from sosei.evidence.queries.registers import EntryRow, history
from sosei.evidence.refusals import NoSuchRow
from sosei.journal.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """書類の付く所. `open`: something may be attached; `year`: the fiscal year it is of; `row`: of an entry, its content.

    `until`, `closed_year`: of a closing. `source`, `way`: of a batch.
    """

    of: Of
    open: bool
    year: int
    personal: bool
    level: Level
    row: EntryRow | None = None
    until: date | None = None
    closed_year: int | None = None
    source: str | None = None
    way: str = ""


def entry_place(body: str, kind: RegisterKind, register: int, number: int) -> Place:
    """Return an entry, as documents are attached to it. Raises NoSuchRow."""
    row = history(body, register, number)[0]
    personal = row.person or is_about_persons(kind)
    return Place(
        of=Of(register=register, number=number), open=not row.gone, year=_year(row.record), personal=personal,
        level=level_of(kind, personal), row=row,
    )  # fmt: skip


def closing_register(body: str, pk: int) -> int:
    """Return of which register a closing is. Raises NoSuchRow."""
    return _closing(body, pk).register_id


def batch_register(body: str, pk: int) -> int:
    """Return of which register a batch is. Raises NoSuchRow."""
    return _batch(body, pk).register_id


def _closing(body: str, pk: int) -> m.Closing:
    row = m.Closing.objects.filter(body=body, pk=pk).first()
    if row is None:
        raise NoSuchRow(what="締め", number=pk)
    return row


def _batch(body: str, pk: int) -> m.Batch:
    row = m.Batch.objects.filter(body=body, pk=pk).first()
    if row is None:
        raise NoSuchRow(what="登録の束", number=pk)
    return row


def closing_place(body: str, kind: RegisterKind, pk: int) -> Place:
    """Return a closing, also one that was taken back, as documents are attached to it. Raises NoSuchRow."""
    row = _closing(body, pk)
    year = row.year if row.year is not None else _fiscal(row.until)
    return Place(
        of=Of(register=row.register_id, closing=row.pk), open=row.voided is None, year=year, personal=False,
        level=level_of(kind, False), until=row.until, closed_year=row.year,
    )  # fmt: skip


def batch_place(body: str, kind: RegisterKind, pk: int) -> Place:
    """Return a batch, as documents are attached to it. Raises NoSuchRow."""
    row = _batch(body, pk)
    personal = is_about_persons(kind)
    return Place(
        of=Of(register=row.register_id, batch=row.pk), open=True, year=FiscalYear.of(today()).start, personal=personal,
        level=level_of(kind, personal), source=row.source, way=row.way,
    )  # fmt: skip


def _year(record: Record) -> int:
    """Return the fiscal year of an entry: a survey's own, else that of its last stage, or its day."""
    if record.year is not None:
        return record.year
    return _fiscal(max(record.stages.values(), default=None) or record.first)


def _fiscal(day: date | None) -> int:
    now = FiscalYear.of(today()).start
    return min(FiscalYear.of(day).start, now) if day is not None else now
