"""手の届く所. What an act of the book is done to, found in the person's own body, with the departments in charge."""

from __future__ import annotations

from typing import Any, TypeVar

from sosei.core.fiscal import FiscalYear
from sosei.journal.models import Fact
from sosei.ledger import models as m
from sosei.ledger.doubts import Resting
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Department, Person

F = TypeVar("F", bound=Fact)


def owned(kind: type[F], by: Person, key: int, what: str, *joined: str) -> F:
    """Return a row of the person's body. Raises NoSuchThing."""
    rows: Any = kind._default_manager.filter(pk=key, body=by.body, voided__isnull=True)
    row: F | None = (rows.select_related(*joined) if joined else rows).first()
    if row is None:
        raise NoSuchThing(what=what)
    return row


def entry_of(by: Person, entry: int) -> m.ProjectYear:
    """Return an entry with its volume and project. Raises NoSuchThing."""
    return owned(m.ProjectYear, by, entry, "事業の記載", "volume", "project")


def line_of(by: Person, line: int) -> m.Line:
    """Return an indicator's line with its entry, indicator and definition. Raises NoSuchThing."""
    return owned(
        m.Line, by, line, "指標", "entry__volume", "entry__project", "indicator", "definition"
    )


def volume_of(by: Person, volume: int) -> m.Volume:
    """Return a volume of the person's body, to look at before the act. Raises NoSuchThing."""
    return volume_in(by.body, volume)


def held_volume(by: Person, volume: int) -> m.Volume:
    """Return a volume as it is now, nobody moving it till the act ends. Raises NoSuchThing."""
    held = m.Volume.objects.select_for_update().filter(pk=volume, body=by.body, voided__isnull=True)
    row = held.first()
    return row if row is not None else volume_in(by.body, volume)  # which says that it is not there


def department_of(by: Person, department: int | None) -> Department | None:
    """Return a department of the office, None where none is named. Raises NoSuchThing."""
    return None if department is None else owned(Department, by, department, "課")


def charge_of(entry: m.ProjectYear, *more: int | None) -> frozenset[int]:
    """Return the departments in charge of an entry, and those that are named besides."""
    return in_charge([entry.pk])[entry.pk] | {each for each in more if each is not None}


def awake(line: m.Line) -> None:
    """Refuse what is written to a project or indicator that rests. Raises Resting."""
    year = line.entry.volume.fiscal_year
    for row, what in ((line.entry.project, line.entry.called()), (line.indicator, line.definition)):
        if row.rests_since is not None and row.rests_since <= year:
            called = what if isinstance(what, str) else what.called()
            raise Resting(what=called, year=str(FiscalYear(row.rests_since)))
