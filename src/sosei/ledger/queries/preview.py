"""公表の下見. What would be published now: number, hash, what is missing in it, what it would correct."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.core.codec import loads
from sosei.core.gaps import Gap
from sosei.core.report import Report
from sosei.ledger import models as m
from sosei.ledger.corrections import Correction, corrections_of
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.papers import newest_paper
from sosei.ledger.queries.view import report_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """下見. `counting`: (project, indicator) still being counted in it; `errata` None: it is the first edition.

    `papers_fit`: whether it is as the decision saw it; None: no decision is recorded (in this round).
    """

    number: int
    sha256: str
    projects: int
    indicators: int
    counting: tuple[tuple[str, str], ...]
    unjudged: tuple[str, ...]
    errata: tuple[Correction, ...] | None
    papers_fit: bool | None


def preview_of(volume: m.Volume) -> Preview:
    """Return what would be published now; 14 queries."""
    report = report_of(volume)
    sha = fingerprint(report)
    before = (
        m.Edition.objects.filter(volume=volume, voided__isnull=True).order_by("-number").first()
    )
    paper = newest_paper(volume)
    return Preview(
        number=before.number + 1 if before else 1,
        sha256=sha,
        projects=len(report.projects),
        indicators=sum(len(project.indicators) for project in report.projects),
        counting=_counting(report),
        unjudged=_unjudged(report),
        errata=corrections_of(loads(before.report), report) if before else None,
        papers_fit=paper.report_sha256 == sha if paper and paper.decided_on else None,
    )


def _counting(report: Report) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(project.name or "（名称なし）"), str(indicator.name or "（名称なし）"))
        for project in report.projects
        if project.kind == "result"
        for indicator in project.indicators
        if any(p.actual is not None and p.actual.gap is Gap.COUNTING for p in indicator.years)
    )


def _unjudged(report: Report) -> tuple[str, ...]:
    """Return the results that print neither the experts' judgement nor their opinion."""
    return tuple(
        str(project.name or "（名称なし）")
        for project in report.projects
        if project.kind == "result"
        and not (
            project.verification
            and (project.verification.expert_judgement or project.verification.expert_opinion)
        )
    )
