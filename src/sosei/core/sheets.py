"""帳票. What a document looks like to those who do not read it: lines and grids of cells, each with its places.

Only shapes (protocols): whatever opened the file satisfies them as it is, and the rooms that check or compare need
not know how it was opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from sosei.core.report import Places, Source, Unread


class Written(Protocol):
    """文字列. Text that knows where it stands."""

    @property
    def text(self) -> str:
        """The characters, line breaks kept."""
        ...

    @property
    def places(self) -> Places:
        """Where they stand."""
        ...


class Box(Protocol):
    """セル. A cell at its top left; `number` where the file holds a typed number, `formula` where it holds one."""

    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102
    @property
    def rowspan(self) -> int: ...  # noqa: D102
    @property
    def colspan(self) -> int: ...  # noqa: D102
    @property
    def header(self) -> bool: ...  # noqa: D102
    @property
    def number(self) -> Decimal | None: ...  # noqa: D102
    @property
    def formula(self) -> str | None: ...  # noqa: D102
    @property
    def words(self) -> Written: ...  # noqa: D102


class Table(Protocol):
    """表. A grid of cells; rows and columns count from 0."""

    @property
    def rows(self) -> int: ...  # noqa: D102
    @property
    def columns(self) -> int: ...  # noqa: D102
    @property
    def cells(self) -> Sequence[Box]: ...  # noqa: D102
    @property
    def name(self) -> Written: ...  # noqa: D102
    @property
    def sheet(self) -> str | None: ...  # noqa: D102


class Paragraph(Protocol):
    """段落. A line of text outside tables."""

    @property
    def words(self) -> Written: ...  # noqa: D102


class Sheets(Protocol):
    """文書. A file as lines and tables in reading order."""

    @property
    def source(self) -> Source: ...  # noqa: D102
    @property
    def grids(self) -> Sequence[Table]: ...  # noqa: D102
    @property
    def lines(self) -> Sequence[Paragraph]: ...  # noqa: D102
    @property
    def unread(self) -> Sequence[Unread]: ...  # noqa: D102
