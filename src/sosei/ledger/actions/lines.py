"""証跡の行番号. The number of the line that the act under way will have, for rows that must name it themselves."""

from __future__ import annotations

from sosei.journal.acts import Act
from sosei.journal.models import Chain, Entry
from sosei.ledger.refusals import NoSuchThing


def line_to_come(w: Act) -> int:
    """Return the number of this act's line: nobody else takes it, since acts of one book are done one by one."""
    chain, _ = Chain.objects.get_or_create(body=w.body)
    return chain.seq + 1


def line_numbered(body: str, seq: int | None) -> Entry:
    """Return a line of a body's journal. Raises NoSuchThing."""
    found = Entry.objects.filter(body=body, seq=seq or 0).first()
    if found is None:
        raise NoSuchThing(what=f"証跡の第{seq}行")
    return found
