"""事案の一覧. Leaks of personal data with their clocks: what is to be done, by when, what was done, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from django.db.models import Q

from sosei.evidence import models as m
from sosei.evidence.actions.incidents import PARTS
from sosei.evidence.leaks import LeakClock, Step, leak_clock
from sosei.evidence.refusals import NoSuchRow
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import may
from sosei.offices.queries.recorded import Recorded, recorded

#: done, done after its day; late: not done, its day past; due: its day is today or to come; undated: without delay.
State = Literal["done", "done_late", "late", "due", "undated"]
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """することの今. `done`: when it was done; `left`: days to its last day, negative where that is past."""

    step: Step
    done: date | None
    left: int | None

    @property
    def state(self) -> State:
        """How it stands."""
        if self.done is not None:
            return "done_late" if self.step.by is not None and self.done > self.step.by else "done"
        if self.left is None:
            return "undated"
        return "late" if self.left < 0 else "due"

    @property
    def late_by(self) -> int:
        """How many days past its day it is, or was done."""
        if self.step.by is None:
            return 0
        if self.done is not None:
            return max((self.done - self.step.by).days, 0)
        return max(-(self.left or 0), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentShown:
    """事案. `steps`: what is to be done about it, in order; none of them are reports where nothing must be reported."""

    pk: int
    stamp: int
    title: str
    what: str | None
    department: int
    department_name: str
    known: datetime
    counts_from: datetime | None
    kinds: tuple[str, ...]
    persons: int | None
    clock: LeakClock
    steps: tuple[StepShown, ...]
    closed: datetime | None
    outcome: str | None
    by: Recorded | None = None

    @property
    def open_steps(self) -> tuple[StepShown, ...]:
        """What is still to be done, while it is open."""
        return () if self.closed else tuple(one for one in self.steps if _waits(one))

    @property
    def next(self) -> StepShown | None:
        """What is to be done next: the late first, then by its day."""
        return min(self.open_steps, key=lambda one: one.step.by or date.max, default=None)

    @property
    def late(self) -> bool:
        """Whether something is late."""
        return any(one.state == "late" for one in self.open_steps)


def _waits(one: StepShown) -> bool:
    return one.done is None and one.step.code in PARTS


def incidents(body: str, *, running: bool = False) -> tuple[IncidentShown, ...]:
    """Return the leaks of a body: those that are open first, the latest first; `running`: those alone. 1 query."""
    rows = m.Incident.objects.filter(body=body, voided=None)
    if running:
        rows = rows.filter(closed=None)
    rows = rows.annotate(over=Q(closed__isnull=False)).select_related("department")
    found = rows.order_by("over", "-known", "-pk")[:_SHOWN]
    return tuple(sorted((_shown(row) for row in found), key=_order))


def _order(one: IncidentShown) -> tuple[bool, bool, date]:
    """Return where a leak stands: the open ones first, of those what must be done soonest."""
    return one.closed is not None, one.next is None, _next_day(one)


def _next_day(one: IncidentShown) -> date:
    """Return the next last day of what is to be done, far away where there is none."""
    return (one.next.step.by if one.next is not None else None) or date.max


def incidents_of(by: Person, *, running: bool = False) -> tuple[IncidentShown, ...]:
    """Return the leaks that somebody may see: what happened is no matter of departments that it does not concern."""
    return tuple(one for one in incidents(by.body, running=running) if sees_incident(by, one))


def sees_incident(by: Person, one: IncidentShown) -> bool:
    """Whether a person sees a leak: who records those of its department, and who audits."""
    mine = may(by, "leak.record", [one.department]) is not None
    return mine or may(by, "privacy.see", among=frozenset({"auditor"})) is not None


def incident(body: str, pk: int) -> IncidentShown:
    """Return a leak. Raises NoSuchRow."""
    rows = m.Incident.objects.filter(body=body, pk=pk, voided=None)
    row = rows.select_related("department").first()
    if row is None:
        raise NoSuchRow(what="漏えい等の事案", number=pk)
    return _shown(row, recorded([row])[row.pk])


def _shown(row: m.Incident, by: Recorded | None = None) -> IncidentShown:
    clock = leak_clock(row.counts_from or row.known, row.kinds or "plain", row.persons)
    return IncidentShown(
        pk=row.pk, stamp=row.stamp, title=row.title, what=row.what, department=row.department_id,
        department_name=row.department.name, known=row.known, counts_from=row.counts_from, kinds=tuple(row.kinds),
        persons=row.persons, clock=clock, steps=tuple(_steps(row, clock.steps)), closed=row.closed,
        outcome=row.outcome, by=by,
    )  # fmt: skip


def _steps(row: m.Incident, steps: Iterable[Step]) -> Iterable[StepShown]:
    for step in steps:
        done = next((getattr(row, PARTS[part][0]) for part in PARTS if part == step.code), None)
        left = (step.by - today()).days if step.by is not None else None
        yield StepShown(step=step, done=done, left=left)
