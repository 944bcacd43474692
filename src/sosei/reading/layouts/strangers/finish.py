"""仕上げ. Drafts become the immutable report: units, years and the points of a series are settled here, once."""

from __future__ import annotations

from typing import Final

from sosei.core.report import (
    Expression,
    Indicator,
    Project,
    Verification,
    YearPoint,
)
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft, ProjectDraft
from sosei.reading.layouts.strangers.proofs import prove
from sosei.reading.layouts.strangers.scales import common_unit, fitted
from sosei.reading.layouts.told import Told
from sosei.reading.vocabulary import direction_of

_POINT: Final = {"target": "target", "actual": "actual", "cumulative": "cumulative_actual"}


def finish_project(draft: ProjectDraft, home: int | None, *, told: Told | None = None) -> Project:
    """Return the project that a draft has become.

    `home` is the report's year, `told`: where decisions are noted.
    """
    own = draft.year.year if draft.year else home
    verification = Verification(scales=dict(draft.scales), **draft.judged)  # type: ignore[arg-type]
    return Project(
        kind=draft.kind,
        number=draft.number,
        group=draft.group,
        grant=draft.grant,
        grant_type=draft.grant_type,
        name=draft.name,
        departments=tuple(draft.departments),
        bodies=tuple(draft.bodies),
        period=draft.period,
        fiscal_year=draft.year,
        activities=tuple(draft.activities),
        spending=tuple(draft.spending),
        indicators=tuple(finish_indicator(i, own, told=told) for i in draft.indicators),
        verification=verification,
        remarks=tuple(draft.remarks),
        place=draft.place,
    )


def finish_indicator(
    draft: IndicatorDraft, home: int | None, *, told: Told | None = None
) -> Indicator:
    """Return the indicator that a draft has become."""
    unit = draft.unit or common_unit((f.role, f.value) for f in draft.facts if f.value is not None)
    for fact in draft.facts:
        fact.value = fitted(fact.value, unit) if fact.value is not None else None
    if told is not None:
        told.units["said" if draft.unit else "beside" if unit else "none"] += 1
    prove(draft, unit, told)
    baselines = [f for f in draft.facts if f.role == "baseline" and f.value is not None]
    filled = (f for f in baselines if f.value is not None and f.value.gap is None)
    baseline = next(filled, baselines[0] if baselines else None)
    increase = next((f.value for f in draft.facts if f.role == "increase_total"), None)
    expression: Expression | None = "increment" if draft.increments else None
    return Indicator(
        name=draft.name,
        number=draft.number,
        parent=draft.parent,
        unit=unit,
        definition=draft.definition,
        statistic=draft.statistic,
        type=draft.type,
        direction=direction_of(draft.direction.text) if draft.direction else None,  # type: ignore[arg-type]
        expression=expression,
        baseline=baseline.value if baseline else None,
        baseline_year=baseline.year if baseline else None,
        years=_points(draft, home),
        increase_total=increase,
        rating=draft.rating,
        note=draft.note,
        place=draft.place,
    )


def _points(draft: IndicatorDraft, home: int | None) -> tuple[YearPoint, ...]:
    """Gather facts into points: one per year and label, in the order in which they stand."""
    points: dict[tuple[int | None, str | None], dict[str, object]] = {}
    _date_rates(draft)
    own = home is not None and any(f.role == "target" and f.year == home for f in draft.facts)
    counts: dict[tuple[int | None, str | None, str], int] = {}
    for fact in draft.facts:
        name = _POINT.get(fact.role) or (fact.role if fact.role in {"rate", "rating"} else None)
        if name is None:
            continue
        year = _year_of(fact, home, own)
        point = _point(points, counts, year, fact.label, name)
        if fact.due and fact.role == "target":
            point.setdefault("due", fact.due)
        point[name] = fact.said if fact.role in {"rate", "rating"} else fact.value
    return tuple(
        YearPoint(fiscal_year=year, label=label, **point)  # type: ignore[arg-type]
        for (year, label), point in points.items()
    )


def _date_rates(draft: IndicatorDraft) -> None:
    """Let a rate or rating without a year be of the year of the one actual, if there is one."""
    dated = [f for f in draft.facts if f.role in {"actual", "cumulative"} and f.value is not None]
    keys = {(f.year, f.label) for f in dated}
    for fact in draft.facts if len(keys) == 1 else []:
        if fact.role in {"rate", "rating"} and fact.year is None and fact.label is None:
            fact.year, fact.label = next(iter(keys))


def _year_of(fact: Fact, home: int | None, own: bool) -> int | None:
    """Return the year of a fact; without one, the report's where the target is of that year too (`own`)."""
    if fact.year is None and fact.shift and home is not None:
        return home + fact.shift
    return home if fact.year is None and fact.label is None and own else fact.year


def _point(
    points: dict[tuple[int | None, str | None], dict[str, object]],
    counts: dict[tuple[int | None, str | None, str], int],
    year: int | None,
    label: str | None,
    name: str,
) -> dict[str, object]:
    """Return the point a figure belongs to: that of its year and label; where taken, one with a count in its label."""
    count = counts.get((year, label, name), 1)
    while True:
        key = (year, label if count == 1 else f"{label or ''}（{count}）")
        if name not in points.setdefault(key, {}):
            break
        count += 1
    counts[year, label, name] = count
    return points[key]
