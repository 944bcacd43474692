"""人の行い. People come, change, leave and come back; a person who left stays as who did what.

A password that the program makes up is returned once, to be handed over, and stands nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import IntegrityError
from django.db.models import Q

from sosei.core.errors import Stale
from sosei.journal.acts import Act, alone
from sosei.journal.clock import today
from sosei.offices.actions.assignments import new_assignment
from sosei.offices.actions.chosen import department_of, in_order, named_person_of, person_of
from sosei.offices.actions.departments import end_with
from sosei.offices.actions.personal import (
    keep_an_admin,
    person_act,
    temporary_password,
    write,
)
from sosei.offices.models import Assignment, Deputy, Person
from sosei.offices.permissions import approves, require
from sosei.offices.proofs import prove
from sosei.offices.queries.people import CHANGED, mark_of
from sosei.offices.refusals import LoginTaken
from sosei.offices.succession import eve


@dataclass(frozen=True, slots=True)
class Added:
    """登録した人. `password`: the temporary one, to be handed over now; it is kept nowhere."""

    person: Person
    password: str


def add_person(
    *,
    by: Person,
    login: str,
    name: str,
    joins_on: date,
    more: Mapping[str, Any] | None = None,
    role: str | None = None,
    department: int | None = None,
) -> Added:
    """利用者を登録する. `more`: reading, email. `role`, `department`: the first role, held from the first day on.

    Raises NotAllowed, LoginTaken, and what `new_assignment` raises.
    """
    require(by, "person.arrange")
    login = login.strip()
    password = temporary_password()
    person = Person(
        body=by.body, login=login, name=name.strip(), joins_on=joins_on,
        must_change_password=True, **(more or {}),
    )  # fmt: skip
    person.set_password(password)
    written = ["login", "name", "joins_on", *(more or {})]
    try:
        with alone(by.body):
            if Person.objects.filter(login__iexact=login).exists():
                raise LoginTaken(login=login)
            person.save()
            with person_act("person.add", by=by, person=person, facts={"changed": written}) as w:
                prove(w, person)
                if role is not None:
                    place = department_of(by, department) if department is not None else None
                    new_assignment(w, person, role, place, joins_on)
    except IntegrityError:
        raise LoginTaken(login=login) from None
    return Added(person, password)


def change_person(
    *, by: Person, person: int, columns: Mapping[str, Any], seen: str | None = None
) -> Person:
    """利用者の記載を直す. `seen`: `queries.people.mark_of` the entry that was seen. Raises NotAllowed, Stale, NoSuchPerson, Forgotten, WrongDays, OwnAdmin, LastAdmin (a first day yet to come)."""
    require(by, "person.arrange")
    row = named_person_of(by, person)
    joins = columns.get("joins_on", row.joins_on)
    in_order(row.name, joins, row.leaves_on)
    with person_act("person.change", by=by, person=row) as w:
        row.refresh_from_db()
        if seen is not None and seen != mark_of(row):
            raise Stale(what=row.name)
        if joins > today():
            before = eve(today())
            held = _assignments_after(row, before)
            keep_an_admin(by, row, frozenset(a.pk for a in held), before)
        w.facts["changed"] = write(w, row, {k: v for k, v in columns.items() if k in CHANGED})
    return row


def leave(*, by: Person, person: int, on: date) -> Person:
    """退職・異動の登録. `on`: the last day. Roles and deputyships end with it; what was done stays. Raises OwnAdmin, LastAdmin, Forgotten."""
    require(by, "person.arrange")
    row = named_person_of(by, person)
    in_order(row.name, row.joins_on, on)
    with person_act("person.leave", by=by, person=row) as w:
        ending = list(_assignments_after(row, on))
        keep_an_admin(by, row, frozenset(a.pk for a in ending), on)
        for assignment in ending:
            end_with(w, assignment, on)
        _end_deputies(w, row, on)
        w.facts["changed"] = write(w, row, {"leaves_on": on, "is_active": on >= today()})
    return row


def come_back(*, by: Person, person: int) -> Person:
    """退職・異動の取消. The account serves again; roles are given anew. Raises NotAllowed, NoSuchPerson, Forgotten."""
    require(by, "person.arrange")
    row = named_person_of(by, person)
    with person_act("person.return", by=by, person=row) as w:
        w.facts["changed"] = write(w, row, {"leaves_on": None, "is_active": True})
    return row


def renew_password(*, by: Person, person: int) -> Added:
    """仮パスワードを出す. Sessions end, since the password is another; the person is told (`queries.resets`). Raises NotAllowed, NoSuchPerson, Forgotten."""
    require(by, "person.arrange")
    row = named_person_of(by, person)
    password = temporary_password()
    row.set_password(password)
    row.must_change_password = True
    changed = ["password", "must_change_password"]
    facts = {"changed": changed, **_weight(row)}
    with person_act("person.password", by=by, person=row, facts=facts):
        row.save(update_fields=changed)
    return Added(row, password)


def reset_second_factor(*, by: Person, person: int) -> int:
    """二段階の確認を外す. For who lost his telephone; return how many were taken away; told as a new password is. Raises NotAllowed, NoSuchPerson."""
    require(by, "person.arrange")
    row = person_of(by, person)
    with person_act("person.factor", by=by, person=row) as w:
        count: int = Authenticator.objects.filter(user=row).delete()[0]
        w.facts |= {"changed": ["second_factor"], "count": count, **_weight(row)}
    return count


def _weight(row: Person) -> dict[str, bool]:
    """Return whether the head of planning is told, too: the account can confirm or decide today."""
    return {"approving": True} if approves(row) else {}


def _assignments_after(person: Person, day: date) -> list[Assignment]:
    return list(
        Assignment.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gt=day), person=person, voided__isnull=True
        ).order_by("pk")
    )


def _end_deputies(w: Act, person: Person, on: date) -> None:
    """End deputyships of and for a person: nobody stands in for who is gone."""
    for row in Deputy.objects.filter(
        Q(person=person) | Q(deputy=person), last_day__gt=on, voided__isnull=True
    ).order_by("pk"):
        if row.first_day > on:
            w.void(row, reason=f"{on}で終わるため")
        else:
            w.change(row, last_day=on)
