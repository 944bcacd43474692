"""版面の表. Tables as the template takes them, with column widths that no figure overflows.

Widths are chosen here, once, from the font's own measures: typst would have to lay out every cell twice to find them,
and would still let a number run over the border of a column that is too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sosei.publishing.forms.pdffont import measure
from sosei.publishing.forms.pdfink import fit, longest_run

#: Width of the text area in points: A4 landscape less two margins of 15 mm.
TOTAL: Final = 756.8
#: What the rules and the space inside a cell take of its width, in points.
PADDING: Final = 9.0
#: Sizes of type in points, tried from the largest; official documents are set in 9 points or more where they can.
SIZES: Final = (9.0, 8.0, 7.0, 6.0, 5.0)
#: Share of the room that bold type leaves for what is measured in the regular weight.
BOLD: Final = 0.9
#: Ems that a column of words keeps even where the figures want everything.
_LEAST: Final = 4.0
#: Ems beyond which a column of words asks for no more room.
_MOST: Final = 34.0
#: Ems up to which a figure is kept on one line together with its unit.
_FIGURE: Final = 17.0

#: Ems that the mark of a list's items takes.
_BULLET: Final = 1.15

Block = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: its paragraphs, and what it is: l label, x words, n figure (right), c centred, p page number.

    `level`: its first line is also a heading of the outline; `mark`: its lines are a list, drawn with it; `whole`: the rows that it
    spans stay on one page; `target`: the project (from 0) whose page a page number tells.
    """

    lines: tuple[str, ...] = ()
    kind: str = "x"
    columns: int = 1
    rows: int = 1
    level: int = 0
    mark: str = ""
    whole: bool = False
    target: int | None = None

    @property
    def length(self) -> int:
        """How many signs stand in it."""
        return sum(map(len, self.lines))

    def laid(self, room: float | None) -> Any:
        """Return the cell as the template takes it: a bare string where there is nothing special about it.

        `room`: ems that a line has, None where every line is known to fit.
        """
        lines = self.lines
        if room is not None:
            room = room * (BOLD if self.level else 1) - (_BULLET if self.mark else 0)
            lines = tuple([fit(line, room) for line in lines])
        if self.columns == self.rows == 1 and not (self.level or self.mark):
            if self.kind == "x" and len(lines) < 2:
                return lines[0] if lines else ""
            if self.target is None:
                return {"k": self.kind, "p": lines}
        form = {
            "c": self.columns,
            "r": self.rows,
            "h": self.level,
            "m": self.mark,
            "u": self.whole,
            "n": self.target,
            "t": self.lines[0] if self.level else None,
        }
        usual = {"c": 1, "r": 1, "h": 0, "m": "", "u": False, "n": None, "t": None}
        return {"k": self.kind, "p": lines} | {
            key: value for key, value in form.items() if value != usual[key]
        }


def words(*lines: str | None) -> Cell:
    """Return a cell of words; what is None leaves no line."""
    return Cell(lines=tuple(line for line in lines if line is not None))


def figure(*lines: str | None) -> Cell:
    """Return a cell that is set to the right and never broken."""
    return Cell(lines=tuple(line for line in lines if line is not None), kind="n")


def head(text: str, *, columns: int = 1) -> Cell:
    """Return a cell that names what stands beside or below it."""
    return Cell(lines=(text,), kind="l", columns=columns)


def table(
    header: Sequence[Sequence[Cell]],
    rows: Sequence[Sequence[Cell]],
    *,
    grid: Sequence[float] | None = None,
) -> Block:
    """Return a table; `grid` gives the columns' shares of the width where their content should not decide.

    Rows may leave out cells that a cell above or to the left covers.
    """
    placed = _places([*header, *rows])
    if grid:
        size, roomy = SIZES[0], [False] * len(grid)
        widths = [TOTAL * share / sum(grid) for share in grid]
    else:
        size, widths, roomy = _chosen(placed)
    laid = [
        [
            cell.laid(
                None
                if cell.kind == "n" and roomy[column]
                else (sum(widths[column : column + cell.columns]) - PADDING) / size
            )
            for column, cell in line
        ]
        for line in placed
    ]
    return {
        "k": "t",
        "s": size,
        "w": [round(width, 1) for width in widths],
        "head": laid[: len(header)],
        "rows": laid[len(header) :],
    }


Placed = list[list[tuple[int, Cell]]]


def _places(rows: Sequence[Sequence[Cell]]) -> Placed:
    """Return every row's cells with the column each begins in, past the cells that reach down from above."""
    taken: dict[int, int] = {}
    placed = []
    for row in rows:
        column, line = 0, []
        for cell in row:
            while taken.get(column, 0) > 0:
                column += 1
            line.append((column, cell))
            if cell.rows > 1:
                for covered in range(column, column + cell.columns):
                    taken[covered] = cell.rows
            column += cell.columns
        placed.append(line)
        if taken:
            taken = {column: left - 1 for column, left in taken.items() if left > 1}
    return placed


def _chosen(placed: Placed) -> tuple[float, list[float], list[bool]]:
    """Return the size of type, the columns' widths in points, and which columns hold all their figures unbroken."""
    least, wanted, elastic, longest = _needs(placed)
    for size in SIZES:
        room = (TOTAL - PADDING * len(least)) / size
        if sum(least) <= room or size == SIZES[-1]:
            break
    shares = _shared(least, wanted, elastic, room)
    roomy = [figures <= share for figures, share in zip(longest, shares, strict=True)]
    return size, [share * size + PADDING for share in shares], roomy


def _needs(placed: Placed) -> tuple[list[float], list[float], list[bool], list[float]]:
    """Return for each column the least it can do with, what it would like, if it holds words, its longest figure."""
    columns = max(column + cell.columns for line in placed for column, cell in line)
    least, wanted = [_LEAST] * columns, [_LEAST] * columns
    elastic, longest = [False] * columns, [0.0] * columns
    for line in placed:
        for column, cell in line:
            if cell.columns > 1 or not cell.lines:
                continue
            natural = max(map(measure, cell.lines)) + 0.2
            wanted[column] = max(wanted[column], min(natural, _MOST))
            if cell.kind == "n":
                longest[column] = max(longest[column], natural)
                need = (
                    natural if natural <= _FIGURE else max(_FIGURE, *map(longest_run, cell.lines))
                )
                least[column] = max(least[column], min(natural, need))
            elif natural > least[column]:
                run = max(map(longest_run, cell.lines))
                least[column] = max(least[column], min(run, _LEAST * 2))
                elastic[column] |= cell.kind == "x"
    return least, [max(pair) for pair in zip(least, wanted, strict=True)], elastic, longest


def _shared(
    least: list[float], wanted: list[float], elastic: list[bool], room: float
) -> list[float]:
    """Share the room: everyone's least, then towards what each would like, then the rest to the words."""
    if sum(least) > room:
        return [width * room / sum(least) for width in least]
    if sum(wanted) > room:
        more = (room - sum(least)) / (sum(wanted) - sum(least))
        return [a + (b - a) * more for a, b in zip(least, wanted, strict=True)]
    takers = [w * w if e else 0.0 for w, e in zip(wanted, elastic, strict=True)]
    if not any(takers):
        takers = wanted
    return [w + (room - sum(wanted)) * t / sum(takers) for w, t in zip(wanted, takers, strict=True)]
