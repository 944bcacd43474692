"""締めた期間. What of an entry lies in a period that was closed: that part must stay as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sosei.evidence.measures.entries import Record, Register


@dataclass(frozen=True, slots=True)
class Within:
    """締めた中の姿. What counting up to the closed day sees of an entry."""

    subject: int | None
    first: date | None
    last: date | None
    year: int | None
    size: int
    stages: tuple[tuple[str, date], ...]
    values: tuple[tuple[str, object], ...]


def within(record: Record | None, register: Register) -> Within | None:
    """Return what of an entry lies in the closed period; None: nothing.

    So who joined before may leave after: what was true up to the closed day is the same.
    """
    if record is None:
        return None
    if register.kind == "survey":
        return _seen(record, date.max) if record.year in register.closed_years else None
    until = register.closed_until
    if until is None:
        return None
    days = [*record.stages.values()] if register.kind == "case" else [record.first or date.min]
    return _seen(record, until) if any(day <= until for day in days) else None


def _seen(record: Record, until: date) -> Within:
    return Within(
        subject=record.subject, first=record.first, year=record.year, size=record.size,
        last=record.last if record.last is not None and record.last <= until else None,
        stages=tuple((name, day) for name, day in record.stages.items() if day <= until),
        values=tuple(sorted(record.values.items())),
    )  # fmt: skip
