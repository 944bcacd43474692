"""最後の変更. By whom and when what a form holds was changed last: told to who had it open meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

from django.db.models import QuerySet

from sosei.evidence.models import Measure
from sosei.journal.models import Entry, Fact
from sosei.ledger import models as m
from sosei.ledger.queries.recorded import Recorded
from sosei.ledger.queries.weights import weighed
from sosei.offices.models import Department, Person

Thing = Literal["entry", "money", "verification", "volume", "definition", "decision", "opinion", "department", "measure"]  # fmt: skip
Rows = Iterable[QuerySet[Any]]

#: The rows that the form of a thing holds, those that were voided too.
_ROWS: Final[dict[Thing, Callable[[int], Rows]]] = {
    "entry": weighed,
    "money": lambda entry: [m.Spending.objects.filter(entry=entry)],
    "verification": lambda entry: [m.Verification.objects.filter(entry=entry)],
    "volume": lambda pk: [m.Volume.objects.filter(pk=pk)],
    "definition": lambda pk: [m.Definition.objects.filter(pk=pk)],
    "decision": lambda pk: [m.GrantDecision.objects.filter(pk=pk)],
    "opinion": lambda pk: [m.Opinion.objects.filter(pk=pk)],
    "department": lambda pk: [Department.objects.filter(pk=pk)],
    "measure": lambda pk: [Measure.objects.filter(pk=pk)],
}


def latest(thing: Thing, pk: int) -> Recorded | None:
    """Return who changed a thing last; `pk`: of the row, or of the entry whose words, money or verification it is."""
    found = (rows.order_by("-since", "-pk").first() for rows in _ROWS[thing](pk))
    row = max((each for each in found if each is not None), key=lambda r: r.since, default=None)
    return _by(row) if row is not None else None


def _by(row: Fact) -> Recorded:
    written = [row.table(), row.pk, row.stamp]
    lines = Entry.objects.filter(body=row.body, at=row.since).order_by("seq")
    line = next((line for line in lines if any(w[:3] == written for w in line.rows)), None)
    if line is None:
        return Recorded(at=row.since)
    person = Person.objects.filter(pk=line.by or 0).first()
    name = person.name if person else None
    return Recorded(at=row.since, by=name, seq=line.seq, person=line.by)
