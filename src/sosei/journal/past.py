"""以前の姿. Rows of the book as they were at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from sosei.journal.models import Fact, Past

F = TypeVar("F", bound=Fact)


def as_of(rows: QuerySet[F], moment: datetime | None) -> list[F]:
    """Return the rows of a set that were in force at a moment, with what they then held; None: now, voided left out.

    The set must be chosen by columns that never change (its owner, its body); its order is kept by the caller.
    """
    if moment is None:
        return list(rows.filter(voided__isnull=True))
    everything = list(rows)
    found = [row for row in everything if row.since <= moment]
    later = [row for row in everything if row.since > moment]
    found += _earlier(type(later[0]), later, moment) if later else []
    return [row for row in found if row.voided is None or row.voided > moment]


def _earlier(kind: type[F], rows: Iterable[F], moment: datetime) -> list[F]:
    pasts = Past.objects.filter(
        table=kind.table(),
        row__in=[row.pk for row in rows],
        since__lte=moment,
        until__gt=moment,
    )
    return [kind.of_content(past.content) for past in pasts]
