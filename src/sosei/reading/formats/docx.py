"""文書. Word documents (DOCX): headings, paragraphs and items as lines, tables as grids.

A cell's place is its table and row, counted as the tables that stand directly in the body; a paragraph's is its
offsets in the body's paragraphs joined with line breaks. What tracked changes deleted is left out; text boxes
follow their paragraph, marked `aside`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from sosei.core.report import Place, Source, Unread
from sosei.reading.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_COVERED, MAX_DEPTH, MAX_LINES
from sosei.reading.formats.office import Package
from sosei.reading.formats.refusal import TooDeep, TooManyCells, TooManyColumns, TooManyLines
from sosei.reading.formats.spans import fit_cells
from sosei.reading.formats.wordstyles import (
    Styles,
    child_of,
    named,
    parts_of,
    styles_of,
    value_of,
)
from sosei.reading.grid import Cell, Document, Grid, Line, Run, Words

#: Elements whose content is not (or no longer) part of the text.
_GONE: Final = frozenset(
    {"del", "moveFrom", "delText", "instrText", "rt", "pPr", "rPr", "sectPr", "Fallback"}
)
#: Children of a paragraph that hold no text.
_MARKS: Final = frozenset({"pPr", "bookmarkStart", "bookmarkEnd", "proofErr"})
_BOXES: Final = frozenset({"txbxContent"})
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass
class _Text:
    """The text of a paragraph in two readings: as shown, and as counted by offsets."""

    shown: list[tuple[str, int, int]] = field(default_factory=list)
    counted: int = 0
    boxes: list[Any] = field(default_factory=list)

    def add(self, text: str, *, counts: bool) -> None:
        size = len(text) if counts else 0
        self.shown.append((text, self.counted, self.counted + size))
        self.counted += size


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the cells of a table stand: in which table, or where in the text for one that nobody could count."""

    marked: str | None
    table: int | None
    offset: int

    exact: ClassVar[bool] = False

    def place(self, row: int, column: int) -> Place:
        """Return table, row and column, or the offset."""
        if self.table is None:
            return Place(source=self.marked, start=self.offset, end=self.offset)
        return Place(source=self.marked, table=self.table, row=row + 1, column=column + 1)


class _Body:
    """The body being read. `offset` counts the paragraphs that stand directly in it."""

    def __init__(self, source: Source, marked: str | None, styles: Styles) -> None:
        self.source, self.marked, self.styles = source, marked, styles
        self.blocks: list[Line | Grid] = []
        self.unread: list[Unread] = []
        self.offset = self.tables = self.cells = self.covered = 0
        self.paragraphs = 0

    def read(self, body: Any) -> Document:
        for element, direct in _blocks(body, self.source.name):
            if _local(element) == "p":
                self._paragraph(element, direct)
            else:
                self.tables += direct
                number = self.tables if direct else None
                self.blocks.append(self._table(element, number, 1))
        return Document(self.source, tuple(self.blocks), tuple(self.unread))

    # -- paragraphs ---------------------------------------------------------------------------------------

    def _paragraph(self, element: Any, direct: bool) -> None:
        if (count := len(self.blocks)) > MAX_LINES:
            raise TooManyLines(name=self.source.name, limit=MAX_LINES)
        text = _Text()
        if (plain := _plain(element)) is None:
            _collect(element, text, self.source.name, counts=direct)
        else:
            for part in plain:
                text.add(part, counts=direct)
        base = self.offset
        runs = [
            Run(
                len(t),
                Place(source=self.marked, start=base + a, end=base + b),
                exact=len(t) == b - a,
            )
            for t, a, b in text.shown
            if t
        ]
        words = Words("".join(t for t, _, _ in text.shown), tuple(runs)).strip()
        if direct:
            self.offset += text.counted + 1
        if words:
            level, item = self._role(element)
            self.blocks.append(Line(words, level, item))
        for box in text.boxes:
            self._box(box, base)
        assert len(self.blocks) >= count

    def _box(self, box: Any, base: int) -> None:
        """Read a text box: its paragraphs stand at the paragraph that anchors it."""
        for element, _ in _blocks(box, self.source.name):
            if _local(element) == "tbl":
                self.blocks.append(self._table(element, None, 1))
                continue
            text = _Text()
            _collect(element, text, self.source.name)
            shown = "".join(t for t, _, _ in text.shown)
            words = Words.at(shown, Place(source=self.marked, start=base, end=base)).strip()
            if words:
                self.blocks.append(Line(words, aside=True))

    def _role(self, element: Any) -> tuple[int | None, bool]:
        """Return the heading's level and whether the paragraph is a list's item."""
        properties = child_of(element, "pPr")
        if properties is None:
            return None, False
        found = parts_of(properties)
        level, listed = self.styles.role(value_of(found.get("pStyle")) or "")
        outline = value_of(found.get("outlineLvl"))
        if outline and outline.isdigit():
            level = int(outline) + 1 if int(outline) < 6 else None
        item = "numPr" in found or listed
        return level, item and level is None

    # -- tables -------------------------------------------------------------------------------------------

    def _table(self, element: Any, number: int | None, depth: int) -> Grid:
        """Return a table's grid. `number` is None where the table has none that a person could count."""
        if depth > MAX_DEPTH:
            raise TooDeep(name=self.source.name, limit=MAX_DEPTH)
        cells: list[Cell] = []
        spot = _Spot(self.marked, number, self.offset)
        nested: list[Grid] = []
        growing: dict[int, int] = {}
        for row, tr in enumerate(_rows(element)):
            column, header = _grid_count(tr, "gridBefore"), _is_header(tr)
            for tc in _cells(tr):
                width, merge = _shape(tc)
                if merge == "continue" and column in growing:
                    at = growing[column]
                    cells[at] = cells[at].reaching(row - cells[at].row + 1, cells[at].colspan)
                else:
                    growing.pop(column, None)
                    if merge:
                        growing[column] = len(cells)
                    self._count(column)
                    text = self._cell(tc, nested, depth)
                    cells.append(Cell(row, column, text, 1, width, header, spot=spot))
                column += width
        return self._grid(number, cells, nested)

    def _count(self, column: int) -> None:
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise TooManyCells(name=self.source.name, limit=MAX_CELLS)
        if column >= MAX_COLUMNS:
            raise TooManyColumns(name=self.source.name, where="表", limit=MAX_COLUMNS)

    def _cell(self, tc: Any, nested: list[Grid], depth: int) -> str:
        """Return the text of a cell: as of most, which hold nothing but paragraphs of text, or in any other way."""
        lines: list[str] = []
        for element in tc:
            if (kind := named(element.tag)) == "p":
                if (plain := _plain(element)) is None:
                    return self._mixed_cell(tc, nested, depth)
                lines.append("".join(plain).strip())
            elif kind != "tcPr":
                return self._mixed_cell(tc, nested, depth)
        return lines[0] if len(lines) == 1 else "\n".join(filter(None, lines))

    def _mixed_cell(self, tc: Any, nested: list[Grid], depth: int) -> str:
        lines: list[str] = []
        for element, _ in _blocks(tc, self.source.name):
            if _local(element) == "tbl":
                nested.append(self._table(element, None, depth + 1))
                continue
            text = _Text()
            _collect(element, text, self.source.name)
            lines.append("".join(t for t, _, _ in text.shown).strip())
            for box in text.boxes:
                lines.extend(self._boxed(box))
        return "\n".join(line for line in lines if line)

    def _boxed(self, box: Any) -> Iterator[str]:
        for element, _ in _blocks(box, self.source.name):
            text = _Text()
            _collect(element, text, self.source.name)
            yield "".join(t for t, _, _ in text.shown).strip()

    def _grid(self, number: int | None, cells: list[Cell], nested: list[Grid]) -> Grid:
        fit = fit_cells(cells, max(0, MAX_COVERED - self.covered))
        self.covered += fit.covered
        if fit.cut:
            self.unread.append(Unread(code="spans-cut", raw=str(fit.cut)))
        return Grid(fit.rows, fit.columns, fit.cells, number=number, nested=tuple(nested))


# -- elements -------------------------------------------------------------------------------------------------


def _local(element: Any) -> str:
    return named(element.tag)


def _blocks(
    parent: Any, name: str, *, direct: bool = True, depth: int = 1
) -> Iterator[tuple[Any, bool]]:
    """Yield paragraphs and tables in order, those in content controls too, and whether they stand directly here."""
    if depth > MAX_DEPTH:
        raise TooDeep(name=name, limit=MAX_DEPTH)
    for child in parent:
        kind = _local(child)
        if kind in ("p", "tbl"):
            yield child, direct
        elif kind in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
            yield from _blocks(child, name, direct=False, depth=depth + 1)


def _plain(paragraph: Any) -> list[str] | None:
    """Return the texts of a paragraph that holds nothing but runs of text, as most do; None of any other."""
    out = []
    for child in paragraph:
        if (kind := named(child.tag)) == "r":
            for part in child:
                if (inner := named(part.tag)) == "t":
                    out.append(part.text or "")
                elif inner != "rPr":
                    return None
        elif kind not in _MARKS:
            return None
    return out


def _collect(element: Any, text: _Text, name: str, *, counts: bool = True, depth: int = 1) -> None:
    """Gather the text of a paragraph. Offsets count runs and links that stand directly in it."""
    if depth > MAX_DEPTH:
        raise TooDeep(name=name, limit=MAX_DEPTH)
    for child in element:
        kind = _local(child)
        if kind in _GONE:
            continue
        if kind in _BOXES:
            text.boxes.append(child)
        elif kind == "t":
            text.add(child.text or "", counts=counts)
        elif kind in _SIGNS:
            paged = kind == "br" and any(v in ("page", "column") for v in child.attrib.values())
            text.add("" if paged else _SIGNS[kind], counts=counts)
        else:
            direct = (kind in ("r", "hyperlink") and depth == 1) or (
                kind == "r" and depth == 2 and _local(element) == "hyperlink"
            )
            _collect(child, text, name, counts=counts and direct, depth=depth + 1)


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table that are not deleted."""
    for child in table:
        kind = _local(child)
        if kind == "tr":
            yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        kind = _local(child)
        if kind == "tc":
            yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _cells(child)


def _shape(tc: Any) -> tuple[int, str | None]:
    """Return how many columns a cell spans, and whether it begins or continues a merged column."""
    properties = child_of(tc, "tcPr")
    if properties is None:
        return 1, None
    found = parts_of(properties)
    width, merge = value_of(found.get("gridSpan")) or "1", found.get("vMerge")
    columns = int(width) if width.isascii() and width.isdigit() and len(width) < 6 else 1
    return max(1, min(columns, MAX_COLUMNS)), None if merge is None else value_of(
        merge
    ) or "continue"


def _grid_count(row: Any, name: str) -> int:
    """Return how many columns a row leaves out before its first cell."""
    properties = child_of(row, "trPr")
    text = value_of(child_of(properties, name)) if properties is not None else None
    return (
        min(int(text), MAX_COLUMNS)
        if text and text.isascii() and text.isdigit() and len(text) < 6
        else 0
    )


def _is_header(row: Any) -> bool:
    """Tell whether a row is repeated as the header on each page."""
    properties = child_of(row, "trPr")
    header = child_of(properties, "tblHeader") if properties is not None else None
    return header is not None and value_of(header) not in ("0", "false", "off")


def read(package: Package, source: Source, *, marked: str | None = None) -> Document:
    """Read an opened document. Raises the refusals of damage and size."""
    root = package.tree(package.main)
    body = next((child for child in root if _local(child) == "body"), None)
    if body is None:
        raise package.broken(package.main, "本文がありません", "there is no body")
    parts = dict(package.related(package.main).values())
    return _Body(source, marked, styles_of(package, parts.get("styles"))).read(body)
