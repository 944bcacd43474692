"""手続を見る. What waits for me, what waits for others and for whom, and the steps of one entry with their reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.flow import (
    GROUPS,
    Lock,
    Move,
    lock,
    move_named,
    moves_from,
    moves_in,
    writes_as_planning,
)
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.locks import exempt_until, opened_in_all
from sosei.ledger.queries.steps import StepRow, last_steps, steps_of
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Assignment, Department, Person
from sosei.offices.permissions import departments_of, held_by, may, sees_all

#: How many entries one page shows that wait for the person, and for others; more come as these move on.
MOST: Final = 100
MOST_OTHERS: Final = 50
#: By which role an entry at a stage is moved on, and whether that role is held in a department.
_NEXT: Final = {"section": "section_head", "planning": "planner"}
#: Who goes on with an entry that is at its department.
_SECTION: Final = frozenset({"officer", "section_head"})
#: Moves that no button offers: they belong to actions of their own.
_NOT_OFFERED: Final = frozenset({"open"})
#: The move by which somebody whose turn it is goes on.
ONWARD: Final = {
    "draft": "submit",
    "returned": "submit",
    "correcting": "submit",
    "section": "approve",
    "planning": "accept",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """待っているもの. An entry with its stage, what the person may do with it, and on whom it waits.

    `mine`: the move onward is the person's own to do; that planning may do in a department's place is not.
    """

    entry: int
    volume: int
    fiscal_year: int
    series: str
    name: str
    departments: tuple[str, ...]
    stage: str
    last: StepRow | None
    moves: tuple[Move, ...]
    pending_on: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """手続の机. `mine`: by the move that is to be done next; `others`: what waits for somebody else; `left`: there is more."""

    mine: Mapping[str, tuple[Waiting, ...]]
    others: tuple[Waiting, ...]
    left: bool

    @property
    def count(self) -> int:
        """How many entries wait for the person."""
        return sum(len(rows) for rows in self.mine.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """手続の欄. One entry's stage, the way it came, what the person may do with it, and what is locked for him."""

    entry: int
    volume: int
    name: str
    kind: str
    stage: str
    volume_stage: str
    steps: tuple[StepRow, ...]
    moves: tuple[Move, ...]
    pending_on: tuple[str, ...]
    locks: Mapping[str, Lock]
    exempt: datetime | None
    exemption: int | None
    may_lift: bool

    @property
    def lock(self) -> Lock | None:
        """What locks the entry's own words for the person, or None."""
        return self.locks.get("entry")

    @property
    def returned(self) -> StepRow | None:
        """The step by which it was returned, while nothing was done about it yet."""
        last = self.steps[0] if self.steps else None
        return last if last and last.reason and self.stage in {"returned", "correcting"} else None


def desk_of(person: Person) -> Desk:
    """Return what waits in the volumes under way: for the person, and for others as far as he sees them. 9 queries."""
    mine, others = Q(stage__in=_own_stages(person)), _moving(person)
    first, more = _first(others.filter(mine), MOST)
    rest, still_more = _first(others.exclude(mine), MOST_OTHERS)
    found = _waiting(person, [*first, *rest])
    grouped: dict[str, list[Waiting]] = defaultdict(list)
    for one in found:
        if one.mine:
            grouped[ONWARD[one.stage]].append(one)
    return Desk(
        mine={move: tuple(grouped[move]) for move in ("accept", "approve", "submit") if grouped[move]},
        others=tuple(one for one in found if not one.mine),
        left=more or still_more,
    )  # fmt: skip


def _first(rows: QuerySet[m.ProjectYear], most: int) -> tuple[list[m.ProjectYear], bool]:
    """Return the first entries of a set, and whether there are more."""
    found = list(
        rows.select_related("volume").order_by("volume__fiscal_year", "position", "pk")[: most + 1]
    )
    return found[:most], len(found) > most


def _own_stages(person: Person) -> list[str]:
    """Return the stages at which an entry may be the person's own to go on with, whatever its department."""
    among = {"submit": _SECTION}
    return [
        stage
        for stage, name in ONWARD.items()
        if may(person, move_named("entry", name).verb, among=among.get(name, frozenset()))
    ]


def _moving(person: Person) -> QuerySet[m.ProjectYear]:
    """Return the entries that are on their way, of the person's departments unless he sees all."""
    rows = m.ProjectYear.objects.filter(
        Q(volume__stage="collecting", kind="result") | Q(volume__stage="correcting"),
        body=person.body, voided__isnull=True, volume__voided__isnull=True,
    ).exclude(stage="accepted")  # fmt: skip
    rows = rows.exclude(Q(volume__stage="correcting") & Q(stage="draft"))
    if not sees_all(person):
        charges = m.Charge.objects.filter(
            department__in=departments_of(person), voided__isnull=True
        )
        rows = rows.filter(pk__in=charges.values("entry"))
    return rows


def _waiting(person: Person, rows: list[m.ProjectYear]) -> list[Waiting]:
    ids = [row.pk for row in rows]
    charge = in_charge(ids)
    names = _departments(charge)
    last = last_steps(ids)
    opened = opened_in_all({row.volume_id: row.volume.stage for row in rows})
    pending = _pending(person.body, {(row.stage, charge[row.pk]) for row in rows})
    return [
        Waiting(
            entry=row.pk, volume=row.volume_id, fiscal_year=row.volume.fiscal_year,
            series=row.volume.series, name=row.called(), stage=row.stage,
            departments=tuple(names[pk] for pk in sorted(charge[row.pk]) if pk in names),
            last=last.get(row.pk),
            moves=_moves(person, row, charge[row.pk], row.pk in opened, last_of=last.get(row.pk)),
            pending_on=pending[row.stage, charge[row.pk]],
            mine=_mine(person, row.stage, charge[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def _mine(person: Person, stage: str, charge: frozenset[int]) -> bool:
    """Whether the move onward from a stage is the person's own to do."""
    move = move_named("entry", ONWARD[stage])
    among = _SECTION if move.name == "submit" else move.roles
    return may(person, move.verb, charge, among=among) is not None


def _moves(
    person: Person,
    row: m.ProjectYear,
    charge: frozenset[int],
    opened: bool,
    *,
    last_of: StepRow | None,
) -> tuple[Move, ...]:
    """Return the moves that the person may do with an entry now."""
    if not moves_in(row.volume.stage, opened=opened):
        return ()
    return tuple(
        move
        for move in moves_from("entry", row.stage)
        if move.name not in _NOT_OFFERED
        and may(person, move.verb, charge, among=move.roles)
        and (not move.takes_back or _own(person, last_of))
    )


def _own(person: Person, last: StepRow | None) -> bool:
    """Whether the last step was the person's own, going up."""
    return (
        last is not None and last.verb in {"entry.submit", "entry.approve"} and person.pk in last.by
    )


def _departments(charge: Mapping[int, frozenset[int]]) -> dict[int, str]:
    wanted = {pk for found in charge.values() for pk in found}
    return dict(Department.objects.filter(pk__in=wanted).values_list("pk", "name"))


Where = tuple[str, frozenset[int]]


def _pending(body: str, wheres: Iterable[Where]) -> dict[Where, tuple[str, ...]]:
    """Return on whom entries wait, by stage and departments in charge: people by name. One query."""
    day = today()
    held = Assignment.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        body=body, role__in=["section_head", "planner", "officer"], first_day__lte=day,
        voided__isnull=True,
    ).select_related("person").order_by("role", "person_id")  # fmt: skip
    people: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for one in held:
        people[one.role, one.department_id].append(one.person.name)
    planners = [name for (role, _), names in people.items() if role == "planner" for name in names]
    found: dict[Where, tuple[str, ...]] = {}
    for stage, charge in wheres:
        role = _NEXT.get(stage, "officer")
        names = (
            planners
            if role == "planner"
            else [name for pk in sorted(charge) for name in people.get((role, pk), [])]
        )
        found[stage, charge] = tuple(dict.fromkeys(names))
    return found


def panel(entry: int, person: Person) -> Panel:
    """Return the flow of one entry as a person sees it; 8 queries. Raises NoSuchThing."""
    row = m.ProjectYear.objects.select_related("volume").filter(
        pk=entry, body=person.body, voided__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise NoSuchThing(what="事業の記載")
    charge = in_charge([entry])[entry]
    steps = steps_of(entry)
    opened = entry in opened_in_all({row.volume_id: row.volume.stage})
    exempt = exempt_until([entry]).get(entry)
    return Panel(
        entry=entry, volume=row.volume_id, name=row.called(), kind=row.kind, stage=row.stage,
        volume_stage=row.volume.stage, steps=steps,
        moves=_moves(person, row, charge, opened, last_of=steps[0] if steps else None),
        pending_on=() if row.stage == "accepted" else _pending(person.body, [(row.stage, charge)])[row.stage, charge],
        locks=_locks(person, row, opened, exempt is not None),
        exempt=exempt, exemption=_exemption(entry) if exempt else None,
        may_lift=may(person, "lock.lift") is not None,
    )  # fmt: skip


def _locks(person: Person, row: m.ProjectYear, opened: bool, exempt: bool) -> dict[str, Lock]:
    planning = writes_as_planning({held.role for held in held_by(person)})
    found = {
        group: lock(
            volume=row.volume.stage, entry=row.stage, planning=planning, group=group,
            opened=opened, exempt=exempt,
        )
        for group in GROUPS
    }  # fmt: skip
    return {group: why for group, why in found.items() if why is not None}


def _exemption(entry: int) -> int | None:
    row = m.Exemption.objects.filter(entry=entry, voided__isnull=True).order_by("-until").first()
    return row.pk if row else None


def names_of(body: str, entries: Collection[int]) -> tuple[tuple[int, str], ...]:
    """Return the numbers and names of entries, in the report's order. One query."""
    rows = m.ProjectYear.objects.filter(body=body, pk__in=list(entries), voided__isnull=True)
    return tuple((row.pk, row.called()) for row in rows.order_by("position", "pk"))
