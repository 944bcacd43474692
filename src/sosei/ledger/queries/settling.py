"""締めて決まる値. The figures that are counted from a register, and whether a person may record what is counted of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sosei.ledger import models as m
from sosei.ledger.flow import Lock, writes_as_planning
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.counted import CountShown, touched_by
from sosei.ledger.queries.locks import Locks, exempt_until, opened_in_all
from sosei.offices.models import Person
from sosei.offices.permissions import held_by, may

#: counting: not counted to the end; same: the book says it; ready: it can be recorded; asks: only with a reason;
#: kept: a person wrote another figure, with a reason; others: only others may record it; locked: nobody, just now.
State = Literal["counting", "same", "ready", "asks", "kept", "others", "locked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """締めて決まる値. A count with the project it stands in; `may`: whether the person may record it; `lock`: what keeps him."""

    count: CountShown
    project: str
    may: bool
    lock: Lock | None

    @property
    def state(self) -> State:
        """Return how it stands."""
        if not self.count.settled:
            return "counting"
        if not self.count.differs:
            return "same"
        if not self.may:
            return "others"
        return "locked" if self.lock is not None else self._open()

    def _open(self) -> State:
        recorded = self.count.recorded
        if self.count.waits:
            return "ready"
        own = recorded is not None and not recorded.counted and recorded.reason
        return "kept" if own else "asks"


def settling_of(person: Person, register: str) -> tuple[Settling, ...]:
    """Return the figures counted from a register, of years not yet published, as a person may record them."""
    counts = touched_by(person.body, register)
    if not counts:
        return ()
    entries = m.ProjectYear.objects.filter(pk__in={one.entry for one in counts})
    rows = {row.pk: row for row in entries.select_related("volume", "project")}
    owed = dict(m.Line.objects.filter(pk__in={c.line for c in counts}).values_list("pk", "owed_by"))
    charge, locks = in_charge(list(rows)), _locks(person, rows.values())
    return tuple(
        Settling(
            count=one, project=rows[one.entry].called(),
            may=may(person, "value.record", charge[one.entry] | _named(owed, one.line)) is not None,
            lock=locks[rows[one.entry].volume_id].of(one.entry, "value"),
        )
        for one in counts
    )  # fmt: skip


def _named(owed: Mapping[int, int | None], line: int) -> frozenset[int]:
    department = owed.get(line)
    return frozenset() if department is None else frozenset({department})


def _locks(person: Person, rows: Iterable[m.ProjectYear]) -> dict[int, Locks]:
    """Return the locks of entries of several reports, by report; at most 3 queries."""
    volumes: dict[int, str] = {}
    stages: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows:
        volumes[row.volume_id] = row.volume.stage
        stages[row.volume_id][row.pk] = row.stage
    planning = writes_as_planning({held.role for held in held_by(person)})
    opened = opened_in_all(volumes)
    exempt = exempt_until([pk for own in stages.values() for pk in own])
    return {
        volume: Locks(
            volume=stage, planning=planning, stages=stages[volume], opened=opened, exempt=exempt
        )
        for volume, stage in volumes.items()
    }


def settling_mark(found: Iterable[Settling]) -> str:
    """Return what a form says that its person saw: every count, what is counted so far, and the recorded figure."""
    return " ".join(one.count.mark for one in found)
