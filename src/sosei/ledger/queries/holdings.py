"""手持ちの仕事. What departments hold that is not finished: entries, indicators, values owed, promises, inquiries; as rows.

Not finished is whatever stands in a volume that is not published, and, of published ones, the entries in which a
figure is still being counted or an opinion still waits: somebody must be there to bring them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, TypeVar

from django.db.models import Q, QuerySet

from sosei.ledger import models as m

PUBLISHED: Final = "published"
R = TypeVar("R", m.Charge, m.Line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """手持ち. Rows by kind; each row's department is one of those asked for."""

    charges: tuple[m.Charge, ...]
    lines: tuple[m.Line, ...]
    values: tuple[m.Value, ...]
    promises: tuple[m.Opinion, ...]
    parts: tuple[m.InquiryPart, ...]


def holdings_of(body: str, departments: Collection[int]) -> Holdings:
    """Return what departments hold that is not finished; 7 queries."""
    chosen = list(departments)
    unfinished = _unfinished(body)
    return Holdings(
        charges=tuple(_running(_charges(body).filter(department__in=chosen), unfinished)),
        lines=tuple(_running(_lines(body, chosen), unfinished)),
        values=tuple(_counting(body).filter(owed_by__in=chosen).select_related("point__indicator").order_by("pk")),
        promises=tuple(_promises(body).filter(department__in=chosen)),
        parts=tuple(
            m.InquiryPart.objects.filter(
                body=body, department__in=chosen, inquiry__closed_on__isnull=True,
                inquiry__voided__isnull=True, voided__isnull=True,
            ).select_related("inquiry").order_by("inquiry", "pk")
        ),
    )  # fmt: skip


def unnamed_charges(body: str) -> tuple[m.Charge, ...]:
    """Return the charges of unpublished volumes whose words name no department of the office; 1 query."""
    rows = _charges(body).filter(department__isnull=True)
    return tuple(rows.exclude(entry__volume__stage=PUBLISHED))


def _charges(body: str) -> QuerySet[m.Charge]:
    return (
        m.Charge.objects.filter(
            body=body, voided__isnull=True, entry__voided__isnull=True,
            entry__volume__voided__isnull=True,
        )
        .select_related("entry__volume")
        .order_by("-entry__volume__fiscal_year", "entry__position", "position", "pk")
    )  # fmt: skip


def _lines(body: str, departments: list[int]) -> QuerySet[m.Line]:
    return (
        m.Line.objects.filter(
            body=body, owed_by__in=departments, voided__isnull=True, entry__voided__isnull=True,
            entry__volume__voided__isnull=True,
        )
        .select_related("entry__volume")
        .order_by("entry__volume__fiscal_year", "entry", "position", "pk")
    )  # fmt: skip


def _counting(body: str) -> QuerySet[m.Value]:
    return m.Value.objects.filter(
        body=body, gap="counting", until__isnull=True, voided__isnull=True, point__isnull=False
    )


def _promises(body: str) -> QuerySet[m.Opinion]:
    return (
        m.Opinion.objects.filter(body=body, voided__isnull=True, done_on__isnull=True)
        .filter(Q(response__isnull=True) | Q(response_due__isnull=False))
        .select_related("entry")
    )


def _unfinished(body: str) -> frozenset[int]:
    """Return the entries of published volumes that still wait for a figure or an answer."""
    figures = m.Shown.objects.filter(
        point__in=_counting(body).values("point"), voided__isnull=True, line__voided__isnull=True,
        line__entry__volume__stage=PUBLISHED,
    ).values_list("line__entry", flat=True)  # fmt: skip
    opinions = _promises(body).filter(entry__isnull=False).values_list("entry", flat=True)
    return frozenset(figures) | frozenset(entry for entry in opinions if entry is not None)


def _running(rows: QuerySet[R], unfinished: frozenset[int]) -> list[R]:
    return [
        row for row in rows if row.entry.volume.stage != PUBLISHED or row.entry_id in unfinished
    ]
