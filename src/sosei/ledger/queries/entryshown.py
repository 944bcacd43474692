"""事業の頁の中身. What `queries.entry` gives to the page of one project in one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sosei.checking.finding import Unexamined
from sosei.core.report import Indicator, Project
from sosei.core.schemes import Scheme, SchemeType
from sosei.judging.criteria import Proposal
from sosei.judging.outcome import Refusal
from sosei.judging.verdict import IndicatorVerdict, ProjectVerdict
from sosei.ledger.flow import Group, Lock
from sosei.ledger.queries.figures import FigureShown
from sosei.ledger.queries.looks import Found, Looked
from sosei.ledger.queries.money import MoneyYear


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShown:
    """一年の値. `year` None: a column that names no year."""

    point: int
    year: int | None
    label: str | None
    target: FigureShown | None
    actual: FigureShown | None
    cumulative: FigureShown | None
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """指標の一行. `chart`: inline SVG, None where there are fewer than two numbers to compare."""

    line: int
    indicator: int
    definition: int
    position: int
    core: Indicator
    verdict: IndicatorVerdict
    version: int
    owed_by: str | None
    rests_since: int | None
    baseline: FigureShown | None
    points: tuple[PointShown, ...]
    chart: str | None
    found: tuple[Found, ...]

    @property
    def own(self) -> PointShown | None:
        """The point of the entry's own year."""
        return next((point for point in self.points if point.own), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeShown:
    """事業効果の提案と決定. `proposal`: as the figures stand now; `then`, `rule`: what was proposed when it was decided."""

    proposal: Proposal | Refusal
    decided: int | None = None
    reason: str | None = None
    then: int | None = None
    rule: str | None = None
    stamp: int = 0

    @property
    def proposed(self) -> int | None:
        """The level that is proposed now."""
        return self.proposal.level if isinstance(self.proposal, Proposal) else None

    @property
    def moved(self) -> bool:
        """Whether another level is proposed now than when it was decided."""
        return self.decided is not None and self.proposed != self.then


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionShown:
    """交付決定. `late`: the report to the State is due and not filed."""

    decision: int
    stamp: int
    number: str
    scheme: str | None
    decided_on: date
    yen: int
    eligible: int | None
    report_due: date
    reported_on: date | None
    reported: int | None
    settled: int | None
    decided_reason: str | None = None
    reported_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberShown:
    """構成団体."""

    name: str
    code: str | None
    lead: bool
    yen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """事業の頁. `may`: what this person may do now; `locks`: what keeps the rest, by group."""

    entry: int
    volume: int
    fiscal_year: int
    home: int
    stage: str
    volume_stage: str
    kind: str
    departments: frozenset[int]
    project: Project
    scheme: Scheme | None
    scheme_type: SchemeType | None
    lines: tuple[LineShown, ...]
    verdict: ProjectVerdict
    grade: GradeShown
    members: tuple[MemberShown, ...]
    money: MoneyYear
    decisions: tuple[DecisionShown, ...]
    looked: Looked
    elsewhere: Mapping[str, tuple[Found, ...]]
    unexamined: tuple[Unexamined, ...]
    may: frozenset[str]
    locks: Mapping[Group, Lock]
    rests_since: int | None = None
    before: int | None = None

    @property
    def has_charts(self) -> bool:
        """Whether any indicator has years to compare."""
        return any(line.chart for line in self.lines)

    @property
    def beside(self) -> tuple[Found, ...]:
        """The findings that stand at no part of the page."""
        return (*self.elsewhere["departments"], *self.elsewhere["rest"])

    @property
    def name(self) -> str | None:
        """The project's name."""
        return self.project.name.text if self.project.name else None
