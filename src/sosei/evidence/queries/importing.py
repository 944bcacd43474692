"""取込みの頁. A sheet on its way into a register as a page shows it: its sheets, its columns, what each seems to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sosei.evidence import models as m
from sosei.evidence.actions.imports import Sheet, remembered
from sosei.evidence.actions.uploads import File
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.refusals import NoSuchRow, TooManyRows
from sosei.evidence.sheets import sources
from sosei.evidence.sheets.cells import Cell, is_blank, shown
from sosei.evidence.sheets.columns import Column, columns_of
from sosei.evidence.sheets.heads import SEEN, Head, head_of
from sosei.evidence.sheets.mapping import SheetMapping, propose
from sosei.evidence.sheets.mynumber import holds, is_headed
from sosei.evidence.sheets.said import Note
from sosei.evidence.stored import kind

#: Rows that pages enter at once: they are in memory together, some three kilobytes each.
MOST: Final = 200_000
#: Values of a column that are shown, and rows that a proposal looks at.
_SHOWN: Final = 3
_LOOKED: Final = 50
#: A smaller file has not so many rows that anybody would wait.
_SMALL: Final = 400_000
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """開いた表. `index`: which of `names` (the hidden ones are named in `hidden`); `guessed`: the head's row was found.

    `samples`: of each column of the sheet, its first values; `rows`: how many there are, 0 where they are few.
    """

    file: File
    kind: RegisterKind
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    hidden: frozenset[int]
    index: int
    head: Head
    guessed: bool
    samples: tuple[tuple[str, ...], ...]
    mapping: SheetMapping
    notes: tuple[Note, ...]
    rows: int
    sheet: sources.Sheet

    def to_read(self, fiscal_year: int | None) -> Sheet:
        """Return the sheet as it is read and entered. Its rows raise TooManyRows."""
        named = (
            self.sheet.name
            if len(self.names) > 1 or self.file.name.lower().endswith(".xlsx")
            else ""
        )
        return Sheet(
            rows=_counted(self.sheet.rows(self.head.data)), start=self.head.data + 1, name=self.file.name,
            sha256=self.file.sha256, sheet=named, fiscal_year=fiscal_year,
        )  # fmt: skip


def looked(
    body: str, register: int, file: File, *, index: int | None = None, head: int | None = None
) -> Looked:
    """Return a sheet with what its columns seem to be. `head`: the row of its names, from 1, where a person says so.

    Raises NoSuchRow, the refusals of files.
    """
    row = m.Register.objects.filter(body=body, pk=register, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="台帳", number=register)
    of, sheets = kind(row), file.sheets
    columns = columns_of(of)
    tops = [one.top() for one in sheets]
    at = index if index is not None and index < len(sheets) else _first(sheets, tops, columns)
    found = _head(tops[at], columns, head)
    own = found or Head(row=0, lines=1, names=_names(tops[at][:1]))
    below = list(islice(sheets[at].rows(own.data), _LOOKED))
    names = _widened(own.names, below)
    return Looked(
        file=file, kind=of, columns=columns, names=tuple(one.name for one in sheets),
        hidden=frozenset(n for n, one in enumerate(sheets) if one.hidden), index=at,
        head=Head(row=own.row, lines=own.lines, names=names, unit=own.unit), guessed=found is not None,
        samples=tuple(_samples(names, below)), notes=sheets[at].notes, rows=_many(file, sheets[at]),
        mapping=propose(names, below, columns, remembered(row, names), unit=own.unit), sheet=sheets[at],
    )  # fmt: skip


def _first(
    sheets: Sequence[sources.Sheet], tops: Sequence[Sequence[Sequence[Cell]]], columns: Sequence[Column]
) -> int:  # fmt: skip
    """Return the first sheet that is shown and names columns; else the first one."""
    fits = (n for n, one in enumerate(sheets) if not one.hidden and head_of(tops[n], columns))
    return next(fits, 0)


def _head(
    top: Sequence[Sequence[Cell]], columns: Sequence[Column], said: int | None
) -> Head | None:
    found = head_of(top, columns)
    if said is None or not 1 <= said <= min(SEEN, len(top)) or (found and found.row == said - 1):
        return found
    return Head(row=said - 1, lines=1, names=_names(top[said - 1 : said]), unit=None)


def _names(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    return tuple(shown(cell).strip() for row in rows for cell in row)


def _widened(names: tuple[str, ...], below: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Return the names of all columns: those without one too."""
    wide = max((len(row) for row in below), default=0)
    return (*names, *[""] * (wide - len(names)))


def _samples(names: Sequence[str], below: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, ...]]:
    """Yield the first values of each column; what may be an Individual Number is not shown."""
    for n, name in enumerate(names):
        own = [shown(row[n]) for row in below if n < len(row) and not is_blank(row[n])]
        yield tuple(_plain(text, hide=is_headed(name)) for text in own[:_SHOWN])


def _plain(text: str, *, hide: bool) -> str:
    if hide or holds(text):
        return "…"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _many(file: File, sheet: sources.Sheet) -> int:
    return 0 if len(file.data) < _SMALL else sum(1 for _ in islice(sheet.rows(), MOST + 1))


def _counted(rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows, 1):
        if number > MOST:
            raise TooManyRows(limit=f"{MOST:,}")
        yield row
