"""手続の歩み. The steps of entries and volumes: who, from where to where, when, why, in whose stead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from sosei.ledger import models as m


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """手続の一歩. Who moved it from where to where, when, why, and in whose stead."""

    verb: str
    came_from: str
    went_to: str
    reason: str | None
    person: str
    instead: str | None
    at: datetime
    by: frozenset[int] = frozenset()


def last_steps(entries: Collection[int]) -> dict[int, StepRow]:
    """Return the last step of entries, by entry. One query."""
    newest = (
        m.Step.objects.filter(entry__in=list(entries), voided__isnull=True)
        .values("entry").annotate(newest=Max("pk")).values("newest")
    )  # fmt: skip
    rows = m.Step.objects.filter(pk__in=newest).select_related("person", "instead_of")
    return {row.entry_id: _step(row) for row in rows if row.entry_id is not None}


def _step(row: m.Step) -> StepRow:
    return StepRow(
        verb=row.verb, came_from=row.came_from, went_to=row.went_to, reason=row.reason,
        person=row.person.name, instead=row.instead_of.name if row.instead_of else None,
        at=row.since, by=frozenset({row.person_id, row.instead_of_id or row.person_id}),
    )  # fmt: skip


def steps_of(entry: int) -> tuple[StepRow, ...]:
    """Return the steps of an entry, the latest first. One query."""
    rows = m.Step.objects.filter(entry=entry, voided__isnull=True)
    return tuple(map(_step, rows.select_related("person", "instead_of").order_by("-pk")))


def steps_of_volume(volume: int) -> tuple[StepRow, ...]:
    """Return the steps of a volume itself, the latest first. One query."""
    rows = m.Step.objects.filter(volume=volume, entry=None, voided__isnull=True)
    return tuple(map(_step, rows.select_related("person", "instead_of").order_by("-pk")))
