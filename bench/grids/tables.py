"""論理の表. A table as it is meant, however many pages it is printed over: cells with spans, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """A cell at its top left; `text` may hold line breaks."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass
class Table:
    """A logical table: cells in order of rows, widths of columns as shares, and how many rows its head has."""

    widths: list[float]
    head: int = 1
    cells: list[Cell] = field(default_factory=list)
    rows: int = 0

    def add(self, *texts: str | tuple | None) -> None:
        """Add a row: text, (text, colspan), (text, colspan, rowspan), or None where a cell above or at the left covers it."""
        for column, said in enumerate(texts):
            if said is None:
                continue
            text, across, down = (*said, 1)[:3] if isinstance(said, tuple) else (said, 1, 1)
            self.cells.append(Cell(self.rows, column, text, down, across))
        self.rows += 1

    def row(self, row: int) -> list[Cell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == row]

    def numeric(self, column: int) -> bool:
        """Tell whether a column's last cell is a figure, set at the right."""
        last = [cell.text for cell in self.cells if cell.column == column][-1:]
        return bool(last) and last[0].strip("▲△,.%0123456789") == "" and last[0] != ""


#: What a document is made of, in order: a paragraph, or a table, or tables side by side.
Block = str | Table | tuple[Table, ...]


def tables_of(blocks: list[Block]) -> list[Table]:
    """All tables in reading order."""
    out: list[Table] = []
    for block in blocks:
        out += [block] if isinstance(block, Table) else block if isinstance(block, tuple) else []
    return out


def gold_of(blocks: list[Block]) -> list[dict]:
    """The tables as `sosei tables --format json` shows them, without places.

    Rows and columns of the description at which no cell begins cannot be seen and are none.
    """
    return [_compact(table) for table in tables_of(blocks)]


def _compact(table: Table) -> dict:
    rows = sorted({cell.row for cell in table.cells})
    columns = sorted({cell.column for cell in table.cells})
    cells = [
        {
            "row": rows.index(cell.row),
            "column": columns.index(cell.column),
            "text": cell.text,
            "rowspan": sum(cell.row <= row < cell.row + cell.rowspan for row in rows),
            "colspan": sum(cell.column <= c < cell.column + cell.colspan for c in columns),
        }
        for cell in table.cells
    ]
    head = sum(row < table.head for row in rows)
    return {"rows": len(rows), "columns": len(columns), "head": head, "cells": cells}
