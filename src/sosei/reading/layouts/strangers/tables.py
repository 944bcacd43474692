"""表の読み. Column tables: each cell of figures means what its column and its row say together."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.money import SCALES
from sosei.core.report import IndicatorType, Said, Value, Year
from sosei.core.text import fold, join_lines
from sosei.reading.grid import Cell, Words
from sosei.reading.layouts.strangers.amounts import amount_of, kind_of, line_of, money_unit
from sosei.reading.layouts.strangers.columns import (
    Column,
    Table,
    groups_of,
    nearest,
    role_of_row,
    table_of,
)
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft, ProjectDraft, same_name
from sosei.reading.layouts.strangers.frames import Part, is_figure
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.layouts.strangers.lists import indicator_of
from sosei.reading.layouts.strangers.names import (
    departments,
    indicator_name,
    numbered,
    only_number,
    project_name,
    said,
    with_amount,
    with_unit,
)
from sosei.reading.layouts.strangers.periods import period_of
from sosei.reading.layouts.strangers.scene import Scene
from sosei.reading.layouts.strangers.values import read_cell, years_of

_MARK: Final = re.compile(r"[-‐‑–—―−－─ー…\s]+")
_TOTALS: Final = frozenset({"合計", "計", "総計", "小計", "総合計"})
_ARROW: Final = re.compile("[→⇒➡]")
_DITTO: Final = re.compile(r"[〃″“”\"々]|同上?")
_TYPES: Final[tuple[tuple[str, IndicatorType], ...]] = (
    ("アウトカム", "outcome"),
    ("成果指標", "outcome"),
    ("アウトプット", "output"),
    ("活動指標", "output"),
    ("インプット", "input"),
)
_JUDGED: Final = (
    "grade",
    "expert_judgement",
    "expert_opinion",
    "next_policy",
    "next_policy_reason",
    "obstacle",
    "countermeasure",
)


@dataclass
class _Rows:
    """The state of reading one table downwards."""

    table: Table
    scene: Scene
    indicator: IndicatorDraft | None = None
    project_cell: Cell | None = None
    name_cell: Cell | None = None
    made: dict[int, list[Fact]] = field(default_factory=dict)
    unit: str | None = None
    lines: int = 1
    line: int = 0


def read_table(part: Part, scene: Scene) -> bool:
    """Read a table into the scene; False where its columns say too little to be believed."""
    table = table_of(part, scene.near, scene.above)
    if not _explained(table):
        return False
    groups = [_Rows(part, scene, unit=_heading_unit(part)) for part in groups_of(table)]
    for row in table.body:
        _read_row(groups[0], row)
        for more in groups[1:]:
            more.indicator = None
            _read_indicator(more, row, None)
    for column in table.columns:
        if column.role is None and column.heading.dated and not table.titles:
            for cell in table.cells(column.index):
                scene.leave("role", cell.words)
    return True


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


def _read_row(rows: _Rows, row: int) -> None:
    """Read one row: whose it is, which indicator, its figures, then what is said of the project."""
    table = rows.table
    lone = _lone(table, row)
    if lone is not None:
        _read_lone(rows, lone)
        return
    if _is_dates(rows, row):
        _read_dates(rows, row)
        return
    _begin_project(rows, row)
    title = _title(rows, row)
    if title is not None and title.role in {"when", "due"}:
        _read_dates(rows, row)
        return
    if title is not None and title.role in {"money", "fund"}:
        _read_money_row(rows, row, title)
        return
    for line in range(_packed(rows, row)):
        rows.line = line
        _read_indicator(rows, row, title)
    _read_notes(rows, row)
    _read_project(rows, row)


def _read_indicator(rows: _Rows, row: int, title: Heading | None) -> None:
    """Read one indicator of a row; a row that names none and goes on with none adds nothing."""
    fresh = _fresh_name(rows, row) is not None
    titled = title is not None or _year_of_row(rows, row) is not None
    goes_on = rows.indicator is not None and titled
    if not fresh and not titled and _is_below(rows, row):
        _read_below(rows, row)
        return
    if fresh or not goes_on:
        if not fresh and not _has_figures(rows, row):
            return
        _begin_indicator(rows, row)
    _read_figures(rows, row, title)


def _is_below(rows: _Rows, row: int) -> bool:
    """Tell whether a row is a second one under a name merged over several rows."""
    over = [rows.table.view.at(row, column.index) for column in rows.table.of("indicator")]
    return rows.name_cell is not None and rows.name_cell in over and rows.indicator is not None


def _read_below(rows: _Rows, row: int) -> None:
    """Read a second row under one name: years of the figures above it; anything else is left to people."""
    _read_dates(rows, row)
    for column in rows.table.columns:
        cell = _cell(rows, row, column)
        dated = cell is not None and find_years(cell.text, near=rows.scene.near)
        if (
            cell is not None
            and column.role in FIGURES
            and not dated
            and not _MARK.fullmatch(cell.text)
        ):
            rows.scene.leave("second row", cell.words)


def _packed(rows: _Rows, row: int) -> int:
    """Return how many indicators a row packs into the lines of its cells: ①…②… as names, ①…②… as figures."""
    rows.lines = 1
    name = next(
        (c for column in rows.table.of("indicator") if (c := _cell(rows, row, column)) is not None),
        None,
    )
    lines = name.words.lines() if name is not None else []
    if len(lines) > 1:
        cells = [
            cell.words.lines()
            for c in rows.table.of(*FIGURES)
            if (cell := _cell(rows, row, c)) is not None
        ]
        even = sum(len(found) == len(lines) for found in cells)
        marked = all(
            numbered(line)[0] is not None or line.text.startswith(("・", "○", "●"))
            for line in lines
        )
        rows.lines = len(lines) if even >= 1 and (marked or even >= 2) else 1
    return rows.lines


def _line(rows: _Rows, words: Words, *, name: bool = False) -> Words:
    """Return the line of a packed cell that belongs to the indicator at hand; the whole where it is not packed."""
    lines = words.lines() if rows.lines > 1 else []
    if len(lines) != rows.lines:
        return words
    line = lines[rows.line].strip("・○● 　")
    return line if name else _bare(line)


def _bare(words: Words) -> Words:
    """Return a figure without the circled number that repeats its indicator's."""
    found = re.match(r"\s*(?:[①-⑳]|[(（]\d[)）])\s*", words.text)
    return words[found.end() :] if found else words


def _is_dates(rows: _Rows, row: int) -> bool:
    """Tell whether a row's first cell says that the row gives dates: 時点, 年月."""
    cells = rows.table.view.row(row)
    heading = understand(cells[0].text)
    return heading.whole and heading.role in {"when", "due"} and cells[0].words is not None


def _lone(table: Table, row: int) -> Cell | None:
    """Return the one cell of a row that is a heading across the table, or a note below it."""
    cells = table.view.row(row)
    if len(cells) != 1 or len(table.columns) < 3:
        return None
    cell = cells[0]
    wide = table.view.width(cell) > max(1, table.view.last_column // 2)
    return cell if wide or re.match(r"\s*(※|＊|\*|[（(]?注)", cell.text) else None


def _read_lone(rows: _Rows, cell: Cell) -> None:
    """Take a row across as a heading of what follows, or as a note."""
    if re.match(r"\s*(※|＊|\*|[（(]?注|[（(]?単位)", cell.text):
        rows.scene.money_unit = money_unit(cell.text) or rows.scene.money_unit
        rows.scene.leave("note", cell.words)
        return
    name = project_name(cell.words)
    if rows.table.of("project"):
        rows.scene.group = (*rows.scene.group[:0], *((name.said,) if name.said else ()))
        rows.scene.owner = None
    else:
        rows.scene.open(
            ProjectDraft(name=name.said, number=name.number, kind="goal", place=cell.words.places)
        )
    rows.indicator = rows.project_cell = rows.name_cell = None


def _cell(rows: _Rows, row: int, column: Column) -> Cell | None:
    """Return the cell of a column that begins in a row; None where one from above reaches in."""
    cell = rows.table.view.at(row, column.index)
    return cell if cell is not None and rows.table.view.first_row(cell) == row else None


def _begin_project(rows: _Rows, row: int) -> None:
    """Begin a project where its cell begins and says another name, or where only its number does."""
    columns = rows.table.of("project")
    if not columns:
        return
    cell = _cell(rows, row, columns[-1])
    number = next(
        (n for c in rows.table.of("number") if (n := _cell(rows, row, c)) is not None and n.words),
        None,
    )
    words = cell.words if cell is not None else Words()
    if not words and (number is None or cell is None):
        return
    if (
        words
        and rows.project_cell is not None
        and fold(words.text) == fold(rows.project_cell.text)
        and number is None
    ):
        return
    office = columns[-1].heading.also == "department"
    words, amount = with_amount(words)
    name = project_name(words, office=office)
    if words and _MARK.fullmatch(words.text.strip()):
        name = dataclasses.replace(name, said=None)
    draft = ProjectDraft(
        name=name.said, number=name.number, departments=list(name.departments), place=words.places
    )
    if number is not None:
        draft.number = only_number(number.text)
        draft.place = (*number.words.places, *words.places)
    if name.said is not None and fold(name.said.text) in _TOTALS:
        draft.kind = "goal"
    _group(rows, row)
    rows.scene.open(draft)
    if amount and (spent := line_of(amount)) is not None:
        draft.spending.append(spent)
    rows.project_cell, rows.indicator, rows.name_cell = cell, None, None


def _group(rows: _Rows, row: int) -> None:
    """Take the goal or field from the columns left of the project."""
    columns = rows.table.of("group")
    found = [rows.table.view.at(row, c.index) for c in columns]
    names = tuple(s for cell in found if cell is not None and (s := said(cell.words)) is not None)
    if names:
        rows.scene.group = names


def _title(rows: _Rows, row: int) -> Heading | None:
    """Return what the row's own title says of its figures."""
    for index in reversed(rows.table.titles):
        cell = rows.table.view.at(row, index)
        meant = role_of_row(cell.text, rows.scene.near) if cell is not None and cell.words else None
        if meant is not None:
            return meant
    return None


def _fresh_name(rows: _Rows, row: int) -> Cell | None:
    """Return the cell of a new indicator's name, if one begins in this row."""
    over = [rows.table.view.at(row, column.index) for column in rows.table.of("indicator")]
    found = [
        cell
        for cell in over
        if cell is not None and cell.words and (cell is not rows.name_cell or rows.lines > 1)
    ]
    if not found or _MARK.fullmatch(found[0].text):
        return None
    again = rows.name_cell is not None and fold(found[0].text) == fold(rows.name_cell.text)
    return None if again and rows.table.titles else found[0]


def _begin_indicator(rows: _Rows, row: int) -> None:
    """Begin the row's indicator: named by its cell, by a line above the table, or nameless if it has figures."""
    table, scene = rows.table, rows.scene
    if not (table.of(*FIGURES) or table.of("indicator") or table.titles):
        return
    cell = _fresh_name(rows, row)
    if cell is None and not _has_figures(rows, row):
        return
    draft = (
        _named(rows, row, cell) if cell is not None else (None if rows.made else scene.take_named())
    )
    draft = draft or IndicatorDraft(unit=rows.unit)
    rows.made.clear()
    rows.indicator, rows.name_cell = draft, cell
    owner = scene.project()
    if draft not in owner.indicators:
        owner.indicators.append(draft)
    _describe(rows, row, draft)


def _year_of_row(rows: _Rows, row: int) -> int | None:
    """Return the year that a column of years gives a row."""
    for column in rows.table.of("year"):
        found = years_of(rows.table.view.words(row, column.index).text, rows.scene.near)
        if len(found) == 1:
            return found[0]
    return None


def _named(rows: _Rows, row: int, cell: Cell) -> IndicatorDraft:
    """Return a new indicator with what its name cell says."""
    name = indicator_name(_line(rows, cell.words, name=True))
    draft = IndicatorDraft(
        name=name.said, number=name.number, unit=name.unit or rows.unit, place=cell.words.places
    )
    words = rows.table.words + "".join(fold(c.text) for c in rows.table.view.row(row))
    draft.type = next((kind for word, kind in _TYPES if word in words), None)
    announced = rows.scene.named
    if announced is not None and same_name(announced.name, draft.name):
        rows.scene.named = None
        if draft.number is None:
            draft.number, draft.place = announced.number, (*announced.place, *draft.place)
    return draft


def _has_figures(rows: _Rows, row: int) -> bool:
    """Tell whether a row without a name holds a figure or word of its own in a column of figures."""
    columns = [c for c in rows.table.columns if c.role in FIGURES or c.heading.dated]
    cells = [cell for c in columns if (cell := _cell(rows, row, c)) is not None]
    return any(cell.words and not _MARK.fullmatch(cell.text) for cell in cells)


def _describe(rows: _Rows, row: int, draft: IndicatorDraft) -> None:
    """Take unit, number, definition, direction and the like of a new indicator from its row."""
    units = rows.table.of("unit")
    figures = [c for c in rows.table.columns if c.role in FIGURES]
    if len(units) == 1 or (units and figures and units[0].index < figures[0].index):
        draft.unit = _unit_in(rows, row, units[0]) or draft.unit
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
                and cell.words
                and not _MARK.fullmatch(cell.text)
                and getattr(draft, name) is None
            ):
                setattr(draft, name, cell.words.said())
    ordinal = next(
        (
            c
            for column in rows.table.of("ordinal")
            if (c := _cell(rows, row, column)) is not None and c.words
        ),
        None,
    )
    if ordinal is not None and draft.number is None:
        draft.number = re.sub(r"指標|KPI|\s", "", join_lines(ordinal.text)) or None
        draft.place = (*ordinal.words.places, *draft.place)


def _unit_in(rows: _Rows, row: int, column: Column) -> str | None:
    cell = rows.table.view.at(row, column.index)
    text = join_lines(cell.text).strip("（）() ") if cell is not None else ""
    if _DITTO.fullmatch(text):
        above = [r for r in rows.table.body if r < row]
        return _unit_in(rows, above[-1], column) if above else None
    return None if not text or _MARK.fullmatch(text) else text


def _read_figures(rows: _Rows, row: int, title: Heading | None) -> None:
    """Read every cell of figures in a row."""
    draft = rows.indicator
    if draft is None:
        return
    for column in rows.table.columns:
        if column.index in rows.table.titles:
            continue
        meant = _meaning(column.heading, title)
        if meant is None:
            continue
        cell = _cell(rows, row, column)
        if cell is None and rows.table.view.at(row, column.index) is not None:
            continue
        words = _line(rows, cell.words) if cell is not None else Words()
        if meant.role in {"rate", "rating"}:
            _read_rate(rows, row, column, meant, words)
        else:
            _read_figure(rows, row, column, meant, words)


def _meaning(column: Heading, title: Heading | None) -> Heading | None:
    """Return what a column and a row's title say together of a figure."""
    if title is not None and (
        column.role in {None, "figure", "current", "due", "when"}
        or (column.role == "forecast" and title.role == "target")
    ):
        if column.role is None and not column.dated:
            return None
        merged = (
            dataclasses.replace(column, role=None).under(title)
            if column.role != "figure"
            else title.under(column)
        )
        return dataclasses.replace(
            merged,
            role="target" if title.role == "increment" else title.role,
            year=column.year or title.year,
        )
    if title is not None and column.role == "actual" and title.role == "cumulative":
        return dataclasses.replace(column, role="cumulative")
    return column if column.role in FIGURES | {"rate", "rating"} else None


def _read_figure(rows: _Rows, row: int, column: Column, meant: Heading, words: Words) -> None:
    """Add a figure to the row's indicator."""
    draft = rows.indicator
    assert draft is not None
    unit = _unit_beside(rows, row, column) or meant.unit
    told = (
        indicator_of(Words.joined([Words("-："), words]), rows.scene.near)
        if _ARROW.search(words.text)
        else None
    )
    if told is not None:
        draft.facts += [fact for fact in told.facts if fact.value is not None]
        return
    reading = read_cell(words, draft.unit if unit is None else unit, rows.scene.near)
    value = reading.value
    if unit is not None and value.number is not None and value.unit is None and unit != draft.unit:
        value = dataclasses.replace(value, unit=unit)
    role = "actual" if meant.role == "forecast" else meant.role or ""
    if meant.role == "forecast" and value.number is not None:
        value = dataclasses.replace(value, state="forecast")
    if meant.as_of and role == "actual" and value.number is not None:
        value = dataclasses.replace(value, as_of=join_lines(meant.as_of))
    draft.increments = draft.increments or meant.increment
    due, year = _due_beside(rows, row, column)
    year = _first(year, reading.year, _year_of_row(rows, row))
    if reading.running and role == "actual":
        role = "cumulative"
    fact = Fact(
        role=role,
        value=value,
        year=meant.year if meant.year is not None else year,
        due=due,
        label=meant.label,
        shift=meant.shift,
    )
    _keep(rows, column, fact)
    _keep_second(rows, column, fact, reading.second, reading.second_words)


def _keep_second(rows: _Rows, column: Column, fact: Fact, second: Value | None, words: str) -> None:
    """Keep a second figure of a cell where it says what it is: the year's part of a running total, or the total."""
    if second is None or second.number is None:
        return
    if fact.role == "cumulative" and re.search(r"うち|内|単年|当該|年度", words):
        _keep(rows, column, dataclasses.replace(fact, role="actual", value=second, label=None))
    elif fact.role == "actual" and re.search(r"累計|累積|通算", words):
        _keep(rows, column, dataclasses.replace(fact, role="cumulative", value=second))


def _keep(rows: _Rows, column: Column, fact: Fact) -> None:
    assert rows.indicator is not None
    rows.indicator.facts.append(fact)
    rows.made.setdefault(column.index, []).append(fact)


def _unit_beside(rows: _Rows, row: int, column: Column) -> str | None:
    """Return the unit in the unit column that belongs to this column of figures, where each has its own."""
    units = rows.table.of("unit")
    if len(units) < 2:
        return None
    own = next((c for c in units if nearest(rows.table.columns, c.index) == column), None)
    return _unit_in(rows, row, own) if own is not None else None


def _due_beside(rows: _Rows, row: int, column: Column) -> tuple[str | None, int | None]:
    """Return the date in the date column that belongs to this column of figures, as printed and as a fiscal year."""
    for dates in rows.table.of("due", "when"):
        after = nearest(rows.table.columns, dates.index)
        fits = column.role == "target" if dates.role == "due" else after == column
        if dates.heading.upper and dates.role == "when":
            fits = dates.heading.upper == column.heading.upper
        cell = rows.table.view.at(row, dates.index)
        if not fits or cell is None or not cell.words:
            continue
        found = years_of(cell.text, rows.scene.near)
        if len(found) == 1:
            printed = join_lines(cell.text) if column.role == "target" else None
            return printed, found[0]
    return None, None


def _read_rate(rows: _Rows, row: int, column: Column, meant: Heading, words: Words) -> None:
    """Add a printed achievement rate or rating."""
    draft = rows.indicator
    said_words = words.said()
    if draft is None or said_words is None or _MARK.fullmatch(said_words.text):
        return
    if meant.role == "rating" and _of_project(rows, row, column):
        rows.scene.project().judge("grade", said_words)
        return
    if meant.role == "rate" and not re.search(r"\d", fold(said_words.text)):
        meant = dataclasses.replace(meant, role="rating")
    if meant.role == "rating" and meant.year is None:
        draft.rating = draft.rating or said_words
        return
    _keep(
        rows,
        column,
        Fact(
            role=meant.role or "",
            said=said_words,
            year=_first(meant.year, _year_of_row(rows, row)),
            label=meant.label,
        ),
    )


def _first(*years: int | None) -> int | None:
    """Return the first year that is known."""
    return next((year for year in years if year is not None), None)


def _of_project(rows: _Rows, row: int, column: Column) -> bool:
    """Tell whether a rating spans its project's rows, so that it is the project's and not the indicator's."""
    cell = rows.table.view.at(row, column.index)
    if not rows.table.of("project") or cell is None or rows.project_cell is None:
        return False
    figures = [c.index for c in rows.table.columns if c.role in FIGURES]
    tall = rows.table.view.height(cell) > 1 and rows.table.view.height(
        cell
    ) == rows.table.view.height(rows.project_cell)
    return tall or not figures or ("事業" in column.heading.text and column.index > max(figures))


def _read_dates(rows: _Rows, row: int) -> None:
    """Take a row of dates (時点) as the years of the figures above it."""
    for column in rows.table.columns:
        found = find_years(rows.table.view.words(row, column.index).text, near=rows.scene.near)
        for fact in rows.made.get(column.index, []) if len(found) == 1 else []:
            fact.year = found[0].fiscal_year
            if fact.role == "target" and found[0].month:
                fact.due = join_lines(rows.table.view.words(row, column.index).text)


def _read_money_row(rows: _Rows, row: int, title: Heading) -> None:
    """Take a row of amounts by years (予算額, 執行額)."""
    label_cell = rows.table.view.at(row, rows.table.titles[-1])
    label = with_unit(label_cell.words)[0].said() if label_cell is not None else None
    header = next((c.heading.unit for c in rows.table.columns if c.heading.unit in SCALES), None)
    unit = title.unit or header or rows.scene.money_unit
    for column in rows.table.columns:
        cell = _cell(rows, row, column)
        if column.index in rows.table.titles or cell is None or not column.heading.dated:
            continue
        spent = amount_of(cell.words, label, unit=unit, year=column.heading.year)  # type: ignore[arg-type]
        if spent is not None:
            rows.scene.project().spending.append(spent)


def _read_notes(rows: _Rows, row: int) -> None:
    """Take remarks and the experts' words of a row as the indicator's where the project spans more rows."""
    for column in rows.table.of("remark"):
        cell = _cell(rows, row, column)
        words = cell.words.said() if cell is not None else None
        if words is None:
            continue
        if rows.indicator is not None and not rows.table.of("project"):
            rows.indicator.note = rows.indicator.note or words
        else:
            rows.scene.project().remarks.append(words)


def _read_project(rows: _Rows, row: int) -> None:
    """Read what a row says of its project: money, office, period, words, judgement."""
    for column in rows.table.columns:
        if column.index in rows.table.titles:
            continue
        cell = _cell(rows, row, column)
        if cell is not None and cell.words:
            _read_project_cell(rows, row, column, cell)


def _read_project_cell(rows: _Rows, row: int, column: Column, cell: Cell) -> None:
    role, words = column.role, cell.words
    if role in {"money", "fund"}:
        _read_money(rows, row, column, words)
    elif role == "rating" and not rows.table.of(*FIGURES, "indicator"):
        rows.scene.project().scales.setdefault(
            join_lines(column.heading.text), words.said() or Said(text="-")
        )
    elif role in TAKES:
        take(rows.scene.project(), role, words, rows.scene, name=column.heading.text)


def _item_of(rows: _Rows, row: int) -> Said | None:
    """Return the item of a row in a break-down of one project's money, where no column names projects."""
    if rows.table.of("project", "indicator"):
        return None
    first = min(c.index for c in rows.table.of("money", "fund"))
    over = (rows.table.view.at(row, c.index) for c in rows.table.columns if c.index < first)
    named = [cell for cell in over if cell is not None and cell.words and not is_figure(cell.text)]
    return named[-1].words.said() if named else None


def _read_money(rows: _Rows, row: int, column: Column, words: Words) -> None:
    """Add the amount of a money column; lines of labels and amounts in one cell each by itself."""
    project, lines = rows.scene.project(), words.lines()
    spent = [line_of(line) for line in lines]
    if len(lines) > 1 and all(spent):
        project.spending.extend(s for s in spent if s is not None)
        return
    label = _item_of(rows, row) or _money_label(column)
    fund = label if column.role == "fund" else None
    unit = column.heading.unit or _common_unit(rows.table) or rows.scene.money_unit
    amount = amount_of(words, label, unit=unit, year=column.heading.year, fund=fund)  # type: ignore[arg-type]
    if amount is not None and amount.kind is None and label is not None:
        kind = kind_of(column.heading.text)
        amount = dataclasses.replace(amount, kind=kind)
    if amount is None:
        if not _MARK.fullmatch(words.text):
            rows.scene.leave("money", words)
        return
    project.spending.append(amount)


def _money_label(column: Column) -> Said | None:
    """Return the words of a money column's own header without its unit."""
    plain = with_unit(column.label)[0]
    return plain.said(re.sub(r"[\s　]*[（(]?単位.*$", "", join_lines(plain.text)) or None)


def _common_unit(table: Table) -> str | None:
    """Return the unit of a table's money where every header that prints one prints the same."""
    units = {c.heading.unit for c in table.of("money", "fund") if c.heading.unit in SCALES}
    return next(iter(units)) if len(units) == 1 else None


TAKES: Final = frozenset(
    {
        *_JUDGED,
        "scale",
        "department",
        "period",
        "period_first",
        "period_last",
        "activities",
        "grant",
        "grant_type",
        "year",
    }
)


def take(
    project: ProjectDraft, role: str | None, words: Words, scene: Scene, *, name: str = ""
) -> bool:
    """Give a project what a cell or the value of a label says in a role; False where the role is none of a project's."""
    found = words.said()
    if found is None or role not in TAKES:
        return False
    if _MARK.fullmatch(found.text):
        return True
    if role in _JUDGED:
        project.judge(role, found)
    elif role == "scale":
        project.scales.setdefault(join_lines(name) or "評価", found)
    elif role == "department":
        _add_offices(project, words)
    elif role in {"period", "period_first", "period_last"}:
        project.period = period_of(role, words, project.period, scene.near) or project.period
    elif role == "activities":
        project.activities += [s for line in words.lines() if (s := line.said()) is not None]
    elif role == "year":
        _take_year(project, words, scene)
    else:
        _take_grant(project, role, words)
    return True


def _add_offices(project: ProjectDraft, words: Words) -> None:
    known = {fold(office.text) for office in project.departments}
    project.departments += [
        office for office in departments(words) if fold(office.text) not in known
    ]


def _take_grant(project: ProjectDraft, role: str | None, words: Words) -> None:
    if role == "grant":
        project.grant = said(words)
    else:
        project.grant_type = said(words)


def _take_year(project: ProjectDraft, words: Words, scene: Scene) -> None:
    found = find_years(words.text, near=scene.near)
    if len(found) == 1:
        project.year = Year(year=found[0].fiscal_year, raw=words.text.strip(), place=words.places)


__all__ = ["TAKES", "Said", "read_table", "take"]
