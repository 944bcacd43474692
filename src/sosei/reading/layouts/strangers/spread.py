"""広げる. A grid saved without merges (CSV, TSV) gets the merges of its two or three header rows back.

大綱 | 施策 | 現状 | 実績 |    | 目標 |    | 担当課
     |      | H26  | R2   | R3 | R3   | R7 |

実績 reaches over the blank beside it, 大綱 down over the blank below it. Only where no cell of the grid is merged.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from sosei.reading.grid import Cell, Grid
from sosei.reading.layouts.strangers.frames import View, means
from sosei.reading.layouts.strangers.rowkinds import is_header


def spread(grid: Grid) -> Grid:
    """Return a grid with its headers merged as they are meant; the grid itself where it has merges or no such headers."""
    if any(cell.rowspan > 1 or cell.colspan > 1 for cell in grid.cells):
        return grid
    view = View(grid, 0, grid.rows)
    tops = [(row, 2) for row in range(grid.rows - 1) if _is_double(view, row)]
    tops = [(top - 1, 3) if _is_above(view, top) else (top, high) for top, high in tops]
    if not tops:
        return grid
    changed = {
        id(cell): new for top, high in tops for cell, new in _reaching(grid, top, top + high)
    }
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


def _is_above(view: View, top: int) -> bool:
    """Tell whether one more row of headers stands over two: all of it known words, filled from below, first in the table."""
    cells = view.row(top - 1) if top > 0 else ()
    upper, lower = {cell.column for cell in cells}, {cell.column for cell in view.row(top)}
    known = len(cells) > 1 and all(means(cell.text).says for cell in cells)
    first = cells[0].column < min(lower) if cells else False
    return known and first and bool(lower - upper) and min(upper | lower) == min(upper)


def _reaching(grid: Grid, top: int, end: int) -> Iterator[tuple[Cell, Cell]]:
    """Return each header above the last row with the cell it is meant to be: as far right as the rows below fill, or down."""
    for row in range(top, end - 1):
        below = {cell.column for r in range(row + 1, end) for cell in grid.filled(r)}
        over = sorted(cell.column for r in range(top, row + 1) for cell in grid.filled(r))
        for cell in grid.filled(row):
            if cell.column not in below:
                yield cell, dataclasses.replace(cell, rowspan=end - row)
                continue
            stop = next((c for c in over if c > cell.column), grid.columns)
            last = cell.column + 1
            while last < stop and last in below:
                last += 1
            if last > cell.column + 1:
                yield cell, dataclasses.replace(cell, colspan=last - cell.column)
