"""役所を開く. The first act of a book: the office, its planning division, and the administrator who lets the others in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sosei.core.bodies import by_code
from sosei.journal.acts import act
from sosei.journal.clock import today
from sosei.offices.actions.people import Added
from sosei.offices.actions.personal import temporary_password
from sosei.offices.models import Assignment, Department, Office, Person
from sosei.offices.proofs import prove
from sosei.offices.refusals import LoginTaken, OfficeExists


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """開設. Whose book it is; `code` None: a fictional body, named here."""

    body: str
    name: str
    reading: str = ""
    prefecture: str = ""
    fictional: bool = False

    @classmethod
    def of(cls, code: str) -> Founding:
        """Return the founding of a real body, by its 全国地方公共団体コード (5 or 6 digits).

        Raises UnknownBody, BadCheckDigit.
        """
        found = by_code(code)
        return cls(
            body=found.code, name=found.name, reading=found.kana, prefecture=found.prefecture
        )


def found_office(
    *,
    founding: Founding,
    login: str,
    name: str,
    planning: str = "企画課",
    on: date | None = None,
    more: Mapping[str, str] | None = None,
) -> Added:
    """役所を開く. Make the office with its planning division and its first administrator; nobody has acted before him.

    `planning`: what the division is called. Raises OfficeExists, LoginTaken.
    """
    if Office.objects.filter(body=founding.body).exists():
        raise OfficeExists(name=founding.name)
    if Person.objects.filter(login__iexact=login.strip()).exists():
        raise LoginTaken(login=login.strip())
    day, password = on or today(), temporary_password()
    person = Person(
        body=founding.body, login=login.strip(), name=name.strip(), joins_on=day,
        must_change_password=True, **(more or {}),
    )  # fmt: skip
    person.set_password(password)
    with act("office.found", body=founding.body, by=None, subject=f"office:{founding.body}") as w:
        w.add(
            Office(
                name=founding.name, reading=founding.reading, prefecture=founding.prefecture,
                fictional=founding.fictional,
            )
        )  # fmt: skip
        w.add(Department(code="01", name=planning, planning=True, first_day=day))
        person.save()
        prove(w, person)
        w.add(Assignment(person=person, role="admin", first_day=day))
    return Added(person, password)
