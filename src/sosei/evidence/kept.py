"""控えのある数え方. Measures with the registers they look into, and how the sums kept of them are put together."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, recorder, scaled_sum
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Attribute, Record
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.shares import Cell, Share, Way, asked_of_subjects, sharing, way
from sosei.evidence.stored import (
    attributes_of,
    keys_of,
    kind,
    measure,
    records_of,
    registers_of,
)

#: What is kept of a measure: of each year (and cell of its grid) how many entries, and how much in ten-thousandths.
Sums = dict[Cell, tuple[int, int]]
_NONE: Final = (0, 0)
#: As many subjects as are looked at together.
MANY: Final = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """控えのある数え方. A measure, the registers it looks into, and how its sums are kept."""

    row: m.Measure
    tree: Measure
    registers: Mapping[str, m.Register]
    kinds: Mapping[str, RegisterKind]
    way: Way

    @property
    def attributes(self) -> frozenset[str]:
        """Return the attributes of subjects that it asks for."""
        return asked_of_subjects(self.tree)


def kept_of(
    body: str, *, register: m.Register | None = None, attribute: str | None = None
) -> list[Kept]:
    """Return the measures of a body that look into a register, or ask for an attribute of subjects."""
    rows = [(row, measure(row.text)) for row in m.Measure.objects.filter(body=body, voided=None)]
    rows = [
        (row, tree)
        for row, tree in rows
        if (register is None or register.key in keys_of(tree))
        and (attribute is None or attribute in asked_of_subjects(tree))
    ]
    there = {} if register is None else {register.key: register}
    there |= registers_of(body, {key for _, tree in rows for key in keys_of(tree)} - there.keys())
    return [kept(row, tree, there) for row, tree in rows]


def kept(row: m.Measure, tree: Measure, there: Mapping[str, m.Register]) -> Kept:
    """Return a measure with its registers."""
    own = {key: there[key] for key in keys_of(tree)}
    kinds = {key: kind(register) for key, register in own.items()}
    return Kept(row, tree, own, kinds, way(tree, kinds))


def everything(one: Kept) -> Sums:
    """Return the sums of a measure as counting every entry gives them.

    Memory does not grow with the registers, but where only everything together gives them (`one.way`: recount).
    """
    give = sharing(one.tree, one.kinds)
    return added((give(records, known), 1) for records, known in _parts(one))


def added(given: Iterable[tuple[Mapping[Cell, Share], int]]) -> Sums:
    """Add up what parts give, each with its sign."""
    found: Sums = {}
    for shares, sign in given:
        for cell, (n, total) in shares.items():
            count, whole = found.get(cell, _NONE)
            found[cell] = count + sign * n, whole + sign * scaled_sum(total)
    return found


def _parts(one: Kept) -> Iterator[tuple[Iterable[Record], Iterable[Attribute]]]:
    """Yield all entries of a measure's registers, in parts that give their shares by themselves."""
    registers = one.registers.values()
    if one.way == "recount":
        yield list(records_of(registers)), known_of(one)
        return
    if one.way == "entry" and not one.attributes:
        yield records_of(registers), ()
        return
    if one.way == "entry":
        yield records_of(registers, subject__isnull=True), ()
    for records in _whole_subjects(one):
        yield records, known_of(one, {record.subject or 0 for record in records})


def known_of(one: Kept, subjects: Collection[int] | None = None) -> list[Attribute]:
    """Return the attributes that a measure asks for, of some subjects or of all."""
    found = attributes_of(one.row.body, one.attributes, subjects)
    return [attribute for own in found.values() for attribute in own]


def _whole_subjects(one: Kept) -> Iterator[list[Record]]:
    """Yield entries that have a subject, some subjects at a time, each with all of his."""
    in_turn = heapq.merge(
        *map(_by_subject, one.registers.values()), key=lambda record: record.subject or 0
    )
    part: list[Record] = []
    for n, (_, own) in enumerate(groupby(in_turn, key=lambda record: record.subject), 1):
        part += own
        if n % MANY == 0:
            yield part
            part = []
    if part:
        yield part


def _by_subject(register: m.Register) -> Iterator[Record]:
    read = recorder(kind(register))
    rows = m.Entry.objects.filter(m.entries.CURRENT, register=register, subject__isnull=False)
    ordered = rows.order_by("subject_id").values_list(*CONTENT)
    return (read(row) for row in ordered.iterator(chunk_size=2000))
