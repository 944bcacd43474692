"""課の行い. Departments come, are put right, and end; whose work goes to whom is `successions`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q

from sosei.journal.acts import Act, act
from sosei.offices.actions.chosen import department_of, in_order
from sosei.offices.actions.personal import keep_an_admin
from sosei.offices.models import Assignment, Department, Person
from sosei.offices.permissions import require
from sosei.offices.refusals import CodeTaken

#: What may be put right in place; another name from a day on is a successor (`successions.succeed_departments`).
RIGHTED: Final = ("name", "reading", "contact", "planning")


def add_department(
    *,
    by: Person,
    code: str,
    name: str,
    first_day: date,
    more: Mapping[str, Any] | None = None,
) -> Department:
    """課を設ける. `more`: reading, contact, planning. Raises NotAllowed, CodeTaken."""
    require(by, "office.arrange")
    with act("department.add", body=by.body, by=by.pk, subject="offices.department") as w:
        return new_department(w, code=code, name=name, first_day=first_day, **(more or {}))


def new_department(w: Act, *, code: str, name: str, first_day: date, **more: Any) -> Department:
    """Write a department within an act. Raises CodeTaken where the code stands for another at the time."""
    code, name = code.strip(), name.strip()
    there = (
        Department.objects.filter(body=w.body, code=code, voided__isnull=True)
        .filter(Q(last_day__isnull=True) | Q(last_day__gte=first_day))
        .first()
    )
    if there is not None:
        raise CodeTaken(code=code, name=there.name, first=there.first_day)
    return w.add(Department(code=code, name=name, first_day=first_day, **more))


def correct_department(
    *, by: Person, department: int, columns: Mapping[str, Any], seen: int | None = None
) -> Department:
    """課の記載を直す. A slip in the name, a new telephone; what it was stays in the past. Raises NotAllowed, Stale."""
    require(by, "office.arrange")
    row = department_of(by, department)
    with act("department.correct", body=by.body, by=by.pk, subject=_subject(row)) as w:
        return w.change(row, seen=seen, **{k: v for k, v in columns.items() if k in RIGHTED})


def close_department(
    *, by: Person, department: int, last_day: date, seen: int | None = None
) -> Department:
    """課を廃止する. Its people's assignments end with it. Raises NotAllowed, Stale, WrongDays, OwnAdmin, LastAdmin."""
    require(by, "office.arrange")
    row = department_of(by, department)
    in_order(row.name, row.first_day, last_day)
    with act("department.close", body=by.body, by=by.pk, subject=_subject(row)) as w:
        w.change(row, seen=seen, last_day=last_day)
        ending = assignments_beyond(row, last_day)
        for assignment in ending:
            keep_an_admin(by, assignment.person, frozenset(one.pk for one in ending), last_day)
        for assignment in ending:
            end_with(w, assignment, last_day)
        return row


def reopen_department(*, by: Person, department: int, seen: int | None = None) -> Department:
    """廃止を取り消す. The department stands again; assignments are given anew. Raises NotAllowed, Stale, CodeTaken."""
    require(by, "office.arrange")
    row = department_of(by, department)
    last = row.last_day or row.first_day
    later = Department.objects.filter(
        body=by.body, code=row.code, first_day__gt=last, voided__isnull=True
    ).first()
    if later is not None:
        raise CodeTaken(code=row.code, name=later.name, first=later.first_day)
    with act("department.reopen", body=by.body, by=by.pk, subject=_subject(row)) as w:
        return w.change(row, seen=seen, last_day=None)


def assignments_beyond(department: Department, last_day: date) -> list[Assignment]:
    """Return the assignments that would outlive their department."""
    return list(
        Assignment.objects.select_related("person")
        .filter(Q(last_day__isnull=True) | Q(last_day__gt=last_day), department=department, voided__isnull=True)
        .order_by("pk")
    )  # fmt: skip


def end_with(w: Act, assignment: Assignment, last_day: date) -> None:
    """End an assignment on a day within an act; one that has not begun by then never was."""
    if assignment.first_day > last_day:
        w.void(assignment, reason=f"{last_day}で終わるため")
    else:
        w.change(assignment, last_day=last_day)


def _subject(row: Department) -> str:
    return f"offices.department:{row.pk}"
