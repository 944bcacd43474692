"""数えられる年. For which fiscal years an entry lies in a measure's window: a span, found from its days without trying years.

`counting.Count.in_window` says the same for one year at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import Final

from sosei.evidence.measures.entries import Attribute, Kind, Kinded, Record
from sosei.evidence.measures.model import (
    All,
    At,
    Condition,
    During,
    Either,
    Measure,
    Not,
    Path,
    Since,
    Window,
)
from sosei.evidence.measures.standing import by_answer
from sosei.evidence.measures.windows import days

#: The first year, and the first year after the last one; None: it never ends.
Span = tuple[int, int | None]
Spanned = Callable[[Record], Span | None]
YearOf = Callable[[date], int]
_A_DAY: Final = timedelta(days=1)


def runs_on(measure: Measure) -> bool:
    """Whether what was so in a year goes on being so in the next (at …, since …), so that years are kept as differences."""
    return not isinstance(measure.window, During)


def asked_of_subjects(measure: Measure) -> frozenset[str]:
    """Return the attributes of subjects that a measure looks up."""
    return frozenset(path.name for path in _paths(measure) if path.of_subject)


def asked_of_entries(measure: Measure) -> frozenset[str]:
    """Return the columns of entries that a measure looks at."""
    return frozenset(path.name for path in _paths(measure) if not path.of_subject)


def _paths(measure: Measure) -> Iterator[Path]:
    if measure.path is not None:
        yield measure.path
    if measure.over is not None:
        yield measure.over.path
    yield from (having.path for having in measure.having if having.path is not None)
    if measure.where is not None:
        yield from _in_condition(measure.where)


def _in_condition(condition: Condition) -> Iterator[Path]:
    match condition:
        case Not(one):
            yield from _in_condition(one)
        case All(several) | Either(several):
            for one in several:
                yield from _in_condition(one)
        case _:
            yield condition.path


# -- years -------------------------------------------------------------------------------------------------------------


def askable(window: Window) -> tuple[int, int]:
    """Return the first and the last year that a measure can be asked for: its days are days of the calendar.

    >>> askable(During("calendar")), askable(At(shift=1)), askable(At(month=5, day=1))
    ((1, 9999), (-1, 9997), (1, 9999))
    """
    shift = 0 if isinstance(window, Since) else window.shift
    first = 0 if _has_days(window, -shift) else 1
    last = 9999 if _has_days(window, 9999 - shift) else 9998
    return first - shift, last - shift


def _has_days(window: Window, year: int) -> bool:
    try:
        days(window, year)
    except ValueError:
        return False
    return True


def year_of(window: Window) -> YearOf:
    """Return what gives the year of a day: the one that it happened in, or the first at whose moment it has passed.

    >>> year_of(At(month=5, day=1))(date(2021, 5, 1)), year_of(At(month=5, day=1))(date(2021, 5, 2)), year_of(During())(date(2022, 3, 31))
    (2021, 2022, 2021)
    """
    match window:
        case During("calendar", shift) | At("calendar", shift, None, None):
            return lambda day: day.year - shift
        case At(_, shift, int(month), int(last)):
            moment = ((month - 4) % 12, last)
            return lambda day: (
                day.year - (day.month < 4) - shift + (((day.month - 4) % 12, day.day) > moment)
            )
        case During(_, shift) | At(_, shift, _, _):
            return lambda day: day.year - (day.month < 4) - shift
        case Since():
            return lambda day: day.year - (day.month < 4)
    raise AssertionError(window)


# -- spans -------------------------------------------------------------------------------------------------------------


def spanned(measure: Measure, kinds: Mapping[str, Kinded]) -> Spanned:
    """Return what gives the span of an entry; None where no year that can be asked for counts it."""
    by = {key: _of_kind(measure, kinds[key].kind) for key in measure.registers}
    lowest, highest = askable(measure.window)

    def span(record: Record) -> Span | None:
        of = by.get(record.register)
        found = of(record) if of is not None else None
        if found is None:
            return None
        first, end = found
        if first > highest or (end is not None and end <= lowest):
            return None
        return max(first, lowest), None if end is None or end > highest else end

    return span


def _of_kind(measure: Measure, kind: Kind) -> Spanned:
    """Follow `counting.Count.in_window`, case by case."""
    window = measure.window
    if measure.stage is not None:
        stage = measure.stage
        return _passing(window, lambda record: record.stages.get(stage))
    if kind == "survey" or by_answer(measure):
        return _said(0 if isinstance(window, Since) else window.shift)
    if isinstance(window, At) and kind == "roster":
        return _belonging(window)
    if kind == "series" and not isinstance(window, At):
        return _figure(window)
    return _passing(window, attrgetter("first"))


def _said(shift: int) -> Spanned:
    def span(record: Record) -> Span | None:
        return None if record.year is None else (record.year - shift, record.year - shift + 1)

    return span


def _passing(window: Window, day_of: Callable[[Record], date | None]) -> Spanned:
    """Something that happens on one day: in a year, or from a year on."""
    year, once = year_of(window), isinstance(window, During)
    earliest = _earliest(window)

    def span(record: Record) -> Span | None:
        day = day_of(record)
        if day is None or day < earliest:
            return None
        first = year(day)
        return first, first + 1 if once else None

    return span


def _figure(window: Window) -> Spanned:
    """A figure of a statistic: both its days must lie in the window."""
    year, once = year_of(window), isinstance(window, During)
    earliest = _earliest(window)

    def span(record: Record) -> Span | None:
        first = record.first
        if first is None:
            return None
        last = record.last or first
        if min(first, last) < earliest or (once and year(first) != year(last)):
            return None
        start = year(max(first, last))
        return start, start + 1 if once else None

    return span


def _belonging(window: At) -> Spanned:
    """Somebody who belongs from a day (None: ever since) to a day (None: still)."""
    year, lowest = year_of(window), askable(window)[0]

    def span(record: Record) -> Span | None:
        first = lowest if record.first is None else year(record.first)
        if record.last is None or record.last == date.max:
            return first, None
        end = year(record.last + _A_DAY)
        return (first, end) if first < end else None

    return span


def _earliest(window: Window) -> date:
    return (window.day if isinstance(window, Since) else None) or date.min


# -- when something else is counted ------------------------------------------------------------------------------------


def changing(measure: Measure) -> Callable[[Iterable[Attribute]], set[int]]:
    """Return what gives the years at whose moment a change of what subjects were has passed for the first time."""
    names, year = asked_of_subjects(measure), year_of(measure.window)
    lowest, highest = askable(measure.window)

    def years(attributes: Iterable[Attribute]) -> set[int]:
        found = {year(a.first) for a in attributes if a.first is not None and a.name in names}
        return {one for one in found if lowest <= one <= highest}

    return years


def turning(
    measure: Measure,
    kinds: Mapping[str, Kinded],
    records: Iterable[Record],
    attributes: Iterable[Attribute],
) -> list[int]:
    """Return, in order, the years that count something (during …), or count something else than the year before (at …, since …)."""
    span = spanned(measure, kinds)
    found = [of for record in records if (of := span(record)) is not None]
    years = {first for first, _ in found}
    if years and runs_on(measure):
        years |= {end for _, end in found if end is not None} | changing(measure)(attributes)
    return sorted(years)
