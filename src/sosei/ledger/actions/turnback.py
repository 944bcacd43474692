"""組織と年度の変わり目の取消. A department that came or ended, a succession, a roll-over is undone as one, while nobody built on it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from sosei.core.errors import NoReason
from sosei.journal.models import Entry
from sosei.journal.undo import undo
from sosei.ledger.queries.turns import TURNS
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Department, Person
from sosei.offices.permissions import require
from sosei.offices.refusals import CodeTaken


def take_back(*, by: Person, seq: int, reason: str) -> Entry:
    """一度に取り消す. Everything that a line of the journal wrote; return the line of the undoing.

    Raises NotAllowed, NoReason, NoSuchThing (another kind of act), CannotUndo (naming what was built on it), CodeTaken
    (a department's code serves another meanwhile).
    """
    line = Entry.objects.filter(body=by.body, seq=seq, verb__in=TURNS).first()
    if line is None:
        raise NoSuchThing(what="年度の変わり目の行い")
    require(by, TURNS[line.verb])
    if not reason.strip():
        raise NoReason(what="取消")
    with transaction.atomic():
        done = undo(line, by.pk, reason)
        _once(by.body, {row[1] for row in line.rows if row[0] == Department.table()})
    return done


def _once(body: str, departments: set[int]) -> None:
    """Refuse where a department that stands again shares its code with another at the time. Raises CodeTaken."""
    standing = Department.objects.filter(body=body, voided__isnull=True)
    for row in standing.filter(pk__in=departments):
        meanwhile = standing.filter(code=row.code).exclude(pk=row.pk)
        meanwhile = meanwhile.filter(Q(last_day__isnull=True) | Q(last_day__gte=row.first_day))
        if row.last_day is not None:
            meanwhile = meanwhile.filter(first_day__lte=row.last_day)
        if (other := meanwhile.first()) is not None:
            raise CodeTaken(code=row.code, name=other.name, first=other.first_day)
