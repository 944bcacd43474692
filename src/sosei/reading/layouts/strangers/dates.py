"""時点の欄. Columns of years beside columns of figures: 基準年｜基準値, 中間目標（年度｜数値）, 当初値 over a year and a figure."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sosei.core.fiscal import find_years
from sosei.core.gaps import Gap, read_gap
from sosei.core.text import fold
from sosei.reading.grid import Cell
from sosei.reading.layouts.strangers.frames import NEAR
from sosei.reading.layouts.strangers.headings import FIGURES

if TYPE_CHECKING:
    from sosei.reading.layouts.strangers.columns import Column, Table

#: What stands beside a year in a cell that is a date: brackets, 度, 末, 年.
_BESIDE: Final = 3


@lru_cache(maxsize=16384)
def is_year(text: str) -> bool:
    """Tell whether a cell is one year and hardly anything else."""
    found = find_years(text, near=NEAR)
    return len(found) == 1 and found[0].end - found[0].start >= len(fold(text)) - _BESIDE


def are_years(cells: tuple[Cell, ...]) -> bool:
    """Tell whether the cells of a column are all years, marks of absence aside."""
    told = [cell for cell in cells if read_gap(cell.text) not in {Gap.DASH, Gap.BLANK}]
    return bool(told) and all(is_year(cell.text) for cell in told)


def settle_dates(table: Table, above: str) -> Table:
    """A column named like the figures beside it, whose cells are all years, gives their dates."""
    del above

    def change(column: Column) -> Column:
        role = column.role
        if role not in FIGURES or column.heading.dated or not are_years(table.cells(column.index)):
            return column
        if not any(_is_like(table, column, other) for other in table.columns):
            return column
        return dataclasses.replace(
            column, heading=dataclasses.replace(column.heading, role="when", also=role)
        )

    return dataclasses.replace(table, columns=tuple(change(c) for c in table.columns))


def _is_like(table: Table, column: Column, other: Column) -> bool:
    """Tell whether the column beside one has its role and no years in it."""
    beside = abs(other.index - column.index) == 1
    return beside and other.role == column.role and not are_years(table.cells(other.index))


def dated_by(table: Table, dates: Column) -> list[Column]:
    """Return the columns of figures that a column of dates (due, when) belongs to."""
    figures = table.figures
    own = [c for c in figures if dates.heading.upper and c.heading.upper == dates.heading.upper]
    if dates.role == "due":
        return [c for c in own if c.role == "target"] or [c for c in figures if c.role == "target"]
    if own:
        return own
    like = [c for c in figures if c.role == dates.heading.also]
    if like:
        return [min(like, key=lambda c: (abs(c.index - dates.index), -c.index))]
    return [c for c in figures if c.index < dates.index][-1:]
