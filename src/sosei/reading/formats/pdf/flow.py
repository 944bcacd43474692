"""流れ. Page after page in reading order: lines, and tables that may run on to the next page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sosei.core.report import Unread
from sosei.core.text import fold
from sosei.reading.formats.pdf.engine import Leaf, Opened
from sosei.reading.formats.pdf.page import Sheet, sheet_of
from sosei.reading.formats.pdf.prose import Passage, line_of, passages
from sosei.reading.formats.pdf.stitch import Chain, Part
from sosei.reading.grid import Line

_DIGITS: Final = re.compile(r"[0-9]+")


@dataclass(slots=True)
class _Entry:
    """A block of a page with where it stands."""

    top: float
    left: float
    block: Line | Part


@dataclass(slots=True)
class Flow:
    """Pages put one behind the other. `open`: the table at the last page's end, which the next page may continue."""

    mark: str | None
    unread: list[Unread] = field(default_factory=list)
    open: Chain | None = None
    _heads: dict[str, float] = field(default_factory=dict)

    def blocks(self, opened: Opened) -> Iterator[Line | Chain]:
        """Yield the blocks of all pages; a table still grows until the block after the next is asked for."""
        for number in range(1, opened.pages + 1):
            with opened.leaf(number) as leaf:
                found = self._page(leaf, number)
            yield from found

    def _page(self, leaf: Leaf | None, number: int) -> list[Line | Chain]:
        if leaf is None:
            self.open = None
            self.unread.append(Unread(code="page-broken", raw=str(number)))
            return []
        sheet = sheet_of(leaf, self.mark)
        self.unread.extend(sheet.unread)
        entries = _entries(sheet, self.mark)
        self._set_aside(entries)
        _mark_ends(entries)
        return self._chained(entries)

    def _set_aside(self, entries: list[_Entry]) -> None:
        """Set lines aside that stood at the same place of the page before: running heads, notes at the foot."""
        heads: dict[str, float] = {}
        tables = [n for n, entry in enumerate(entries) if isinstance(entry.block, Part)]
        for number, entry in enumerate(entries):
            if not isinstance(entry.block, Line):
                continue
            outer = not tables or number < tables[0] or number > tables[-1]
            key = _DIGITS.sub("#", fold(entry.block.text))
            if outer and abs(self._heads.get(key, -99.0) - entry.top) < 3.0:
                entry.block = Line(entry.block.words, aside=True)
            heads[key] = entry.top
        self._heads = heads

    def _chained(self, entries: list[_Entry]) -> list[Line | Chain]:
        out: list[Line | Chain] = []
        waiting, self.open = self.open, None
        for entry in entries:
            if isinstance(entry.block, Line):
                out.append(entry.block)
                continue
            part = entry.block
            chain = waiting if waiting is not None and waiting.take(part) else None
            waiting = None
            if chain is None:
                chain = Chain([part])
                out.append(chain)
            self.open = chain if part.last else None
        return out


def _entries(sheet: Sheet, mark: str | None) -> list[_Entry]:
    """Return the blocks of a page in reading order."""
    right = max((table.frame.box[2] for table in sheet.tables), default=0.0)
    high = sheet.view.size[1]
    found = [
        _Entry(
            table.frame.box[1], table.frame.box[0], Part(table.frame, table.grid, sheet.number, high)
        )
        for table in sheet.tables
    ]
    for passage in passages(sheet.loose, right):
        found.append(_entry(passage, sheet, mark))
    return sorted(found, key=lambda entry: (entry.top, entry.left))


def _entry(passage: Passage, sheet: Sheet, mark: str | None) -> _Entry:
    return _Entry(passage.box[1], passage.box[0], line_of(passage, sheet.letters, mark))


def _mark_ends(entries: list[_Entry]) -> None:
    """Note which table nothing but furniture stands above, and which nothing but furniture stands below."""
    own = [entry.block for entry in entries if isinstance(entry.block, Part) or not entry.block.aside]
    if own and isinstance(own[0], Part):
        own[0].first = True
    if own and isinstance(own[-1], Part):
        own[-1].last = True
