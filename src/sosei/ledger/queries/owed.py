"""照会項目の状態. How the things that departments owe stand in the book now, whichever way the answer came in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sosei.core.standing import Standing, standing_of
from sosei.ledger import models as m


class Items:
    """項目の状態. How the things that are owed stand in the book now; 5 queries for any number of them."""

    def __init__(self, owed: Sequence[m.Owed]) -> None:
        """Load what they are about."""
        points = [one.point_id for one in owed if one.point_id]
        self._values = {
            (value.point_id, value.role): value
            for value in m.Value.objects.filter(
                point__in=points, until__isnull=True, voided__isnull=True
            )
        }
        money = [one.spending_id for one in owed if one.spending_id]
        self._yen = dict(
            m.Spending.objects.filter(pk__in=money, voided__isnull=True).values_list("pk", "yen")
        )
        self._words = _words({one.entry_id for one in owed if one.field})

    def count(self, owed: Iterable[m.Owed]) -> Counter[Standing]:
        """Return how many are in which state."""
        return Counter(self.of(one) for one in owed)

    def of(self, one: m.Owed) -> Standing:
        """Return the state of one."""
        if one.field is not None:
            return "filled" if (one.entry_id, one.field) in self._words else "open"
        if one.spending_id is not None:
            return "filled" if self._yen.get(one.spending_id) is not None else "open"
        value = self._values.get((one.point_id, one.role))
        return standing_of(value.gap, value.state) if value is not None else "open"


def _words(entries: Iterable[int]) -> frozenset[tuple[int, str]]:
    """Return which of the fields that may be asked have words, by entry; 2 queries."""
    chosen = list(entries)
    if not chosen:
        return frozenset()
    found: set[tuple[int, str]] = set()
    for row in m.Verification.objects.filter(entry__in=chosen, voided__isnull=True):
        for name in ("grade", "obstacle", "countermeasure", "next_policy", "next_policy_reason"):
            if getattr(row, name) is not None:
                found.add((row.entry_id, f"Verification.{name}"))
    passages = m.Passage.objects.filter(entry__in=chosen, part="activity", voided__isnull=True)
    found |= {(entry, "Project.activities") for entry in passages.values_list("entry", flat=True)}
    return frozenset(found)
