"""人の行いの形. What all acts on people share: a person is no `Fact`, so the line names him and the columns, never a value."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q

from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.offices.models import Assignment, Person
from sosei.offices.permissions import ADMIN, serves
from sosei.offices.proofs import prove
from sosei.offices.refusals import LastAdmin, OwnAdmin

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


def write(w: Act, person: Person, columns: Mapping[str, Any]) -> list[str]:
    """Write what differs into a person's row, with its proof; return the names of the columns, for the journal."""
    differing = [name for name, value in columns.items() if getattr(person, name) != value]
    for name in differing:
        setattr(person, name, columns[name])
    if differing:
        person.save(update_fields=differing)
        prove(w, person, differing)
    return differing


def temporary_password() -> str:
    """Return a password to be changed at the first sign-in: sixteen letters in four groups, 79 bits."""
    letters = [secrets.choice(_LETTERS) for _ in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def keep_an_admin(by: Person, person: Person, ending: frozenset[int], last_day: date) -> None:
    """Refuse that a person's admin roles end, where they are one's own or the office would be without on some day.

    `ending`: the assignments that end on `last_day`. Who is an administrator only later, or no longer, does not count.
    The rows are locked, so that two administrators cannot take each other's role at the same moment. Raises OwnAdmin,
    LastAdmin.
    """
    rows = list(
        Assignment.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(Q(last_day__isnull=True) | Q(last_day__gt=last_day), body=by.body, role=ADMIN, voided__isnull=True)
        .order_by("pk")
    )  # fmt: skip
    if not any(row.pk in ending for row in rows):
        return
    left = [row for row in rows if row.pk not in ending]
    start = max(last_day + timedelta(days=1), today())
    own = [row for row in left if row.person_id == by.pk]
    if person.pk == by.pk and not _one_on(own, start):
        raise OwnAdmin
    if any(_one_on(rows, day) and not _one_on(left, day) for day in _turns(left, start)):
        raise LastAdmin


def _one_on(rows: Iterable[Assignment], day: date) -> bool:
    """Whether one of the assignments is in force on a day, and its person in service."""
    return any(
        row.first_day <= day
        and (row.last_day is None or day <= row.last_day)
        and serves(row.person, day)
        for row in rows
    )


def _turns(rows: Iterable[Assignment], start: date) -> set[date]:
    """Return the first day, and those after on which one of the assignments, or its person's service, is over."""
    ends = (end for row in rows for end in (row.last_day, row.person.leaves_on) if end is not None)
    return {start} | {end + timedelta(days=1) for end in ends if end >= start}
