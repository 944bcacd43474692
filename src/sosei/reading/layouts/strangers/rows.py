"""行. The state of reading a table downwards: whose row it is, what it is called, what stands in its cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from sosei.core.text import fold
from sosei.reading.grid import Cell, Words
from sosei.reading.layouts.strangers.columns import (
    LAYERS,
    Column,
    Table,
    role_of_row,
    titled,
)
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.names import (
    bare_unit,
    numbered,
)
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.values import years_of

_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")


_DITTO: Final = re.compile(r"[〃″“”\"々]|同上?")


def is_ditto(text: str) -> bool:
    """Tell whether a cell only repeats the one above it: 〃, 同上."""
    return _DITTO.fullmatch(text.strip()) is not None


@dataclass
class Rows:
    """The state of reading one table downwards."""

    table: Table
    scene: Scene
    indicator: IndicatorDraft | None = None
    project_cell: Cell | None = None
    name_cell: Cell | None = None
    number: str | None = None
    made: dict[int, list[Fact]] = field(default_factory=dict)
    #: What the columns hold since the last row of dates.
    undated: dict[int, list[Fact]] = field(default_factory=dict)
    unit: str | None = None
    kept: int = 0
    lines: int = 1
    line: int = 0
    #: What holds for a whole column or table, found once.
    found: dict[str | int, bool] = field(default_factory=dict)
    units: dict[tuple[int, int], str | None] = field(default_factory=dict)


def cell_at(rows: Rows, row: int, column: Column) -> Cell | None:
    """Return the cell of a column that begins in a row; None where one from above reaches in."""
    cell = rows.table.view.at(row, column.index)
    return cell if cell is not None and rows.table.view.first_row(cell) == row else None


def title_of(rows: Rows, row: int) -> Heading | None:
    """Return what the row's own title says of its figures."""
    for index in reversed(rows.table.titles):
        cell = rows.table.view.at(row, index)
        if cell is not None and cell.filled:
            # one that says 上段：目標 下段：実績 titles the lines of its row's cells, not the row
            whole = LAYERS.search(fold(cell.text)) is None
            meant = role_of_row(cell.text, rows.scene.near) if whole else None
            if meant is not None:
                return meant
            continue
        head = next((c.heading for c in rows.table.columns if c.index == index), None)
        if head is not None and head.role == "money":
            return head
    return _layer(rows, row)


def _layer(rows: Rows, row: int) -> Heading | None:
    """Return what a row is of two under one name where the table says 上段：目標、下段：実績."""
    over = [rows.table.view.at(row, column.index) for column in rows.table.of("indicator")]
    name = next(
        (cell for cell in over if cell is not None and rows.table.view.height(cell) == 2), None
    )
    if name is None:
        return None
    found = LAYERS.search(fold(name.text + rows.table.words + rows.scene.above))
    if found is None:
        return None
    upper = rows.table.view.first_row(name) == row
    return understand(found["upper"] if upper else found["lower"])


def stacked(rows: Rows, row: int) -> tuple[Heading, Heading] | None:
    """Return what the upper and the lower line of a row's cells are, where a cell or header says 上段：目標 下段：実績."""
    if "layers" not in rows.found:
        said = rows.table.words + rows.scene.above
        beside = (c.text for column in rows.table.columns for c in rows.table.cells(column.index))
        rows.found["layers"] = "上段" in said or any("上段" in text for text in beside)
    if not rows.found["layers"]:
        return None
    texts = "".join(c.text for c in rows.table.view.row(row) if "段" in c.text)
    found = LAYERS.search(fold(texts + rows.table.words + rows.scene.above))
    return (understand(found["upper"]), understand(found["lower"])) if found else None


def name_at(rows: Rows, row: int) -> Cell | None:
    """Return the cell of a new indicator's name, if one begins in this row."""
    over = [rows.table.view.at(row, column.index) for column in rows.table.of("indicator")]
    found = [
        cell
        for cell in over
        if cell is not None and cell.filled and (cell is not rows.name_cell or rows.lines > 1)
    ]
    found = found or _titled(rows, row)
    if not found or _MARK.fullmatch(found[0].text):
        return None
    again = rows.name_cell is not None and fold(found[0].text) == fold(rows.name_cell.text)
    return None if again and (rows.table.titles or rows.table.of("year")) else found[0]


def _titled(rows: Rows, row: int) -> list[Cell]:
    """Return the name that stands before the role in a row's title, 「利用者数（目標）」, as a cell of its own."""
    if rows.table.of("indicator"):
        return []
    for index in rows.table.titles:
        cell = rows.table.view.at(row, index)
        found = titled(cell.text) if cell is not None else None
        if cell is not None and found is not None:
            return [cell.saying(cell.words.group(found, "name"))]
    return []


def year_at(rows: Rows, row: int) -> int | None:
    """Return the year that a column of years gives a row."""
    for column in rows.table.of("year"):
        found = years_of(rows.table.view.words(row, column.index).text, rows.scene.near)
        if len(found) == 1:
            return found[0]
    return None


def has_figures(rows: Rows, row: int) -> bool:
    """Tell whether a row without a name holds a figure or word of its own in a column of figures."""
    columns = [c for c in rows.table.columns if c.role in FIGURES or c.heading.dated]
    cells = [cell for c in columns if (cell := cell_at(rows, row, c)) is not None]
    return any(cell.filled and not _MARK.fullmatch(cell.text) for cell in cells)


def is_below(rows: Rows, row: int) -> bool:
    """Tell whether a row is a second one under a name merged over several rows."""
    over = [rows.table.view.at(row, column.index) for column in rows.table.of("indicator")]
    return rows.name_cell is not None and rows.name_cell in over and rows.indicator is not None


def packed_lines(rows: Rows, row: int) -> int:
    """Return how many indicators a row packs into the lines of its cells: ①…②… as names, ①…②… as figures."""
    rows.lines = 1
    name = next(
        (
            c
            for column in rows.table.of("indicator")
            if (c := cell_at(rows, row, column)) is not None
        ),
        None,
    )
    lines = _lines(name.words) if name is not None else []
    if len(lines) > 1:
        cells = [
            _lines(cell.words)
            for c in rows.table.figures
            if (cell := cell_at(rows, row, c)) is not None
        ]
        even = sum(len(found) == len(lines) for found in cells)
        marked = all(
            numbered(line)[0] is not None or line.text.startswith(("・", "○", "●"))
            for line in lines
        )
        rows.lines = len(lines) if even >= 1 and (marked or even >= 2) else 1
    return rows.lines


_CIRCLED: Final = re.compile(r"\s*(?:[①-⑳]|[(（][\d０-９][)）])")


_IN_BRACKETS: Final = re.compile(r"[\s　]*[（(][^（()）]*[)）][\s　]*")


def _bracketed(lines: list[Words]) -> list[Words]:
    """Return lines, each with what stands in brackets below it: 「0 / （H31年度）」, 「利用者数 / （人）」."""
    out: list[Words] = []
    for line in lines:
        if out and _IN_BRACKETS.fullmatch(line.text):
            out[-1] = Words.joined([out[-1], line], "\n")
        else:
            out.append(line)
    return out if len(out) < len(lines) else lines


def _lines(words: Words) -> list[Words]:
    """Return the lines of a cell; where they are numbered, one that is not goes on with the one above: ②5,000 / 人."""
    lines = _bracketed(words.lines())
    if len(lines) < 2 or not _CIRCLED.match(lines[0].text):
        return lines
    out: list[Words] = []
    for line in lines:
        if _CIRCLED.match(line.text) or not out:
            out.append(line)
        else:
            out[-1] = Words.joined([out[-1], line])
    return out if len(out) > 1 else lines


def line_of_cell(rows: Rows, words: Words, *, name: bool = False) -> Words:
    """Return the line of a packed cell that belongs to the indicator at hand; the whole where it is not packed."""
    lines = _lines(words) if rows.lines > 1 else []
    if len(lines) != rows.lines:
        return words
    line = lines[rows.line].strip("・○● 　")
    return line if name else _bare(line)


def _bare(words: Words) -> Words:
    """Return a figure without the circled number that repeats its indicator's."""
    found = re.match(r"\s*(?:[①-⑳]|[(（]\d[)）])\s*", words.text)
    return words[found.end() :] if found else words


def is_dated(rows: Rows, row: int) -> bool:
    """Tell whether a row's first cell says that the row gives dates: 時点, 年月."""
    cells = rows.table.view.row(row)
    heading = understand(cells[0].text)
    return heading.whole and heading.role in {"when", "due"} and cells[0].words is not None


def unit_at(rows: Rows, row: int, column: Column) -> str | None:
    """Return the unit that a column of units gives a row; 〃 repeats the one above."""
    unit: str | None = None
    for above in reversed(rows.table.body[: bisect_right(rows.table.body, row)]):
        if (above, column.index) in rows.units:
            unit = rows.units[above, column.index]
            break
        text = bare_unit(rows.table.view.words(above, column.index).text)
        if not _DITTO.fullmatch(text):
            unit = None if not text or _MARK.fullmatch(text) else text
            break
    rows.units[row, column.index] = unit
    return unit


def first_year(*years: int | None) -> int | None:
    """Return the first year that is known."""
    return next((year for year in years if year is not None), None)
