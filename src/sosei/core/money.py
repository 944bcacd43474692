"""金額. Whole yen, and the unit that a document prints them in. Source: DOMAIN §6.6.

Amounts are never rounded: what is no whole number of yen is refused, and `show_yen` prints every yen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast, get_args

from sosei.core.errors import UnknownUnit, UnreadableFigure
from sosei.core.figures import Figure, find_figures, read_figure
from sosei.core.report import MoneyUnit
from sosei.core.text import narrow

SCALES: Final[dict[MoneyUnit, int]] = {
    "円": 1,
    "千円": 1000,
    "万円": 10**4,
    "百万円": 10**6,
    "億円": 10**8,
}
_UNITS: Final = frozenset(get_args(MoneyUnit))
_OTHER: Final = {"兆円": 10**12}
_LABEL: Final = re.compile(r"[ (]*(?:単位)?[ :]*(?P<unit>[十百千万億]*円)[ )]*")


@dataclass(frozen=True, slots=True)
class FoundYen:
    """A sum of money in running text; `start` and `end` are offsets in that text."""

    yen: int
    unit: MoneyUnit
    start: int
    end: int


def money_unit(text: str) -> MoneyUnit:
    """Return the unit that a heading names: 千円, （単位：百万円）. Raises UnknownUnit.

    >>> money_unit("（単位：千円）")
    '千円'
    """
    label = _LABEL.fullmatch(narrow(text))
    if label is None or label["unit"] not in _UNITS:
        raise UnknownUnit(text=text)
    return cast(MoneyUnit, label["unit"])


def read_yen(text: str, *, unit: MoneyUnit | None = None) -> tuple[int, MoneyUnit]:
    """Read one sum: the whole yen, and the unit it is printed in. `unit`: the heading's, for bare figures.

    Sums written with 億 and 万 inside are of 円. Raises UnreadableFigure; UnknownUnit where nobody names a unit.

    >>> read_yen("259,057千円"), read_yen("1億2,345万円"), read_yen("1,234", unit="百万円")
    ((259057000, '千円'), (123450000, '円'), (1234000000, '百万円'))
    """
    figure = read_figure(text)
    printed = figure.unit or unit
    if printed is None or (printed not in _UNITS and printed not in _OTHER):
        raise UnknownUnit(text=printed or text)
    yen = _yen(figure, printed)
    if yen is None:
        raise UnreadableFigure(text=text)
    return yen, cast(MoneyUnit, printed) if printed in _UNITS else "円"


def _yen(figure: Figure, printed: str) -> int | None:
    """Return the whole yen, or None where the sum is none, or a bound of one."""
    yen = figure.number * (_OTHER.get(printed) or SCALES[cast(MoneyUnit, printed)])
    return int(yen) if yen == yen.to_integral_value() and abs(yen) < 10**15 else None


def show_yen(yen: int | Decimal, unit: MoneyUnit = "円") -> str:
    """Return a sum in a unit, every yen of it, with commas: `read_yen` gives it back.

    >>> show_yen(10_010_000, "千円"), show_yen(1_500, "千円"), show_yen(-605)
    ('10,010千円', '1.5千円', '-605円')
    """
    number = (Decimal(yen) / SCALES[unit]).normalize()
    return f"{number:,f}{unit}"


def find_yen(text: str) -> list[FoundYen]:
    """Return the sums of money in running text.

    >>> [f.yen for f in find_yen("①業務委託 10,010 千円 ②補助金1,333千円")]
    [10010000, 1333000]
    """
    found = []
    for item in find_figures(text):
        printed = item.figure.unit
        if printed is None or (printed not in _UNITS and printed not in _OTHER):
            continue
        yen = _yen(item.figure, printed)
        if yen is not None:
            shown = cast(MoneyUnit, printed) if printed in _UNITS else "円"
            found.append(FoundYen(yen, shown, item.start, item.end))
    return found
