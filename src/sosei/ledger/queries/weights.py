"""重さ. One number for a form that holds several rows: it rises with every change of any of them, so a stale form is known by it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum

from sosei.ledger import models as m


def weight(entry: int) -> int:
    """Return the weight of an entry's words, departments and bodies. One query."""
    return _sum(*weighed(entry))


def weighed(entry: int) -> list[QuerySet[Any]]:
    """Return the rows that an entry's weight is of: its words, departments and bodies, those that were voided too."""
    lists = (model.objects.filter(entry=entry) for model in (m.Charge, m.Passage, m.Member))
    return [m.ProjectYear.objects.filter(pk=entry), *lists]


def money_weight(entry: int) -> int:
    """Return the weight of an entry's lines of money. One query."""
    return _sum(m.Spending.objects.filter(entry=entry))


def _sum(*tables: QuerySet[Any]) -> int:
    """Return the sum of the stamps of all rows, those that were voided too."""
    parts = [
        rows.order_by().values("body").annotate(total=Sum("stamp")).values_list("total")
        for rows in tables
    ]
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return sum(total or 0 for (total,) in found)
