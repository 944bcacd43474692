"""材料. Which figures of an indicator are judged, and by which method; or why none can be.

Nothing is guessed: direction, expression and bounds are the indicator's own. Only where a printed baseline and target
say by themselves which way is better is the direction taken from them, and the choice names that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from sosei.core.direction import way_of
from sosei.core.fields import word
from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Project, Report, Value, YearPoint
from sosei.core.text import fold
from sosei.core.units import unit_of
from sosei.core.wording import meaning
from sosei.judging.methods import METHODS, QUALITATIVE, Figures
from sosei.judging.outcome import Outcome, Reached, Refusal

Role = Literal["actual", "cumulative_actual"]
#: What may stand behind the target's own words where they were done: 設置済み, 策定した.
_DONE: Final = re.compile("(?:を|が)?(?:実施)?(?:済み?|完了|した|しました|された|されました)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """一件. One actual of an indicator beside its target. `figures` None: words, or nothing to judge.

    `due`: the fiscal year of the target, where that is later than the actual's.
    """

    point: YearPoint
    fiscal_year: int | None
    role: Role
    method: str | None
    figures: Figures | None
    outcome: Outcome
    due: int | None = None

    @property
    def under_way(self) -> bool:
        """Whether the target is of a later year and not reached yet: neither a success nor a miss."""
        return (
            self.due is not None
            and not isinstance(self.outcome, Refusal)
            and not self.outcome.reached
        )

    @property
    def actual(self) -> Value | None:
        """The value that is judged."""
        return (
            self.point.cumulative_actual if self.role == "cumulative_actual" else self.point.actual
        )


def cases(report: Report, project: Project, indicator: Indicator) -> list[Case]:
    """Return one case for every actual there is or should be, in the order of the report; at least one."""
    home = report.year_of(project)
    found = []
    for point in indicator.years:
        roles: list[Role] = [
            r for r in ("actual", "cumulative_actual") if getattr(point, r) is not None
        ]
        roles = roles or _owed(point, indicator)
        found += [_case(project, indicator, point, role, home) for role in roles]
    return found or [_case(project, indicator, YearPoint(), "actual", home)]


def _owed(point: YearPoint, indicator: Indicator) -> list[Role]:
    """A year with a target but no actual is judged (refused) only where no other year has an actual."""
    others = any(p.actual is not None or p.cumulative_actual is not None for p in indicator.years)
    return [] if others or point.target is None else ["actual"]


def _case(
    project: Project, indicator: Indicator, point: YearPoint, role: Role, home: int | None
) -> Case:
    year = point.fiscal_year or home
    actual = point.actual if role == "actual" else point.cumulative_actual
    later = None if point.target else _later_target(indicator, point, year)
    target = point.target or (later.target if later else None)
    due = later.fiscal_year if later and year and (later.fiscal_year or 0) > year else None
    refusal = _nothing_to_judge(project, target, actual, point)
    if refusal is not None:
        words = _by_words(point, indicator, target, actual)
        outcome = words or refusal
        method = QUALITATIVE if words and not isinstance(words, Refusal) else None
        return Case(
            point=point, fiscal_year=year, role=role, method=method, figures=None, outcome=outcome
        )
    assert target is not None
    assert actual is not None
    numbers = _in_one_unit(indicator, target, actual)
    if isinstance(numbers, Refusal):
        return Case(
            point=point, fiscal_year=year, role=role, method=None, figures=None, outcome=numbers
        )
    figures = _figures(project, indicator, target, numbers, year)
    method = _method(indicator, target, actual, figures)
    outcome = Refusal(method) if method not in METHODS else METHODS[method].judge(figures)
    named = method if method in METHODS else None
    return Case(
        point=point,
        fiscal_year=year,
        role=role,
        method=named,
        figures=figures,
        outcome=outcome,
        due=due,
    )


def _later_target(indicator: Indicator, point: YearPoint, year: int | None) -> YearPoint | None:
    """Return the year with the nearest target of this or a later year; where years are not said, the only one."""
    with_target = [p for p in indicator.years if p.target is not None and p is not point]
    if len(with_target) == 1 and (year is None or (with_target[0].fiscal_year or year) >= year):
        return with_target[0]
    later = [
        p
        for p in with_target
        if p.fiscal_year is not None and year is not None and p.fiscal_year >= year
    ]
    return min(later, key=lambda p: p.fiscal_year or 0) if later else None


def _nothing_to_judge(
    project: Project, target: Value | None, actual: Value | None, point: YearPoint
) -> Refusal | None:
    """Return why two figures cannot be compared, the most telling reason first; None where both are numbers."""
    if actual is None and project.kind == "plan":
        return Refusal("PLAN")
    if actual is not None and actual.gap is not None:
        if actual.gap is Gap.COUNTING:
            return Refusal("COUNTING")
        return Refusal("GAP_ACTUAL", {"gap": word("Value.gap", actual.gap)})
    if target is None:
        return Refusal("NO_TARGET")
    if target.gap is not None:
        return Refusal("GAP_TARGET", {"gap": word("Value.gap", target.gap)})
    if actual is None:
        return Refusal("NO_ACTUAL")
    if target.number is None or actual.number is None:
        return Refusal("WORDS_DIFFER")
    return None


def _by_words(
    point: YearPoint, indicator: Indicator, target: Value | None, actual: Value | None
) -> Outcome | None:
    """Judge words by words: the target's own words are there, or the document says that it was reached."""
    if target is not None and actual is not None and target.text and actual.text:
        return Reached(True, "SAME_WORDS") if _done(target.text, actual.text) else None
    rating = point.rating or indicator.rating
    if rating is None or (actual is not None and actual.gap is not None):
        return None
    said = meaning("reached", rating.text)
    return Reached(said == "yes", "RATING_WORD") if said else None


def _done(wanted: str, said: str) -> bool:
    """Tell whether an actual is the target's words, with nothing behind them but that it is done (策定中 is not 策定)."""
    goal, done = fold(wanted), fold(said).rstrip("。")
    return done.startswith(goal) and _DONE.fullmatch(done, len(goal)) is not None


def _in_one_unit(
    indicator: Indicator, target: Value, actual: Value
) -> tuple[Decimal, Decimal, Decimal | None] | Refusal:
    """Return target, actual and baseline in one unit (万人 and 人 meet in 人), or refuse.

    A baseline that has no number, or is in another unit, is left out.
    """
    baseline = indicator.baseline
    if baseline is not None and baseline.number is not None:
        all_three = _scaled(indicator, target, actual, baseline)
        if all_three is not None:
            return all_three[0], all_three[1], all_three[2]
    two = _scaled(indicator, target, actual)
    if two is not None:
        return two[0], two[1], None
    units = {"target": target.unit or indicator.unit, "actual": actual.unit or indicator.unit}
    return Refusal("UNIT_DIFFERS", {name: unit or "" for name, unit in units.items()})


def _scaled(indicator: Indicator, *values: Value) -> list[Decimal] | None:
    """Return the numbers of values in one unit, or None; a value without a unit is taken to be in the others'."""
    units = [value.unit or indicator.unit for value in values]
    numbers = [value.number for value in values if value.number is not None]
    if len({fold(unit) for unit in units if unit}) <= 1:
        return numbers
    known = [unit_of(unit) for unit in units if unit]
    found = [unit for unit in known if unit is not None]
    if len(found) < len(values) or len({unit.base for unit in found}) > 1:
        return None
    return [number * unit.scale for number, unit in zip(numbers, found, strict=True)]


def _figures(
    project: Project,
    indicator: Indicator,
    target: Value,
    numbers: tuple[Decimal, Decimal, Decimal | None],
    year: int | None,
) -> Figures:
    goal, reality, baseline = numbers
    way = way_of(indicator, target, reality)
    period = project.period
    first, last = (period.first, period.last) if period else (None, None)
    spans = first is not None and last is not None and year is not None
    return Figures(
        target=goal,
        actual=reality,
        baseline=baseline,
        falling=way is not None and way.direction == "down",
        strict=target.op in (">", "<"),
        elapsed=year - first + 1 if spans and year is not None and first is not None else None,
        planned=last - first + 1 if spans and last is not None and first is not None else None,
    )


def _method(indicator: Indicator, target: Value, actual: Value, given: Figures) -> str:
    """Return the method's code, or the code of the reason why there is none."""
    if actual.op is not None:
        return "ACTUAL_BOUND"
    if indicator.expression == "increment":
        return "EXPRESSION"
    way = way_of(indicator, target, given.actual)
    if way is not None and way.basis == "name":
        return "NO_DIRECTION"
    if given.target == 0:
        return "threshold"
    if way is not None and way.direction == "keep":
        return "maintain"
    if given.falling:
        planned = given.baseline is not None and given.baseline != given.target
        return "baseline_delta" if planned else "decrease"
    return "plain"
