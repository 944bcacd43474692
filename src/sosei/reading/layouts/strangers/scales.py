"""単位の整え. One unit for an indicator whose figures are printed in one unit, or in 万人 here and 人 there."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Final

from sosei.core.report import Value
from sosei.core.text import fold
from sosei.core.units import unit_of

#: Whose unit speaks for the indicator, where they differ.
_ORDER: Final = ("target", "actual", "cumulative", "baseline", "increase_total")


def common_unit(values: Iterable[tuple[str, Value]]) -> str | None:
    """Return the unit that an indicator's values (with their roles) are printed in: the target's before the baseline's."""
    ranked = sorted(
        values, key=lambda pair: _ORDER.index(pair[0]) if pair[0] in _ORDER else len(_ORDER)
    )
    units = [value.unit for _, value in ranked if value.unit]
    if not units:
        return None
    first = unit_of(units[0])
    others = (unit_of(unit) for unit in units)
    differ = first is not None and any(
        o is not None and o.base == first.base and o.scale != first.scale for o in others
    )
    return first.base if first is not None and first.scale != 1 and differ else units[0]


def fitted(value: Value, unit: str | None) -> Value:
    """Return a value in the indicator's unit where that is only a matter of scale; else with its own unit kept."""
    if value.unit is None or unit is None:
        return value
    if fold(value.unit) == fold(unit):
        return dataclasses.replace(value, unit=None)
    theirs, ours = unit_of(value.unit), unit_of(unit)
    if value.number is None or theirs is None or ours is None or theirs.base != ours.base:
        return value
    if ours.scale == 1 and theirs.scale != 1:
        return dataclasses.replace(value, number=value.number * theirs.scale, unit=None)
    return value
