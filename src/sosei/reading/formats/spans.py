"""結合. Merged cells cut to the table they stand in, so that no file can claim a million places with one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, NamedTuple

from sosei.reading.grid import Cell

_ROW: Final = attrgetter("row")
_COLUMN: Final = attrgetter("column")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a cell stands and how far it reaches, before the table's size is known."""

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    hidden: bool = False


def fitted(slots: Sequence[Slot], most: int) -> tuple[list[Slot], int, int]:
    """Return the slots within the rows and columns in which cells begin, places covered, and spans left out.

    Spans are left out where together they would cover more than `most` places. A last column may span further than
    any cell begins; such columns hold nothing, and the reader of a table is better without them.
    """
    rows = max((s.row for s in slots), default=-1) + 1
    columns = max((s.column for s in slots), default=-1) + 1
    out, covered, cut = [], 0, 0
    for slot in slots:
        height = max(1, min(slot.rowspan, rows - slot.row))
        width = max(1, min(slot.colspan, columns - slot.column))
        if height * width > 1 and covered + height * width > most:
            height, width, cut = 1, 1, cut + 1
        covered += height * width
        same = (height, width) == (slot.rowspan, slot.colspan)
        out.append(slot if same else replace(slot, rowspan=height, colspan=width))
    return out, covered, cut


class Fit(NamedTuple):
    """Cells that reach no further than cells begin, the size of their table, places covered, spans left out."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    covered: int
    cut: int


def fit_cells(cells: Sequence[Cell], most: int, *, spanned: bool = True) -> Fit:
    """Return cells with their spans `fitted`. `spanned`: whether there are any.

    Where all that they cover is within `most`, as in any table but a hostile one, the order of cutting does not matter.
    """
    rows = max(map(_ROW, cells), default=-1) + 1
    columns = max(map(_COLUMN, cells), default=-1) + 1
    if not spanned:
        return Fit(tuple(cells), rows, columns, len(cells), 0)
    out, more = list(cells), 0
    for at, cell in enumerate(cells):
        if cell.rowspan > 1 or cell.colspan > 1:
            height = min(cell.rowspan, rows - cell.row)
            width = min(cell.colspan, columns - cell.column)
            out[at] = cell.reaching(height, width)
            more += height * width - 1
    if len(cells) + more <= most:
        return Fit(tuple(out), rows, columns, len(cells) + more, 0)
    slots = [Slot(cell.row, cell.column, cell.rowspan, cell.colspan) for cell in cells]
    fit, covered, cut = fitted(slots, most)
    reached = (cell.reaching(s.rowspan, s.colspan) for cell, s in zip(cells, fit, strict=True))
    return Fit(tuple(reached), rows, columns, covered, cut)
