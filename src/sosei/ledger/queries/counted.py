"""数えた値. What the measures of indicators count, beside what the book says: always present, from the kept sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from sosei.core.gaps import Gap
from sosei.evidence import stored
from sosei.evidence.measures.standing import Answer
from sosei.evidence.queries.answers import Counted, counted_all
from sosei.ledger import models as m
from sosei.ledger.queries.facts import home_year
from sosei.ledger.queries.figures import in_words


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

    `asked`: how many the measure's surveys ask. `unit`: the indicator's.
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
    def mark(self) -> str:
        """What a form says that its person saw: the recorded figure, the measure's version, the count."""
        return f"{self.recorded.value if self.recorded else 0}.{self.version}.{self.answer.value}"


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


def touched_by(body: str, register: str) -> tuple[CountShown, ...]:
    """Return the counts, of years not yet published, of indicators that are counted from a register."""
    rows = m.Counting.objects.filter(body=body, voided__isnull=True).select_related("measure")
    return _shown(_open_lines(row.indicator_id for row in rows if register in _keys(row)))


def counted_differs(body: str) -> tuple[CountShown, ...]:
    """Return the counts, of years not yet published, that are finished while the book says something else.

    A figure that a person wrote with a reason stays as it is: its `reason` is shown where the count is.
    """
    tied = m.Counting.objects.filter(body=body, voided__isnull=True)
    found = _shown(_open_lines(tied.values_list("indicator", flat=True)))
    return tuple(one for one in found if one.differs and one.reason is None)


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


def _shown(lines: QuerySet[m.Line]) -> tuple[CountShown, ...]:
    found = list(lines.select_related("entry__volume", "definition"))
    countings = _countings({line.indicator_id for line in found})
    if not countings:
        return ()
    counted = _counted(found, countings)
    recorded = _recorded(found)
    return tuple(
        _one(
            line,
            row,
            counted[row.measure_id],
            recorded.get((line.indicator_id, home_year(line.entry), row.role)),
        )
        for line in found
        for row in countings.get(line.indicator_id, ())
    )


def _countings(indicators: Collection[int]) -> dict[int, list[m.Counting]]:
    rows = m.Counting.objects.filter(indicator__in=indicators, voided__isnull=True)
    found: dict[int, list[m.Counting]] = defaultdict(list)
    for row in rows.select_related("measure").order_by("role"):
        found[row.indicator_id].append(row)
    return found


def _counted(
    lines: Iterable[m.Line], countings: Mapping[int, list[m.Counting]]
) -> dict[int, Counted]:
    years: dict[int, set[int]] = defaultdict(set)
    measures = {row.measure_id: row.measure for rows in countings.values() for row in rows}
    for line in lines:
        for row in countings.get(line.indicator_id, ()):
            years[row.measure_id].add(home_year(line.entry))
    return counted_all({row: sorted(years[pk]) for pk, row in measures.items()})


def _recorded(lines: Iterable[m.Line]) -> dict[tuple[int, int, str], m.Value]:
    rows = m.Value.objects.filter(
        point__indicator__in={line.indicator_id for line in lines}, point__label=None,
        role__in=["actual", "cumulative_actual"], until__isnull=True, voided__isnull=True,
    ).select_related("point")  # fmt: skip
    return {
        (value.point.indicator_id, value.point.fiscal_year or 0, value.role): value
        for value in rows
        if value.point is not None
    }


def _one(line: m.Line, row: m.Counting, counted: Counted, value: m.Value | None) -> CountShown:
    year = home_year(line.entry)
    return CountShown(
        counting=row.pk, line=line.pk, entry=line.entry_id, indicator=line.indicator_id,
        name=line.definition.called(), unit=line.definition.unit, role=row.role, year=year,
        measure=row.measure_id, key=counted.key, called=counted.name, text=counted.text, version=counted.version,
        answer=counted.answers[year], asked=counted.asked[year], recorded=RecordedFigure.of(value, line.definition.unit),
    )  # fmt: skip
