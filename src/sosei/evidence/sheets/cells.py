"""セル. What a cell of a sheet holds: text, or in a workbook a stored number or day with what is shown for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Typed(NamedTuple):
    """A workbook's cell. `number`, `day`: what is stored; `shown`: what a person sees.

    `under`: covered by a merged cell, whose content it repeats. `lost`: a formula whose result the file does not hold.
    """

    shown: str
    number: Decimal | None = None
    day: date | None = None
    under: bool = False
    lost: bool = False


Cell = str | Typed


def shown(cell: Cell) -> str:
    """Return what a person sees in a cell."""
    return cell if isinstance(cell, str) else cell.shown


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing of its own: what a merged cell repeats is not said again."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return cell.under or not (cell.shown.strip() or cell.number is not None or cell.lost)


def letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
