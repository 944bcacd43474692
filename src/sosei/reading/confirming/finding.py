"""所在の引き当て. From the place of a figure to the cell or line it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from sosei.core.report import Place, Places
from sosei.reading.grid import Cell, Document, Grid, Line, Words


class Spot(NamedTuple):
    """所在. The words a figure stands in; of a table, also the cell and the table; and the lines before it."""

    words: Words
    cell: Cell | None = None
    grid: Grid | None = None
    before: tuple[Words, ...] = ()


class Finder:
    """引き当て. Finds spots of one document; made once, asked for each figure."""

    def __init__(self, document: Document) -> None:
        """Index where every stretch of text stands."""
        #: By the place itself: the reader's facts bear the very places of the words that they were read from.
        self._at: dict[int, Spot] = {}
        self._document = document
        self._runs: dict[str | None, list[tuple[int, int, Spot]]] = {}
        for spot in _spots(document, placed=True):
            for run in spot.words.runs:
                place = run.place
                if place.start is None:
                    self._at.setdefault(id(place), spot)
                else:
                    known = self._runs.setdefault(place.source, [])
                    known.append((place.start, place.end or place.start, spot))
        for runs in self._runs.values():
            runs.sort(key=lambda one: one[0])

    def spot(self, places: Places) -> Spot | None:
        """Return where a figure stands; None where its places are not of one cell or line."""
        found = [self._one(place) for place in places]
        first = found[0] if found else None
        return first if first is not None and all(one is first for one in found) else None

    def _one(self, place: Place) -> Spot | None:
        if place.start is None:
            return self._at.get(id(place)) or self._equal.get(place)
        runs = self._runs.get(place.source, [])
        at = bisect_right(runs, place.start, key=lambda one: one[0]) - 1
        return runs[at][2] if at >= 0 and place.start <= runs[at][1] else None

    @cached_property
    def _equal(self) -> dict[Place, Spot]:
        """The spots by what their places say, for a fact whose place was made anew."""
        found: dict[Place, Spot] = {}
        for spot in _spots(self._document):
            for run in spot.words.runs:
                found.setdefault(run.place, spot)
        return found


#: Lines before a table that may say something of its figures, and before a line.
_NEAR = 3
_OVER = 6


def _spots(document: Document, *, placed: bool = False) -> Iterator[Spot]:
    """Yield the spots of a document; `placed`: only of cells whose words somebody has asked for."""
    lines: list[Words] = []
    for block in document.blocks:
        if isinstance(block, Line):
            yield Spot(block.words, before=tuple(lines))
            lines = [*lines[1 - _OVER :], block.words] if not block.aside else lines
        else:
            before = tuple(lines[-_NEAR:])
            lines = []
            for grid in block.with_nested():
                above = (*before, grid.name) if grid.name else before
                for cell in grid.cells:
                    if not placed or cell.placed:
                        yield Spot(cell.words, cell, grid, above)


__all__ = ["Finder", "Spot"]
