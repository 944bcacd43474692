"""関連表の行. Finds the linked tables of a document by their headings, and cuts them into records.

A table is known by what its heading row says, not by where it stands or what its sheet is called: rows above the
heading, moved, added and missing columns do no harm. Words inside the cells decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from sosei.core import linked
from sosei.core.linked import Column, Table
from sosei.core.report import Places
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell, Document, Grid

#: Rows above the heading (a title, a unit, a note) that are looked through.
_DEEP: Final = 15
#: What ties a row to its project or indicator, surest first.
PROJECT_LINKS: Final = ("Key.project", "Project.id", "Project.number", "Project.name")
INDICATOR_LINKS: Final = ("Key.indicator", "Indicator.id", "Indicator.number", "Indicator.name")
_SURE: Final = frozenset({"Key.project", "Key.indicator", "Project.id", "Indicator.id"})
#: Further wordings of the key columns.
_ALSO: Final = {
    "Key.project": ("事業行番号", "事業の行", "事業連番", "事業No", "事業No."),
    "Key.indicator": ("指標行番号", "指標の行", "指標連番", "指標No", "指標No.", "KPI番号", "KPINo", "KPINo."),
    "Key.order": ("並び順", "表示順", "連番"),
    "Project.id": ("事業コード",),
    "Indicator.id": ("KPIID", "KPIコード", "指標コード"),
    "Project.name": ("事業名", "事業名称"),
    "Indicator.name": ("KPI", "KPI名", "指標名称", "重要業績評価指標"),
    "YearPoint.target": ("目標",),
    "YearPoint.actual": ("実績",),
    "Spending.yen": ("金額",),
}  # fmt: skip
#: Columns that a project's own table may hold beside it, one entry each.
_BESIDE: Final = {
    linked.PROJECTS.name: (
        Column(field="Project.activities", kind="said", many=True),
        Column(field="Project.remarks", kind="said", many=True),
        *linked.VERIFICATION.columns,
    ),
    linked.INDICATORS.name: (
        Column(field="Project.id", kind="text"),
        Column(field="Project.number", kind="text"),
    ),
    linked.YEARS.name: (
        Column(field="Project.id", kind="text"),
        Column(field="Project.number", kind="text"),
        Column(field="Indicator.id", kind="text"),
        Column(field="Indicator.number", kind="text"),
    ),
}
#: One of these must stand in the heading for a table to be that table.
_MARKS: Final = {
    linked.YEARS.name: {"YearPoint.target", "YearPoint.actual", "YearPoint.cumulative_actual"},
    linked.INDICATORS.name: {"Indicator.name"},
    linked.SPENDING.name: {"Spending.yen", "Spending.label"},
    linked.ACTIVITIES.name: {"Project.activities"},
    linked.REMARKS.name: {"Project.remarks"},
    linked.SCALES.name: {"Key.scale"},
    linked.VERIFICATION.name: {column.field for column in linked.VERIFICATION.columns},
    linked.BODIES.name: {"Body.name"},
    linked.PROJECTS.name: {"Project.name", "Project.kind"},
    linked.REPORT.name: {"Report.title"},
}
#: Children first: where two tables fit alike, the one that asks for more is meant.
_ASKED: Final = (
    linked.YEARS,
    linked.INDICATORS,
    linked.SPENDING,
    linked.SCALES,
    linked.VERIFICATION,
    linked.ACTIVITIES,
    linked.REMARKS,
    linked.BODIES,
    linked.PROJECTS,
    linked.REPORT,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A column where it was found; `entry` counts the columns of a list from 1."""

    column: Column
    entry: int
    at: int


@dataclass(frozen=True, slots=True)
class Found:
    """A linked table in a document, its heading at row `head` of the grid."""

    table: Table
    grid: Grid
    head: int
    spots: tuple[Spot, ...]

    def has(self, field: str) -> bool:
        """Tell whether there is a column for a field."""
        return any(spot.column.field == field for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Record:
    """A row: the cells that hold something, by column and, for lists, entry."""

    table: Found
    cells: dict[tuple[Column, int], Cell]

    def cell(self, column: Column, entry: int = 1) -> Cell | None:
        """Return the cell of a column, or None where it is blank or there is no such column."""
        return self.cells.get((column, entry))

    def key(self, field: str) -> str | None:
        """Return a comparable form of what the row has for a field; None when nothing."""
        for (column, _), cell in self.cells.items():
            if column.field == field and column.kind in {"key", "text", "said"}:
                return fold(_number_text(cell))
        return None

    def at(self, field: str) -> float:
        """Return the number in a key column, for sorting; what has none comes last."""
        text = self.key(field) or ""
        return float(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) else float("inf")

    @property
    def places(self) -> Places:
        """Where the row begins: its first cell that holds something."""
        first = min(self.cells.values(), key=lambda cell: cell.column)
        return first.words.places


def _number_text(cell: Cell) -> str:
    """A key as text: 1, whether typed as number, shown as 1.0 or written as text."""
    if cell.number is not None and cell.number == cell.number.to_integral_value():
        return str(int(cell.number))
    return join_lines(cell.text)


def find_tables(document: Document) -> list[Found]:
    """Return the linked tables of a document, in its order; hidden sheets are not looked at."""
    found = (_find(grid) for grid in document.grids if not grid.hidden)
    return [one for one in found if one is not None]


def _find(grid: Grid) -> Found | None:
    """The first row of a grid that is the heading of a linked table."""
    for row in range(min(grid.rows, _DEEP)):
        heads = [(fold(cell.text), cell.column) for cell in grid.row(row)]
        if not any(text in _telling() for text, _ in heads) or not _is_flat(grid, row):
            continue
        fits = [one for table in _ASKED if (one := _fit(table, grid, row, heads))]
        if fits:
            best = max(fits, key=lambda one: len(_own(one)))
            return best if _explains(best, heads) else None
    return None


def _is_flat(grid: Grid, row: int) -> bool:
    """Tell whether each heading stands over one column: one record a row has no headings over headings."""
    return all(cell.rowspan == 1 and cell.colspan == 1 for cell in grid.filled(row))


def _explains(found: Found, heads: list[tuple[str, int]]) -> bool:
    """Tell whether a linked table accounts for most of the headings: 事業No. alone makes no such table.

    Where only such a number, which any list may have, ties it to others, for nearly all.
    """
    own = {spot.column.label("ja") for spot in found.spots if spot.column.field in _SURE}
    firm = bool(own & {text for text, _ in heads}) or found.table is linked.REPORT
    least = 0.5 if firm else 0.8
    return len(found.spots) > least * sum(bool(text) for text, _ in heads)


@cache
def _telling() -> frozenset[str]:
    """The headings of which a linked table has at least one."""
    fields = _SURE | {"Report.title"}
    known = ((text, one) for table in _ASKED for text, one in _headings(table).items())
    return frozenset(text for text, one in known if one.field in fields)


def _own(found: Found) -> list[Spot]:
    """What speaks for a table: its own columns, not what it tells of others or may have beside it."""
    return [spot for spot in found.spots if spot.column in found.table.columns]


def _fit(table: Table, grid: Grid, row: int, heads: list[tuple[str, int]]) -> Found | None:
    """A row of a grid, folded, as the heading of a table, if it can be one."""
    known = _headings(table)
    spots: dict[tuple[Column, int], Spot] = {}
    for text, at in heads:
        if named := _named(known, text):
            spots.setdefault(named, Spot(*named, at))
    fields = {spot.column.field for spot in spots.values()}
    tied = bool(fields & _SURE) or (table is linked.REPORT and "Report.fiscal_year" in fields)
    if not tied or not fields & _MARKS[table.name]:
        return None
    return Found(table, grid, row, tuple(spots.values()))


def _named(known: dict[str, Column], heading: str) -> tuple[Column, int] | None:
    """The column that a folded heading names: 担当課, or 担当課2 of a list."""
    if column := known.get(heading):
        return column, 1
    numbered = re.fullmatch(r"(.*?)_?([1-9][0-9]*)", heading)
    if numbered and (column := known.get(numbered[1])) and column.many:
        return column, int(numbered[2])
    return None


@cache
def _headings(table: Table) -> dict[str, Column]:
    """Every wording of every column of a table, folded; the table's own before what may stand beside it."""
    prefix = () if table is linked.BODIES else linked.PREFIX
    columns = (*table.all_columns, *_BESIDE.get(table.name, ()), *prefix)
    known: dict[str, Column] = {}
    for column in columns:
        also = _ALSO.get(column.field, ()) if column.of in (None, "Value.number") else ()
        for text in (column.label("ja"), column.label("en"), *also):
            known.setdefault(fold(text), column)
    return known


def records(found: Found) -> Iterator[Record]:
    """Return the rows below the heading that hold anything."""
    for row in range(found.head + 1, found.grid.rows):
        cells = {}
        for spot in found.spots:
            cell = found.grid.at(row, spot.at)
            if cell is not None and cell.filled:
                cells[spot.column, spot.entry] = cell
        if cells:
            yield Record(found, cells)
