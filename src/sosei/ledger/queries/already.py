"""照会中の項目. What departments are being asked already, in inquiries that are open and that they have not answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sosei.ledger import models as m
from sosei.ledger.queries.asking import Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class Already:
    """照会中. The open part of a department: `items` of what would be asked are asked there. `pk`, `title`: of the inquiry."""

    pk: int
    title: str
    mark: str
    due_on: date
    items: int


def already_asked(volume: m.Volume, asking: Asking) -> Mapping[int, Already]:
    """Return by department what is asked of it already: of several inquiries the one with most of the items; 1 query."""
    asked = {part.department: frozenset(part.things) for part in asking.parts}
    counted: dict[int, int] = {}
    parts: dict[int, m.InquiryPart] = {}
    owed = m.Owed.objects.filter(
        part__inquiry__volume=volume, part__inquiry__closed_on__isnull=True,
        part__inquiry__voided__isnull=True, part__answered_on__isnull=True,
        part__voided__isnull=True, voided__isnull=True,
    ).select_related("part__inquiry")  # fmt: skip
    for one in owed:
        if one.key in asked.get(one.part.department_id, ()):
            counted[one.part_id] = counted.get(one.part_id, 0) + 1
            parts[one.part_id] = one.part
    return {
        parts[pk].department_id: _already(parts[pk], n)
        for pk, n in sorted(counted.items(), key=lambda both: both[1])
    }


def _already(part: m.InquiryPart, items: int) -> Already:
    return Already(
        pk=part.inquiry_id,
        title=part.inquiry.title,
        mark=part.mark,
        due_on=part.due_on or part.inquiry.due_on,
        items=items,
    )
