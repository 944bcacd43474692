"""人の点検. Is everybody who the journal says: the names beside what was done, and the days of service?

The journal holds no name, only keyed digests (`offices.proofs`); the latest of each column is compared with the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet

from sosei.journal.keyring import ring
from sosei.journal.models import Entry
from sosei.journal.reading import Broken, in_order, snapshot, sturdy
from sosei.journal.seal import digest
from sosei.journal.verdict import Lines, Named, Problem
from sosei.offices.models import Person
from sosei.offices.proofs import FACT, PROVEN, proofs_of

_UNREADABLE: Final = Named("読み取れない内容", "unreadable content")


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a line says of a column, and with which key."""

    digest: str
    key: int
    seq: int
    at: datetime


@dataclass(slots=True)
class _Said:
    """What the journal says of a person; `last`: the line that said so last."""

    columns: dict[str, _Proof] = field(default_factory=dict)
    last: _Proof | None = None


def problems(body: str | None = None) -> Iterator[Problem]:
    """Yield everybody who is not who the journal says, who is gone, and (N05) of whom it says nothing.

    People may be registered meanwhile: everything is seen as it was at one moment.
    """
    with snapshot():
        said = _said(body)
        people: QuerySet[Person] = Person.objects.all()
        for row in in_order(people if body is None else people.filter(body=body)):
            number = row.key if isinstance(row, Broken) else row.pk
            yield from _one(number, row, said.pop(number, None))
        for number, gone in sorted(said.items()):
            if gone.last is not None:
                yield Problem("J17", {"row": number, **_where(gone.last)})


def _one(number: int, row: Person | Broken, said: _Said | None) -> Iterator[Problem]:
    called = _UNREADABLE if isinstance(row, Broken) else row.name
    if said is None:
        yield Problem("N05", {"row": number, "called": called})
        return
    wrong = said.columns if isinstance(row, Broken) else _wrong(row, said)
    if wrong:
        names = [str(Person._meta.get_field(column).verbose_name) for column in wrong]  # type: ignore[union-attr]
        label = Named("・".join(names), ", ".join(wrong))
        last = max(wrong.values(), key=lambda proof: proof.seq)
        yield Problem("J16", {"row": number, "called": called, "label": label, **_where(last)})


def _said(body: str | None) -> dict[int, _Said]:
    """Return what the journal says of everybody, by number; what no proof could be is passed over, its line is a forgery."""
    lines = Entry.objects.filter(facts__has_key=FACT)
    own = lines if body is None else lines.filter(body=body)
    found: dict[int, _Said] = {}
    for entry in sturdy(own.defer("rows").order_by("body", "seq")):
        for number, columns in _proofs(entry):
            one = found.setdefault(number, _Said())
            for column, proof in columns.items():
                one.last = one.columns[column] = proof
    return found


def _proofs(entry: Entry | Broken) -> Iterator[tuple[int, dict[str, _Proof]]]:
    """Yield what a line says of people, by their numbers."""
    if isinstance(entry, Broken) or not isinstance(entry.facts, dict):
        return
    said = entry.facts.get(FACT)
    for number, columns in said.items() if isinstance(said, dict) else ():
        if number.isascii() and number.isdigit() and isinstance(columns, dict):
            proofs = {
                column: _Proof(str(value), entry.key, entry.seq, entry.at)
                for column, value in columns.items()
                if column in PROVEN
            }
            yield int(number), proofs


def _wrong(person: Person, said: _Said) -> dict[str, _Proof]:
    """Return the columns that do not hold what was recorded."""
    return {
        column: proof for column, proof in said.columns.items() if not _holds(person, column, proof)
    }


def _holds(person: Person, column: str, proof: _Proof) -> bool:
    """Whether a column holds what was recorded; without the key of that, nobody can say that it does not."""
    key = ring().get(proof.key)
    return key is None or proofs_of(person, [column], partial(digest, key))[column] == proof.digest


def _where(proof: _Proof) -> dict[str, Any]:
    return {"lines": Lines(proof.seq, proof.seq), "at": proof.at}
