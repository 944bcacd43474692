"""承継先. To whom the work of a department that ended has gone, over as many changes as there were."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sosei.offices.models import Department, Succession


def successors_of(body: str, day: date) -> dict[int, tuple[int, ...]]:
    """Return, for each department that no longer stands on a day, the ones standing then that follow it; 2 queries."""
    rows = Department.objects.filter(body=body, voided__isnull=True)
    departments = {row.pk: row for row in rows}
    after: dict[int, list[int]] = defaultdict(list)
    for old, new in (
        Succession.objects.filter(body=body, on__lte=day, voided__isnull=True)
        .order_by("on", "pk")
        .values_list("old", "new")
    ):
        after[old].append(new)
    return {
        pk: tuple(_end(pk, after, departments, day))
        for pk, row in departments.items()
        if row.last_day is not None and row.last_day < day and after[pk]
    }


def _end(
    start: int, after: dict[int, list[int]], departments: dict[int, Department], day: date
) -> dict[int, None]:
    """Follow the successions to departments that stand; a circle ends where it began."""
    found: dict[int, None] = {}
    seen, ahead = {start}, list(after[start])
    while ahead:
        pk = ahead.pop(0)
        if pk in seen or pk not in departments:
            continue
        seen.add(pk)
        if departments[pk].stands_on(day):
            found[pk] = None
        else:
            ahead += after[pk]
    return found
