"""表の見出し. What stands above and beside every cell of a table, found once for all its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from sosei.core.figures import find_figures, read_value
from sosei.core.report import Place, Said
from sosei.reading.confirming.signs import NOTHING, Sign, bare, says_unit, sign
from sosei.reading.grid import Cell, Grid
from sosei.reading.vocabulary import role_of

#: So many headings over a figure are looked at; more are a column of words.
_MOST: Final = 12
#: So many rows with one and the same label, and the label says nothing of any of them.
_SEVERAL: Final = 3
#: A cell of more words is a remark, not a heading.
WORDS: Final = 40
_NO_ROLE: Final[frozenset[str]] = frozenset()
_PROJECT: Final = frozenset({"project"})


class Heading(NamedTuple):
    """見出し. A cell of words, and what they say."""

    cell: Cell
    says: Sign


class Over(NamedTuple):
    """上の見出しの役割. The roles of the nearest heading over a cell that names any, and of the next one."""

    just: frozenset[str]
    next: frozenset[str]

    @property
    def either(self) -> frozenset[str]:
        """Both."""
        return self.just | self.next


class Table:
    """表. A grid as the second look sees it; `near`: a year for years without an era."""

    def __init__(self, grid: Grid, near: int | None) -> None:
        """Take a grid; what is found of it is found when it is first asked for."""
        self.grid, self._near = grid, near
        self._figures: dict[int, bool] = {}
        self._above: dict[int, list[tuple[Heading, ...]]] = {}
        self._over: dict[int, Over] = {}
        self._names: dict[int, list[Cell]] = {}
        self._units: dict[int, list[Cell]] = {}

    def says(self, cell: Cell) -> Sign:
        """Return what a cell's words say."""
        return sign(cell.text, self._near)

    def is_figure(self, cell: Cell) -> bool:
        """Whether a cell holds a figure or says that there is none; a year is a heading."""
        found = self._figures.get(id(cell))
        if found is None:
            found = self._figures[id(cell)] = _is_figure(cell)
        return found

    def above(self, cell: Cell) -> tuple[Heading, ...]:
        """Return the headings over a cell, the nearest first, up to the figures of another table."""
        column = self._above.get(cell.column)
        if column is None:
            column = self._above[cell.column] = self._downwards(cell.column)
        return column[cell.row] if cell.row < len(column) else ()

    def over(self, cell: Cell) -> Over:
        """Return the roles of the two nearest headings over a cell that name any."""
        found = self._over.get(id(cell))
        if found is None:
            roles = [one.says.roles for one in self.above(cell) if one.says.roles][:2]
            found = self._over[id(cell)] = Over(*[*roles, _NO_ROLE, _NO_ROLE][:2])
        return found

    def names(self, row: int) -> list[Cell]:
        """Return the cells of a row that stand under 指標, or under 名称 of 指標."""
        return self._row(row, self._names, self._is_name)

    def _is_name(self, cell: Cell) -> bool:
        if self.is_figure(cell) or self.says(cell) != NOTHING:
            return False
        just, following = self.over(cell)
        return "indicator" in just or (just == _PROJECT and "indicator" in following)

    def units(self, row: int) -> list[Cell]:
        """Return the cells of a row that stand under 単位 and say one."""
        return self._row(row, self._units, self._is_unit)

    def _is_unit(self, cell: Cell) -> bool:
        return (
            len(cell.text) < WORDS
            and "unit" in self.over(cell).either
            and says_unit(bare(cell.text))
        )

    def _row(
        self, row: int, known: dict[int, list[Cell]], wanted: Callable[[Cell], bool]
    ) -> list[Cell]:
        found = known.get(row)
        if found is None:
            found = known[row] = list(filter(wanted, self.grid.filled(row)))
        return found

    def _downwards(self, column: int) -> list[tuple[Heading, ...]]:
        """Return of each row what stands above it in a column."""
        found: list[tuple[Heading, ...]] = []
        over: tuple[Heading, ...] = ()
        last: Cell | None = None
        parted = False
        for row in range(self.grid.rows):
            found.append(over)
            cell = self.grid.at(row, column)
            if cell is None or cell is last or not cell.words:
                continue
            last = cell
            if self.is_figure(cell):
                parted = True
            elif (says := self.says(cell)) != NOTHING:
                begins = parted and bool(says.roles or says.years)
                over = (Heading(cell, says), *(() if begins else over[: _MOST - 1]))
                parted = False
        return found

    def beside(self, cell: Cell) -> Iterator[Heading]:
        """Yield the headings to the left of a cell, the nearest first, but for what is the same in every row."""
        last, found = None, False
        for column in range(cell.column - 1, -1, -1):
            one = self.grid.at(cell.row, column)
            if one is None or one is last or not one.words or column in self._idle:
                continue
            last = one
            if self.is_figure(one):
                if found:
                    return
            elif (says := self.says(one)) != NOTHING:
                found = found or bool(says.roles or says.years)
                yield Heading(one, says)

    @cached_property
    def _idle(self) -> frozenset[int]:
        """The columns that have one and the same label in every row."""
        texts: dict[int, list[str]] = defaultdict(list)
        for one in self.grid.cells:
            if one.words:
                texts[one.column].append(one.text)
        return frozenset(
            column
            for column, said in texts.items()
            if len(said) > _SEVERAL and len(set(said[1:])) == 1
        )

    @cached_property
    def roles(self) -> frozenset[str | None]:
        """The roles that any cell of few words names."""
        return frozenset(role_of(one.text) for one in self.grid.cells if len(one.text) < WORDS)

    def dated(self, row: int) -> int:
        """Return over how many columns a year stands above a row."""
        return sum(first < row for first in self._years.values())

    @cached_property
    def _years(self) -> dict[int, int]:
        """The first row of each column that says a year."""
        found: dict[int, int] = {}
        for one in self.grid.cells:
            if (
                one.row < found.get(one.column, self.grid.rows)
                and self.says(one).years
                and not self.is_figure(one)
            ):
                found[one.column] = one.row
        return found

    def named(self, name: Said | None) -> list[Cell]:
        """Return the cells in which a name stands."""
        found = [
            cell for place in (name.place if name else ()) for cell in self._places.get(place, ())
        ]
        return list({id(cell): cell for cell in found}.values())

    @cached_property
    def _places(self) -> dict[Place, list[Cell]]:
        found: dict[Place, list[Cell]] = defaultdict(list)
        for cell in self.grid.cells:
            for run in cell.words.runs:
                found[run.place].append(cell)
        return found


def _is_figure(cell: Cell) -> bool:
    value = read_value(cell.text)
    if value.number is None:
        return value.gap is not None
    return not sign(cell.text, None).years or find_figures(cell.text) != []
