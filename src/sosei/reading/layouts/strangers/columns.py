"""列. A column of a table and the table itself, as far as their headers are understood."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from sosei.reading.grid import Cell, Words, distinct
from sosei.reading.layouts.strangers.frames import View
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.rowkinds import is_comment
from sosei.reading.vocabulary import is_mark, is_whole, role_of

#: Roles of what a cell of figures holds by its column's header.
TOLD: Final = FIGURES | {"rate", "rating"}


#: What a row's own title may say of all figures in the row.
ROW_ROLES: Final = FIGURES | {"rate", "rating", "when", "due", "money", "fund"}


#: 上段：目標、下段：実績 in a header or heading: two rows of figures below one name.
LAYERS: Final = re.compile(
    r"[(（]?上段[)）]?(?:[(（][)）])?[:：]?(?P<upper>目標値?|計画値?|実績値?)[、,・)）/／]*(?:[(（])?下段[)）]?(?:[(（][)）])?[:：]?(?P<lower>目標値?|計画値?|実績値?)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it is, what its headers mean, and the header's own words."""

    index: int
    heading: Heading
    words: Words = field(default_factory=Words)
    label: Words = field(default_factory=Words)

    @property
    def role(self) -> str | None:
        """The role its headers name."""
        return self.heading.role

    def turned(self, role: str | None) -> Column:
        """Return the column with another role."""
        if role == self.role:
            return self
        return dataclasses.replace(self, heading=dataclasses.replace(self.heading, role=role))


@dataclass(frozen=True)
class Table:
    """A table understood: its body, its columns, the columns that title the rows."""

    view: View
    body: tuple[int, ...]
    columns: tuple[Column, ...]
    titles: tuple[int, ...]
    words: str
    #: What `cells` found; of the view and the body alone, so that tables that differ in their columns share it.
    known: dict[int, tuple[Cell, ...]] = field(default_factory=dict, compare=False, repr=False)
    #: Columns whose role became another by what stands beside them, and the step that made it so.
    turns: tuple[tuple[int, str], ...] = ()

    @cached_property
    def _untitled(self) -> dict[str | None, list[Column]]:
        found: dict[str | None, list[Column]] = {}
        for column in self.columns:
            if column.index not in self.titles:
                found.setdefault(column.role, []).append(column)
        return found

    @cached_property
    def _asked(self) -> dict[tuple[str, ...], list[Column]]:
        return {}

    def of(self, *roles: str) -> list[Column]:
        """Return the columns of some roles."""
        if roles not in self._asked:
            found = [c for role in roles for c in self._untitled.get(role, ())]
            self._asked[roles] = sorted(found, key=_index)
        return self._asked[roles]

    def plain(self, roles: frozenset[str]) -> list[Column]:
        """Return the columns that title no rows and have one of some roles, in order."""
        found = self._plain.get(roles)
        if found is None:
            found = [c for c in self.columns if c.role in roles and c.index not in self.titles]
            self._plain[roles] = found
        return found

    @cached_property
    def _plain(self) -> dict[frozenset[str], list[Column]]:
        return {}

    @cached_property
    def untitled(self) -> list[Column]:
        """The columns that title no rows."""
        return [column for column in self.columns if column.index not in self.titles]

    @cached_property
    def told(self) -> list[Column]:
        """The columns that hold figures by their headers alone: those with a role of figures, a rate, or a year."""
        return [c for c in self.untitled if c.role in TOLD or c.heading.dated]

    @cached_property
    def figures(self) -> list[Column]:
        """The columns of figures."""
        return self.of(*FIGURES)

    @cached_property
    def _rows(self) -> list[int]:
        """The rows of the body that hold a cell a column: no heading across, no comment."""
        wide = len(self.columns) > 2
        return [
            row
            for row in self.body
            if not (wide and (len(self.view.row(row)) == 1 or is_comment(self.view, row)))
        ]

    def cells(self, column: int) -> tuple[Cell, ...]:
        """Return the distinct cells with words of a column's body."""
        if column not in self.known:
            found = (self.view.at(row, column) for row in self._rows)
            self.known[column] = distinct(c for c in found if c is not None and c.filled)
        return self.known[column]


def _index(column: Column) -> int:
    return column.index


_TITLED: Final = re.compile(
    r"(?P<name>.{2,}?)[\s　]*[（(【](?P<role>(?:目標|実績|計画|見込)[値額]?)[)）】]\s*", re.DOTALL
)


def titled(text: str) -> re.Match[str] | None:
    """Return a name that titles its row by what stands in brackets behind it: 「利用者数（目標）」."""
    found = _TITLED.fullmatch(text)
    return found if found and understand(found["name"]).role is None else None


def is_title(text: str) -> bool:
    """Tell whether a cell's text titles its row."""
    if titled(text):
        return True
    heading = understand(text)
    return not is_mark(text) and heading.role in ROW_ROLES and (heading.whole or is_whole(text))


def noted(before: Table, after: Table, step: str) -> Table:
    """Return a table with a note of the columns that a step gave another role."""
    pairs = zip(before.columns, after.columns, strict=True)
    turned = tuple((old.index, step) for old, new in pairs if old.role != new.role)
    return dataclasses.replace(after, turns=(*before.turns, *turned)) if turned else after


def mapped(table: Table, change: Callable[[Column], str | None]) -> Table:
    """Return a table with the role that `change` gives each column."""
    return dataclasses.replace(table, columns=tuple(c.turned(change(c)) for c in table.columns))


def nearest(columns: Sequence[Column], before: int) -> Column | None:
    """Return the last column of figures before a column."""
    return next((c for c in reversed(columns) if c.index < before and c.role in FIGURES), None)


def role_of_row(text: str, near: int | None) -> Heading | None:
    """Return what a row's title says of the figures in the row."""
    found = titled(text)
    heading = understand(found["role"] if found else text, near=near)
    if heading.increment and heading.also in {"actual", "target"}:
        heading = dataclasses.replace(heading, role=heading.also)
    return (
        heading if heading.role in ROW_ROLES or (heading.dated and role_of(text) is None) else None
    )
