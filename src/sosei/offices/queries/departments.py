"""課の一覧. Departments as of a day: who is there, from whom they took over, to whom they passed on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sosei.offices.models import Assignment, Department, Succession
from sosei.offices.permissions import roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """承継の一つ. The other department, and the day."""

    department: int
    name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """いる人. A person and the role he holds there."""

    person: int
    name: str
    role: str
    ja: str
    en: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentRow:
    """課. `stands`: on the day asked for; `since`, `until`: from whom it took over, to whom it passed on."""

    pk: int
    stamp: int
    code: str
    name: str
    reading: str
    contact: str
    planning: bool
    first_day: date
    last_day: date | None
    stands: bool
    people: tuple[Held, ...] = ()
    since: tuple[Passed, ...] = ()
    until: tuple[Passed, ...] = ()

    @property
    def head(self) -> Held | None:
        """The head, where there is one."""
        return next((one for one in self.people if one.role.endswith("_head")), None)


def departments_on(body: str, day: date) -> tuple[DepartmentRow, ...]:
    """Return the departments of a body in the order of their codes, those that stand on a day first; 3 queries."""
    rows = list(
        Department.objects.filter(body=body, voided__isnull=True).order_by("code", "first_day")
    )
    names = {row.pk: row.name for row in rows}
    since, until = _passed(body, names)
    people = _people(body, day)
    found = [
        DepartmentRow(
            pk=row.pk, stamp=row.stamp, code=row.code, name=row.name, reading=row.reading,
            contact=row.contact, planning=row.planning, first_day=row.first_day,
            last_day=row.last_day, stands=row.stands_on(day), people=tuple(people[row.pk]),
            since=tuple(since[row.pk]), until=tuple(until[row.pk]),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda row: not row.stands))


def department_on(body: str, pk: int, day: date) -> DepartmentRow | None:
    """Return one department as of a day; 3 queries."""
    return next((row for row in departments_on(body, day) if row.pk == pk), None)


def standing(body: str, day: date) -> tuple[tuple[int, str], ...]:
    """Return the departments that stand on a day, as choices: number and name; 1 query."""
    rows = Department.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        body=body, first_day__lte=day, voided__isnull=True,
    )  # fmt: skip
    return tuple(rows.order_by("code").values_list("pk", "name"))


def passing(body: str, day: date) -> tuple[tuple[int, str, bool], ...]:
    """Return the departments whose work may be passed on: number, name, whether it still stands; 1 query.

    Those that stand on a day, and those that ended in the year before it and nobody has succeeded.
    """
    rows = Department.objects.filter(
        Q(last_day__isnull=True)
        | Q(last_day__gte=day)
        | Q(last_day__gte=day - timedelta(days=366), successions__isnull=True),
        body=body, first_day__lte=day, voided__isnull=True,
    ).distinct().order_by("code", "first_day")  # fmt: skip
    return tuple((row.pk, row.name, row.stands_on(day)) for row in rows)


Passing = dict[int, list[Passed]]


def _passed(body: str, names: dict[int, str]) -> tuple[Passing, Passing]:
    since: Passing = defaultdict(list)
    until: Passing = defaultdict(list)
    rows = Succession.objects.filter(body=body, voided__isnull=True).order_by("on", "pk")
    for row in rows:
        if row.old_id in names and row.new_id in names:
            until[row.old_id].append(
                Passed(department=row.new_id, name=names[row.new_id], on=row.on)
            )
            since[row.new_id].append(
                Passed(department=row.old_id, name=names[row.old_id], on=row.on)
            )
    return since, until


def _people(body: str, day: date) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = defaultdict(list)
    rows = (
        Assignment.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=day), body=body, first_day__lte=day,
            department__isnull=False, voided__isnull=True, person__is_active=True,
        )
        .select_related("person")
        .order_by("-role", "person__login")
    )  # fmt: skip
    for row in rows:
        known = roles().get(row.role)
        found[row.department_id or 0].append(
            Held(
                person=row.person_id, name=row.person.name, role=row.role,
                ja=known.ja if known else row.role, en=known.en if known else row.role,
                first_day=row.first_day, last_day=row.last_day,
            )
        )  # fmt: skip
    return found
