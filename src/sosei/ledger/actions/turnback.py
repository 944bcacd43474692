"""年度の変わり目の取消. A succession, a handing over, a roll-over is undone as one, while nobody built on it."""

from __future__ import annotations

from sosei.core.errors import NoReason
from sosei.journal.models import Entry
from sosei.journal.undo import undo
from sosei.ledger.queries.turns import TURNS
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person
from sosei.offices.permissions import require


def take_back(*, by: Person, seq: int, reason: str) -> Entry:
    """一度に取り消す. Everything that a line of the journal wrote; return the line of the undoing.

    Raises NotAllowed, NoReason, NoSuchThing (another kind of act), CannotUndo (naming what was built on it).
    """
    line = Entry.objects.filter(body=by.body, seq=seq, verb__in=TURNS).first()
    if line is None:
        raise NoSuchThing(what="年度の変わり目の行い")
    require(by, TURNS[line.verb])
    if not reason.strip():
        raise NoReason(what="取消")
    return undo(line, by.pk, reason)
