"""目盛. From figures to lengths, with round numbers for the grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

_STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """目盛. Numbers from `low` to `high` lie between the lengths `start` and `end`."""

    low: Decimal
    high: Decimal
    start: Decimal
    end: Decimal

    def __call__(self, number: Decimal) -> Decimal:
        """Return the length of a number."""
        return self.start + (number - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self) -> list[Decimal]:
        """Return three to six round numbers within, zero among them if it lies within."""
        step = step_of(self.high - self.low)
        first = (self.low / step).to_integral_value(ROUND_CEILING)
        last = (self.high / step).to_integral_value(ROUND_FLOOR)
        return [step * n for n in range(int(first), int(last) + 1)]


def step_of(span: Decimal) -> Decimal:
    """Return the round number that divides a span into three to six.

    >>> step_of(Decimal(150)), step_of(Decimal("0.9"))
    (Decimal('50'), Decimal('0.2'))
    """
    power = Decimal(1).scaleb((span / 4).adjusted())
    return next(s * power for s in _STEPS if s * power * 4 >= span or s == _STEPS[-1])


def scale_of(numbers: Iterable[Decimal], start: int | Decimal, end: int | Decimal) -> Scale:
    """Return the scale for numbers, zero always in it, its ends round; 0 to 1 where all are zero."""
    every = [Decimal(0), *numbers]
    low, high = min(every), max(every)
    if low == high:
        high = Decimal(1)
    step = step_of(high - low)
    low = (low / step).to_integral_value(ROUND_FLOOR) * step
    high = (high / step).to_integral_value(ROUND_CEILING) * step
    return Scale(low, high, Decimal(start), Decimal(end))
