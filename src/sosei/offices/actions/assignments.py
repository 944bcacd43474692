"""配属の行い. Who holds which role where, from when to when; who takes over from whom; who stands in for whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sosei.core.errors import NoReason
from sosei.journal.acts import Act
from sosei.offices.actions.chosen import (
    assignment_of,
    department_of,
    deputy_of,
    in_order,
    person_of,
)
from sosei.offices.actions.departments import end_with
from sosei.offices.actions.personal import keep_an_admin, person_act
from sosei.offices.models import Assignment, Department, Deputy, Person
from sosei.offices.permissions import departments_of, require, roles
from sosei.offices.queries.deputising import naming
from sosei.offices.refusals import (
    AssignedAlready,
    NoSuchRole,
    NotInService,
    NotStanding,
    OwnRole,
    RoleNeedsDepartment,
)
from sosei.offices.succession import eve


def assign(
    *,
    by: Person,
    person: int,
    role: str,
    first_day: date,
    department: int | None = None,
    last_day: date | None = None,
) -> Assignment:
    """配属する. Nobody gives himself a role. Raises NotAllowed, OwnRole, NoSuchRole, RoleNeedsDepartment, NotInService, NotStanding, AssignedAlready."""
    require(by, "person.arrange")
    who = person_of(by, person)
    if who.pk == by.pk:
        raise OwnRole()
    place = department_of(by, department) if department is not None else None
    with person_act("person.assign", by=by, person=who) as w:
        return new_assignment(w, who, role, place, first_day, last_day)


def new_assignment(
    w: Act,
    person: Person,
    role: str,
    place: Department | None,
    first_day: date,
    last_day: date | None = None,
) -> Assignment:
    """Write an assignment within an act. Raises as `assign`."""
    known = roles().get(role)
    if known is None:
        raise NoSuchRole(role=role)
    if known.scope == "own" and place is None:
        raise RoleNeedsDepartment(role=known.ja)
    in_order(f"{person.name}の{known.ja}", first_day, last_day)
    _there(person, place, first_day)
    same = Assignment.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=first_day),
        person=person, role=role, department=place, voided__isnull=True,
    )  # fmt: skip
    if last_day is not None:
        same = same.filter(first_day__lte=last_day)
    if same.exists():
        raise AssignedAlready(name=person.name, role=known.ja)
    return w.add(
        Assignment(
            person=person, role=role, department=place, first_day=first_day, last_day=last_day
        )
    )


def _there(person: Person, place: Department | None, day: date) -> None:
    gone = person.leaves_on is not None and person.leaves_on < day
    if gone or person.joins_on > day:
        raise NotInService(name=person.name, day=day)
    if place is not None and not place.stands_on(day):
        raise NotStanding(name=place.name, day=day)


def end_assignment(
    *, by: Person, assignment: int, last_day: date, seen: int | None = None
) -> Assignment:
    """配属を終える. Raises NotAllowed, OwnAdmin, LastAdmin, WrongDays, Stale."""
    require(by, "person.arrange")
    row = assignment_of(by, assignment)
    in_order(f"{row.person.name}の配属", row.first_day, last_day)
    with person_act("person.unassign", by=by, person=row.person) as w:
        keep_an_admin(by, row.person, frozenset({row.pk}), last_day)
        return w.change(row, seen=seen, last_day=last_day)


def hand_to(*, by: Person, person: int, successor: int, on: date) -> list[Assignment]:
    """後任に引き継ぐ. Every role that a person holds goes to another from a day on; his own end on the day before.

    Raises NotAllowed, OwnRole, OwnAdmin, LastAdmin, NotInService, NotStanding, AssignedAlready.
    """
    require(by, "person.arrange")
    before, after = person_of(by, person), person_of(by, successor)
    if after.pk == by.pk:
        raise OwnRole()
    held = Assignment.objects.select_related("department").filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on), person=before, voided__isnull=True
    )
    with person_act("person.succeed", by=by, person=before, facts={"successor": after.pk}) as w:
        ending = list(held.order_by("pk"))
        found = [
            new_assignment(w, after, row.role, row.department, max(on, row.first_day), row.last_day)
            for row in ending
        ]
        keep_an_admin(by, before, frozenset(row.pk for row in ending), eve(on))
        for row in ending:
            end_with(w, row, eve(on))
        return found


def name_deputy(
    *, by: Person, person: int, deputy: int, first_day: date, last_day: date, reason: str
) -> Deputy:
    """代理を指定する. The deputy acts with all roles of whom he stands in for; a reason and an end are needed.

    A section head names deputies for the people of his own departments; for who holds roles over the whole body, the
    head of planning does, and for an administrator an administrator alone. Raises NotAllowed, NoReason, WrongDays, NotInService.
    """
    whose, stand_in = person_of(by, person), person_of(by, deputy)
    _may_name(by, whose, first_day, last_day)
    if not reason.strip():
        raise NoReason(what="代理の指定")
    in_order(f"{whose.name}の代理", first_day, last_day)
    _there(whose, None, first_day)
    _there(stand_in, None, first_day)
    if stand_in.pk == by.pk and not departments_of(by) & departments_of(whose):
        raise OwnRole()  # a head may stand in for his own people, an administrator for nobody
    if whose.pk == stand_in.pk:
        raise AssignedAlready(name=whose.name, role="本人")
    with person_act("deputy.name", by=by, person=whose, facts={"deputy": stand_in.pk}) as w:
        return w.add(
            Deputy(
                person=whose, deputy=stand_in, first_day=first_day, last_day=last_day,
                reason=reason.strip(),
            )
        )  # fmt: skip


def end_deputy(*, by: Person, deputy: int, last_day: date, seen: int | None = None) -> Deputy:
    """代理を終える. One that has not begun by then never was. Raises NotAllowed, Stale."""
    row = deputy_of(by, deputy)
    _may_name(by, row.person, row.first_day, row.last_day)
    with person_act("deputy.end", by=by, person=row.person, facts={"deputy": row.deputy_id}) as w:
        if row.first_day > last_day:
            return w.void(row, reason=f"{last_day}で終わるため")
        return w.change(row, seen=seen, last_day=min(last_day, row.last_day))


def _may_name(by: Person, whose: Person, first: date, last: date) -> None:
    for need in naming(whose, first, last):
        need.require(by)
