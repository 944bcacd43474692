"""意見を求める事業. What an expert is shown of each project, out of a report; and a sheet as it was sent, kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from sosei.core.fields import label
from sosei.core.opinions import JudgedProject, OpinionSheet, ShownIndicator
from sosei.core.report import Indicator, Project, Report, Value
from sosei.core.shown import show_value, show_yen
from sosei.judging import judge
from sosei.judging.criteria import Proposal, level_name
from sosei.judging.outcome import Rate
from sosei.judging.verdict import IndicatorVerdict, ProjectVerdict

#: 産官学金労言, and 士 (弁護士、税理士など), which some cities add.
SECTORS: Final[dict[str, tuple[str, str]]] = {
    "industry": ("産（産業界）", "industry"),
    "government": ("官（行政機関）", "government"),
    "academia": ("学（教育機関）", "academia"),
    "finance": ("金（金融機関）", "finance"),
    "labour": ("労（労働団体）", "labour"),
    "media": ("言（報道機関）", "media"),
    "profession": ("士（士業）", "professions"),
    "resident": ("住民", "residents"),
    "other": ("その他", "other"),
}
_ASSESSED: Final = ("obstacle", "countermeasure", "next_policy", "next_policy_reason")
#: Lines of money that are no spending.
_NOT_SPENT: Final = frozenset({"budget", "granted"})


def key_of(entry: int) -> str:
    """Return the key by which an entry is known on a sheet."""
    return f"E{entry}"


def entry_of(key: str | None) -> int | None:
    """Return the entry that a key means; None: the whole."""
    return int(key.removeprefix("E")) if key else None


def judged_projects(report: Report, entries: Sequence[int]) -> tuple[JudgedProject, ...]:
    """Return the results of a report as experts are shown them; `entries`: their numbers, beside the projects."""
    verdicts = judge(report).projects
    return tuple(
        _judged(project, verdict, key_of(entry))
        for project, verdict, entry in zip(report.projects, verdicts, entries, strict=True)
        if project.kind == "result"
    )


def _judged(project: Project, verdict: ProjectVerdict, key: str) -> JudgedProject:
    said = project.verification
    proposal = verdict.proposal
    return JudgedProject(
        key=key,
        name=str(project.name or "（名称なし）"),
        number=project.number,
        grant=str(project.grant) if project.grant else None,
        departments=tuple(map(str, project.departments)),
        spent=spent(project),
        activities=tuple(map(str, project.activities)),
        indicators=tuple(map(_indicator, project.indicators, verdict.indicators)),
        proposed=level_name(proposal.level) if isinstance(proposal, Proposal) else None,
        decided=str(said.grade) if said and said.grade else None,
        assessment=tuple(
            (label(f"Verification.{name}"), str(getattr(said, name)))
            for name in _ASSESSED
            if said and getattr(said, name)
        ),
    )


def _indicator(indicator: Indicator, verdict: IndicatorVerdict) -> ShownIndicator:
    case = verdict.case
    return ShownIndicator(
        name=str(indicator.name or "（名称なし）"),
        number=indicator.number,
        unit=indicator.unit,
        target=_shown(case.point.target, indicator),
        actual=_shown(case.actual, indicator),
        rate=case.outcome.shown() if isinstance(case.outcome, Rate) else None,
    )


def _shown(value: Value | None, indicator: Indicator) -> str | None:
    return "、".join(show_value(value, unit=indicator.unit)) if value else None


def spent(project: Project) -> str | None:
    """Return what was spent: the printed total, else the sum of the lines; None where no line has a figure."""
    lines = [s for s in project.spending if s.yen is not None and s.kind not in _NOT_SPENT]
    totals = [s for s in lines if s.role == "total"]
    if totals:
        return show_yen(totals[-1].yen, totals[-1].unit or "円")
    own = [s for s in lines if s.role in (None, "line")]
    if not own:
        return None
    units = {s.unit for s in own}
    return show_yen(
        sum(s.yen or 0 for s in own), (units.pop() if len(units) == 1 else None) or "円"
    )


# -- a sheet, kept -----------------------------------------------------------------------------------------------------


def kept(sheet: OpinionSheet) -> str:
    """Return a sheet as JSON text."""
    return json.dumps(
        {**asdict(sheet), "due_on": sheet.due_on.isoformat()}, ensure_ascii=False, sort_keys=True
    )


def sheet_of(text: str) -> OpinionSheet:
    """Return the sheet that `kept` kept."""
    said: dict[str, Any] = json.loads(text)
    said["due_on"] = date.fromisoformat(said["due_on"])
    said["projects"] = tuple(_project(one) for one in said["projects"])
    return OpinionSheet(**said)


def _project(said: dict[str, Any]) -> JudgedProject:
    return JudgedProject(
        **{
            **said,
            "departments": tuple(said["departments"]),
            "activities": tuple(said["activities"]),
            "indicators": tuple(ShownIndicator(**one) for one in said["indicators"]),
            "assessment": tuple((name, words) for name, words in said["assessment"]),
        }
    )
