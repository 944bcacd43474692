"""欄. The fields of a line of text between equal signs (commas, tabs), as cells that know their offsets once they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sosei.core.report import Place
from sosei.reading.grid import Cell


@dataclass(slots=True)
class _Spot:
    """Where the fields of a line stand: the line, what parts it, and where in the file it begins."""

    exact: ClassVar[bool] = True

    marked: str | None
    line: str
    sign: str
    start: int

    def place(self, row: int, column: int) -> Place:
        """Return the offsets of a field, blanks around it left out."""
        del row
        before = self.line.split(self.sign, column + 1)[: column + 1]
        field = before.pop()
        start = self.start + sum(map(len, before)) + column + len(field) - len(field.lstrip())
        return Place(source=self.marked, start=start, end=start + len(field.strip()))


def cells_of(line: str, sign: str, *, row: int, start: int, marked: str | None) -> list[Cell]:
    """Return the fields of a line as cells, without blanks around. `start`: the line's offset in its file.

    >>> [(cell.text, cell.words.places[0].start) for cell in cells_of("事業, 人 ,", ",", row=0, start=10, marked=None)]
    [('事業', 10), ('人', 14), ('', 17)]
    """
    spot = _Spot(marked, line, sign, start)
    return [
        Cell(row, column, field.strip(), 1, 1, False, None, None, False, False, spot)
        for column, field in enumerate(line.split(sign))
    ]
