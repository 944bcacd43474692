"""下書き. What is being put together while a document is read, before it becomes the immutable report.

A fact is one figure with its role and year; an indicator gathers facts, a project gathers indicators. Nothing is
decided twice: units, years and the points of a series are settled once, when a draft is finished.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sosei.core.report import (
    Body,
    IndicatorType,
    PeriodSaid,
    Places,
    ProjectKind,
    Said,
    Spending,
    Value,
    Year,
)
from sosei.core.text import fold


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
    """指標の下書き. `told`: by a line of text, so that a table may say the same indicator again.

    `family`: the label it was named under (活動指標), so that a table may call it ア.
    """

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
    family: str = ""
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

    @property
    def said(self) -> bool:
        """Whether any of its cells holds anything: a number, a word, a mark."""
        return any(f.value is None or f.value.gap != "blank" for f in self.facts)

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


def _repeats(fact: Fact, known: Fact) -> bool:
    """Tell whether an undated figure is one that is known with its year."""
    if (
        fact.role != known.role
        or fact.year is not None
        or fact.value is None
        or known.value is None
    ):
        return False
    return fact.value.number is not None and fact.value.number == known.value.number


def agree(a: IndicatorDraft, b: IndicatorDraft) -> bool:
    """Tell whether two mentions of an indicator have a figure in common, the same in role, and are of one type."""
    if a.type and b.type and a.type != b.type:
        return False
    return any(
        _same(x, y) or _repeats(x, y) or _repeats(y, x)
        for x in a.facts
        for y in b.facts
        if x.value is not None and x.value.number is not None
    )


def goes_on(a: IndicatorDraft, b: IndicatorDraft) -> bool:
    """Tell whether a table that was cut by its years goes on with an indicator: in one unit, no year of a role twice."""
    dated = a.facts and b.facts and all(fact.year is not None for fact in (*a.facts, *b.facts))
    if not dated or a.unit != b.unit or (a.type and b.type and a.type != b.type):
        return False
    before = [fact.year or 0 for fact in a.facts if fact.role != "target"]
    after = [fact.year or 0 for fact in b.facts if fact.role in {"actual", "cumulative"}]
    return bool(before and after) and max(before) < min(after)


@dataclass(kw_only=True)
class ProjectDraft:
    """事業の下書き. `sheet`: named by a form, so that headings within the form do not end it.

    `measure`: a 施策, not a 事業; `block`: the table that named it; `listed`: what a list said of its money before its sheet.
    """

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
    measure: bool = False
    block: int = 0
    listed: tuple[Spending, ...] = ()

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


def date_targets(projects: list[ProjectDraft], year: int | None) -> None:
    """Give targets that nothing dates the year that the document says all targets are of."""
    facts = (fact for project in projects for draft in project.indicators for fact in draft.facts)
    for fact in facts if year is not None else ():
        if fact.role == "target" and (fact.year, fact.label, fact.shift) == (None, None, None):
            fact.year = year


def find_increments(projects: list[ProjectDraft]) -> None:
    """Know yearly increases by their total, or by what no level could be: a target below zero beside a baseline above."""
    for project in projects:
        for draft in project.indicators:
            draft.increments = draft.increments or any(
                f.role == "increase_total" for f in draft.facts
            )
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
        if not any(_same(fact, known) or _repeats(fact, known) for known in into.facts):
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
