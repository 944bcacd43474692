"""錠. Every action that writes an entry asks here first; a lock is lifted for a time, with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from sosei.core.errors import NoReason
from sosei.journal.acts import act
from sosei.journal.clock import now
from sosei.ledger import models as m
from sosei.ledger.flow import Group, Lock, can_be_exempt, exemption_days, group_name
from sosei.ledger.halts import BadExemption, Locked, NoExemption
from sosei.ledger.queries.locks import lock_of, locks_in
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person
from sosei.offices.permissions import require

__all__ = ["end_exemption", "lift_lock", "lock_of", "require_unlocked"]


def require_unlocked(
    by: Person, entries: Iterable[int | m.ProjectYear], group: Group = "entry"
) -> list[m.ProjectYear]:
    """Return the entries, read anew and held until the transaction ends; refuse where one may not be written.

    Call it inside the `act`, before the first write: then nobody moves an entry between the question and the write.
    `group`: entry, value, money, verification, definition, experts. Raises Locked, NoSuchThing.
    """
    wanted = sorted({entry if isinstance(entry, int) else entry.pk for entry in entries})
    rows = m.ProjectYear.objects.filter(pk__in=wanted, body=by.body, voided__isnull=True)
    if connection.in_atomic_block:
        rows = rows.select_for_update()
    found = list(rows.order_by("pk"))
    if len(found) < len(wanted):
        raise NoSuchThing(what="事業の記載")
    for volume in m.Volume.objects.filter(pk__in={row.volume_id for row in found}):
        own = [row for row in found if row.volume_id == volume.pk]
        locks = locks_in(volume, by, entries=own)
        for row in own:
            if why := locks.of(row.pk, group):
                raise locked(row, why)
    return found


def locked(entry: m.ProjectYear, why: Lock, of: m.Volume | None = None) -> Locked:
    """Return the refusal that a lock is. `of`: its report, where it is not the one in which somebody writes."""
    report = f"{of.called()}の" if of else ""
    return refusal(f"{report}{entry.called()}（{group_name(why.group)}）", why)


def refusal(what: str, why: Lock) -> Locked:
    """Return the refusal of writing something that a lock holds."""
    return Locked(
        what=what, why=why.why(), until=why.until(), who=why.who(),
        why_en=why.why("en"), until_en=why.until("en"), who_en=why.who("en"),
    )  # fmt: skip


def lift_lock(*, by: Person, entry: int, until: datetime, reason: str) -> m.Exemption:
    """期限付きで解除する. Let an entry be written until a moment, whatever its stage.

    Raises NotAllowed, NoReason, BadExemption (the past, or too far), NoExemption (published: a correction is needed).
    """
    require(by, "lock.lift")
    row = m.ProjectYear.objects.select_related("volume").filter(
        pk=entry, body=by.body, voided__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise NoSuchThing(what="事業の記載")
    if not reason.strip():
        raise NoReason(what="期限付きの解除")
    if not can_be_exempt(row.volume.stage):
        raise NoExemption(what=row.called())
    if not now() < until <= now() + timedelta(days=exemption_days()):
        shown = timezone.localtime(until).strftime("%Y-%m-%d %H:%M")
        raise BadExemption(until=shown, most=exemption_days())
    with act("lock.lift", body=by.body, by=by.pk, subject=f"ledger.projectyear:{row.pk}") as w:
        made = m.Exemption(entry=row, until=until, reason=reason.strip(), granted_by=by)
        return w.add(made)


def end_exemption(*, by: Person, exemption: int, reason: str) -> None:
    """解除を終える. End an exemption before its time. Raises NotAllowed, NoReason, NoSuchThing."""
    require(by, "lock.lift")
    row = m.Exemption.objects.filter(pk=exemption, body=by.body, voided__isnull=True).first()
    if row is None:
        raise NoSuchThing(what="期限付きの解除")
    subject = f"ledger.projectyear:{row.entry_id}"
    with act("lock.restore", body=by.body, by=by.pk, subject=subject) as w:
        w.void(row, reason=reason)
