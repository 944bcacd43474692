"""計画の計算. The sums behind `plans`: increments added to a baseline year by year, and the check of their total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from sosei.core.report import Expression, Indicator, Place, Value, YearPoint
from sosei.core.shown import show_number
from sosei.core.text import fold
from sosei.core.units import Unit, unit_of
from sosei.ledger.difference.plansaid import Level, Refusal, Total, refusal
from sosei.ledger.difference.verdicts import is_silent

#: A percentage grows by points: 40 % and 2 points are 42 %.
_PERCENT: Final = ("%", "ポイント")
_KEPT: Final = {
    "level": ("水準のまま", "as it is: a level"),
    "point_in_time": ("時点の値のまま", "as it is: at a point in time"),
    "single_year": ("単年の値のまま", "as it is: a single year"),
    "cumulative": ("累計のまま", "as it is: a running total"),
}
Result = tuple[tuple[Level, ...], tuple[Refusal, ...]]
#: Terms of a sum, and how far rounding may take it.
Way = tuple[list[Decimal], Decimal] | None


class Planning:
    """One indicator of a plan: its targets in order of the years, its baseline, its unit."""

    def __init__(self, indicator: Indicator, expression: Expression | None) -> None:
        """Take the years that have a target cell, blank ones included."""
        self.indicator, self.expression = indicator, expression
        self.targets = [
            (index, point, point.target)
            for index, point in enumerate(indicator.years)
            if point.target is not None
        ]
        years = [point.fiscal_year for _, point, _ in self.targets]
        self.ordered = all(y is not None for y in years) or all(y is None for y in years)
        if self.ordered:
            self.targets.sort(key=lambda entry: entry[1].fiscal_year or 0)

    def increments(self) -> Result:
        """Return the levels that baseline and increments give."""
        baseline = self.indicator.baseline
        if baseline is None or baseline.number is None:
            return (), (refusal("NO_BASELINE"),)
        if not self.ordered:
            return (), (refusal("ORDER"),)
        values = [baseline, *(t for _, _, t in self.targets if t.number is not None)]
        unit, numbers = self._in_one_unit(values)
        if numbers is None:
            return (), (refusal("UNIT"),)
        ops = {value.op for value in values} - {None}
        if len(ops) > 1 or baseline.op is not None:
            return (), (refusal("BOUND"),)
        return self._chain(unit, numbers)

    def _chain(self, unit: str | None, numbers: Sequence[Decimal]) -> Result:
        """Add up as far as the years go without a gap."""
        levels: list[Level] = []
        terms = [numbers[0]]
        before: YearPoint | None = None
        places = self.indicator.baseline.place if self.indicator.baseline else ()
        for index, point, target in self.targets:
            if code := _broken(before, point, target):
                return tuple(levels), (refusal(code, index),)
            before = point
            terms.append(numbers[len(terms)])
            places = (*places, *target.place)
            value = self._value(sum(terms), unit, target, places)
            if value is None:
                return tuple(levels), (refusal("DIGITS", index),)
            levels.append(self._level(index, point, value, terms, unit))
        return tuple(levels), ()

    def _level(
        self,
        index: int,
        point: YearPoint,
        value: Value,
        terms: Sequence[Decimal],
        unit: str | None,
    ) -> Level:
        assert value.number is not None
        how = f"{_added(terms)}＝{show_number(value.number)}{unit or ''}"
        return Level(
            index=index,
            fiscal_year=point.fiscal_year,
            label=point.label,
            step=terms[-1],
            value=value,
            how_ja=how,
            how_en=f"{_added(terms, ' + ', ' - ')} = {show_number(value.number)} {unit or ''}".strip(),
        )

    def _value(
        self,
        number: Decimal | int,
        unit: str | None,
        target: Value,
        places: tuple[Place, ...],
    ) -> Value | None:
        """Return a level as a value of the indicator; None where no spreadsheet could hold it."""
        try:
            return Value(
                number=Decimal(number),
                op=target.op,
                unit=None if unit == self.indicator.unit else unit,
                state=target.state,
                raw=target.raw,
                place=tuple(dict.fromkeys(places)),
            )
        except ValueError:
            return None

    def _in_one_unit(self, values: Sequence[Value]) -> tuple[str | None, list[Decimal] | None]:
        """Return the finest unit of baseline and increments, and their numbers in it; None where they do not fit."""
        units = [value.unit or self.indicator.unit for value in values]
        numbers = [value.number or Decimal(0) for value in values]
        names = [name for name in units if name is not None]
        if len({fold(name) for name in names}) <= 1 or self._in_points(units):
            return units[0] or (names[0] if names else None), numbers
        known = [None if name is None else unit_of(name) for name in units]
        finest = _finest(known)
        if finest is None:
            return None, None
        name = units[known.index(finest)]
        return name, [
            n * (u.scale if u else 0) / finest.scale for n, u in zip(numbers, known, strict=True)
        ]

    def _in_points(self, units: Sequence[str | None]) -> bool:
        """Tell whether a percentage grows by points."""
        bases = [unit.base if (unit := unit_of(name or "")) else None for name in units]
        return bases[0] == _PERCENT[0] and all(base in _PERCENT for base in bases[1:])

    def as_they_are(self) -> Result:
        """Return targets that need no conversion; a gap is left out and said."""
        levels, refusals = [], []
        before = self.indicator.baseline.number if self.indicator.baseline else None
        ja, en = _KEPT[self.expression or "level"]
        for index, point, target in self.targets:
            if target.number is None and target.text is None:
                if not is_silent(target):
                    refusals.append(refusal("NO_TARGET", index))
                continue
            step = None
            if self.expression in {"level", "point_in_time"}:
                step = _minus(target.number, before)
                before = target.number
            kept = Level(
                index=index,
                fiscal_year=point.fiscal_year,
                label=point.label,
                step=step,
                value=target,
                how_ja=ja,
                how_en=en,
            )
            levels.append(kept)
        return tuple(levels), tuple(refusals)

    def total(self) -> Total | None:
        """Return the check of the printed total; None where it, or a figure behind it, is missing."""
        stated = self.indicator.increase_total
        if stated is None or stated.number is None:
            return None
        way = self._sum() if self.expression in {"increment", "single_year"} else self._distance()
        if way is None:
            return None
        terms, slack = way
        reckoned = sum(terms, Decimal(0))
        agrees = abs(reckoned - stated.number) <= slack
        how, said = _added(terms), show_number(stated.number)
        verdict = "一致" if agrees else "不一致"
        return Total(
            stated=stated.number,
            reckoned=reckoned,
            agrees=agrees,
            ja=f"{how}＝{show_number(reckoned)}、記載の累計 {said}（{verdict}）",
            en=f"{_added(terms, ' + ', ' - ')} = {show_number(reckoned)}; printed total {said} ({'agrees' if agrees else 'differs'})",
        )

    def suggested(self) -> Expression | None:
        """Return what the printed total says the figures are, where it fits one reading alone."""
        stated = self.indicator.increase_total
        if stated is None or stated.number is None:
            return None
        ways: dict[Expression, Way] = {"increment": self._sum(), "level": self._distance()}
        fits: list[Expression] = [
            name
            for name, way in ways.items()
            if way and abs(sum(way[0], Decimal(0)) - stated.number) <= way[1]
        ]
        return fits[0] if len(fits) == 1 else None

    def _sum(self) -> Way:
        """Return the figures of all years, and how far rounding may take their sum; None where one is missing."""
        values = [target for _, _, target in self.targets]
        if not self._comparable([*values, self.indicator.increase_total]):
            return None
        terms = [value.number or Decimal(0) for value in values]
        return terms, _slack(terms)

    def _distance(self) -> Way:
        """Return last target and baseline, so that their sum is the distance."""
        last, baseline = self.targets[-1][2], self.indicator.baseline
        if not self.ordered or not self._comparable(
            [last, baseline, self.indicator.increase_total]
        ):
            return None
        assert baseline is not None
        terms = [last.number or Decimal(0), -(baseline.number or Decimal(0))]
        return terms, _slack(terms)

    def _comparable(self, values: Sequence[Value | None]) -> bool:
        """Tell whether all are numbers in one unit."""
        if any(value is None or value.number is None for value in values):
            return False
        units = {fold(u) for v in values if v and (u := v.unit or self.indicator.unit)}
        return len(units) <= 1


def _broken(before: YearPoint | None, point: YearPoint, target: Value) -> str | None:
    """Return why the chain of increments ends before a year."""
    if target.number is None:
        return "NO_STEP"
    if before is None or before.fiscal_year is None or point.fiscal_year is None:
        return None
    if point.fiscal_year == before.fiscal_year:
        return "TWICE"
    return "YEAR_MISSING" if point.fiscal_year > before.fiscal_year + 1 else None


def _finest(units: Sequence[Unit | None]) -> Unit | None:
    """Return the smallest of some units of one base; None where they are of several, or unknown."""
    known = [unit for unit in units if unit is not None]
    if len(known) != len(units) or len({unit.base for unit in known}) != 1:
        return None
    return min(known, key=lambda unit: unit.scale)


def _minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _added(terms: Sequence[Decimal], plus: str = "＋", minus: str = "－") -> str:
    """Return a sum as it is written.

    >>> _added([Decimal("2899.4"), Decimal("-9.5"), Decimal("1.9")])
    '2,899.4－9.5＋1.9'
    """
    text = show_number(terms[0])
    for term in terms[1:]:
        text += (minus if term < 0 else plus) + show_number(abs(term))
    return text


def _slack(terms: Sequence[Decimal]) -> Decimal:
    """Return how far rounding may take a sum: half of the last digit for each figure; whole numbers are exact."""
    digits = max((-int(term.normalize().as_tuple().exponent) for term in terms), default=0)
    return Decimal(0) if digits <= 0 else len(terms) * Decimal(5).scaleb(-digits - 1)
