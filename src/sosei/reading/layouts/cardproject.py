"""札の中身. One card to a project: name and departments, activities, money, indicators, remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sosei.core.cardcell import INFERRED, parse_name, parse_remark, split_departments
from sosei.core.cardline import NAMELESS
from sosei.core.errors import SoseiError
from sosei.core.fiscal import Period, find_years, read_year
from sosei.core.report import (
    PeriodSaid,
    Places,
    Project,
    Said,
    Spending,
    Year,
)
from sosei.core.text import clean
from sosei.reading.grid import Words
from sosei.reading.layouts.bullets import items, paragraphs
from sosei.reading.layouts.cardcols import Columns, bare_role, kind_of, unit_of_header
from sosei.reading.layouts.cardheads import Headings
from sosei.reading.layouts.costs import read_cost_cell, read_costs
from sosei.reading.layouts.joined import merged
from sosei.reading.layouts.measures import Header, Measures, other_notes, read_measures
from sosei.reading.layouts.written import Written


@dataclass(slots=True)
class Card:
    """A project's row (or rows that share its name cell), with what stands above it."""

    columns: Columns
    grant: Words
    section: Year | None
    reference: bool
    cells: dict[int, list[Words]] = field(default_factory=dict)

    def words(self, role: str) -> Words:
        """Return the words of a column by role; empty words where there is no such column."""
        return self.column(self.columns.at.get(role))

    def column(self, column: int | None) -> Words:
        """Return the words of a column."""
        return Words.joined(self.cells.get(column, []) if column is not None else [], "\n")


def read_project(card: Card, headings: Headings) -> Project:
    """Return what a card says."""
    return _Reading(card, headings).project()


class _Reading:
    """One card being read: its parts in the order that lets each know what it needs."""

    def __init__(self, card: Card, headings: Headings) -> None:
        self.card, self.headings = card, headings
        self.kind = kind_of(card.columns, reference=card.reference)
        self.year = card.section
        self.period: PeriodSaid | None = None
        self.activities: list[Said] = []
        self.spending: list[Spending] = []
        self.remarks: list[Said] = []

    def project(self) -> Project:
        name, departments = self._name()
        self._remarks()
        measures = self._measures()
        self._note_year(measures)
        self._activities()
        self._spending_column()
        self._period_column()
        self.remarks += (
            said for line in (*other_notes(measures), *measures.prose) if (said := line.said())
        )
        number = Written(self.card.words("number")).said()
        return Project(
            kind=self.kind,
            number=number.text if number else None,
            grant=Written(self.card.words("grant") or self.card.grant).said(mended=True),
            name=name,
            departments=departments,
            period=self.period,
            fiscal_year=self.year,
            activities=tuple(self.activities),
            spending=tuple(self.spending),
            indicators=measures.indicators,
            remarks=tuple(self.remarks),
            place=(name.place if name else ()) or self._somewhere(),
        )

    def _somewhere(self) -> Places:
        return next((w.places for cells in self.card.cells.values() for w in cells), ())

    def _name(self) -> tuple[Said | None, tuple[Said, ...]]:
        cell = Written(self.card.words("name") or self.card.words("goal"))
        found = parse_name(cell.shape)
        departments = [cell.cut(span) for span in found.departments]
        own = Written(self.card.words("departments"))
        departments += (own.cut(span) for span in split_departments(own.shape))
        said = (department.said(mended=True) for department in departments)
        name = cell.maybe(found.name)
        if name and name.shape == NAMELESS:
            name = None
        return (name.said(mended=True) if name else None), tuple(d for d in said if d)

    def _activities(self) -> None:
        for paragraph in paragraphs(self.card.words("activities")):
            costs = read_costs(paragraph)
            if costs:
                self.spending += costs
            else:
                self.activities += (s for i in items(paragraph) if (s := i.said()))

    def _measures(self) -> Measures:
        found = Measures()
        for column in self.card.columns.kpi:
            role, printed = bare_role(self.card.columns.header(column), self.kind)
            header = Header(role, printed, self._year_printed())
            more = read_measures(self.card.column(column), header)
            found = Measures(
                merged(found.indicators, more.indicators),
                found.notes + more.notes,
                found.prose + more.prose,
            )
        return found

    def _year_printed(self) -> bool:
        year = self.year or self.headings.year
        return year is not None and year.basis == "printed"

    def _note_year(self, measures: Measures) -> None:
        """Take the year of a plan from its note (※いずれも令和4年度計画値) where nothing else gives it."""
        if self.kind != "plan" or self.year is not None:
            return
        for note in measures.notes:
            for found in find_years(note.shape):
                words = note.cut((found.start, found.end))
                self.year = Year(year=found.fiscal_year, raw=words.text, place=words.places)
                return

    def _spending_column(self) -> None:
        column = self.card.columns.at.get("spending")
        if column is None:
            return
        header = Written(self.card.columns.headers[column])
        said = _without_unit(header)
        if said:
            costs, rest = read_cost_cell(
                self.card.column(column), said, unit_of_header(header.text)
            )
            self.spending += costs
            self.remarks += (s for line in rest if (s := line.said()))

    def _period_column(self) -> None:
        words = Written(self.card.words("period"))
        if words and self.period is None:
            self.period = _period(words.cut((0, len(words.shape))))

    def _remarks(self) -> None:
        for line in paragraphs(self.card.words("remarks")):
            found = parse_remark(line.shape)
            rest = line.cut(found.span)
            if found.kind == "period" and self.period is None:
                self.period = _period(rest)
            elif found.kind == "year" and (year := _own_year(rest)):
                self.year = year
            elif found.kind == "cost" and (costs := read_costs(line)):
                self.spending += costs
            else:
                self.remarks += [said] if (said := line.said()) else []


def _without_unit(header: Written) -> Said | None:
    """Return a header's words without the unit in brackets."""
    found = re.search(r"\s*[（(](?:単位\s*[：:]?\s*)?(?:千|百万|万|億)?円[）)]\s*$", header.shape)
    return header.cut((0, found.start() if found else len(header.shape))).said(mended=True)


def _period(words: Written) -> PeriodSaid | None:
    """Return the period, its years where they can be read; None for nothing but references to spaces."""
    if not clean(words.text):
        return None
    try:
        period = Period.parse(words.text)
    except SoseiError:
        period = None
    return PeriodSaid(
        raw=clean(words.text),
        first=period.first.start if period and period.first else None,
        last=period.last.start if period and period.last else None,
        place=words.places,
    )


def _own_year(words: Written) -> Year | None:
    inferred = words.text.endswith(INFERRED)
    text = words.text.removesuffix(INFERRED)
    try:
        year = read_year(text).start
    except SoseiError:
        return None
    return Year(
        year=year, basis="inferred" if inferred else "printed", raw=text, place=words.places
    )
