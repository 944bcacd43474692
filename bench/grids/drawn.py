"""描いた表. Tables drawn line by line on a page, as reporting tools do: rules as strokes, dashes or thin filled boxes.

One paginator over two canvases: the PDF written by hand (tests/layouts/producers.py) and ReportLab's.
"""

from __future__ import annotations

import importlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from grids.tables import Block, Cell, Table


class Canvas(Protocol):
    """What a page can take; points from its top left."""

    size: tuple[float, float]

    def page(self) -> None:
        """Begin a page."""

    def text(self, x: float, y: float, words: str, size: float = 9) -> None:
        """Write a line at its base line."""

    def width(self, words: str, size: float) -> float:
        """How wide a line is."""

    def line(self, x0: float, y0: float, x1: float, y1: float, dash: str = "") -> None:
        """Draw a rule."""

    def box(self, x: float, y: float, width: float, height: float, grey: float = 0) -> None:
        """Fill a rectangle."""


@dataclass
class Look:
    """How rules and text are drawn.

    `rules`: stroke, dash, thin (filled boxes), none. `backs`: white boxes behind the page, every cell and every line of text. `bold`: head
    glyphs drawn several times a hair apart. `open_sides`: no rule at the outer left and right.
    """

    rules: str = "stroke"
    backs: bool = False
    bold: bool = False
    open_sides: bool = False
    size: float = 8
    margin: float = 40


@dataclass
class Drawing:
    """A document as it is drawn; `y` is where the next thing goes."""

    canvas: Canvas
    look: Look = field(default_factory=Look)
    y: float = 40

    def blocks(self, blocks: list[Block]) -> None:
        """Draw everything, in order."""
        self._begin(new=False)
        for block in blocks:
            if isinstance(block, str):
                self._need(24)
                self.canvas.text(self.look.margin, self.y + 12, block, self.look.size + 2)
                self.y += 20
            elif isinstance(block, Table):
                self._table(block)
                self.y += 12

    def _begin(self, *, new: bool = True) -> None:
        if new:
            self.canvas.page()
        self.y = self.look.margin
        if self.look.backs:
            self.canvas.box(0, 0, *self.canvas.size, 1)

    def _need(self, height: float) -> bool:
        if self.y + height > self.canvas.size[1] - self.look.margin:
            self._begin()
            return True
        return False

    def _table(self, table: Table) -> None:
        """Draw rows until the page is full; what is merged downwards is cut there, and the head stands again."""
        edges = self._edges(table)
        heights = [self._height(table, row, edges) for row in range(table.rows)]
        head = sum(heights[: table.head])
        self._need(head + heights[min(table.head, table.rows - 1)])
        first = 0
        while first < table.rows:
            last, y = first, self.y + (head if first >= table.head and first else 0)
            while last < table.rows and y + heights[last] <= self.canvas.size[1] - self.look.margin:
                y += heights[last]
                last += 1
            last = max(last, first + 1)
            if first >= table.head and first:
                self._rows(table, edges, heights, (0, table.head))
            self._rows(table, edges, heights, (first, last))
            first = last
            if first < table.rows:
                self._begin()

    def _edges(self, table: Table) -> list[float]:
        room = self.canvas.size[0] - 2 * self.look.margin
        edges = [self.look.margin]
        for width in table.widths:
            edges.append(edges[-1] + room * width / sum(table.widths))
        return edges

    def _height(self, table: Table, row: int, edges: list[float]) -> float:
        counts = [len(self._wrapped(cell, edges)) / cell.rowspan for cell in table.row(row)]
        return max([1.0, *counts]) * (self.look.size + 2) + 6

    def _wrapped(self, cell: Cell, edges: list[float]) -> list[str]:
        """The cell's lines, broken where the cell ends; figures are never broken: they run over."""
        room = edges[cell.column + cell.colspan] - edges[cell.column] - 6
        lines: list[str] = []
        for line in cell.text.split("\n"):
            if line.strip("▲△,.0123456789") == "":
                lines.append(line)
                continue
            now, width = "", 0.0
            for letter in line:
                step = self.canvas.width(letter, self.look.size)
                if width + step > room:
                    lines.append(now)
                    now, width = "", 0.0
                now, width = now + letter, width + step
            lines.append(now)
        return lines

    def _rows(
        self, table: Table, edges: list[float], heights: list[float], span: tuple[int, int]
    ) -> None:
        """Draw the part of every cell that falls within these rows; a cell's words stand in its first part."""
        first, last = span
        tops = [self.y]
        for row in range(first, last):
            tops.append(tops[-1] + heights[row])
        for cell in table.cells:
            a, b = max(first, cell.row), min(last, cell.row + cell.rowspan)
            if a >= b:
                continue
            box = (
                edges[cell.column],
                tops[a - first],
                edges[cell.column + cell.colspan],
                tops[b - first],
            )
            self._frame(box, outer=(edges[0], edges[-1]))
            if a == cell.row:
                self._words(table, cell, edges, box)
        self.y = tops[-1]

    def _frame(self, box: tuple[float, float, float, float], outer: tuple[float, float]) -> None:
        x0, y0, x1, y1 = box
        if self.look.backs:
            self.canvas.box(x0, y0, x1 - x0, y1 - y0, 1)
        sides = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        for line in sides:
            upright = line[0] == line[2]
            if not (self.look.open_sides and upright and line[0] in outer):
                self._rule(line)

    def _rule(self, line: tuple[float, float, float, float]) -> None:
        x0, y0, x1, y1 = line
        if self.look.rules == "thin":
            self.canvas.box(x0, y0, max(x1 - x0, 0.5), max(y1 - y0, 0.5))
        elif self.look.rules != "none":
            self.canvas.line(x0, y0, x1, y1, "2 1.5" if self.look.rules == "dash" else "")

    def _words(
        self, table: Table, cell: Cell, edges: list[float], box: tuple[float, float, float, float]
    ) -> None:
        size = self.look.size
        figure = cell.row >= table.head and table.numeric(cell.column)
        for number, line in enumerate(self._wrapped(cell, edges)):
            width = self.canvas.width(line, size)
            x = box[2] - 3 - width if figure else box[0] + 3
            y = box[1] + 3 + size + number * (size + 2)
            again = (0.0, 0.25, 0.5) if self.look.bold and cell.row < table.head else (0.0,)
            if self.look.backs:
                self.canvas.box(x - 1, y - size, width + 2, size + 2, 1)
            for shift in again:
                self.canvas.text(x + shift, y, line, size)


class ReportLab:
    """ReportLab's canvas; `font`: a CID font that is not embedded, or a TrueType file that is."""

    def __init__(self, size: tuple[float, float], font: str | Path) -> None:
        canvas = importlib.import_module("reportlab.pdfgen.canvas")
        self.size, self.out = size, io.BytesIO()
        self.font = _registered(font)
        self.canvas: Any = canvas.Canvas(self.out, pagesize=size, invariant=1)

    def page(self) -> None:
        """Begin a page."""
        self.canvas.showPage()

    def text(self, x: float, y: float, words: str, size: float = 9) -> None:
        """Write a line."""
        self.canvas.setFillGray(0)
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(x, self.size[1] - y, words)

    def width(self, words: str, size: float) -> float:
        """How wide a line is."""
        return float(self.canvas.stringWidth(words, self.font, size))

    def line(self, x0: float, y0: float, x1: float, y1: float, dash: str = "") -> None:
        """Draw a rule."""
        self.canvas.setDash([float(n) for n in dash.split()])
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def box(self, x: float, y: float, width: float, height: float, grey: float = 0) -> None:
        """Fill a rectangle."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, self.size[1] - y - height, width, height, stroke=0, fill=1)

    def made(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self.out.getvalue()


def _registered(font: str | Path) -> str:
    fonts = importlib.import_module("reportlab.pdfbase.pdfmetrics")
    if isinstance(font, Path):
        made = importlib.import_module("reportlab.pdfbase.ttfonts").TTFont("Embedded", str(font))
    else:
        made = importlib.import_module("reportlab.pdfbase.cidfonts").UnicodeCIDFont(font)
    fonts.registerFont(made)
    return str(made.fontName)


def drawn(blocks: list[Block], canvas: Any, look: Look) -> bytes:
    """PDF of the blocks on a canvas."""
    Drawing(canvas, look).blocks(blocks)
    return bytes(canvas.made())
