"""金額の欄. Amounts in tables: by columns, by rows of years, by items of a break-down."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.money import SCALES
from sosei.core.report import Said, Spending
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Words
from sosei.reading.layouts.strangers.amounts import amount_of, kind_of, lines_of, money_unit
from sosei.reading.layouts.strangers.columns import (
    Column,
    Table,
)
from sosei.reading.layouts.strangers.frames import is_figure
from sosei.reading.layouts.strangers.headings import Heading
from sosei.reading.layouts.strangers.names import (
    with_unit,
)
from sosei.reading.layouts.strangers.rows import Rows, cell_at, unit_at
from sosei.reading.vocabulary import role_of

_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")

#: Rows of a cost table that count people or hours.
_PEOPLE: Final = re.compile(r"人数|人工|人役|従事者|職員数|職員等|時間|業務量|人員|延べ")


def read_money_row(rows: Rows, row: int, title: Heading) -> None:
    """Take a row of amounts by years (予算額, 執行額)."""
    words = rows.table.view.words(row, rows.table.titles[-1])
    head = next(c.label for c in rows.table.columns if c.index == rows.table.titles[-1])
    label = with_unit(words or head)[0].said()
    unit = _row_unit(rows, row, title)
    if label is None or _PEOPLE.search(label.text) or (unit is not None and unit not in SCALES):
        _leave_row(rows, row)
        return
    dated = [c for c in rows.table.columns if c.heading.dated]
    for column in _amounts_beside(rows.table) or dated or rows.table.figures:
        cell = cell_at(rows, row, column)
        if column.index in rows.table.titles or cell is None or not cell.filled:
            continue
        spent = amount_of(cell.words, label, unit=unit, year=_year_of(rows, column))
        if spent is not None:
            rows.kept += 1
            rows.scene.project().spending.append(spent)


def _amounts_beside(table: Table) -> list[Column]:
    """Return the columns of money under the very header of the rows' titles: 事業費 over 予算額 | 12,000."""
    over = {column.words.places for column in table.columns if column.index in table.titles}
    return [column for column in table.of("money", "fund") if column.words.places in over]


def _row_unit(rows: Rows, row: int, title: Heading) -> str | None:
    """Return the unit of a row of amounts: its own, its unit column's, a header's, that of the lines above."""
    columns = rows.table.of("unit")
    beside = unit_at(rows, row, columns[0]) if columns else None
    header = next((c.heading.unit for c in rows.table.columns if c.heading.unit in SCALES), None)
    over = next((u for cell in rows.table.view.row(row) if (u := money_unit(cell.text))), None)
    return title.unit or beside or over or header or rows.scene.money_unit or _titles_unit(rows)


def _titles_unit(rows: Rows) -> str | None:
    """Return the unit that the titles of a table's rows print, where all that print one print the same."""
    cells = (cell for index in rows.table.titles for cell in rows.table.cells(index))
    units = {unit for cell in cells if (unit := money_unit(cell.text)) is not None}
    return next(iter(units)) if len(units) == 1 else None


def _leave_row(rows: Rows, row: int) -> None:
    """Leave a row among the amounts that counts something else: 正規職員従事人数."""
    for cell in rows.table.view.row(row):
        if rows.table.view.first_row(cell) == row:
            rows.kept += 1
            rows.scene.leave("money", cell.words)


def _item_of(rows: Rows, row: int) -> Said | None:
    """Return the item of a row in a break-down of one project's money, where no column names projects."""
    if rows.table.of("project", "indicator"):
        return None
    first = min(c.index for c in rows.table.of("money", "fund"))
    over = (rows.table.view.at(row, c.index) for c in rows.table.columns if c.index < first)
    named = [cell for cell in over if cell is not None and cell.filled and not is_figure(cell.text)]
    return named[-1].words.said() if named else None


def read_money(rows: Rows, row: int, column: Column, words: Words) -> None:
    """Add the amount of a money column; lines of labels and amounts in one cell each by itself."""
    project, lines = rows.scene.project(), words.lines()
    spent = [lines_of(line) for line in lines]
    if (len(lines) > 1 and all(spent)) or any(len(found) > 1 for found in spent):
        project.spending.extend(s for found in spent for s in found)
        return
    layers = _MONEY_LAYERS.search(column.words.text) if len(lines) == 2 else None
    if layers is not None:
        _read_layers(rows, column, lines, layers)
        return
    label = _item_of(rows, row) or _money_label(column)
    fund = label if column.role == "fund" else None
    unit = column.heading.unit or _common_unit(rows.table) or rows.scene.money_unit
    amount = amount_of(words, label, unit=unit, year=_year_of(rows, column), fund=fund)  # type: ignore[arg-type]
    if amount is not None and amount.kind is None and label is not None:
        kind = kind_of(column.heading.text)
        amount = dataclasses.replace(amount, kind=kind)
    if amount is None:
        if not _MARK.fullmatch(words.text):
            rows.scene.leave("money", words)
        return
    if not _repeated(rows, row, amount):
        project.spending.append(amount)


def _repeated(rows: Rows, row: int, amount: Spending) -> bool:
    """Tell whether a row that says its project's name again, one figure a row, says its amount again too."""
    columns, first = rows.table.of("project"), rows.project_cell
    again = rows.table.view.at(row, columns[-1].index) if columns else None
    if first is None or again is None or again is first or fold(again.text) != fold(first.text):
        return False
    return any(
        (one.yen, one.label and one.label.text, one.fiscal_year)
        == (amount.yen, amount.label and amount.label.text, amount.fiscal_year)
        for one in rows.scene.project().spending
    )


#: 上段：総額 下段：交付金 in the header of two amounts in a cell.
_MONEY_LAYERS: Final = re.compile(
    r"[（(]?上段[)）]?[:：]?\s*(?P<upper>[^、,・()（）/／:：\s]{2,10})[、,・)）/／\s]*[（(]?下段[)）]?[:：]?\s*(?P<lower>[^、,・()（）/／:：\s]{2,10})"
)


def _read_layers(rows: Rows, column: Column, lines: list[Words], layers: re.Match[str]) -> None:
    """Add the two amounts of a cell, each called what the header says of its line."""
    unit = column.heading.unit or _common_unit(rows.table) or rows.scene.money_unit
    for words, side in zip(lines, ("upper", "lower"), strict=True):
        label = column.words.group(layers, side).said()
        amount = amount_of(words, label, unit=unit, year=_year_of(rows, column))  # type: ignore[arg-type]
        if amount is not None and amount.yen is not None:
            rows.scene.project().spending.append(amount)
        elif not _MARK.fullmatch(words.text):
            rows.scene.leave("money", words)


def _year_of(rows: Rows, column: Column) -> int | None:
    """Return the year of a column's amounts: the header's own, or one that it counts from the report's (前年度)."""
    shift, home = column.heading.shift, rows.scene.home
    if column.heading.year is None and shift and home is not None:
        return home + shift
    return column.heading.year


def _money_label(column: Column) -> Said | None:
    """Return the words of a money column's own header without its unit."""
    plain = with_unit(column.label)[0]
    return plain.said(re.sub(r"[\s　]*[（(]?単位.*$", "", join_lines(plain.text)) or None)


def _common_unit(table: Table) -> str | None:
    """Return the unit of a table's money where every header that prints one prints the same."""
    heads = [c.heading for c in table.columns if c.heading.unit in SCALES]
    paid = (h for h in heads if h.role or role_of(h.known) in {"money", "fund"})
    units = {h.unit for h in paid if h.role in {"money", "fund", None}}
    return next(iter(units)) if len(units) == 1 else None
