"""比べ方. How two constants, and two days, are compared; for every way of counting the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sosei.evidence.measures.model import Compare, Literal_

COMPARED: Final[Mapping[Compare, Callable[[int, int], bool]]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


def compared(value: Literal_, compare: Compare, wanted: Literal_) -> bool:
    """Compare two constants of one kind; of two kinds, only what is not the same holds.

    >>> compared("2", "!=", True), compared("2", "=", True), compared(date(2021, 5, 1), ">", date(2021, 4, 1))
    (True, False, True)
    """
    if type(value) is not type(wanted):
        return compare == "!="
    if compare in ("=", "!="):
        return (value == wanted) == (compare == "=")
    order = -1 if value < wanted else int(value > wanted)  # type: ignore[operator]
    return COMPARED[compare](order, 0)


def months_before(day: date, months: int) -> date:
    """Return the first day from which on something is at most so many months before a day.

    >>> months_before(date(2021, 3, 31), 1), months_before(date(2021, 3, 31), 99999)
    (datetime.date(2021, 2, 28), datetime.date(1, 1, 1))
    """
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    if year < 1:
        return date.min
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
