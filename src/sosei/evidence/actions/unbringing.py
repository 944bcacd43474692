"""持ち込んだ人を忘れる. Within the act that takes a batch back: persons whom it alone made known are not kept on."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max

from sosei.evidence import models as m
from sosei.evidence.actions.wiping import unknow
from sosei.evidence.models.documents import KEPT
from sosei.evidence.parts import parts
from sosei.journal.acts import Act
from sosei.journal.models import Entry as Line
from sosei.journal.models import Fact


def unbring(w: Act, register: m.Register, batch: m.Batch) -> int:
    """Let go of contacts that a batch brought and nothing else needs; return of how many persons. Only after it was undone.

    Who was entered or merged since, said to be something, has a personal document, who agreed or is held by an act of its
    own, stays.
    """
    own = m.Entry.objects.filter(batch=batch, subject__kind="person").order_by()
    last = own.aggregate(last=Max("pk"))["last"]
    if last is None:
        return 0
    born, agreed = _made(batch, m.Subject), _made(batch, m.Consent)
    gone: list[int] = []
    for part in parts(sorted(set(own.values_list("subject", flat=True)))):
        _untell(register, part)
        alone = born.intersection(part) - _needed(part, last, agreed)
        for consent in m.Consent.objects.filter(subject__in=alone, voided=None):
            w.void(consent, reason="登録の束の取消")
        gone += alone
    unknow(w, gone)
    return len(gone)


def _made(batch: m.Batch, table: type[Fact]) -> set[int]:
    """Return the rows of a table that the act of a batch wrote first, as its line of the journal says."""
    for rows in Line.objects.filter(body=batch.body, at=batch.since).values_list("rows", flat=True):
        if any((row[0], row[1]) == (m.Batch.table(), batch.pk) for row in rows):
            return {row[1] for row in rows if row[0] == table.table() and row[2] == 1}
    return set()


def _needed(persons: Collection[int], last: int, agreed: Collection[int]) -> set[int]:
    """Return those of whom something else is known than what a batch brought: its last content, and who `agreed` by it."""
    consents = m.Consent.objects.filter(subject__in=persons, voided=None).order_by()
    by_itself = {
        subject
        for pk, stamp, subject in consents.values_list("pk", "stamp", "subject")
        if pk not in agreed or stamp > 1
    }
    later = m.Entry.objects.filter(pk__gt=last, subject__in=persons).order_by()
    merged = m.Subject.objects.filter(into__in=persons).order_by()
    papers = m.Document.objects.filter(KEPT, subject__in=persons, personal=True).order_by()
    said = m.Attribute.objects.filter(subject__in=persons, voided=None).order_by()
    known = (
        *by_itself,
        *later.values_list("subject", flat=True),
        *merged.values_list("into", flat=True),
        *said.values_list("subject", flat=True),
        *papers.values_list("subject", flat=True),
    )
    return {one for one in known if one is not None}


def _untell(register: m.Register, persons: Collection[int]) -> None:
    """Let go of what a register heard of persons who no longer stand in it."""
    now = m.Entry.objects.filter(m.entries.CURRENT, register=register, subject__in=persons)
    here = set(now.values_list("subject", flat=True))
    gone = [person for person in persons if person not in here]
    m.Told.objects.filter(register=register, subject__in=gone).delete()
