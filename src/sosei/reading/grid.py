"""格子. What every format becomes before it means anything: lines and grids of cells, each knowing its place.

`Words` is text that knows where each of its characters stands, so that a figure in the middle of a cell can say
where it is: in text, to the character; in a workbook, the cell; in HTML and DOCX, the table's row; in PDF, the box.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import ClassVar, Final, Protocol

from sosei.core.fiscal import find_years
from sosei.core.report import Place, Places, Said, Source, Unread
from sosei.core.swift import swift
from sosei.core.text import join_lines


@swift
@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters with one place. `exact`: place.start..end are these characters, one to one."""

    length: int
    place: Place
    exact: bool = False

    def cut(self, first: int, last: int) -> Run:
        """Return the part from first up to last."""
        if self.exact and self.place.start is not None:
            start = self.place.start
            place = dataclasses.replace(self.place, start=start + first, end=start + last)
            return Run(last - first, place, exact=True)
        return Run(last - first, self.place)


@dataclass(frozen=True, init=False)
class Words:
    """Text with the places of its characters. Slicing, stripping and splitting keep the places right."""

    text: str = ""
    runs: tuple[Run, ...] = ()

    def __init__(self, text: str = "", runs: tuple[Run, ...] = ()) -> None:
        """Hold text and where it stands: by hand, for a document has a hundred thousand of them."""
        own = self.__dict__
        own["text"], own["runs"] = text, runs

    @classmethod
    def at(cls, text: str, place: Place, *, exact: bool = False) -> Words:
        """Make words that stand at one place. `exact`: the place's start and end count these very characters."""
        return cls(text, (Run(len(text), place, exact),))

    @classmethod
    def joined(cls, parts: Iterable[Words], between: str = "") -> Words:
        """Join words; `between` stands nowhere in the source and takes the place of what precedes it."""
        texts: list[str] = []
        runs: list[Run] = []
        for part in parts:
            if texts and between:
                texts.append(between)
                runs.append(
                    Run(len(between), dataclasses.replace(runs[-1].place) if runs else Place())
                )
            texts.append(part.text)
            runs.extend(part.runs)
        return cls("".join(texts), tuple(run for run in runs if run.length) or tuple(runs[:1]))

    def __bool__(self) -> bool:
        """True when there is more than white space."""
        return bool(self.text.strip())

    def __len__(self) -> int:
        """Number of characters."""
        return len(self.text)

    def __getitem__(self, cut: slice) -> Words:
        """Return a stretch, with its own places."""
        first, last, _ = cut.indices(len(self.text))
        if first == 0 and 0 < last == len(self.text) and len(self.runs) == 1:
            return self
        runs = []
        for number in range(bisect_right(self._ends, first), len(self.runs)):
            run = self.runs[number]
            at = self._ends[number] - run.length
            if at >= last:
                break
            a, b = max(first, at), min(last, at + run.length)
            if a < b:
                runs.append(run.cut(a - at, b - at))
        return Words(self.text[first:last], tuple(runs) or self._nothing_at(first))

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """Where each run ends, so that a slice finds its first run without passing all before it."""
        return tuple(accumulate(run.length for run in self.runs))

    def _nothing_at(self, at: int) -> tuple[Run, ...]:
        """Return the place of an empty stretch: a blank, too, stands somewhere."""
        passed = 0
        for run in self.runs:
            if at <= (passed := passed + run.length):
                cut = max(0, at - passed + run.length)
                return (run.cut(cut, cut),)
        return self.runs[-1:]

    def strip(self, chars: str | None = None) -> Words:
        """Return without the white space (or the characters given) at both ends."""
        if self.text.strip(chars) == self.text:
            return self
        left = len(self.text) - len(self.text.lstrip(chars))
        return self[left : left + len(self.text.strip(chars))]

    def lines(self) -> list[Words]:
        """Return the lines that hold anything, stripped."""
        if "\n" not in self.text and "\r" not in self.text:
            return [self.strip()] if self else []
        return [part for part in self.split(_LINES) if part]

    def split(self, pattern: re.Pattern[str]) -> list[Words]:
        """Split at each match, stripping the parts; empty parts are kept."""
        parts, at = [], 0
        for found in pattern.finditer(self.text):
            parts.append(self[at : found.start()].strip())
            at = found.end()
        return [*parts, self[at:].strip()]

    def group(self, found: re.Match[str], name: str | int = 0) -> Words:
        """Return the words of a group of a match on `text`; empty when it took no part."""
        a, b = found.span(name)
        return self[a:b] if a >= 0 else Words()

    @cached_property
    def places(self) -> Places:
        """Where they stand: neighbouring stretches of one source joined, doubles left out."""
        if len(self.runs) == 1:
            return (self.runs[0].place,)
        out: list[Place] = []
        for run in self.runs:
            place = run.place
            if out and _continues(out[-1], place):
                out[-1] = dataclasses.replace(out[-1], end=max(out[-1].end or 0, place.end or 0))
            elif place not in out:
                out.append(place)
        return tuple(out)

    def said(self, text: str | None = None) -> Said | None:
        """Return them as words of a report: `text` as understood, raw kept where it differs. None when empty."""
        understood = join_lines(self.text) if text is None else text
        if not understood:
            return None
        raw = self.text.strip()
        return Said(text=understood, raw=raw if raw != understood else None, place=self.places)


_NOTHING: Final = Words()
_LINES: Final = re.compile(r"[\r\n]+")


def _continues(before: Place, after: Place) -> bool:
    """Tell whether two stretches of text stand in one source with nothing but mark-up or white space between.

    The gap allowed is what an entity, a tag or a line break takes; the places scorer strips tags before it compares.
    """
    if (
        before.start is None
        or after.start is None
        or before.end is None
        or before.source != after.source
    ):
        return False
    return before.end <= after.start <= before.end + 1


class Spot(Protocol):
    """所在. Where the cells of a sheet, table or row stand, so that no place is made before somebody asks for it.

    `exact`: the places count the very characters of the cells, as offsets into a text do.
    """

    exact: ClassVar[bool]

    def place(self, row: int, column: int) -> Place:
        """Return the place of the cell at a row and column of the grid."""
        ...


@dataclass(slots=True, eq=False, init=False)
class Cell:
    """A cell at its top left. `number` is what a typed cell (XLSX) stores: 0.385 where the text shows 38.5%.

    `formula`: the cell is computed. `hidden`: its row, column or sheet is not shown. `said`: its words, or mere text, of
    which `words` are made with the place that `spot` knows once they are asked for: a file has fifty thousand cells. For
    the same reason it is not frozen; nobody changes a cell. `text`: as shown, line breaks kept.
    """

    row: int
    column: int
    said: Words | str = _NOTHING
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    number: Decimal | None = None
    formula: str | None = None
    hidden: bool = False
    bold: bool = False
    spot: Spot | None = None
    text: str = field(init=False)

    def __init__(  # noqa: PLR0913, PLR0917  made fifty thousand times a file: a dataclass's own, and its text
        self, row: int, column: int, said: Words | str = _NOTHING, rowspan: int = 1, colspan: int = 1,
        header: bool = False, number: Decimal | None = None, formula: str | None = None,
        hidden: bool = False, bold: bool = False, spot: Spot | None = None,
    ) -> None:  # fmt: skip
        """Make a cell of the words or the text it shows."""
        self.row = row
        self.column = column
        self.said = said
        self.rowspan = rowspan
        self.colspan = colspan
        self.header = header
        self.number = number
        self.formula = formula
        self.hidden = hidden
        self.bold = bold
        self.spot = spot
        self.text = said if said.__class__ is str else said.text  # type: ignore[union-attr]

    @property
    def words(self) -> Words:
        """The text with its places."""
        said = self.said
        if said.__class__ is str:
            spot = self.spot
            place = Place() if spot is None else spot.place(self.row, self.column)
            said = self.said = Words.at(self.text, place, exact=spot is not None and spot.exact)
        return said  # type: ignore[return-value]

    @property
    def placed(self) -> bool:
        """Whether somebody has asked for its words: only then can anything bear their place."""
        return self.said.__class__ is not str

    @property
    def filled(self) -> bool:
        """Whether there is more than white space; asking makes no place."""
        return bool(self.text.strip())

    def saying(self, words: Words) -> Cell:
        """Return the cell with other words."""
        return dataclasses.replace(self, said=words)

    def moved(self, row: int, column: int) -> Cell:
        """Return the cell at another place of a grid; its words stay where they stand in the source."""
        return dataclasses.replace(self, row=row, column=column, said=self.words)

    def reaching(self, rowspan: int, colspan: int) -> Cell:
        """Return the cell with another span; itself where it is the same."""
        if (rowspan, colspan) == (self.rowspan, self.colspan):
            return self
        return Cell(
            self.row, self.column, self.said, rowspan, colspan, self.header, self.number, self.formula,
            self.hidden, self.bold, self.spot,
        )  # fmt: skip

    def _parts(self) -> tuple[object, ...]:
        return (
            self.row, self.column, self.words, self.rowspan, self.colspan, self.header, self.number,
            self.formula, self.hidden, self.bold,
        )  # fmt: skip

    def __eq__(self, other: object) -> bool:
        """Tell whether two cells say the same at the same place."""
        return isinstance(other, Cell) and self._parts() == other._parts()

    def __hash__(self) -> int:
        """Return a hash of where it is and what it says."""
        return hash((self.row, self.column, self.text))

    def __repr__(self) -> str:
        """Where it is and what it says."""
        return f"Cell({self.row}, {self.column}, {self.text!r}, {self.rowspan}, {self.colspan})"


def distinct(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return cells in order, each once; the same cell is the same object, two cells with the same words are two."""
    return tuple({id(cell): cell for cell in cells}.values())


@dataclass(frozen=True)
class Grid:
    """A table. `name` is the sheet's or the caption's words; rows and columns count from 0.

    `nested`: the tables that stand in its cells. `hidden`: the whole sheet is. `number`: the table's in its file.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    name: Words = field(default_factory=Words)
    sheet: str | None = None
    number: int | None = None
    nested: tuple[Grid, ...] = ()
    hidden: bool = False

    def with_nested(self) -> Iterator[Grid]:
        """The table itself, then those within it, outer ones first."""
        waiting = [self]
        while waiting:
            grid = waiting.pop()
            yield grid
            waiting.extend(reversed(grid.nested))

    @cached_property
    def _index(self) -> dict[int, dict[int, Cell]]:
        """The cells by row and column, merged ones at every place they cover."""
        index: dict[int, dict[int, Cell]] = {}
        for cell in self.cells:
            if cell.rowspan == 1 == cell.colspan:
                index.setdefault(cell.row, {})[cell.column] = cell
                continue
            for row in range(cell.row, cell.row + cell.rowspan):
                covered = index.setdefault(row, {})
                for column in range(cell.column, cell.column + cell.colspan):
                    covered[column] = cell
        return index

    @cached_property
    def _rows(self) -> dict[int, tuple[Cell, ...]]:
        """The rows that were asked for."""
        return {}

    def _across(self, covered: dict[int, Cell]) -> tuple[Cell, ...]:
        inside = (covered[column] for column in sorted(covered) if column < self.columns)
        return distinct(inside)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place of the grid, merged cells included."""
        covered = self._index.get(row)
        return covered.get(column) if covered is not None else None

    def covered(self, row: int) -> Mapping[int, Cell]:
        """Return the cells of a row by each column that they cover."""
        return self._index.get(row, {})

    def row(self, row: int) -> tuple[Cell, ...]:
        """Return the cells that begin in or reach into a row, left to right, each once."""
        found = self._rows.get(row)
        if found is None:
            covered = self._index.get(row)
            found = self._rows[row] = () if covered is None else self._across(covered)
        return found

    @cached_property
    def _filled(self) -> dict[int, tuple[Cell, ...]]:
        found = ((row, tuple(c for c in self.row(row) if c.filled)) for row in self._index)
        return {row: cells for row, cells in found if cells}

    def filled(self, row: int) -> tuple[Cell, ...]:
        """Return the cells of a row that hold anything."""
        return self._filled.get(row, ())

    def upright(self, top: int, bottom: int) -> dict[int, tuple[Cell, ...]]:
        """Return the cells of each column between two rows, downwards, each once."""
        columns: dict[int, list[Cell]] = {}
        for row in range(top, bottom):
            for column, cell in self._index.get(row, {}).items():
                columns.setdefault(column, []).append(cell)
        return {column: distinct(cells) for column, cells in columns.items()}

    def text(self, row: int, column: int) -> str:
        """Return the text of the cell that covers a place, or nothing."""
        cell = self.at(row, column)
        return cell.text if cell else ""


@dataclass(frozen=True)
class Line:
    """A paragraph, heading (`level` 1 to 6) or list item outside tables.

    `aside`: navigation, footer, a page's title, a picture's words, what is hidden: beside the document's own text.
    `term`: the page sets it as a term (dt) that the items below it tell of.
    """

    words: Words
    level: int | None = None
    item: bool = False
    aside: bool = False
    term: bool = False

    @property
    def text(self) -> str:
        """The text."""
        return self.words.text


@dataclass(frozen=True)
class Document:
    """A file (or the files of a set) as lines and grids in reading order, and what of it could not be taken over.

    `more`: the other sources of a set; places then name their source.
    """

    source: Source
    blocks: tuple[Line | Grid, ...]
    unread: tuple[Unread, ...] = ()
    more: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """All files."""
        return (self.source, *self.more)

    @property
    def grids(self) -> list[Grid]:
        """The tables, in order, those within tables after the table that holds them."""
        return [
            grid for block in self.blocks if isinstance(block, Grid) for grid in block.with_nested()
        ]

    @property
    def lines(self) -> list[Line]:
        """The lines outside tables, in order."""
        return [block for block in self.blocks if isinstance(block, Line)]

    def words(self) -> Iterator[Words]:
        """Every stretch of text, tables included, in order."""
        return iter(self._words)

    @cached_property
    def _words(self) -> tuple[Words, ...]:
        found: list[Words] = []
        for block in self.blocks:
            if isinstance(block, Line):
                found.append(block.words)
            else:
                for grid in block.with_nested():
                    found += [cell.words for cell in grid.cells if cell.filled]
        return tuple(found)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What `words` say, in the same order, without asking where it stands."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Line):
                found.append(block.words.text)
            else:
                for grid in block.with_nested():
                    found += [cell.text for cell in grid.cells if cell.filled]
        return tuple(found)

    @cached_property
    def written_years(self) -> tuple[int, ...]:
        """The fiscal years that it names with their era, or as four digits of our time; sorted, each as often as named."""
        return tuple(
            sorted(
                found.fiscal_year
                for text in self.texts
                for found in find_years(text)
                if found.era_given and found.fiscal_year > 1988
            )
        )
