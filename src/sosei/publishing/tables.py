"""表に開く. A report as the filled tables of `core.linked`: cells typed, columns nobody uses left out.

The same tables stand in the CSV set and in both workbooks. A cell is None, text, or a number; codes are written as
words of the language asked for, years as western numbers with 和暦 beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from sosei.core import linked
from sosei.core.fields import Lang, word
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.linked import Column, Table, ext_text
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Value,
    Verification,
    Year,
    YearPoint,
)

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Head:
    """A column as it is written: `entry` counts the columns of a list."""

    column: Column
    entry: int | None = None

    def label(self, lang: Lang) -> str:
        """Return the heading."""
        return self.column.label(lang, self.entry)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its keys, and the part of the report that each class of columns is filled from."""

    keys: Mapping[str, int | None]
    parts: Mapping[str, Any]
    indicator: Indicator | None = None
    point: YearPoint | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows: `heads` and every line of `cells` have the same length."""

    table: Table
    heads: tuple[Head, ...]
    cells: tuple[tuple[Cell, ...], ...]
    rows: tuple[Row, ...]


def tables_of(
    report: Report, lang: Lang = "ja", *, shown: frozenset[Column] = frozenset()
) -> tuple[Filled, ...]:
    """Return the tables of a report that hold anything; 報告 and 事業 always, and so the columns `shown`."""
    kept = {linked.REPORT.name, linked.PROJECTS.name}
    filled = (_filled(table, tuple(_rows(table, report)), lang, shown) for table in linked.TABLES)
    return tuple(one for one in filled if one.rows or one.table.name in kept)


def prefixed(filled: Filled, report: Report) -> Filled:
    """Return a table with 全国地方公共団体コード, ID and 地方公共団体名 before it; 団体 has them of its own."""
    if filled.table is linked.BODIES:
        return filled
    body = report.bodies[0] if report.bodies else None
    names = (body.code, body.name) if body else (None, None)
    heads = (*(Head(column) for column in linked.PREFIX), *filled.heads)
    cells = tuple(
        (names[0], _row_id(row), names[1], *line)
        for row, line in zip(filled.rows, filled.cells, strict=True)
    )
    return Filled(filled.table, heads, cells, filled.rows)


def _row_id(row: Row) -> str:
    """The keys of a row, joined; 報告 has one row."""
    return "-".join(str(key) for key in row.keys.values() if key is not None) or "1"


def _filled(table: Table, rows: tuple[Row, ...], lang: Lang, shown: frozenset[Column]) -> Filled:
    heads = tuple(
        head
        for column in table.all_columns
        for head in _heads(column, rows)
        if column in shown or _used(head, rows)
    )
    cells = tuple(tuple(_cell(head, row, lang) for head in heads) for row in rows)
    return Filled(table, heads, cells, rows)


def _heads(column: Column, rows: tuple[Row, ...]) -> Iterator[Head]:
    """A column once, or once for each entry of the longest list; 担当課 alone stays without a number."""
    if not column.many:
        yield Head(column)
        return
    longest = max((len(_found(column, row) or ()) for row in rows), default=0)
    for entry in range(1, longest + 1):
        yield Head(column, entry if longest > 1 else None)


def _used(head: Head, rows: tuple[Row, ...]) -> bool:
    """Tell whether a column is written; beside a period's words always its years, blank where nobody knows them."""
    column = head.column
    if column.kind == "year" and column.of:
        return any(_found(column, row) is not None for row in rows)
    return column.always or any(_cell(head, row, "ja") is not None for row in rows)


def _rows(table: Table, report: Report) -> Iterator[Row]:
    """The rows of a table, in the order of the report."""
    if table is linked.REPORT:
        yield Row({}, {"Report": report})
        return
    if table is linked.BODIES:
        yield from _listed(None, {}, "Body", report.bodies)
    for number, project in enumerate(report.projects, 1):
        yield from _project_rows(table, number, project)


def _project_rows(table: Table, number: int, project: Project) -> Iterator[Row]:
    parts = {"Project": project}
    if table is linked.PROJECTS:
        yield Row({"project": number}, parts)
    elif table is linked.VERIFICATION:
        if project.verification not in (None, Verification(scales=_scales(project))):
            yield Row({"project": number}, {**parts, "Verification": project.verification})
    elif table is linked.INDICATORS:
        for at, one in enumerate(project.indicators, 1):
            keys = {"project": number, "indicator": at}
            yield Row(keys, {**parts, "Indicator": one}, one)
    elif table is linked.YEARS:
        for at, one in enumerate(project.indicators, 1):
            yield from _year_rows(number, at, project, one)
    else:
        yield from _listed(number, parts, *_LISTS[table.name](project))


def _year_rows(number: int, at: int, project: Project, indicator: Indicator) -> Iterator[Row]:
    for order, point in enumerate(indicator.years, 1):
        keys = {"project": number, "indicator": at, "order": order}
        parts = {"Project": project, "Indicator": indicator, "YearPoint": point}
        yield Row(keys, parts, indicator, point)


def _listed(
    number: int | None, parts: dict[str, Any], name: str, many: Iterable[Any]
) -> Iterator[Row]:
    """One row for each entry of a list; `name` is the class, or the field, that the entries fill."""
    for order, one in enumerate(many, 1):
        yield Row({"project": number, "order": order}, {**parts, name: one})


_LISTS: Final[dict[str, Callable[[Project], tuple[str, Iterable[Any]]]]] = {
    "bodies": lambda project: ("Body", project.bodies),
    "activities": lambda project: ("Project.activities", project.activities),
    "remarks": lambda project: ("Project.remarks", project.remarks),
    "spending": lambda project: ("Spending", project.spending),
    "scales": lambda project: ("Key", _scales(project).items()),
}


def _scales(project: Project) -> dict[str, Said]:
    return dict(project.verification.scales) if project.verification else {}


def _found(column: Column, row: Row) -> Any:
    """What the row holds for a column's field, before its parts are looked at."""
    cls, _, attribute = column.field.partition(".")
    if column.kind == "key":
        return row.keys[attribute]
    if column.field in row.parts:
        return row.parts[column.field]
    if cls == "Key":
        name, said = row.parts["Key"]
        return name if attribute == "scale" else said
    if cls == "PeriodSaid":
        period = row.parts["Project"].period
        return period and getattr(period, attribute)
    return getattr(row.parts[cls], attribute)


def _cell(head: Head, row: Row, lang: Lang) -> Cell:
    """The cell of a row under a heading."""
    column = head.column
    found = _found(column, row)
    if column.many:
        at = (head.entry or 1) - 1
        found = found[at] if at < len(found) else None
    return None if found is None else _written(column, _part(column, found), lang)


def _part(column: Column, found: Any) -> Any:
    """The part of a value, period or year that a column holds."""
    if isinstance(found, Year) and column.of == "Year.basis":
        return None if found.basis == "printed" else found.basis
    if isinstance(found, (Value, PeriodSaid)) and column.of:
        return getattr(found, column.of.partition(".")[2])
    return found


def _written(column: Column, part: Any, lang: Lang) -> Cell:
    if part is None or isinstance(part, Decimal):
        return part
    if isinstance(part, Said):
        return part.text
    if column.kind == "code":
        return word(column.coded, _code(part), lang)
    if column.kind == "json":
        return ext_text(part) if part else None
    if isinstance(part, Year):
        part = part.year
    if column.kind == "wareki":
        return str(FiscalYear(part)) if part in RANGE else None
    return part if isinstance(part, (str, int)) else str(part)


def _code(part: object) -> str:
    return str(part).lower() if isinstance(part, bool) else str(part)
