"""自分の台帳のもの. A volume or an entry of a body's own book, by its number: the one place where that is asked, for pages and acts."""

from __future__ import annotations

from sosei.ledger import models as m
from sosei.ledger.refusals import NoSuchThing


def volume_in(body: str, volume: int) -> m.Volume:
    """Return a volume of a body; one query. Raises NoSuchThing."""
    row = m.Volume.objects.filter(pk=volume, body=body, voided__isnull=True).first()
    if row is None:
        raise NoSuchThing(what="報告書")
    return row


def entry_in(body: str, entry: int) -> m.ProjectYear:
    """Return an entry of a body with its volume and project; one query. Raises NoSuchThing."""
    rows = m.ProjectYear.objects.filter(pk=entry, body=body, voided__isnull=True)
    row = rows.select_related("volume", "project").first()
    if row is None:
        raise NoSuchThing(what="事業の記載")
    return row
