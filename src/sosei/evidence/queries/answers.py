"""答えを読む. What measures say of years, from the sums that are kept; never from the entries, but where they must be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sosei.evidence import models as m
from sosei.evidence.codec import unscaled
from sosei.evidence.kept import Kept
from sosei.evidence.kept import kept as kept_measure
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Register
from sosei.evidence.measures.shares import Cell, Share, answer, tallies_of_everything
from sosei.evidence.measures.standing import Answer, asked_year, silent, still_open
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import attributes_of, closed, keys_of, measure, records_of, registers_of

#: Who has an entry for a year, by year and register.
Answered = Mapping[int, Mapping[str, Collection[int | None]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """数えたもの. A measure, its version, and its answers by fiscal year; `asked`: how many its surveys ask for each.

    `open`: for each, its registers that are not closed to the end of what it looks at. `kinds`: the registers that it looks into, by key.
    """

    key: str
    name: str
    text: str
    version: int
    answers: Mapping[int, Answer]
    asked: Mapping[int, int] = field(default_factory=dict)
    open: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, RegisterKind] = field(default_factory=dict, repr=False)


def counted(body: str, key: str, years: Collection[int]) -> Counted:
    """Return what a measure says of fiscal years. Raises NoSuchRow."""
    row = m.Measure.objects.filter(body=body, key=key, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="数え方", number=key)
    return counted_of(row, years)


def counted_of(row: m.Measure, years: Collection[int]) -> Counted:
    """Return what a measure says of fiscal years."""
    return counted_all({row: years})[row.pk]


def counted_all(
    asked: Mapping[m.Measure, Collection[int]], *, silent: bool = True
) -> dict[int, Counted]:
    """Return what measures of one body say of fiscal years, by their numbers: as many questions for all as for one.

    `silent`: with who did not answer, where that is wanted; it changes no figure.
    Only what is much and cannot be kept in parts (`shares.way`: recount) is counted one by one.
    """
    if not asked:
        return {}
    trees = {row: measure(row.text) for row in asked}
    keys = {key for tree in trees.values() for key in keys_of(tree)}
    there = registers_of(next(iter(asked)).body, keys)
    states = closed(there.values(), asked=silent)
    ones = [kept_measure(row, tree, there) for row, tree in trees.items()]
    answered = answered_by(there, states, _years_of_answers(ones, asked))
    unkept = _unkept(ones)
    tallies = _tallies([one.row.pk for one in ones if one.row.pk not in unkept])
    return {
        one.row.pk: _counted(
            one,
            _counted_now(one, asked[one.row]) if one.row.pk in unkept else tallies[one.row.pk],
            states, answered, asked[one.row],
        )
        for one in ones
    }  # fmt: skip


def _unkept(ones: Iterable[Kept]) -> set[int]:
    """Return the numbers of measures whose sums are not kept."""
    doubtful = [one.row.pk for one in ones if one.way == "recount"]
    if not doubtful:
        return set()
    kept = m.Standing.objects.filter(measure__in=doubtful, dirty=False)
    return set(doubtful).difference(kept.values_list("pk", flat=True))


def _counted(
    one: Kept, tallies: Mapping[Cell, Share], states: Mapping[str, Register], answered: Answered,
    years: Iterable[int],
) -> Counted:  # fmt: skip
    row = one.row
    return Counted(
        key=row.key, name=row.name, text=row.text, version=row.stamp,
        answers={
            year: answer(one.tree, year, tallies, states, silent_in(one, states, answered, year))
            for year in years
        },
        asked={year: asked_in(one, states, year) for year in years},
        open={year: still_open(one.tree, year, states) for year in years},
        kinds=one.kinds,
    )  # fmt: skip


def _tallies(measures: Collection[int]) -> dict[int, dict[Cell, Share]]:
    rows = m.Tally.objects.filter(measure__in=measures)
    found: dict[int, dict[Cell, Share]] = defaultdict(dict)
    for pk, year, cell, n, total in rows.values_list("measure", "year", "cell", "n", "total"):
        found[pk][Cell(year, cell)] = Share(n, unscaled(total))
    return found


def _counted_now(one: Kept, years: Collection[int]) -> Mapping[Cell, Share]:
    """Count what cannot be kept in parts."""
    records = list(records_of(one.registers.values()))
    known = attributes_of(one.row.body, one.attributes)
    flat = [attribute for own in known.values() for attribute in own]
    return tallies_of_everything(one.tree, one.kinds, records, flat, years)


# -- who is silent -----------------------------------------------------------------------------------------------------


def silent_in(
    one: Kept, states: Mapping[str, Register], answered: Answered, year: int
) -> frozenset[int]:
    """Return who was asked for a year by the surveys of a measure and has no entry for it."""
    return silent(one.tree, year, states, answered.get(asked_year(one.tree, year), {}))


def asked_in(one: Kept, states: Mapping[str, Register], year: int) -> int:
    """Return how many the surveys of a measure ask for a year."""
    of = asked_year(one.tree, year)
    return sum(len(states[key].expected.get(of, ())) for key in one.tree.registers)


def _years_of_answers(
    ones: Iterable[Kept], asked: Mapping[m.Measure, Collection[int]]
) -> frozenset[int]:
    return frozenset(asked_year(one.tree, year) for one in ones for year in asked[one.row])


def answered_by(
    there: Mapping[str, m.Register], states: Mapping[str, Register], years: Collection[int]
) -> Answered:
    """Return who has an entry, by year and register, of the registers that ask anybody."""
    keys = {register.pk: key for key, register in there.items() if states[key].expected}
    found: dict[int, dict[str, set[int | None]]] = defaultdict(lambda: defaultdict(set))
    if not keys:
        return found
    rows = m.Entry.objects.filter(m.entries.CURRENT, register__in=keys, year__in=years)
    for register, year, subject in rows.values_list("register", "year", "subject"):
        found[year or 0][keys[register]].add(subject)
    return found
