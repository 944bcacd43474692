"""答えの形. From what was counted for a year, cell by cell, to the answer that says what is missing in it.

Whoever counts, entry by entry (`counting`) or from kept sums (`shares`), states the answer here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    localcontext,
)
from typing import Final, NamedTuple

from sosei.core.gaps import Gap
from sosei.evidence.measures.entries import Register
from sosei.evidence.measures.model import (
    At,
    During,
    Literal_,
    Measure,
    Over,
    Rounded,
    Rounding,
)
from sosei.evidence.measures.windows import Days, days

#: Sums and rounding lose nothing, whatever the precision of the process is (28 digits as it comes).
EXACT: Final = Context(prec=1000, rounding=ROUND_HALF_EVEN)
#: Cells that are none of a required grid: whatever else was counted, and the latest value, if there is one.
OUTSIDE: Final = ""
LATEST: Final = "="
#: As the sheets round that offices count in (ROUNDDOWN, ROUND, ROUNDUP): down is towards zero, the others away from it.
_ROUNDING: Final[Mapping[Rounding, str]] = {
    "down": ROUND_DOWN,
    "half-up": ROUND_HALF_UP,
    "up": ROUND_UP,
}


class Cell(NamedTuple):
    """控えの欄. A fiscal year, and the key of a cell of the required grid (`cell_keys`)."""

    year: int
    cell: str


class Share(NamedTuple):
    """持ち分. How many entries are counted, and what the operation adds up of them."""

    n: int
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """答え. Never a bare number.

    `value` and `gap`: one of them. `so_far`: what is counted up to now where the value is still a gap. `closed`: whether
    the owners of all registers, also of the one that must come before, said that nothing is missing. `missing`: cells of a required grid that are not there.
    `silent`: subjects that were asked and did not answer. `n`: how many entries were counted.
    """

    value: Decimal | None
    gap: Gap | None
    so_far: Decimal | None
    closed: bool
    missing: tuple[tuple[str, ...], ...] = ()
    silent: frozenset[int] = frozenset()
    n: int = 0


def stated(
    measure: Measure,
    year: int,
    shares: Mapping[str, Share],
    registers: Mapping[str, Register],
    silent: frozenset[int] = frozenset(),
) -> Answer:
    """State the answer for a year; `shares`: what was counted for it, by the cells of `cell_keys`."""
    with localcontext(EXACT):
        total = _total(measure, shares)
        so_far = None if total is None else rounded(total, measure.rounded)
    missing = _missing(measure, year, shares)
    closed = not still_open(measure, year, registers)
    final = closed and not missing and so_far is not None
    return Answer(
        value=so_far if final else None,
        gap=None if final else (Gap.COUNTING if not closed or missing else Gap.NOT_MEASURABLE),
        so_far=None if final else so_far,
        closed=closed,
        missing=missing,
        silent=silent,
        n=sum(share.n for cell, share in shares.items() if cell != LATEST),
    )


def _total(measure: Measure, shares: Mapping[str, Share]) -> Decimal | None:
    if measure.operation == "latest":
        last = shares.get(LATEST)
        return last.total if last is not None and last.n else None
    return sum((share.total for share in shares.values()), Decimal(0))


def rounded(total: Decimal, how: Rounded | None) -> Decimal:
    """Return a number as a measure rounds it, written in one way only: no exponent, no zeros that say nothing.

    >>> str(rounded(Decimal("3E+2"), None)), str(rounded(Decimal("2.50"), None)), str(rounded(Decimal("-0.4"), Rounded("down")))
    ('300', '2.5', '0')
    >>> str(rounded(Decimal("1.005"), Rounded("half-up", 2))), str(rounded(Decimal(1250), Rounded("half-up", -2)))
    ('1.01', '1300')
    """
    with localcontext(EXACT):
        if how is None:
            return total.normalize() + Decimal(0)
        step = Decimal(1).scaleb(-how.digits)
        return total.quantize(step, _ROUNDING[how.how]) + Decimal(0)


# -- cells of a required grid ------------------------------------------------------------------------------------------


def cell_keys(over: Over | None) -> Callable[[Literal_ | None, date | None], str]:
    """Return what gives the key of the cell that a value and a day belong to: the value's place in the list, and the month.

    >>> from sosei.evidence.measures.model import Path
    >>> key = cell_keys(Over(Path("place"), ("青森市", "盛岡市"), monthly=True))
    >>> key("盛岡市", date(2021, 5, 1)), key("仙台市", date(2021, 5, 1)), key("盛岡市", None)
    ('1 2021-05', '', '')
    """
    if over is None:
        return lambda _value, _first: OUTSIDE
    places = _places(over)
    return _monthly(places) if over.monthly else _plain(places)


def _places(over: Over) -> dict[str, str]:
    """Return what the cells of each value are called; a value that is named twice has those of the first."""
    places: dict[str, str] = {}
    for at, value in enumerate(over.values):
        places.setdefault(value, str(at))
    return places


def _plain(places: Mapping[str, str]) -> Callable[[Literal_ | None, date | None], str]:
    def key(value: Literal_ | None, _first: date | None) -> str:
        return OUTSIDE if value is None else places.get(str(value), OUTSIDE)

    return key


def _monthly(places: Mapping[str, str]) -> Callable[[Literal_ | None, date | None], str]:
    plain = _plain(places)

    def key(value: Literal_ | None, first: date | None) -> str:
        place = plain(value, first)
        return f"{place} {_month(first)}" if place and first is not None else OUTSIDE

    return key


def _missing(
    measure: Measure, year: int, shares: Mapping[str, Share]
) -> tuple[tuple[str, ...], ...]:
    over = measure.over
    if over is None:
        return ()
    there = {cell for cell, share in shares.items() if share.n > 0}
    places = _places(over)
    if not over.monthly:
        return tuple((value,) for value in over.values if places[value] not in there)
    months = [_month(first) for first in _months(days(measure.window, year))]
    return tuple(
        (value, month)
        for value in over.values
        for month in months
        if f"{places[value]} {month}" not in there
    )


def _month(first: date) -> str:
    return first.isoformat()[:7]


def _months(of: Days) -> Iterable[date]:
    """Yield the first day of each month."""
    first = of.first or of.last
    at = first.year * 12 + first.month - 1
    while at <= of.last.year * 12 + of.last.month - 1:
        yield date(at // 12, at % 12 + 1, 1)
        at += 1


# -- closed, and who is silent -----------------------------------------------------------------------------------------


def asked_year(measure: Measure, year: int) -> int:
    """Return the year for which a survey's answers are counted when a measure is asked for a year."""
    return year + (measure.window.shift if isinstance(measure.window, (During, At)) else 0)


def by_answer(measure: Measure) -> bool:
    """Whether entries say their year themselves."""
    return isinstance(measure.window, During) and measure.window.year == "survey"


def silent(
    measure: Measure,
    year: int,
    registers: Mapping[str, Register],
    answered: Mapping[str, Collection[int | None]],
) -> frozenset[int]:
    """Return who was asked and did not answer; `answered`: by register, whose entries are of the `asked_year`."""
    of = asked_year(measure, year)
    return frozenset(
        subject
        for key in measure.registers
        for subject in registers[key].expected.get(of, frozenset())
        if subject not in answered.get(key, ())
    )


def still_open(measure: Measure, year: int, registers: Mapping[str, Register]) -> tuple[str, ...]:
    """Return the registers that are not closed to the end of what a measure looks at for a year.

    Also the one that must come first: an entry that it still lacks would let another one count.
    """
    keys = (*measure.registers, *([measure.after.register] if measure.after else []))
    return tuple(key for key in dict.fromkeys(keys) if not _closed(measure, year, registers[key]))


def _closed(measure: Measure, year: int, register: Register) -> bool:
    if register.kind == "survey" or by_answer(measure):
        return asked_year(measure, year) in register.closed_years
    last = days(measure.window, year).last
    return register.closed_until is not None and register.closed_until >= last
