"""数えた行の読出し. Parts of the entries that may be counted, in order, each such that it can be held against the meaning by itself.

Single entries, where each counts by itself; whole subjects, where a subject must come up to something (`having`); everything
at once, where other groups must.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import chain, groupby
from typing import Any, Final

from django.db.models import Q, QuerySet

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, recorder
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.counting import Book, Count
from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.shares import asked_of_subjects
from sosei.evidence.queries.asking import Asked, where
from sosei.evidence.queries.drillorder import (
    BY_SUBJECT,
    Mark,
    Order,
    Place,
    order_of,
    read_mark,
)
from sosei.evidence.queries.narrowing import day_column, narrowed, veiled
from sosei.evidence.stored import attributes_of, records_of

#: Rows that are read at once: few at first, more where few of them count.
_FIRST: Final = 200
_MOST: Final = 20_000
#: As many as a statement may name at once.
_MANY: Final = 5_000
#: So many rows are sorted faster than they are found in another order.
_SORTED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """見つけた行. An entry that may be counted, and where it stands."""

    place: Place
    register: m.Register
    record: Record


@dataclass(frozen=True)
class Source:
    """数える元. A measure, the year, and the registers it looks into."""

    body: str
    tree: Measure
    year: int
    registers: Mapping[str, m.Register]
    kinds: Mapping[str, RegisterKind]

    @property
    def counted(self) -> list[m.Register]:
        """Return the registers whose entries are counted."""
        return [self.registers[key] for key in dict.fromkeys(self.tree.registers)]

    @property
    def by_subject(self) -> bool:
        """Whether what must come up to something are subjects."""
        path = self.tree.path
        return path is not None and path.name == "subject" and not path.of_subject

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the attributes of subjects that the measure looks up."""
        return asked_of_subjects(self.tree)

    def day(self, register: str, record: Record) -> date | None:
        """Return the day by which an entry was counted."""
        if self.tree.stage is not None:
            return record.stages.get(self.tree.stage)
        return record.first if day_column(self.tree, self.kinds[register]) else None

    def beside(self, records: Iterable[Record]) -> Book:
        """Return what must be looked up for entries: what their subjects were, what they did in the register before."""
        who = sorted({record.subject for record in records if record.subject is not None})
        known: list[Attribute] = []
        before: list[Record] = []
        after = self.tree.after
        for some in (who[n : n + _MANY] for n in range(0, len(who), _MANY)):
            known += chain(*attributes_of(self.body, self.names, some).values())
            if after is not None:
                before += records_of([self.registers[after.register]], subject__in=some)
        return Book(before, known)


@dataclass(frozen=True, slots=True)
class Part:
    """部分. Entries in order. `after`: only those behind this one; `asked`: only those asked for, once it is known which count."""

    found: tuple[Found, ...]
    after: Mark | None = None
    asked: Asked | None = None

    def kept(self, source: Source) -> list[Found]:
        """Return those that are counted, in the same order."""
        records = [one.record for one in self.found]
        counting = Count(source.tree, source.year, source.kinds, source.beside(records))
        kept = set(map(id, counting.kept(records)))
        found = [one for one in self.found if id(one.record) in kept]
        found = found if self.asked is None else _asked_for(found, self.asked)
        return found if self.after is None else _behind(found, self.after)


def _asked_for(found: list[Found], asked: Asked) -> list[Found]:
    wanted: set[int] = set()
    for register in {one.register.pk: one.register for one in found}.values():
        own = [one.place.content for one in found if one.register == register]
        for some in (own[n : n + _MANY] for n in range(0, len(own), _MANY)):
            rows = m.Entry.objects.filter(where(register, asked), pk__in=some)
            wanted.update(rows.values_list("pk", flat=True))
    return [one for one in found if one.place.content in wanted]


def _behind(found: list[Found], mark: Mark) -> list[Found]:
    """Return what comes after a row; all where it is there no longer."""
    at = next((n for n, one in enumerate(found, 1) if mark.names(one.place)), 0)
    return found[at:]


def parts(source: Source, asked: Asked, skip: Collection[str] = ()) -> Iterator[Part]:
    """Yield the parts that come after a page's mark; `skip`: registers that are not to be shown, left out where they can be."""
    if not source.tree.having:
        return _single(source, asked, skip)
    return _whole_subjects(source, asked) if source.by_subject else _all_at_once(source, asked)


def _single(source: Source, asked: Asked, skip: Collection[str]) -> Iterator[Part]:
    """Register by register: each has columns of its own."""
    registers = [one for one in source.counted if one.key not in skip]
    mark = read_mark(asked.after, _orders(source, asked))
    for register in registers:
        if mark is None or mark.register == register.key:
            more = where(register, asked)
            yield from map(Part, _pieces(source, register, asked, mark, more))
            mark = None


def _whole_subjects(source: Source, asked: Asked) -> Iterator[Part]:
    mark = read_mark(asked.after, dict.fromkeys(source.registers, BY_SUBJECT))
    begin = Q(subject__gte=mark.values[0]) if mark is not None and mark.phase else Q()
    streams = [
        _ranked(n, _read(source, register, BY_SUBJECT, None, begin))
        for n, register in enumerate(source.counted)
    ]
    held: list[Found] = []
    size = _FIRST
    for _, own in groupby(merge(*streams, key=lambda one: one[0]), key=lambda one: one[0][0]):
        held += [found for _, found in own]
        if len(held) >= size:
            yield Part(tuple(held), mark, asked)
            held, mark, size = [], None, min(size * 4, _MOST)
    yield Part(tuple(held), mark, asked)


def _ranked(
    rank: int, pieces: Iterator[tuple[Found, ...]]
) -> Iterator[tuple[tuple[int, int, int], Found]]:
    for one in chain.from_iterable(pieces):
        yield (one.record.subject or 0, rank, one.place.content), one


def _all_at_once(source: Source, asked: Asked) -> Iterator[Part]:
    mark = read_mark(asked.after, _orders(source, asked))
    pieces = (
        piece
        for register in source.counted
        for piece in _pieces(source, register, asked, None, Q())
    )
    yield Part(tuple(chain.from_iterable(pieces)), mark, asked)


def _orders(source: Source, asked: Asked) -> dict[str, Order]:
    return {
        one.key: order_of(asked.sort, source.tree, source.kinds[one.key]) for one in source.counted
    }


def _pieces(
    source: Source, register: m.Register, asked: Asked, mark: Mark | None, more: Q
) -> Iterator[tuple[Found, ...]]:
    order = order_of(asked.sort, source.tree, source.kinds[register.key])
    return _read(source, register, order, mark, more)


def _read(
    source: Source, register: m.Register, order: Order, mark: Mark | None, more: Q
) -> Iterator[tuple[Found, ...]]:
    """Yield the entries of a register that may be counted, in order, piece by piece."""
    of = source.kinds[register.key]
    rows = _rows(source, register, order).filter(more)
    make = _maker(register, of)
    size, first = _FIRST, len(order.columns) if mark is None else mark.phase
    for phase in range(first, -1, -1):
        after: Any = mark.values if mark is not None and phase == first else None
        while True:
            piece = make(order, phase, _sorted(rows, order, phase, after)[:size])
            if piece:
                yield piece
            if len(piece) < size:
                break
            after, size = piece[-1].place.values, min(size * 4, _MOST)


def _rows(source: Source, register: m.Register, order: Order) -> QuerySet[m.Entry]:
    """Return the entries of a register that may be counted; where they are many, and wanted by another column than the day, by that."""
    tree, of = source.tree, source.kinds[register.key]
    own = m.Entry.objects.filter(m.entries.CURRENT, register=register)
    rows = own.filter(narrowed(tree, of, source.year))
    day = day_column(tree, of)
    if day is None or order.columns[:1] == (day,) or _few(rows):
        return rows
    return veiled(own).filter(narrowed(tree, of, source.year, veil=True))


def _few(rows: QuerySet[m.Entry]) -> bool:
    return rows.order_by().values("pk")[: _SORTED + 1].count() <= _SORTED


def _sorted(rows: QuerySet[m.Entry], order: Order, phase: int, after: Any) -> QuerySet[m.Entry]:
    return rows.filter(order.rows(phase, after)).order_by(*order.sorting(phase))


_AT: Final = {name: n for n, name in enumerate(("pk", *CONTENT))} | {
    "subject": 1 + CONTENT.index("subject_id")
}


def _maker(register: m.Register, of: RegisterKind) -> Any:
    read = recorder(of)

    def make(order: Order, phase: int, rows: QuerySet[m.Entry]) -> tuple[Found, ...]:
        at = [_AT[name] for name in order.names(phase)]
        return tuple(
            Found(
                Place(register.key, phase, tuple(row[n] for n in at), row[0]),
                register,
                read(row[1:]),
            )
            for row in rows.values_list("pk", *CONTENT)
        )

    return make
