"""流れ. Page after page in reading order: lines, and tables that may run on to the next page."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sosei.core.report import Unread
from sosei.core.text import fold
from sosei.reading.formats.limits import MAX_BROKEN_PAGES, MAX_PAGE_WORK, MAX_SEEN_PAGES
from sosei.reading.formats.pdf.engine import Leaf, Opened
from sosei.reading.formats.pdf.furniture import bare_number, is_page_number, turned_lines
from sosei.reading.formats.pdf.lines import Row, rows_of
from sosei.reading.formats.pdf.narrow import Part
from sosei.reading.formats.pdf.page import Sheet, sheet_of
from sosei.reading.formats.pdf.panels import apart, in_panels
from sosei.reading.formats.pdf.prose import Passage, line_of, parted, passages, turned
from sosei.reading.formats.pdf.sight import is_looking
from sosei.reading.formats.pdf.stitch import Chain, header
from sosei.reading.grid import Grid, Line, Words

#: A page's number within a line: beside a dash or a slash. Other numbers tell one heading from the next.
_NUMBER: Final = re.compile(r"(?<=[-/])[0-9]+|[0-9]+(?=[-/])")
#: The shares of a page's height in which running heads and feet stand, and below which nothing but its foot does.
_EDGE, _FOOT = 0.1, 0.07
#: Points within which a line stands at the same place of two pages.
_PLACE: Final = 3.0
_NOWHERE: Final = -99.0
#: Facing pages have their heads on different sides: so many pages are compared.
_COMPARED: Final = 2
#: Heights of type within which the middles of two lines are one line's.
_LEVEL: Final = 0.3
#: What a table's figures are counted in is no furniture, however often it stands there.
_UNIT: Final = re.compile(r"^[(\[【〔<]?単位.{0,12}$")


@dataclass(slots=True)
class _Entry:
    """A block of a page with where it stands. `level`: the middle of its first line, or its top; `high`: of its type."""

    top: float
    left: float
    block: Line | Part
    level: float
    high: float = 0.0

    @property
    def aside(self) -> bool:
        """Whether it is a page's number."""
        return isinstance(self.block, Line) and self.block.aside

    @property
    def key(self) -> str:
        """What a line says, whatever its page's number."""
        return _NUMBER.sub("#", fold(self.block.text)) if isinstance(self.block, Line) else ""

    def beside(self, other: _Entry) -> bool:
        """Tell whether it stands in one line with another."""
        return abs(self.level - other.level) < _LEVEL * max(self.high, other.high)


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
    #: Pages whose signs were recognised in a picture.
    seen: int = 0
    _heads: list[dict[str, float]] = field(default_factory=list)
    _repeats: set[tuple[str, ...]] = field(default_factory=set)
    _grids: list[Grid] = field(default_factory=list)
    _captions: set[str] = field(default_factory=set)
    _below: set[str] = field(default_factory=set)
    _numbers: dict[int, float] = field(default_factory=dict)

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
        begun = self.open.thought if self.open else ()
        look = is_looking() and self.seen < MAX_SEEN_PAGES
        sheet = sheet_of(leaf, self.mark, begun, look=look)
        self.seen += sheet.seen
        self.work += sheet.work
        self.unread.extend(sheet.unread)
        entries = _entries(sheet, self.mark, lines=self.lines)
        return self._chained(entries, sheet.view.size[1])

    def _chained(self, entries: list[_Entry], high: float) -> list[Line | Chain]:
        """Return the blocks of a page, a table joined to the last page's where it goes on; furniture is set aside."""
        counted = self._counted(entries)
        _with_their_number(entries, high)
        heads = {entry.key: entry.top for entry in entries if isinstance(entry.block, Line)}
        recurring = {key for key, top in heads.items() if self._stood(key, top)}
        recurring |= {str(number - 1) for number in counted}
        tables = [n for n, entry in enumerate(entries) if isinstance(entry.block, Part)]
        first, last = (tables[0], tables[-1]) if tables else (len(entries), -1)
        joined = self._goes_on(entries, first, recurring)
        out: list[Line | Chain] = []
        for number, entry in enumerate(entries):
            if isinstance(entry.block, Line):
                edge = _at_edge(entry, high) and not _UNIT.match(entry.key)
                again = entry.key in recurring and not first < number < last
                if again and ((joined and number < first) or edge):
                    entry.block = dataclasses.replace(entry.block, aside=True)
                out.append(entry.block)
            elif number != first or not joined:
                self.open = Chain([entry.block])
                out.append(self.open)
        self._remember(entries, heads, (last, high))
        return out

    def _remember(
        self, entries: list[_Entry], heads: dict[str, float], end: tuple[int, float]
    ) -> None:
        """Keep what the next page is compared with. `end`: the last table's number, and the page's height."""
        last, high = end
        self._repeats = _repeated_headers(entries)
        self._grids = [entry.block.grid for entry in entries if isinstance(entry.block, Part)]
        self._heads = [heads, *self._heads[: _COMPARED - 1]]
        self._captions = _captions(entries[: max(0, last)])
        below = [entry for entry in entries[last + 1 :] if not _is_furniture(entry, high)]
        if last >= 0 and below:
            below = [entry for entry in below if not _is_over(entry, entries[last].block)]
        self._below = {entry.key for entry in below}
        if last < 0:
            self.open = None

    def _counted(self, entries: list[_Entry]) -> set[int]:
        """Set aside a number that stands alone at a page's head or foot and counts on from the page before.

        Of what looks like a page's number, a bare one beside other words is none, if it does not count on.
        """
        alone = _alone(entries)
        counted = {
            number for number, entry in alone.items()
            if abs(self._numbers.get(number - 1, _NOWHERE) - entry.top) < _PLACE
        }  # fmt: skip
        for entry in entries:
            number = bare_number(entry.block.text) if isinstance(entry.block, Line) else None
            if number is None or not isinstance(entry.block, Line):
                continue
            on = number - 1 in self._numbers
            beside = any(entry is not other and entry.beside(other) for other in entries)
            ends = number in counted and alone[number] is entry
            aside = ends or (entry.aside and (on or not beside))
            entry.block = dataclasses.replace(entry.block, aside=aside)
        self._numbers = {
            number: entry.top for entry in entries
            if isinstance(entry.block, Line) and (number := bare_number(entry.block.text)) is not None
        }  # fmt: skip
        return counted

    def _stood(self, key: str, top: float) -> bool:
        return any(abs(heads.get(key, _NOWHERE) - top) < _PLACE for heads in self._heads)

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
        return self.open.take(part, self._grids, repeats=repeats)


def _repeated_headers(entries: list[_Entry]) -> set[tuple[str, ...]]:
    """Return the headers that two tables have of which one follows the other with nothing between them."""
    pairs = itertools.pairwise(entry.block for entry in entries)
    heads = (
        (header(a.grid), header(b.grid))
        for a, b in pairs
        if isinstance(a, Part) and isinstance(b, Part)
    )
    return {first for first, second in heads if first == second}


def _captions(above: list[_Entry]) -> set[str]:
    """Return what stands over the last table of a page: below the table before it, which has captions of its own."""
    out: set[str] = set()
    for entry in reversed(above):
        if isinstance(entry.block, Part):
            break
        out.add(entry.key)
    return out


def _with_their_number(entries: list[_Entry], high: float) -> None:
    """Set aside the running heads and feet that stand in one line with their page's number."""
    numbers = [entry for entry in entries if entry.aside and _at_edge(entry, high)]
    for entry in entries:
        if isinstance(entry.block, Line) and any(entry.beside(number) for number in numbers):
            entry.block = dataclasses.replace(entry.block, aside=True)


def _at_edge(entry: _Entry, high: float) -> bool:
    return entry.top < _EDGE * high or entry.top > (1 - _EDGE) * high


def _is_furniture(entry: _Entry, high: float) -> bool:
    """Tell whether a line below a table is a page's number or foot."""
    return entry.aside or entry.top > (1 - _FOOT) * high


def _is_over(entry: _Entry, table: Line | Part) -> bool:
    """Tell whether a line lies over a table, as a call-out's does: it does not stand below it."""
    if isinstance(table, Line):
        return False
    left, _, right, bottom = table.frame.box
    return left < entry.left < right and entry.level < bottom


def _alone(entries: list[_Entry]) -> dict[int, _Entry]:
    """Return the first and the last line of a page by its number, if it is one and stands alone."""
    ends = (entries[:2], entries[-2:]) if len(entries) > 1 else (entries, [])
    out: dict[int, _Entry] = {}
    for at, pair in zip((0, -1), ends, strict=True):
        if not pair or (len(pair) == 2 and pair[0].beside(pair[1])):
            continue
        block = pair[at].block
        number = bare_number(block.text) if isinstance(block, Line) else None
        if number is not None:
            out[number] = pair[at]
    return out


def _entries(sheet: Sheet, mark: str | None, *, lines: bool) -> list[_Entry]:
    """Return the blocks of a page in reading order; without `lines`, bare lines as they stand."""
    right = max((table.frame.box[2] for table in sheet.tables), default=0.0)
    wide, high = sheet.view.size
    found = [
        _Entry(
            table.frame.box[1],
            table.frame.box[0],
            Part(table.frame, table.grid, sheet.number, high),
            table.frame.box[1],
        )
        for table in sheet.tables
    ]
    edges, pieces = turned_lines(sheet.loose, wide)
    found += [_entry(turned(run), sheet, mark) for run in edges]
    for room, group in apart(sheet.panels, pieces):
        if lines:
            found += [
                _entry(passage, sheet, mark)
                for passage in passages(group, right, sheet.rules, room)
            ]
        else:
            found += [_bare(part, high) for row in rows_of(group) for part in parted(row)]
    entries = list(_in_order(found))
    if not sheet.panels:
        return entries
    order = in_panels(sheet.panels, [(entry.left + 1, entry.level + 1) for entry in entries])
    return [entries[number] for number in order]


def _in_order(entries: list[_Entry]) -> Iterator[_Entry]:
    """Yield blocks from top to bottom, those in one line from left to right."""
    line: list[_Entry] = []
    for entry in sorted(entries, key=lambda entry: (entry.level, entry.left)):
        if line and not line[0].beside(entry):
            yield from sorted(line, key=lambda entry: entry.left)
            line = []
        line.append(entry)
    yield from sorted(line, key=lambda entry: entry.left)


def _entry(passage: Passage, sheet: Sheet, mark: str | None) -> _Entry:
    _, top, _, bottom = passage.rows[0].box
    line = line_of(passage, sheet.letters, mark)
    return _Entry(passage.box[1], passage.box[0], line, (top + bottom) / 2, bottom - top)


def _bare(row: Row, high: float) -> _Entry:
    left, top, _, bottom = row.box
    text = "".join(piece.text for piece in row.pieces)
    line = Line(Words(text), aside=is_page_number(row.box, text, high))
    return _Entry(top, left, line, (top + bottom) / 2, bottom - top)
