"""保つもの. What a figure keeps when it moves into a report whose unit or year is another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from sosei.core.report import Spending, Value, YearPoint
from sosei.core.text import fold
from sosei.ledger.difference.verdicts import Units, same_figure

Dated = TypeVar("Dated", YearPoint, Spending)


@dataclass(frozen=True, slots=True)
class Homes:
    """年度の帰属. The years that undated figures of a project belong to: here, there, and in the merged project."""

    ours: int | None
    theirs: int | None
    mine: int | None


def joined(before: Value | None, after: Value, units: Units, *, partial: bool) -> Value:
    """Return the figure that comes; of the same figure, what was said of it and is not mentioned stays."""
    if not partial or before is None or not same_figure(before, after, units, partial=True):
        return after
    return replace(
        after,
        op=after.op or before.op,
        state=after.state or before.state,
        as_of=after.as_of or before.as_of,
        expected=after.expected or before.expected,
    )


def pinned(value: Value | None, unit: str | None, new: str | None) -> Value | None:
    """Return a figure with the unit it was in, where that is not the one of its new place."""
    if value is None or value.number is None or value.unit is not None or unit is None:
        return value
    if new is not None and fold(new) == fold(unit):
        return value
    return replace(value, unit=unit)


def pinned_year(part: Dated, home: int | None, mine: int | None, *, new: bool) -> Dated:
    """Return an undated part with the year it belonged to, where its new place says another (or, if new, none)."""
    if part.fiscal_year is not None or home is None or home == mine:
        return part
    if isinstance(part, YearPoint) and part.label:
        return part
    if mine is None and not new:
        return part
    return replace(part, fiscal_year=home)
