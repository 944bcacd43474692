"""数えた経費. What the registers of commissions, contributions and subsidies count for a line of money, beside what the book says.

Everything is in yen, whatever unit a line is printed in: a thousand yen and a yen are never held against each other. Nothing
is rounded: a count with a fraction of a yen stays one, as in the passport, and cannot be recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, cast

from django.db.models import QuerySet

from sosei.core.money import SCALES, show_yen
from sosei.core.report import MoneyUnit
from sosei.evidence import stored
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Measure as Tree
from sosei.evidence.measures.standing import Answer
from sosei.evidence.models import Measure
from sosei.evidence.queries.answers import Counted, counted_all
from sosei.ledger import models as m
from sosei.ledger.queries.facts import home_year
from sosei.ledger.refusals import NoSuchThing

#: How many times one amount may be another where the units were taken for one another (円, 千円, 百万円).
SLIPS: Final = (10**3, 10**6)
Tied = Mapping[int, Sequence[m.SpentCounting]]
#: Whole, or (what is entered in thousands may be finer than a yen) with the fraction.
Yen = int | Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentPart:
    """数えた一つ. What one measure counts for a line's year; `asked`: how many its surveys ask."""

    measure: int
    key: str
    called: str
    text: str
    version: int
    unit: MoneyUnit
    answer: Answer
    asked: int
    kinds: Mapping[str, RegisterKind] = field(default_factory=dict, repr=False)

    @property
    def yen(self) -> Yen | None:
        """What is counted to the end, in yen."""
        return _yen(self.answer.value, self.unit)

    @property
    def so_far(self) -> Yen:
        """What is counted up to now, in yen; beside a gap."""
        found = _yen(self.answer.so_far, self.unit)
        return (self.yen or 0) if found is None else found


def _yen(number: Decimal | None, unit: MoneyUnit) -> Yen | None:
    return None if number is None else yen_of(number, unit)


def yen_of(number: Decimal, unit: MoneyUnit) -> Yen:
    """Return an amount in yen, every part of one.

    >>> yen_of(Decimal("12.345"), "千円"), yen_of(Decimal("12.3456"), "千円")
    (12345, Decimal('12345.6'))
    """
    yen = (number * SCALES[unit]).normalize()
    return int(yen) if yen == yen.to_integral_value() else yen


def _kept(yen: Yen | None) -> int | str | None:
    """Return an amount as the book keeps it; `_read` reads it."""
    return str(yen) if isinstance(yen, Decimal) else yen


def _read(kept: int | str | None) -> Yen | None:
    return Decimal(kept) if isinstance(kept, str) else kept


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentShown:
    """数えた経費. A line of money, what its measures count for its year, and whether the book says the same.

    `unit`: in which it is printed. `recorded`: in yen, None: no amount. `counted`: it was recorded from a count;
    `reason`: why a person left another amount than `was` (what was counted then).
    """

    spending: int
    entry: int
    project: str
    label: str
    year: int
    unit: MoneyUnit | None
    recorded: int | None
    parts: tuple[SpentPart, ...]
    counted: bool = False
    reason: str | None = None
    was: Yen | None = None

    @property
    def value(self) -> Yen | None:
        """What all measures count to the end, in yen; None while one of them is still counted."""
        each = [one.yen for one in self.parts]
        if not each or None in each:
            return None
        return yen_of(sum(map(Decimal, cast("list[Yen]", each)), Decimal(0)), "円")

    @property
    def so_far(self) -> Yen:
        """What is counted up to now, in yen."""
        return sum(one.so_far for one in self.parts)

    @property
    def n(self) -> int:
        """How many entries were counted."""
        return sum(one.answer.n for one in self.parts)

    @property
    def settled(self) -> bool:
        """Whether an amount can be recorded from it."""
        return self.value is not None

    @property
    def differs(self) -> bool:
        """Whether everything is counted and the book says something else, or nothing yet."""
        return self.value is not None and self.recorded != self.value

    @property
    def waits(self) -> bool:
        """Whether it only waits for being recorded: the book says no amount yet."""
        return self.differs and self.recorded is None

    @property
    def kept(self) -> bool:
        """Whether a person left the amount as it is, with a reason, and the count is what it was then."""
        return self.differs and self.reason is not None and self.was == self.value

    @property
    def gap(self) -> Yen | None:
        """By how much the book says more (less: negative) than is counted, in yen."""
        known = self.value if self.settled else self.so_far
        return None if self.recorded is None or known is None else self.recorded - known

    @property
    def slip(self) -> int | None:
        """How many times the one is the other, where it looks as if the units were taken for one another."""
        return _times(self.recorded, self.value) if self.differs else None

    @property
    def slip_so_far(self) -> int | None:
        """The same while it is still counted: it may be so, or what comes later makes up the difference."""
        return None if self.settled else _times(self.recorded, self.so_far)

    def shown(self, yen: Yen | None) -> str:
        """Return an amount in the line's own unit, every yen of it."""
        return "" if yen is None else show_yen(yen, self.unit or "円")

    @property
    def mark(self) -> str:
        """What a form says that its person saw: the recorded amount, and what each measure counts in which version."""
        parts = ".".join(f"{one.measure}-{one.version}-{one.yen}" for one in self.parts)
        return f"{self.spending}.{self.recorded}.{parts}"

    def basis(self) -> dict[str, Any]:
        """Return what a recorded amount rests on, as the book keeps it."""
        return {
            "yen": _kept(self.value), "entries": self.n,
            "measures": [
                {"measure": one.measure, "version": one.version, "yen": _kept(one.yen), "entries": one.answer.n} for one in self.parts
            ],
        }  # fmt: skip


def _times(one: Yen | None, other: Yen | None) -> int | None:
    """Return how many times one amount is the other, where that is as units differ; what was cut off counts for nothing."""
    if not one or not other:
        return None
    more, less = max(one, other), min(one, other)
    return next((times for times in SLIPS if -times < more - less * times < times), None)


# -- whether a measure counts money ------------------------------------------------------------------------------------


def money_unit_of(tree: Tree) -> MoneyUnit | None:
    """Return the unit of money a measure sums in to the yen; None where it counts something else, or rounds."""
    exact = tree.operation in ("sum", "latest") and tree.rounded is None
    return tree.unit if exact and tree.unit in SCALES else None


# -- lines -------------------------------------------------------------------------------------------------------------


def money_lines(body: str, entry: int) -> tuple[SpentShown, ...]:
    """Return all lines of an entry, in its order, those that no measure counts too (without parts)."""
    return _shown(_rows(body).filter(entry=entry).order_by("position", "pk"), every=True)


def money_line(body: str, spending: int) -> SpentShown:
    """Return a line, counted or not. Raises NoSuchThing."""
    found = _shown(_rows(body).filter(pk=spending), every=True)
    if not found:
        raise NoSuchThing(what="経費")
    return found[0]


def spent_of_lines(body: str, lines: Iterable[int]) -> tuple[SpentShown, ...]:
    """Return some lines, as far as they are counted."""
    return _shown(_rows(body).filter(pk__in=list(lines)).order_by("pk"))


def spent_of_volume(body: str, volume: int) -> tuple[SpentShown, ...]:
    """Return the counted lines of a report, in its order."""
    rows = _rows(body).filter(entry__volume=volume)
    return _shown(rows.order_by("entry__position", "entry", "position", "pk"))


@dataclass(frozen=True, slots=True)
class OpenSpent:
    """公表前の経費. The counted lines of years not yet published, and by which measures; `wanted`: of which years."""

    lines: Sequence[m.Spending]
    tied: Tied

    @property
    def wanted(self) -> dict[Measure, list[int]]:
        """Return what is to be counted."""
        return _wanted(self.lines, self.tied)


def open_spent(body: str) -> OpenSpent:
    """Return the lines of money that are counted, of years not yet published; 1 query."""
    rows = m.SpentCounting.objects.filter(
        body=body, voided__isnull=True, measure__voided__isnull=True, spending__voided__isnull=True,
        spending__entry__voided__isnull=True, spending__entry__volume__voided__isnull=True,
    ).exclude(spending__entry__volume__stage="published")  # fmt: skip
    tied: dict[int, list[m.SpentCounting]] = defaultdict(list)
    lines: dict[int, m.Spending] = {}
    for row in rows.select_related("measure", "spending__entry__volume").order_by(
        "-spending__entry__volume__fiscal_year", "spending__entry__position", "spending__position", "spending", "pk"
    ):  # fmt: skip
        lines[row.spending_id] = row.spending
        tied[row.spending_id].append(row)
    return OpenSpent(tuple(lines.values()), tied)


def differing_spent(found: OpenSpent, counted: Mapping[int, Counted]) -> tuple[SpentShown, ...]:
    """Return the lines that say something else than is counted to the end; 1 query where any is counted.

    One that a person left with a reason is not among them, until the count moves on.
    """
    told = _told(found.lines, found.tied, counted)
    return tuple(one for one in told if one.differs and not one.kept)


def spent_touched(body: str, register: str) -> tuple[SpentShown, ...]:
    """Return the counted lines, of years not yet published, that are counted from a register."""
    tied = m.SpentCounting.objects.filter(body=body, voided__isnull=True).select_related("measure")
    lines = {row.spending_id for row in tied if register in _keys(row.measure)}
    return _shown(_open(body).filter(pk__in=lines))


def spent_by(body: str) -> dict[int, list[tuple[int, str]]]:
    """Return which lines of money each measure counts, by the measure's number: their entry, and their words."""
    tied = m.SpentCounting.objects.filter(
        body=body, voided__isnull=True, spending__voided__isnull=True, spending__entry__voided__isnull=True
    )  # fmt: skip
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in tied.select_related("spending").order_by("pk"):
        found[row.measure_id].append((row.spending.entry_id, row.spending.called()))
    return found


def tied_measures(spending: int) -> tuple[int, ...]:
    """Return the measures that count a line."""
    tied = m.SpentCounting.objects.filter(spending=spending, voided__isnull=True)
    return tuple(tied.order_by("pk").values_list("measure", flat=True))


def suggested_measures(spending: int) -> tuple[int, ...]:
    """Return the measures that counted the line of the same words in the project's newest report that has one."""
    line = m.Spending.objects.select_related("entry").get(pk=spending)
    tied = m.SpentCounting.objects.filter(
        voided__isnull=True, measure__voided__isnull=True, spending__voided__isnull=True,
        spending__entry__project=line.entry.project_id, spending__label=line.label,
    ).exclude(spending=line)  # fmt: skip
    newest = tied.order_by("-spending__entry__volume__fiscal_year", "-spending").values_list("spending", flat=True).first()  # fmt: skip
    return tied_measures(newest) if newest is not None else ()


def _rows(body: str) -> QuerySet[m.Spending]:
    rows = m.Spending.objects.filter(body=body, voided__isnull=True, entry__voided__isnull=True)
    return rows.select_related("entry__volume")


def _open(body: str) -> QuerySet[m.Spending]:
    tied = m.SpentCounting.objects.filter(body=body, voided__isnull=True).values("spending")
    rows = _rows(body).filter(pk__in=tied, entry__volume__voided__isnull=True)
    return rows.exclude(entry__volume__stage="published").order_by(
        "-entry__volume__fiscal_year", "entry__position", "position", "pk"
    )


def _keys(row: Measure) -> tuple[str, ...]:
    return stored.keys_of(stored.measure(row.text))


def _shown(rows: QuerySet[m.Spending], *, every: bool = False) -> tuple[SpentShown, ...]:
    lines = list(rows)
    tied = _tied([line.pk for line in lines])
    return _told(lines, tied, counted_all(_wanted(lines, tied)), every=every)


def _told(
    lines: Iterable[m.Spending], tied: Tied, counted: Mapping[int, Counted], *, every: bool = False
) -> tuple[SpentShown, ...]:
    own = m.SpentBasis.objects.filter(spending__in=list(tied), voided__isnull=True)
    grounds = {row.spending_id: row for row in own} if tied else {}
    return tuple(
        _one(line, tuple(_parts(line, tied.get(line.pk, ()), counted)), grounds.get(line.pk))
        for line in lines
        if every or line.pk in tied
    )


def _tied(lines: Collection[int]) -> Tied:
    found: dict[int, list[m.SpentCounting]] = defaultdict(list)
    rows = m.SpentCounting.objects.filter(spending__in=lines, voided__isnull=True)
    for row in rows.select_related("measure").order_by("pk"):
        if row.measure.voided is None:
            found[row.spending_id].append(row)
    return found


def _wanted(lines: Iterable[m.Spending], tied: Tied) -> dict[Measure, list[int]]:
    years: dict[Measure, set[int]] = defaultdict(set)
    for line in lines:
        for row in tied.get(line.pk, ()):
            years[row.measure].add(year_of(line))
    return {row: sorted(own) for row, own in years.items()}


def year_of(line: m.Spending) -> int:
    """Return the fiscal year that a line speaks of: its own, or its entry's."""
    return line.fiscal_year or home_year(line.entry)


def _parts(
    line: m.Spending, tied: Iterable[m.SpentCounting], counted: Mapping[int, Counted]
) -> Iterator[SpentPart]:
    year = year_of(line)
    for row in tied:
        one = counted[row.measure_id]
        yield SpentPart(
            measure=row.measure_id, key=one.key, called=one.name, text=one.text, version=one.version,
            unit=cast(MoneyUnit, stored.measure(one.text).unit), answer=one.answers[year], asked=one.asked[year], kinds=one.kinds,
        )  # fmt: skip


def _one(line: m.Spending, parts: tuple[SpentPart, ...], ground: m.SpentBasis | None) -> SpentShown:
    stands = ground if ground is not None and ground.yen == line.yen else None
    return SpentShown(
        spending=line.pk, entry=line.entry_id, project=line.entry.called(), label=line.called(), year=year_of(line),
        unit=cast(MoneyUnit, line.unit) if line.unit in SCALES else None, recorded=line.yen, parts=parts,
        counted=stands is not None and not stands.reason, reason=stands.reason if stands is not None else None,
        was=_read(stands.basis.get("yen")) if stands is not None else None,
    )  # fmt: skip
