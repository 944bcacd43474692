"""権限. Roles × verbs as data (`permissions.toml`), asked through `rules`; the scope says where.

A person's roles on a day are his assignments' on that day, and those of whom he stands in for. "own": only where one
of the roles' departments is among the departments in charge.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

import rules
from django.db.models import Q

from sosei.core.errors import NotAllowed
from sosei.journal.clock import today
from sosei.offices.models import Assignment, Deputy, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """役割."""

    code: str
    ja: str
    en: str
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """行い. What may be done by which roles; `scope`: "own" where the roles' own scope counts, "all" anywhere.

    `deputised`: also by who stands in for a holder.
    """

    code: str
    ja: str
    en: str
    roles: frozenset[str]
    scope: str = "own"
    deputised: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """持っている役割. A role held on a day, in a department (None: the whole body), `instead` of whom.

    `place`, `holder`: what the department, and whoever holds it himself, are called, where they were asked for.
    """

    role: str
    department: int | None
    instead: int | None = None
    place: str | None = field(default=None, compare=False)
    holder: str | None = field(default=None, compare=False)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("sosei.offices") / "permissions.toml").read_text("utf-8"))


@cache
def roles() -> dict[str, Role]:
    """Return every role by its code."""
    return {code: Role(code=code, **said) for code, said in _table()["roles"].items()}


@cache
def verbs() -> dict[str, Verb]:
    """Return every verb by its code."""
    return {
        code: Verb(code=code, **{**said, "roles": frozenset(said["roles"])})
        for code, said in _table()["verbs"].items()
    }


def held_by(person: Person, on: date | None = None) -> tuple[Held, ...]:
    """Return the roles a person holds on a day (None: today), his own first; remembered for one request's person."""
    day = on or today()
    kept: dict[date, tuple[Held, ...]] = person.__dict__.setdefault("_held", {})
    if day not in kept:
        kept[day] = _held(person, day)
    return kept[day]


def _held(person: Person, day: date) -> tuple[Held, ...]:
    if not serves(person, day):
        return ()
    standing = Deputy.objects.filter(
        deputy=person, first_day__lte=day, last_day__gte=day, voided__isnull=True
    )
    rows = Assignment.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        Q(person=person) | Q(person__in=standing.values("person")), person__is_active=True, first_day__lte=day, voided__isnull=True,
        body=person.body,
    ).values_list("person", "role", "department", "department__name", "person__name")  # fmt: skip
    held = [
        Held(
            role=role, department=department, instead=None if who == person.pk else who,
            place=place, holder=holder,
        )
        for who, role, department, place, holder in rows
    ]  # fmt: skip
    return tuple(sorted(held, key=lambda h: (h.instead is not None, h.role, h.department or 0)))


def serves(person: Person, day: date) -> bool:
    """Whether a person is in service on a day: who has left, or not yet come, holds no role and stands in for nobody."""
    left = person.leaves_on is not None and person.leaves_on < day
    return person.is_active and person.joins_on <= day and not left


def may(
    person: Person,
    verb: str,
    departments: Iterable[int] | None = None,
    *,
    among: frozenset[str] = frozenset(),
) -> Held | None:
    """Return the role by which a person may do something, or None.

    `departments`: those in charge of what it is done to; None: it concerns no department, and any holder may.
    `among`: only by one of these roles, where they are named.
    """
    charge = None if departments is None else frozenset(departments)
    return next((held for held in held_by(person) if covers(held, verb, charge, among=among)), None)


def covers(
    held: Held, verb: str, charge: frozenset[int] | None, *, among: frozenset[str] = frozenset()
) -> bool:
    """Whether a role that is held gives the right to do something to what departments are in charge of."""
    known = verbs()[verb]
    if held.instead is not None and not known.deputised:
        return False
    if held.role not in known.roles or (among and held.role not in among):
        return False
    everywhere = known.scope == "all" or roles()[held.role].scope == "all" or charge is None
    return everywhere or (charge is not None and held.department in charge)


def require(
    person: Person,
    verb: str,
    departments: Iterable[int] | None = None,
    *,
    among: frozenset[str] = frozenset(),
) -> Held:
    """Return the role by which a person may do something. Raises NotAllowed, saying whom to ask."""
    held = may(person, verb, departments, among=among)
    if held is None:
        raise NotAllowed(what=verbs()[verb].ja, who=asked(verb, among=among))
    return held


@dataclass(frozen=True, slots=True)
class Need:
    """要る権限. A verb, where (None: anywhere), by which roles (none named: all that have it)."""

    verb: str
    departments: frozenset[int] | None = None
    among: frozenset[str] = frozenset()

    def met(self, person: Person) -> bool:
        """Whether a person may."""
        return may(person, self.verb, self.departments, among=self.among) is not None

    def require(self, person: Person) -> None:
        """Ask for it. Raises NotAllowed."""
        require(person, self.verb, self.departments, among=self.among)


def require_one(person: Person, *codes: str) -> Held:
    """Return the role by which a person may do one of several things. Raises NotAllowed for the first of them."""
    found = next((held for code in codes if (held := may(person, code))), None)
    return found or require(person, codes[0])


def asked(verb: str, lang: str = "ja", *, among: frozenset[str] = frozenset()) -> str:
    """Return whom to ask for something: the roles that may (of `among` alone, where they are named)."""
    able = among or verbs()[verb].roles
    names = [role for code, role in roles().items() if code in able]
    return (
        "・".join(role.ja for role in names) if lang == "ja" else " or ".join(r.en for r in names)
    )


#: What confirms, decides, or gives others the right to: who may one of these acts with weight.
APPROVING: Final = (
    "entry.approve", "entry.accept", "volume.record_decision", "edition.publish", "person.arrange",
)  # fmt: skip


def approves(person: Person) -> bool:
    """Whether a person confirms or decides what others wrote, also in someone's stead."""
    return any(may(person, verb) for verb in APPROVING)


def departments_of(person: Person) -> frozenset[int]:
    """Return the departments in which a person holds a role today."""
    return frozenset(h.department for h in held_by(person) if h.department is not None)


def sees_all(person: Person) -> bool:
    """Whether a person's desk shows every department, not his own alone."""
    return any(roles()[held.role].scope == "all" for held in held_by(person))


PREFIX: Final = "sosei."
#: The role that arranges people.
ADMIN: Final = "admin"


def register() -> None:
    """Make each verb a permission of `rules`: person.has_perm("sosei.value.record", departments)."""
    for code in verbs():
        if not rules.perm_exists(PREFIX + code):
            rules.add_perm(PREFIX + code, _predicate(code))


def _predicate(code: str) -> rules.Predicate:
    def holds(person: Person, departments: Iterable[int] | None = None) -> bool:
        return isinstance(person, Person) and may(person, code, departments) is not None

    return rules.predicate(holds, name=f"may_{code}")
