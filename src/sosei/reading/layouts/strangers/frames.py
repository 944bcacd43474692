"""枠. A grid looked at as rows of distinct cells, upright or transposed; what a cell means as a header or figure."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Literal

from sosei.core.figures import find_figures
from sosei.core.text import fold
from sosei.reading.grid import Cell, Grid, Words
from sosei.reading.layouts.strangers.headings import Heading, understand

#: Any year near which the eras of 27年度 and 元年度 are those of the grants (since 2014).
NEAR: Final = 2018


BRACKETED: Final = re.compile(r"\s*[（(][^（()）]*[)）]\s*")


BRACKETED_END: Final = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")


@dataclass(frozen=True)
class View:
    """A stretch of a grid's rows, read downwards or (transposed) across."""

    grid: Grid
    top: int
    bottom: int
    transposed: bool = False

    @property
    def rows(self) -> range:
        """Row numbers of the view."""
        return range(self.grid.columns) if self.transposed else range(self.top, self.bottom)

    @property
    def columns(self) -> range:
        """Column numbers of the view."""
        return range(self.top, self.bottom) if self.transposed else range(self.grid.columns)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place of the view."""
        return self.grid.at(column, row) if self.transposed else self.grid.at(row, column)

    def words(self, row: int, column: int) -> Words:
        """Return the words at a place of the view, nothing where there is no cell."""
        cell = self.at(row, column)
        return cell.words if cell else Words()

    @cached_property
    def _upright(self) -> dict[int, tuple[Cell, ...]]:
        return self.grid.upright(self.top, self.bottom)

    @cached_property
    def _filled(self) -> dict[int, tuple[Cell, ...]]:
        return {row: tuple(c for c in cells if c.filled) for row, cells in self._upright.items()}

    def every(self, row: int) -> tuple[Cell, ...]:
        """Return the distinct cells of a row, empty ones too."""
        return self._upright.get(row, ()) if self.transposed else self.grid.row(row)

    def row(self, row: int) -> tuple[Cell, ...]:
        """Return the distinct cells of a row that hold anything."""
        return self._filled.get(row, ()) if self.transposed else self.grid.filled(row)

    def first_row(self, cell: Cell) -> int:
        """Return the row in which a cell begins."""
        return cell.column if self.transposed else cell.row

    def height(self, cell: Cell) -> int:
        """Return how many rows a cell covers."""
        return cell.colspan if self.transposed else cell.rowspan

    def first_column(self, cell: Cell) -> int:
        """Return the column in which a cell begins."""
        return cell.row if self.transposed else cell.column

    def width(self, cell: Cell) -> int:
        """Return how many columns a cell covers."""
        return cell.rowspan if self.transposed else cell.colspan

    def turned(self) -> View:
        """Return the view with rows and columns exchanged."""
        return View(self.grid, self.top, self.bottom, not self.transposed)

    @cached_property
    def last_column(self) -> int:
        """Return the last column that holds anything."""
        ends = (
            min(self.first_column(cell) + self.width(cell), self.columns.stop) - 1
            for row in self.rows
            for cell in self.row(row)
        )
        return max(ends, default=0)


@dataclass(frozen=True)
class Part:
    """One stretch of a grid: a table with its header rows, a form of labels and values, a line across.

    `cells`: a row whose cells each hold a label and its value, 「担当課：商工観光課」.
    """

    kind: Literal["table", "form", "line", "cells"]
    view: View
    header: int = 0
    words: Words = field(default_factory=Words)


@lru_cache(maxsize=32768)
def means(text: str) -> Heading:
    """Return what a cell's words mean as a header; a bare 29年度 is a year, whichever."""
    return understand(text, near=NEAR)


@lru_cache(maxsize=16384)
def is_figure(text: str) -> bool:
    """Tell whether a cell's text is a figure and hardly anything else."""
    folded = fold(text)
    found = find_figures(text)
    return bool(found) and len(found) == 1 and len(folded) - (found[0].end - found[0].start) <= 4


def is_level(text: str) -> bool:
    """Tell whether a cell's text is a figure with its unit, a date in brackets beside it or none: 29.8%（2020年）."""
    plain = BRACKETED_END.sub("", text)
    return is_figure(plain) and find_figures(plain)[0].figure.unit is not None


_WESTERN: Final = re.compile(r"\s*(?:19|20)\d\d\s*")


#: A year and what its figures are, beside bare years: 2022目標.
_WESTERN_LED: Final = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)\s*(?P<rest>(?:目標|計画|実績|見込)[^\d]{0,4})"
)


def heading_at(view: View, row: int, cell: Cell, near: int | None = NEAR) -> Heading:
    """Return what a cell means as a header of its row; bare 2019, 2020, 2021 in a row are years."""
    if _WESTERN.fullmatch(cell.text) and are_western(view, row):
        return Heading(text=cell.text.strip(), year=int(cell.text), bare=True)
    led = _WESTERN_LED.fullmatch(cell.text)
    if led is not None and are_western(view, row):
        return dataclasses.replace(understand(led["rest"]), text=cell.text, year=int(led["year"]))
    return understand(cell.text, near=near)


def are_western(view: View, row: int) -> bool:
    """Tell whether a row's bare numbers are years: several, rising from left to right, and no other figures beside."""
    cells = view.row(row)
    years = [int(cell.text) for cell in cells if _WESTERN.fullmatch(cell.text)]
    rest = (cell.text for cell in cells if not _WESTERN.fullmatch(cell.text))
    others = any(is_figure(text) for text in rest if not _WESTERN_LED.fullmatch(text))
    return len(years) > 1 and years == sorted(set(years)) and not others
