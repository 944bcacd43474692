"""表の見出し. What stands above and beside every cell of a table, found once for all its figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from sosei.core.figures import find_figures, is_figure_or_gap
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
Roles = frozenset[str]
NO_ROLE: Final[Roles] = frozenset()
_NO_YEAR: Final[frozenset[int]] = frozenset()
_PROJECT: Final = frozenset({"project"})
#: What a heading says of the cells below it where they date figures.
_DATES: Final = frozenset({"due", "year", "when"})
_ASKED: Final = _DATES | {"unit"}
#: By far the most of a table's cells: digits and nothing else.
PLAIN: Final = re.compile(r"-?[0-9]{1,3}(?:(?:,[0-9]{3})+|[0-9]*)(?:\.[0-9]+)?")
#: Digits that are a figure, whatever they may be as a year.
_DIGITS: Final = 15


class Heading(NamedTuple):
    """見出し. A cell of words, and what they say."""

    cell: Cell
    says: Sign


Headings = tuple[Heading, ...]


class Side(NamedTuple):
    """片側の見出し. What headings on one side of a figure say together: the nearest that says it first.

    `roles`: of figures; `years`: of one year, or of a role; `plain`: the same but for headings of other things; `units`.
    """

    roles: Roles
    years: frozenset[int]
    plain: frozenset[int]
    units: tuple[str, ...]


def side_of(signs: Sequence[Sign]) -> Side:
    """Return what signs say together, the nearest first."""
    roles = next((one.roles & FIGURES for one in signs if one.roles & FIGURES), NO_ROLE)
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
    """上の見出しの役割. The roles of the nearest heading over a cell that names any, together with those of the next one.

    `names`: what stands below is a name; `asks`: it is one, or a unit or a date.
    """

    either: Roles
    names: bool
    asks: bool


def over_of(just: Roles, following: Roles) -> Over:
    """Return what the nearest heading's roles and the next one's make of a cell."""
    either = just | following
    names = "indicator" in just or (just == _PROJECT and "indicator" in following)
    return Over(either, names, names or bool(either & _ASKED))


def _names_unit(text: str) -> bool:
    return len(text) < WORDS and role_of(text) != "unit" and says_unit(bare(text))


class _Columns:
    """列ごとの見出し. What stands above the row at hand, by column, the nearest first."""

    def __init__(self, table: Table) -> None:
        self.over: dict[int, Headings] = {}
        self._table = table
        self._last: dict[int, Cell] = {}
        self._parted: set[int] = set()

    def take(self, covered: Mapping[int, Cell]) -> None:
        """Take a row: its headings stand over what follows; figures part them from the headings of another table."""
        table, last = self._table, self._last
        for column, cell in covered.items():
            if last.get(column) is cell or not cell.text.strip():
                continue
            last[column] = cell
            if table.is_figure(cell):
                self._parted.add(column)
            elif (says := table.says(cell)) != NOTHING:
                begins = column in self._parted and bool(says.roles or says.years)
                over = () if begins else self.over.get(column, ())[: _MOST - 1]
                self.over[column] = (Heading(cell, says), *over)
                self._parted.discard(column)


class Table:
    """表. A grid as the second look sees it; `near`: a year for years without an era."""

    def __init__(self, grid: Grid, near: int | None) -> None:
        """Take a grid, and pass once downwards over it."""
        self.grid, self._near = grid, near
        #: Answers to what many figures ask alike.
        self.asked: dict[tuple[object, ...], bool] = {}
        self._figures: dict[int, bool] = {}
        self._named: dict[int, list[Cell]] = {}
        self._above: dict[int, Headings] = {}
        self._over: dict[int, Over] = {}
        self._rows: dict[int, Row] = {}
        self._sides: dict[int, Side] = {}
        self._beside_units: dict[int, list[tuple[Cell, tuple[str, ...]]]] = {}
        #: By row: the cells under 指標, those under 単位, and those under 目標年度 or the like with the roles over them.
        self._names: defaultdict[int, list[Cell]] = defaultdict(list)
        self._units: defaultdict[int, list[Cell]] = defaultdict(list)
        self._dates: defaultdict[int, list[tuple[Cell, Roles]]] = defaultdict(list)
        self._pass()

    def _pass(self) -> None:
        """Go down all columns at once, so that every cell is looked at when what stands over it is known."""
        begins: defaultdict[int, list[Cell]] = defaultdict(list)
        for cell in self.grid.cells:
            begins[cell.row].append(cell)
        columns = _Columns(self)
        for row in range(self.grid.rows):
            for cell in begins.get(row, ()):
                above = self._above[id(cell)] = columns.over.get(cell.column, ())
                if above and (over := self._over_of(above)).asks:
                    self._sort(cell, over)
            columns.take(self.grid.covered(row))

    def _sort(self, cell: Cell, over: Over) -> None:
        """Keep a cell for its rows where the headings over it make it a name, a unit or a date."""
        if not cell.text.strip():
            return
        rows = range(cell.row, cell.row + cell.rowspan)
        if over.names and self._is_name(cell):
            for row in rows:
                self._names[row].append(cell)
        if "unit" in over.either and _names_unit(cell.text):
            for row in rows:
                self._units[row].append(cell)
        if over.either & _DATES:
            for row in rows:
                self._dates[row].append((cell, over.either))

    def _is_name(self, cell: Cell) -> bool:
        worded = _LETTER.search(fold(cell.text)) is not None
        return worded and not self.is_figure(cell) and self.says(cell) == NOTHING

    def row(self, number: int) -> Row:
        """Return a row."""
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = Row(self, number)
        return found

    def side(self, headings: Headings, but: Sequence[Cell]) -> Side:
        """Return what headings say together, but for the cells in which the indicator's name stands."""
        for name in but:
            for one in headings:
                if one.cell is name:
                    return side_of([h.says for h in headings if not any(h.cell is n for n in but)])
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
            found = self._figures[id(cell)] = _is_figure(cell.text)
        return found

    def above(self, cell: Cell) -> Headings:
        """Return the headings over a cell, the nearest first, up to the figures of another table."""
        return self._above.get(id(cell), ())

    def _over_of(self, above: Headings) -> Over:
        """Return the roles of the two nearest headings that name any."""
        found = self._over.get(id(above))
        if found is None:
            roles = [one.says.roles for one in above if one.says.roles][:2]
            just, following = [*roles, NO_ROLE, NO_ROLE][:2]
            found = self._over[id(above)] = over_of(just, following)
        return found

    def dated_by(self, row: int, wanted: frozenset[str]) -> list[tuple[Cell, frozenset[int]]]:
        """Return the cells of a row that stand under 目標年度 or the like, with their years."""
        return [
            (cell, self.says(cell).years)
            for cell, roles in self._dates.get(row, ())
            if roles & wanted
        ]

    def names(self, row: int) -> Sequence[Cell]:
        """Return the cells of a row that stand under 指標, or under 名称 of 指標."""
        return self._names.get(row, ())

    def is_headed(self, cell: Cell) -> bool:
        """Whether a cell stands under 指標, or under 名称 of 指標."""
        return self._over_of(self.above(cell)).names

    def units(self, row: int) -> Sequence[Cell]:
        """Return the cells of a row that stand under 単位 and say one."""
        return self._units.get(row, ())

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
        if PLAIN.fullmatch(cell.text):
            return ()
        units = (one.figure.unit for one in find_figures(cell.text))
        return tuple(unit for unit in units if unit and unit != "%")

    @cached_property
    def idle(self) -> frozenset[int]:
        """The columns that have one and the same label in every row."""
        texts: dict[int, list[str]] = defaultdict(list)
        for one in self.grid.cells:
            if one.filled:
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
            cells = [cell for place in places for cell in self._standing(place)]
            known = self._named[id(name)] = list({id(cell): cell for cell in cells}.values())
        return known

    def _standing(self, place: Place) -> Sequence[Cell]:
        """Return the cells that stand at a place: the very one of their words, or one that says the same."""
        return self._very.get(id(place), ()) or self._places.get(place, ())

    @cached_property
    def _very(self) -> dict[int, list[Cell]]:
        found: dict[int, list[Cell]] = defaultdict(list)
        for cell in self.grid.cells:
            for run in cell.words.runs if cell.placed else ():
                found[id(run.place)].append(cell)
        return found

    @cached_property
    def _places(self) -> dict[Place, list[Cell]]:
        found: dict[Place, list[Cell]] = defaultdict(list)
        for cell in self.grid.cells:
            for run in cell.words.runs:
                found[run.place].append(cell)
        return found


def _is_unit(text: str) -> bool:
    return len(text) < WORDS and says_unit(bare(text)) and role_of(text) != "unit"


def _is_figure(text: str) -> bool:
    if len(text) <= _DIGITS and PLAIN.fullmatch(text):
        return True
    figure = is_figure_or_gap(text)
    if not figure:
        return figure is not None
    return not sign(text, None).years or find_figures(text) != []
