"""表の裏付け. Whether the words above a figure and to its left, and those of its row, say what was read of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.reading.confirming.around import PLAIN, Table
from sosei.reading.confirming.claims import Claim, units_behind
from sosei.reading.confirming.finding import Spot
from sosei.reading.confirming.sentences import bears_unit, bears_year, in_role, said_before
from sosei.reading.confirming.signs import NOTHING, bare, sign, units_in
from sosei.reading.grid import Cell, Words
from sosei.reading.vocabulary import role_of

_DUE: Final = frozenset({"due"})
_WHEN: Final = frozenset({"year", "when"})
#: A name that tells figures is a line of several things.
_TOLD: Final = re.compile(r"[→⇒➡]|[:：].*\d")
_NO_YEAR: Final[frozenset[int]] = frozenset()
_WORD: Final = re.compile(r"\w")
_BRACKET: Final = re.compile(r"[（(](?P<inner>[^（()）]+)[）)]")


def headed(claim: Claim, spot: Spot, table: Table) -> bool:
    """Whether a table bears out a figure: its number, role, year and unit."""
    assert spot.cell is not None
    look = _Look(claim, spot.cell, table, spot.before)
    if PLAIN.fullmatch(spot.cell.text):
        return look.bears_plain()
    if not look.bears_name():
        return False
    if not claim.says_number(spot.cell.text, spot.cell.number):
        return look.bears_line()
    return (claim.proved or look.bears_role()) and look.bears_year() and look.bears_unit()


class _Look:
    """The look at one figure in its table. `plain`: its cell holds nothing but digits, and so says nothing itself."""

    __slots__ = ("above", "before", "beside", "cell", "claim", "named", "plain", "table")

    def __init__(self, claim: Claim, cell: Cell, table: Table, before: tuple[Words, ...]) -> None:
        self.claim, self.cell, self.table, self.before = claim, cell, table, before
        self.plain = False
        #: The cells in which the indicator's name stands.
        self.named = table.named(claim.name)
        #: What the headings over the figure say, and those to its left.
        self.above = table.side(table.above(cell), self.named)
        self.beside = table.side(table.row(cell.row).beside(cell.column), self.named)

    def bears_plain(self) -> bool:
        """Whether all is borne out of a cell that holds nothing but digits; what many figures share is asked once."""
        self.plain = True
        claim, row = self.claim, self.cell.row
        if (
            claim.value.number is None
            or Decimal(self.cell.text.replace(",", "")) != claim.value.number
        ):
            return False
        said = (claim.role, claim.year, claim.home, claim.printed, claim.proved, claim.value.state)
        return (
            self._once((row, id(claim.name)), self.bears_name)
            and self._once((self.above, self.beside.roles, self.beside.plain, self._dated(), said), self._bears_when)
            and self._once((row, id(claim.name), self.above.units, claim.unit), self.bears_unit)
        )  # fmt: skip

    def _once(self, key: tuple[object, ...], ask: Callable[[], bool]) -> bool:
        found = self.table.asked.get(key)
        if found is None:
            found = self.table.asked[key] = ask()
        return found

    def _bears_when(self) -> bool:
        return (self.claim.proved or self.bears_role()) and self.bears_year()

    def bears_line(self) -> bool:
        """Whether the one line of the cell that holds the figure bears it out; what the line leaves open, the table says."""
        claim = self.claim
        lines = [line.text for line in self.cell.words.lines() if claim.found_in(line.text)]
        told = (
            in_role(claim, lines[0], self.above.roles | self.beside.roles)
            if len(lines) == 1
            else None
        )
        if told is None:
            return False
        unit, year = bears_unit(claim, lines[0], told), bears_year(claim, lines[0], told)
        self.plain = True
        dated = self.bears_year() if year is not True else True
        return dated and (self.bears_unit() if unit is None else unit)

    def bears_name(self) -> bool:
        """Whether the name stands under 指標, where a column of the row is headed so, and tells no figures itself.

        Without a name there must be no cell that may hold it: words to the left that are no heading.
        """
        name = self.claim.name
        if name is None:
            left = [
                one
                for one in self.table.grid.filled(self.cell.row)
                if one.column < self.cell.column and not self.table.is_figure(one)
            ]
            return all(self.table.says(one) != NOTHING for one in left)
        headed = [one for one in self.table.names(self.cell.row) if one is not self.cell]
        within = not headed or any(one is other for one in headed for other in self.named)
        return within and bool(_WORD.search(name.text)) and not _TOLD.search(name.text)

    # -- role ----------------------------------------------------------------------------------------------------------

    def roles(self) -> frozenset[str]:
        """The roles that a word before the figure names; else the nearest heading above and the nearest to the left."""
        found = [] if self.plain else find_figures(self.cell.text)
        own = said_before(self.cell.text[: found[0].start]) if found else None
        if own is not None:
            return frozenset({own})
        return self.above.roles | self.beside.roles

    def bears_role(self) -> bool:
        """Whether headings name the role, and none another."""
        role, said = self.claim.role, self.roles()
        if role == "cumulative":
            return "cumulative" in said and not said - {"cumulative", "actual"}
        if said == {"current"}:
            return self._is_current(role)
        if said == {"forecast"}:
            state = self.claim.value.state
            return role == "actual" and (state == "forecast" or self.claim.value.gap is not None)
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
        years, home = self.above.years, self.claim.home
        planned = "target" in {role_of(words.text) for words in self.before}
        several = self.table.dated(self.cell.row) > 1
        past = home is not None and len(years) == 1 and max(years) <= home
        return role == "actual" and past and several and not planned

    # -- year ----------------------------------------------------------------------------------------------------------

    def bears_year(self) -> bool:
        """Whether the year is said by the cell, its headings, or the row's column of years; or nobody says any."""
        for years in (
            self._own_years(),
            self.above.years,
            self.beside.plain,
            self._dated(),
            self._titled(),
        ):
            if years:
                return years == {self.claim.meant}
        return self.claim.is_undated

    def _own_years(self) -> frozenset[int]:
        """Return the years in brackets behind the figure, or in a line of their own; of a span its last."""
        if self.plain:
            return _NO_YEAR
        text, near = self.cell.text, self.claim.near
        parts = [found["inner"] for found in _BRACKET.finditer(text)]
        lines = text.splitlines() if "\n" in text else []
        parts += [line for line in lines if not find_figures(line)]
        years = [find_years(part, near=near) for part in parts]
        return frozenset(found[-1].fiscal_year for found in years if found)

    def _dated(self) -> frozenset[int]:
        """Return the years in the row's cells that stand under 目標年度 or 年度."""
        dated = self.table.dated_by(self.cell.row, _DUE if self.claim.role == "target" else _WHEN)
        if not dated:
            return _NO_YEAR
        return frozenset(year for cell, years in dated if cell is not self.cell for year in years)

    def _titled(self) -> frozenset[int]:
        """Return the one year that the line before the table or the sheet's name says."""
        said = (sign(words.text, self.claim.near).years for words in reversed(self.before))
        return next((years for years in said if len(years) == 1), _NO_YEAR)

    # -- unit ----------------------------------------------------------------------------------------------------------

    def bears_unit(self) -> bool:
        """Whether all who say a unit say this one, and somebody does; or there is none and nobody says one."""
        if not self.claim.has_unit:
            return True
        said = next((several for several in self._units() if several), [])
        return all(map(self.claim.is_unit, said)) and (bool(said) or self.claim.unit is None)

    def _units(self) -> Iterator[list[str]]:
        """Yield the units said: behind the figure, then in the unit's column, the name, the headings, over the table."""
        yield [] if self.plain else units_behind(self.cell.text)
        rows = sorted({self.cell.row, *(one.row for one in self.named)})
        yield [
            bare(one.text) for row in rows for one in self.table.units(row) if one is not self.cell
        ]
        name = self.claim.name
        yield [
            unit
            for text in ((name.text, name.raw or "") if name else ())
            for unit in units_in(text)
        ]
        yield list(self.above.units)
        row = [
            one
            for number in rows
            for one in self.table.other_units(number)
            if one[0] is not self.cell
        ]
        loose = [unit for cell, units in row if not self.table.is_figure(cell) for unit in units]
        yield [unit for unit in loose if self.claim.is_unit(unit)][:1] or loose
        yield [unit for words in self.before for unit in units_in(words.text)]
        yield [unit for cell, units in row if self.table.is_figure(cell) for unit in units]
