"""数え方の頁. What a body's measures are, what they say of a year, and what they said before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sosei.evidence import models as m
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.sentence import Lang, sentence
from sosei.evidence.measures.standing import asked_year
from sosei.evidence.measures.windows import days
from sosei.evidence.naming import attribute_called
from sosei.evidence.queries.answers import Counted, counted_all
from sosei.evidence.queries.closings import ClosingRow, closings_of
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import keys_of, kind, measure, registers_of
from sosei.journal.models import Entry, Past
from sosei.offices.queries.people import names_of
from sosei.offices.queries.recorded import Recorded, recorded

#: Names of those who are silent that a page shows.
MOST_NAMED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureShown:
    """数え方. `kinds`: the body's registers, by key; `registers`: number, key and department of those it looks into."""

    pk: int
    stamp: int
    key: str
    name: str
    text: str
    note: str | None
    tree: Measure
    kinds: Mapping[str, RegisterKind] = field(repr=False)
    registers: tuple[tuple[int, str, int], ...] = ()

    def sentence(self, lang: Lang = "ja") -> str:
        """Return it as a sentence."""
        return said(self.tree, self.kinds, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureVersion:
    """数え方の版. What it said from a moment on, by whom and why; `now`: what it says."""

    version: int
    name: str
    text: str
    recorded: Recorded
    reason: str | None
    now: bool

    def sentence(self, kinds: Mapping[str, RegisterKind], lang: Lang = "ja") -> str:
        """Return it as a sentence, with what registers are called today."""
        return said(measure(self.text), kinds, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedFor:
    """年の締め. A register (its number and key), whether it is closed for a year, and by which closing.

    `row`: where it is not, the newest of those that do not reach so far, None where there is none.
    """

    register: int
    key: str
    closed: bool
    row: ClosingRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage:
    """数え方の頁. `closings`: of each register, how it is closed for the year.

    `silent`: numbers and names of who was asked for the year and did not answer.
    """

    shown: MeasureShown
    counted: Counted
    year: int
    closings: tuple[ClosedFor, ...]
    silent: tuple[tuple[int, str], ...]
    versions: tuple[MeasureVersion, ...]

    @property
    def answered(self) -> int:
        """Return how many of those asked answered."""
        return self.counted.asked[self.year] - len(self.counted.answers[self.year].silent)


def said(tree: Measure, kinds: Mapping[str, RegisterKind], lang: Lang = "ja") -> str:
    """Return a measure as a sentence; what registers and columns are called, as far as they are there."""

    def name(register: str, column: str) -> str:
        of = kinds.get(register)
        if column.startswith("subject."):
            return attribute_called(column.removeprefix("subject."), lang)
        return (column or register) if of is None else of.called(column, lang)

    return sentence(tree, name, lang)


def measures(body: str) -> tuple[MeasureShown, ...]:
    """Return the measures of a body, by name; 2 queries."""
    rows = m.Measure.objects.filter(body=body, voided__isnull=True).order_by("name", "pk")
    there = registers_of(body)
    kinds = {key: kind(row) for key, row in there.items()}
    return tuple(_shown(row, there, kinds) for row in rows)


def measure_shown(body: str, pk: int) -> MeasureShown:
    """Return a measure. Raises NoSuchRow."""
    return _one(body, pk)[1]


def answers(body: str, years: Collection[int]) -> dict[int, Counted]:
    """Return what all measures of a body say of years, by their numbers."""
    rows = m.Measure.objects.filter(body=body, voided__isnull=True)
    return counted_all(dict.fromkeys(rows, years))


def answers_of(body: str, pk: int, years: Collection[int]) -> Counted:
    """Return what a measure says of years. Raises NoSuchRow."""
    return counted_all({_one(body, pk)[0]: years})[pk]


def kinds_of(body: str) -> dict[str, RegisterKind]:
    """Return what the registers of a body hold, by their keys; 1 query."""
    return {key: kind(row) for key, row in registers_of(body).items()}


def measure_page(body: str, pk: int, years: Collection[int], year: int) -> MeasurePage:
    """Return a measure with its answers for some years, and all about one of them. Raises NoSuchRow."""
    row, shown = _one(body, pk)
    counted = counted_all({row: {*years, year}})[pk]
    return MeasurePage(
        shown=shown,
        counted=counted,
        year=year,
        closings=tuple(_closings(body, shown, year, counted.open[year])),
        silent=_named(counted.answers[year].silent),
        versions=_versions(row),
    )


def next_key(body: str) -> str:
    """Return a key that no measure of a body ever had."""
    taken = set(m.Measure.objects.filter(body=body).values_list("key", flat=True))
    return next(key for n in range(1, len(taken) + 2) if (key := f"measure_{n}") not in taken)


def attribute_names(body: str) -> tuple[str, ...]:
    """Return which attributes organisations and persons of a body have."""
    rows = m.Attribute.objects.filter(body=body, voided__isnull=True)
    return tuple(rows.order_by("name").values_list("name", flat=True).distinct())


def _one(body: str, pk: int) -> tuple[m.Measure, MeasureShown]:
    row = m.Measure.objects.filter(body=body, pk=pk, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="数え方", number=pk)
    there = registers_of(body)
    return row, _shown(row, there, {key: kind(register) for key, register in there.items()})


def _shown(
    row: m.Measure, there: Mapping[str, m.Register], kinds: Mapping[str, RegisterKind]
) -> MeasureShown:
    tree = measure(row.text)
    return MeasureShown(
        pk=row.pk, stamp=row.stamp, key=row.key, name=row.name, text=row.text, note=row.note, tree=tree, kinds=kinds,
        registers=tuple(
            (there[key].pk, key, there[key].department_id) for key in keys_of(tree) if key in there
        ),
    )  # fmt: skip


def _closings(
    body: str, shown: MeasureShown, year: int, still: Collection[str]
) -> Iterable[ClosedFor]:
    of, last = asked_year(shown.tree, year), days(shown.tree.window, year).last
    for pk, key, _ in shown.registers:
        rows = [row for row in closings_of(body, pk) if row.reopened is None]
        if shown.kinds[key].kind == "survey":
            row = next((row for row in rows if row.year == of), None)
        else:
            row = _settling(rows, last)
        yield ClosedFor(register=pk, key=key, closed=key not in still, row=row)


def _settling(rows: Iterable[ClosingRow], last: date) -> ClosingRow | None:
    """Return the first closing that reaches up to a day; where none does, the one that reaches farthest."""
    by_day = sorted((row.until, row.pk, row) for row in rows if row.until is not None)
    found = next((row for until, _, row in by_day if until >= last), None)
    return found or (by_day[-1][2] if by_day else None)


def _named(subjects: Collection[int]) -> tuple[tuple[int, str], ...]:
    if not subjects:
        return ()
    rows = m.Subject.objects.filter(pk__in=subjects).order_by("name", "pk")[:MOST_NAMED]
    return tuple((row.pk, row.called()) for row in rows)


def _versions(row: m.Measure) -> tuple[MeasureVersion, ...]:
    """Return what a measure says and said, the newest first."""
    past = list(Past.objects.filter(table=m.Measure.table(), row=row.pk).order_by("stamp"))
    lines = {one.stamp + 1: one.seq for one in past}
    wrote = Entry.objects.filter(body=row.body, seq__in=lines.values()).defer("rows")
    by_seq = {entry.seq: entry for entry in wrote}
    names = names_of(row.body, {entry.by for entry in wrote if entry.by})
    first = recorded([row]).get(row.pk, Recorded(at=row.since))
    found = []
    for one in (*map(_was, past), row):
        entry = by_seq.get(lines.get(one.stamp, 0))
        found.append(
            MeasureVersion(
                version=one.stamp, name=one.name, text=one.text, now=one is row,
                recorded=first if entry is None else _by(entry, names),
                reason=entry.facts.get("reason") if entry is not None else None,
            )
        )  # fmt: skip
    return tuple(reversed(found))


def _by(entry: Entry, names: Mapping[int, str]) -> Recorded:
    return Recorded(at=entry.at, by=names.get(entry.by or 0), seq=entry.seq, person=entry.by)


def _was(past: Past) -> m.Measure:
    found: m.Measure = m.Measure.of_content(past.content)
    found.stamp, found.since = past.stamp, past.since
    return found
