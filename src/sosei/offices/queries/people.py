"""利用者の一覧. Who is there, in which roles, from when to when, and who stands in for whom."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from allauth.mfa.models import Authenticator
from django.db.models import Q

from sosei.journal.clock import today
from sosei.offices.keeping import kept_until
from sosei.offices.models import Assignment, Deputy, Person
from sosei.offices.permissions import roles, serves
from sosei.offices.queries.lockouts import lockouts

#: here: in service; coming: joins later; leaving: has a last day ahead; gone: has left; forgotten: the name is erased.
State = Literal["here", "coming", "leaving", "gone", "forgotten"]


#: What an administrator may change of a person; the login name stays for life.
CHANGED: Final = ("name", "reading", "email", "joins_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """配属. A role with its days; `now`: it is held today."""

    pk: int
    stamp: int
    role: str
    ja: str
    en: str
    department: str | None
    department_pk: int | None
    first_day: date
    last_day: date | None
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """代理. Who stands in for whom, from when to when, why; `now`: today."""

    pk: int
    stamp: int
    person: int
    name: str
    deputy: int
    deputy_name: str
    first_day: date
    last_day: date
    reason: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """利用者. `roles`: those of today, in the list; all of them, on the person's own page. `mark`: `mark_of`."""

    pk: int
    login: str
    name: str
    reading: str
    email: str
    joins_on: date
    leaves_on: date | None
    state: State
    temporary: bool
    mark: str
    roles: tuple[RoleHeld, ...] = ()

    @property
    def held(self) -> tuple[RoleHeld, ...]:
        """The roles of today."""
        return tuple(role for role in self.roles if role.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """一人の画面. `for_him`: who stands in for him; `by_him`: for whom he does. `forget_after`: when his name may be erased."""

    row: PersonRow
    for_him: tuple[StandIn, ...]
    by_him: tuple[StandIn, ...]
    factors: int
    locked_until: datetime | None
    forget_after: date | None


def people_of(body: str, *, words: str = "", gone: bool = False) -> tuple[PersonRow, ...]:
    """Return the people of a body by reading and login; `words`: part of a name, reading or login; 2 queries.

    `gone`: those who have left instead of those who are there.
    """
    rows = Person.objects.filter(body=body)
    if words.strip():
        part = words.strip()
        rows = rows.filter(
            Q(name__icontains=part) | Q(reading__icontains=part) | Q(login__icontains=part)
        )
    found = [row for row in rows.order_by("reading", "login") if _gone(row) == gone]
    held = _roles([row.pk for row in found])
    return tuple(_row(row, tuple(held[row.pk])) for row in found)


def people_here(body: str, day: date) -> tuple[tuple[int, str], ...]:
    """Return who is in service on a day, as choices: number and name; 1 query."""
    rows = Person.objects.filter(
        Q(leaves_on__isnull=True) | Q(leaves_on__gte=day), body=body, is_active=True
    )
    return tuple(rows.order_by("reading", "login").values_list("pk", "name"))


def person_seen(body: str, pk: int) -> PersonSeen | None:
    """Return all there is to know of a person; None where there is no such one; 6 queries."""
    row = Person.objects.filter(body=body, pk=pk).first()
    if row is None:
        return None
    standing = _standing(pk)
    locked = next((one.until for one in lockouts(body) if one.person == pk), None)
    return PersonSeen(
        row=_row(row, tuple(_roles([pk])[pk])),
        for_him=tuple(one for one in standing if one.person == pk),
        by_him=tuple(one for one in standing if one.deputy == pk),
        factors=Authenticator.objects.filter(user=row).exclude(type="recovery_codes").count(),
        locked_until=locked,
        forget_after=kept_until(row.leaves_on) if row.leaves_on and _gone(row) else None,
    )


def names_of(body: str, people: Collection[int]) -> dict[int, str]:
    """Return what people are called; 1 query."""
    return dict(Person.objects.filter(body=body, pk__in=people).values_list("pk", "name"))


def mark_of(row: Person) -> str:
    """Return by what a form knows the entry that its administrator saw: a person is no `Fact`, and has no stamp."""
    said = "\0".join(str(getattr(row, name)) for name in CHANGED)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _gone(row: Person) -> bool:
    return not row.is_active or (row.leaves_on is not None and row.leaves_on < today())


def _state(row: Person) -> State:
    if _gone(row):
        return "forgotten" if row.login.startswith("forgotten-") else "gone"
    if not serves(row, today()):
        return "coming"
    return "leaving" if row.leaves_on else "here"


def _row(row: Person, held: tuple[RoleHeld, ...]) -> PersonRow:
    return PersonRow(
        pk=row.pk, login=row.login, name=row.name, reading=row.reading, email=row.email,
        joins_on=row.joins_on, leaves_on=row.leaves_on, state=_state(row),
        temporary=row.must_change_password, mark=mark_of(row), roles=held,
    )  # fmt: skip


def _roles(people: list[int]) -> dict[int, list[RoleHeld]]:
    """Return everybody's roles, the newest first."""
    found: dict[int, list[RoleHeld]] = defaultdict(list)
    rows = Assignment.objects.filter(person__in=people, voided__isnull=True)
    day = today()
    for row in rows.select_related("department").order_by("-first_day", "-pk"):
        known = roles().get(row.role)
        found[row.person_id].append(
            RoleHeld(
                pk=row.pk, stamp=row.stamp, role=row.role, ja=known.ja if known else row.role,
                en=known.en if known else row.role,
                department=row.department.name if row.department else None,
                department_pk=row.department_id, first_day=row.first_day, last_day=row.last_day,
                now=row.first_day <= day and (row.last_day is None or row.last_day >= day),
            )
        )  # fmt: skip
    return found


def _standing(pk: int) -> tuple[StandIn, ...]:
    day = today()
    rows = Deputy.objects.filter(Q(person=pk) | Q(deputy=pk), voided__isnull=True)
    return tuple(
        StandIn(
            pk=row.pk, stamp=row.stamp, person=row.person_id, name=row.person.name,
            deputy=row.deputy_id, deputy_name=row.deputy.name, first_day=row.first_day,
            last_day=row.last_day, reason=row.reason, now=row.first_day <= day <= row.last_day,
        )
        for row in rows.select_related("person", "deputy").order_by("-first_day", "-pk")
    )  # fmt: skip
