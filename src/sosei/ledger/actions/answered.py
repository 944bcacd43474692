"""回答済みとする. When a department's part counts as answered, and when it no longer does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sosei.journal.acts import Act
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.queries.owed import Items


def note_entered(w: Act, volume: m.Volume, entries: Collection[int]) -> m.InquiryPart | None:
    """After figures were entered by hand: mark the open parts in which nothing is unsaid any more as answered.

    Returns the one open part that the entries belong to, None where there is none or several.
    """
    owed = m.Owed.objects.filter(
        entry__in=list(entries), part__inquiry__volume=volume, voided__isnull=True,
        part__inquiry__closed_on__isnull=True, part__inquiry__voided__isnull=True,
        part__voided__isnull=True,
    )  # fmt: skip
    parts = {p.pk: p for p in m.InquiryPart.objects.filter(pk__in=owed.values("part"))}
    everything: dict[int, list[m.Owed]] = defaultdict(list)
    for one in m.Owed.objects.filter(part__in=list(parts), voided__isnull=True):
        everything[one.part_id].append(one)
    states = Items([one for several in everything.values() for one in several])
    for pk, part in parts.items():
        if part.answered_on is None and not states.count(everything[pk])["open"]:
            w.change(part, answered_on=today())
    return next(iter(parts.values())) if len(parts) == 1 else None


def note_answered(w: Act, part: m.InquiryPart) -> None:
    """After an answer was applied: the part is answered, fully or partly."""
    w.change(part, answered_on=today())


def note_unanswered(w: Act, part: m.InquiryPart, batch: m.Batch) -> None:
    """After an answer was undone: the part is unanswered again, unless another answer stands."""
    others = m.Batch.objects.filter(part=part, state="applied", voided__isnull=True)
    if not others.exclude(pk=batch.pk).exists():
        w.change(part, answered_on=None)
