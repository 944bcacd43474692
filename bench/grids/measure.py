"""物差し. How much of the tables of a document a reader found: cells, spans, what was made up, what a page had cut.

Texts count as equal after NFKC without white space. The rows found are set against the rows of the gold over the whole
document, in order, so that as many cells as can be have the same text in the same column.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise
from pathlib import Path

from grids.peers import Found
from grids.tables import Cell


@dataclass
class Score:
    """Counts; the shares are taken over sums of them.

    `cells`: gold cells that hold text, `right`: of these found; `merged`, `spans`: merged ones, found with both spans;
    `said`, `borne`: cells found that hold text (repeated heads left out), of these in the gold at that place; `cut`,
    `joined`: cells that a page cuts, found whole; `false_joins`: tables or cells that join what is apart.
    """

    cells: int = 0
    right: int = 0
    merged: int = 0
    spans: int = 0
    said: int = 0
    borne: int = 0
    cut: int = 0
    joined: int = 0
    false_joins: int = 0

    def add(self, other: Score) -> None:
        """Take another's counts in."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def shares(self) -> dict[str, float | None]:
        """pos, span, precision, joined; None where there is nothing to find."""
        pairs = {
            "pos": (self.right, self.cells),
            "span": (self.spans, self.merged),
            "precision": (self.borne, self.said),
            "joined": (self.joined, self.cut),
        }
        return {name: part / whole if whole else None for name, (part, whole) in pairs.items()}


@cache
def plain(text: str) -> str:
    """A text without width and white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


#: A row: column to (text, cell), and the number of its table.
Row = tuple[dict[int, tuple[str, Cell]], int]


def _rows(tables: Iterable[Sequence[Cell]]) -> list[Row]:
    out: list[Row] = []
    for number, cells in enumerate(tables):
        rows: dict[int, dict[int, tuple[str, Cell]]] = {}
        for cell in cells:
            if plain(cell.text):
                rows.setdefault(cell.row, {})[cell.column] = (plain(cell.text), cell)
        out += [(rows[row], number) for row in sorted(rows)]
    return out


def score(gold: dict, found: list[Found], pages: list[str]) -> Score:
    """Score what a reader found. `pages`: the plain text of each page, by which is known what a page cut."""
    tables = [[Cell(**cell) for cell in table["cells"]] for table in gold["tables"]]
    want, got = _rows(tables), _rows(table.cells for table in found)
    pairs = aligned(want, got)
    out = Score()
    for at, (row, _) in enumerate(want):
        _count_row(out, row, got[pairs[at]][0] if at in pairs else {}, pages)
    heads = _heads(gold)
    taken = set(pairs.values())
    for at, (row, _) in enumerate(got):
        if at not in taken and all(text in heads for text, _ in row.values()):
            continue  # a head that stands again on the next page
        out.said += len(row)
    out.borne = out.right
    out.false_joins = _joined_tables(pairs, want, got, gold) + _joined_cells(tables, got)
    return out


def _count_row(out: Score, row: dict, got: dict, pages: list[str]) -> None:
    for column, (text, cell) in row.items():
        other = got.get(column)
        right = other is not None and other[0] == text
        out.cells += 1
        out.right += right
        if cell.rowspan > 1 or cell.colspan > 1:
            out.merged += 1
            same = right and (other[1].rowspan, other[1].colspan) == (cell.rowspan, cell.colspan)
            out.spans += bool(same)
        if is_cut(text, pages):
            out.cut += 1
            out.joined += right


def aligned(want: list[Row], got: list[Row]) -> dict[int, int]:
    """Match rows in order, so that the most cells are alike."""
    wide = len(got) + 1
    best = [0] * ((len(want) + 1) * wide)
    alike = [[_alike(a, b) for b, _ in got] for a, _ in want]
    for i in range(len(want) - 1, -1, -1):
        for j in range(len(got) - 1, -1, -1):
            here = alike[i][j] and alike[i][j] + best[(i + 1) * wide + j + 1]
            best[i * wide + j] = max(here, best[(i + 1) * wide + j], best[i * wide + j + 1])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(want) and j < len(got):
        if alike[i][j] and best[i * wide + j] == alike[i][j] + best[(i + 1) * wide + j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i * wide + j] == best[(i + 1) * wide + j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(a: dict[int, tuple[str, Cell]], b: dict[int, tuple[str, Cell]]) -> int:
    return sum(column in b and b[column][0] == text for column, (text, _) in a.items())


def _heads(gold: dict) -> set[str]:
    return {
        plain(cell["text"])
        for table in gold["tables"]
        for cell in table["cells"]
        if cell["row"] < table["head"]
    }


def is_cut(text: str, pages: list[str]) -> bool:
    """Tell whether a text begins on one page and ends on the next, whole on none."""
    if len(text) < 12 or any(text in page for page in pages):
        return False
    for page, after in pairwise(pages):
        for at in range(len(text) - 1, 3, -1):
            if text[:at] in page:
                if text[at:] in after:
                    return True
                break
    return False


def _joined_tables(pairs: dict[int, int], want: list[Row], got: list[Row], gold: dict) -> int:
    """Tables found that hold body rows of more than one table of the gold."""
    heads = _heads(gold)
    holds: dict[int, set[int]] = {}
    for a, b in pairs.items():
        row, number = want[a]
        if not all(text in heads for text, _ in row.values()):
            holds.setdefault(got[b][1], set()).add(number)
    return sum(len(numbers) - 1 for numbers in holds.values())


def _joined_cells(tables: list[list[Cell]], got: list[Row]) -> int:
    """Cells found whose text is that of two cells of the gold, one under the other."""
    known = {plain(cell.text) for cells in tables for cell in cells}
    glued = set()
    for cells in tables:
        below: dict[int, str] = {}
        for cell in cells:
            text = plain(cell.text)
            glued.add(below.get(cell.column, "") + text)
            below[cell.column] = text
    return sum(text in glued and text not in known for row, _ in got for text, _ in row.values())


def pages_of(path: Path) -> list[str]:
    """The plain text of each page, by PDFium."""
    document = importlib.import_module("pypdfium2").PdfDocument(path)
    texts = [plain(page.get_textpage().get_text_range()) for page in document]
    document.close()
    return texts
