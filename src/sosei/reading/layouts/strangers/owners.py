"""行の持ち主. Whose a row is: the project or goal that begins in it, and what the row says of it."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from sosei.core.report import Said
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell, Words
from sosei.reading.layouts.strangers.amounts import line_of
from sosei.reading.layouts.strangers.columns import Column
from sosei.reading.layouts.strangers.drafts import ProjectDraft
from sosei.reading.layouts.strangers.headings import FIGURES
from sosei.reading.layouts.strangers.lists import (
    indicator_of,
)
from sosei.reading.layouts.strangers.names import (
    only_number,
    project_name,
    said,
    with_amount,
)
from sosei.reading.layouts.strangers.payments import read_money
from sosei.reading.layouts.strangers.rows import (
    Rows,
    cell_at,
    is_ditto,
    title_of,
)
from sosei.reading.layouts.strangers.tabling import goal_columns
from sosei.reading.layouts.strangers.takes import TAKES, take

_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")


#: Among more projects none is looked for.
_MOST: Final = 300


#: Columns of words, in which indicators may be told.
_WORDY: Final = frozenset({"definition", "remark", "activities", "next_policy_reason"})


#: What a row may say of its project.
_OF_PROJECT: Final = _WORDY | {"money", "fund", "rating"} | frozenset(TAKES)


_CIRCLED: Final = re.compile("(?=[①-⑳])")


_TOTALS: Final = frozenset({"合計", "計", "総計", "小計", "総合計"})


def begin_project(rows: Rows, row: int) -> None:
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


def read_notes(rows: Rows, row: int) -> None:
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


def read_project(rows: Rows, row: int) -> None:
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
