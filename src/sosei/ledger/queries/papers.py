"""決裁資料を見る. The papers that wait for a decision, or that it was taken on, in the round that is under way."""

from __future__ import annotations

from sosei.ledger import models as m

#: Steps with which a round of decision begins anew.
ROUNDS = frozenset({"volume.return", "volume.correct"})


def newest_paper(volume: m.Volume) -> m.Paper | None:
    """Return the newest papers made since a volume last came back or was opened for correction, or None; 2 queries."""
    backs = m.Step.objects.filter(volume=volume, entry=None, verb__in=ROUNDS, voided__isnull=True)
    last = backs.order_by("-pk").first()
    papers = m.Paper.objects.filter(volume=volume, voided__isnull=True)
    if last is not None:
        papers = papers.filter(document__since__gte=last.since)
    return papers.order_by("-pk").first()
