"""題名を直す. A mistyped title is corrected by planning up to publication; after it, only in a correction."""

from __future__ import annotations

from typing import Final

from sosei.core.errors import NoReason
from sosei.core.text import clean
from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.reach import held_volume
from sosei.ledger.doubts import EmptyProject
from sosei.ledger.halts import TitlePublished
from sosei.offices.models import Person
from sosei.offices.permissions import require

VERB: Final = "volume.retitle"
#: Stages at which others have seen the title: why it changes must be said. A correction has its reason already.
_SEEN: Final = frozenset({"deciding", "decided", "experts", "assembly"})


def needs_reason(stage: str) -> bool:
    """Whether a new title needs its reason while the report is at a stage."""
    return stage in _SEEN


def correct_title(
    *, by: Person, volume: int, title: str, seen: int | None, reason: str = ""
) -> m.Volume:
    """題名を直す. From the decision papers on with a reason; not where the report is published.

    Raises NotAllowed, EmptyProject, NoReason, TitlePublished, Stale, NoSuchThing.
    """
    require(by, VERB)
    said = clean(title)
    if not said:
        raise EmptyProject(what="題名")
    with act(VERB, body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        row = held_volume(by, volume)
        if row.stage == "published":
            raise TitlePublished(what=row.called())
        if needs_reason(row.stage) and not reason.strip():
            raise NoReason(what="題名の訂正")
        if (
            said != row.title
        ):  # where it stood in its source, and how it was spelled, was said of the old one
            trace = {name: kept for name, kept in row.trace.items() if name != "title"}
            w.change(row, seen=seen, title=said, trace=trace)
        if reason.strip():
            w.facts |= {"reason": reason.strip()}
    return row
