"""一件の持ち分. What one entry gives to a measure, by closures that are made once: nothing is interpreted per entry.

For measures that are the sum of what each entry gives by itself (`shares.way`: "entry"). The meaning is `counting`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from sosei.evidence.measures.comparing import compared
from sosei.evidence.measures.entries import Attribute, Kinded, Record
from sosei.evidence.measures.model import (
    All,
    Condition,
    Either,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Path,
    Window,
)
from sosei.evidence.measures.spans import (
    Spanned,
    asked_of_subjects,
    changing,
    runs_on,
    spanned,
)
from sosei.evidence.measures.standing import OUTSIDE, Cell, cell_keys
from sosei.evidence.measures.windows import days

Part = tuple[Cell, int, Decimal]
#: What an entry gives, told the attributes of its subject (all that matter, in the order they were written).
Giving = Callable[[Record, Sequence[Attribute]], Iterable[Part]]
K = TypeVar("K")
C = TypeVar("C")
#: What an entry is counted under and how much it is, as of the last day of a window; None: it is not counted.
Settled = Callable[[Record, Sequence[Attribute], date], tuple[K, Decimal] | None]
Valued = Callable[[Record, Sequence[Attribute], date], Literal_ | None]
_Holding = Callable[[Record, Sequence[Attribute], date], bool]


def compiled(measure: Measure, kinds: Mapping[str, Kinded]) -> Giving:
    """Return what gives the shares of one entry; a cell can come twice, whoever adds up has the shares.

    What must come before (`after`) is not looked at: that is asked of the subject's other entries.
    """
    assert measure.operation in ("count", "people", "sum")
    return giving(measure, kinds, kept(measure, _given(measure)), Cell)


def giving(
    measure: Measure,
    kinds: Mapping[str, Kinded],
    settled: Settled[K],
    cell: Callable[[int, K], C],
) -> Callable[[Record, Sequence[Attribute]], Iterable[tuple[C, int, Decimal]]]:
    """Return what puts an entry into cells, by year and whatever it is counted under."""
    span = spanned(measure, kinds)
    if not runs_on(measure):
        return _flowing(span, settled, cell, _Ends(measure.window))
    if not asked_of_subjects(measure):
        return _standing(span, settled, cell)
    return _changing(span, settled, cell, measure)


class _Ends(dict[int, date]):
    """The last day of each year's window."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def __missing__(self, year: int) -> date:
        self[year] = last = days(self.window, year).last
        return last


# -- by window ---------------------------------------------------------------------------------------------------------


def _flowing(
    span: Spanned, settled: Settled[K], cell: Callable[[int, K], C], ends: _Ends
) -> Callable[[Record, Sequence[Attribute]], Iterable[tuple[C, int, Decimal]]]:
    """During a year: the whole share is the year's."""

    def give(record: Record, own: Sequence[Attribute] = ()) -> Iterable[tuple[C, int, Decimal]]:
        found = span(record)
        if found is None:
            return ()
        year = found[0]
        given = settled(record, own, ends[year])
        return () if given is None else ((cell(year, given[0]), 1, given[1]),)

    return give


def _standing(
    span: Spanned, settled: Settled[K], cell: Callable[[int, K], C]
) -> Callable[[Record, Sequence[Attribute]], Iterable[tuple[C, int, Decimal]]]:
    """From a year on, and taken back when it ends."""

    def give(record: Record, own: Sequence[Attribute] = ()) -> Iterable[tuple[C, int, Decimal]]:
        found = span(record)
        given = settled(record, own, date.max) if found is not None else None
        if found is None or given is None:
            return ()
        (first, end), (key, total) = found, given
        if end is None:
            return ((cell(first, key), 1, total),)
        return (cell(first, key), 1, total), (cell(end, key), -1, total.copy_negate())

    return give


def _changing(
    span: Spanned, settled: Settled[K], cell: Callable[[int, K], C], measure: Measure
) -> Callable[[Record, Sequence[Attribute]], Iterable[tuple[C, int, Decimal]]]:
    """From a year on, and another share whenever the subject has become another by the year's moment."""
    changes, ends = changing(measure), _Ends(measure.window)

    def give(record: Record, own: Sequence[Attribute] = ()) -> Iterable[tuple[C, int, Decimal]]:
        found = span(record)
        if found is None:
            return
        first, end = found
        years = {year for year in changes(own) if year > first and (end is None or year < end)}
        before = None
        for year in (first, *sorted(years), *(() if end is None else (end,))):
            now = settled(record, own, ends[year]) if year != end else None
            if before is not None and now != before:
                yield cell(year, before[0]), -1, before[1].copy_negate()
            if now is not None and now != before:
                yield cell(year, now[0]), 1, now[1]
            before = now

    return give


# -- what is counted ---------------------------------------------------------------------------------------------------


def kept(measure: Measure, give: Settled[K]) -> Settled[K]:
    """Return the same for those entries alone that the measure's condition keeps."""
    if measure.where is None:
        return give
    holds = _holding(measure.where)
    return lambda record, own, day: give(record, own, day) if holds(record, own, day) else None


def _given(measure: Measure) -> Settled[str]:
    amount = _amount(measure)
    if measure.over is None:
        return lambda record, own, day: (OUTSIDE, amount(record, own, day))
    value, key = valued(measure.over.path), cell_keys(measure.over)
    return lambda record, own, day: (
        key(value(record, own, day), record.first), amount(record, own, day)
    )  # fmt: skip


def _amount(measure: Measure) -> Callable[[Record, Sequence[Attribute], date], Decimal]:
    one, none = Decimal(1), Decimal(0)
    if measure.operation == "count":
        return lambda _record, _own, _day: one
    if measure.operation == "people":
        return lambda record, _own, _day: Decimal(record.size)
    assert measure.path is not None
    value = valued(measure.path)

    def amount(record: Record, own: Sequence[Attribute], day: date) -> Decimal:
        found = value(record, own, day)
        return found if isinstance(found, Decimal) else none

    return amount


# -- values and conditions ---------------------------------------------------------------------------------------------


def valued(path: Path) -> Valued:
    """Return what looks up a value, as `counting.Count.value` does."""
    name = path.name
    if path.of_subject:
        return partial(_as_of, name, path.asof == "entry")
    if name == "subject":
        return lambda record, _own, _day: (
            None if record.subject is None else Decimal(record.subject)
        )
    return lambda record, _own, _day: record.values.get(name)


def _as_of(
    name: str, then: bool, record: Record, own: Sequence[Attribute], last: date
) -> Literal_ | None:
    """Return what a subject was on the last day of the window, or (`then`) on the day of the entry."""
    if record.subject is None:
        return None
    day = (record.first if then else None) or last
    since, value = date.min, None
    for one in own:
        first = one.first or date.min
        if one.name == name and since <= first <= day:
            since, value = first, one.value
    return value


def _holding(condition: Condition) -> _Holding:
    match condition:
        case Is(path, "=", wanted):
            return _one_of(path, (wanted,))
        case Is(path, compare, wanted):
            value = valued(path)
            return lambda record, own, day: (
                (found := value(record, own, day)) is not None and compared(found, compare, wanted)
            )
        case OneOf(path, several):
            return _one_of(path, several)
        case Known(path):
            value = valued(path)
            return lambda record, own, day: value(record, own, day) is not None
        case Not(one):
            inner = _holding(one)
            return lambda record, own, day: not inner(record, own, day)
        case All(several) | Either(several):
            return _together(tuple(map(_holding, several)), all_of_them=isinstance(condition, All))


def _one_of(path: Path, several: Sequence[Literal_]) -> _Holding:
    """Whether a value is one of constants; yes is not 1, though Python takes them for the same."""
    value = valued(path)
    wanted = {
        type(one): {other for other in several if type(other) is type(one)} for one in several
    }
    none: frozenset[Literal_] = frozenset()
    return lambda record, own, day: (
        (found := value(record, own, day)) is not None and found in wanted.get(type(found), none)
    )


def _together(several: Sequence[_Holding], *, all_of_them: bool) -> _Holding:
    def holds(record: Record, own: Sequence[Attribute], day: date) -> bool:
        for one in several:
            if one(record, own, day) != all_of_them:
                return not all_of_them
        return all_of_them

    return holds
