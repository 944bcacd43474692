"""一覧入力の表. The figures and amounts of a volume's year as rows of a grid: what stands there, the target and last year beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal, cast

from sosei.core.money import SCALES
from sosei.core.report import MoneyUnit, Value
from sosei.core.shown import show_value
from sosei.ledger import models as m
from sosei.ledger.flow import Lock
from sosei.ledger.queries.locks import Locks, locks_in
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.questions import Before, beside, in_unit
from sosei.ledger.queries.rows import Rows
from sosei.ledger.queries.view import value_of
from sosei.ledger.queries.yearrows import entries_of, year_rows
from sosei.offices.models import Department, Person

Kind = Literal["figure", "money", "total"]

#: A page of more is slow to make, and nobody types a hundred projects at one sitting.
PROJECTS_A_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """入力欄の内容. What a row's cells hold: the figure as typed, 確報区分, 判明予定, 備考."""

    typed: str = ""
    state: str = ""
    expected: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """一覧の一行. `key`: A, C or S with the number of the point or the spending.

    `seen`: id of the value (of money: its stamp), 0 where there is none; `note_seen`: stamp of what holds the note.
    """

    key: str
    kind: Kind
    role: str
    entry: int
    name: str
    unit: str | None
    cell: Cell
    number: str | None = None
    target: str | None = None
    last: str | None = None
    seen: int = 0
    note_seen: int = 0
    line: int | None = None
    point: int | None = None
    spending: int | None = None
    lock: Lock | None = None
    value: Value | None = None
    owed_by: int | None = None
    since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be said here."""
        return not self.cell.typed or self.cell.typed in ("集計中", "未定", "空欄")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridGroup:
    """一覧の事業. A project with its rows; `total`: what its amounts add up to, where that means something."""

    entry: int
    number: str | None
    name: str
    stage: str
    rows: tuple[GridRow, ...]
    departments: frozenset[int]
    total: str | None = None
    total_unit: str | None = None

    @property
    def figures(self) -> tuple[GridRow, ...]:
        """The rows of indicators."""
        return tuple(row for row in self.rows if row.kind == "figure")

    @property
    def money(self) -> tuple[GridRow, ...]:
        """The rows of amounts."""
        return tuple(row for row in self.rows if row.kind != "figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """一覧. All rows of a volume, or of one department. `choices`: departments with rows of theirs; `projects`: all of the volume."""

    volume: int
    fiscal_year: int
    series: str
    stage: str
    department: int | None
    department_name: str | None
    groups: tuple[GridGroup, ...]
    choices: tuple[tuple[int, str], ...] = ()
    page: int = 1
    pages: int = 1
    projects: tuple[int, ...] = ()

    @property
    def rows(self) -> Iterator[GridRow]:
        """Every row."""
        return (row for group in self.groups for row in group.rows)

    @property
    def by_key(self) -> Mapping[str, GridRow]:
        """Every row by its key."""
        return {row.key: row for row in self.rows}

    @property
    def missing(self) -> int:
        """How many rows still need something."""
        return sum(row.is_open and row.kind != "total" for row in self.rows)

    def on_page(self, page: int | None, besides: Collection[str]) -> Grid:
        """Return the grid of a page alone, as `grid_of` does, with the projects that hold the rows `besides` from other pages."""
        page, pages = _page(len(self.projects), page if self.department is None else None)
        if pages == 1:
            return self
        here = set(self.projects[_span(page)])
        groups = tuple(
            group
            for group in self.groups
            if group.entry in here or any(row.key in besides for row in group.rows)
        )
        return replace(self, groups=groups, page=page, pages=pages)


def grid_of(
    person: Person, volume: int, department: int | None = None, *, page: int | None = None
) -> Grid:
    """Return the grid of a volume of the person's body, of one department alone where it is named; 14 queries.

    `page`: only the projects of that page (from 1; the nearest there is), where no department is named. Raises NoSuchThing.
    """
    book = volume_in(person.body, volume)
    entries = [entry for entry in entries_of(book) if entry.kind != "plan"]
    projects = tuple(entry.pk for entry in entries)
    page, pages = _page(len(entries), page if department is None else None)
    if pages > 1:
        entries = entries[_span(page)]
    rows = year_rows(book, entries=entries)
    make = _Rows(
        rows, Before(book, _indicators(rows)), locks_in(book, person, entries=rows.entries)
    )
    groups = [make.group(entry, department) for entry in entries]
    names = dict(
        Department.objects.filter(body=person.body, voided__isnull=True).values_list("pk", "name")
    )
    charged = _charged(book)
    return Grid(
        volume=book.pk,
        fiscal_year=book.fiscal_year,
        series=book.series,
        stage=book.stage,
        department=department,
        department_name=names.get(department or 0),
        groups=tuple(group for group in groups if group.rows),
        choices=tuple((pk, name) for pk, name in names.items() if pk in charged),
        page=page,
        pages=pages,
        projects=projects,
    )


def _page(projects: int, page: int | None) -> tuple[int, int]:
    """Return which page is shown, of how many; one of one where all are shown."""
    pages = 1 if page is None else max(1, -(-projects // PROJECTS_A_PAGE))
    return min(max(page or 1, 1), pages), pages


def _span(page: int) -> slice:
    return slice((page - 1) * PROJECTS_A_PAGE, page * PROJECTS_A_PAGE)


def _charged(volume: m.Volume) -> set[int | None]:
    """Return the departments that have anything to do with a volume; 1 query."""
    now = {"entry__volume": volume, "entry__voided__isnull": True, "voided__isnull": True}
    charges = m.Charge.objects.filter(**now).order_by().values_list("department")
    return {
        pk
        for (pk,) in charges.union(m.Line.objects.filter(**now).order_by().values_list("owed_by"))
    }


def _indicators(rows: Rows) -> Iterable[int]:
    return [line.indicator_id for several in rows.lines.values() for line in several]


class _Rows:
    """行を作る. Makes the rows of each entry from the volume's rows."""

    def __init__(self, rows: Rows, before: Before, locks: Locks) -> None:
        self.rows, self.before, self.locks = rows, before, locks
        self.year = rows.volume.fiscal_year

    def group(self, entry: m.ProjectYear, department: int | None) -> GridGroup:
        """Return an entry with the rows that a department (None: anybody) fills in."""
        charges = [c.department_id for c in self.rows.charges.get(entry.pk, []) if c.department_id]
        first = charges[0] if charges else None
        figures = [
            row
            for line in self.rows.lines.get(entry.pk, [])
            if department in (None, line.owed_by_id or first)
            for row in self._figures(entry, line)
        ]
        money = self._money(entry) if department in (None, first) else []
        total, unit = _total(money)
        return GridGroup(
            entry=entry.pk,
            number=entry.number,
            name=entry.called(),
            stage=entry.stage,
            rows=(*figures, *money),
            departments=frozenset(charges),
            total=total,
            total_unit=unit,
        )

    def _figures(self, entry: m.ProjectYear, line: m.Line) -> Iterator[GridRow]:
        definition = self.rows.definitions[line.definition_id]
        for each in self.rows.shown.get(line.pk, []):
            point = self.rows.points[each.point_id]
            if point.fiscal_year not in (self.year, entry.said_year or self.year):
                continue  # a column of words alone (5年目) is entered on the indicator's own page
            for role in ("actual", "cumulative_actual"):
                value = self.rows.values.get((point.pk, role))
                if role == "actual" or value is not None:
                    yield self._figure(entry, line, definition, point, role)

    def _figure(
        self,
        entry: m.ProjectYear,
        line: m.Line,
        definition: m.Definition,
        point: m.Point,
        role: str,
    ) -> GridRow:
        value = self.rows.values.get((point.pk, role))
        target = self.rows.values.get((point.pk, "target"))
        suffix = ("（累計）" if role == "cumulative_actual" else "") + (point.label or "")
        return GridRow(
            key=f"{role[0].upper()}{point.pk}",
            kind="figure",
            role=role,
            entry=entry.pk,
            name=(definition.name or "名称のない指標") + suffix,
            number=line.number,
            unit=definition.unit,
            target=beside(value_of(target), definition.unit),
            last=beside(self.before.values.get((line.indicator_id, role)), definition.unit),
            value=value_of(value),
            cell=figure_cell(value_of(value), definition.unit, line.note),
            seen=value.pk if value else 0,
            note_seen=line.stamp,
            line=line.pk,
            point=point.pk,
            owed_by=line.owed_by_id,
            since=value.since if value else line.since,
            lock=self.locks.of(entry.pk, "value"),
        )

    def _money(self, entry: m.ProjectYear) -> list[GridRow]:
        lines = self.rows.spending.get(entry.pk, [])
        return [
            self._amount(entry, line, _budget(lines, line))
            for line in lines
            if line.kind != "budget" and line.fiscal_year in (None, self.year)
        ]

    def _amount(self, entry: m.ProjectYear, line: m.Spending, budget: int | None) -> GridRow:
        total = line.role in ("total", "subtotal")
        return GridRow(
            key=f"S{line.pk}",
            kind="total" if total else "money",
            role="spending",
            entry=entry.pk,
            name=line.label or "名称のない経費",
            number=line.number,
            unit=line.unit or "円",
            target=in_unit(budget, line.unit),
            last=self.before.amount(entry.project_id, line),
            cell=Cell(typed=in_unit(line.yen, line.unit) or "", note=line.note or ""),
            seen=line.stamp,
            note_seen=line.stamp,
            spending=line.pk,
            since=line.since,
            lock=self.locks.of(entry.pk, "money"),
        )


def figure_cell(value: Value | None, unit: str | None, note: str | None) -> Cell:
    """Return what the cells of a figure show."""
    if value is None:
        return Cell(note=note or "")
    bare = replace(value, state=None, expected=None)
    return Cell(
        typed=" ".join(show_value(bare, unit=unit)),
        state=value.state or "",
        expected=value.expected or "",
        note=note or "",
    )


def _budget(lines: list[m.Spending], line: m.Spending) -> int | None:
    same = [other.yen for other in lines if other.kind == "budget" and other.label == line.label]
    return same[0] if len(same) == 1 else None


def _total(money: list[GridRow]) -> tuple[str | None, str | None]:
    """Return the sum of a project's lines (without its totals), where all are in one unit and more than one."""
    lines = [row for row in money if row.kind == "money"]
    units = {row.unit for row in lines}
    numbers = [Decimal(row.cell.typed.replace(",", "")) for row in lines if row.cell.typed]
    if len(lines) < 2 or len(units) != 1 or not numbers:
        return None, None
    unit = cast(MoneyUnit, lines[0].unit)
    return in_unit(int(sum(numbers) * SCALES[unit]), unit), unit
