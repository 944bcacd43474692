"""実数の持ち分. How many different values there are, year by year: each counts once, with as many entries as it has.

A value's entries are all kept, or none (`having`); so what is looked at is one value with all its entries, through the years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sosei.evidence.measures.comparing import COMPARED
from sosei.evidence.measures.entries import Attribute, Kinded, Record
from sosei.evidence.measures.model import Having, Literal_, Measure
from sosei.evidence.measures.shares_compiled import Part, Settled, giving, kept, valued
from sosei.evidence.measures.spans import runs_on
from sosei.evidence.measures.standing import OUTSIDE, Cell

#: What an entry of a value says to each thing that is asked of the value's entries together.
_Said = tuple[Literal_ | None, ...]
_Years = dict[int, dict[_Said, int]]


def different(
    measure: Measure, kinds: Mapping[str, Kinded]
) -> Callable[[Iterable[tuple[Record, Sequence[Attribute]]]], Iterator[Part]]:
    """Return what gives the shares of entries, each with the attributes of its subject."""
    give = giving(measure, kinds, kept(measure, _value_and_said(measure)), lambda *cell: cell)

    def parts(entries: Iterable[tuple[Record, Sequence[Attribute]]]) -> Iterator[Part]:
        values: dict[Literal_, _Years] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
        for record, own in entries:
            for (year, (value, said)), n, _ in give(record, own):
                values[value][year][said] += n
        for years in values.values():
            yield from _through(years, measure)

    return parts


def _value_and_said(measure: Measure) -> Settled[tuple[Literal_, _Said]]:
    assert measure.path is not None
    value = valued(measure.path)
    asked = [None if having.path is None else valued(having.path) for having in measure.having]
    nothing = Decimal(0)

    def settled(
        record: Record, own: Sequence[Attribute], day: date
    ) -> tuple[tuple[Literal_, _Said], Decimal] | None:
        found = value(record, own, day)
        if found is None:
            return None
        said = tuple([None if one is None else one(record, own, day) for one in asked])
        return (found, said), nothing

    return settled


def _through(years: _Years, measure: Measure) -> Iterator[Part]:
    """Yield what one value gives, year by year; where it runs on, what that is more than the year before."""
    there: dict[_Said, int] = {}
    before = 0
    for year in sorted(years):
        there = _and(there, years[year]) if runs_on(measure) else years[year]
        now = _reaching(there, measure.having)
        yield Cell(year, OUTSIDE), now - before, Decimal((now > 0) - (before > 0))
        before = now if runs_on(measure) else 0


def _and(there: Mapping[_Said, int], more: Mapping[_Said, int]) -> dict[_Said, int]:
    found = {said: there.get(said, 0) + more.get(said, 0) for said in {**there, **more}}
    return {said: n for said, n in found.items() if n}


def _reaching(there: Mapping[_Said, int], asked: Sequence[Having]) -> int:
    """Return how many entries a value has; 0 where they do not come up to what is asked."""
    n = sum(there.values())
    for at, having in enumerate(asked):
        reached = n if having.path is None else len({said[at] for said in there} - {None})
        if not COMPARED[having.compare](reached, having.number):
            return 0
    return n
