"""よその報告書の頁. What another body published, as it was read: projects, judgements, findings at their place, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sosei.checking.finding import Finding, Findings, Severity
from sosei.core.fields import Lang
from sosei.core.report import Project, Report
from sosei.judging.verdict import IndicatorVerdict, ProjectVerdict, Verdicts
from sosei.ledger import models as m
from sosei.ledger.queries.batchable import PLANNERS
from sosei.ledger.queries.recorded import Recorded, recorded
from sosei.ledger.strangers import PURPOSE, looked_at
from sosei.offices.models import Person
from sosei.offices.permissions import Need
from sosei.publishing.charts import chart_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangerRow:
    """預かった報告書."""

    document: int
    name: str
    format: str
    size: int
    since: datetime
    recorded: Recorded | None


def strangers_of(body: str) -> tuple[StrangerRow, ...]:
    """Return the reports from elsewhere that a body keeps, the newest first. At most 4 queries."""
    rows = list(
        m.Document.objects.filter(body=body, purpose=PURPOSE, voided__isnull=True).order_by("-pk")
    )
    by_whom = recorded(rows)
    return tuple(
        StrangerRow(
            document=row.pk,
            name=row.name,
            format=row.format,
            size=row.size,
            since=row.since,
            recorded=by_whom.get(row.pk),
        )
        for row in rows
    )


def dropping(by: Person, row: m.Document) -> Need:
    """Return what taking a report off the list needs: who read it in, and planning; 2 queries."""
    kept = recorded([row]).get(row.pk)
    own = kept is not None and kept.person == by.pk
    return Need("import.propose", among=frozenset() if own else PLANNERS)


def may_drop(by: Person, document: int) -> bool:
    """Whether a person may take a report off the list. Raises Document.DoesNotExist."""
    row = m.Document.objects.get(
        pk=document, body=by.body, purpose=PURPOSE, voided__isnull=True
    )  # fmt: skip
    return dropping(by, row).met(by)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangerLine:
    """指標. As read, with its judgement, its chart, and what is found in it."""

    verdict: IndicatorVerdict
    unit: str | None
    chart: str | None
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangerProject:
    """事業. `found`: what is found beside its indicators."""

    project: Project
    verdict: ProjectVerdict
    lines: tuple[StrangerLine, ...]
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangerPage:
    """よその報告書. `general`: findings about the document as a whole. `missing`: how many indicators lack what."""

    document: int
    name: str
    format: str
    size: int
    sha256: str
    report: Report
    projects: tuple[StrangerProject, ...]
    general: tuple[Finding, ...]
    findings: Findings
    verdicts: Verdicts
    counts: Mapping[Severity, int]
    missing: Mapping[str, int]


def stranger_page(body: str, document: int, lang: Lang = "ja") -> StrangerPage:
    """Return what a kept report says. Raises Document.DoesNotExist. 2 queries."""
    row = m.Document.objects.get(
        pk=document, body=body, purpose=PURPOSE, voided__isnull=True
    )  # fmt: skip
    blob = m.Blob.objects.get(pk=row.sha256)
    looked = looked_at(row.sha256, row.name, bytes(blob.data))
    return StrangerPage(
        document=row.pk,
        name=row.name,
        format=row.format,
        size=row.size,
        sha256=row.sha256,
        report=looked.report,
        projects=tuple(
            _project(looked.report, i, looked.verdicts.projects[i], looked.findings, lang)
            for i in range(len(looked.report.projects))
        ),
        general=tuple(f for f in looked.findings if not f.path.startswith("/projects/")),
        findings=looked.findings,
        verdicts=looked.verdicts,
        counts=looked.findings.counts(),
        missing=missing_of(looked.report),
    )


def _project(
    report: Report, index: int, verdict: ProjectVerdict, findings: Findings, lang: Lang
) -> StrangerProject:
    project = report.projects[index]
    path = f"/projects/{index}"
    own = [f for f in findings if f.path == path or f.path.startswith(f"{path}/")]
    lines = []
    for i, indicator in enumerate(project.indicators):
        under = f"{path}/indicators/{i}"
        lines.append(
            StrangerLine(
                verdict=verdict.indicators[i],
                unit=indicator.unit,
                chart=chart_of(
                    indicator, ident=f"s{index}-{i}", year=report.year_of(project), lang=lang
                ),
                found=tuple(f for f in own if f.path == under or f.path.startswith(f"{under}/")),
            )
        )
    return StrangerProject(
        project=project,
        verdict=verdict,
        lines=tuple(lines),
        found=tuple(f for f in own if not f.path.startswith(f"{path}/indicators/")),
    )


def missing_of(report: Report) -> dict[str, int]:
    """Return of how many indicators there is no target, no baseline, no unit, no actual; of how many projects no money."""
    found = dict.fromkeys(("target", "baseline", "unit", "actual", "spending"), 0)
    for project in report.projects:
        if project.kind == "goal":
            continue
        found["spending"] += not any(line.yen is not None for line in project.spending)
        for indicator in project.indicators:
            found["baseline"] += indicator.baseline is None
            found["unit"] += indicator.unit is None
            found["target"] += not any(point.target for point in indicator.years)
            if project.kind == "result":
                found["actual"] += not any(
                    value is not None and value.gap is None
                    for point in indicator.years
                    for value in (point.actual, point.cumulative_actual)
                )
    return found
