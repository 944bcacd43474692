"""判定. `judge(report)`: what can honestly be said of every indicator and project, and why not of the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from sosei.core.report import Indicator, Places, Project, Report, Said
from sosei.core.wording import meaning
from sosei.judging.criteria import (
    Criteria,
    Proposal,
    criteria_of,
    propose_for_indicator,
    propose_for_project,
)
from sosei.judging.figures import Case, cases
from sosei.judging.methods import METHODS
from sosei.judging.outcome import PRECISE, Outcome, Rate, Refusal
from sosei.judging.printed import Printed, check_rate, check_rating
from sosei.judging.ranks import Rank, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """前提. `scheme`: ranks are wanted by it. `digits`: places of the percentages that will be shown."""

    scheme: Scheme | None = None
    digits: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorVerdict:
    """指標の判定. `case` is the last actual, `earlier` the ones before it; `path` points into the report.

    `progress`: the share of the planned change from the baseline, beside the rate, where there is a baseline.
    """

    path: str
    name: Said | None
    case: Case
    earlier: tuple[Case, ...] = ()
    progress: Outcome | None = None
    rank: Rank | Refusal | None = None
    proposal: Proposal | Refusal | None = None
    rate: Printed | None = None
    rating: Printed | None = None

    @property
    def evaluable(self) -> bool:
        """Whether anything could be said."""
        return not isinstance(self.case.outcome, Refusal)

    @property
    def place(self) -> Places:
        """Where the judged value stands, or the indicator's name where there is none."""
        value = self.case.actual or self.case.point.target
        return value.place if value else self.name.place if self.name else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectVerdict:
    """事業の判定. The proposed level, and what the printed grade, judgement and policy mean."""

    path: str
    name: Said | None
    indicators: tuple[IndicatorVerdict, ...]
    proposal: Proposal | Refusal
    grade: int | None = None
    expert_judgement: str | None = None
    next_policy: str | None = None

    @property
    def evaluable(self) -> int:
        """How many indicators could be judged."""
        return sum(verdict.evaluable for verdict in self.indicators)

    @property
    def reached(self) -> int:
        """How many indicators reached their target."""
        outcomes = (verdict.case.outcome for verdict in self.indicators)
        return sum(not isinstance(outcome, Refusal) and outcome.reached for outcome in outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """判定の全体. `mean`: the mean rate over the indicators that have one (capped as the scheme says), or None."""

    projects: tuple[ProjectVerdict, ...] = ()
    mean: Decimal | None = None
    scheme: Scheme | None = None

    @property
    def evaluable(self) -> int:
        """How many indicators could be judged."""
        return sum(project.evaluable for project in self.projects)

    @property
    def reached(self) -> int:
        """How many indicators reached their target."""
        return sum(project.reached for project in self.projects)

    @property
    def total(self) -> int:
        """How many indicators there are."""
        return sum(len(project.indicators) for project in self.projects)


def judge(report: Report, context: Context | None = None) -> Verdicts:
    """Judge every indicator of a report. Never raises on a valid report; what cannot be judged says why."""
    given = context or Context()
    projects = tuple(
        _project(report, project, f"/projects/{i}", given)
        for i, project in enumerate(report.projects)
    )
    return Verdicts(projects=projects, mean=_mean(projects, given.scheme), scheme=given.scheme)


def _project(report: Report, project: Project, path: str, given: Context) -> ProjectVerdict:
    criteria = (
        Refusal("PLAN") if project.kind == "plan" else criteria_of(project, report.year_of(project))
    )
    verdicts = []
    for i, indicator in enumerate(project.indicators):
        verdict = _indicator(report, project, indicator, f"{path}/indicators/{i}", given)
        if not isinstance(criteria, Refusal) and criteria.per == "indicator":
            verdict = replace(verdict, proposal=propose_for_indicator(criteria, verdict.case))
        verdicts.append(verdict)
    said = project.verification
    return ProjectVerdict(
        path=path,
        name=project.name,
        indicators=tuple(verdicts),
        proposal=_for_project(criteria, verdicts),
        grade=_grade(said.grade if said else None),
        expert_judgement=_means("expert_judgement", said.expert_judgement if said else None),
        next_policy=_means("next_policy", said.next_policy if said else None),
    )


def _for_project(
    criteria: Criteria | Refusal, verdicts: list[IndicatorVerdict]
) -> Proposal | Refusal:
    if isinstance(criteria, Refusal):
        return criteria
    if criteria.per == "project":
        return propose_for_project(criteria, [v.case for v in verdicts])
    return _worst([v.proposal for v in verdicts])


def _worst(proposals: list[Proposal | Refusal | None]) -> Proposal | Refusal:
    """The form of the first generation holds one level a project: the weakest of its indicators is proposed."""
    if not proposals:
        return Refusal("NO_INDICATOR")
    refused = [p for p in proposals if not isinstance(p, Proposal)]
    if refused:
        return Refusal(
            "NOT_ALL_EVALUABLE", {"left": str(len(refused)), "total": str(len(proposals))}
        )
    return max((p for p in proposals if isinstance(p, Proposal)), key=lambda p: p.level)


def _indicator(
    report: Report, project: Project, indicator: Indicator, path: str, given: Context
) -> IndicatorVerdict:
    found = cases(report, project, indicator)
    case = _judged(found, report.year_of(project))
    return IndicatorVerdict(
        path=path,
        name=indicator.name,
        case=case,
        earlier=tuple(other for other in found if other is not case),
        progress=_progress(case),
        rank=given.scheme.rank(case.figures, case.outcome, given.digits)
        if given.scheme and case.figures
        else None,
        rate=check_rate(case.point.rate.text, case) if case.point.rate else None,
        rating=check_rating(rating.text, case)
        if (rating := case.point.rating or indicator.rating)
        else None,
    )


def _judged(found: list[Case], home: int | None) -> Case:
    """Return the case to judge by: the last year's with an actual, not beyond the report's own year; its total first.

    A row that prints both the year's and the running total shows by its rate which of them the target is for. A year
    before never stands in for one that is still being counted.
    """
    told = [case for case in found if case.actual is not None]
    told = [case for case in told if home is None or (case.fiscal_year or home) <= home] or told
    year = max((case.fiscal_year or 0 for case in told), default=0)
    latest = [case for case in told if (case.fiscal_year or 0) == year] or found
    for case in latest:
        if case.point.rate and check_rate(case.point.rate.text, case).result == "reproduced":
            return case
    return next((case for case in latest if case.role == "cumulative_actual"), latest[-1])


def _progress(case: Case) -> Outcome | None:
    if case.figures is None or case.figures.baseline is None or case.method == "baseline_delta":
        return None
    return METHODS["baseline_delta"].judge(case.figures)


def _mean(projects: tuple[ProjectVerdict, ...], scheme: Scheme | None) -> Decimal | None:
    outcomes = [verdict.case.outcome for project in projects for verdict in project.indicators]
    rates = [outcome.value for outcome in outcomes if isinstance(outcome, Rate)]
    if scheme and scheme.cap is not None:
        rates = [min(rate, scheme.cap) for rate in rates]
    return PRECISE.divide(sum(rates, Decimal(0)), Decimal(len(rates))) if rates else None


def _grade(said: Said | None) -> int | None:
    code = meaning("grade", said.text) if said else None
    return int(code) if code else None


def _means(family: str, said: Said | None) -> str | None:
    return meaning(family, said.text) if said else None
