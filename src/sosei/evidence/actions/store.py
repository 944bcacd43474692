"""登録を書く. Contents of entries, as one batch: numbered, proven, and put in the place of what they replace.

Written by plain statements, many at once: a year's import is hundreds of thousands of rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Max

from sosei.evidence import models as m
from sosei.evidence import proof
from sosei.evidence.closed import asks_of, within
from sosei.evidence.codec import CONTENT, REACHED, Row, recorder
from sosei.evidence.measures.entries import Record
from sosei.evidence.nameless import nameless_origin
from sosei.evidence.parts import parts
from sosei.evidence.refusals import NoSuchRow, PeriodClosed
from sosei.evidence.stored import closed, kind, measures_of
from sosei.journal.acts import Act

_NUMBER: Final = CONTENT.index("number")
_GONE: Final = CONTENT.index("gone")
_MORE: Final = CONTENT.index("more")
_COLUMNS: Final = ("body", "batch_id", "register_id", "since", *CONTENT)


@dataclass(frozen=True, slots=True)
class Moved:
    """動いたもの. What entries of a register said before and say now by a batch: what the sums are brought right by."""

    register: m.Register
    batch: int
    before: Sequence[Record]
    after: Sequence[Record]


def next_number(register: m.Register) -> int:
    """Return the number of the next new entry; numbers are never used twice."""
    last = m.Entry.objects.filter(register=register).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def write(
    w: Act, register: m.Register, rows: Sequence[Row], *, replaced: Sequence[Row] = (), **batch: Any
) -> tuple[m.Batch, Moved]:
    """Write contents, in the order of their numbers; `replaced`: those in whose place they come.

    Raises PeriodClosed where one says something else of a period that is closed. Whose entries are may change by making
    two subjects one (`way`: merge): what that does to answers, whoever does it asks (`steady`).
    """
    read = recorder(kind(register))
    before = [read(row) for row in replaced if not row[_GONE]]
    after = [read(row) for row in rows if not row[_GONE]]
    require_open(register, before, after, whose=batch.get("way") != "merge")
    plain = list(map(_plainly(), rows))
    marks = proof.marks(plain)
    batch = nameless_origin(batch) if kind(register).holds_persons else batch
    private = _with_private(register, [row[_NUMBER] for row in rows if not row[_GONE]])
    made = w.add(
        m.Batch(
            register=register, rows=len(rows), marks=marks, digest=proof.digest(marks), private=private, **batch
        )
    )  # fmt: skip
    _end(register, [row[_NUMBER] for row in replaced], w.at)
    _insert(made, plain, w.at)
    return made, Moved(register, made.pk, before, after)


def current(register: m.Register, numbers: Iterable[int]) -> list[Row]:
    """Return the contents in force of some entries, in the order of their numbers. Raises NoSuchRow."""
    wanted = sorted(set(numbers))
    found: list[Row] = []
    for part in parts(wanted):
        rows = m.Entry.objects.filter(m.entries.CURRENT, register=register, number__in=part)
        found += rows.order_by("number").values_list(*CONTENT)
    if len(found) != len(wanted):
        missing = set(wanted).difference(row[_NUMBER] for row in found)
        raise NoSuchRow(what=register.called(), number=min(missing))
    return found


def require_open(
    register: m.Register, moved_from: Sequence[Record], moved_to: Sequence[Record], *, whose: bool
) -> None:
    """See that nothing says anything else of a period that is closed. Raises PeriodClosed."""
    state = closed([register])[register.key]
    if state.closed_until is None and not state.closed_years:
        return
    asks = asks_of(register.key, measures_of(register.body))
    before = {one.id: within(one, state, asks, whose=whose) for one in moved_from}
    after = {one.id: within(one, state, asks, whose=whose) for one in moved_to}
    moved = [
        one
        for number in before.keys() | after.keys()
        if (was := before.get(number)) != (now := after.get(number))
        for one in (was, now)
    ]
    if moved:
        years = {one.year for one in moved if one is not None and one.year in state.closed_years}
        raise PeriodClosed(register=register.called(), until=state.closed_until, years=years or state.closed_years)  # fmt: skip


def _with_private(register: m.Register, numbers: Sequence[int]) -> list[list[int]]:
    """Return of which entries something is kept in personal fields, which stand apart: so that its loss is found."""
    if not kind(register).personal:
        return []
    rows = m.Private.objects.filter(register=register)
    found = (
        rows.filter(number__in=part).values_list("number", flat=True) for part in parts(numbers)
    )
    return proof.spans(sorted(number for part in found for number in part))


def _end(register: m.Register, numbers: Sequence[int], at: datetime) -> None:
    for part in parts(numbers):
        m.Entry.objects.filter(register=register, number__in=part, until=None).update(until=at)


def _plainly() -> Callable[[Row], Row]:
    """Return what writes the days of contents as texts: so they are digested, and fit for a plain statement."""
    days = [CONTENT.index(name) for name in ("first", "last", *REACHED)]

    def plain(row: Row) -> Row:
        found = list(row)
        for at in days:
            if (day := found[at]) is not None:
                found[at] = day.isoformat()
        return tuple(found)

    return plain


def _insert(batch: m.Batch, rows: Iterable[Row], at: datetime) -> None:
    table = connection.ops.quote_name(m.Entry._meta.db_table)
    columns = ", ".join(map(connection.ops.quote_name, _COLUMNS))
    holes = ", ".join(["%s"] * len(_COLUMNS))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({holes})"  # noqa: S608  names of our own columns alone
    head = (batch.body, batch.pk, batch.register_id, connection.ops.adapt_datetimefield_value(at))
    with connection.cursor() as cursor:
        for part in parts(rows):
            cursor.executemany(
                statement,
                [(*head, *row[:_MORE], _dumps(row[_MORE]), *row[_MORE + 1 :]) for row in part],
            )


_dumps: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
