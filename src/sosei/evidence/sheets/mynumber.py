"""個人番号. Finding Individual Numbers (My Numbers) in a sheet, so that it is refused; none is ever kept or repeated.

Twelve digits, the last of which checks the others. Source: 平成26年総務省令第85号 第5条 (the digit); DOMAIN §8, §10b.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sosei.core.text import fold
from sosei.evidence.sheets.cells import Cell

#: Twelve digits in a row, or in three groups of four as they stand on the card; nothing of a word or longer number around.
_DIGIT: Final = "[0-9０-９]"
_GAP: Final = r"[ \u3000\u00a0\-‐−－ー]?"
_TWELVE: Final = re.compile(
    rf"(?<![0-9０-９A-Za-z+.]){_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{4}}(?![0-9０-９A-Za-z])"
)
_WEIGHTS: Final = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_HEADED: Final = re.compile("個人番号|マイナンバー|mynumber")


def is_my_number(twelve: str) -> bool:
    """Tell whether twelve ASCII digits are an Individual Number by their check digit."""
    rest = sum(int(d) * w for d, w in zip(twelve, _WEIGHTS, strict=False)) % 11
    return int(twelve[11]) == (0 if rest <= 1 else 11 - rest)


def is_headed(header: str) -> bool:
    """Tell whether a column says that it holds Individual Numbers.

    >>> is_headed("マイ ナンバー"), is_headed("法人番号")
    (True, False)
    """
    return _HEADED.search(fold(header)) is not None


def holds(text: str) -> bool:
    """Tell whether a text holds an Individual Number, spelled in full width or in groups too."""
    if _TWELVE.search(text) is None:  # nearly all rows
        return False
    return any(
        is_my_number("".join(str(int(ch)) for ch in found[0] if ch.isdecimal()))
        for found in _TWELVE.finditer(text)
    )


def _line(row: Sequence[Cell]) -> str:
    """Return a row as one text to be searched: of numbers of a workbook, all their digits too."""
    try:
        return "\x1f".join(row)  # type: ignore[arg-type]
    except TypeError:
        return "\x1f".join(map(_full, row))


def _full(cell: Cell) -> str:
    if isinstance(cell, str) or cell.number is None:
        return cell if isinstance(cell, str) else cell.shown
    return f"{cell.shown}\x1f{cell.number:f}" if abs(cell.number) < 10**15 else cell.shown


def in_cell(cell: Cell, *, headed: bool = False) -> bool:
    """Tell whether a cell holds one. `headed`: its column says so, where zeros at the front may have been lost."""
    text = _full(cell)
    if holds(text):
        return True
    if not headed or isinstance(cell, str) or cell.number is None:
        return False
    digits = f"{cell.number:f}"
    return digits.isdigit() and 9 <= len(digits) < 12 and is_my_number(digits.zfill(12))


class Guard:
    """見張り. What finds Individual Numbers in the rows of one sheet.

    In a register of persons any cell may hold one; in all others a column whose header says so.
    """

    def __init__(self, header: Sequence[str], *, persons: bool) -> None:
        """Look at the header."""
        self.persons = persons
        self.headed = frozenset(n for n, name in enumerate(header) if is_headed(name))
        self.watches = persons or bool(self.headed)

    def found(self, row: Sequence[Cell]) -> list[int]:
        """Return the columns of a row, from 0, that hold one."""
        if not self.headed and not holds(_line(row)):
            return []
        return [
            n
            for n, cell in enumerate(row)
            if (self.persons or n in self.headed) and in_cell(cell, headed=n in self.headed)
        ]
