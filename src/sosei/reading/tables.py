"""格子の書き出し. The tables of a document as a person or a program may look at them: JSON, CSV or HTML, table by table.

Pieces of text come as soon as a table is there, so that a document of a thousand pages takes no more room than one.
"""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sosei.core.report import Place, Report
from sosei.reading.formats import file_name, open_document, pdf, sniff
from sosei.reading.formats.limits import MAX_BYTES
from sosei.reading.grid import Cell, Grid

_FIELDS: Final = tuple(field.name for field in dataclasses.fields(Place))
_HEAD: Final = (
    '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"><title>表</title>\n'
    "<style>table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid;padding:.2em .4em;"
    "white-space:pre-line;vertical-align:top}caption{text-align:start}</style></head>\n<body>\n"
)


def grids_of(data: bytes | Path, name: str) -> Iterator[Grid]:
    """Yield the tables of a file in order, those within a table after it. A report in JSON has none.

    A PDF's come page by page, whatever its length; one given by its path is read where it lies. Raises the errors under
    `Unreadable` (E2xx).
    """
    if isinstance(data, Path):
        yield from pdf.tables(data, file_name(name))
        return
    if 0 < len(data) <= MAX_BYTES and sniff.kind_of(data, name) == "pdf":
        yield from pdf.tables(data, file_name(name))
        return
    document = open_document(data, name)
    if not isinstance(document, Report):
        yield from document.grids


def written(grids: Iterable[Grid], form: str) -> Iterator[str]:
    """Yield the text of tables in a form (`FORMS`), piece by piece."""
    return FORMS[form](grids)


def pages_of(grid: Grid) -> list[int]:
    """Return the pages that the cells of a table stand on, in order; none where the format has no pages."""
    return sorted({p.page for cell in grid.cells for p in cell.words.places if p.page is not None})


# -- JSON -------------------------------------------------------------------------------------------------------------


def encode(grid: Grid) -> dict[str, Any]:
    """Return a table: first and last page (None where there are none), size, cells; rows and columns from 0."""
    pages = pages_of(grid)
    return {
        "page": pages[0] if pages else None,
        "page_last": pages[-1] if pages else None,
        "rows": grid.rows,
        "columns": grid.columns,
        "cells": [_cell(cell) for cell in grid.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "text": cell.text,
        "place": [_place(place) for place in cell.words.places],
    }


def _place(place: Place) -> dict[str, Any]:
    """Return a place as reports write it: only what is known."""
    found = ((name, getattr(place, name)) for name in _FIELDS)
    return {name: value for name, value in found if value is not None}


def _json(grids: Iterable[Grid]) -> Iterator[str]:
    yield '{"tables":['
    for number, grid in enumerate(grids):
        yield (",\n" if number else "\n") + json.dumps(
            encode(grid), ensure_ascii=False, separators=(",", ":")
        )
    yield "\n]}\n"


# -- CSV --------------------------------------------------------------------------------------------------------------


def _csv(grids: Iterable[Grid]) -> Iterator[str]:
    """Yield rows; a merged cell's text stands at its top left, an empty line between two tables."""
    for number, grid in enumerate(grids):
        if number:
            yield "\n"
        starts: dict[int, list[Cell]] = {}
        for cell in grid.cells:
            starts.setdefault(cell.row, []).append(cell)
        for row in range(grid.rows):
            yield _csv_row(starts.get(row, ()), grid.columns)


def _csv_row(cells: Iterable[Cell], columns: int) -> str:
    texts = [""] * columns
    for cell in cells:
        texts[cell.column] = cell.text
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(texts)
    return out.getvalue()


# -- HTML -------------------------------------------------------------------------------------------------------------


def _html(grids: Iterable[Grid]) -> Iterator[str]:
    yield _HEAD
    for number, grid in enumerate(grids, start=1):
        yield f"<table><caption>{_caption(grid, number)}</caption>\n"
        for row in range(grid.rows):
            yield f"<tr>{''.join(_boxes(grid, row))}</tr>\n"
        yield "</table>\n"
    yield "</body></html>\n"


def _boxes(grid: Grid, row: int) -> Iterator[str]:
    """Yield the cells of a row; what no cell covers is an empty one, so that the columns stay where they are."""
    cells = grid.row(row)
    end = max((cell.column + cell.colspan for cell in cells), default=0)
    return (_box(grid, row, column) for column in range(end))


def _caption(grid: Grid, number: int) -> str:
    pages = pages_of(grid)
    on = "～".join(map(str, dict.fromkeys((pages[0], pages[-1])))) + "頁" if pages else ""
    return " ".join(filter(None, (f"表{number}", on, html.escape(grid.name.text))))


def _box(grid: Grid, row: int, column: int) -> str:
    cell = grid.at(row, column)
    if cell is None:
        return "<td></td>"
    if (cell.row, cell.column) != (row, column):
        return ""
    name = "th" if cell.header else "td"
    return f"<{name}{_spans(cell.rowspan, cell.colspan)}>{html.escape(cell.text)}</{name}>"


@lru_cache(maxsize=256)
def _spans(rowspan: int, colspan: int) -> str:
    down = f' rowspan="{rowspan}"' if rowspan > 1 else ""
    return down + (f' colspan="{colspan}"' if colspan > 1 else "")


#: Form → what writes it.
FORMS: Final[dict[str, Callable[[Iterable[Grid]], Iterator[str]]]] = {
    "json": _json,
    "csv": _csv,
    "html": _html,
}
