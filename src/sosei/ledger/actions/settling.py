"""取込みを片付ける. A batch is decided about, dropped with a reason, or undone as one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from sosei.core.errors import NoReason
from sosei.journal.acts import act
from sosei.journal.refusals import NothingToUndo
from sosei.journal.undo import revert
from sosei.ledger.actions.answered import note_unanswered
from sosei.ledger.actions.batchrights import asked_to_undo, require_deciding, require_undoing
from sosei.ledger.actions.batchrows import batch_row, called, settled, waiting_batch
from sosei.ledger.actions.lines import line_numbered, line_to_come
from sosei.ledger.actions.ownyears import require_own_years
from sosei.ledger.actions.proposals import proposed, with_decisions
from sosei.ledger.beside import Beside, beside
from sosei.ledger.incoming import incoming_of, row_paths
from sosei.ledger.objections import StillUnclear
from sosei.offices.models import Person
from sosei.offices.permissions import require


def allow_restating(*, by: Person, batch: int) -> None:
    """Say that a new year's report may replace figures of earlier years that the book holds. Raises NotAllowed, Settled."""
    require(by, "volume.open")
    with act("batch.decide", body=by.body, by=by.pk, subject=f"ledger.batch:{batch}") as w:
        row = waiting_batch(by, batch)
        w.change(row, difference={**row.difference, "restate": True})


def decide_batch(*, by: Person, batch: int, decisions: Mapping[str, str | None]) -> None:
    """Say what belongs to what where the program could not tell. `decisions`: incoming path → row or path, None: new.

    Raises NotAllowed, Settled, StillUnclear.
    """
    row = waiting_batch(by, batch)
    require_deciding(by, row)
    if row.volume is None:
        raise StillUnclear(what=called(row))
    incoming = incoming_of(row.difference)
    before = beside(row.volume, incoming, row.kind)
    _decidable(before, decisions)
    decided = with_decisions(incoming, decisions)
    found = beside(row.volume, decided, row.kind)
    with act("batch.decide", body=by.body, by=by.pk, subject=f"ledger.batch:{row.pk}") as w:
        w.change(row, base=found.base, difference={**row.difference, **proposed(decided, found)})


def _decidable(found: Beside, decisions: Mapping[str, str | None]) -> None:
    rows = row_paths(found.view)
    for path, choice in decisions.items():
        change = found.difference.by_id.get(path)
        if change is None or change.kind != "unclear":
            raise StillUnclear(what=path)
        here = rows.get(choice, choice) if choice is not None else None
        if here is not None and here not in change.candidates:
            raise StillUnclear(what=change.subject_ja)


def refuse_batch(*, by: Person, batch: int, reason: str) -> None:
    """Drop a batch, with the reason. Raises NotAllowed, Settled, NoReason."""
    with act("batch.refuse", body=by.body, by=by.pk, subject=f"ledger.batch:{batch}") as w:
        row = waiting_batch(by, batch)
        require_deciding(by, row)
        if not reason.strip():
            raise NoReason(what="取込みの取りやめ")
        w.change(row, state="refused", reason=reason.strip())


def undo_batch(*, by: Person, batch: int, reason: str) -> None:
    """Undo everything that a batch wrote, as one. Raises NotAllowed, Locked, Settled, NoReason, CannotUndo."""
    with act("batch.undo", body=by.body, by=by.pk, subject=f"ledger.batch:{batch}") as w:
        row = batch_row(by, batch)
        if row.state != "applied":
            raise settled(row)
        if not reason.strip():
            raise NoReason(what="取込みの取消")
        require_undoing(by, row)
        line = line_numbered(by.body, row.applied_seq)
        leave = {("ledger.batch", row.pk)}
        if row.part is not None:
            leave.add(("ledger.inquirypart", row.part.pk))
        with suppress(NothingToUndo):  # an answer that said nothing new: only its part goes back
            revert(w, line, reason=reason, leave=leave)
            require_own_years(w, by, besides=asked_to_undo(row), reason=reason, what="取込みの取消")
        w.change(row, state="undone", undone_seq=line_to_come(w), reason=reason.strip())
        if row.part is not None:
            note_unanswered(w, row.part, row)
