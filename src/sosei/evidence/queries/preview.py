"""数え方を試す. What a measure's text would count, before it is saved: the answers of some years, and the first rows. Writes nothing.

Where the registers hold many entries, the years are read one by one, and a year of too many is left out and named: what is
told is never a part of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, recorder
from sosei.evidence.kept import Kept, kept
from sosei.evidence.measures.counting import Book, Count
from sosei.evidence.measures.entries import Record, Register
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.standing import Answer, asked_year, stated
from sosei.evidence.queries.answers import Answered, answered_by, asked_in, silent_in
from sosei.evidence.queries.drill import PageCounted, page, source_of
from sosei.evidence.queries.drillparts import Source
from sosei.evidence.queries.narrowing import narrowed
from sosei.evidence.stored import closed

#: Entries that are read for a preview, at most.
MOST: Final = 200_000
#: Rows that it shows.
ROWS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """試し. `answers` and `asked` (how many its surveys ask) by year; `left_out`: years of too many entries to be tried.

    `page`: the first rows of the year that is looked at.
    """

    answers: Mapping[int, Answer]
    asked: Mapping[int, int]
    left_out: tuple[int, ...]
    page: PageCounted


def preview(
    body: str, tree: Measure, years: Sequence[int], *, most: int = MOST, open_to: Collection[int] = ()
) -> Preview:  # fmt: skip
    """Return what a measure that fits the registers counts for fiscal years; its rows are the last one's."""
    trying = _Trying(body, tree, years)
    together = trying.read(years, most)
    answers: dict[int, Answer] = {}
    for year in years:
        found = trying.read([year], most) if together is None else together
        if found is not None:
            answers[year] = trying.answer(year, *found)
    return Preview(
        answers=answers,
        asked={year: asked_in(trying.one, trying.states, year) for year in years},
        left_out=tuple(year for year in years if year not in answers),
        page=page(body, tree, years[-1], open_to=open_to, size=ROWS),
    )


class _Trying:
    """A measure that is not kept, with all that it looks into."""

    def __init__(self, body: str, tree: Measure, years: Iterable[int]) -> None:
        self.source: Source = source_of(body, tree, 0)
        there = self.source.registers
        self.one: Kept = kept(m.Measure(body=body), tree, there)
        self.states: Mapping[str, Register] = closed(there.values())
        asked = {asked_year(tree, year) for year in years}
        self.answered: Answered = answered_by(there, self.states, asked)

    def read(self, years: Collection[int], most: int) -> tuple[list[Record], Book] | None:
        """Return all entries that may be counted for years, with what is looked up; None where they are too many."""
        found: list[Record] = []
        for register in self.source.counted:
            of = self.source.kinds[register.key]
            window = reduce(or_, (narrowed(self.source.tree, of, year) for year in years), Q())
            rows = m.Entry.objects.filter(m.entries.CURRENT, register=register).filter(window)
            read = recorder(of)
            some = rows.values_list(*CONTENT)[: most + 1 - len(found)]
            found += [read(row) for row in some.iterator(chunk_size=2000)]
            if len(found) > most:
                return None
        return found, self.source.beside(found)

    def answer(self, year: int, records: Sequence[Record], book: Book) -> Answer:
        """Return the answer for a year, from at least the entries that count."""
        counting = Count(self.source.tree, year, self.source.kinds, book)
        shares = counting.shares(counting.kept(records))
        mute = silent_in(self.one, self.states, self.answered, year)
        return stated(self.source.tree, year, shares, self.states, mute)
