"""開庁日. Days on which a municipal office is open: no weekends, no national holidays, none of the six around New Year.

Source: 国民の祝日に関する法律 (by jpholiday); 地方公共団体の休日に関する法律の例による条例（12月29日～1月3日）.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import jpholiday

#: (month, day) of the office's own holidays around New Year that are no national holidays.
_NEW_YEAR: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)})


def is_open(day: date) -> bool:
    """Whether the office is open on a day.

    >>> is_open(date(2022, 5, 2)), is_open(date(2022, 5, 3)), is_open(date(2022, 12, 29))
    (True, False, False)
    """
    weekend = day.weekday() >= 5
    return not (weekend or (day.month, day.day) in _NEW_YEAR or jpholiday.is_holiday(day))


def after(day: date, count: int) -> date:
    """Return the day that lies `count` open days after a day, which is not counted itself.

    >>> after(date(2022, 4, 28), 3)
    datetime.date(2022, 5, 9)
    """
    found = day
    while count:
        found += timedelta(days=1)
        count -= is_open(found)
    return found


def open_days_between(first: date, last: date) -> int:
    """Return how many open days lie after `first`, up to and with `last`; 0 where `last` is not later.

    >>> open_days_between(date(2022, 4, 28), date(2022, 5, 9))
    3
    """
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_open(day) for day in days)
