"""読み手. What finds the tables of a PDF, ours and others: each a function from a file to tables of cells with spans.

A peer's table is its page's; the row and column of a cell are counted along the edges that its own cells have.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grids.tables import Cell

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Found:
    """A table as a reader found it, in order of reading."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]


def ours(path: Path) -> Iterator[Found]:
    """Sosei's own: logical tables, over pages."""
    tables = importlib.import_module("sosei.reading.formats.pdf").tables
    for grid in tables(path.read_bytes(), path.name):
        cells = (Cell(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells)
        yield Found(grid.rows, grid.columns, tuple(cells))


def pdfplumber(path: Path) -> Iterator[Found]:
    """pdfplumber's default tables."""
    with importlib.import_module("pdfplumber").open(path) as document:
        for page in document.pages:
            for table in page.find_tables():
                boxes = (box for row in table.rows for box in row.cells)
                texts = (text for row in table.extract() for text in row)
                yield _from_boxes(zip(boxes, texts, strict=True))
            page.close()


def pymupdf(path: Path) -> Iterator[Found]:
    """PyMuPDF's tables: a yardstick only (AGPL)."""
    module = importlib.import_module("pymupdf")
    module.TOOLS.mupdf_display_errors(False)
    with module.open(path) as document:
        for page in document:
            for table in page.find_tables().tables:
                boxes = (box for row in table.rows for box in row.cells)
                texts = (text for row in table.extract() for text in row)
                yield _from_boxes(zip(boxes, texts, strict=True))


def tablers(path: Path) -> Iterator[Found]:
    """tablers' tables."""
    module = importlib.import_module("tablers")
    with module.Document(str(path)) as document:
        for page in document.pages():
            for table in module.find_tables(page, extract_text=True):
                yield _from_boxes((cell.bbox, cell.text) for cell in table.cells)


def pdfspine(path: Path) -> Iterator[Found]:
    """pdfspine's tables."""
    document = importlib.import_module("pdfspine").open(str(path))
    for number in range(len(document)):
        for table in document[number].find_tables().tables:
            spans = {(r, c): (down, across) for r, c, down, across, _ in table.spans}
            cells = [
                Cell(r, c, text, *spans.get((r, c), (1, 1)))
                for r, row in enumerate(table.extract())
                for c, text in enumerate(row)
                if text is not None
            ]
            yield Found(table.row_count, table.col_count, tuple(cells))


PEERS: dict[str, Callable[[Path], Iterable[Found]]] = {
    "sosei": ours,
    "pdfplumber": pdfplumber,
    "tablers": tablers,
    "pymupdf": pymupdf,
    "pdfspine": pdfspine,
}


def _from_boxes(found: Iterable[tuple[Any, str | None]]) -> Found:
    """Count rows and columns along the edges of the cells."""
    cells = [(tuple(box), text or "") for box, text in found if box is not None]
    lefts = _edges(x for (x0, _, x1, _), _ in cells for x in (x0, x1))
    tops = _edges(y for (_, y0, _, y1), _ in cells for y in (y0, y1))
    made = []
    for (x0, y0, x1, y1), text in cells:
        row, column = _nearest(tops, y0), _nearest(lefts, x0)
        down, across = _nearest(tops, y1) - row, _nearest(lefts, x1) - column
        made.append(Cell(row, column, text, max(1, down), max(1, across)))
    made.sort(key=lambda cell: (cell.row, cell.column))
    return Found(len(tops) - 1, len(lefts) - 1, tuple(made))


def _edges(values: Iterable[float]) -> list[float]:
    """Values within a point and a half are one edge."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 1.5:
            out.append(value)
    return out


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))
