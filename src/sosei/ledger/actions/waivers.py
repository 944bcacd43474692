"""指摘を了承する. A finding that is right as it is stays in the list, with the reason and who accepted it."""

from __future__ import annotations

from sosei.core.errors import NoReason
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.reach import charge_of, entry_of, owned
from sosei.ledger.doubts import AlreadyThere, NoSuchFinding
from sosei.ledger.queries.looks import looked_at
from sosei.ledger.queries.scene import scene_of
from sosei.offices.models import Person
from sosei.offices.permissions import require


def waive_finding(*, by: Person, entry: int, rule: str, about: str, reason: str) -> m.Waiver:
    """指摘を了承する. Accept a finding of an entry as it is, with a reason; it counts no more as open.

    `about`: as the finding says (`queries.looks.Found`). Raises NotAllowed, NoReason, NoSuchFinding, AlreadyThere.
    """
    row = entry_of(by, entry)
    require(by, "finding.waive", charge_of(row))
    if not reason.strip():
        raise NoReason(what=f"指摘（{rule}）の了承")
    scene = scene_of(entry)
    found = looked_at(scene, {}).found if scene else ()
    if not any(each.finding.code == rule and each.about == about for each in found):
        raise NoSuchFinding(rule=rule)
    with act("finding.waive", body=by.body, by=by.pk, subject=f"ledger.projectyear:{entry}") as w:
        if m.Waiver.objects.filter(
            entry=row, rule=rule, about=about, voided__isnull=True
        ).exists():  # fmt: skip
            raise AlreadyThere(what=f"{rule}の了承")
        return w.add(
            m.Waiver(
                volume=row.volume, entry=row, rule=rule, about=about, reason=reason.strip(),
                person=by,
            )
        )  # fmt: skip


def withdraw_waiver(*, by: Person, waiver: int, reason: str) -> None:
    """了承を取り消す. The finding counts as open again. Raises NotAllowed, NoReason, NoSuchThing."""
    row = owned(m.Waiver, by, waiver, "指摘の了承", "entry")
    require(by, "finding.waive", charge_of(row.entry) if row.entry else None)
    subject = (
        f"ledger.projectyear:{row.entry_id}" if row.entry_id else f"ledger.volume:{row.volume_id}"
    )
    with act("finding.unwaive", body=by.body, by=by.pk, subject=subject) as w:
        w.void(row, reason=reason)
