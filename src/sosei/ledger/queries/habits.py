"""覚えた直し. What earlier corrections taught about the layouts of files, of one body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sosei.ledger import models as m
from sosei.ledger.mending import Habit


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitRow:
    """覚えた直しの一行. With who taught it, when, and by which file (its batch)."""

    habit: Habit
    by: str
    since: datetime
    batch: int
    name: str


def habits_for(body: str, layouts: Iterable[str]) -> list[Habit]:
    """Return what is known of some layouts, the oldest first; 1 query."""
    rows = m.LayoutHabit.objects.filter(body=body, layout__in=list(layouts), voided__isnull=True)
    return [_habit(row) for row in rows.order_by("pk")]


def habit_rows(body: str, pks: Iterable[int] | None = None) -> list[HabitRow]:
    """Return what is known, the newest first, with whence it is known; 1 query. `pks`: of these alone."""
    rows = m.LayoutHabit.objects.filter(body=body, voided__isnull=True)
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    joined = rows.select_related("person", "batch__document").defer("batch__difference")
    return [
        HabitRow(
            habit=_habit(row), by=row.person.name, since=row.since, batch=row.batch_id,
            name=row.batch.document.name if row.batch.document else "",
        )
        for row in joined
    ]  # fmt: skip


def _habit(row: m.LayoutHabit) -> Habit:
    return Habit(
        pk=row.pk, layout=row.layout, head=row.head, at=row.at, was=row.was, is_=row.becomes
    )
