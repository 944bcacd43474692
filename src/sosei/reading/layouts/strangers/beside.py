"""次頁の列. A sheet too wide for its page is printed on two: the columns of the next page belong beside those of the last."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from sosei.reading.grid import Cell, Grid, Line
from sosei.reading.layouts.strangers.frames import View, means
from sosei.reading.layouts.strangers.headings import FIGURES
from sosei.reading.layouts.strangers.rowkinds import header_height, is_header

#: What names a row: the second part of a sheet has none of the first part's.
_NAMES: Final = ("project", "indicator")
#: A longer list runs on downwards first.
_LONGEST: Final = 60


def besides(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Return the blocks with a table of the next page set beside the one it goes on, where it can be no table by itself."""
    out: list[Line | Grid] = []
    last: int | None = None
    for block in blocks:
        if isinstance(block, Grid):
            left = out[last] if last is not None else None
            joined = _joined(left, block) if isinstance(left, Grid) else None
            if joined is not None and last is not None:
                out[last] = joined
                continue
            last = len(out)
        out.append(block)
    return out


def _joined(left: Grid, right: Grid) -> Grid | None:
    """Return two grids as one, the right one's columns behind; None where they are two tables."""
    pages = _pages(left), _pages(right)
    if not all(pages) or max(pages[0]) >= min(pages[1]) or max(left.rows, right.rows) > _LONGEST:
        return None
    if min(left.rows, right.rows) < 3 or not (_is_table(left) and _is_table(right)):
        return None
    heads = _head(left), _head(right)
    if left.rows - heads[0] != right.rows - heads[1] or not _goes_on(left, right):
        return None
    deep = max(heads)
    cells = (*_moved(left, heads[0], deep, 0), *_moved(right, heads[1], deep, left.columns))
    rows = left.rows + deep - heads[0]
    return dataclasses.replace(left, rows=rows, columns=left.columns + right.columns, cells=cells)


def _pages(grid: Grid) -> set[int]:
    return {place.page for cell in grid.cells for place in cell.words.places if place.page}


def _is_table(grid: Grid) -> bool:
    return is_header(View(grid, 0, grid.rows), 0)


def _head(grid: Grid) -> int:
    return header_height(View(grid, 0, grid.rows), 0)


def _goes_on(left: Grid, right: Grid) -> bool:
    """Tell whether the right columns need the left ones: names only left, or the project left and its indicators right."""
    here, there = _roles(left), _roles(right)
    if "project" in there or there & {"number", "group"} or here & {"actual"}:
        return False
    if "indicator" in there:
        return "project" in here and "indicator" not in here
    return bool(here & set(_NAMES)) and bool(there & (FIGURES | {"rate", "rating", "grade"}))


def _roles(grid: Grid) -> set[str | None]:
    return {means(cell.text).role for row in range(_head(grid)) for cell in grid.filled(row)}


def _moved(grid: Grid, head: int, deep: int, right: int) -> list[Cell]:
    """Return the cells of a grid moved to the right, its headers as deep as the other's."""
    more = deep - head
    out = []
    for cell in grid.cells:
        last = cell.row < head and cell.row + cell.rowspan >= head
        row = cell.row if cell.row < head else cell.row + more
        span = cell.rowspan + more if last else cell.rowspan
        out.append(cell.moved(row, cell.column + right).reaching(span, cell.colspan))
    return out
