"""検証. Is the book what the journal says was written, and is the journal whole?

    verdict = verify(against=[Anchor(...)])

Every line's seal is computed anew, every row's digest is compared with the last one recorded, every past content with
the one recorded when it was current. A tail that was cut shows only against something outside: an edition, a backup.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, TypeVar

from sosei.journal.chains import walk
from sosei.journal.keyring import ring
from sosei.journal.models import Chain, Entry, Fact, Past
from sosei.journal.reading import CHUNK, Broken, in_order, snapshot, sturdy
from sosei.journal.sides import Side, check
from sosei.journal.tables import facts
from sosei.journal.verdict import Anchor, Found, Lines, Verdict
from sosei.journal.written import Version, Written

T = TypeVar("T", bound=tuple[Any, ...])


def verify(body: str | None = None, against: Iterable[Anchor] | None = None) -> Verdict:
    """Verify one body's book, or all of them; `against`: what editions and backups say the journal was.

    Others may go on writing: everything is seen as it was at one moment. Memory does not grow with the book.
    """
    keys, found, anchors = ring(), Found(), list(against or ())
    with snapshot(), Written() as written:
        fits = [walk(keys, one, found, anchors, written.add) for one in _bodies(body, anchors)]
        if all(fits):
            for table in facts():
                _compare(keys, table, body, written, found)
            _unknown(written, found)
    return found.verdict()


def _bodies(body: str | None, anchors: list[Anchor]) -> list[str]:
    if body is not None:
        return [body]
    known = {anchor.body for anchor in anchors}
    known.update(Chain.objects.values_list("body", flat=True))
    known.update(Entry.objects.order_by().values_list("body", flat=True).distinct())
    return sorted(known)


def _compare(
    keys: Mapping[int, bytes], table: type[Fact], body: str | None, written: Written, found: Found
) -> None:
    """Read a table, its past and what the journal says of it side by side, in the order of the rows' numbers."""
    rows, pasts = table._base_manager.all(), Past.objects.filter(table=table.table())
    if body is not None:
        rows, pasts = rows.filter(body=body), pasts.filter(body=body)
    together = _together(written.of(table.table()), in_order(rows))
    for first, last, part in _parts(together):
        here = pasts.filter(row__gt=first)
        here = here if last is None else here.filter(row__lte=last)
        before = _by_row(sturdy(here.order_by("row", "stamp")), found)
        for number, versions, row in part:
            emptied = written.emptied(table.table(), number)
            check(keys, table, Side(number, versions, row, before.pop(number, []), emptied), found)
        for number, orphans in before.items():
            check(keys, table, Side(number, [], None, orphans), found)


def _together(
    written: Iterator[tuple[int, list[Version]]], rows: Iterator[Fact | Broken]
) -> Iterator[tuple[int, list[Version], Fact | Broken | None]]:
    """Yield each row's number with what the journal and what the table has of it."""
    said = ((number, 0, versions) for number, versions in written)
    there = ((row.key if isinstance(row, Broken) else row.pk, 1, row) for row in rows)
    merged: Iterator[tuple[int, int, Any]] = heapq.merge(said, there, key=lambda part: part[:2])
    for number, parts in groupby(merged, key=lambda part: part[0]):
        sides: dict[int, Any] = {side: found for _, side, found in parts}
        yield number, sides.get(0, []), sides.get(1)


def _parts(items: Iterator[T]) -> Iterator[tuple[int, int | None, list[T]]]:
    """Yield runs of items with the numbers between which they lie: after the first, up to the last (None: open)."""
    before, part = -1, list(islice(items, CHUNK))
    while True:
        following = list(islice(items, CHUNK))
        last = part[-1][0] if following else None
        yield before, last, part
        if last is None:
            return
        before, part = last, following


def _by_row(pasts: list[Past | Broken], found: Found) -> dict[int, list[Past]]:
    """Return past contents by the row they belong to; one that cannot be read counts as missing, and is so named."""
    grouped: dict[int, list[Past]] = {}
    for past in pasts:
        if isinstance(past, Past):
            grouped.setdefault(past.row, []).append(past)
    found.pasts += len(pasts)
    return grouped


def _unknown(written: Written, found: Found) -> None:
    """Name the tables that lines wrote to and that this program does not have."""
    known = {table.table() for table in facts()}
    for table in written.tables():
        if table not in known:
            _, versions = next(written.of(table))
            last = versions[-1]
            found.note("J15", table=table, lines=Lines(last.seq, last.seq), at=last.at)
