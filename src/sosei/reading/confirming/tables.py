"""表の裏付け. Whether the words above a figure and to its left, and those of its row, say what was read of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.reading.confirming.around import WORDS, Heading, Table
from sosei.reading.confirming.claims import Claim
from sosei.reading.confirming.finding import Spot
from sosei.reading.confirming.sentences import told
from sosei.reading.confirming.signs import FIGURES, NOTHING, Sign, says_unit, units_in
from sosei.reading.grid import Cell, Words
from sosei.reading.vocabulary import role_of

_BRACKET: Final = re.compile(r"[（(](?P<inner>[^（()）]+)[）)]")


def headed(claim: Claim, spot: Spot, table: Table) -> bool:
    """Whether a table bears out a figure: its number, role, year and unit."""
    assert spot.cell is not None
    look = _Look(claim, spot.cell, table, spot.before)
    if claim.name is None and look.has_a_name():
        return False
    if not claim.says_number(spot.cell.text, spot.cell.number):
        lines = [line for line in spot.cell.words.lines() if claim.found_in(line.text)]
        return len(lines) == 1 and told(claim, lines[0], look.roles)
    return look.bears_role() and look.bears_year() and look.bears_unit()


class _Look:
    """The look at one figure in its table."""

    def __init__(self, claim: Claim, cell: Cell, table: Table, before: tuple[Words, ...]) -> None:
        self.claim, self.cell, self.table, self.before = claim, cell, table, before

    @cached_property
    def above(self) -> list[Sign]:
        """What the headings over the figure say, the nearest first."""
        return self._but_the_name(self.table.above(self.cell))

    @cached_property
    def beside(self) -> list[Sign]:
        """What the headings to its left say."""
        return self._but_the_name(self.table.beside(self.cell))

    def _but_the_name(self, headings: Iterable[Heading]) -> list[Sign]:
        return [one.says for one in headings if not any(one.cell is name for name in self.named)]

    @cached_property
    def named(self) -> list[Cell]:
        """The cells in which the indicator's name stands."""
        return self.table.named(self.claim.name)

    def has_a_name(self) -> bool:
        """Whether a cell to the left may be the name of what is measured: words that are no heading."""
        return any(
            one.column < self.cell.column and one.words and not self.table.is_figure(one) and self.table.says(one) == NOTHING
            for one in self.table.grid.row(self.cell.row)
        )  # fmt: skip

    # -- role ----------------------------------------------------------------------------------------------------------

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that the nearest heading above and the nearest to the left name."""
        return _nearest(self.above) | _nearest(self.beside)

    def bears_role(self) -> bool:
        """Whether headings name the role, and none another."""
        role, said = self.claim.role, self.roles
        if role == "cumulative":
            return "cumulative" in said and not said - {"cumulative", "actual"}
        if said == {"current"}:
            return self._is_current(role)
        return said == {role} if said else self._is_past(role)

    def _is_current(self, role: str) -> bool:
        """Whether 現状値 is the role by what else the table has: beside a 基準値 the actual, without an 実績値 the baseline."""
        others = self.table.roles
        if role == "actual":
            return ("baseline" in others and "actual" not in others) or self.table.dated(
                self.cell.row
            ) > 1
        return role == "baseline" and "baseline" not in others

    def _is_past(self, role: str) -> bool:
        """Whether a heading that is a year and nothing else, and no later than the report's, stands for what was reached."""
        years, home = _first_years(self.above), self.claim.home
        planned = "target" in self.table.roles | {role_of(words.text) for words in self.before}
        several = self.table.dated(self.cell.row) > 1
        past = home is not None and len(years) == 1 and max(years) <= home
        return role == "actual" and past and several and not planned

    # -- year ----------------------------------------------------------------------------------------------------------

    def bears_year(self) -> bool:
        """Whether the year is said by the cell, its headings, or the row's column of years; or nobody says any."""
        beside = [one for one in self.beside if one.roles & FIGURES or not one.roles]
        for years in (
            self._own_years(),
            _first_years(self.above),
            _first_years(beside),
            self._dated(),
        ):
            if years:
                return years == {self.claim.meant}
        return self.claim.year in (None, self.claim.home)

    def _own_years(self) -> frozenset[int]:
        """Return the years in brackets behind the figure."""
        parts = [found["inner"] for found in _BRACKET.finditer(self.cell.text)]
        near = self.claim.near
        return frozenset(one.fiscal_year for part in parts for one in find_years(part, near=near))

    def _dated(self) -> frozenset[int]:
        """Return the years in the row's cells that stand under 目標年度 or 年度."""
        wanted = {"due"} if self.claim.role == "target" else {"year", "when"}
        return frozenset(
            year
            for other in self.table.grid.row(self.cell.row)
            if other is not self.cell and other.words and self._over(other) & wanted
            for year in self.table.says(other).years
        )

    def _over(self, cell: Cell) -> set[str]:
        """Return the roles of the headings over another cell, the two nearest."""
        roles = [one.says.roles for one in self.table.above(cell) if one.says.roles]
        return {role for one in roles[:2] for role in one}

    # -- unit ----------------------------------------------------------------------------------------------------------

    def bears_unit(self) -> bool:
        """Whether all who say a unit say this one, and somebody does; or there is none and nobody says one."""
        said = next((several for several in self._units() if several), [])
        return all(map(self.claim.is_unit, said)) and (bool(said) or self.claim.unit is None)

    def _units(self) -> Iterator[list[str]]:
        """Yield the units said: behind the figure, then in the unit's column, the name, the headings, over the table."""
        yield [one.figure.unit for one in find_figures(self.cell.text) if one.figure.unit]
        row = [one for one in self._own_rows() if len(one.text) < WORDS]
        plain = [one.text.strip("（）() \n\u3000") for one in row if "unit" in self._over(one)]
        yield list(filter(says_unit, plain))
        name = self.claim.name
        yield [
            unit
            for text in ((name.text, name.raw or "") if name else ())
            for unit in units_in(text)
        ]
        yield [unit for one in self.above for unit in one.units]
        yield [unit for one in row if not self.table.is_figure(one) for unit in units_in(one.text)]
        yield [unit for words in self.before for unit in units_in(words.text)]

    def _own_rows(self) -> list[Cell]:
        """Return the other cells of the figure's row, and of the rows in which the indicator's name stands."""
        rows = {self.cell.row, *(one.row for one in self.named)}
        return [
            one for row in sorted(rows) for one in self.table.grid.row(row) if one is not self.cell
        ]


def _nearest(side: list[Sign]) -> frozenset[str]:
    return next((one.roles & FIGURES for one in side if one.roles & FIGURES), frozenset())


def _first_years(side: list[Sign]) -> frozenset[int]:
    return next((one.years for one in side if one.years), frozenset())
