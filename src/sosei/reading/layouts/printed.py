"""印刷の票. The printed page's tables as the web page has them, so that one layout reads both.

What is printed for people alone (the list of contents, a glance at the figures, sources) is left out; the card of four
columns becomes rows of labels; broken lines become whole ones, by the signs of `core.printed`. Columns decide how:
a list's items, a figure and what is said of it, or words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sosei.core.fields import Lang, label, word
from sosei.core.text import join_lines
from sosei.reading.grid import Cell, Document, Grid, Line, Words
from sosei.reading.layouts.printedcells import figure, items, struck, whole, words_at, year

_LANGS: Final[tuple[Lang, ...]] = ("ja", "en")
_CARD: Final = ("Project.name", "Project.activities", None, "Project.remarks")
_KINDS: Final = ("result", "plan", "goal")
_NAMELESS: Final = ("（名称なし）", "(no name)")
_LISTS: Final = (
    "Report.bodies", "Body.code", "Project.departments", "Project.group", "Project.bodies", "Sheet.partner_codes",
)  # fmt: skip
#: Rows that are for people alone.
_ASIDE: Final = ("Card.projects", "Card.indicators", "Card.places")
_JUDGED: Final = tuple(
    f"Verification.{name}"
    for name in (
        "body", "date", "grade", "expert_judgement", "expert_opinion", "obstacle", "countermeasure", "next_policy",
        "next_policy_reason",
    )
)  # fmt: skip
_YEARS: Final = ("Report.fiscal_year", "Project.fiscal_year")
_FIGURES: Final = (
    "Indicator.baseline", "Indicator.increase_total", "YearPoint.target", "YearPoint.actual", "YearPoint.cumulative_actual",
    "Sheet.yen",
)  # fmt: skip
_OWN: Final = (
    "Sheet.entry",
    *(f"Indicator.{n}" for n in ("name", "unit", "baseline", "baseline_year")),
)
#: Columns of which every table of its kind has the first; the others tell it from what is printed for people alone.
_TABLES: Final = (
    ("Sheet.entry", "Indicator.name", "YearPoint.fiscal_year"),
    ("Spending.label", "Sheet.yen"),
    ("Key.scale", "Key.scale_said"),
)
_DETAILS: Final = (
    "number", "parent", "definition", "statistic", "type", "direction", "expression", "year_type", "count_kind",
    "increase_total", "rating", "note",
)  # fmt: skip
#: What stands above tables; the card's is its number.
_TITLES: Final = ("Project.indicators", "Project.spending", "Verification.scales", "Card.details")
_NUMBER: Final = re.compile(r"No\. \d+")


def _names(*fields: str) -> frozenset[str]:
    return frozenset(label(field, lang) for field in fields for lang in _LANGS)


def is_printed(document: Document) -> bool:
    """Tell whether a document is the house's printed page: its own table of the report, on a page."""
    return any(_is_report(block) for block in document.blocks if isinstance(block, Grid))


def restored(document: Document) -> Document:
    """Return a printed document as the web page would have it; any other one as it is."""
    if not is_printed(document):
        return document
    blocks: list[Line | Grid] = []
    for block in _run_on(document.blocks):
        if isinstance(block, Line):
            blocks.append(block)
        else:
            blocks += _restored(_rejoined(block))
    return replace(document, blocks=tuple(blocks))


def _run_on(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Return blocks with tables made one that the page parted: the header stands again, and no title of a new one."""
    out: list[Line | Grid] = []
    last: int | None = None
    for block in blocks:
        if isinstance(block, Line):
            last = None if _is_title(block) else last
        elif last is not None and isinstance(above := out[last], Grid) and _is_same(above, block):
            out[last] = _below(above, block)
            continue
        else:
            last = len(out)
        out.append(block)
    return out


def _is_title(line: Line) -> bool:
    said = line.text.strip()
    return not line.aside and (_NUMBER.fullmatch(said) is not None or said in _names(*_TITLES))


def _heads(grid: Grid) -> int:
    return 1 if _card_kind(grid) is None else 2


def _is_same(above: Grid, below: Grid) -> bool:
    """Tell whether a table begins with the header of another."""
    if above.columns != below.columns:
        return False
    rows = range(_heads(above))
    return all(
        above.text(row, n) == below.text(row, n) for row in rows for n in range(above.columns)
    )


def _below(above: Grid, below: Grid) -> Grid:
    """Return a table with the rows of another but its header."""
    by = above.rows - _heads(above)
    moved = [
        Cell(cell.row + by, cell.column, cell.words, cell.rowspan, cell.colspan)
        for cell in below.cells
        if cell.row >= _heads(above)
    ]
    return replace(
        above, rows=above.rows + below.rows - _heads(above), cells=(*above.cells, *moved)
    )


def _rejoined(grid: Grid) -> Grid:
    """Return a table with the rows that a page cuts made whole: what goes on below has no label of its own."""
    card = _card_kind(grid) is not None
    rows: dict[int, int] = {}
    count = 0
    for row in range(grid.rows):
        rest = row > _heads(grid) and _is_rest(grid, row, card=card)
        count += 0 if rest else 1
        rows[row] = count - 1
    if count == grid.rows:
        return grid
    cells: dict[tuple[int, int], Cell] = {}
    for cell in grid.cells:
        last = rows[cell.row + cell.rowspan - 1]
        at = (rows[cell.row], cell.column)
        above = cells.get(at)
        parts = [one for one in (above.words if above else Words(), cell.words) if one]
        cells[at] = Cell(*at, Words.joined(parts, "\n"), last - at[0] + 1, cell.colspan)
    return replace(grid, rows=count, cells=tuple(cells.values()))


def _is_rest(grid: Grid, row: int, *, card: bool) -> bool:
    first, second = grid.at(row, 0), grid.at(row, 1)
    if first is None or second is None or first.row != row:
        return False
    return not first.filled or (card and second.colspan == 1)


def _restored(grid: Grid) -> list[Grid]:
    """Return a table as the web page has it, in one or two; none where it is for people alone."""
    if _is_report(grid):
        return [_labels("Sheet.report", _facts(grid, 1))]
    if (kind := _card_kind(grid)) is not None:
        return _card(grid, kind)
    header = [whole(words_at(grid, 0, column)).text for column in range(grid.columns)]
    if any(all(_names(field) & set(header) for field in fields) for fields in _TABLES):
        return [_figures(grid, header)]
    described = _names(*(f"Indicator.{name}" for name in _DETAILS))
    if header[0] in _names("Sheet.entry") and set(header[1:]) <= described:
        return [_details(grid, header)]
    return []


# -- tables of labels -----------------------------------------------------------------------------------------


def _is_report(grid: Grid) -> bool:
    if grid.columns != 2 or not grid.cells:
        return False
    first = grid.cells[0].words.places
    on_page = bool(first) and first[0].page is not None
    return on_page and grid.text(0, 0) in _names("Sheet.report") and grid.text(0, 1) in _names("Sheet.content")  # fmt: skip


def _card_kind(grid: Grid) -> str | None:
    """Return the kind of project whose card a table is."""
    if grid.columns != 4 or grid.rows < 3 or grid.text(0, 0) not in _names("Project.grant"):
        return None
    said = [whole(words_at(grid, 1, column)).text for column in range(4)]
    if not all(field is None or said[n] in _names(field) for n, field in enumerate(_CARD)):
        return None
    return next((kind for kind in _KINDS if said[2] in _names(f"Card.{kind}")), None)


def _card(grid: Grid, kind: str) -> list[Grid]:
    """Return the tables of labels that a card stands for: the project's, and its verification's."""
    name = whole(words_at(grid, 2, 0))
    nameless = join_lines(words_at(grid, 2, 0).text) in _NAMELESS
    kind_said = Words(word("Project.kind", kind), name.runs[:1])
    rows = [
        (label("Project.name"), Words() if nameless else name),
        (label("Project.kind"), kind_said),
        (label("Project.grant"), whole(words_at(grid, 0, 1))),
        (label("Project.activities"), items(words_at(grid, 2, 1))),
        (label("Project.remarks"), items(words_at(grid, 2, 3))),
    ]
    judged = _names(*_JUDGED)
    facts = _facts(grid, 3)
    rows += [(name, said) for name, said in facts if name not in judged]
    verified = [(name, said) for name, said in facts if name in judged]
    tables = [_labels("Sheet.project", rows)]
    return [*tables, _labels("Sheet.verification", verified)] if verified else tables


def _facts(grid: Grid, first: int) -> list[tuple[str, Words]]:
    """Return labels and what stands behind them, from a row on."""
    lists, years, aside = _names(*_LISTS), _names(*_YEARS), _names(*_ASIDE)
    found = []
    for row in range(first, grid.rows):
        name = join_lines(grid.text(row, 0))
        if name in aside:
            continue
        made = items if name in lists else year if name in years else whole
        found.append((name, made(words_at(grid, row, 1))))
    return found


def _labels(head: str, rows: Sequence[tuple[str, Words]]) -> Grid:
    """Return a table of labels as the web page has it."""
    cells = [Cell(0, 0, label(head)), Cell(0, 1, label("Sheet.content"))]
    for row, (name, words) in enumerate(rows, 1):
        cells += [Cell(row, 0, name), Cell(row, 1, words)]
    return Grid(len(rows) + 1, 2, tuple(cells))


# -- tables of figures ----------------------------------------------------------------------------------------


def _figures(grid: Grid, header: Sequence[str]) -> Grid:
    """Return a table with whole lines in its cells."""
    figures = _names(*_FIGURES)
    cells = [
        cell.saying((figure if header[cell.column] in figures else struck)(cell.words))
        for cell in grid.cells
    ]
    if header[0] in _names("Sheet.entry") and not _names("Indicator.name") & set(header):
        left = [_beside(cell) for cell in cells if cell.column]
        return replace(grid, columns=grid.columns - 1, cells=tuple(left))
    own = _names(*_OWN)
    return replace(grid, cells=tuple(_once(cells, [name in own for name in header])))


def _beside(cell: Cell) -> Cell:
    return Cell(cell.row, cell.column - 1, cell.words, cell.rowspan, cell.colspan)


def _once(cells: Sequence[Cell], own: Sequence[bool]) -> Iterator[Cell]:
    """Yield cells, an indicator's own once where each of its rows bears them: rows of one number are one indicator's."""
    numbers = {cell.row: cell.text for cell in cells if not cell.column}
    first = {row: row for row in numbers}
    for row in sorted(numbers):
        if row - 1 in first and numbers[row] == numbers[row - 1]:
            first[row] = first[row - 1]
    reach = Counter(first.values())
    for cell in cells:
        if not own[cell.column]:
            yield cell
        elif first.get(cell.row) == cell.row:
            yield cell.reaching(max(cell.rowspan, reach[cell.row]), cell.colspan)


def _details(grid: Grid, header: Sequence[str]) -> Grid:
    """Return a table of what more is said of the indicators with a row for each thing that is said."""
    figures = _names("Indicator.increase_total")
    cells = [
        Cell(0, column, label(f"Sheet.{name}"))
        for column, name in enumerate(("entry", "detail", "content"))
    ]
    at = 0
    for row in range(1, grid.rows):
        for column in range(1, grid.columns):
            words = words_at(grid, row, column)
            if not words:
                continue
            at += 1
            made = figure if header[column] in figures else whole
            said = (words_at(grid, row, 0), words_at(grid, 0, column), made(words))
            cells += [Cell(at, n, one) for n, one in enumerate(said)]
    return Grid(at + 1, 3, tuple(cells))
