"""指標の読み方. Which way an indicator should go, which target counts, and whether it was reached: None where unknown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sosei.checking import words
from sosei.checking.scene import IndicatorSpot
from sosei.core.direction import way_of
from sosei.core.report import Direction, Value, YearPoint
from sosei.core.wording import meaning


def number(value: Value | None) -> Decimal | None:
    """Return the number of a value, if it is one."""
    return None if value is None else value.number


def is_output(spot: IndicatorSpot) -> bool:
    """Tell whether an indicator counts what was done: by its stated type, else by the end of its name."""
    stated = spot.indicator.type
    return stated in {"output", "input"} if stated else words.ends("output", spot.name)


def targets(spot: IndicatorSpot) -> Iterator[Decimal]:
    """Yield the numbers of all targets."""
    for point in spot.indicator.years:
        target = number(point.target)
        if target is not None:
            yield target


def way(spot: IndicatorSpot) -> Direction | None:
    """Return which way is better, be it by the name alone; None where nothing tells."""
    found = way_of(spot.indicator)
    return found.direction if found else None


def falling(spot: IndicatorSpot) -> bool:
    """Tell whether less may be better."""
    return way(spot) == "down"


def latest(spot: IndicatorSpot) -> YearPoint | None:
    """Return the last year that has both a target and an actual as numbers, in one unit."""
    found = [p.point for p in spot.points() if _comparable(p.point)]
    return max(found, key=lambda point: point.fiscal_year or 0, default=None)


def _comparable(point: YearPoint) -> bool:
    target, actual = point.target, point.actual
    if target is None or actual is None or target.number is None or actual.number is None:
        return False
    return target.unit == actual.unit


def reached(spot: IndicatorSpot) -> bool | None:
    """Tell whether the last comparable year's target was reached; None where nobody can say.

    Without any sign of the direction, more counts as better, unless the name speaks of a falling count.
    """
    point = latest(spot)
    if point is None or point.target is None or point.actual is None:
        return None
    target, actual = point.target.number, point.actual.number
    if target is None or actual is None or spot.indicator.expression == "increment":
        return None
    if point.target.op in {">", "<"} and actual == target:
        return False
    return actual <= target if falling(spot) else actual >= target


def grade_level(text: str | None) -> int | None:
    """Return 1 to 4 for the words of the national four-level scale, whatever number stands before them.

    >>> grade_level("②地方創生に相当程度効果があった")
    2
    """
    code = meaning("grade", text or "")
    return int(code) if code else None


def policy(text: str | None) -> str | None:
    """Return what comes next (expand, revise, continue, discontinue, end) by wording; None where no known word stands."""
    return meaning("next_policy", text or "")
