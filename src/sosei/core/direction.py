"""方向性. Which way an indicator is better, and what says so: one answer for judging, checking and publishing.

In this order: what the indicator states; the bound of its target (以上, 以下); a baseline beside the target; a target of
zero; and last, as a doubt only, its name (交通事故件数). Nobody should be judged by a name: who asks decides what a
`name` is good for.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from sosei.core.report import Direction, Indicator, Value
from sosei.core.text import fold
from sosei.core.units import unit_of

Basis = Literal["stated", "bound", "baseline", "zero", "name"]
_BOUNDS: Final[dict[str, Direction]] = {"<=": "down", "<": "down", ">=": "up", ">": "up"}


@dataclass(frozen=True, slots=True)
class Way:
    """向き. The direction, and what tells it."""

    direction: Direction
    basis: Basis


def way_of(
    indicator: Indicator, target: Value | None = None, actual: Decimal | None = None
) -> Way | None:
    """Return which way is better, or None where nothing tells.

    `target`: the target that is looked at (left out: the last there is). `actual`: in the target's unit; only a target
    of zero needs it.

    >>> from sosei.core.report import Indicator, Said
    >>> way_of(Indicator(name=Said(text="交通事故件数")))
    Way(direction='down', basis='name')
    """
    if indicator.direction:
        return Way(indicator.direction, "stated")
    target = target or _last_target(indicator)
    if target is not None and target.op is not None:
        return Way(_BOUNDS[target.op], "bound")
    return _by_figures(indicator, target, actual) or _by_name(indicator)


def _last_target(indicator: Indicator) -> Value | None:
    found = [
        point.target
        for point in indicator.years
        if point.target and point.target.number is not None
    ]
    return found[-1] if found else None


def _by_figures(indicator: Indicator, target: Value | None, actual: Decimal | None) -> Way | None:
    if target is None or target.number is None or indicator.expression == "increment":
        return None
    baseline = comparable(indicator.baseline, target, indicator.unit)
    if baseline is not None and baseline != target.number:
        return Way("down" if target.number < baseline else "up", "baseline")
    if target.number == 0 and actual:
        # A count comes down to zero (待機児童 0人); a balance below zero comes up to it (転出超過 −500人 → 0人).
        return Way("down" if actual > 0 else "up", "zero")
    return None


def comparable(value: Value | None, beside: Value, unit: str | None) -> Decimal | None:
    """Return a value's number in the unit of another (both default to `unit`), or None where that cannot be."""
    if value is None or value.number is None:
        return None
    ours, theirs = value.unit or unit, beside.unit or unit
    if ours is None or theirs is None or fold(ours) == fold(theirs):
        return value.number
    first, second = unit_of(ours), unit_of(theirs)
    if first is None or second is None or first.base != second.base:
        return None
    return value.number * first.scale / second.scale


def _by_name(indicator: Indicator) -> Way | None:
    return Way("down", "name") if indicator.name and speaks_of_less(indicator.name.text) else None


def speaks_of_less(name: str) -> bool:
    """Tell whether a name speaks of something of which less is better (事故, 苦情), and not of what is done about it."""
    key = fold(name)
    words = _words()
    return any(part in key for part in words["parts"]) and not any(
        part in key for part in words["except"]
    )


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads((files("sosei.core") / "direction.toml").read_text("utf-8"))["falling"]
    return {key: tuple(fold(word) for word in data[key]) for key in ("parts", "except")}
