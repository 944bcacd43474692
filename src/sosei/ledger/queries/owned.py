"""自分の台帳のもの. A volume of a body's own book, by its number: the one place where that is asked, for pages and acts."""

from __future__ import annotations

from sosei.ledger import models as m
from sosei.ledger.refusals import NoSuchThing


def volume_in(body: str, volume: int) -> m.Volume:
    """Return a volume of a body; one query. Raises NoSuchThing."""
    row = m.Volume.objects.filter(pk=volume, body=body, voided__isnull=True).first()
    if row is None:
        raise NoSuchThing(what="報告書")
    return row
