"""答えを読む. What measures say of years, from the sums that are kept; never from the entries, but where they must be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sosei.evidence import models as m
from sosei.evidence.codec import unscaled
from sosei.evidence.kept import Kept
from sosei.evidence.kept import kept as kept_measure
from sosei.evidence.measures.entries import Register
from sosei.evidence.measures.shares import Cell, Share, answer, tallies_of_everything
from sosei.evidence.measures.standing import Answer, asked_year, silent
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import attributes_of, closed, keys_of, measure, records_of, registers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """数えたもの. A measure, its version, and its answers by fiscal year."""

    key: str
    name: str
    text: str
    version: int
    answers: Mapping[int, Answer]


def counted(body: str, key: str, years: Collection[int]) -> Counted:
    """Return what a measure says of fiscal years. Raises NoSuchRow."""
    row = m.Measure.objects.filter(body=body, key=key, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="数え方", number=key)
    return counted_of(row, years)


def counted_of(row: m.Measure, years: Collection[int]) -> Counted:
    """Return what a measure says of fiscal years."""
    tree = measure(row.text)
    there = registers_of(row.body, keys_of(tree))
    kept = kept_measure(row, tree, there)
    tallies = _counted_now(kept, years) if kept.way == "recount" else _tallies(row)
    states = closed(there.values())
    quiet = _silent(kept, states, years)
    return Counted(
        key=row.key, name=row.name, text=row.text, version=row.stamp,
        answers={year: answer(tree, year, tallies, states, quiet.get(year, frozenset())) for year in years},
    )  # fmt: skip


def _tallies(row: m.Measure) -> dict[Cell, Share]:
    rows = m.Tally.objects.filter(measure=row).values_list("year", "cell", "n", "total")
    return {Cell(year, cell): Share(n, unscaled(total)) for year, cell, n, total in rows}


def _counted_now(kept: Kept, years: Collection[int]) -> Mapping[Cell, Share]:
    """Count what cannot be kept in parts."""
    records = list(records_of(kept.registers.values()))
    known = attributes_of(kept.row.body, kept.attributes)
    flat = [attribute for own in known.values() for attribute in own]
    return tallies_of_everything(kept.tree, kept.kinds, records, flat, years)


def _silent(
    kept: Kept, states: Mapping[str, Register], years: Iterable[int]
) -> dict[int, frozenset[int]]:
    """Return who was asked for a year and has no entry for it."""
    asked = [key for key in kept.tree.registers if states[key].expected]
    if not asked:
        return {}
    answered = _answered(kept, asked, {asked_year(kept.tree, year) for year in years})
    return {
        year: silent(kept.tree, year, states, answered.get(asked_year(kept.tree, year), {}))
        for year in years
    }


def _answered(
    kept: Kept, asked: Collection[str], years: Collection[int]
) -> dict[int, dict[str, set[int | None]]]:
    """Return who answered, by year and register."""
    found: dict[int, dict[str, set[int | None]]] = {}
    keys = {kept.registers[key].pk: key for key in asked}
    rows = m.Entry.objects.filter(m.entries.CURRENT, register__in=keys, year__in=years)
    for register, year, subject in rows.values_list("register", "year", "subject"):
        found.setdefault(year or 0, {}).setdefault(keys[register], set()).add(subject)
    return found
