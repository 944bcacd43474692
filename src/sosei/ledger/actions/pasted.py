"""貼り付けを読む. A block copied from a spreadsheet, laid over the rows of a grid by their names or in order; its total row checked."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from io import StringIO
from typing import Final

from sosei.core.errors import SoseiError
from sosei.core.figures import find_figures, read_value
from sosei.core.shown import show_number
from sosei.core.text import fold
from sosei.ledger.objections import (
    CellProblem,
    LinesDoNotAdd,
    NoRowLeft,
    SeveralRows,
    TooMuchPasted,
)
from sosei.ledger.queries.grid import Cell, Grid, GridRow

#: The most that is looked at of a paste: far more than a grid has rows, far less than keeps a server busy.
ROWS: Final = 2_000
LENGTH: Final = 120_000
_TOTALS: Final = frozenset({"合計", "計", "小計", "総計", "合計額", "total", "sum"})
_HEADS: Final = ("実績", "決算", "今年度", "本年度", "actual")
_FIELDS: Final = ("typed", "state", "expected", "note")
_STATES: Final = {
    "確定": "final", "確報": "final", "速報": "preliminary", "見込": "forecast", "見込み": "forecast",
    "final": "final", "preliminary": "preliminary", "forecast": "forecast",
}  # fmt: skip


@dataclass(slots=True)
class Laid:
    """貼り付けの結果. The cells of the rows that a block fills, and what of it has no place; `totals`: checked and right."""

    cells: dict[str, Cell] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    totals: int = 0


def block_of(text: str) -> list[list[str]]:
    """Return the rows of a block as a spreadsheet puts it on the clipboard: tabs, quotes, any line ends; blank rows left out.

    Raises TooMuchPasted, before anything is looked at.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(plain) > LENGTH or plain.count("\n") > ROWS:
        raise TooMuchPasted(
            rows=f"{plain.count(chr(10)):,}", length=f"{len(plain):,}", most_rows=f"{ROWS:,}",
            most=f"{LENGTH:,}",
        )  # fmt: skip
    rows = csv.reader(StringIO(plain), delimiter="\t", quotechar='"')
    found = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [row for row in found if any(row)]


def lay(grid: Grid, cells: Mapping[str, Cell], text: str) -> Laid:
    """Lay a pasted block over a grid: by name where its rows name the grid's, else in order.

    `cells`: what the rows hold that the person has before him. In order only these are filled; a name finds any row.
    """
    try:
        block = block_of(text)
    except TooMuchPasted as error:
        return Laid(problems=[_problem(error)])
    names = _Names(grid, block)
    by_name = sum(one.at is not None for one in names.lines)
    if by_name and by_name * 2 >= len(block) - 1:
        return _by_name(names, cells)
    rows = [row for row in grid.rows if row.lock is None and row.key in cells]
    return _in_order(rows, cells, block)


def lay_extra(grid: Grid, cells: Mapping[str, Cell], text: str) -> Laid:
    """Look at rows of a block for which the grid had none left: totals are checked, anything else is a problem."""
    laid = Laid(cells=dict(cells))
    try:
        block = block_of(text)
    except TooMuchPasted as error:
        return replace(laid, problems=[_problem(error)])
    for line in block:
        _total(laid, list(grid.rows), line)
    return laid


@dataclass(frozen=True, slots=True)
class _Line:
    """貼り付けた行. Where in it a row's name stands (None: nowhere), and which rows it can be."""

    cells: Sequence[str]
    at: int | None
    rows: tuple[GridRow, ...] = ()

    @property
    def words(self) -> str:
        """What stands in it."""
        return " ".join(cell for cell in self.cells if cell)


class _Names:
    """行の名前. Which rows the lines of a block name.

    A name that stands in several projects is told apart by the project that the line, or one above it, names; by the
    unit; or, where the block has as many lines of the name as the grid, by their order. Rows that are locked count, so
    that a figure of theirs never falls to another project.
    """

    def __init__(self, grid: Grid, block: Sequence[Sequence[str]]) -> None:
        self.open = [row for row in grid.rows if row.lock is None]
        self._rows: dict[str, list[GridRow]] = defaultdict(list)
        for row in grid.rows:
            self._rows[fold(row.name)].append(row)
        self._projects: dict[str, set[int]] = defaultdict(set)
        for group in grid.groups:
            self._projects[fold(group.name)].add(group.entry)
        self._project: set[int] | None = None
        self.lines = [self._line(cells) for cells in block]
        self._times = Counter(_keys(line.rows) for line in self.lines)
        self._nth: Counter[tuple[str, ...]] = Counter()

    def _line(self, cells: Sequence[str]) -> _Line:
        said = [self._projects[fold(cell)] for cell in cells if fold(cell) in self._projects]
        self._project = said[0] if said else self._project
        at = next((i for i, cell in enumerate(cells) if fold(cell) in self._rows), None)
        if at is None:
            return _Line(cells, None)
        rows = self._rows[fold(cells[at])]
        if self._project is not None:
            rows = [row for row in rows if row.entry in self._project]
        units = {fold(cell) for cell in cells}
        return _Line(cells, at, tuple([r for r in rows if fold(r.unit or "") in units] or rows))

    def heads(self, line: _Line) -> bool:
        """Whether a line names a project and holds no figure."""
        named = any(fold(cell) in self._projects for cell in line.cells)
        return named and all(_number(cell) is None for cell in line.cells)

    def of(self, line: _Line) -> tuple[GridRow, ...]:
        """Return the row that a line is about: none, one, or all it could be. Ask once for each line, in order."""
        key = _keys(line.rows)
        if self._times[key] != len(key):
            return line.rows
        self._nth[key] += 1
        return (line.rows[self._nth[key] - 1],)


def _keys(rows: Iterable[GridRow]) -> tuple[str, ...]:
    return tuple(row.key for row in rows)


def _by_name(names: _Names, cells: Mapping[str, Cell]) -> Laid:
    laid = Laid()
    column: int | None = None
    for line in names.lines:
        if line.at is not None:
            _named(laid, names, line, cells, column)
        elif _head(line.cells) is not None:
            column = _head(line.cells) if column is None and not laid.cells else column
        elif not names.heads(line):
            _total(laid, names.open, line.cells)
    return laid


def _named(
    laid: Laid, names: _Names, line: _Line, cells: Mapping[str, Cell], column: int | None
) -> None:
    """Lay a line into the row it names; where that is none, or could be several, say so: nothing is lost in silence."""
    rows = names.of(line)
    row = rows[0] if len(rows) == 1 else None
    free = row is not None and row.lock is None and row.key not in laid.cells
    if row is None or not free:
        if _is_total(line.cells):
            _total(laid, names.open, line.cells)
        else:
            laid.problems.append(_lost(line.words) if len(rows) < 2 else _several(line, rows))
        return
    figure = _figure_of(row, line.cells, line.at or 0, column)
    if figure is None:
        laid.problems.append(_lost(line.words))
    else:
        laid.cells[row.key] = replace(cells.get(row.key, row.cell), typed=figure)


def _head(line: Sequence[str]) -> int | None:
    """Return the column that a row of headings names as the one to be taken."""
    return next((i for i, c in enumerate(line) if any(head in fold(c) for head in _HEADS)), None)


def _figure_of(row: GridRow, line: Sequence[str], at: int, column: int | None) -> str | None:
    """Return the figure that stands beside a name: in the column named, or the only one there is."""
    if column is not None and column < len(line):
        return line[column]
    beside = [c for c in line[at + 1 :] if c and fold(c) != fold(row.unit or "")]
    return beside[0] if len(beside) == 1 else None


def _in_order(
    rows: Sequence[GridRow], cells: Mapping[str, Cell], block: Sequence[Sequence[str]]
) -> Laid:
    laid, left = Laid(), list(rows)
    for line in block:
        if _is_total(line) and not (left and left[0].kind == "total"):
            _total(laid, rows, line)
        elif left:
            row = left.pop(0)
            laid.cells[row.key] = _filled(cells[row.key], line)
        else:
            _total(laid, rows, line)
    return laid


def _filled(cell: Cell, line: Sequence[str]) -> Cell:
    said = dict(zip(_FIELDS, (c.strip() for c in line), strict=False))
    if "state" in said:
        said["state"] = _STATES.get(fold(said["state"]).rstrip("値"), cell.state)
    return replace(cell, **{name: text for name, text in said.items() if text})


def _is_total(line: Sequence[str]) -> bool:
    return any(fold(cell) in _TOTALS for cell in line)


def _total(laid: Laid, rows: Sequence[GridRow], line: Sequence[str]) -> None:
    """Compare a row that no row is left for with the sum of what was laid; it is written nowhere."""
    numbers = [n for cell in line if (n := _number(cell)) is not None]
    if not numbers:
        laid.problems.append(_lost(" ".join(line)))
        return
    sums = _sums(laid, rows)
    if numbers[0] in sums:
        laid.totals += 1
    elif _is_total(line) and sums:
        laid.problems.append(_differs(numbers[0], sums[0]))
    else:
        laid.problems.append(_lost(" ".join(line)))


def _sums(laid: Laid, rows: Sequence[GridRow]) -> list[Decimal]:
    """Return what the laid figures add up to: all of them, and the amounts of each project."""
    found: dict[object, list[Decimal]] = {}
    for row in rows:
        number = _number(laid.cells[row.key].typed) if row.key in laid.cells else None
        if number is None or row.kind == "total":
            continue
        for group in (
            "all",
            ("unit", row.unit),
            ("money", row.entry) if row.kind == "money" else "all money",
        ):
            found.setdefault(group, []).append(number)
    return [sum(numbers, Decimal(0)) for numbers in found.values()]


def _number(text: str) -> Decimal | None:
    value = read_value(text)
    if value.number is not None:
        return value.number
    figures = find_figures(text)
    return figures[0].figure.number if len(figures) == 1 else None


def _differs(total: Decimal, summed: Decimal) -> CellProblem:
    error = LinesDoNotAdd(
        what="貼り付けた表", name="合計", total=show_number(total), sum=show_number(summed),
        gap=show_number(total - summed),
    )  # fmt: skip
    return CellProblem(code=error.code, ja=error.sentence(), en=error.sentence("en"), kind="doubt")


def _several(line: _Line, rows: Sequence[GridRow]) -> CellProblem:
    return _problem(SeveralRows(line=line.words, name=rows[0].name, count=len(rows)))


def _lost(line: str) -> CellProblem:
    error = NoRowLeft(line=line)
    return _problem(error)


def _problem(error: SoseiError) -> CellProblem:
    return CellProblem(code=error.code, ja=error.sentence(), en=error.sentence("en"))
