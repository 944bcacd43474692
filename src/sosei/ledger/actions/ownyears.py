"""その年度の報告書. A figure lies once, on a year of its indicator, and every report that shows the year says it.

So whoever writes it from another year's report asks that year's own report too. Until that one is published, its locks
hold. Once it is published, what becomes known late is recorded all the same, with a reason: the edition stays as it was
frozen, and the book goes on. While it is being corrected, only what the correction names may change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from sosei.core.errors import NoReason
from sosei.journal.acts import Act
from sosei.ledger import models as m
from sosei.ledger.actions.locks import locked
from sosei.ledger.queries.facts import home_year
from sosei.ledger.queries.locks import locks_in
from sosei.offices.models import Person

_CHUNK: Final = 5_000


def require_own_years(
    w: Act, by: Person, *, besides: Collection[int], reason: str, what: str
) -> None:
    """Refuse figures that an act wrote over the head of the reports whose own they are.

    `besides`: entries whose locks were asked already. `reason`: the person's. `what`: what was changed, for a sentence.
    Call it after the last write: the act is undone where it is refused. Raises Locked, NoReason.
    """
    owners = {row.pk: row for row in _owners(w) if row.pk not in besides}
    held = m.ProjectYear.objects.select_for_update().filter(pk__in=owners)
    by_volume: dict[m.Volume, list[m.ProjectYear]] = {}
    for row in held.order_by("volume__fiscal_year", "pk"):
        by_volume.setdefault(owners[row.pk].volume, []).append(row)
    for volume, rows in by_volume.items():
        locks = locks_in(volume, by, entries=rows)
        for row in rows:
            why = locks.of(row.pk, "value")
            if why is not None and why.cause != "published":
                raise locked(row, why, of=volume)
            if volume.stage == "published" and not reason.strip():
                raise NoReason(what=f"{what}（{volume.called()}は公表済み）")


def _owners(w: Act) -> Iterator[m.ProjectYear]:
    """Yield the entries whose own the figures are that an act wrote; their volumes with them."""
    written: dict[str, set[int]] = {}
    for table, pk, _, _ in w.rows:
        written.setdefault(table, set()).add(pk)
    points: set[int] = set()
    definitions: set[int] = set()
    figures = sorted(written.get(m.Value.table(), ()))
    for i in range(0, len(figures), _CHUNK):  # a whole report has more than a query may name
        values = m.Value.objects.filter(pk__in=figures[i : i + _CHUNK])
        for point, definition in values.values_list("point", "of_definition"):
            (definitions if point is None else points).add(point or definition or 0)
    yield from _of_points(points - written.get(m.Point.table(), set()))
    yield from _of_definitions(definitions - written.get(m.Definition.table(), set()))


def _of_points(points: Collection[int]) -> Iterator[m.ProjectYear]:
    """Yield the entries in whose reports these are the report's own year: what is planned there belongs to the next."""
    rows = m.Shown.objects.filter(
        point__in=points, point__fiscal_year__isnull=False, point__label__isnull=True,
        voided__isnull=True, line__voided__isnull=True, line__entry__voided__isnull=True,
        line__entry__volume__voided__isnull=True,
    ).exclude(line__entry__kind="plan")  # fmt: skip
    for row in rows.select_related("point", "line__entry__volume"):
        if row.point.fiscal_year == home_year(row.line.entry):
            yield row.line.entry


def _of_definitions(definitions: Collection[int]) -> Iterator[m.ProjectYear]:
    """Yield the entries that go by these definitions."""
    rows = m.Line.objects.filter(
        definition__in=definitions, voided__isnull=True, entry__voided__isnull=True,
        entry__volume__voided__isnull=True,
    )  # fmt: skip
    for row in rows.select_related("entry__volume"):
        yield row.entry
