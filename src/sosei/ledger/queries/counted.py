"""数えた値. What the measures of indicators count, beside what the book says: always present, from the kept sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet

from sosei.core.gaps import Gap
from sosei.evidence import stored
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.standing import Answer
from sosei.evidence.models import Measure
from sosei.evidence.queries.answers import Counted, counted_all
from sosei.ledger import models as m
from sosei.ledger.queries.facts import home_year
from sosei.ledger.queries.figures import in_words

#: Of which indicator, year and role a figure is.
Place = tuple[int, int, str]
_ROLES: Final = ("actual", "cumulative_actual")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFigure:
    """記載. What the book says: `value`: its number; `shown`: in a few words; `counted`: whether it was recorded from a count."""

    value: int
    number: Decimal | None
    gap: Gap | None
    shown: str
    reason: str | None
    counted: bool

    @classmethod
    def of(cls, row: m.Value | None, unit: str | None) -> RecordedFigure | None:
        """Return it of a row; `unit`: the indicator's, where the row does not say one."""
        if row is None:
            return None
        return cls(
            value=row.pk,
            number=row.number,
            gap=Gap(row.gap) if row.gap else None,
            shown=in_words(row) + ("" if row.number is None or row.unit else unit or ""),
            reason=row.reason,
            counted=row.origin == "counted",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountShown:
    """数え. What is counted for a line's own year, and whether the recorded figure says the same.

    `asked`: how many the measure's surveys ask. `unit`: the indicator's. `kinds`: the registers it is counted from; `open`:
    those of them that are not closed for it.
    """

    counting: int
    line: int
    entry: int
    indicator: int
    name: str
    unit: str | None
    role: str
    year: int
    measure: int
    key: str
    called: str
    text: str
    version: int
    answer: Answer
    asked: int
    recorded: RecordedFigure | None
    open: tuple[str, ...] = ()
    kinds: Mapping[str, RegisterKind] = field(default_factory=dict, repr=False)

    @property
    def settled(self) -> bool:
        """Whether a figure can be recorded from it: it is counted to the end."""
        return self.answer.value is not None

    @property
    def differs(self) -> bool:
        """Whether the period is closed and the book says something else, or nothing yet."""
        wanted = self.answer.value
        return wanted is not None and (self.recorded is None or self.recorded.number != wanted)

    @property
    def waits(self) -> bool:
        """Whether it only waits for being recorded: the book says no number yet."""
        return self.differs and (self.recorded is None or self.recorded.number is None)

    @property
    def reason(self) -> str | None:
        """Return why a person left another figure."""
        return self.recorded.reason if self.recorded is not None and self.differs else None

    @property
    def place(self) -> str:
        """Which count it is, among all."""
        return f"{self.line}:{self.role}"

    @property
    def mark(self) -> str:
        """What a form says that its person saw: the recorded figure, the measure's version, the count.

        A closing that leaves the count as it is leaves this, too.
        """
        figure = self.answer.so_far if self.answer.value is None else self.answer.value
        recorded = self.recorded.value if self.recorded else 0
        many = f"{self.answer.n}.{len(self.answer.silent)}"
        return f"{self.place}:{recorded}.{self.measure}.{self.version}.{figure}.{many}"


def counts_of(volume: int) -> tuple[CountShown, ...]:
    """Return the counts of all counted indicators of a report, in its order."""
    return _shown(
        m.Line.objects.filter(
            entry__volume=volume, entry__voided__isnull=True, voided__isnull=True
        ).order_by("entry__position", "entry", "position", "pk")
    )


def counts_of_lines(lines: Iterable[int]) -> tuple[CountShown, ...]:
    """Return the counts of some lines."""
    return _shown(m.Line.objects.filter(pk__in=list(lines), voided__isnull=True).order_by("pk"))


def counts_of_row(line: m.Line, values: Iterable[m.Value]) -> tuple[CountShown, ...]:
    """Return the counts of a line that is loaded, with all figures of its indicator and their points."""
    own = _countings(m.Counting.objects.filter(indicator=line.indicator_id))
    return _of([line], own, recorded={_place(value): value for value in values if _place(value)})


def touched_by(body: str, register: str) -> tuple[CountShown, ...]:
    """Return the counts, of years not yet published, of indicators that are counted from a register."""
    rows = m.Counting.objects.filter(body=body, voided__isnull=True).select_related("measure")
    return _shown(_open_lines(row.indicator_id for row in rows if register in _keys(row)))


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """公表前の数え. The counted lines of years not yet published, and by which measures; `wanted`: of which years."""

    lines: Sequence[m.Line]
    tied: Mapping[int, list[m.Counting]]

    @property
    def wanted(self) -> dict[Measure, list[int]]:
        """Return what is to be counted."""
        return _wanted(self.lines, self.tied)


def open_counts(body: str) -> OpenCounts:
    """Return what is counted of years not yet published; 2 queries."""
    tied = _countings(m.Counting.objects.filter(body=body))
    return OpenCounts(list(_loaded(_open_lines(tied))), tied)


def differing_counts(found: OpenCounts, counted: Mapping[int, Counted]) -> tuple[CountShown, ...]:
    """Return the counts that are finished while the book says something else; 1 query.

    A figure that a person wrote with a reason stays as it is: its `reason` is shown where the count is.
    """
    told = _of(found.lines, found.tied, counted=counted)
    return tuple(one for one in told if one.differs and one.reason is None)


def counted_among(indicators: Iterable[int]) -> frozenset[int]:
    """Return which indicators are counted by a measure; 1 query."""
    tied = m.Counting.objects.filter(indicator__in=list(indicators), voided__isnull=True)
    return frozenset(tied.values_list("indicator", flat=True))


def counts_of_entry(body: str, entry: int) -> tuple[CountShown, ...]:
    """Return the counts of an entry of a body, in its order."""
    lines = m.Line.objects.filter(
        body=body, entry=entry, entry__voided__isnull=True, voided__isnull=True
    )
    return _shown(lines.order_by("position", "pk"))


def tied_to(indicator: int, role: str = "actual") -> int | None:
    """Return the measure that an indicator is counted by; 1 query."""
    tied = m.Counting.objects.filter(indicator=indicator, role=role, voided__isnull=True)
    return tied.values_list("measure", flat=True).first()


def used_by(body: str) -> dict[int, list[tuple[int, str]]]:
    """Return which indicators every measure counts, by the measure's number: their newest line, and their name."""
    tied = m.Counting.objects.filter(body=body, voided__isnull=True)
    lines = m.Line.objects.filter(
        indicator__in=tied.values("indicator"), voided__isnull=True, entry__voided__isnull=True,
        entry__volume__voided__isnull=True,
    ).select_related("definition")  # fmt: skip
    newest = {line.indicator_id: line for line in lines.order_by("entry__volume__fiscal_year", "pk")}  # fmt: skip
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for measure, indicator in tied.order_by("pk").values_list("measure", "indicator"):
        line = newest.get(indicator)
        if line is not None:
            found[measure].append((line.pk, line.definition.called()))
    return found


def _open_lines(indicators: Iterable[int]) -> QuerySet[m.Line]:
    lines = m.Line.objects.filter(
        indicator__in=list(indicators), voided__isnull=True, entry__voided__isnull=True,
        entry__volume__voided__isnull=True,
    ).exclude(entry__volume__stage="published")  # fmt: skip
    return lines.order_by("-entry__volume__fiscal_year", "entry__position", "position", "pk")


def _keys(row: m.Counting) -> tuple[str, ...]:
    return stored.keys_of(stored.measure(row.measure.text))


def _loaded(lines: QuerySet[m.Line]) -> QuerySet[m.Line]:
    return lines.select_related("entry__volume", "definition")


def _shown(lines: QuerySet[m.Line]) -> tuple[CountShown, ...]:
    found = list(_loaded(lines))
    indicators = {line.indicator_id for line in found}
    return _of(found, _countings(m.Counting.objects.filter(indicator__in=indicators)))


def _of(
    lines: Iterable[m.Line], tied: Mapping[int, list[m.Counting]], *,
    recorded: Mapping[Place | None, m.Value] | None = None, counted: Mapping[int, Counted] | None = None,
) -> tuple[CountShown, ...]:  # fmt: skip
    lines = [line for line in lines if line.indicator_id in tied]
    if not lines:
        return ()
    counted = counted_all(_wanted(lines, tied)) if counted is None else counted
    values = _recorded(lines) if recorded is None else recorded
    return tuple(
        _one(
            line,
            row,
            counted[row.measure_id],
            values.get((line.indicator_id, home_year(line.entry), row.role)),
        )
        for line in lines
        for row in tied[line.indicator_id]
    )


def _countings(rows: QuerySet[m.Counting]) -> dict[int, list[m.Counting]]:
    """Return what ties indicators to measures, by indicator."""
    found: dict[int, list[m.Counting]] = defaultdict(list)
    for row in rows.filter(voided__isnull=True).select_related("measure").order_by("role"):
        found[row.indicator_id].append(row)
    return found


def _wanted(
    lines: Iterable[m.Line], tied: Mapping[int, list[m.Counting]]
) -> dict[Measure, list[int]]:
    years: dict[int, set[int]] = defaultdict(set)
    measures: dict[int, Measure] = {}
    for line in lines:
        for row in tied.get(line.indicator_id, ()):
            measures[row.measure_id] = row.measure
            years[row.measure_id].add(home_year(line.entry))
    return {row: sorted(years[pk]) for pk, row in measures.items()}


def _recorded(lines: Iterable[m.Line]) -> dict[Place | None, m.Value]:
    rows = m.Value.objects.filter(
        point__indicator__in={line.indicator_id for line in lines}, role__in=_ROLES, until__isnull=True,
        voided__isnull=True,
    ).select_related("point")  # fmt: skip
    return {_place(value): value for value in rows if _place(value)}


def _place(value: m.Value) -> Place | None:
    """Return what a figure in force is an actual of: its indicator, year and role."""
    point = value.point
    if point is None or point.label is not None or value.role not in _ROLES or value.until:
        return None
    return point.indicator_id, point.fiscal_year or 0, value.role


def _one(line: m.Line, row: m.Counting, counted: Counted, value: m.Value | None) -> CountShown:
    year = home_year(line.entry)
    return CountShown(
        counting=row.pk, line=line.pk, entry=line.entry_id, indicator=line.indicator_id,
        name=line.definition.called(), unit=line.definition.unit, role=row.role, year=year,
        measure=row.measure_id, key=counted.key, called=counted.name, text=counted.text, version=counted.version,
        answer=counted.answers[year], asked=counted.asked[year], recorded=RecordedFigure.of(value, line.definition.unit),
        open=counted.open[year], kinds=counted.kinds,
    )  # fmt: skip
