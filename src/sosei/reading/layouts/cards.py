"""札. The seed's layout: one small table per project, whole lists of indicators and money inside its cells.

    交付金名称 | 地方創生推進交付金 |              |
    事業の名称 | 実施内容           | 実績（KPI等） | 備考
    name（課） | paragraphs, ①②    | lines        | 実施期間 R1～R3 年度

Any format brings the same grids. A table may hold several cards, a card several projects under one header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import (
    Report,
    Unread,
)
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Document, Grid, Line, Words
from sosei.reading.layouts.cardcols import (
    Columns,
    columns_of,
    grant_of,
    unit_of_header,
)
from sosei.reading.layouts.cardheads import Headings, inferred_body, inferred_year, printed_body
from sosei.reading.layouts.cardproject import Card, read_project
from sosei.reading.layouts.told import Taken, Told
from sosei.reading.layouts.written import Written

NAME: Final = "cards"
_GRANT_LINE: Final = re.compile(r"交付金(?:の)?(?:名称?|種類)\s*[：:]\s*(?P<grant>.+)")
_SUM_ROW: Final = re.compile(r"合計|計|総計")


def recognise(document: Document) -> float:
    """Return how well cards explain the document: a header of the family, best with its line of the grant."""
    headers = grants = 0
    for grid in document.grids:
        for row in range(grid.rows):
            headers += columns_of(grid, row) is not None
            grants += grant_of(grid.row(row)) is not None
    if not headers:
        return 0.0
    return 0.95 if grants else 0.8


def read(document: Document, told: Told | None = None) -> Report:
    """Read every card."""
    headings = Headings()
    cards = list(_cards(document, headings))
    if told is not None:
        for columns in {id(card.columns): card.columns for card in cards}.values():
            _tell(told, columns, [card for card in cards if card.columns is columns])
    projects = tuple(read_project(card, headings) for card in cards)
    year = headings.year or inferred_year(headings, projects)
    body = printed_body(headings) or inferred_body(projects)
    return Report(
        title=headings.title,
        chapter=headings.chapter,
        bodies=(body,) if body else (),
        fiscal_year=year,
        projects=projects,
        unread=(*headings.unread, *(left for card in cards for left in _unread_cells(card))),
    )


# -- from blocks to cards ---------------------------------------------------------------------------------------------


def _cards(document: Document, headings: Headings) -> Iterator[Card]:
    grant, met = Words(), False
    for block in _headed(document):
        if isinstance(block, Line):
            line = Written(block.words).cut((0, len(block.text)))
            if found := _GRANT_LINE.fullmatch(line.shape):
                grant = line.cut(found.span("grant")).words
            elif line and not block.aside:
                headings.take(line, cards_before=met)
            continue
        for grid in block.with_nested():
            for card in _cards_of(grid, grant, headings, met=met):
                met = True
                yield card


#: The heading of a page stands behind its menus, among the first lines.
_MENUS: Final = 60


def _headed(document: Document) -> list[Line | Grid]:
    """Return the blocks; what a page marks as its heading comes before the menus above it."""
    blocks = list(document.blocks)
    first = (at for at, b in enumerate(blocks[:_MENUS]) if isinstance(b, Line) and b.level == 1)
    at = next(first, 0)
    before = all(isinstance(block, Line) for block in blocks[:at])
    return [blocks[at], *blocks[:at], *blocks[at + 1 :]] if at and before else blocks


def _cards_of(grid: Grid, grant: Words, headings: Headings, *, met: bool) -> Iterator[Card]:
    columns: Columns | None = None
    last: Card | None = None
    fresh = False
    for row in range(grid.rows):
        cells = [cell for cell in grid.row(row) if cell.row == row]
        filled = [cell for cell in cells if cell.filled]
        if fresh and columns is not None and filled:
            fresh, last = False, _new_card(grid, row, columns, grant, headings)
            yield last
        elif (found := grant_of(cells)) is not None:
            grant, columns, last = found, None, None
        elif (header := columns_of(grid, row)) is not None:
            columns, last, fresh = header, None, True
        elif len(filled) == 1 and (columns is None or _is_heading(filled[0].words)):
            headings.take(Written(filled[0].words), cards_before=met or last is not None)
        elif columns is not None and filled:
            card = _row_card(grid, row, columns, grant, headings, last)
            if card is not last and card is not None:
                yield card
            last = card
        else:
            headings.unread += (
                Unread(code="row", raw=cell.text, place=cell.words.places) for cell in filled
            )


def _is_heading(words: Words) -> bool:
    return bool(re.match(r"[（(〔【■◆●]", words.text.strip())) and bool(find_years(words.text))


def _row_card(
    grid: Grid, row: int, columns: Columns, grant: Words, headings: Headings, last: Card | None
) -> Card | None:
    """Return the card of a row: a new one, or the last one where the name cell reaches into this row."""
    name = grid.at(row, _name_column(columns))
    if last is not None and name is not None and name.row < row:
        _fill(last, grid, row)
        return last
    if name is not None and _SUM_ROW.fullmatch(fold(name.text)):
        headings.unread += (
            Unread(code="sum-row", raw=cell.text, place=cell.words.places)
            for cell in grid.row(row)
            if cell.filled
        )
        return None
    return _new_card(grid, row, columns, grant, headings)


def _new_card(grid: Grid, row: int, columns: Columns, grant: Words, headings: Headings) -> Card:
    card = Card(columns, grant, headings.section, headings.reference)
    _fill(card, grid, row)
    return card


def _fill(card: Card, grid: Grid, row: int) -> None:
    for cell in grid.row(row):
        if cell.row == row and cell.filled:
            card.cells.setdefault(_home(card.columns, cell.column), []).append(cell.words)


def _name_column(columns: Columns) -> int:
    return columns.at.get("name", columns.at.get("goal", 0))


def _home(columns: Columns, column: int) -> int:
    """Return the headed column that a cell stands under: its own, or the one that a merged header begins."""
    return max((c for c in columns.headers if c <= column), default=column)


def _tell(told: Told, columns: Columns, cards: list[Card]) -> None:
    """Note what the columns of cards under one header were taken for."""
    roles = {column: role for role, column in columns.at.items()} | dict.fromkeys(
        columns.kpi, "kpi"
    )
    taken = [
        Taken(
            words=join_lines(words.text),
            field=f"card {roles[column]}" if column in roles else None,
            known=roles.get(column, ""),
            whole=column in roles,
            unit=unit_of_header(words.text),
            count=sum(bool(card.column(column)) for card in cards),
            place=words.places,
        )
        for column, words in columns.headers.items()
    ]
    place = next(iter(columns.headers.values())).places
    told.begin("card", taken=taken, place=place)


def _unread_cells(card: Card) -> Iterator[Unread]:
    known = {*card.columns.at.values(), *card.columns.kpi}
    for column, cells in card.cells.items():
        if column not in known:
            for words in cells:
                yield Unread(code="column", raw=words.text, place=words.places)
