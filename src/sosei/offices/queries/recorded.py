"""だれがいつ. By which line of the journal, when and by whom rows of the book were written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sosei.journal.models import Entry, Fact, Past
from sosei.offices.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """記録. When, by whom (None: the program itself, or not known; `person`: his number), by which line of the journal."""

    at: datetime
    by: str | None = None
    seq: int | None = None
    person: int | None = None


def recorded(rows: Collection[Fact]) -> dict[int, Recorded]:
    """Return of rows of one table who first wrote each; at most 5 queries.

    Several acts of one moment are told apart by the rows that they wrote.
    """
    return _told(rows, first_written(rows), dict.fromkeys((row.pk for row in rows), 1))


def last_recorded(rows: Collection[Fact]) -> dict[int, Recorded]:
    """Return of rows of one table who wrote what each now says, also that it is void; at most 3 queries."""
    return _told(rows, {row.pk: row.since for row in rows}, {row.pk: row.stamp for row in rows})


def _told(
    rows: Collection[Fact], moments: Mapping[int, datetime], stamps: Mapping[int, int]
) -> dict[int, Recorded]:
    if not rows:
        return {}
    table = next(iter(rows)).table()
    lines = _lines(next(iter(rows)).body, moments)
    found = {
        pk: _line(lines.get(moment, []), [table, pk, stamps[pk]]) for pk, moment in moments.items()
    }
    names = dict(
        Person.objects.filter(pk__in={e.by for e in found.values() if e and e.by}).values_list(
            "pk", "name"
        )
    )
    return {pk: _recorded(moments[pk], entry, names) for pk, entry in found.items()}


def first_written(rows: Collection[Fact]) -> dict[int, datetime]:
    """Return when the first content of each row of one table was written; at most 1 query.

    A row that was changed since has it in its past.
    """
    found = {row.pk: row.since for row in rows}
    changed = {row.pk for row in rows if row.stamp > 1}
    if changed:
        table = next(iter(rows)).table()
        pasts = Past.objects.filter(table=table, row__in=changed, stamp=1)
        found |= dict(pasts.values_list("row", "since"))
    return found


def _lines(body: str, begun: Mapping[int, datetime]) -> dict[datetime, list[Entry]]:
    """Return the lines of some moments; with the rows that they wrote where there are several of one moment."""
    found: dict[datetime, list[Entry]] = defaultdict(list)
    lines = Entry.objects.filter(body=body, at__in=set(begun.values()))
    for entry in lines.defer("rows", "facts").order_by("seq"):
        found[entry.at].append(entry)
    several = [entry.seq for each in found.values() if len(each) > 1 for entry in each]
    if several:
        wrote = dict(
            Entry.objects.filter(body=body, seq__in=several).values_list("seq", "rows")
        )  # fmt: skip
        for each in found.values():
            for entry in each:
                entry.rows = wrote.get(entry.seq, [])
    return found


def _line(entries: list[Entry], written: list[Any]) -> Entry | None:
    """Return the line that wrote a content of a row; where several are of its moment, the one that says so."""
    if len(entries) == 1:
        return entries[0]
    return next((e for e in entries if written in [w[:3] for w in e.rows]), None)


def _recorded(at: datetime, entry: Entry | None, names: Mapping[int, str]) -> Recorded:
    if entry is None:
        return Recorded(at=at)
    return Recorded(at=at, by=names.get(entry.by or 0), seq=entry.seq, person=entry.by)
