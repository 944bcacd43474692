"""結合. Merged cells cut to the table they stand in, so that no file can claim a million places with one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


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
