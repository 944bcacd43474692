"""異動の名簿. Rows pasted from a sheet (who, where, in which role, after whom), read and looked at before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from sosei.core.text import fold, narrow
from sosei.offices.models import Department, Person
from sosei.offices.permissions import roles

#: Columns in their usual order, and by which heads they are known.
COLUMNS: Final = ("login", "name", "reading", "department", "role", "before")
_HEADS: Final = {
    "利用者id": "login", "id": "login", "login": "login", "氏名": "name", "名前": "name", "name": "name",
    "読み": "reading", "ふりがな": "reading", "フリガナ": "reading", "reading": "reading",
    "課": "department", "所属": "department", "課名": "department", "department": "department",
    "役割": "role", "role": "role", "前任": "before", "前任の利用者id": "before", "前任id": "before",
    "before": "before",
}  # fmt: skip
#: The most rows of one paste.
MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """異動の一行. `person`, `before`: numbers of accounts there are; a new login makes a new account. `problems`: Japanese, English."""

    line: int
    login: str
    name: str
    reading: str
    role: str | None
    role_ja: str
    role_en: str
    department: int | None
    department_name: str
    person: int | None
    before: int | None
    before_name: str
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def new(self) -> bool:
        """Whether an account is made."""
        return self.person is None


def roster_of(by: Person, text: str, on: date) -> tuple[Moving, ...]:
    """Return the rows of a paste as they are understood; 2 queries, however many rows. `by`: who is to register them."""
    found = [
        (number, cells)
        for number, line in enumerate(text.splitlines(), 1)
        if any(cells := [narrow(cell).strip() for cell in line.split("\t")])
    ][: MOST + 1]
    columns: tuple[str, ...] = COLUMNS
    if found and (heads := _heads(found[0][1])):
        columns, found = heads, found[1:]
    look = _Look(by, on)
    seen: set[str] = set()
    return tuple(
        look.row(number, dict(zip(columns, cells, strict=False)), seen) for number, cells in found
    )


def mark_of(rows: Sequence[Moving], on: date) -> str:
    """Return by what a form knows the roster that its person saw: every row as it was understood, and the day."""
    return hashlib.sha256(repr((on, tuple(rows))).encode()).hexdigest()[:16]


def _heads(cells: list[str]) -> tuple[str, ...]:
    """Return which column is which where the first row names them; empty where it is a row like the others."""
    known = [_HEADS.get(fold(cell).lower(), "") for cell in cells]
    return tuple(known) if "login" in known else ()


class _Look:
    """Looks up what a row names."""

    def __init__(self, by: Person, on: date) -> None:
        self.by, body = by.pk, by.body
        self.people = {p.login.lower(): p for p in Person.objects.filter(body=body)}
        rows = Department.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=on),
            body=body, first_day__lte=on, voided__isnull=True,
        )  # fmt: skip
        self.departments = {key: d for d in rows for key in (fold(d.name), fold(d.code))}
        self.roles = {
            key: code
            for code, role in roles().items()
            for key in (code, fold(role.ja), fold(role.en).lower())
        }

    def row(self, line: int, said: Mapping[str, str], seen: set[str]) -> Moving:
        """Return one row with everything that is wrong with it."""
        login = said.get("login", "")
        person = self.people.get(login.lower())
        role = self._role(said.get("role", ""))
        place = self.departments.get(fold(said.get("department", "")))
        before = self.people.get(said.get("before", "").lower())
        known = roles().get(role or "")
        moving = Moving(
            line=line,
            login=login,
            name=said.get("name", "") or (person.name if person else ""),
            reading=said.get("reading", ""),
            role=role,
            role_ja=known.ja if known else said.get("role", ""),
            role_en=known.en if known else said.get("role", ""),
            department=place.pk if place else None,
            department_name=place.name if place else said.get("department", ""),
            person=person.pk if person else None,
            before=before.pk if before else None,
            before_name=before.name if before else said.get("before", ""),
            problems=tuple(
                self._problems(said, person, role, place, before, login.lower() in seen)
            ),
        )
        seen.add(login.lower())
        return moving

    def _role(self, text: str) -> str | None:
        return self.roles.get(fold(text)) or self.roles.get(fold(text).lower())

    def _problems(
        self,
        said: Mapping[str, str],
        person: Person | None,
        role: str | None,
        place: Department | None,
        before: Person | None,
        twice: bool,
    ) -> list[tuple[str, str]]:
        own = role is not None and roles()[role].scope == "own"
        checks = (
            (not said.get("login"), ("利用者IDがありません", "no login name")),
            (twice, ("同じ利用者IDの行があります", "the login name stands twice")),
            (person is not None and person.pk == self.by, ("自分の役割は、ほかのシステム管理者が登録します", "another administrator registers your own role")),
            (person is None and not said.get("name"), ("新しい人の氏名がありません", "a new person has no name")),
            (role is None, (f"役割「{said.get('role', '')}」がわかりません", f"no role “{said.get('role', '')}”")),
            (bool(said.get("department")) and place is None, (f"課「{said.get('department', '')}」がその日にありません", f"no department “{said.get('department', '')}” on that day")),
            (own and not said.get("department"), ("この役割には課が要ります", "this role needs a department")),
            (bool(said.get("before")) and before is None, (f"前任「{said.get('before', '')}」がわかりません", f"nobody has the login “{said.get('before', '')}”")),
        )  # fmt: skip
        return [sentence for wrong, sentence in checks if wrong]
