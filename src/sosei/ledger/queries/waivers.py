"""了承の見え方. One accepted finding: of which project, why, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sosei.ledger import models as m
from sosei.ledger.queries.charge import in_charge


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverShown:
    """指摘の了承."""

    waiver: int
    entry: int
    name: str
    rule: str
    reason: str
    person: str
    since: datetime
    departments: frozenset[int]


def waiver_shown(body: str, waiver: int) -> WaiverShown:
    """Return an accepted finding of an entry. Raises Waiver.DoesNotExist. 2 queries."""
    row = m.Waiver.objects.select_related("entry", "person").get(
        pk=waiver, body=body, voided__isnull=True, entry__isnull=False
    )
    assert row.entry is not None
    return WaiverShown(
        waiver=row.pk,
        entry=row.entry.pk,
        name=row.entry.called(),
        rule=row.rule,
        reason=row.reason,
        person=row.person.name,
        since=row.since,
        departments=in_charge([row.entry.pk])[row.entry.pk],
    )
