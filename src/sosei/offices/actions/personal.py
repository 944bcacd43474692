"""人の行いの形. What all acts on people share: a person is no `Fact`, so the line names him and the columns, never a value."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.db.models import Q

from sosei.journal.acts import Act, act
from sosei.offices.models import Assignment, Person
from sosei.offices.refusals import LastAdmin, OwnAdmin

ADMIN: Final = "admin"
#: Letters and digits that nobody takes for one another when a password is read from paper.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


@contextmanager
def person_act(
    verb: str, *, by: Person, person: Person, facts: Mapping[str, Any] | None = None
) -> Iterator[Act]:
    """Do one act on a person; it always leaves its line."""
    with act(
        verb, body=by.body, by=by.pk, subject=f"offices.person:{person.pk}",
        facts={"person": person.pk, **(facts or {})}, always=True,
    ) as w:  # fmt: skip
        yield w


def write(person: Person, columns: Mapping[str, Any]) -> list[str]:
    """Write what differs into a person's row; return the names of the columns, for the journal."""
    differing = [name for name, value in columns.items() if getattr(person, name) != value]
    for name in differing:
        setattr(person, name, columns[name])
    if differing:
        person.save(update_fields=differing)
    return differing


def temporary_password() -> str:
    """Return a password to be changed at the first sign-in: sixteen letters in four groups, 79 bits."""
    letters = [secrets.choice(_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def keep_an_admin(by: Person, person: Person, ending: frozenset[int], last_day: date) -> None:
    """Refuse that a person's admin roles end, where they are one's own or the office's last.

    `ending`: the assignments that end on `last_day`. The rows are locked, so that two administrators cannot take
    each other's role at the same moment. Raises OwnAdmin, LastAdmin.
    """
    rows = list(
        Assignment.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(Q(last_day__isnull=True) | Q(last_day__gt=last_day), body=by.body, role=ADMIN, voided__isnull=True)
        .order_by("pk")
    )  # fmt: skip
    if not any(row.pk in ending for row in rows):
        return
    left = [row for row in rows if row.pk not in ending and _serves_after(row.person, last_day)]
    if not any(row.person_id == by.pk for row in left) and person.pk == by.pk:
        raise OwnAdmin
    if not left:
        raise LastAdmin


def _serves_after(person: Person, day: date) -> bool:
    return person.is_active and (person.leaves_on is None or person.leaves_on > day)
