"""流れ. Page after page in reading order: lines, and tables that may run on to the next page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sosei.core.report import Unread
from sosei.core.text import fold
from sosei.reading.formats.limits import MAX_BROKEN_PAGES, MAX_PAGE_WORK
from sosei.reading.formats.pdf.engine import Leaf, Opened
from sosei.reading.formats.pdf.page import Sheet, sheet_of
from sosei.reading.formats.pdf.prose import Passage, is_page_number, line_of, passages
from sosei.reading.formats.pdf.rows import Row, rows_of
from sosei.reading.formats.pdf.stitch import Chain, Part, header
from sosei.reading.grid import Line, Words

#: A page's number within a line: beside a dash or a slash. Other numbers tell one heading from the next.
_NUMBER: Final = re.compile(r"(?<=[-/])[0-9]+|[0-9]+(?=[-/])")
#: The shares of a page's height in which running heads and feet stand, and below which nothing but its foot does.
_EDGE, _FOOT = 0.1, 0.07


@dataclass(slots=True)
class _Entry:
    """A block of a page with where it stands."""

    top: float
    left: float
    block: Line | Part

    @property
    def aside(self) -> bool:
        """Whether it is a page's number."""
        return isinstance(self.block, Line) and self.block.aside

    @property
    def key(self) -> str:
        """What a line says, whatever its page's number."""
        return _NUMBER.sub("#", fold(self.block.text)) if isinstance(self.block, Line) else ""


@dataclass(slots=True)
class Flow:
    """Pages put one behind the other. `open`: the table at the last page's end, which the next page may continue.

    Without `lines` the text outside tables is only looked at, to tell what stands between tables, and not given out.
    """

    mark: str | None
    lines: bool = True
    unread: list[Unread] = field(default_factory=list)
    open: Chain | None = None
    work: int = 0
    broken: int = 0
    _heads: list[dict[str, float]] = field(default_factory=list)
    _repeats: set[tuple[str, ...]] = field(default_factory=set)
    _captions: set[str] = field(default_factory=set)
    _below: set[str] = field(default_factory=set)

    def blocks(self, opened: Opened) -> Iterator[Line | Chain]:
        """Yield the blocks of all pages; a table still grows until the block after the next is asked for."""
        for number in range(1, opened.pages + 1):
            if self.work > MAX_PAGE_WORK or self.broken > MAX_BROKEN_PAGES:
                left = f"{number}-{opened.pages}"
                self.unread.append(Unread(code="pages-left", raw=left))
                return
            with opened.leaf(number) as leaf:
                found = self._page(leaf, number)
            yield from found

    def _page(self, leaf: Leaf | None, number: int) -> list[Line | Chain]:
        if leaf is None:
            self.open = None
            self.broken += 1
            self.unread.append(Unread(code="page-broken", raw=str(number)))
            return []
        self.broken = 0
        sheet = sheet_of(leaf, self.mark)
        self.work += sheet.work
        self.unread.extend(sheet.unread)
        entries = _entries(sheet, self.mark, lines=self.lines)
        return self._chained(entries, sheet.view.size[1])

    def _chained(self, entries: list[_Entry], high: float) -> list[Line | Chain]:
        """Return the blocks of a page, a table joined to the last page's where it goes on; furniture is set aside."""
        heads = {entry.key: entry.top for entry in entries if isinstance(entry.block, Line)}
        recurring = {key for key, top in heads.items() if self._stood(key, top)}
        tables = [n for n, entry in enumerate(entries) if isinstance(entry.block, Part)]
        first, last = (tables[0], tables[-1]) if tables else (len(entries), -1)
        joined = self._goes_on(entries, first, recurring)
        out: list[Line | Chain] = []
        for number, entry in enumerate(entries):
            if isinstance(entry.block, Line):
                again = entry.key in recurring and not first < number < last
                aside = again and ((joined and number < first) or _at_edge(entry, high))
                out.append(Line(entry.block.words, aside=True) if aside else entry.block)
            elif number != first or not joined:
                self.open = Chain([entry.block])
                out.append(self.open)
        self._repeats = _repeated_headers(entries)
        # Facing pages have their heads on different sides: the one before the last counts too.
        self._heads = [heads, *self._heads[:1]]
        self._captions = {
            entry.key for entry in entries[:last] if not isinstance(entry.block, Part)
        }
        self._below = {entry.key for entry in entries[last + 1 :] if not _is_furniture(entry, high)}
        if not tables:
            self.open = None
        return out

    def _stood(self, key: str, top: float) -> bool:
        return any(abs(heads.get(key, -99.0) - top) < 3 for heads in self._heads)

    def _goes_on(self, entries: list[_Entry], first: int, recurring: set[str]) -> bool:
        """Tell whether the first table of a page goes on with the last one of the page before, and join it.

        Between them may stand only what stands at the same place of both pages, and page numbers.
        """
        if self.open is None or first == len(entries) or not self._below <= recurring:
            return False
        above = (entry for entry in entries[:first] if not entry.aside)
        part = entries[first].block
        if any(entry.key not in recurring | self._captions for entry in above) or isinstance(
            part, Line
        ):
            return False
        repeats = header(part.grid) in self._repeats | _repeated_headers(entries)
        return self.open.take(part, repeats=repeats)


def _repeated_headers(entries: list[_Entry]) -> set[tuple[str, ...]]:
    """Return the headers that two tables have of which one follows the other with nothing between them."""
    pairs = itertools.pairwise(entry.block for entry in entries)
    heads = (
        (header(a.grid), header(b.grid))
        for a, b in pairs
        if isinstance(a, Part) and isinstance(b, Part)
    )
    return {first for first, second in heads if first == second}


def _at_edge(entry: _Entry, high: float) -> bool:
    return entry.top < _EDGE * high or entry.top > (1 - _EDGE) * high


def _is_furniture(entry: _Entry, high: float) -> bool:
    """Tell whether a line below a table is a page's number or foot."""
    return entry.aside or entry.top > (1 - _FOOT) * high


def _entries(sheet: Sheet, mark: str | None, *, lines: bool) -> list[_Entry]:
    """Return the blocks of a page in reading order; without `lines`, bare lines as they stand."""
    right = max((table.frame.box[2] for table in sheet.tables), default=0.0)
    high = sheet.view.size[1]
    found = [
        _Entry(
            table.frame.box[1],
            table.frame.box[0],
            Part(table.frame, table.grid, sheet.number, high),
        )
        for table in sheet.tables
    ]
    if lines:
        found += [_entry(passage, sheet, mark) for passage in passages(sheet.loose, right)]
    else:
        found += [_bare(row, high) for row in rows_of(sheet.loose)]
    return sorted(found, key=lambda entry: (entry.top, entry.left))


def _entry(passage: Passage, sheet: Sheet, mark: str | None) -> _Entry:
    return _Entry(passage.box[1], passage.box[0], line_of(passage, sheet.letters, mark))


def _bare(row: Row, high: float) -> _Entry:
    text = "".join(piece.text for piece in row.pieces)
    line = Line(Words(text), aside=is_page_number(row.box, text, high))
    return _Entry(row.box[1], row.box[0], line)
