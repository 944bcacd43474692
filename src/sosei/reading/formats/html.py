"""ウェブページ. HTML: headings, paragraphs and items as lines, tables as grids, navigation kept and marked `aside`.

A cell's place is its table and row, numbered as `//table` and `.//tr` number them in the whole page; text outside
tables has its offsets in the decoded file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import ClassVar, Final

from sosei.core.report import Place, Source, Unread
from sosei.reading.formats import markup
from sosei.reading.formats.limits import (
    MAX_CELLS,
    MAX_COLSPAN,
    MAX_COLUMNS,
    MAX_COVERED,
    MAX_DEPTH,
    MAX_LINES,
    MAX_ROWS,
)
from sosei.reading.formats.markup import BLOCKS, VOID, Chunk, Piece, Tag
from sosei.reading.formats.refusal import TooDeep, TooManyCells, TooManyColumns, TooManyLines
from sosei.reading.formats.spans import Slot, fit_cells
from sosei.reading.grid import Cell, Document, Grid, Line, Words

_ASIDE: Final = frozenset({"nav", "footer", "svg", "title", "template"})
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*([0-9]{1,7})")
_OF_TABLES: Final = frozenset({"tr", "td", "th", "caption", "thead", "tbody", "tfoot"})
#: Attributes without any of these say nothing of a cell's span (but that it is 1) or whether it is shown.
_TELLING: Final = re.compile("span(?!=[\"']?1(?:[\"'\\s]|$))|hidden|none", re.IGNORECASE)
_HEADS: Final = frozenset(("th", "TH", "Th", "tH"))
_LIST_ITEMS: Final = frozenset({"li", "dd"})


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the cells of a row stand."""

    marked: str | None
    table: int
    tr: int

    exact: ClassVar[bool] = False

    def place(self, row: int, column: int) -> Place:
        """Return table, row and column."""
        del row
        return Place(source=self.marked, table=self.table, row=self.tr, column=column + 1)


@dataclass
class _Open:
    """A cell whose end has not come yet."""

    slot: Slot
    place: Place
    parts: list[list[Piece]] = field(default_factory=lambda: [[]])


@dataclass
class _Table:
    """A table whose end has not come yet. `trs`: rows met so far, those of tables within it included; `tr`: its own last row."""

    number: int
    trs: int = 0
    tr: int = 0
    row: int = -1
    cells: list[Cell] = field(default_factory=list)
    busy: dict[int, tuple[int, int]] = field(default_factory=dict)
    column: int = 0
    cell: _Open | None = None
    caption: list[Piece] | None = None
    name: Words = field(default_factory=Words)
    nested: list[Grid] = field(default_factory=list)
    row_hidden: bool = False
    spanned: bool = False
    in_row: bool = False
    cut: int = 0

    def free(self, column: int) -> int:
        """Return the first column from one on into which no cell of a row above reaches."""
        while (reach := self.busy.get(column)) and reach[0] > self.row:
            column = reach[1]
        return column

    @property
    def between(self) -> bool:
        """Between cells, where white space means nothing."""
        return self.cell is None and self.caption is None


class _Page:
    """The page being read: one pass over tags and text, with the tables that are open."""

    def __init__(self, text: str, source: Source, marked: str | None) -> None:
        self.text, self.source, self.marked = text, source, marked
        self.blocks: list[Line | Grid] = []
        self.unread: list[Unread] = []
        self.open: list[_Table] = []
        self.tables = self.cells = self.lines = self.covered = 0
        self.line: list[list[Piece]] = [[]]
        self.level: int | None = None
        self.item = self.term = False
        self.aside: list[str] = []
        self.silent = self.kept = self.at = 0
        self.heads: dict[str, bool] = {}

    def read(self) -> Document:
        ahead = markup.Ahead()
        for token in markup.tokens(self.text, ahead=ahead):
            self.at = token.start
            if isinstance(token, Chunk):
                self._chunk(token)
                continue
            self._tag(token)
            if token.name == "tr" and not token.closing and not (self.silent or self.kept):
                ahead.at = self._plain_rows(token.end)
        self.at = len(self.text)
        while self.open:
            self._close_table()
        self._flush()
        return Document(self.source, tuple(self.blocks), tuple(self.unread))

    # -- text ---------------------------------------------------------------------------------------------

    def _chunk(self, chunk: Chunk) -> None:
        if self.silent:
            return
        start, end = chunk
        raw = self.text[start:end]
        if self.open and self.open[-1].between and raw.isspace():
            return
        if "&" not in raw and "\n" not in raw and "\r" not in raw and "\t" not in raw:
            self._into()[-1].append(Piece(raw, start, end, exact=True))
            return
        shown = markup.pieces(self.text, chunk, collapse=not self.kept)
        self._into()[-1].extend(shown)

    def _into(self) -> list[list[Piece]]:
        """Return the lines that text goes to now: the cell's, the caption's or the page's."""
        table = self.open[-1] if self.open else None
        if table and table.cell:
            return table.cell.parts
        if table and table.caption is not None:
            return [table.caption]
        return self.line

    def _flush(self) -> None:
        """End the line outside tables."""
        shown = [w for parts in self.line if (w := markup.words(parts, self.marked))]
        self.line = [[]]
        if shown:
            self.lines += 1
            if self.lines > MAX_LINES:
                raise TooManyLines(name=self.source.name, limit=MAX_LINES)
            words = Words.joined(shown, "\n")
            aside = bool(self.aside)
            self.blocks.append(Line(words, self.level, self.item, aside=aside, term=self.term))

    # -- tags ---------------------------------------------------------------------------------------------

    def _tag(self, tag: Tag) -> None:
        name = tag.name
        self._mark_aside(tag)
        if name in ("rt", "rp"):
            self.silent = max(0, self.silent + (-1 if tag.closing else 1))
        elif name == "pre":
            self.kept = max(0, self.kept + (-1 if tag.closing else 1))
        if name == "table":
            self._close_table() if tag.closing else self._open_table()
        elif self.open and name in _OF_TABLES:
            self._table_tag(tag)
        elif name == "br":
            self._into().append([])
        elif name in BLOCKS:
            self._block(tag)
        elif name not in VOID:
            return

    def _mark_aside(self, tag: Tag) -> None:
        """Keep count of what is beside the page's own text: navigation, pictures, what is not shown."""
        if self.aside:
            if tag.name == self.aside[0]:
                if tag.closing:
                    self._flush_outside()
                    self.aside.pop()
                elif not tag.rest.rstrip().endswith("/"):
                    self.aside.append(tag.name)
        elif not tag.closing and _is_aside(tag):
            self._flush_outside()
            self.aside.append(tag.name)

    def _flush_outside(self) -> None:
        if not self.open:
            self._flush()

    def _block(self, tag: Tag) -> None:
        table = self.open[-1] if self.open else None
        if table and table.cell:
            table.cell.parts.append([])
            return
        if table and table.caption is not None:
            table.caption.append(Piece(" ", tag.start, tag.end, exact=False))
            return
        self._flush()
        heading = len(tag.name) == 2 and tag.name[0] == "h" and tag.name[1].isdigit()
        self.level = int(tag.name[1]) if heading and not tag.closing else None
        self.item = tag.name in _LIST_ITEMS and not tag.closing
        self.term = tag.name == "dt" and not tag.closing

    # -- tables -------------------------------------------------------------------------------------------

    def _open_table(self) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise TooDeep(name=self.source.name, limit=MAX_DEPTH)
        if not self.open:
            self._flush()
            self.level, self.item, self.term = None, False, False
        self.tables += 1
        self.open.append(_Table(self.tables))

    def _close_table(self) -> None:
        if not self.open:
            return
        table = self.open.pop()
        self._close_cell(table)
        self._close_caption(table)
        grid = self._grid(table)
        if self.open:
            outer = self.open[-1]
            outer.nested.append(grid)
            if outer.cell:
                outer.cell.parts.append([])
        else:
            self._flush()
            self.blocks.append(grid)

    def _table_tag(self, tag: Tag) -> None:
        table = self.open[-1]
        if tag.name == "caption":
            self._close_cell(table)
            if tag.closing:
                self._close_caption(table)
            else:
                table.caption = []
            return
        self._close_caption(table)
        self._close_cell(table)
        if tag.name in ("td", "th"):
            if not tag.closing:
                self._open_cell(table, tag)
            return
        table.in_row = tag.name == "tr" and not tag.closing
        if table.in_row:
            self._open_row(table, tag)

    def _plain_rows(self, at: int) -> int:
        """Read the row that is open, and those that follow, while they hold nothing but cells of text and line breaks.

        Return where the last of them ends, or `at` where already the first is not so.
        """
        while self.open:
            table = self.open[-1]
            if (end := self._bare_row(table, at)) == at:
                end = self._plain_row(table, at)
            if end == at:
                break
            table.in_row, at = False, end
            if (following := markup.next_row(self.text, at)) is None:
                break
            table.in_row, at = True, following.end
            self._open_row(table, following)
        return at

    def _bare_row(self, table: _Table, at: int) -> int:
        """Read a row of cells that only hold text and span nothing; return where it ends, or `at` where it is not so."""
        cells, end = ([], at) if table.busy else markup.bare_cells(self.text, at)
        column, heads = table.column, self.heads
        if end == at or self.cells + len(cells) > MAX_CELLS or column + len(cells) > MAX_COLUMNS:
            return at
        try:
            headers = [heads[tag] for tag, _, _ in cells]
        except KeyError:
            if not all(tag in heads or self._knows(tag) for tag, _, _ in cells):
                return at
            headers = [heads[tag] for tag, _, _ in cells]
        spot = _Spot(self.marked, table.number, table.tr)
        row, hidden = table.row, table.row_hidden
        table.cells.extend(
            [
                Cell(row, at_, text.strip(), 1, 1, header, None, None, hidden, False, spot)
                for at_, (_, text, _), header in zip(
                    range(column, column + len(cells)), cells, headers, strict=True
                )
            ]
        )
        table.column += len(cells)
        self.cells += len(cells)
        return end

    def _knows(self, said: str) -> bool:
        """Remember whether a start tag begins a header; tell whether it says nothing else of its cell."""
        found = markup.bare_tag(said)
        if found is None or _TELLING.search(found[1]):
            return False
        self.heads[said] = found[0] in _HEADS
        return True

    def _plain_row(self, table: _Table, at: int) -> int:
        """Read a row of cells of text, line breaks and entities; return where it ends, or `at` where it is not so."""
        cells, end = markup.plain_cells(self.text, at)
        if end == at or self.cells + len(cells) > MAX_CELLS:
            return at
        spot = _Spot(self.marked, table.number, table.tr)
        row, column, hidden = table.row, table.column, table.row_hidden
        keep, busy = table.cells.append, table.busy
        for name, attributes, plain, other, _ in cells:
            text = markup.shown(other) if other else plain.strip()
            if (busy and column in busy) or (attributes and _TELLING.search(attributes)):
                table.column = column
                slot = self._begin(table, Tag(name.lower(), False, attributes, at, at))
                keep(_cell(slot, text, spot))
                column = table.column
                continue
            if column >= MAX_COLUMNS:
                self._refuse(table, column)
            header = name in _HEADS
            keep(Cell(row, column, text, 1, 1, header, None, None, hidden, False, spot))
            column += 1
        table.column = column
        self.cells += len(cells)
        return end

    def _close_caption(self, table: _Table) -> None:
        if table.caption is not None:
            said = [w for w in (table.name, markup.words(table.caption, self.marked)) if w]
            table.name = Words.joined(said, " ")
            table.caption = None

    def _open_row(self, table: _Table, tag: Tag) -> None:
        for outer in self.open:
            outer.trs += 1
        if table.row + 1 >= MAX_ROWS:
            raise TooManyLines(name=self.source.name, limit=MAX_ROWS)
        table.row += 1
        table.column, table.tr = 0, table.trs
        if table.busy:
            reaching = ((c, reach) for c, reach in table.busy.items() if reach[0] > table.row)
            table.busy = dict(reaching)
        table.row_hidden = _hidden(tag)

    def _open_cell(self, table: _Table, tag: Tag) -> None:
        slot = self._begin(table, tag)
        self.cells += 1
        table.cell = _Open(slot, self._place(table, tag, slot.column))

    def _begin(self, table: _Table, tag: Tag) -> Slot:
        """Return where a cell stands and how far it would reach. Raises the refusals of size."""
        table.row = max(table.row, 0)
        column = table.free(table.column)
        if self.cells >= MAX_CELLS or column >= MAX_COLUMNS:
            self._refuse(table, column)
        attributes = tag.attributes() if tag.rest else {}
        rowspan = _span(attributes.get("rowspan"), MAX_ROWS) or MAX_ROWS
        colspan = min(_span(attributes.get("colspan"), MAX_COLSPAN) or 1, MAX_COLUMNS - column)
        self.covered += colspan if rowspan > 1 else 0
        if self.covered > MAX_COVERED and rowspan > 1:
            rowspan, table.cut = 1, table.cut + 1
        if rowspan > 1:
            reach = (table.row + rowspan, column + colspan)
            table.busy.update(dict.fromkeys(range(column, reach[1]), reach))
        table.column = column + colspan
        table.spanned |= colspan > 1 or rowspan > 1
        hidden = table.row_hidden or (bool(attributes) and _hidden(tag))
        return Slot(table.row, column, rowspan, colspan, tag.name in _HEADS, hidden)

    def _refuse(self, table: _Table, column: int) -> None:
        if self.cells >= MAX_CELLS:
            raise TooManyCells(name=self.source.name, limit=MAX_CELLS)
        where = f"表{table.number}"
        raise TooManyColumns(name=self.source.name, where=where, limit=MAX_COLUMNS)

    def _place(self, table: _Table, tag: Tag, column: int) -> Place:
        """Return table and row; offsets where a cell stands in no row, as only careless pages have it."""
        if not table.in_row:
            return Place(source=self.marked, start=tag.start, end=tag.end)
        return Place(source=self.marked, table=table.number, row=table.tr, column=column + 1)

    def _close_cell(self, table: _Table) -> None:
        if table.cell is None:
            return
        opened, table.cell = table.cell, None
        place = opened.place
        if place.start is not None:
            place = Place(source=self.marked, start=place.start, end=self.at)
        texts = ("".join(p.text for p in parts).strip() for parts in opened.parts)
        words = Words.at("\n".join(t for t in texts if t), place)
        table.cells.append(_cell(opened.slot, words))

    def _grid(self, table: _Table) -> Grid:
        most = max(0, MAX_COVERED - self.covered)
        fit = fit_cells(table.cells, most, spanned=table.spanned)
        self.covered += fit.covered
        if cut := fit.cut + table.cut:
            place = Place(source=self.marked, table=table.number)
            self.unread.append(Unread(code="spans-cut", raw=str(cut), place=(place,)))
        nested = tuple(table.nested)
        return Grid(
            fit.rows, fit.columns, fit.cells, table.name, number=table.number, nested=nested
        )


def _cell(slot: Slot, words: Words | str, spot: _Spot | None = None) -> Cell:
    return Cell(
        slot.row, slot.column, words, slot.rowspan, slot.colspan, slot.header, hidden=slot.hidden, spot=spot
    )  # fmt: skip


def _span(text: str | None, most: int) -> int:
    """Return a span as browsers read it: leading digits, within bounds; 1 without any, 0 for "to the end"."""
    if not text:
        return 1
    found = _NUMBER.match(text)
    return min(int(found[1]), most) if found else 1


def _is_aside(tag: Tag) -> bool:
    """Tell whether an element is beside the page's own text; tables and their parts say `hidden` themselves."""
    if tag.name in VOID or tag.name in ("td", "th", "tr", "table"):
        return False
    return tag.name in _ASIDE or _hidden(tag)


def _hidden(tag: Tag) -> bool:
    if "hidden" not in tag.rest and "none" not in tag.rest:
        return False
    attributes = tag.attributes()
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))


def read(text: str, source: Source, *, marked: str | None = None) -> Document:
    """Read a decoded page. `marked` is the source's id where places must say it. Raises the refusals of size."""
    return _Page(text, source, marked).read()
