"""担当課. Which of the office's departments are in charge of an entry: what a permission of scope "own" is asked with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sosei.ledger import models as m


def in_charge(entries: Collection[int]) -> dict[int, frozenset[int]]:
    """Return the departments in charge of entries; empty where the words name none of the office's. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = m.Charge.objects.filter(
        entry__in=list(entries), department__isnull=False, voided__isnull=True
    )
    for entry, department in rows.values_list("entry", "department"):
        found[entry].add(department)
    return {entry: frozenset(found[entry]) for entry in entries}
