"""異動の行い. A whole roster at once: accounts made, roles given, those of predecessors ended; one act, all or nothing."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from sosei.journal.acts import Act, act
from sosei.offices.actions.assignments import new_assignment
from sosei.offices.actions.chosen import department_of, person_of
from sosei.offices.actions.departments import end_with
from sosei.offices.actions.people import Added
from sosei.offices.actions.personal import keep_an_admin, temporary_password
from sosei.offices.models import Assignment, Person
from sosei.offices.permissions import require
from sosei.offices.proofs import prove
from sosei.offices.queries.roster import Moving, mark_of, roster_of
from sosei.offices.refusals import BadRoster, LoginTaken, RosterUnseen
from sosei.offices.succession import eve


def transfer(*, by: Person, text: str, on: date, seen: str | None = None) -> list[Added]:
    """異動をまとめて登録する. Return the new accounts with their temporary passwords, to be handed over now.

    `text`: rows as pasted (`queries.roster`). `seen`: `roster.mark_of` what the person looked at. Raises NotAllowed, BadRoster
    (the first row that is not understood), RosterUnseen, and what `new_assignment` raises.
    """
    require(by, "person.arrange")
    rows = roster_of(by, text, on)
    wrong = next((row for row in rows if row.problems), None)
    if wrong is not None or not rows:
        line, why = (wrong.line, wrong.problems[0][0]) if wrong else (1, "行がありません")
        raise BadRoster(line=line, why=why)
    if seen is not None and seen != mark_of(rows, on):
        raise RosterUnseen()
    made = {row.login: _account(by, row, on) for row in rows if row.new}
    with act("person.transfer", body=by.body, by=by.pk, subject="offices.person") as w:
        for added in made.values():
            _save(added.person)
            prove(w, added.person)
        people = [_move(w, by, row, made.get(row.login), on) for row in rows]
        w.facts |= {"people": people, "new": [added.person.pk for added in made.values()]}
    return list(made.values())


def _account(by: Person, row: Moving, on: date) -> Added:
    """Return a new account, not yet written; its password is made before the transaction, since that takes time."""
    password = temporary_password()
    person = Person(
        body=by.body, login=row.login, name=row.name, reading=row.reading, joins_on=on,
        must_change_password=True,
    )  # fmt: skip
    person.set_password(password)
    return Added(person, password)


def _save(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise LoginTaken(login=person.login) from None


def _move(w: Act, by: Person, row: Moving, added: Added | None, on: date) -> int:
    person = added.person if added else person_of(by, row.person or 0)
    place = department_of(by, row.department) if row.department else None
    assert row.role is not None
    if row.before is not None:
        _end_before(w, by, row, on)
    new_assignment(w, person, row.role, place, on)
    return person.pk


def _end_before(w: Act, by: Person, row: Moving, on: date) -> None:
    """End the predecessor's same role in the same place on the day before."""
    before = person_of(by, row.before or 0)
    held = Assignment.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=on),
        person=before, role=row.role, department=row.department, voided__isnull=True,
    ).order_by("pk")  # fmt: skip
    keep_an_admin(by, before, frozenset(one.pk for one in held), eve(on))
    for one in held:
        end_with(w, one, eve(on))
