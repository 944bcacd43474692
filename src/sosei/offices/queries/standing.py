"""立場. Whose desk it is: the office's name and manners, the person's roles today, and for whom he stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sosei.journal.clock import today
from sosei.offices.models import Assignment, Office, Person
from sosei.offices.permissions import Held, held_by, roles, serves


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeShown:
    """団体の見え方. `years_shown`: both, wareki or western; `fictional`: 架空 stands on every page."""

    body: str
    name: str
    prefecture: str = ""
    years_shown: str = "both"
    fictional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """立場. A role in words, where it is held (None: the whole body), and in whose stead (None: his own)."""

    ja: str
    en: str
    department: str | None = None
    instead: str | None = None


def office_of(body: str) -> OfficeShown | None:
    """Return how a body's office is shown, or None where it keeps no book here."""
    found = Office.objects.filter(body=body, voided__isnull=True).first()
    if found is None:
        return None
    return OfficeShown(
        body=found.body,
        name=found.name,
        prefecture=found.prefecture,
        years_shown=found.years_shown,
        fictional=found.fictional,
    )


def only_office() -> OfficeShown | None:
    """Return the office where the book holds one alone: what a page shows before anybody signed in."""
    bodies = list(Office.objects.filter(voided__isnull=True).values_list("body", flat=True)[:2])
    return office_of(bodies[0]) if len(bodies) == 1 else None


def standings_of(person: Person) -> tuple[Standing, ...]:
    """Return a person's roles today, his own first."""
    return tuple(
        Standing(
            ja=roles()[h.role].ja,
            en=roles()[h.role].en,
            department=h.place,
            instead=h.holder if h.instead else None,
        )
        for h in held_by(person)
        if h.role in roles()
    )


def held_last(person: Person) -> tuple[Held, ...]:
    """Return the roles a person holds today; of who holds none any more, his own of the last day on which he did. 1 query more."""
    held = held_by(person)
    if held:
        return held
    rows = Assignment.objects.filter(
        person=person, body=person.body, voided__isnull=True, first_day__lte=today()
    )
    ended = [(row, _last_day(row, person)) for row in rows]
    day = max((last for _, last in ended), default=None)
    return tuple(
        Held(role=row.role, department=row.department_id)
        for row, last in ended
        if day is not None and row.first_day <= day <= last
    )


def _last_day(row: Assignment, person: Person) -> date:
    """Return the last day of a role: its own, or that of the person's service, or today."""
    return min(day for day in (row.last_day, person.leaves_on, today()) if day is not None)


def in_service(person: Person) -> bool:
    """Whether an account is in use today: active, joined, and not left."""
    return serves(person, today())
