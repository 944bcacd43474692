"""表の裏付け. Whether the words above a figure and to its left, and those of its row, say what was read of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.text import fold
from sosei.reading.confirming.around import PLAIN, Table
from sosei.reading.confirming.claims import Claim, units_behind
from sosei.reading.confirming.finding import Spot
from sosei.reading.confirming.sentences import bears_unit, bears_year, in_role, said_before
from sosei.reading.confirming.signs import FIGURES, NOTHING, bare, goal_of, sign, units_in
from sosei.reading.grid import Cell, Words

_DUE: Final = frozenset({"due"})
_WHEN: Final = frozenset({"year", "when"})
#: Labels of rows that cross a column of what there was before.
_REACHED: Final = frozenset({"baseline", "target", "actual"})
_PLAN: Final = frozenset({"baseline", "target"})
#: A year of a plan whose steps are only counted.
_STEP: Final = re.compile(r"初年度|第?[0-9０-９一二三四五]+年(?:目|次)|最終年度|中間年度")
#: A name that tells figures is a line of several things.
_TOLD: Final = re.compile(r"[→⇒➡]|[:：].*\d")
#: Between the two figures of a cell, and the two words of its heading.
_SIDES: Final = re.compile(r"[/／\n]|(?=[（(](?:実績|目標))")
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
        if (role := self._side()) is not None:
            self.plain = True
            return role == claim.role and self.bears_year() and self.bears_unit()
        lines = [line.text for line in self.cell.words.lines() if claim.found_in(line.text)]
        if claim.name is not None and len(lines) > 1:
            lines = [line for line in lines if claim.name.text in line]
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

    def _side(self) -> str | None:
        """Return the role of the figure's side in a cell of two below a heading of two: 210／198 below 目標／実績."""
        over = self.table.above(self.cell)
        heads = [part.strip() for part in _SIDES.split(over[0].cell.text)] if over else []
        sides = [part.strip() for part in _SIDES.split(self.cell.text)]
        if len(heads) != 2 or len(sides) != 2:
            return None
        roles = [sign(head, self.claim.near).roles & FIGURES for head in heads]
        own = [n for n, side in enumerate(sides) if self.claim.says_number(side)]
        if len(own) != 1 or any(len(one) != 1 for one in roles) or roles[0] == roles[1]:
            return None
        return next(iter(roles[own[0]]))

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
        within = (
            not headed
            or any(one is other for one in headed for other in self.named)
            or any(map(self.table.is_headed, self.named))
        )
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
            value = self.claim.value
            return role == "actual" and (value.state == "forecast" or value.number is None)
        if role == "baseline" and self.above.roles == {"baseline"}:
            # A row of 目標 or 実績 crosses the column of what there was before: that is neither.
            return self.beside.roles <= _REACHED
        return said == {role} if said else self._is_by_year(role)

    def _is_current(self, role: str) -> bool:
        """Whether 現状値 is the role by what else the table has: beside a 基準値 the actual, without an 実績値 the baseline."""
        others = self.table.roles
        if role == "actual":
            return ("baseline" in others and "actual" not in others) or self.table.dated(
                self.cell.row
            ) > 1
        return role == "baseline" and "baseline" not in others

    def _is_by_year(self, role: str) -> bool:
        """Whether headings that name no role leave but one: a year by what the others are, 数値 beside 目標年度."""
        if self.above.years:
            return len(self.above.years) == 1 and role == self._by_year(max(self.above.years))
        if role != "target":
            return False
        due = self.table.dated_by(self.cell.row, _DUE)
        step = self.claim.label is not None and _STEP.search(self.claim.label) is not None
        return (step and self._is_planned(self.table.roles)) or any(
            years and cell is not self.cell for cell, years in due
        )

    def _is_planned(self, heads: frozenset[str]) -> bool:
        """Whether the line before the table says 数値目標, a heading what there was before, and none in it tells of results."""
        planned = any(goal_of(words.text) for words in self.before)
        return planned and "baseline" in heads and (self.table.roles | heads) & FIGURES <= _PLAN

    def _by_year(self, year: int) -> str | None:
        """Return what a heading that is a year and nothing else stands for, among several.

        A year after the report's is yet to come. Under 数値目標, after 事業開始前, where nothing tells of results, a year is
        what was aimed at; the first of all, where the later ones name what they are, is what there was before; else a year
        no later than the report's is what was reached.
        """
        home, table = self.claim.home, self.table
        if home is None or table.dated(self.cell.row) < 2:
            return None
        if year > home:
            return "target"
        heads = table.beside_year(self.cell.column)
        titled = {role for words in self.before if (role := goal_of(words.text))}
        if "target" in titled or (titled and "target" not in heads):
            return "target" if self._is_planned(heads) else None
        told = heads >= {"target", "forecast"} and not heads & {"baseline", "current"}
        return "baseline" if told and year == table.first_year(self.cell.row) else "actual"

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
                return self._last(years) == {self.claim.meant}
        return self.claim.is_undated or self._is_labelled()

    def _last(self, years: frozenset[int]) -> frozenset[int]:
        """Return the year of which a figure is: a running total over 平成28～令和2年度 is of the last."""
        return frozenset({max(years)}) if self.claim.role == "cumulative" and years else years

    def _is_labelled(self) -> bool:
        """Whether the point has no year but a heading of the figure's, 初年度, as its label."""
        label = self.claim.label
        if label is None or self.claim.year is not None:
            return False
        above = (one.cell for one in self.table.above(self.cell))
        return any(
            fold(one.text) == fold(label)
            for one in (*above, *self.table.row(self.cell.row).cells)
            if one is not self.cell
        )

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
        if self.claim.unit is None:
            return self.claim.is_pure and not any(self._units())
        said = next((several for several in self._units() if several), [])
        return all(map(self.claim.is_unit, said)) and bool(said)

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
