"""下書き. What is being put together while a document is read, before it becomes the immutable report.

A fact is one figure with its role and year; an indicator gathers facts, a project gathers indicators. Nothing is
decided twice: units, years and the points of a series are settled once, when a draft is finished.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from sosei.core.report import (
    Body,
    Expression,
    Indicator,
    IndicatorType,
    PeriodSaid,
    Place,
    Places,
    Project,
    ProjectKind,
    Said,
    Spending,
    Value,
    Verification,
    Year,
    YearPoint,
)
from sosei.core.text import fold
from sosei.reading.layouts.strangers.scales import common_unit, fitted
from sosei.reading.vocabulary import direction_of

_POINT: Final = {"target": "target", "actual": "actual", "cumulative": "cumulative_actual"}


@dataclass(kw_only=True)
class Fact:
    """One figure (or printed rate or rating) of an indicator."""

    role: str
    value: Value | None = None
    said: Said | None = None
    year: int | None = None
    due: str | None = None
    label: str | None = None
    shift: int | None = None


@dataclass(kw_only=True)
class IndicatorDraft:
    """指標の下書き. `told`: by a line of text, so that a table may say the same indicator again."""

    name: Said | None = None
    number: str | None = None
    parent: Said | None = None
    unit: str | None = None
    definition: Said | None = None
    statistic: Said | None = None
    direction: Said | None = None
    type: IndicatorType | None = None
    rating: Said | None = None
    note: Said | None = None
    increments: bool = False
    told: bool = False
    facts: list[Fact] = field(default_factory=list)
    place: Places = ()

    @property
    def figured(self) -> bool:
        """Whether it has any figure, gap or word as a value."""
        return any(fact.value is not None for fact in self.facts)

    @property
    def numbered(self) -> bool:
        """Whether any of its values is a number or a word, not only a gap."""
        return any(fact.value is not None and fact.value.gap is None for fact in self.facts)

    def add(self, role: str, value: Value | None = None, **rest: object) -> None:
        """Add a fact unless it is already there."""
        fact = Fact(role=role, value=value, **rest)  # type: ignore[arg-type]
        if not any(_same(fact, other) for other in self.facts):
            self.facts.append(fact)


def _same(a: Fact, b: Fact) -> bool:
    if (a.role, a.year, a.label) != (b.role, b.year, b.label) or a.value is None or b.value is None:
        return False
    return (a.value.number, a.value.gap, a.value.text) == (
        b.value.number,
        b.value.gap,
        b.value.text,
    )


@dataclass(kw_only=True)
class ProjectDraft:
    """事業の下書き. `sheet`: named by a form, so that headings within the form do not end it."""

    name: Said | None = None
    number: str | None = None
    kind: ProjectKind = "result"
    group: tuple[Said, ...] = ()
    grant: Said | None = None
    grant_type: Said | None = None
    departments: list[Said] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    period: PeriodSaid | None = None
    year: Year | None = None
    activities: list[Said] = field(default_factory=list)
    remarks: list[Said] = field(default_factory=list)
    spending: list[Spending] = field(default_factory=list)
    indicators: list[IndicatorDraft] = field(default_factory=list)
    judged: dict[str, Said] = field(default_factory=dict)
    scales: dict[str, Said] = field(default_factory=dict)
    place: Places = ()
    sheet: bool = False

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return not (
            self.name or self.indicators or self.spending or self.departments or self.period or self.judged
            or self.scales or self.activities or self.remarks or self.grant or self.bodies
        )  # fmt: skip

    def judge(self, role: str, said: Said | None) -> None:
        """Keep a judgement of the project; a second one of the same kind stands among the scales by its name."""
        if said is not None:
            self.judged.setdefault(role, said)


def finish_project(draft: ProjectDraft, home: int | None) -> Project:
    """Return the project that a draft has become; `home` is the report's year."""
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
        indicators=tuple(finish_indicator(i, own) for i in draft.indicators),
        verification=verification if verification != Verification() else None,
        remarks=tuple(draft.remarks),
        place=draft.place,
    )


def finish_indicator(draft: IndicatorDraft, home: int | None) -> Indicator:
    """Return the indicator that a draft has become."""
    unit = draft.unit or common_unit((f.role, f.value) for f in draft.facts if f.value is not None)
    for fact in draft.facts:
        fact.value = fitted(fact.value, unit) if fact.value is not None else None
    baselines = [f for f in draft.facts if f.role == "baseline" and f.value is not None]
    told = (f for f in baselines if f.value is not None and f.value.gap is None)
    baseline = next(told, baselines[0] if baselines else None)
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


def find_increments(projects: list[ProjectDraft]) -> None:
    """Know yearly increases by what no level could be: a target below zero beside a baseline above it."""
    for project in projects:
        below = [draft for draft in project.indicators if _falls_below(draft)]
        for draft in project.indicators if below else []:
            draft.increments = any(f.role == "target" for f in draft.facts)


def _falls_below(draft: IndicatorDraft) -> bool:
    levels = [
        f.value.number
        for f in draft.facts
        if f.role == "baseline" and f.value and f.value.number is not None
    ]
    steps = [
        f.value.number
        for f in draft.facts
        if f.role == "target" and f.value and f.value.number is not None
    ]
    return bool(
        levels
        and levels[0] > 0
        and len(steps) > 1
        and min(steps) < 0
        and max(map(abs, steps)) < levels[0]
    )


def _points(draft: IndicatorDraft, home: int | None) -> tuple[YearPoint, ...]:
    """Gather facts into points: one per year and label, in the order in which they stand."""
    points: dict[tuple[int | None, str | None], dict[str, object]] = {}
    _date_rates(draft)
    own = home is not None and any(f.role == "target" and f.year == home for f in draft.facts)
    for fact in draft.facts:
        name = _POINT.get(fact.role) or (fact.role if fact.role in {"rate", "rating"} else None)
        if name is None:
            continue
        year = _year_of(fact, home, own)
        point = _point(points, year, fact.label, name)
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
    year: int | None,
    label: str | None,
    name: str,
) -> dict[str, object]:
    """Return the point a figure belongs to: that of its year and label; where taken, one with a count in its label."""
    key, count = (year, label), 2
    while name in points.setdefault(key, {}):
        key, count = (year, f"{label or ''}（{count}）"), count + 1
    return points[key]


def same_name(a: Said | None, b: Said | None) -> bool:
    """Tell whether two names are the same but for spelling."""
    return a is not None and b is not None and fold(a.text) == fold(b.text)


def merge(into: IndicatorDraft, other: IndicatorDraft) -> bool:
    """Add what a second mention of an indicator says; False (nothing added) where the two contradict each other."""
    for fact in other.facts:
        for known in into.facts:
            if (fact.role, fact.year, fact.label) == (
                known.role,
                known.year,
                known.label,
            ) and not _same(fact, known):
                return False
    for fact in other.facts:
        if not any(_same(fact, known) for known in into.facts):
            into.facts.append(fact)
    if into.number is None and other.number is not None:
        into.place = (*other.place, *into.place)
    for name in (
        "number",
        "unit",
        "definition",
        "statistic",
        "direction",
        "type",
        "rating",
        "note",
        "name",
    ):
        if getattr(into, name) is None:
            setattr(into, name, getattr(other, name))
    return True


def place_of(*said: Said | None) -> Places:
    """Return the places of several words, doubles left out."""
    places: list[Place] = []
    for words in said:
        places += [p for p in (words.place if words else ()) if p not in places]
    return tuple(places)
