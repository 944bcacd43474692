"""左右の部分. Two things side by side in one grid: labels with values left, a table right, an empty column between."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.reading.grid import Grid
from sosei.reading.layouts.strangers.cutting import parts
from sosei.reading.layouts.strangers.frames import Part, View, means
from sosei.reading.layouts.strangers.rowkinds import is_form, is_header
from sosei.reading.layouts.strangers.turning import is_turned


def parts_of(grid: Grid) -> list[Part]:
    """Cut a grid into tables, forms and lines, from the top down; what stands side by side one after the other."""
    sides = halves(grid) or beside_label(grid)
    return [part for side in sides for part in parts_of(side)] if sides else parts(grid)


#: Larger grids are lists, not sheets with two things side by side.
_WIDEST: Final = 40
_LONGEST: Final = 200


def halves(grid: Grid) -> list[Grid]:
    """Return the grids that an empty column keeps apart: labels with values left, a table right; none where there is none.

    The rows above and below the stretch that is kept apart stay whole.
    """
    if grid.columns > _WIDEST or grid.rows > _LONGEST:
        return []
    spans = _spans(grid) if grid.columns > 4 else {}
    gap = next((g for c in range(2, grid.columns - 2) if (g := _gap(grid, c, spans))), None)
    if gap is None:
        return []
    column, top, bottom = gap
    width = grid.columns
    cuts = ((0, top, 0, width), (top, bottom, 0, column), (top, bottom, column + 1, width), (bottom, grid.rows, 0, width))  # fmt: skip
    return [_cut(grid, *cut) for cut in cuts if cut[0] < cut[1]]


#: A label set downwards is no longer than this.
_LABEL: Final = 14
_TALL: Final = 3


def beside_label(grid: Grid) -> list[Grid]:
    """Return what stands above, beside and below a label for indicators set downwards, where indicators stand across it."""
    if grid.columns > _WIDEST or grid.rows > _LONGEST:
        return []
    width = grid.columns
    for cell in grid.cells:
        if cell.column or cell.rowspan < _TALL or not cell.filled or len(cell.text) > _LABEL:
            continue
        top, bottom, first = cell.row, cell.row + cell.rowspan, cell.colspan
        if means(re.sub(r"\s", "", cell.text)).role != "indicator" or first >= width:
            continue
        inner = _cut(grid, top, bottom, first, width, tried=True)
        if is_turned(View(inner, 0, inner.rows)):
            cuts = ((0, top, 0, width), (top, bottom, first, width), (bottom, grid.rows, 0, width))
            return [_cut(grid, *cut) for cut in cuts if cut[0] < cut[1]]
    return []


def _spans(grid: Grid) -> dict[int, tuple[int, int]]:
    """Return of each row that holds anything where its first cell and its last one begin."""
    rows = ((row, grid.filled(row)) for row in range(grid.rows))
    return {
        row: (min(c.column for c in cells), max(c.column for c in cells))
        for row, cells in rows
        if cells
    }


def _gap(grid: Grid, column: int, spans: dict[int, tuple[int, int]]) -> tuple[int, int, int] | None:
    """Return an empty column with its first row and the row after its last, where two things stand beside it."""
    rows = [
        row
        for row, (first, last) in spans.items()
        if first < column < last and _is_gap(grid, row, column)
    ]
    if len(rows) < 3 or rows[-1] - rows[0] != len(rows) - 1:
        return None
    right = _cut(grid, rows[0], rows[-1] + 1, column + 1, grid.columns, tried=True)
    other = View(right, 0, right.rows)
    if not any(is_header(other, r) for r in list(other.rows)[:2]):
        return None
    left = _cut(grid, rows[0], rows[-1] + 1, 0, column, tried=True)
    view = View(left, 0, left.rows)
    both = any(is_header(view, r) for r in list(view.rows)[:2])
    labelled = both or sum(bool(view.row(r)) and is_form(view, r) for r in view.rows)
    return (column, rows[0], rows[-1] + 1) if both or 2 * labelled > left.rows else None


def _is_gap(grid: Grid, row: int, column: int) -> bool:
    """Tell whether nothing stands or passes at a place."""
    cell = grid.at(row, column)
    return cell is None or (cell.colspan == 1 and not cell.filled)


def _cut(grid: Grid, top: int, bottom: int, first: int, last: int, *, tried: bool = False) -> Grid:
    """Return the part of a grid between rows and columns as a grid of its own; places stay.

    `tried`: only what its cells say is asked, never where.
    """
    cells = tuple(
        dataclasses.replace(cell, row=cell.row - top, column=cell.column - first)
        if tried
        else cell.moved(cell.row - top, cell.column - first)
        for cell in grid.cells
        if top <= cell.row < bottom and first <= cell.column < last
    )
    return dataclasses.replace(
        grid, rows=bottom - top, columns=last - first, cells=cells, nested=()
    )
