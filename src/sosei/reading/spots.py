"""見出しの下. Under which heading of which kind of table each figure of a report stands.

What a table is like is told by its headings alone, never by what stands under them: next year's file of the same
layout, or another city's, has the same `layout`. Years and other numbers in headings count as one, so that R3 and R4
are the same column a year later.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any, Final

from sosei.core.figures import read_value
from sosei.core.gaps import Gap
from sosei.core.report import Place, Places, Report
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell, Document, Grid
from sosei.reading.vocabulary import LONGEST, role_of

#: Rows that a heading takes at most.
_DEEP: Final = 8
#: Headings that tell a kind of table apart at most, and characters of one.
_MOST: Final = 60
#: Figures that nobody claims, of one file, at most: beyond that the tables are no report's.
_MOST_LOOSE: Final = 500
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*|元(?=年)|(?<=[hrs])元", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Spot:
    """居所. `layout`: the kind of table; `head`: its heading as written; `key` and `nth`: what finds it in the next file."""

    layout: str
    head: str
    key: str
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Loose:
    """読み取っていない数. A figure under a heading that nobody knew: in the row of an indicator (`owner`, its path), claimed by nothing."""

    raw: str
    place: Places
    owner: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading of a table: the columns over which it stands."""

    first: int
    last: int
    words: str


def spots(document: Document, figures: Mapping[str, Places]) -> dict[str, Spot]:
    """Return where figures stand, by their paths; those outside of tables, and under no heading, are left out."""
    index = _Index(document)
    found: dict[str, Spot] = {}
    for path, places in figures.items():
        at = index.cell(places[0]) if places else None
        if at is not None and (spot := at[0].spot(at[1])) is not None:
            found[path] = spot
    return found


def loose(document: Document, report: Report) -> tuple[Loose, ...]:
    """Return the figures of the tables of a report that it says nothing of, though it read others of the same row.

    Columns whose heading is known (numbers, rates, notes) were left out on purpose, and stay so.
    """
    index, owners = _Index(document), dict[int, tuple[_Table, dict[int, str]]]()
    for path, places in figures_of(report).items():
        at = index.cell(places[0]) if places else None
        if at is not None and "/indicators/" in path:
            table, cell = at
            rows = owners.setdefault(id(table), (table, {}))[1]
            for row in range(cell.row, cell.row + cell.rowspan):
                rows.setdefault(row, "/".join(path.split("/")[:5]))
    claimed = set(_places(report.projects))
    claimed |= {place for note in report.unread if note.code != "column" for place in note.place}
    found = (one for table, rows in owners.values() for one in table.unclaimed(rows, claimed))
    return tuple(found)[:_MOST_LOOSE]


def _places(part: Any) -> Iterator[Place]:
    """Yield every place that a report names."""
    if isinstance(part, Place):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _places(one)
    elif is_dataclass(part):
        for name in fields(part):
            yield from _places(getattr(part, name.name))


def neutral(text: str) -> str:
    r"""Return what two headings are compared by: folded, every number alike.

    >>> neutral("令和３年度 実績"), neutral("R5\n実績")
    ('令和#年度実績', 'r#実績')
    """
    return _NUMBER.sub("#", fold(text))


class _Index:
    """Finds the cell that a place lies in."""

    def __init__(self, document: Document) -> None:
        """Take in every cell of every table."""
        self._cells: dict[Place, tuple[_Table, Cell]] = {}
        self._spans: dict[str | None, list[tuple[int, int, _Table, Cell]]] = {}
        for grid in document.grids:
            table = _Table(grid)
            for cell in grid.cells:
                for place in cell.words.places:
                    self._cells.setdefault(place, (table, cell))
                    if place.start is not None and place.end is not None:
                        spans = self._spans.setdefault(place.source, [])
                        spans.append((place.start, place.end, table, cell))
        for spans in self._spans.values():
            spans.sort(key=lambda one: one[:2])

    def cell(self, place: Place) -> tuple[_Table, Cell] | None:
        """Return the table and the cell, or None where it lies in no table."""
        if (found := self._cells.get(place)) is not None:
            return found
        spans = self._spans.get(place.source, [])
        if place.start is None:
            return None
        at = bisect_right(spans, place.start, key=lambda one: one[0]) - 1
        if at >= 0 and place.start <= spans[at][1]:
            return spans[at][2], spans[at][3]
        return None


class _Table:
    """A table by its headings: over the columns, or (a card) beside the contents."""

    def __init__(self, grid: Grid) -> None:
        """Keep the grid; its headings are looked for once somebody asks."""
        self.grid = grid

    def spot(self, cell: Cell) -> Spot | None:
        """Return where a cell of it stands."""
        return self._on_card(cell) if self.is_card else self._under_head(cell)

    def unclaimed(self, rows: Mapping[int, str], claimed: set[Place]) -> Iterator[Loose]:
        """Yield the figures under unknown headings in rows of indicators. `rows`: whose each row is."""
        if self.is_card:
            return
        for cell in self.grid.cells:
            owner = rows.get(cell.row)
            if owner is None or cell.row < self.depth or not _is_figure(cell.text):
                continue
            spot = self._under_head(cell)
            if spot is None or _is_known(spot.head) or claimed & set(cell.words.places):
                continue
            yield Loose(join_lines(cell.text), cell.words.places, owner, spot)

    def _under_head(self, cell: Cell) -> Spot | None:
        if cell.row < self.depth:
            return None
        for nth, head in enumerate(self.heads):
            if head.first <= cell.column <= head.last and head.words:
                return Spot(self.layout, head.words, neutral(head.words), nth)
        return None

    def _on_card(self, cell: Cell) -> Spot | None:
        labels = [*self._beside(cell), *self._above(cell)]
        if not labels or not self.labels:
            return None
        words = "／".join(dict.fromkeys(labels))
        return Spot(self.layout, words, neutral(words))

    def _beside(self, cell: Cell) -> Iterator[str]:
        """The nearest known label to the left of a cell."""
        for column in range(cell.column - 1, -1, -1):
            if _is_label(text := self.grid.text(cell.row, column)):
                yield join_lines(text)
                return

    def _above(self, cell: Cell) -> Iterator[str]:
        """The nearest known label above a cell."""
        for row in range(cell.row - 1, -1, -1):
            if _is_label(text := self.grid.text(row, cell.column)):
                yield join_lines(text)
                return

    @cached_property
    def layout(self) -> str:
        """What is the same for every table of its kind."""
        kind = ["card", *self.labels] if self.is_card else ["list", *(neutral(h.words) for h in self.heads)]  # fmt: skip
        return hashlib.sha256("\n".join(kind).encode()).hexdigest()

    @cached_property
    def is_card(self) -> bool:
        """Whether labels stand beside what they name: no heading above, or known labels down the left side."""
        below = [self.grid.row(row) for row in range(self.depth, self.grid.rows)]
        first = [row[0] for row in below if row and row[0].words]
        labelled = sum(_is_label(cell.text) for cell in {id(c): c for c in first}.values())
        return self.depth == 0 or labelled * 2 > len(first)

    @cached_property
    def labels(self) -> list[str]:
        """The known labels of a card, each once."""
        said = (neutral(cell.text) for cell in self.grid.cells if _is_label(cell.text))
        return list(dict.fromkeys(said))[:_MOST]

    @cached_property
    def depth(self) -> int:
        """How many rows the headings take: down to the last row of known headings that no figure stands in or above."""
        deep = 0
        for row in range(min(_DEEP, self.grid.rows)):
            cells = self.grid.filled(row)
            if any(_is_figure(cell.text) for cell in cells):
                break
            known = sum(_is_label(cell.text) for cell in cells)
            if known * 2 >= len(cells) > 0 or (row == 0 and len(cells) > 1 and not deep):
                deep = row + 1
        return deep

    def _says_one_thing(self, row: int) -> bool:
        """Whether a row among the headings is a label with what it names (交付金名称: …): no heading of columns."""
        cells = self.grid.filled(row)
        return len(cells) == 2 and self.grid.columns > 2 and not _is_label(cells[1].text)

    @cached_property
    def heads(self) -> list[_Head]:
        """The headings of the columns, left to right; columns under the very same cells are one."""
        found: list[_Head] = []
        before: list[int] = []
        rows = [row for row in range(self.depth) if not self._says_one_thing(row)]
        for column in range(self.grid.columns):
            cells = [c for r in rows if (c := self.grid.at(r, column)) and c.words]
            own = [c for c in {id(c): c for c in cells}.values() if c.colspan < self.grid.columns]
            if found and [id(c) for c in own] == before:
                found[-1] = _Head(found[-1].first, column, found[-1].words)
            else:
                words = " ".join(dict.fromkeys(join_lines(c.text) for c in own))
                found.append(_Head(column, column, words))
            before = [id(c) for c in own]
        return found[:_MOST]


def _is_known(head: str) -> bool:
    """Whether a heading, or its last row, names a field."""
    return role_of(head) is not None or role_of(head.rsplit(" ", maxsplit=1)[-1]) is not None


def _is_label(text: str) -> bool:
    return len(text) <= LONGEST * 2 and role_of(text) is not None


def _is_figure(text: str) -> bool:
    plain = text.strip()
    if not plain or len(plain) > LONGEST or _YEAR.fullmatch(fold(plain)):
        return False
    value = read_value(plain)
    return value.number is not None or value.gap not in (None, Gap.BLANK, Gap.DASH)


def figures_of(report: Report) -> dict[str, Places]:
    """Return the places of every figure of a report by its path, in order: values, then the project's money."""
    found: dict[str, Places] = {}
    for i, project in enumerate(report.projects):
        for k, indicator in enumerate(project.indicators):
            path = f"/projects/{i}/indicators/{k}"
            tops = {"baseline": indicator.baseline, "increase_total": indicator.increase_total}
            found |= {f"{path}/{name}": v.place for name, v in tops.items() if v is not None}
            for n, year in enumerate(indicator.years):
                said = {"target": year.target, "actual": year.actual, "cumulative_actual": year.cumulative_actual}  # fmt: skip
                found |= {f"{path}/years/{n}/{name}": v.place for name, v in said.items() if v is not None}  # fmt: skip
        found |= {
            f"/projects/{i}/spending/{k}": one.place for k, one in enumerate(project.spending)
        }
    return found
