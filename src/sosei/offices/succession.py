"""承継の語. What a succession is said with: departments that are to be set up by it, and the day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class NewDepartment:
    """新しい課. A department that is set up by the succession itself: 課コード and 課名."""

    code: str
    name: str


def eve(day: date) -> date:
    """Return the day before: the last one of what a new thing follows.

    >>> eve(date(2023, 4, 1))
    datetime.date(2023, 3, 31)
    """
    return day - timedelta(days=1)
