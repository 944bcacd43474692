"""決裁資料を見る. The papers that wait for a decision, or that it was taken on, in the round that is under way."""

from __future__ import annotations

from django.db.models import F, Q, Subquery

from sosei.ledger import models as m

#: Steps with which a round of decision begins anew.
ROUNDS = frozenset({"volume.return", "volume.correct"})


def newest_paper(volume: m.Volume) -> m.Paper | None:
    """Return the newest papers made since a volume last came back or was opened for correction, or None; one query."""
    backs = m.Step.objects.filter(volume=volume, entry=None, verb__in=ROUNDS, voided__isnull=True)
    begun = Subquery(backs.order_by("-pk").values("since")[:1])
    papers = m.Paper.objects.filter(volume=volume, voided__isnull=True).annotate(begun=begun)
    current = papers.filter(Q(begun__isnull=True) | Q(document__since__gte=F("begun")))
    return current.select_related("document").order_by("-pk").first()
