"""札. The seed's layout: one small table per project, whole lists of indicators and money inside its cells.

    交付金名称 | 地方創生推進交付金 |              |
    事業の名称 | 実施内容           | 実績（KPI等） | 備考
    name（課） | paragraphs, ①②    | lines        | 実施期間 R1～R3 年度

Any format brings the same grids. A table may hold several cards, a card several projects under one header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from sosei.core.cardcell import INFERRED, parse_name, parse_remark, split_departments
from sosei.core.cardline import NAMELESS
from sosei.core.errors import SoseiError
from sosei.core.fiscal import Period, find_years, read_year
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Places,
    Project,
    Report,
    Said,
    Spending,
    Unread,
    Year,
    YearPoint,
)
from sosei.core.text import clean, fold
from sosei.reading.grid import Document, Grid, Line, Words
from sosei.reading.layouts.bullets import items, paragraphs
from sosei.reading.layouts.cardcols import (
    Columns,
    bare_role,
    columns_of,
    grant_of,
    kind_of,
    unit_of_header,
)
from sosei.reading.layouts.cardheads import Headings, inferred_body, inferred_year, printed_body
from sosei.reading.layouts.costs import read_cost_cell, read_costs
from sosei.reading.layouts.measures import Header, Measures, other_notes, read_measures
from sosei.reading.layouts.written import Written

NAME: Final = "cards"
_GRANT_LINE: Final = re.compile(r"交付金(?:の)?(?:名称?|種類)\s*[：:]\s*(?P<grant>.+)")
_SUM_ROW: Final = re.compile(r"合計|計|総計")


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


def recognise(document: Document) -> float:
    """Return how well cards explain the document: a header of the family, best with its line of the grant."""
    headers = grants = 0
    for grid in document.grids:
        for row in range(grid.rows):
            headers += columns_of(grid, row) is not None
            grants += grant_of(grid.row(row)) is not None
    if not headers:
        return 0.0
    return 0.95 if grants else 0.8


def read(document: Document) -> Report:
    """Read every card."""
    headings = Headings()
    cards = list(_cards(document, headings))
    projects = tuple(_Reading(card, headings).project() for card in cards)
    year = headings.year or inferred_year(headings, projects)
    body = printed_body(headings) or inferred_body(projects)
    return Report(
        title=headings.title,
        chapter=headings.chapter,
        bodies=(body,) if body else (),
        fiscal_year=year,
        projects=projects,
        unread=(*headings.unread, *(left for card in cards for left in _unread_cells(card))),
    )


# -- from blocks to cards ---------------------------------------------------------------------------------------------


def _cards(document: Document, headings: Headings) -> Iterator[Card]:
    grant, met = Words(), False
    for block in document.blocks:
        if isinstance(block, Line):
            line = Written(block.words).cut((0, len(block.text)))
            if found := _GRANT_LINE.fullmatch(line.shape):
                grant = line.cut(found.span("grant")).words
            elif line and not block.aside:
                headings.take(line, cards_before=met)
            continue
        for grid in block.with_nested():
            for card in _cards_of(grid, grant, headings, met=met):
                met = True
                yield card


def _cards_of(grid: Grid, grant: Words, headings: Headings, *, met: bool) -> Iterator[Card]:
    columns: Columns | None = None
    last: Card | None = None
    fresh = False
    for row in range(grid.rows):
        cells = [cell for cell in grid.row(row) if cell.row == row]
        filled = [cell for cell in cells if cell.words]
        if fresh and columns is not None and filled:
            fresh, last = False, _new_card(grid, row, columns, grant, headings)
            yield last
        elif (found := grant_of(cells)) is not None:
            grant, columns, last = found, None, None
        elif (header := columns_of(grid, row)) is not None:
            columns, last, fresh = header, None, True
        elif len(filled) == 1 and (columns is None or _is_heading(filled[0].words)):
            headings.take(Written(filled[0].words), cards_before=met or last is not None)
        elif columns is not None and filled:
            card = _row_card(grid, row, columns, grant, headings, last)
            if card is not last and card is not None:
                yield card
            last = card
        else:
            headings.unread += (
                Unread(code="row", raw=cell.text, place=cell.words.places) for cell in filled
            )


def _is_heading(words: Words) -> bool:
    return bool(re.match(r"[（(〔【■◆●]", words.text.strip())) and bool(find_years(words.text))


def _row_card(
    grid: Grid, row: int, columns: Columns, grant: Words, headings: Headings, last: Card | None
) -> Card | None:
    """Return the card of a row: a new one, or the last one where the name cell reaches into this row."""
    name = grid.at(row, _name_column(columns))
    if last is not None and name is not None and name.row < row:
        _fill(last, grid, row)
        return last
    if name is not None and _SUM_ROW.fullmatch(fold(name.text)):
        headings.unread += (
            Unread(code="sum-row", raw=cell.text, place=cell.words.places)
            for cell in grid.row(row)
            if cell.words
        )
        return None
    return _new_card(grid, row, columns, grant, headings)


def _new_card(grid: Grid, row: int, columns: Columns, grant: Words, headings: Headings) -> Card:
    card = Card(columns, grant, headings.section, headings.reference)
    _fill(card, grid, row)
    return card


def _fill(card: Card, grid: Grid, row: int) -> None:
    for cell in grid.row(row):
        if cell.row == row and cell.words:
            card.cells.setdefault(_home(card.columns, cell.column), []).append(cell.words)


def _name_column(columns: Columns) -> int:
    return columns.at.get("name", columns.at.get("goal", 0))


def _home(columns: Columns, column: int) -> int:
    """Return the headed column that a cell stands under: its own, or the one that a merged header begins."""
    return max((c for c in columns.headers if c <= column), default=column)


def _unread_cells(card: Card) -> Iterator[Unread]:
    known = {*card.columns.at.values(), *card.columns.kpi}
    for column, cells in card.cells.items():
        if column not in known:
            for words in cells:
                yield Unread(code="column", raw=words.text, place=words.places)


# -- from a card to a project -----------------------------------------------------------------------------------------


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
                _merged(found.indicators, more.indicators),
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


def _period(words: Written) -> PeriodSaid:
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


def _merged(first: tuple[Indicator, ...], more: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return the indicators of two columns (目標, 実績) as one list, those of one name together."""
    if not first:
        return more
    out, rest = list(first), []
    for indicator in more:
        i = next((i for i, have in enumerate(out) if _same(have, indicator)), None)
        if i is None:
            rest.append(indicator)
        else:
            out[i] = _together(out[i], indicator)
    return (*out, *rest)


def _same(a: Indicator, b: Indicator) -> bool:
    if a.name is None or b.name is None:
        return a.number is not None and a.number == b.number
    return fold(a.name.text) == fold(b.name.text)


def _together(a: Indicator, b: Indicator) -> Indicator:
    return replace(
        a,
        unit=a.unit or b.unit,
        baseline=a.baseline or b.baseline,
        note=a.note or b.note,
        years=_points_together(a.years, b.years),
        place=(*a.place, *(p for p in b.place if p not in a.place)),
    )


def _points_together(a: tuple[YearPoint, ...], b: tuple[YearPoint, ...]) -> tuple[YearPoint, ...]:
    out, rest = list(a), []
    for point in b:
        i = next((i for i, have in enumerate(out) if have.fiscal_year == point.fiscal_year), None)
        if i is None:
            rest.append(point)
        else:
            out[i] = replace(
                out[i],
                target=out[i].target or point.target,
                actual=out[i].actual or point.actual,
                rate=out[i].rate or point.rate,
            )
    return (*out, *rest)
