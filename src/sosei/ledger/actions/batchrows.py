"""取込みの行. The batch that an act is about, and whether it still waits for one."""

from __future__ import annotations

from sosei.ledger import models as m
from sosei.ledger.objections import InquiryClosed, Settled
from sosei.ledger.queries.batches import STATES
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person
from sosei.publishing.inquiry.days import day_shown


def waiting_batch(by: Person, batch: int) -> m.Batch:
    """Return a batch that waits to be looked at. Raises NoSuchThing, Settled, InquiryClosed."""
    row = batch_row(by, batch)
    if row.state != "proposed":
        raise settled(row)
    if row.part is not None and row.part.inquiry.closed_on is not None:
        on = day_shown(row.part.inquiry.closed_on, weekday=False)
        raise InquiryClosed(what=row.part.inquiry.title, on=on)
    return row


def batch_row(by: Person, batch: int) -> m.Batch:
    """Return a batch of the person's body with all it belongs to. Raises NoSuchThing."""
    row = (
        m.Batch.objects.filter(pk=batch, body=by.body, voided__isnull=True)
        .select_related("document", "volume", "part__inquiry", "part__department")
        .first()
    )
    if row is None:
        raise NoSuchThing(what="取込み")
    return row


def called(row: m.Batch) -> str:
    """Return what a person calls a batch: its file."""
    return row.document.name if row.document else "一覧での入力"


def settled(row: m.Batch) -> Settled:
    """Return the refusal of an act on a batch that was dealt with."""
    ja, en = STATES[row.state]
    return Settled(what=called(row), state=ja, state_en=en)
