"""単位のない表. Whether a table is silent on the unit of a figure, so that a figure without one is read right."""

from __future__ import annotations

from collections.abc import Iterable

from sosei.core.figures import find_figures
from sosei.reading.confirming.around import Table


def is_silent(table: Table, rows: Iterable[int]) -> bool:
    """Whether one of the rows has an empty cell in the column of units, or nothing in the whole table says any unit."""
    known = table.asked.get(("unitless",))
    if known is None:
        known = table.asked["unitless",] = _is_unitless(table)
    return known or any(_is_empty(table, row) for row in rows)


def _is_empty(table: Table, row: int) -> bool:
    """Whether the column of units, in which other rows say one, is empty in a row."""
    cells = [table.grid.at(row, column) for column in table.unit_columns]
    return bool(cells) and not any(one is not None and one.words for one in cells)


def _is_unitless(table: Table) -> bool:
    rows = range(table.grid.rows)
    if any(says for row in rows for _, says in table.other_units(row)):
        return False
    return not any(one.figure.unit for cell in table.grid.cells for one in find_figures(cell.text))
