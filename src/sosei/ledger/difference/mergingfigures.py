"""指標の反映. An indicator with the accepted changes; every figure keeps the unit and the year that it was in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from sosei.core.report import Indicator, Value, YearPoint
from sosei.ledger.difference import fieldsets
from sosei.ledger.difference.accepting import Accepting, Spot
from sosei.ledger.difference.figures import FIGURES, WORDS
from sosei.ledger.difference.kept import Homes, joined, pinned, pinned_year
from sosei.ledger.difference.points import in_order, slots_of
from sosei.ledger.difference.verdicts import follows_unit, is_silent
from sosei.ledger.difference.words import escaped

P = TypeVar("P")
_ROLES: Final = (*FIGURES, *WORDS)
_FIELDS: Final = tuple(plain.attribute for plain in fieldsets.INDICATOR + fieldsets.INDICATOR_END)


class FigureMerging:
    """The part of merging that takes fields, free keys and indicators."""

    def __init__(self, taking: Accepting) -> None:
        """Take what was accepted."""
        self.taking = taking

    def fields(self, names: Sequence[str], one: Any, other: Any, spot: Spot) -> dict[str, Any]:
        """Return the plain fields that change."""
        changed = {}
        for name in names:
            at = spot.field(name)
            if self.taking.takes(at):
                changed[name] = getattr(other, name)
            elif self.taking.drops(at):
                changed[name] = None
        return changed

    def free(self, one: Any, other: Any, spot: Spot) -> dict[str, Any]:
        """Merge what anyone may add, key by key."""
        at = spot.field("ext")
        ext = dict(one.ext or {})
        for name in list(ext):
            if self.taking.drops(at.field(escaped(name))):
                del ext[name]
        taken = [n for n in other.ext or {} if self.taking.takes(at.field(escaped(n)))]
        ext |= {name: other.ext[name] for name in taken}
        return {"ext": ext or None} if taken or ext != (one.ext or {}) else {}

    def indicator(
        self, one: Indicator, other: Indicator | None, spot: Spot, homes: Homes
    ) -> Indicator:
        """Merge an indicator; every figure keeps its unit."""
        theirs = other or Indicator()
        changed = self.fields((*_FIELDS, "unit", "expression"), one, theirs, spot)
        unit = changed.get("unit", one.unit)
        for name in ("baseline", "increase_total"):
            changed |= self.figure(name, one, theirs, spot, (one.unit, theirs.unit), unit)
        years = self.years(one, theirs, spot, homes, unit)
        if years != one.years:
            changed["years"] = years
        return replaced(one, changed | self.free(one, theirs, spot))

    def figure(
        self,
        name: str,
        one: Any,
        other: Any,
        spot: Spot,
        units: tuple[str | None, str | None],
        unit: str | None,
    ) -> dict[str, Any]:
        """Merge a figure; empty where it stays as it is."""
        before: Value | None = getattr(one, name)
        after: Value | None = getattr(other, name)
        at = spot.field(name)
        if after is not None and self.taking.takes(at):
            value = joined(before, after, units, partial=self.taking.difference.partial)
            return {name: pinned(value, units[1], unit)}
        if self.taking.drops(at):
            return {name: after}
        if unit == units[1] and _goes_along(before, after):
            return {}
        kept = pinned(before, units[0], unit)
        return {} if kept == before else {name: kept}

    def years(
        self, one: Indicator, other: Indicator, spot: Spot, homes: Homes, unit: str | None
    ) -> tuple[YearPoint, ...]:
        """Merge the years of an indicator."""
        units, points = (one.unit, other.unit), list[YearPoint]()
        here = slots_of(one.years, homes.ours or homes.theirs)
        there = slots_of(other.years, homes.theirs or homes.ours)
        for i, j in in_order(here, there, self.taking.pairs("years", len(there), spot)):
            if self.taking.is_further("years", j, spot):
                continue
            at = spot.step("years", i, j, len(points))
            before = one.years[i] if i is not None else None
            said = [(other.years[k], at.said(j, k)) for k in self.taking.statements(at, j)]
            point = self.point(before, said, at, units, unit)
            if point is None:
                continue
            home = homes.ours if i is not None else homes.theirs
            points.append(pinned_year(point, home, homes.mine, new=i is None))
            self.taking.came(at, i)
        return tuple(points)

    def point(
        self,
        before: YearPoint | None,
        said: Sequence[tuple[YearPoint, Spot]],
        spot: Spot,
        units: tuple[str | None, str | None],
        unit: str | None,
    ) -> YearPoint | None:
        """Merge a year; None where nothing of it is left or was accepted."""
        base = before if before is not None else _empty(said[0][0])
        changed = self.fields(("label", "due"), base, said[0][0], spot) if said else {}
        for name in _ROLES:
            for theirs, at in said or [(YearPoint(), spot)]:
                got = self._role(name, base, theirs, at, units, unit)
                changed |= {key: value for key, value in got.items() if key not in changed}
        if before is None:
            return replaced(base, changed) if set(changed) & set(_ROLES) else None
        point = replaced(before, changed)
        return None if not said and _says(before) and not _says(point) else point

    def _role(
        self,
        name: str,
        base: YearPoint,
        theirs: YearPoint,
        spot: Spot,
        units: tuple[str | None, str | None],
        unit: str | None,
    ) -> dict[str, Any]:
        if name in FIGURES:
            return self.figure(name, base, theirs, spot, units, unit)
        return self.fields((name,), base, theirs, spot)


def _goes_along(before: Value | None, after: Value | None) -> bool:
    """Tell whether a figure that stays is the same number in the new unit as well."""
    if before is None or after is None or before.number is None:
        return False
    return before.number == after.number and follows_unit(before, after)


def replaced(part: P, changed: Mapping[str, Any]) -> P:
    """Return a part with other fields; the part itself where there are none."""
    return replace(part, **changed) if changed else part  # type: ignore[type-var]


def _empty(point: YearPoint) -> YearPoint:
    """Return the year of a point, and nothing said of it."""
    return YearPoint(fiscal_year=point.fiscal_year, label=point.label, due=point.due)


def _says(point: YearPoint) -> bool:
    return any(not is_silent(getattr(point, name)) for name in FIGURES) or any(
        getattr(point, name) is not None for name in WORDS
    )
