"""計画の読み替え. A plan says a baseline and each year's increase; a report says levels. Here the one becomes the other.

Source: DOMAIN §1 (実施計画, 地域再生計画: 事業開始前 | 増加分 | 増加分の累計). An increment is never set beside a level: what cannot
be converted is refused with a reason, and its targets are withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sosei.core.report import Expression, Indicator, Project, ProjectKind, Report
from sosei.ledger.difference.planning import Planning
from sosei.ledger.difference.plansaid import PlanLevels, Refusal, refusal

#: What targets are called once they are read: increments have become levels.
_READ_AS: Mapping[Expression, Expression] = {"increment": "level"}


@dataclass(frozen=True, slots=True)
class InLevels:
    """水準の計画. A plan whose targets can be set beside a report's; `levels` and `refusals` by path of the indicator."""

    report: Report
    levels: Mapping[str, PlanLevels] = field(default_factory=dict)

    @property
    def refusals(self) -> tuple[tuple[str, Refusal], ...]:
        """Everything that could not be converted, and where."""
        return tuple(
            (path, refused) for path, found in self.levels.items() for refused in found.refusals
        )


def plan_levels(indicator: Indicator, *, expression: Expression | None = None) -> PlanLevels:
    """Return the targets of an indicator as levels, with the arithmetic; what cannot be one is refused.

    Increments become baseline + the increases up to the year. Levels, totals and single years stay what they are.
    `expression`: what a person says of the figures; left out, the indicator's own. Where nobody says it, everything is
    refused.

    >>> from decimal import Decimal
    >>> from sosei.core.report import Value, YearPoint
    >>> steps = [YearPoint(fiscal_year=2021 + n, target=Value(number=Decimal(k))) for n, k in enumerate((4, 0, 20))]
    >>> plan = Indicator(unit="万トン", baseline=Value(number=Decimal(556)), years=tuple(steps), expression="increment")
    >>> [level.how_ja for level in plan_levels(plan).levels][-1]
    '556＋4＋0＋20＝580万トン'
    """
    said = expression or indicator.expression
    planning = Planning(indicator, said)
    if not planning.targets:
        return PlanLevels(said)
    if said is None:
        return PlanLevels(None, refusals=(refusal("EXPRESSION", suggest=planning.suggested()),))
    levels, refusals = planning.increments() if said == "increment" else planning.as_they_are()
    return PlanLevels(_READ_AS.get(said, said), levels, planning.total(), refusals)


def in_levels(
    report: Report,
    *,
    stated: Mapping[str, Expression] | None = None,
    kind: ProjectKind | None = None,
) -> InLevels:
    """Return a plan with its targets as levels, ready for `difference`; targets that were refused are left out.

    `stated`: path of an indicator → what a person says its figures are. `kind`: what its projects are to be taken for
    (a plan's rows are targets of the ledger's "result" entries).
    """
    found: dict[str, PlanLevels] = {}
    projects = []
    for p, project in enumerate(report.projects):
        indicators = []
        for k, indicator in enumerate(project.indicators):
            path = f"/projects/{p}/indicators/{k}"
            found[path] = plan_levels(indicator, expression=(stated or {}).get(path))
            indicators.append(_planned(indicator, found[path]))
        projects.append(_as_kind(replace(project, indicators=tuple(indicators)), kind))
    return InLevels(replace(report, projects=tuple(projects)), found)


def _as_kind(project: Project, kind: ProjectKind | None) -> Project:
    return project if kind is None else replace(project, kind=kind)


def _planned(indicator: Indicator, found: PlanLevels) -> Indicator:
    """Return an indicator with the levels for targets."""
    levels = {level.index: level.value for level in found.levels}
    years = tuple(
        replace(point, target=levels.get(n)) if point.target is not None else point
        for n, point in enumerate(indicator.years)
    )
    return replace(indicator, years=years, expression=found.expression)
