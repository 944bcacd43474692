"""控えのある数え方. Measures with the registers they look into, and how the sums kept of them are put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, recorder, scaled
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.shares import Cell, Way, asked_of_subjects, compiled, shares, way
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


def kept_of(body: str, *, register: str | None = None, attribute: str | None = None) -> list[Kept]:
    """Return the measures of a body that look into a register, or ask for an attribute of subjects."""
    rows = [(row, measure(row.text)) for row in m.Measure.objects.filter(body=body, voided=None)]
    rows = [
        (row, tree)
        for row, tree in rows
        if (register is None or register in keys_of(tree))
        and (attribute is None or attribute in asked_of_subjects(tree))
    ]
    wanted = {key for _, tree in rows for key in keys_of(tree)}
    there = registers_of(body, wanted) if wanted else {}
    return [kept(row, tree, there) for row, tree in rows]


def kept(row: m.Measure, tree: Measure, there: Mapping[str, m.Register]) -> Kept:
    """Return a measure with its registers."""
    own = {key: there[key] for key in keys_of(tree)}
    kinds = {key: kind(register) for key, register in own.items()}
    return Kept(row, tree, own, kinds, way(tree, kinds))


def everything(one: Kept) -> Sums:
    """Return the sums of a measure as counting every entry gives them; memory does not grow with the registers."""
    known = attributes_of(one.row.body, one.attributes)
    found: Sums = defaultdict(lambda: (0, 0))
    if one.way == "recount":
        return found
    give = compiled(one.tree, one.kinds) if one.way == "entry" else None
    for subject, records in _by_subject_in_turn(one):
        own = known.get(subject or 0, ())
        if give is not None:
            parts = [part for record in records for part in give(record, own)]
        else:
            parts = [
                (c, s.n, s.total)
                for c, s in shares(one.tree, one.kinds, list(records), own).items()
            ]
        for cell, n, total in parts:
            count, whole = found[cell]
            found[cell] = count + n, whole + scaled(total)
    return found


def _by_subject_in_turn(one: Kept) -> Iterator[tuple[int | None, Iterable[Record]]]:
    """Yield subjects with their entries in all registers of a measure; entries without one together, at last."""
    if one.way == "entry":
        for register in one.registers.values():
            for record in records_of([register]):
                yield record.subject, [record]
        return
    read = {register.pk: recorder(one.kinds[key]) for key, register in one.registers.items()}
    rows = m.Entry.objects.filter(m.entries.CURRENT, register__in=read, subject__isnull=False)
    ordered = rows.order_by("subject").values_list("register", *CONTENT).iterator(chunk_size=2000)
    records = (read[row[0]](row[1:]) for row in ordered)
    yield from groupby(records, key=lambda record: record.subject)
