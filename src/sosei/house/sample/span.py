"""見本の年度. One of the sample's three years, and days in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sosei.core.years import APRIL


@dataclass(frozen=True, slots=True)
class Span:
    """年度. `told`: the fiscal year; `at`: its place among the three (2: the one that is being reported)."""

    told: int
    at: int

    def day(self, month: int, day: int) -> date:
        """Return a day of the fiscal year."""
        return date(self.told + (month < APRIL), month, day)

    @property
    def last(self) -> date:
        """Return its last day."""
        return date(self.told + 1, 3, 31)

    def spread(self, k: int, n: int) -> date:
        """Return the day of the k-th of n things that lie evenly over the fiscal year.

        >>> Span(2021, 0).spread(0, 4), Span(2021, 0).spread(3, 4)
        (datetime.date(2021, 4, 1), datetime.date(2021, 12, 30))
        """
        return evenly(date(self.told, APRIL, 1), self.last, k, n)


def evenly(first: date, last: date, k: int, n: int) -> date:
    """Return the day of the k-th of n things that lie evenly between two days."""
    return first + timedelta(days=k * ((last - first).days + 1) // n)
