"""作業用ブック. The report as a workbook to work in: the linked tables, one sheet each, and a cover.

Cells to fill are coloured, codes and reasons are chosen from lists, years have 和暦 beside them, 達成率 is a formula with
its value. Text cells are text (=1+1, 00123). Everything of the contract stands in the cells; the cover, the colours
and the calculated rate are for the eye and are not read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sosei.core import linked
from sosei.core.direction import way_of
from sosei.core.fields import Lang, words
from sosei.core.linked import Column
from sosei.core.report import Report, Value, all_fields
from sosei.publishing.book import (
    NO_TEXT,
    TALLEST,
    XLSX,
    Book,
    columns,
    lines,
    number_format,
    print_titles,
    put,
    width,
)
from sosei.publishing.cover import FILLS, write_cover
from sosei.publishing.imprint import Imprint
from sosei.publishing.tables import Cell, Filled, Head, Row, tables_of

NAME: Final = "xlsx"
SUFFIX: Final = ".xlsx"
MEDIA_TYPE: Final = XLSX
CARRIES: Final = all_fields()
_LINE: Final = "#C9CDD3"
_EDGE: Final = "#5F6773"
#: What A4 landscape holds in readable print, in narrow characters, and the widest columns tried for it.
_PAGE: Final = 145
_CAPS: Final = (72, 56, 44, 36, 30, 26, 22)
#: Rows below the last one in which the lists and checks still work.
_ROOM: Final = 200
#: Columns that the one who fills the sheet needs, used or not.
_NEEDED: Final = frozenset(
    column
    for column in linked.YEARS.columns
    if column.field in {"YearPoint.target", "YearPoint.actual"}
    and column.of in {"Value.number", "Value.gap"}
)
_LIMITS: Final = {"year": (1926, 2100), "whole": (0, 9999), "yen": (1 - 10**15, 10**15 - 1)}


def write(report: Report, *, lang: Lang = "ja", imprint: Imprint | None = None) -> bytes:
    """Return the workbook. Raises CellTooLong."""
    book = Book(lang)
    tables = [_rated(table) for table in tables_of(report, lang, shown=_NEEDED)]
    write_cover(book, report, tables, imprint)
    title = report.title.text if report.title else ""
    for table in tables:
        _write_table(book, table, title)
        if table.table is linked.YEARS:
            _mark_missing(book, table, report)
    return book.finish()


def _rated(table: Filled) -> Filled:
    """Return 年度別の値 with a column for the calculated rate behind the actual values; others as they are."""
    if table.table is not linked.YEARS:
        return table
    last = max(i for i, head in enumerate(table.heads) if head.column.field == "YearPoint.actual")
    heads = (*table.heads[: last + 1], Head(linked.RATE), *table.heads[last + 1 :])
    cells = tuple(
        (*line[: last + 1], _rate(row), *line[last + 1 :])
        for row, line in zip(table.rows, table.cells, strict=True)
    )
    return replace(table, heads=heads, cells=cells)


def _rate(row: Row) -> Decimal | None:
    """Actual over target, or None where a rate would be a lie."""
    target, actual = _figures(row)
    if not _may_be_rated(row) or target is None or actual is None:
        return None
    if target.number is None or actual.number is None or target.number <= 0:
        return None
    return actual.number / target.number


def _may_be_rated(row: Row) -> bool:
    """Tell whether more is better, be it for want of any sign, and both figures count the same thing."""
    target, actual = _figures(row)
    number = actual.number if actual else None
    way = way_of(row.indicator, target, number) if row.indicator is not None else None
    units = {value.unit for value in (target, actual) if value}
    return (way is None or way.direction == "up") and len(units) < 2


def _figures(row: Row) -> tuple[Value | None, Value | None]:
    """The target and the actual value of a row."""
    return (row.point.target, row.point.actual) if row.point else (None, None)


def _write_table(book: Book, table: Filled, title: str) -> None:
    name = table.table.label(book.lang)
    sheet = book.sheet(name)
    _write_heads(book, sheet, table)
    for number, line in enumerate(table.cells):
        for column, cell in enumerate(line):
            _write_cell(book, sheet, table, (number, column), cell)
    last = max(len(table.cells), 1)
    sheet.autofilter(0, 0, last, len(table.heads) - 1)
    sheet.freeze_panes(1, _frozen(table))
    print_titles(sheet, title, name, book.lang)
    for column, head in enumerate(table.heads):
        _check_column(sheet, book.lang, column, head.column, last + _ROOM)


def _frozen(table: Filled) -> int:
    """Columns that stay in sight: the keys, and the name that tells the row."""
    own = [i for i, head in enumerate(table.heads) if head.column in table.table.keys]
    return len(own)


def _write_heads(book: Book, sheet: Worksheet, table: Filled) -> None:
    style = book.format(
        bold=True, text_wrap=True, valign="vcenter", align="center", border=1, border_color=_LINE,
        bottom_color=_EDGE, bg_color=FILLS["head"], font_color="#1A2B5F",
    )  # fmt: skip
    widths = _widths(book, table)
    sheet.set_row(0, 36)
    for place, head in enumerate(table.heads):
        sheet.write_string(0, place, head.label(book.lang), style)
        sheet.set_column(place, place, widths[place], book.format(**_base(head.column)))
    for number, line in enumerate(table.cells, 1):
        tall = max(
            lines(_looks(cell, head.column), wide)
            for cell, head, wide in zip(line, table.heads, widths, strict=True)
        )
        sheet.set_row(number, min(6 + 13 * tall, TALLEST))


def _widths(book: Book, table: Filled) -> list[float]:
    """A width for each column, the widest words wrapped until the sheet fits a page; headings in two lines."""
    for most in _CAPS:
        widths = [_width(book, table, place, most) for place in range(len(table.heads))]
        if sum(widths) <= _PAGE:
            break
    return widths


def _width(book: Book, table: Filled, place: int, most: float) -> float:
    head = table.heads[place]
    texts = [_looks(line[place], head.column) for line in table.cells]
    return max(width(texts, most=most), columns(head.label(book.lang)) / 2 + 2.5)


def _looks(cell: Cell, column: Column) -> str:
    """A cell as wide as it will be shown."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if column is linked.RATE:
        return "1,000.0%"
    return format(cell, "," if column.kind in {"yen", "number"} else "")


def _base(column: Column) -> dict[str, Any]:
    """How the cells of a column look, filled or not."""
    numeric = column.kind in {"key", "whole", "year", "yen", "number"}
    return {
        "num_format": "@" if not numeric else "#,##0" if column.kind == "yen" else "General",
        "text_wrap": not numeric,
        "align": "right" if numeric else "left",
        "indent": 0 if numeric else 1,
    }


def _write_cell(
    book: Book, sheet: Worksheet, table: Filled, at: tuple[int, int], cell: Cell
) -> None:
    number, place = at
    column = table.heads[place].column
    style = _style(column, cell, told=column in table.table.told)
    if number and _project(table, number) != _project(table, number - 1):
        style["top_color"] = _EDGE
    if column is linked.RATE:
        _write_rate(book, sheet, table, at, style)
    else:
        put(sheet, number + 1, place, cell, book.format(**style))


def _style(column: Column, cell: Cell, *, told: bool) -> dict[str, Any]:
    fixed = told or column.kind in {"key", "wareki"} or column is linked.RATE
    style = {
        **_base(column),
        "border": 1,
        "border_color": _LINE,
        "bg_color": FILLS["fixed" if fixed else "input"],
    }
    if fixed:
        style["font_color"] = "#4A5160"
    if isinstance(cell, (int, Decimal)) and column.kind in {"yen", "number"}:
        style["num_format"] = number_format(cell, grouped=True)
    if column is linked.RATE:
        style |= {"num_format": "0.0%", "align": "right", "text_wrap": False}
    return style


def _project(table: Filled, number: int) -> int | None:
    return table.rows[number].keys.get("project")


def _write_rate(
    book: Book, sheet: Worksheet, table: Filled, at: tuple[int, int], style: dict[str, Any]
) -> None:
    """The rate as a formula that waits for its figures; nothing where even both would not make a rate."""
    number, place = at
    if not _may_be_rated(table.rows[number]):
        put(sheet, number + 1, place, None, book.format(**style))
        return
    target, actual = (
        xl_rowcol_to_cell(number + 1, _column(table, field))
        for field in ("YearPoint.target", "YearPoint.actual")
    )
    formula = f'=IF(AND(ISNUMBER({target}),ISNUMBER({actual}),N({target})>0),{actual}/{target},"")'
    rate = table.cells[number][place]
    value = NO_TEXT if rate is None else float(rate)
    sheet.write_formula(number + 1, place, formula, book.format(**style), value)


def _column(table: Filled, field: str, of: str | None = "Value.number") -> int:
    return next(
        i
        for i, head in enumerate(table.heads)
        if head.column.field == field and head.column.of == of
    )


def _check_column(sheet: Worksheet, lang: Lang, place: int, column: Column, last: int) -> None:
    """Offer the codes of a column as a list; refuse words where a number belongs."""
    options: dict[str, Any] | None = None
    if column.kind == "code":
        choices: Sequence[str] = list(words(column.coded, lang).values())
        options = {"validate": "list", "source": choices}
    elif column.kind in _LIMITS:
        least, most = _LIMITS[column.kind]
        options = {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
    elif column.kind == "number" and column is not linked.RATE:
        options = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
    if options:
        title, message = _REFUSALS[lang]["code" if column.kind == "code" else "number"]
        sheet.data_validation(
            1, place, last, place, {**options, "error_title": title, "error_message": message}
        )


_REFUSALS: Final[dict[Lang, dict[str, tuple[str, str]]]] = {
    "ja": {
        "code": (
            "一覧にない語です",
            "一覧から選んでください。該当するものがなければ空欄にします。",
        ),
        "number": (
            "数値ではありません",
            "数値だけを入力してください。「集計中」などの理由は右の「状態」の列で選びます。単位は付けません。",
        ),
    },
    "en": {
        "code": ("Not among the choices", "Choose from the list, or leave the cell blank."),
        "number": (
            "Not a number",
            "Type a number without a unit. Why a number is missing is chosen in the column “State”.",
        ),
    },
}


def _mark_missing(book: Book, table: Filled, report: Report) -> None:
    """Colour an actual value up to the report's year that is neither given nor excused; a plan owes none."""
    year = report.fiscal_year.year if report.fiscal_year else None
    place = _column(table, "YearPoint.actual")
    told = [
        i
        for i, head in enumerate(table.heads)
        if head.column.field == "YearPoint.actual"
        and head.column.of in {"Value.number", "Value.gap", "Value.text"}
    ]
    when = _column(table, "YearPoint.fiscal_year", None)
    fill = book.file.add_format({"bg_color": FILLS["missing"]})
    sheet = book.file.get_worksheet_by_name(table.table.label(book.lang))
    for first, last in _owing(table, report):
        tests = [f"ISBLANK({xl_rowcol_to_cell(first, i, col_abs=True)})" for i in told]
        if year:
            tests.append(f"N({xl_rowcol_to_cell(first, when, col_abs=True)})<={year}")
        criteria = f"=AND({','.join(tests)})"
        options = {"type": "formula", "criteria": criteria, "format": fill}
        sheet.conditional_format(first, place, last, place, options)


def _owing(table: Filled, report: Report) -> Iterator[tuple[int, int]]:
    """Return the first and last row of each stretch of the sheet whose projects have results to tell."""
    if not table.cells:
        yield 1, 1
    kinds = dict(enumerate((project.kind for project in report.projects), 1))
    rows = range(len(table.cells))
    for plan, run in groupby(rows, lambda row: kinds.get(_project(table, row) or 0) == "plan"):
        stretch = list(run)
        if not plan:
            yield stretch[0] + 1, stretch[-1] + 1
