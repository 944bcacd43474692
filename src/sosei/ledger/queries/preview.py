"""公表の下見. What would be published now: its number, what is missing in it, what it would correct.

Reports are made only where there is an edition to compare with, and only of what was touched since.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from sosei.core.codec import decode
from sosei.journal.past import as_of
from sosei.ledger import models as m
from sosei.ledger.corrections import Correction, corrections_among, corrections_of
from sosei.ledger.queries.papers import newest_paper
from sosei.ledger.queries.rows import in_order
from sosei.ledger.queries.touched import touched_entries, touched_since
from sosei.ledger.queries.view import report_of, view_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """下見. `counting`: (project, indicator) still being counted in it; `errata` None: it is the first edition.

    `papers_fit`: whether it is as the decision saw it; None: no decision is recorded (in this round). `decided`: that
    decision's number and day; `document`: the papers it was taken on.
    """

    number: int
    projects: int
    indicators: int
    counting: tuple[tuple[str, str], ...]
    unjudged: tuple[str, ...]
    errata: tuple[Correction, ...] | None
    papers_fit: bool | None
    decided: tuple[str, date] | None = None
    document: int | None = None


def preview_of(volume: m.Volume) -> Preview:
    """Return what would be published now; 9 queries, and 16 more for a correction."""
    editions = m.Edition.objects.filter(volume=volume, voided__isnull=True)
    before = editions.order_by("-number").first()
    entries = m.ProjectYear.objects.filter(volume=volume, voided__isnull=True)
    lines = Count("lines", filter=Q(lines__voided__isnull=True))
    rows = list(entries.annotate(counted=lines).order_by("position", "pk"))
    return Preview(
        number=before.number + 1 if before else 1,
        projects=len(rows),
        indicators=sum(row.counted for row in rows),
        counting=_counting(volume),
        unjudged=_unjudged(rows),
        errata=_errata(volume, before, rows) if before else None,
        **_decision(volume),
    )


def _errata(
    volume: m.Volume, before: m.Edition, entries: Sequence[m.ProjectYear]
) -> tuple[Correction, ...]:
    """Return what would be corrected: only entries that were touched since are made into reports and compared."""
    touched = touched_entries(volume, before.since)
    then = in_order(as_of(m.ProjectYear.objects.filter(volume=volume), before.since))
    kept = json.loads(before.report)
    unnamed = any(entry.name is None for entry in (*then, *entries))  # sentences count those
    if unnamed or len(then) != len(kept["projects"]):  # the latter: no edition of this book's rows
        return corrections_of(decode(kept), report_of(volume))
    was = [part for entry, part in zip(then, kept["projects"], strict=True) if entry.pk in touched]
    places = [i for i, entry in enumerate(entries) if entry.pk in touched]
    now = view_of(volume, entries=tuple(entries[i].pk for i in places)).report
    return corrections_among(decode({**kept, "projects": was}), now, places)


def _decision(volume: m.Volume) -> dict[str, Any]:
    paper = newest_paper(volume)
    if paper is None or paper.decided_on is None:
        return {"papers_fit": None}
    return {
        "papers_fit": not touched_since(volume, paper.document.since),
        "decided": (paper.decision_number or "", paper.decided_on),
        "document": paper.document_id,
    }


def _counting(volume: m.Volume) -> tuple[tuple[str, str], ...]:
    rows = m.Shown.objects.filter(
        line__entry__volume=volume, line__entry__kind="result", line__entry__voided__isnull=True,
        line__voided__isnull=True, voided__isnull=True, point__values__role="actual",
        point__values__gap="counting", point__values__until__isnull=True, point__values__voided__isnull=True,
    ).order_by("line__entry__position", "line__position")  # fmt: skip
    names = rows.values_list("line__entry__name", "line__definition__name")
    none = "（名称なし）"
    return tuple(dict.fromkeys((entry or none, indicator or none) for entry, indicator in names))


def _unjudged(entries: Sequence[m.ProjectYear]) -> tuple[str, ...]:
    """Return the results that print neither the experts' judgement nor their opinion."""
    said = m.Verification.objects.filter(
        Q(expert_judgement__isnull=False) | Q(expert_opinion__isnull=False),
        entry__in=entries, voided__isnull=True,
    )  # fmt: skip
    judged = set(said.values_list("entry", flat=True))
    return tuple(one.called() for one in entries if one.kind == "result" and one.pk not in judged)
