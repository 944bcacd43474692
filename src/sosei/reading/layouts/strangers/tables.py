"""表の読み. Column tables, row by row: a project, its indicators, what is said of both."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import Unread
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell, Line, Words
from sosei.reading.layouts.strangers.amounts import money_unit
from sosei.reading.layouts.strangers.columns import Column, Table
from sosei.reading.layouts.strangers.drafts import IndicatorDraft, ProjectDraft
from sosei.reading.layouts.strangers.entries import read_dates, read_figures
from sosei.reading.layouts.strangers.forms import read_pair
from sosei.reading.layouts.strangers.frames import Part, is_figure
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.lists import (
    indicator_of,
)
from sosei.reading.layouts.strangers.names import (
    indicator_name,
    numbered,
    project_name,
)
from sosei.reading.layouts.strangers.naming import begin_indicator
from sosei.reading.layouts.strangers.outline import is_structural, mark
from sosei.reading.layouts.strangers.owners import begin_project, read_notes, read_project
from sosei.reading.layouts.strangers.packedcells import joined_lists, listed_in
from sosei.reading.layouts.strangers.payments import read_money_row
from sosei.reading.layouts.strangers.rowkinds import is_comment
from sosei.reading.layouts.strangers.rows import (
    Rows,
    cell_at,
    has_figures,
    is_below,
    is_dated,
    line_of_cell,
    name_at,
    packed_lines,
    title_of,
    year_at,
)
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.tabling import goal_columns, groups_of, side_cells, table_of
from sosei.reading.layouts.strangers.takes import take
from sosei.reading.layouts.strangers.telling import tell_form, tell_table

_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")


#: What no indicator is called.
_WHOLE_COST: Final = re.compile(r"(?:全体|総|交付対象|計画)事業費")


def read_table(part: Part, scene: Scene) -> bool:
    """Read a table into the scene; False where its columns say too little to be believed."""
    table = table_of(part, scene.near, scene.above, scene.home)
    if _is_verdicts(table):
        tell_form(scene.told, part)
        for row in table.body:
            label, *values = [cell.words for cell in table.view.row(row)]
            read_pair(label, values[:1], scene)
        return True
    explained = _explained(table)
    tell_table(scene.told, part, table, scene.above, read=explained)
    if not explained:
        return False
    _take_sides(part, scene)
    groups = [
        Rows(part, scene, unit=_heading_unit(part) or scene.unit) for part in groups_of(table)
    ]
    for row in table.body:
        _read_row(groups[0], row)
        for more in groups[1:]:
            more.indicator = None
            _read_indicator(more, row, None)
    for column in table.columns:
        if column.role is None and column.index not in table.titles:
            _leave_column(column, groups)
    return True


def _leave_column(column: Column, groups: list[Rows]) -> None:
    """Leave the figures under a header that names no field: each with its year in mind, or all under their header."""
    scene, cells = groups[0].scene, groups[0].table.cells(column.index)
    if column.heading.dated:
        for cell in cells if not any(rows.kept for rows in groups) else ():
            scene.leave("role", cell.words)
        return
    figures = [cell.words for cell in cells if is_figure(cell.text)]
    if 2 * len(figures) > len(cells):
        raw = join_lines(column.words.text) or "、".join(words.text for words in figures)
        places = tuple(place for words in figures for place in words.places)
        scene.unread.append(Unread(code="column", raw=raw, place=places))


def _is_verdicts(table: Table) -> bool:
    """Tell whether a table lists what was judged and how: 必要性 | 高い, 有効性 | 普通, 総合評価 | 継続."""
    rows = [[cell.text for cell in table.view.row(row)] for row in table.body]
    roles = [understand(texts[0]).role for texts in rows]
    judged = sum(role in {"scale", "grade", "rating", "next_policy"} for role in roles)
    wordy = not table.of(*FIGURES, "money", "fund") and all(len(texts) > 1 for texts in rows)
    return wordy and len(rows) > 1 and 2 * judged > len(rows)


def _take_sides(part: Part, scene: Scene) -> None:
    """Take what stands beside the whole table: the unit of its money, the name of the indicator all its rows are of."""
    sides = side_cells(part)
    for cell in sides:
        scene.money_unit = money_unit(cell.text) or scene.money_unit
    said_roles = [understand(cell.text) for cell in sides]
    at = next((i for i, h in enumerate(said_roles) if h.role == "indicator" and h.whole), None)
    if at is None or at + 1 >= len(sides) or said_roles[at + 1].role not in {None, "activities"}:
        return
    cell = sides[at + 1]
    name = indicator_name(cell.words)
    scene.named = IndicatorDraft(
        name=name.said, number=name.number, unit=name.unit, place=cell.words.places
    )


def _explained(table: Table) -> bool:
    """Tell whether a table holds what a report can hold: figures, money, or at least named projects or indicators."""
    if "単位当たりコスト" in table.words:
        return False
    roles = {column.role for column in table.columns if column.index not in table.titles}
    figures = roles & FIGURES or (table.titles and any(c.heading.dated for c in table.columns))
    named = roles & {"project", "indicator"}
    return bool(table.body) and bool(
        figures or named or (roles & {"money", "fund"}) or roles & {"rating", "grade", "scale"}
    )


def _heading_unit(table: Table) -> str | None:
    """Return the unit that the header of the names sets for all rows."""
    return next((c.heading.unit for c in table.of("indicator") if c.heading.unit), None)


def _read_row(rows: Rows, row: int) -> None:
    """Read one row: whose it is, which indicator, its figures, then what is said of the project."""
    table = rows.table
    lone = _lone(table, row)
    if lone is not None:
        _read_lone(rows, lone)
        return
    if is_dated(rows, row):
        read_dates(rows, row)
        return
    if is_comment(table.view, row):
        _read_comment(rows, row)
        return
    if _read_cost(rows, row):
        return
    begin_project(rows, row)
    title = title_of(rows, row)
    if title is not None and title.role in {"when", "due"}:
        read_dates(rows, row)
        return
    if title is not None and title.role in {"money", "fund"}:
        read_money_row(rows, row, title)
        name = name_at(rows, row) if table.of("indicator") else None
        if name is None or understand(name.text).role in {"money", "fund"}:
            read_project(rows, row)
            return
        title = None
    for line in range(packed_lines(rows, row)):
        rows.line = line
        if line and _dates_line(rows, row):
            continue
        _read_indicator(rows, row, title)
    read_notes(rows, row)
    read_project(rows, row)


#: The second line of a name that says what the second lines of its figures are: ［時点］.
_DATES_LINE: Final = re.compile(r"[［\[（(]?(?:時点|年月|基準日|測定時期|目標年月)[)）\]］]?")


def _dates_line(rows: Rows, row: int) -> bool:
    """Take the second lines of a row's cells as the dates of its figures, where the name's second line says so."""
    cell = name_at(rows, row)
    name = line_of_cell(rows, cell.words, name=True) if cell is not None else Words()
    if not _DATES_LINE.fullmatch(name.text.strip()):
        return False
    for column in rows.table.figures:
        held = cell_at(rows, row, column)
        words = line_of_cell(rows, held.words) if held is not None else Words()
        found = find_years(words.text, near=rows.scene.near)
        for fact in rows.made.get(column.index, []) if len(found) == 1 else []:
            fact.year = found[0].fiscal_year
            fact.due = join_lines(words.text) if fact.role == "target" else None
    return True


def _read_cost(rows: Rows, row: int) -> bool:
    """Read a row of what all costs below the indicators' rows: 「全体事業費　合計 2,480百万円　A 2,310百万円」."""
    cell = name_at(rows, row) if rows.table.of("target") and rows.indicator else None
    heading = understand(cell.text) if cell is not None else None
    if cell is None or heading is None or heading.role != "money" or not heading.whole:
        return False
    if not _WHOLE_COST.fullmatch(fold(cell.text)):
        return False
    beside = [other.words for other in rows.table.view.row(row) if other is not cell]
    read_pair(cell.words, beside, rows.scene)
    return True


def _read_comment(rows: Rows, row: int) -> None:
    """Take a label with words across the table as said of the row above it."""
    label, cell = rows.table.view.row(row)
    heading = understand(label.text)
    said_of = cell.words.said()
    if heading.role == "remark" and rows.indicator is not None:
        rows.indicator.note = rows.indicator.note or said_of
    elif not take(rows.scene.project(), heading.role, cell.words, rows.scene, name=label.text):
        rows.scene.leave("comment", cell.words)


def _read_indicator(rows: Rows, row: int, title: Heading | None) -> None:
    """Read one indicator of a row; a row that names none and goes on with none adds nothing."""
    fresh = name_at(rows, row) is not None
    titled = title is not None or year_at(rows, row) is not None
    goes_on = rows.indicator is not None and titled
    if not fresh and not titled and is_below(rows, row):
        _read_below(rows, row)
        return
    if fresh and _read_several(rows, row):
        return
    if fresh or not goes_on:
        if not fresh and not has_figures(rows, row):
            return
        begin_indicator(rows, row)
    read_figures(rows, row, title)


def _figures(drafts: list[IndicatorDraft]) -> int:
    return sum(fact.value is not None for draft in drafts for fact in draft.facts)


def _read_several(rows: Rows, row: int) -> bool:
    """Read cells of names whose lines tell indicators with their figures, where no column holds figures.

    Two such columns are of the same indicators: KPI（目標） and KPI（実績）.
    """
    columns = rows.table.of("indicator") if not rows.table.figures else []
    cells = [(c, cell) for c in columns if (cell := cell_at(rows, row, c)) is not None]
    lines = cells[0][1].words.lines() if cells else []
    if len(lines) < 2 and not (len(cells) > 1 and all(c.heading.also for c, _ in cells)):
        return False
    told = [indicator_of(line, rows.scene.near) for line in lines]
    drafts = [draft for draft in told if draft is not None and draft.name and draft.numbered]
    listed = joined_lists([listed_in(cell.words, c.heading) for c, cell in cells])
    if len(drafts) < len(told) or _figures(drafts) < _figures(listed):
        drafts = listed
    if not drafts:
        return False
    rows.name_cell, rows.indicator = cells[0][1], drafts[-1]
    rows.scene.project().indicators += drafts
    return True


def _read_below(rows: Rows, row: int) -> None:
    """Read a second row under one name: years of the figures above it; anything else is left to people."""
    read_dates(rows, row)
    for column in rows.table.columns:
        cell = cell_at(rows, row, column)
        dated = cell is not None and find_years(cell.text, near=rows.scene.near)
        if (
            cell is not None
            and column.role in FIGURES
            and not dated
            and not _MARK.fullmatch(cell.text)
        ):
            rows.scene.leave("second row", cell.words)


def _lone(table: Table, row: int) -> Cell | None:
    """Return the one cell of a row that is a heading across the table, or a note below it."""
    cells = table.view.row(row)
    if len(cells) != 1 or len(table.columns) < 3:
        return None
    cell = cells[0]
    wide = table.view.width(cell) > max(1, table.view.last_column // 2) or _is_heading(table, cell)
    wide = wide or _opens(table, row, cell)
    return cell if wide or re.match(r"\s*(※|＊|\*|[（(]?注)", cell.text) else None


def _opens(table: Table, row: int, cell: Cell) -> bool:
    """Tell whether a name alone in its row is a heading of the rows below: they bear a unit or no number, and figures."""
    names, view = table.of("indicator"), table.view
    if not names or view.first_column(cell) != names[0].index or view.height(cell) > 1:
        return False
    name = view.at(row + 1, names[0].index) if row + 1 in view.rows else None
    if name is None or name is cell or not any(is_figure(c.text) for c in view.row(row + 1)):
        return False
    units = any(view.words(row + 1, c.index) for c in table.of("unit"))
    alone = numbered(cell.words)[0] is not None and numbered(name.words)[0] is None
    return units or alone


def _is_heading(table: Table, cell: Cell) -> bool:
    """Tell whether a cell alone in its row and first in it is numbered as a heading: 【基本目標1】, 第1章 (merged once)."""
    if table.view.first_column(cell) != table.view.columns.start or cell.words.lines()[1:]:
        return False
    meant = mark(Line(cell.words))
    return meant.kind == "heading" and meant.level in {1, 2, 6}


def _read_lone(rows: Rows, cell: Cell) -> None:
    """Take a row across as a heading of what follows, or as a note."""
    if re.match(r"\s*(※|＊|\*|[（(]?注|[（(]?単位)", cell.text):
        rows.scene.money_unit = money_unit(cell.text) or rows.scene.money_unit
        rows.scene.leave("note", cell.words)
        return
    name = project_name(cell.words)
    if is_structural(cell.text):
        rows.scene.leave("heading", cell.words)
        return
    if rows.table.of("project") or goal_columns(rows.table):
        rows.scene.group = (name.said,) if name.said else ()
        rows.scene.owner = None
    else:
        rows.scene.open(
            ProjectDraft(
                name=name.said,
                number=name.number,
                departments=list(name.departments),
                kind="goal",
                place=cell.words.places,
            )
        )
    rows.indicator = rows.project_cell = rows.name_cell = None
