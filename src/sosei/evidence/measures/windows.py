"""数える期間. Which days a measure looks at for a fiscal year."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from sosei.evidence.measures.model import At, During, Since, Window


@dataclass(frozen=True, slots=True)
class Days:
    """日の範囲. Both ends belong to it; `first` None: from the beginning. One day: a moment."""

    first: date | None
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.first is None or self.first <= day) and day <= self.last


def days(window: Window, year: int) -> Days:
    """Return the days of a window for a fiscal year (2021: 令和3年度).

    A calendar year is the one in which the fiscal year begins. A survey's answers say their year themselves: the fiscal
    year's days are given, for whatever else must be looked up.

    >>> days(During(), 2021)
    Days(first=datetime.date(2021, 4, 1), last=datetime.date(2022, 3, 31))
    >>> days(At(month=2, day=29), 2022).last, days(At(month=5, day=1, shift=1), 2021).last
    (datetime.date(2023, 2, 28), datetime.date(2022, 5, 1))
    """
    match window:
        case During("calendar", shift):
            return Days(date(year + shift, 1, 1), date(year + shift, 12, 31))
        case During(_, shift):
            return Days(date(year + shift, 4, 1), date(year + shift + 1, 3, 31))
        case Since(day):
            return Days(day, date(year + 1, 3, 31))
        case At("calendar", shift, None, None):
            return _one(date(year + shift, 12, 31))
        case At(_, shift, None, None):
            return _one(date(year + shift + 1, 3, 31))
        case At(_, shift, int(month), int(day)):
            return _one(_in_year(year + shift, month, day))
    raise AssertionError(window)


def _one(day: date) -> Days:
    return Days(day, day)


def _in_year(year: int, month: int, day: int) -> date:
    """Return a day of a fiscal year; 29 February is the last of February."""
    of = year if month >= 4 else year + 1
    return date(of, month, min(day, calendar.monthrange(of, month)[1]))
