"""詰め. The lower part of a table whose columns text alone shows: an edge too many, of few rows, is the upper part's to deny."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sosei.reading.formats.pdf.lattice import Frame, Spot
from sosei.reading.grid import Cell, Grid


@dataclass(slots=True)
class Part:
    """A table on one page. `high`: the page's height, points."""

    frame: Frame
    grid: Grid
    page: int
    high: float


def narrowed(part: Part, first: Frame) -> Part:
    """Return a part without the edges that another page's table lacks; as it is where one parts words of a row."""
    own = part.frame
    if not (own.thought and first.thought) or len(own.xs) <= len(first.xs):
        return part
    kept = [min(range(len(own.xs)), key=lambda n: abs(own.xs[n] - x)) for x in first.xs]
    if len(set(kept)) < len(kept) or kept != sorted(kept):
        return part
    spots: dict[Spot, int] = {}
    cells: dict[Spot, Cell] = {}
    for number, (spot, cell) in enumerate(zip(own.spots, part.grid.cells, strict=True)):
        wide = _widened(spot, kept)
        before = cells.get(wide)
        if before is not None and before.filled and cell.filled:
            return part
        if before is None or cell.filled:
            spots[wide], cells[wide] = number, _set(cell, wide)
    if _overlap(list(spots)):
        return part
    sides = [own.sides[n] for n in spots.values()]
    frame = Frame([own.xs[n] for n in kept], own.ys, list(spots), sides, thought=True)
    grid = dataclasses.replace(part.grid, columns=len(kept) - 1, cells=tuple(cells.values()))
    return Part(frame, grid, part.page, part.high)


def _widened(spot: Spot, kept: Sequence[int]) -> Spot:
    left = max(0, bisect_right(kept, spot.left) - 1)
    return spot._replace(left=left, right=max(left + 1, bisect_left(kept, spot.right)))


def _set(cell: Cell, spot: Spot) -> Cell:
    return dataclasses.replace(cell, column=spot.left, colspan=spot.right - spot.left)


def _overlap(spots: Sequence[Spot]) -> bool:
    """Tell whether two cells cover the same square."""
    squares = [
        (row, column)
        for spot in spots
        for row in range(spot.top, spot.bottom)
        for column in range(spot.left, spot.right)
    ]
    return len(set(squares)) < len(squares)
