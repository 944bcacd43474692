"""再設定の知らせ. Whose password or second factor somebody else reset: told to the person himself, and to the head of planning.

An administrator must be able to do it, and could so sign in as anybody; that it happened is therefore told where it
cannot be overlooked. All of it is read from the journal, so nobody can take a notice away, not even by reading it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from sosei.journal.clock import now
from sosei.journal.models import Entry
from sosei.offices.models import Person
from sosei.offices.permissions import held_by
from sosei.offices.queries.people import names_of

VERBS: Final = ("person.password", "person.factor")
#: To whom the resets of people are told who confirm or decide.
_WATCHES: Final = "planning_head"
#: So long it is told to who watches; and to the person himself, from his first sign-in after it on.
TOLD: Final = timedelta(days=30)
OWN_TOLD: Final = timedelta(days=14)
#: The most notices of a page.
_MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset:
    """再設定. `by`: who did it (None: the program). `name`: whose it was. `seq`: its line in the journal."""

    seq: int
    at: datetime
    by: str | None
    name: str
    factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Resets:
    """知らせる再設定. The reader's own, and those of others that he is to know of; the latest first."""

    own: tuple[Reset, ...] = ()
    others: tuple[Reset, ...] = ()


def resets_for(person: Person) -> Resets:
    """Return what a person is to be told; at most 4 queries."""
    own = _own(person)
    watches = any(held.role == _WATCHES for held in held_by(person))
    others = _watched(person) if watches else []
    lines = [*own, *others]
    names = names_of(person.body, {*map(_whose, lines), *(line.by or 0 for line in lines)})
    return Resets(
        own=tuple(_told(line, names) for line in own),
        others=tuple(_told(line, names) for line in others),
    )


def _own(person: Person) -> list[Entry]:
    """Return the resets of a person's own, by others, since what he has had the time to read."""
    found = _lines(person).filter(subject=f"offices.person:{person.pk}")[:_MOST]
    lines = list(found)
    if not lines:
        return []
    read = (
        Entry.objects.filter(
            body=person.body, by=person.pk, verb="account.sign_in", at__lte=now() - OWN_TOLD
        )
        .order_by("-seq").values_list("seq", flat=True).first()
    )  # fmt: skip
    return [line for line in lines if read is None or line.seq > read]


def _watched(person: Person) -> list[Entry]:
    """Return the latest resets of others who confirm or decide."""
    found = _lines(person).filter(at__gte=now() - TOLD, facts__approving=True)
    return list(found.exclude(subject=f"offices.person:{person.pk}")[:_MOST])


def _lines(person: Person) -> QuerySet[Entry]:
    found = Entry.objects.filter(body=person.body, verb__in=VERBS).exclude(by=person.pk)
    return found.defer("rows").order_by("-seq")


def _whose(line: Entry) -> int:
    return int(line.subject.rpartition(":")[2])


def _told(line: Entry, names: dict[int, str]) -> Reset:
    return Reset(
        seq=line.seq, at=line.at, by=names.get(line.by or 0), name=names.get(_whose(line), ""),
        factor=line.verb == "person.factor",
    )  # fmt: skip
