"""指標の突き合わせ. A walk over two indicators: what is measured, its baseline, its years and their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from sosei.core.report import Indicator, Said, Value, YearPoint
from sosei.ledger.difference import fieldsets
from sosei.ledger.difference.fieldwalk import FieldWalk, field_of
from sosei.ledger.difference.points import Slot, Years, align_years, in_order, slots_of
from sosei.ledger.difference.recording import Scope, Tally
from sosei.ledger.difference.sides import same_unit
from sosei.ledger.difference.verdicts import (
    Units,
    Verdict,
    is_silent,
    of_value,
    same_figure,
    same_words,
)

Homes = tuple[int | None, int | None]
FIGURES: Final = ("target", "actual", "cumulative_actual")
WORDS: Final = ("rate", "rating")
#: Ways of expressing a figure that may be set beside one another.
_ALIKE: Final[Mapping[str, str]] = {"point_in_time": "level"}
_INCREMENT: Final = "increment"


def expressed_apart(one: Indicator, other: Indicator, role: str) -> bool:
    """Tell whether the figures of two indicators must not be compared: increments and levels, totals and single years.

    Beside planned increments, results may well be levels on both sides: only targets are withheld there.
    """
    ours, theirs = one.expression, other.expression
    if ours is None or theirs is None or _ALIKE.get(ours, ours) == _ALIKE.get(theirs, theirs):
        return False
    return role == "target" or _INCREMENT not in {ours, theirs}


class IndicatorWalk(FieldWalk):
    """The part of a walk that looks at indicators. `homes`: the years that undated figures of the two projects belong to."""

    homes: Homes = (None, None)

    def indicator(self, one: Indicator, other: Indicator, scope: Scope) -> None:
        """Walk two indicators."""
        scope = Scope(scope.here, scope.there, scope.about, other.place)
        units = (one.unit, other.unit)
        self.plain(fieldsets.INDICATOR, one, other, scope, "indicator")
        self._unit(one, other, scope)
        self._expression(one, other, scope)
        self._of_indicator("baseline", one, other, scope)
        self._years(one, other, scope, units)
        self._of_indicator("increase_total", one, other, scope)
        self.plain(fieldsets.INDICATOR_END, one, other, scope, "indicator")

    def _unit(self, one: Indicator, other: Indicator, scope: Scope) -> None:
        """Weigh the unit: figures that stay keep the one they were in (see `merging`)."""
        verdict = self.weighed(one.unit, other.unit, _same_unit)
        if verdict and verdict[0] == "added" and _has_numbers(one):
            verdict = "added", ("unit_new",)
        elif verdict and verdict[0] == "changed":
            verdict = "changed", ("unit_kept",)
        self.record(
            field_of(scope, "unit"), "Indicator.unit", "indicator", verdict, (one.unit, other.unit),
            weight=3,
        )  # fmt: skip

    def _expression(self, one: Indicator, other: Indicator, scope: Scope) -> None:
        verdict = self.weighed(one.expression, other.expression)
        if self.partial and expressed_apart(one, other, "target"):
            verdict = "unclear", ("expression",)
        self.record(
            field_of(scope, "expression"), "Indicator.expression", "indicator", verdict,
            (one.expression, other.expression), weight=2,
        )  # fmt: skip

    def _of_indicator(self, name: str, one: Indicator, other: Indicator, scope: Scope) -> None:
        both, units = (getattr(one, name), getattr(other, name)), (one.unit, other.unit)
        verdict = of_value(*both, units, partial=self.partial)
        self.record(field_of(scope, name), f"Indicator.{name}", "value", verdict, both, units=units)

    def _years(self, one: Indicator, other: Indicator, scope: Scope, units: Units) -> None:
        here, there = slots_of(one.years, self.homes[0]), slots_of(other.years, self.homes[1])
        apart = {role: self.partial and expressed_apart(one, other, role) for role in FIGURES}

        @cache
        def score(i: int, j: int) -> float:
            if self.budget.spent:
                return 0.0
            probe = IndicatorWalk(self.options, tally := Tally(), self.budget)
            row = _Row(one.years[i], ((scope, other.years[j]),), scope, units, apart)
            probe.point(row)
            return tally.score

        found = align_years(
            here, there, partial=self.partial, score=score, tired=lambda: self.budget.spent
        )
        for i, j in in_order(here, there, found.pairs):
            if j not in found.joins:
                self._row(one, other, (i, j), (here, there), found, scope, apart)

    def _row(
        self,
        one: Indicator,
        other: Indicator,
        at: tuple[int | None, int | None],
        slots: tuple[Sequence[Slot], Sequence[Slot]],
        found: Years,
        scope: Scope,
        apart: Mapping[str, bool],
    ) -> None:
        """Walk one year of the merged indicator."""
        i, j = at
        point = one.years[i] if i is not None else other.years[j or 0]
        slot = slots[0][i] if i is not None else slots[1][j or 0]
        inner = scope.step(_years(i), _years(j), year=slot.year, label=point.label)
        if j is not None and (doubt := found.unclear.get(j)):
            places = tuple(f"{scope.here}/years/{k}" for k in doubt.candidates)
            self.unclear(inner, "value", other.years[j], doubt.doubt, places)
            return
        said = [(inner, other.years[j])] if j is not None else []
        self.paired(inner)
        for k, first in found.joins.items():
            if first == j:
                further = scope.step(_years(i), _years(k), year=slot.year, label=point.label)
                said.append((further, other.years[k]))
                self.joined(further, inner)
        before = one.years[i] if i is not None else None
        self.point(_Row(before, tuple(said), inner, (one.unit, other.unit), apart))

    def point(self, row: _Row) -> None:
        """Walk one year: everything that is said of it, by however many statements."""
        if row.before is not None and row.said:
            self.plain(fieldsets.POINT, row.before, row.said[0][1], row.scope, "value")
        for role in FIGURES:
            self._stated(row, role, self._figure)
        for name in WORDS:
            self._stated(row, name, self._words)

    def _figure(self, row: _Row, role: str, before: Any, after: Any) -> Verdict | None:
        verdict = of_value(before, after, row.units, partial=self.partial)
        if verdict is None or verdict[0] == "unchanged" or after is None:
            return verdict
        if row.apart[role] and after.number is not None:
            return "unclear", ("expression",)
        if role == "target" and verdict[0] == "changed" and _replaced(before, after, row.units):
            return "changed", ("plan_changed", *verdict[1])
        return verdict

    def _words(self, row: _Row, name: str, before: Any, after: Any) -> Verdict | None:
        return self.weighed(before, after, same_words)

    def _stated(self, row: _Row, name: str, judge: Judge) -> None:
        """Weigh a role of a year; two statements of one file that differ are for a person to choose from."""
        before = getattr(row.before, name) if row.before is not None else None
        said = _telling([(scope, getattr(point, name)) for scope, point in row.said])
        for scope, after in said or [(row.scope, None)]:
            verdict = judge(row, name, before, after)
            if len(said) > 1 and verdict and verdict[0] in {"added", "changed"}:
                verdict = "conflict", ("statements", *verdict[1])
            self.record(
                field_of(scope, name), f"YearPoint.{name}", "value", verdict, (before, after),
                units=row.units if isinstance(before or after, Value) else (None, None),
            )  # fmt: skip


class _Row:
    """One year on its way: what stands, what is said of it (several statements, each where it stands), its scope."""

    __slots__ = ("apart", "before", "said", "scope", "units")

    def __init__(
        self,
        before: YearPoint | None,
        said: tuple[tuple[Scope, YearPoint], ...],
        scope: Scope,
        units: Units,
        apart: Mapping[str, bool],
    ) -> None:
        self.before, self.said, self.scope, self.units, self.apart = (
            before,
            said,
            scope,
            units,
            apart,
        )


Judge = Callable[[_Row, str, Any, Any], Verdict | None]


def _telling(said: Sequence[tuple[Scope, Any]]) -> list[tuple[Scope, Any]]:
    """Return the statements that say something, each once; the first where none does."""
    found: list[tuple[Scope, Any]] = []
    for scope, thing in said:
        silent = thing is None or (isinstance(thing, Value) and is_silent(thing))
        if not silent and not any(_bare(thing) == _bare(other) for _, other in found):
            found.append((scope, thing))
    return found or list(said[:1])


def _bare(thing: Any) -> Any:
    """Return a statement without where and how it is written."""
    if isinstance(thing, Said):
        return thing.text
    return replace(thing, place=(), raw=None, sure=None)


def _replaced(before: Value | None, after: Value, units: Units) -> bool:
    """Tell whether one number takes the place of another."""
    if before is None or before.number is None or after.number is None:
        return False
    return not same_figure(before, after, units, partial=True)


def _same_unit(before: str, after: str, partial: bool) -> bool:
    """Compare units; that a file prints 円 where the ledger has 千円 is no change (figures bring theirs)."""
    return before == after or (partial and same_unit(before, after))


def _has_numbers(indicator: Indicator) -> bool:
    values = [indicator.baseline, indicator.increase_total]
    values += [getattr(point, role) for point in indicator.years for role in FIGURES]
    return any(value is not None and value.number is not None for value in values)


def _years(index: int | None) -> str | None:
    return None if index is None else f"years/{index}"
