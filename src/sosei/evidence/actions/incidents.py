"""漏えいの記録. A leak is recorded when it becomes known, corrected while more is learned, reported step by step, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.utils import timezone

from sosei.core.errors import NoReason
from sosei.evidence import models as m
from sosei.evidence.leaks import Kind, leak_clock
from sosei.evidence.nameless import nameless_of_register
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_leaks import DayOutside, LeakClosed, ReportsOpen
from sosei.journal.acts import act
from sosei.journal.clock import now, today
from sosei.offices.models import Department, Person
from sosei.offices.permissions import require

#: A report, and telling the persons.
Part = Literal["first", "persons", "final"]
#: In which column the day of each stands, and what it is called.
PARTS: Final[Mapping[Part, tuple[str, str, str]]] = {
    "first": ("first_on", "速報", "the first report"),
    "persons": ("told_on", "本人への通知", "telling the persons"),
    "final": ("final_on", "確報", "the final report"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """事案の内容. As the columns of `models.Incident`; `persons` None: not yet known."""

    title: str
    what: str | None = None
    known: datetime
    kinds: tuple[Kind, ...] = ()
    persons: int | None = None
    counts_from: datetime | None = None


def report_leak(*, by: Person, department: int, said: Leak) -> m.Incident:
    """事案を登録する. The clock runs from when it became known. Raises NotAllowed, NoSuchRow, DayOutside, NamesPerson."""
    require(by, "leak.record", [department])
    _require_sound(said)
    _nameless(by, department, said.title, said.what)
    rows = Department.objects.filter(body=by.body, pk=department, voided=None)
    with act("leak.report", body=by.body, by=by.pk) as w:
        if not rows.exists():
            raise NoSuchRow(what="課", number=department)
        return w.add(m.Incident(department_id=department, **_columns(said)))


def change_leak(*, by: Person, incident: int, said: Leak, seen: int | None) -> m.Incident:
    """事案を直す. More is known by now. Raises NotAllowed, NoSuchRow, LeakClosed, DayOutside, Stale, NamesPerson."""
    row = _open(by, incident)
    require(by, "leak.record", [row.department_id])
    _require_sound(said)
    _nameless(by, row.department_id, said.title, said.what)
    with act("leak.change", body=by.body, by=by.pk, subject=f"evidence.incident:{incident}") as w:
        return w.change(_open(by, incident), seen=seen, **_columns(said))


def mark_sent(*, by: Person, incident: int, part: Part, on: date | None, seen: int | None) -> m.Incident:  # fmt: skip
    """報告を記録する. That something was done on a day; None: it was not. Raises as `change_leak`."""
    row = _open(by, incident)
    require(by, "leak.settle", [row.department_id])
    known, (column, ja, _) = _day(row.known), PARTS[part]
    if on is not None and not known <= on <= today():
        raise DayOutside(what=ja, on=on, known=known)
    with act("leak.sent", body=by.body, by=by.pk, subject=f"evidence.incident:{incident}") as w:
        w.facts["part"] = part
        return w.change(_open(by, incident), seen=seen, **{column: on})


def close_leak(*, by: Person, incident: int, outcome: str, seen: int | None) -> m.Incident:
    """終結にする. Everything that must be reported is; `outcome`: what prevents it now. Raises ReportsOpen, NoReason, as above, NamesPerson."""
    row = _open(by, incident)
    require(by, "leak.settle", [row.department_id])
    if not outcome.strip():
        raise NoReason(what="事案の終結")
    _nameless(by, row.department_id, outcome)
    with act("leak.close", body=by.body, by=by.pk, subject=f"evidence.incident:{incident}") as w:
        row = _open(by, incident)
        _require_reported(row)
        return w.change(row, seen=seen, closed=w.at, outcome=outcome.strip())


def reopen_leak(*, by: Person, incident: int, reason: str, seen: int | None) -> m.Incident:
    """終結を取り消す. It goes on, for a reason. Raises NotAllowed, NoSuchRow, NoReason, Stale, NamesPerson."""
    row = incident_of(by, incident)
    require(by, "leak.settle", [row.department_id])
    if not reason.strip():
        raise NoReason(what="終結の取消")
    _nameless(by, row.department_id, reason)
    with act("leak.change", body=by.body, by=by.pk, subject=f"evidence.incident:{incident}") as w:
        w.facts["reason"] = reason.strip()
        return w.change(incident_of(by, incident), seen=seen, closed=None)


def incident_of(by: Person, incident: int) -> m.Incident:
    """Return a leak of one's own body. Raises NoSuchRow."""
    row = m.Incident.objects.filter(body=by.body, pk=incident, voided=None).first()
    if row is None:
        raise NoSuchRow(what="漏えい等の事案", number=incident)
    return row


def _nameless(by: Person, department: int, *said: str | None) -> None:
    """See that what stands for ever names nobody of the department's registers. Raises NamesPerson."""
    text = " ".join(one for one in said if one)
    registers = m.Register.objects.filter(body=by.body, department=department)
    if text.strip():
        nameless_of_register(text, "事案の記載", *registers)


def _open(by: Person, incident: int) -> m.Incident:
    row = incident_of(by, incident)
    if row.closed is not None:
        raise LeakClosed
    return row


def _columns(said: Leak) -> dict[str, object]:
    return {**asdict(said), "kinds": list(said.kinds)}


def _require_sound(said: Leak) -> None:
    """See that nothing became known in time to come, nor its days count from before it was known."""
    if not said.title.strip():
        raise NoReason(what="事案の件名")
    last = said.counts_from or said.known
    if last > now() or last < said.known:
        raise DayOutside(what="発覚", on=_day(last), known=_day(said.known))


def _require_reported(row: m.Incident) -> None:
    clock = leak_clock(row.counts_from or row.known, row.kinds, row.persons)
    steps = {step.code for step in clock.steps}
    lacking = [PARTS[part] for part in PARTS if part in steps and getattr(row, PARTS[part][0]) is None]  # fmt: skip
    if lacking:
        raise ReportsOpen(
            what="、".join(ja for _, ja, _ in lacking),
            what_en=", ".join(en for _, _, en in lacking),
        )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
