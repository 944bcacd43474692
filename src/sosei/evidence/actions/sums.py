"""控えた合計を保つ. Brings the kept sums of every measure right in the act that writes what they are counted from.

What one entry, or one subject with all his entries, gives to a measure is taken out as it was and put in as it is. What
cannot be put together from such parts is marked, and counted anew when it is next asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from django.db import connection

from sosei.evidence import models as m
from sosei.evidence.actions.store import Moved
from sosei.evidence.codec import scaled
from sosei.evidence.kept import Kept, Sums, everything, kept_of
from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.measures.shares import (
    compiled,
    shares,
)
from sosei.evidence.stored import (
    attributes_of,
    records_of,
)

#: Beyond so many subjects it is faster to count a measure anew than to take them one by one.
MANY: Final = 2000


def moved(body: str, change: Moved) -> None:
    """Bring the sums right after entries of a register were written."""
    for one in kept_of(body, register=change.register):
        if one.way == "recount":
            _mark(one)
        elif one.way == "entry":
            _add(one, _by_entry(one, change))
        else:
            _by_subject(one, change)


def _by_entry(one: Kept, change: Moved) -> Sums:
    who = _subjects(change)
    known = attributes_of(one.row.body, one.attributes, who if len(who) <= MANY else None)
    found: Sums = defaultdict(lambda: (0, 0))
    give = compiled(one.tree, one.kinds)
    for records, sign in ((change.before, -1), (change.after, 1)):
        for record in records:
            for cell, n, total in give(record, known.get(record.subject or 0, ())):
                count, whole = found[cell]
                found[cell] = count + sign * n, whole + sign * scaled(total)
    return found


def _by_subject(one: Kept, change: Moved) -> None:
    who = _subjects(change)
    if len(who) > MANY:
        recount(one)
        return
    known = attributes_of(one.row.body, one.attributes, who)
    now = _slices(one, who)
    for subject in who:
        before = _without(now[subject], change, subject)
        _add(one, _difference(one, before, now[subject], known[subject], known[subject]))


def _subjects(change: Moved) -> set[int]:
    return {
        record.subject for record in (*change.before, *change.after) if record.subject is not None
    }


def _slices(one: Kept, who: Collection[int]) -> dict[int, list[Record]]:
    """Return all entries of some subjects in the registers of a measure, as they now are."""
    found: dict[int, list[Record]] = {subject: [] for subject in who}
    for record in records_of(one.registers.values(), subject__in=who):
        found[record.subject or 0].append(record)
    return found


def _without(now: Sequence[Record], change: Moved, subject: int) -> list[Record]:
    """Return the entries of a subject as they were before the change."""
    after = {record.id for record in change.after if record.subject == subject}
    left = [r for r in now if r.register != change.register or r.id not in after]
    return left + [record for record in change.before if record.subject == subject]


def _difference(
    one: Kept, before: Sequence[Record], after: Sequence[Record],
    was: Sequence[Attribute], now: Sequence[Attribute],
) -> Sums:  # fmt: skip
    found: Sums = defaultdict(lambda: (0, 0))
    for records, known, sign in ((before, was, -1), (after, now, 1)):
        for cell, share in shares(one.tree, one.kinds, records, known).items():
            n, total = found[cell]
            found[cell] = n + sign * share.n, total + sign * scaled(share.total)
    return found


def became(body: str, subject: int, name: str, was: Sequence[Attribute]) -> None:
    """Bring the sums right after an attribute of a subject was written; `was`: all values of it before."""
    for one in kept_of(body, attribute=name):
        if one.way == "recount":
            _mark(one)
            continue
        now = attributes_of(body, one.attributes, [subject])[subject]
        before = [attribute for attribute in now if attribute.name != name] + list(was)
        own = _slices(one, [subject])[subject]
        for records in [own] if one.way == "subject" else [[record] for record in own]:
            _add(one, _difference(one, records, records, before, now))


def recount(one: Kept) -> None:
    """Count a measure anew, from the first entry to the last, and keep the sums. Must be alone with the body's book."""
    m.Tally.objects.filter(measure=one.row).delete()
    _add(one, everything(one))
    m.Standing.objects.update_or_create(
        measure=one.row, defaults={"version": one.row.stamp, "dirty": one.way == "recount"}
    )


def _add(one: Kept, sums: Sums) -> None:
    """Add to the kept sums."""
    rows = [
        (one.row.pk, cell.year, cell.cell, n, total)
        for cell, (n, total) in sums.items()
        if n or total
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)


_ADD: Final = (
    "INSERT INTO evidence_tally (measure_id, year, cell, n, total) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT (measure_id, year, cell) DO UPDATE SET "
    "n = evidence_tally.n + excluded.n, total = evidence_tally.total + excluded.total"
)


def _mark(one: Kept) -> None:
    m.Standing.objects.update_or_create(
        measure=one.row, defaults={"version": one.row.stamp, "dirty": True}
    )


def forget(row: m.Measure) -> None:
    """Drop the kept sums of a measure that is no longer there."""
    m.Tally.objects.filter(measure=row).delete()
    m.Standing.objects.filter(measure=row).delete()
