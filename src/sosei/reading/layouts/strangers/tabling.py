"""表の理解. A stretch of a grid becomes a table: headers joined downwards, columns settled, groups told apart."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from sosei.core.text import fold
from sosei.reading.grid import Cell, Words, distinct
from sosei.reading.layouts.strangers.columns import (
    Column,
    Table,
    is_title,
    mapped,
    noted,
)
from sosei.reading.layouts.strangers.frames import Part, View, heading_at, is_figure
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.rowkinds import is_ordinals
from sosei.reading.layouts.strangers.settling import is_vague, settle_past, settled

_JUDGED: Final = frozenset({"評価", "判定", "評価結果", "評定", "自己評価", "内部評価"})


_BESIDE: Final = frozenset(
    {"unit", "due", "when", "rate", "rating", "definition", "ordinal", "statistic"}
)


def table_of(part: Part, near: int | None, above: str = "", home: int | None = None) -> Table:
    """Understand a table's columns; `above` are the words of the heading over it, `home` is the report's year."""
    view = part.view
    top = view.rows.start
    body = tuple(
        row
        for row in range(top + part.header, view.rows.stop)
        if view.row(row) and not is_ordinals(view, row) and not _is_repeat(view, top, row)
    )
    header = range(top, top + part.header)
    shown = [index for index in view.columns if not _is_same(view, (*header, *body), index)]
    columns = tuple(_column(view, header, index, near) for index in shown)
    words = "".join(fold(column.words.text) for column in columns)
    table = Table(view, body, columns, (), words)
    table = dataclasses.replace(table, titles=_titles(table))
    table = settled(noted(table, _without_empty(table), "_without_empty"), above)
    return noted(table, settle_past(table, home), "_settle_past")


def _is_same(view: View, rows: Sequence[int], index: int) -> bool:
    """Tell whether a column holds the very cells of the one before it: every cell is merged over both."""
    if index == view.columns.start:
        return False
    return all(
        (cell := view.at(row, index)) is not None and cell is view.at(row, index - 1)
        for row in rows
        if view.row(row)
    )


def _is_repeat(view: View, top: int, row: int) -> bool:
    return [cell.text for cell in view.row(top)] == [cell.text for cell in view.row(row)]


def _column(view: View, header: range, index: int, near: int | None) -> Column:
    """Return a column with the headers above it joined downwards."""
    over = (view.at(row, index) for row in header)
    cells = distinct(
        cell
        for cell in over
        if cell is not None and cell.filled and not _is_side(view, header, cell)
    )
    heading, label, width = Heading(), Words(), 0
    for cell in cells:
        meant = heading_at(view, max(view.first_row(cell), header.start), cell, near)
        stacked = view.width(cell) == width and meant.role in {"due", "year", "when"}
        width = view.width(cell)
        if stacked and heading.role in FIGURES:
            continue
        heading = meant.under(heading)
        label = cell.words if meant.role or not meant.says else label
    return Column(index, heading, Words.joined([cell.words for cell in cells], "\n"), label)


def side_cells(part: Part) -> tuple[Cell, ...]:
    """Return the cells that stand beside the whole of a table's rows, headers included."""
    header = range(part.view.rows.start, part.view.rows.start + part.header)
    cells = distinct(cell for row in header for cell in part.view.row(row))
    return tuple(cell for cell in cells if _is_side(part.view, header, cell))


def _is_side(view: View, header: range, cell: Cell) -> bool:
    """Tell whether a cell stands beside the whole table and labels it, its headers and its body alike."""
    return view.first_row(cell) + view.height(cell) > header.stop and view.width(cell) == 1


def _without_empty(table: Table) -> Table:
    """Take the role from columns whose body is empty but for names of figures, so that they explain nothing."""
    telling = FIGURES | {"unit", "project"}
    kept = tuple(
        column if table.cells(column.index) or column.role in telling else column.turned(None)
        for column in table.columns
    )
    return dataclasses.replace(table, columns=kept)


def _titles(table: Table) -> tuple[int, ...]:
    """Return the columns that title rows: most of their cells are wordings for figures (目標値, 成果実績, 執行額)."""
    last = max((c.index for c in table.columns if c.role in FIGURES or c.heading.dated), default=0)
    before = (c for c in table.columns if c.index < last)
    found = [c for c in before if _holds_titles(table.cells(c.index))]
    money = any(c.role in {"money", "fund"} for c in table.columns if c not in found)
    if money and not any(c.heading.dated for c in table.columns):
        found = [c for c in found if not all(_is_item(cell.text) for cell in table.cells(c.index))]
    return tuple(c.index for c in found)


def _is_item(text: str) -> bool:
    """Tell whether a row's title is an item of a cost table, or no title at all."""
    return not is_title(text) or understand(text).role in {"money", "fund"}


def _holds_titles(cells: Sequence[Cell]) -> bool:
    """Tell whether the cells of a column title their rows: most of them do, and none is a figure."""
    other = 0
    for cell in cells:
        if is_figure(cell.text):
            return False
        other += not is_title(cell.text)
        if len(cells) - other < 0.6 * len(cells):
            return False
    return bool(cells)


def groups_of(table: Table) -> list[Table]:
    """Split a table with several columns of names side by side (KPI①, KPI②): each name with the columns that follow it.

    The first keeps what belongs to the project.
    """
    names = [c.index for c in table.of("indicator")]
    if len(names) < 2 or table.titles or not _between(table, names):
        return [table]
    ends = [*names[1:], table.columns[-1].index + 1]
    own = FIGURES | _BESIDE
    table = _judged_once(table, names)
    out = []
    for at, (first, end) in enumerate(zip(names, ends, strict=True)):
        mine = [
            c
            for c in table.columns
            if first <= c.index < end and (c.index == first or c.role in own)
        ]
        shared = [
            c for c in table.columns if c.index < names[0] or c.role not in own | {"indicator"}
        ]
        columns = sorted({c.index: c for c in ([*shared, *mine] if at == 0 else mine)}.items())
        out.append(dataclasses.replace(table, columns=tuple(c for _, c in columns)))
    return out


def _judged_once(table: Table, names: list[int]) -> Table:
    """One 評価 behind several indicators of a project judges the project."""
    ratings = [c for c in table.of("rating") if fold(c.heading.text) in _JUDGED]
    if len(ratings) != 1 or ratings[0].index < names[-1] or not table.of("project"):
        return table
    return mapped(table, lambda c: "grade" if c is ratings[0] else c.role)


def goal_columns(table: Table) -> list[Column]:
    """Return the columns left of the indicators' names that hold the goals or fields they stand under."""
    names = [c.index for c in table.of("indicator")]
    if not names:
        return []
    left = [c for c in table.columns if c.index < names[0] and c.index not in table.titles]
    return [c for c in left if c.role == "group" or is_vague(table, c)]


def _between(table: Table, names: list[int]) -> bool:
    """Tell whether figures stand between each two columns of names."""
    figures = [c.index for c in table.of(*FIGURES)]
    return all(any(a < f < b for f in figures) for a, b in pairwise(names))
