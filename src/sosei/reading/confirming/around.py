"""表の見出し. What stands above and beside every cell of a table, found once for all its figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from sosei.core.figures import find_figures, read_value
from sosei.core.report import Place, Said
from sosei.core.text import fold
from sosei.reading.confirming.signs import FIGURES, NOTHING, Sign, bare, says_unit, sign, units_in
from sosei.reading.grid import Cell, Grid
from sosei.reading.vocabulary import role_of

#: So many headings over a figure are looked at; more are a column of words.
_MOST: Final = 12
#: So many rows with one and the same label, and the label says nothing of any of them.
_SEVERAL: Final = 3
#: A cell of more words is a remark, not a heading.
WORDS: Final = 40
#: What a name has and a mark before it, ①, has not.
_LETTER: Final = re.compile(r"[^\W\d_]")
_NO_ROLE: Final[frozenset[str]] = frozenset()
_NO_YEAR: Final[frozenset[int]] = frozenset()
_PROJECT: Final = frozenset({"project"})


class Heading(NamedTuple):
    """見出し. A cell of words, and what they say."""

    cell: Cell
    says: Sign


Headings = tuple[Heading, ...]


class Side(NamedTuple):
    """片側の見出し. What headings on one side of a figure say together: the nearest that says it first.

    `roles`: of figures; `years`: of one year, or of a role; `plain`: the same but for headings of other things; `units`.
    """

    roles: frozenset[str]
    years: frozenset[int]
    plain: frozenset[int]
    units: tuple[str, ...]


def side_of(signs: Sequence[Sign]) -> Side:
    """Return what signs say together, the nearest first."""
    roles = next((one.roles & FIGURES for one in signs if one.roles & FIGURES), _NO_ROLE)
    dated = [one for one in signs if len(one.years) == 1 or (one.years and one.roles)]
    plain = [one for one in dated if one.roles & FIGURES or not one.roles]
    return Side(
        roles,
        dated[0].years if dated else _NO_YEAR,
        plain[0].years if plain else _NO_YEAR,
        tuple(unit for one in signs for unit in one.units),
    )


class Row:
    """行. The cells of one row that hold anything, left to right: headings, figures, and what they are."""

    def __init__(self, table: Table, number: int) -> None:
        """Sort the cells of a row."""
        self.cells = table.grid.filled(number)
        self.headings: list[Heading] = []
        #: Of each heading, whether a figure stands between it and the heading before.
        self.parted: list[bool] = []
        figure = False
        for cell in self.cells:
            if table.is_figure(cell):
                figure = True
            elif (says := table.says(cell)) != NOTHING and cell.column not in table.idle:
                self.headings.append(Heading(cell, says))
                self.parted.append(figure)
                figure = False
        self._beside: dict[int, Headings] = {}

    def beside(self, column: int) -> Headings:
        """Return the headings to the left of a column, the nearest first, up to the figures before them."""
        last = len(self.headings) - 1
        while last >= 0 and self.headings[last].cell.column >= column:
            last -= 1
        found = self._beside.get(last)
        if found is None:
            found = self._beside[last] = tuple(self._leftwards(last))
        return found

    def _leftwards(self, at: int) -> Iterator[Heading]:
        told = False
        for number in range(at, -1, -1):
            yield self.headings[number]
            says = self.headings[number].says
            told = told or bool(says.roles or says.years)
            if told and self.parted[number]:
                return


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
        #: Answers to what many figures ask alike.
        self.asked: dict[tuple[object, ...], bool] = {}
        self._figures: dict[int, bool] = {}
        self._named: dict[int, list[Cell]] = {}
        self._above: dict[int, list[Headings]] = {}
        self._over: dict[int, Over] = {}
        self._rows: dict[int, Row] = {}
        self._sides: dict[int, Side] = {}
        self._dated: dict[tuple[int, frozenset[str]], list[tuple[Cell, frozenset[int]]]] = {}
        self._beside_units: dict[int, list[tuple[Cell, tuple[str, ...]]]] = {}
        self._names: dict[int, list[Cell]] = {}
        self._units: dict[int, list[Cell]] = {}

    def row(self, number: int) -> Row:
        """Return a row."""
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = Row(self, number)
        return found

    def side(self, headings: Headings, but: Sequence[Cell]) -> Side:
        """Return what headings say together, but for the cells in which the indicator's name stands."""
        if any(one.cell is name for one in headings for name in but):
            return side_of([h.says for h in headings if not any(h.cell is one for one in but)])
        found = self._sides.get(id(headings))
        if found is None:
            found = self._sides[id(headings)] = side_of([one.says for one in headings])
        return found

    def says(self, cell: Cell) -> Sign:
        """Return what a cell's words say."""
        return sign(cell.text, self._near)

    def is_figure(self, cell: Cell) -> bool:
        """Whether a cell holds a figure or says that there is none; a year is a heading."""
        found = self._figures.get(id(cell))
        if found is None:
            found = self._figures[id(cell)] = _is_figure(cell)
        return found

    def above(self, cell: Cell) -> Headings:
        """Return the headings over a cell, the nearest first, up to the figures of another table."""
        column = self._above.get(cell.column)
        if column is None:
            column = self._above[cell.column] = self._downwards(cell.column)
        return column[cell.row] if cell.row < len(column) else ()

    def over(self, cell: Cell) -> Over:
        """Return the roles of the two nearest headings over a cell that name any."""
        above = self.above(cell)
        found = self._over.get(id(above))
        if found is None:
            roles = [one.says.roles for one in above if one.says.roles][:2]
            found = self._over[id(above)] = Over(*[*roles, _NO_ROLE, _NO_ROLE][:2])
        return found

    def dated_by(self, row: int, wanted: frozenset[str]) -> list[tuple[Cell, frozenset[int]]]:
        """Return the cells of a row that stand under 目標年度 or the like, with their years."""
        found = self._dated.get((row, wanted))
        if found is None:
            cells = [one for one in self.grid.filled(row) if self.over(one).either & wanted]
            found = self._dated[row, wanted] = [(one, self.says(one).years) for one in cells]
        return found

    def names(self, row: int) -> list[Cell]:
        """Return the cells of a row that stand under 指標, or under 名称 of 指標."""
        return self._row(row, self._names, self._is_name)

    def is_headed(self, cell: Cell) -> bool:
        """Whether a cell stands under 指標, or under 名称 of 指標."""
        just, following = self.over(cell)
        return "indicator" in just or (just == _PROJECT and "indicator" in following)

    def _is_name(self, cell: Cell) -> bool:
        worded = self.is_headed(cell) and _LETTER.search(fold(cell.text)) is not None
        return worded and not self.is_figure(cell) and self.says(cell) == NOTHING

    def units(self, row: int) -> list[Cell]:
        """Return the cells of a row that stand under 単位 and say one."""
        return self._row(row, self._units, self._is_unit)

    def _is_unit(self, cell: Cell) -> bool:
        return (
            len(cell.text) < WORDS
            and "unit" in self.over(cell).either
            and role_of(cell.text) != "unit"
            and says_unit(bare(cell.text))
        )

    def other_units(self, row: int) -> list[tuple[Cell, tuple[str, ...]]]:
        """Return the cells of few words of a row with the units they state: words theirs, figures that behind them, but %."""
        found = self._beside_units.get(row)
        if found is None:
            cells = [one for one in self.grid.filled(row) if len(one.text) < WORDS]
            found = self._beside_units[row] = [(one, self._stated(one)) for one in cells]
        return found

    def _stated(self, cell: Cell) -> tuple[str, ...]:
        if not self.is_figure(cell):
            return tuple(units_in(cell.text))
        units = (one.figure.unit for one in find_figures(cell.text))
        return tuple(unit for unit in units if unit and unit != "%")

    def _row(
        self, row: int, known: dict[int, list[Cell]], wanted: Callable[[Cell], bool]
    ) -> list[Cell]:
        found = known.get(row)
        if found is None:
            found = known[row] = list(filter(wanted, self.grid.filled(row)))
        return found

    def _downwards(self, column: int) -> list[Headings]:
        """Return of each row what stands above it in a column."""
        found: list[Headings] = []
        over: Headings = ()
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

    @cached_property
    def idle(self) -> frozenset[int]:
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
    def roles(self) -> frozenset[str]:
        """The roles that any cell of few words names."""
        found = {role_of(one.text) for one in self.grid.cells if len(one.text) < WORDS}
        return frozenset(role for role in found if role is not None)

    def dated(self, row: int) -> int:
        """Return over how many columns a year stands above a row."""
        return sum(first < row for first in self._years.values())

    def beside_year(self, column: int) -> frozenset[str]:
        """Return the roles of figures named by the headings in the row of a column's first year; 現状 with a year is that year's."""
        row = self._years.get(column)
        signs = [] if row is None else [self.says(one) for one in self.grid.filled(row)]
        roles = (
            role
            for one in signs
            for role in one.roles & FIGURES
            if not one.years or role != "current"
        )
        return frozenset(roles)

    def first_year(self, row: int) -> int | None:
        """Return the first of the years that stand above a row."""
        above = [
            self.grid.at(first, column) for column, first in self._years.items() if first < row
        ]
        said = [self.says(cell).years for cell in above if cell is not None]
        return min((year for years in said for year in years), default=None)

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
        known = self._named.get(id(name))
        if known is None:
            places = name.place if name is not None else ()
            cells = [cell for place in places for cell in self._places.get(place, ())]
            known = self._named[id(name)] = list({id(cell): cell for cell in cells}.values())
        return known

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
