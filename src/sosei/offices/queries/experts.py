"""有識者の利用者. The accounts that hold the role of an external expert on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sosei.offices.models import Assignment


def experts_on(body: str, day: date) -> tuple[tuple[int, str], ...]:
    """Return numbers and names of a body's experts on a day. One query."""
    rows = Assignment.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        body=body, role="expert", first_day__lte=day, voided__isnull=True, person__is_active=True,
    )  # fmt: skip
    return tuple(rows.order_by("person").values_list("person", "person__name").distinct())
