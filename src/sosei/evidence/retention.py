"""保存期間. Until when a register keeps who a person is: so many fiscal years after the one in which he agreed to it.

The Act gives no period; it comes from the office's schedule of documents and from what persons were told. The grant's own
papers are kept five years after the fiscal year (DOMAIN §2), which is why a year's end is what counts.
"""

from __future__ import annotations

from datetime import date

from sosei.core.years import APRIL


def keep_until(given: date, years: int | None) -> date | None:
    """Return the last day on which who agreed on a day is kept; None: as long as the register is.

    >>> keep_until(date(2021, 3, 31), 5), keep_until(date(2021, 4, 1), 5), keep_until(date(2021, 4, 1), None)
    (datetime.date(2026, 3, 31), datetime.date(2027, 3, 31), None)
    """
    return None if years is None else _end(given, years)


def given_until(on: date, years: int) -> date:
    """Return the last day of agreeing whose time of keeping is over on a day.

    >>> given_until(date(2026, 4, 1), 5), given_until(date(2026, 3, 31), 5)
    (datetime.date(2021, 3, 31), datetime.date(2020, 3, 31))
    """
    return _end(on, -1 - years)


def _end(day: date, years: int) -> date:
    """Return the last day of the fiscal year that lies so many years after a day's own."""
    year = day.year if day.month >= APRIL else day.year - 1
    return date(year + 1 + years, 3, 31)
