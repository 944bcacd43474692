"""広げる. A grid saved without merges (CSV, TSV) gets the merges of its two header rows back.

大綱 | 施策 | 現状 | 実績 |    | 目標 |    | 担当課
     |      | H26  | R2   | R3 | R3   | R7 |

実績 reaches over the blank beside it, 大綱 down over the blank below it. Only where no cell of the grid is merged.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from sosei.reading.grid import Cell, Grid
from sosei.reading.layouts.strangers.frames import View, is_header, means


def spread(grid: Grid) -> Grid:
    """Return a grid with its headers merged as they are meant; the grid itself where it has merges or no such headers."""
    if any(cell.rowspan > 1 or cell.colspan > 1 for cell in grid.cells):
        return grid
    view = View(grid, 0, grid.rows)
    tops = [row for row in range(grid.rows - 1) if _is_double(view, row)]
    if not tops:
        return grid
    changed = {id(cell): new for top in tops for cell, new in _reaching(grid, top)}
    taken = {
        (row, column)
        for new in changed.values()
        for row in range(new.row, new.row + new.rowspan)
        for column in range(new.column, new.column + new.colspan)
    }
    cells = tuple(
        changed.get(id(cell), cell)
        for cell in grid.cells
        if id(cell) in changed or (cell.row, cell.column) not in taken
    )
    return dataclasses.replace(grid, cells=cells)


def _is_double(view: View, top: int) -> bool:
    """Tell whether a header row has blanks that a row of headers below it fills."""
    if not is_header(view, top):
        return False
    lower = {cell.column for cell in view.row(top + 1)}
    upper = {cell.column for cell in view.row(top)}
    told = [means(cell.text) for cell in view.row(top + 1)]
    fills = lower - upper
    return (
        bool(fills)
        and bool(upper - lower)
        and all(meant.says or not meant.text.isdigit() for meant in told)
        and 2 * sum(meant.says for meant in told) > len(told)
        and all(_left(upper, column) in lower | upper for column in fills)
    )


def _left(upper: set[int], column: int) -> int | None:
    return max((c for c in upper if c < column), default=None)


def _reaching(grid: Grid, top: int) -> Iterator[tuple[Cell, Cell]]:
    """Return each upper header with the cell it is meant to be: as far right as the row below fills, or down."""
    lower = {cell.column for cell in grid.filled(top + 1)}
    upper = sorted(cell.column for cell in grid.filled(top))
    for cell in grid.filled(top):
        if cell.column not in lower:
            yield cell, dataclasses.replace(cell, rowspan=2)
            continue
        stop = next((c for c in upper if c > cell.column), grid.columns)
        end = cell.column + 1
        while end < stop and end in lower:
            end += 1
        if end > cell.column + 1:
            yield cell, dataclasses.replace(cell, colspan=end - cell.column)
