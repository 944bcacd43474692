"""台帳の読出し. Registers and measures as they are kept, as the values that the count knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from json import dumps, loads
from typing import Any

from django.db.models import QuerySet

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, asked_columns, literal, recorder
from sosei.evidence.kinds import RegisterKind, kind_of
from sosei.evidence.measures.entries import Attribute, Record, Register
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.parser import parse
from sosei.evidence.measures.spans import asked_of_entries
from sosei.evidence.parts import parts


def kind(register: m.Register) -> RegisterKind:
    """Return what a register holds."""
    return _kind(register.key, dumps(register.definition, sort_keys=True))


@lru_cache(maxsize=4096)
def _kind(key: str, said: str) -> RegisterKind:
    return kind_of(key, loads(said))


@lru_cache(maxsize=4096)
def measure(text: str) -> Measure:
    """Return a measure's tree."""
    return parse(text)


def registers_of(body: str, keys: Collection[str] | None = None) -> dict[str, m.Register]:
    """Return the registers of a body that are in use, by key."""
    rows = m.Register.objects.filter(body=body, voided__isnull=True)
    if keys is not None:
        rows = rows.filter(key__in=keys)
    return {row.key: row for row in rows.order_by("pk")}


def measures_of(body: str) -> list[Measure]:
    """Return the trees of the measures of a body that are in use."""
    rows = m.Measure.objects.filter(body=body, voided__isnull=True)
    return [measure(text) for text in rows.values_list("text", flat=True)]


def keys_of(found: Measure) -> tuple[str, ...]:
    """Return the registers a measure looks into: those counted, and the one before."""
    after = (found.after.register,) if found.after is not None else ()
    return tuple(dict.fromkeys((*found.registers, *after)))


def records_of(
    registers: Iterable[m.Register], *which: Any, asked_by: Measure | None = None, **more: Any
) -> Iterator[Record]:
    """Yield the entries of registers as the count sees them, or some of them; `asked_by`: no more of each than a measure looks at."""
    for register in registers:
        columns = CONTENT if asked_by is None else _looked_at(kind(register), asked_by)
        read = recorder(kind(register), columns)
        rows = m.Entry.objects.filter(m.entries.CURRENT, *which, register=register, **more)
        for row in rows.values_list(*columns).iterator(chunk_size=2000):
            yield read(row)


def _looked_at(holds: RegisterKind, by: Measure) -> tuple[str, ...]:
    """Return the columns of a register that a measure looks at: of the register that must come first, its day alone."""
    after = by.after
    stages = {by.stage} | ({after.stage} if after is not None else set())
    fields = asked_of_entries(by) if holds.key in by.registers else ()
    return asked_columns(holds, fields, {stage for stage in stages if stage is not None})


def attributes_of(
    body: str, names: Collection[str], subjects: Collection[int] | None = None
) -> dict[int, list[Attribute]]:
    """Return what subjects were when, by subject, the earliest first; of all subjects where none are named."""
    found: dict[int, list[Attribute]] = defaultdict(list)
    if not names:
        return found
    rows = m.Attribute.objects.filter(body=body, name__in=names, voided__isnull=True)
    for part in [rows] if subjects is None else _by_some(rows, sorted(subjects)):
        ordered = part.order_by("pk").values_list("subject", "name", "value", "first")
        for subject, name, value, first in ordered:
            found[subject].append(
                Attribute(subject=subject, name=name, value=literal(value), first=first)
            )
    return found


def _by_some(
    rows: QuerySet[m.Attribute], subjects: Sequence[int]
) -> Iterator[QuerySet[m.Attribute]]:
    """Yield the rows of some subjects at a time: a statement names only so many."""
    for part in parts(subjects):
        yield rows.filter(subject__in=part)


def closed(registers: Iterable[m.Register], *, asked: bool = True) -> dict[str, Register]:
    """Return how far registers are closed, and whom surveys asked (`asked`: where that is wanted)."""
    rows = {register.pk: register for register in registers}
    until: dict[int, list[Any]] = defaultdict(list)
    years: dict[int, set[int]] = defaultdict(set)
    live = m.Closing.objects.filter(register__in=rows, voided__isnull=True)
    for register, day, year in live.values_list("register", "until", "year"):
        if day is None and year is not None:
            years[register].add(year)
        else:
            until[register].append(day)
    surveys = [pk for pk, row in rows.items() if kind(row).kind == "survey"] if asked else []
    whom = _asked(surveys)
    return {
        row.key: Register(
            key=row.key, kind=kind(row).kind, closed_until=max(until[pk], default=None),
            closed_years=frozenset(years[pk]), expected=whom.get(pk, {}),
        )
        for pk, row in rows.items()
    }  # fmt: skip


def _asked(surveys: Sequence[int]) -> Mapping[int, Mapping[int, frozenset[int]]]:
    if not surveys:
        return {}
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = m.Asked.objects.filter(register__in=surveys, voided__isnull=True)
    for register, year, subject in rows.values_list("register", "year", "subject"):
        found[register][year].add(subject)
    return {
        register: {year: frozenset(who) for year, who in years.items()}
        for register, years in found.items()
    }
