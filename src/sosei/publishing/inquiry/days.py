"""期日. A day as letters write it: 令和4年6月24日（金）. Source: 元号法 and its cabinet orders (改元の日)."""

from __future__ import annotations

from datetime import date
from typing import Final

from sosei.core.fields import Lang

_ERAS: Final = (
    ("令和", date(2019, 5, 1)),
    ("平成", date(1989, 1, 8)),
    ("昭和", date(1926, 12, 25)),
)
_WEEKDAYS: Final = "月火水木金土日"
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def day_shown(day: date, lang: Lang = "ja", *, weekday: bool = True) -> str:
    """Return a day in words; in Japanese by its era.

    >>> day_shown(date(2022, 6, 24)), day_shown(date(2019, 4, 30), weekday=False)
    ('令和4年6月24日（金）', '平成31年4月30日')
    """
    if lang == "en":
        shown = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        return f"{_DAYS[day.weekday()]}, {shown}" if weekday else shown
    shown = f"{_year(day)}年{day.month}月{day.day}日"
    return f"{shown}（{_WEEKDAYS[day.weekday()]}）" if weekday else shown


def _year(day: date) -> str:
    era = next(((name, first) for name, first in _ERAS if day >= first), None)
    if era is None:
        return str(day.year)
    number = day.year - era[1].year + 1
    return f"{era[0]}{'元' if number == 1 else number}"
