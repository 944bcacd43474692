"""机と用件. Whose desk a list of what is owed is made for, and what one finding in it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import FilteredRelation, Q, QuerySet

from sosei.core.fiscal import FiscalYear
from sosei.journal.clock import today
from sosei.offices.models import Department, Person
from sosei.offices.permissions import held_by, may, sees_all

#: The most rows of one kind that a list shows: a home page is no archive.
MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """だれの机か. `whole`: all departments are shown; `own`, `heads`: where the person works, where he is head.

    `arranges`: departments; `keeps`: people.
    """

    person: Person
    body: str
    day: date
    whole: bool
    planning: bool
    arranges: bool
    keeps: bool
    own: frozenset[int]
    heads: frozenset[int]
    writes: frozenset[int]
    names: dict[int, str]

    def name(self, department: int | None) -> str:
        """Return what a department is called."""
        return self.names.get(department or 0, "担当課なし")

    def sees(self, departments: set[int]) -> bool:
        """Whether what is of these departments stands on this desk."""
        return self.whole or not self.own.isdisjoint(departments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """見つかった用件. As in `tasks.Task`, without what the day makes of it."""

    kind: str
    ja: str
    en: str
    page: str
    due: date | None = None
    came: date | None = None
    names: tuple[str, ...] = ()
    each: bool = False
    count: int = 1
    mine: bool = False
    numbers: tuple[int, ...] = ()
    note_ja: str = ""
    note_en: str = ""


def desk_of(person: Person) -> Desk:
    """Return whose desk it is; 1 query beside those of the person's roles."""
    held = held_by(person)
    roles = {h.role for h in held}
    own = frozenset(h.department for h in held if h.department is not None)
    rows = Department.objects.filter(body=person.body, voided__isnull=True)
    return Desk(
        person=person,
        body=person.body,
        day=today(),
        whole=sees_all(person) and may(person, "book.see") is not None,
        planning=not roles.isdisjoint({"planner", "planning_head"}),
        arranges=may(person, "office.arrange") is not None,
        keeps=may(person, "person.arrange") is not None,
        own=own,
        heads=frozenset(h.department for h in held if h.role == "section_head" and h.department),
        writes=frozenset(
            h.department for h in held if h.role in ("officer", "section_head") and h.department
        ),
        names=dict(rows.values_list("pk", "name")),
    )


def year_name(year: int) -> str:
    """Return a fiscal year as sentences have it."""
    return str(FiscalYear(year))


def charges_now() -> FilteredRelation:
    """Return the departments in charge of entries, as a join: an entry without any is not dropped by it."""
    return FilteredRelation("charges", condition=Q(charges__voided__isnull=True))


def own(rows: QuerySet[Any], desk: Desk, column: str) -> QuerySet[Any]:
    """Return the rows that stand on a desk: all, or those of the person's departments."""
    return rows if desk.whole else rows.filter(**{f"{column}__in": desk.own})
