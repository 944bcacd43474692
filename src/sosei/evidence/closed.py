"""締めた期間. What of an entry a count of a closed period reads: that part must stay as it is; the rest may be corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sosei.evidence.measures.entries import Record, Register
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.spans import asked_of_entries

#: Columns that measures look at, by the stage by which they count (None: by the entry's own day, or its year).
Asks = Mapping[str | None, frozenset[str]]


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


def asks_of(register: str, measures: Iterable[Measure]) -> Asks:
    """Return what measures ask of the entries of a register beside whose they are and of which days."""
    found: dict[str | None, frozenset[str]] = defaultdict(frozenset)
    for measure in measures:
        if register in measure.registers:
            found[measure.stage] |= asked_of_entries(measure)
    return found


def within(
    record: Record | None, register: Register, asks: Asks, *, whose: bool = True
) -> Within | None:
    """Return what of an entry lies in the closed period; None: nothing. `whose`: also whose it is.

    So who joined before may leave after, an application of before may be decided after, and a note may be mended: what
    is counted up to the closed day is the same.
    """
    if record is None:
        return None
    if register.kind == "survey":
        answers = record.year in register.closed_years
        return _seen(record, register, date.max, asks, whose=whose) if answers else None
    until = register.closed_until
    if until is None or not any(day <= until for day in _days(record, register)):
        return None
    return _seen(record, register, until, asks, whose=whose)


def _days(record: Record, register: Register) -> Iterable[date]:
    """Return the days by which an entry counts; of a member of whom no day is known, ever since."""
    if register.kind == "case":
        return record.stages.values()
    first = record.first or (date.min if register.kind == "roster" else None)
    return () if first is None else (first,)


def _seen(record: Record, register: Register, until: date, asks: Asks, *, whose: bool) -> Within:
    stages = tuple((name, day) for name, day in record.stages.items() if day <= until)
    asked = {column for stage in (None, *dict(stages)) for column in asks.get(stage, ())}
    # The last day of a figure says whether it belongs to a year, and which is the latest, however late it is. Who leaves on
    # the closed day is counted on it, as who leaves later or never.
    stays = register.kind == "series" or (record.last is not None and record.last < until)
    return Within(
        subject=record.subject if whose else None, first=record.first, year=record.year, size=record.size,
        last=record.last if stays else None, stages=stages,
        values=tuple((name, one) for name, one in sorted(record.values.items()) if name in asked),
    )  # fmt: skip
