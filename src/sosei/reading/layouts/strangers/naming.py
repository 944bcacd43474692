"""指標の名. The indicator that begins in a row: called by its cell, by a line above, or by a number alone."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.figures import may_hold_figures
from sosei.core.report import IndicatorType
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell
from sosei.reading.layouts.strangers.columns import Table
from sosei.reading.layouts.strangers.drafts import IndicatorDraft, ProjectDraft, same_name
from sosei.reading.layouts.strangers.headings import FIGURES
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
)
from sosei.reading.layouts.strangers.rows import (
    Rows,
    cell_at,
    has_figures,
    line_of_cell,
    name_at,
    unit_at,
)
from sosei.reading.layouts.strangers.running import begin, names_all

_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")


#: An indicator called by its number alone.
_CALLED: Final = re.compile(r"[（(]?(?:[ア-コａ-ｚa-zA-ZＡ-Ｚ①-⑳]|[\d０-９]{1,2})[)）.．]?")


#: One called by its number, words of its name in brackets: 指標①（歩行者交通量）.
_HINTED: Final = re.compile(
    r"(?:成果)?指標[\s　]*(?P<number>[①-⑳\d０-９])[\s　]*[（(](?P<hint>[^（()）]{2,30})[)）]"
)


_TYPES: Final[tuple[tuple[str, IndicatorType], ...]] = (
    ("アウトカム", "outcome"),
    ("成果指標", "outcome"),
    ("アウトプット", "output"),
    ("活動指標", "output"),
    ("インプット", "input"),
)


def begin_indicator(rows: Rows, row: int) -> None:
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
    if draft is None and not rows.made and _of_one(table) and names_all(scene):
        begin(scene)
        draft = scene.project().indicators[-1]
        draft.unit = draft.unit or rows.unit
    draft = draft or IndicatorDraft(unit=rows.unit)
    rows.made.clear()
    rows.indicator, rows.name_cell = draft, cell
    owner = scene.project()
    if draft not in owner.indicators[-len(table.columns) :]:
        owner.indicators.append(draft)
    _describe(rows, row, draft)


def _of_one(table: Table) -> bool:
    """Tell whether all rows of a table are of one indicator, which a line above names: one row, or a row a year."""
    if table.of("project", "indicator"):
        return len(table.body) == 1
    return len(table.body) == 1 or bool(table.of("year") or table.titles)


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
