"""表の読み. Column tables, row by row: a project, its indicators, what is said of both."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.figures import may_hold_figures
from sosei.core.fiscal import find_years
from sosei.core.report import IndicatorType, Said, Unread
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell, Line, Words
from sosei.reading.layouts.strangers.amounts import line_of, money_unit
from sosei.reading.layouts.strangers.columns import Column, Table
from sosei.reading.layouts.strangers.drafts import IndicatorDraft, ProjectDraft, same_name
from sosei.reading.layouts.strangers.entries import read_dates, read_figures
from sosei.reading.layouts.strangers.forms import read_pair
from sosei.reading.layouts.strangers.frames import Part, is_figure
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.lists import (
    goal_of,
    indicator_of,
    name_and_target,
    roles_of_steps,
    stepped,
)
from sosei.reading.layouts.strangers.names import (
    ends_in_unit,
    fold_number,
    indicator_name,
    numbered,
    only_number,
    project_name,
    said,
    with_amount,
)
from sosei.reading.layouts.strangers.outline import is_structural, mark
from sosei.reading.layouts.strangers.packedcells import joined_lists, listed_in
from sosei.reading.layouts.strangers.payments import read_money, read_money_row
from sosei.reading.layouts.strangers.rowkinds import is_comment
from sosei.reading.layouts.strangers.rows import (
    Rows,
    cell_at,
    has_figures,
    is_below,
    is_dated,
    is_ditto,
    line_of_cell,
    name_at,
    packed_lines,
    title_of,
    unit_at,
    year_at,
)
from sosei.reading.layouts.strangers.running import begin, names_measure
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.tabling import goal_columns, groups_of, side_cells, table_of
from sosei.reading.layouts.strangers.takes import TAKES, take
from sosei.reading.layouts.strangers.telling import tell_form, tell_table

#: Among more projects none is looked for.
_MOST: Final = 300
_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")


#: Columns of words, in which indicators may be told.
_WORDY: Final = frozenset({"definition", "remark", "activities", "next_policy_reason"})
#: What a row may say of its project.
_OF_PROJECT: Final = _WORDY | {"money", "fund", "rating"} | frozenset(TAKES)
#: An indicator called by its number alone.
_CALLED: Final = re.compile(r"[（(]?(?:[ア-コａ-ｚa-zA-ZＡ-Ｚ①-⑳]|[\d０-９]{1,2})[)）.．]?")
_CIRCLED: Final = re.compile("(?=[①-⑳])")
#: One called by its number, words of its name in brackets: 指標①（歩行者交通量）.
_HINTED: Final = re.compile(
    r"(?:成果)?指標[\s　]*(?P<number>[①-⑳\d０-９])[\s　]*[（(](?P<hint>[^（()）]{2,30})[)）]"
)
#: What no indicator is called.
_WHOLE_COST: Final = re.compile(r"(?:全体|総|交付対象|計画)事業費")
_TOTALS: Final = frozenset({"合計", "計", "総計", "小計", "総合計"})


_TYPES: Final[tuple[tuple[str, IndicatorType], ...]] = (
    ("アウトカム", "outcome"),
    ("成果指標", "outcome"),
    ("アウトプット", "output"),
    ("活動指標", "output"),
    ("インプット", "input"),
)


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
    _begin_project(rows, row)
    title = title_of(rows, row)
    if title is not None and title.role in {"when", "due"}:
        read_dates(rows, row)
        return
    if title is not None and title.role in {"money", "fund"}:
        read_money_row(rows, row, title)
        name = name_at(rows, row) if table.of("indicator") else None
        if name is None or understand(name.text).role in {"money", "fund"}:
            _read_project(rows, row)
            return
        title = None
    for line in range(packed_lines(rows, row)):
        rows.line = line
        if line and _dates_line(rows, row):
            continue
        _read_indicator(rows, row, title)
    _read_notes(rows, row)
    _read_project(rows, row)


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
        _begin_indicator(rows, row)
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


def _begin_project(rows: Rows, row: int) -> None:
    """Begin a project where its cell begins and says another name, or where only its number does."""
    columns = rows.table.of("project")
    if not columns:
        _begin_goal(rows, row)
        return
    cell = cell_at(rows, row, columns[-1])
    number = next(
        (
            n
            for c in rows.table.of("number")
            if (n := cell_at(rows, row, c)) is not None and n.filled
        ),
        None,
    )
    words = cell.words if cell is not None else Words()
    if (not words and (number is None or cell is None)) or is_ditto(words.text):
        return
    if words and _goes_on(rows, words, number):
        return
    office = columns[-1].heading.also == "department"
    words, amount = with_amount(words)
    name = project_name(words, office=office)
    if words and _MARK.fullmatch(words.text.strip()):
        name = dataclasses.replace(name, said=None)
    draft = ProjectDraft(
        name=name.said, number=name.number, departments=list(name.departments), place=words.places
    )
    draft.grant_type = name.grant_type
    if number is not None:
        draft.number = only_number(number.text)
        draft.place = (*number.words.places, *words.places)
    if name.said is not None and fold(name.said.text) in _TOTALS:
        draft.kind = "goal"
    _group(rows, row)
    _open(rows, draft)
    if amount and (spent := line_of(amount)) is not None:
        draft.spending.append(spent)
    rows.project_cell, rows.indicator, rows.name_cell = cell, None, None
    rows.number = fold(number.text) if number is not None else None


def _open(rows: Rows, draft: ProjectDraft) -> None:
    """Begin a project; a table of indicators alone goes on with those that a table before it listed, on the same paper."""
    plain = bool(rows.table.of("indicator")) and not rows.table.of("money", "fund")
    plain = plain and rows.table.view.grid.sheet is None
    known = rows.scene.known(draft) if plain and len(rows.scene.projects) < _MOST else None
    if known is None or known.block in {0, rows.scene.block}:
        rows.scene.open(draft)
        return
    known.number = known.number or draft.number
    known.departments = known.departments or draft.departments
    rows.scene.owner = known


def _goes_on(rows: Rows, words: Words, number: Cell | None) -> bool:
    """Tell whether a row says its project's name again, and its number if it has one: one figure a row."""
    if rows.project_cell is None or fold(words.text) != fold(rows.project_cell.text):
        return False
    return number is None or fold(number.text) == rows.number


def _begin_goal(rows: Rows, row: int) -> None:
    """Begin the goal or field that indicators stand under, where no column names projects."""
    over_all = rows.scene.owner or rows.scene.heading
    if over_all is not None and over_all.name is not None and over_all.kind != "goal":
        return
    columns = goal_columns(rows.table)
    cell = cell_at(rows, row, columns[-1]) if columns else None
    if cell is None or not cell.filled or _MARK.fullmatch(cell.text) or is_ditto(cell.text):
        return
    if rows.project_cell is not None and fold(cell.text) == fold(rows.project_cell.text):
        return
    name = project_name(cell.words, office=columns[-1].heading.also == "department")
    over = [rows.table.view.at(row, c.index) for c in columns[:-1]]
    outer = (said(found.words) for found in over if found is not None and found is not cell)
    draft = ProjectDraft(
        name=name.said,
        number=name.number,
        departments=list(name.departments),
        kind="goal",
        group=(*rows.scene.group, *(one for one in outer if one is not None)),
        place=cell.words.places,
    )
    rows.scene.open(draft)
    rows.project_cell, rows.indicator, rows.name_cell = cell, None, None


def _group(rows: Rows, row: int) -> None:
    """Take the goal or field from the columns left of the project."""
    columns = rows.table.of("group")
    found = [rows.table.view.at(row, c.index) for c in columns]
    names = tuple(s for cell in found if cell is not None and (s := said(cell.words)) is not None)
    if names:
        rows.scene.group = names


def _begin_indicator(rows: Rows, row: int) -> None:
    """Begin the row's indicator: named by its cell, by a line above the table, or nameless if it has figures."""
    table, scene = rows.table, rows.scene
    if not (table.figures or table.of("indicator") or table.titles):
        return
    cell = name_at(rows, row)
    if cell is None and (not has_figures(rows, row) or _is_money(rows, row)):
        return
    draft = (
        _named(rows, row, cell) if cell is not None else (None if rows.made else scene.take_named())
    )
    if draft is None and not rows.made and len(table.body) == 1 and names_measure(scene):
        begin(scene)
        draft = scene.project().indicators[-1]
    draft = draft or IndicatorDraft(unit=rows.unit)
    rows.made.clear()
    rows.indicator, rows.name_cell = draft, cell
    owner = scene.project()
    if draft not in owner.indicators[-len(table.columns) :]:
        owner.indicators.append(draft)
    _describe(rows, row, draft)


def _is_money(rows: Rows, row: int) -> bool:
    """Tell whether a table is one of amounts, whose years' columns measure nothing: 本年度 and 前年度 of a budget.

    The row's figures are then left.
    """
    money = rows.table.of("money", "fund") or "金額" in rows.table.words
    if rows.scene.money_unit is None or not money or rows.table.of("target", "indicator"):
        return False
    for column in rows.table.figures:
        cell = cell_at(rows, row, column)
        if cell is not None:
            rows.scene.leave("money", cell.words)
    return True


def _named(rows: Rows, row: int, cell: Cell) -> IndicatorDraft:
    """Return a new indicator with what its name cell says, or the one that was named before and is only called ア here."""
    called = _called(rows, row, cell)
    if called is not None:
        return called
    name = indicator_name(line_of_cell(rows, cell.words, name=True), sure=_units_in_names(rows))
    draft = IndicatorDraft(
        name=name.said,
        number=name.number,
        unit=name.unit or rows.unit,
        definition=name.definition,
        place=cell.words.places,
    )
    _told_in_name(rows, cell, draft)
    words = rows.table.words + "".join(fold(c.text) for c in rows.table.view.row(row))
    draft.type = next((kind for word, kind in _TYPES if word in words), None)
    announced = rows.scene.named
    if announced is not None and same_name(announced.name, draft.name):
        rows.scene.named = None
        if draft.number is None:
            draft.number, draft.place = announced.number, (*announced.place, *draft.place)
    return draft


def _called(rows: Rows, row: int, cell: Cell) -> IndicatorDraft | None:
    """Return the indicator without figures that a bare number names: of the label in the row, if the row has one.

    「指標①（歩行者交通量）」 is the one numbered ① whose name those words are in, with figures or without.
    """
    owner = rows.scene.at_hand()
    if owner is None:
        return None
    if (hinted := _HINTED.fullmatch(cell.text.strip())) is not None:
        return _hinted(owner, fold(hinted["number"]), fold(hinted["hint"]))
    number = fold_number(cell.text.strip()) if _CALLED.fullmatch(cell.text.strip()) else None
    if number is None:
        return None
    words = [fold(beside.text) for beside in rows.table.view.row(row)]
    waiting = [
        d for d in owner.indicators if not d.figured and d.number and fold(d.number) == fold(number)
    ]
    families = {draft.family for draft in owner.indicators}
    labelled = [word for word in words if word in families]
    found = [d for d in waiting if not labelled or d.family in labelled]
    return found[0] if found else None


def _hinted(owner: ProjectDraft, number: str, hint: str) -> IndicatorDraft | None:
    """Return the indicator of a number in whose name some words are."""
    return next(
        (
            draft
            for draft in owner.indicators
            if draft.number and fold(draft.number) == number
            if draft.name is not None and hint in fold(draft.name.text)
        ),
        None,
    )


def _told_in_name(rows: Rows, cell: Cell, draft: IndicatorDraft) -> None:
    """Take the figures that a name cell tells after the name: 「企業誘致数：0社（H26）→5社（H31）」."""
    words = line_of_cell(rows, cell.words, name=True)
    if not may_hold_figures(words.text):
        return
    steps = (roles_of_steps(c.heading.text) for c in rows.table.of("indicator"))
    roles = next((roles for roles in steps if roles), [])
    told = stepped(words, roles, rows.scene.near) if roles else None
    told = told or indicator_of(words, rows.scene.near)
    column = next((c for c in rows.table.of("indicator") if c.heading.also == "target"), None)
    if column is None and not rows.table.of("target"):
        column = next((c for c in rows.table.of("indicator") if "目標" in c.heading.text), None)
    if told is None and column is not None:
        told = name_and_target(words, column.heading.year)
    if told is None and not rows.table.of("target"):
        told = goal_of(words)
    if told is None or told.name is None or not told.numbered:
        return
    draft.name, draft.unit, draft.facts = told.name, told.unit or rows.unit, list(told.facts)
    draft.number = told.number


def _units_in_names(rows: Rows) -> bool:
    """Tell whether the names of a table end in units in brackets, where no column gives the units."""
    if "named" not in rows.found:
        table = rows.table
        names = [cell for column in table.of("indicator") for cell in table.cells(column.index)]
        ends = sum(ends_in_unit(cell.text) for cell in names)
        rows.found["named"] = not table.of("unit") and 2 < len(names) <= 1.25 * ends
    return rows.found["named"]


def _describe(rows: Rows, row: int, draft: IndicatorDraft) -> None:
    """Take unit, number, definition, direction and the like of a new indicator from its row."""
    units = rows.table.of("unit")
    figures = [c for c in rows.table.columns if c.role in FIGURES]
    if len(units) == 1 or (units and figures and units[0].index < figures[0].index):
        draft.unit = unit_at(rows, row, units[0]) or draft.unit
    for name, role in (
        ("definition", "definition"),
        ("statistic", "statistic"),
        ("direction", "direction"),
        ("parent", "parent"),
    ):
        for column in rows.table.of(role):
            cell = rows.table.view.at(row, column.index)
            if (
                cell is not None
                and cell.filled
                and not _MARK.fullmatch(cell.text)
                and getattr(draft, name) is None
            ):
                setattr(draft, name, cell.words.said())
    ordinal = next(
        (
            c
            for column in rows.table.of("ordinal")
            if (c := cell_at(rows, row, column)) is not None and c.filled
        ),
        None,
    )
    if ordinal is not None and draft.number is None:
        draft.number = re.sub(r"指標|KPI|\s", "", join_lines(ordinal.text)) or None
        draft.place = (*ordinal.words.places, *draft.place)


def _read_notes(rows: Rows, row: int) -> None:
    """Take remarks and the experts' words of a row as the indicator's where the project spans more rows."""
    for column in rows.table.of("remark"):
        cell = cell_at(rows, row, column)
        words = cell.words.said() if cell is not None else None
        if words is None:
            continue
        if rows.indicator is not None and not rows.table.of("project"):
            rows.indicator.note = rows.indicator.note or words
        else:
            rows.scene.project().remarks.append(words)


def _read_project(rows: Rows, row: int) -> None:
    """Read what a row says of its project: money, office, period, words, judgement."""
    for column in rows.table.plain(_OF_PROJECT):
        cell = cell_at(rows, row, column)
        if cell is not None and cell.filled:
            _read_project_cell(rows, row, column, cell)


def _titles_money(rows: Rows, row: int) -> bool:
    """Tell whether a row is titled as an amount, so that its columns of money are read with that title."""
    title = title_of(rows, row)
    return title is not None and title.role in {"money", "fund"}


def _read_told(rows: Rows, words: Words) -> bool:
    """Read indicators told in a cell of words: ①移住者数 25人（目標30人）②…."""
    pieces = [piece for line in words.lines() for piece in line.split(_CIRCLED) if piece]
    told = [
        draft for piece in pieces if (draft := indicator_of(piece, rows.scene.near)) is not None
    ]
    told = [draft for draft in told if draft.name is not None and draft.numbered]
    rows.scene.project().indicators += told
    return bool(told) and len(told) == len(pieces)


def _read_project_cell(rows: Rows, row: int, column: Column, cell: Cell) -> None:
    role, words = column.role, cell.words
    if role in _WORDY and not rows.table.of("indicator") and _read_told(rows, words):
        return
    if role in {"money", "fund"}:
        if not _titles_money(rows, row):
            read_money(rows, row, column, words)
    elif role == "rating" and not rows.table.of(*FIGURES, "indicator"):
        rows.scene.project().scales.setdefault(
            join_lines(column.heading.text), words.said() or Said(text="-")
        )
    elif role in TAKES:
        take(rows.scene.project(), role, words, rows.scene, name=column.heading.text)
