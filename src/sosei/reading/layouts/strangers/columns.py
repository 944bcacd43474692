"""列. What each column of a table holds: its headers joined downwards, then settled by what stands beside it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.gaps import read_gap
from sosei.core.text import fold
from sosei.reading.grid import Cell, Words, distinct
from sosei.reading.layouts.strangers.dates import is_year, settle_dates
from sosei.reading.layouts.strangers.frames import (
    NEAR,
    Part,
    View,
    heading_at,
    is_comment,
    is_figure,
    is_level,
    is_ordinals,
)
from sosei.reading.layouts.strangers.headings import FIGURES, Heading, understand
from sosei.reading.vocabulary import is_mark, is_whole, role_of

#: Roles of what a cell of figures holds by its column's header.
TOLD: Final = FIGURES | {"rate", "rating"}
#: What a row's own title may say of all figures in the row.
ROW_ROLES: Final = FIGURES | {"rate", "rating", "when", "due", "money", "fund"}
_GENERIC: Final = frozenset(
    {"項目", "名称", "施策", "取組", "取組名", "取組み", "事業", "事業・取組", "政策項目"}
)
_DOUBTFUL: Final = frozenset({None, "skip", "activities", "remark", "current", "title"})
_SCORES: Final = frozenset({"評点", "評価点", "点数", "スコア", "得点"})
_VAGUE: Final = frozenset({"区分", "種別", "種類", "分類", "対象"})
_JUDGED: Final = frozenset({"評価", "判定", "評価結果", "評定", "自己評価", "内部評価"})
_BESIDE: Final = frozenset(
    {"unit", "due", "when", "rate", "rating", "definition", "ordinal", "statistic"}
)
_SPEAKS: Final = re.compile("目標|実績|計画|指標|kpi|達成")
_PLAN: Final = re.compile(r"開始前|申請時|実施前|計画前|増加分")
_ORDINAL: Final = re.compile(
    r"(?:指標|KPI|目標|数値目標)?\s*(?:その)?\s*[(（]?[①-⑳\d０-９a-zA-ZＡ-Ｚア-コⅠ-Ⅹ]{1,3}[)）.．]?",
    re.IGNORECASE,
)


#: 上段：目標、下段：実績 in a header or heading: two rows of figures below one name.
LAYERS: Final = re.compile(
    r"[(（]?上段[)）]?(?:[(（][)）])?[:：]?(?P<upper>目標値?|計画値?|実績値?)[、,・)）/／]*(?:[(（])?下段[)）]?(?:[(（][)）])?[:：]?(?P<lower>目標値?|計画値?|実績値?)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it is, what its headers mean, and the header's own words."""

    index: int
    heading: Heading
    words: Words = field(default_factory=Words)
    label: Words = field(default_factory=Words)

    @property
    def role(self) -> str | None:
        """The role its headers name."""
        return self.heading.role

    def turned(self, role: str | None) -> Column:
        """Return the column with another role."""
        if role == self.role:
            return self
        return dataclasses.replace(self, heading=dataclasses.replace(self.heading, role=role))


@dataclass(frozen=True)
class Table:
    """A table understood: its body, its columns, the columns that title the rows."""

    view: View
    body: tuple[int, ...]
    columns: tuple[Column, ...]
    titles: tuple[int, ...]
    words: str
    #: What `cells` found; of the view and the body alone, so that tables that differ in their columns share it.
    known: dict[int, tuple[Cell, ...]] = field(default_factory=dict, compare=False, repr=False)
    #: Columns whose role became another by what stands beside them, and the step that made it so.
    turns: tuple[tuple[int, str], ...] = ()

    @cached_property
    def _untitled(self) -> dict[str | None, list[Column]]:
        found: dict[str | None, list[Column]] = {}
        for column in self.columns:
            if column.index not in self.titles:
                found.setdefault(column.role, []).append(column)
        return found

    @cached_property
    def _asked(self) -> dict[tuple[str, ...], list[Column]]:
        return {}

    def of(self, *roles: str) -> list[Column]:
        """Return the columns of some roles."""
        if roles not in self._asked:
            found = [c for role in roles for c in self._untitled.get(role, ())]
            self._asked[roles] = sorted(found, key=_index)
        return self._asked[roles]

    def plain(self, roles: frozenset[str]) -> list[Column]:
        """Return the columns that title no rows and have one of some roles, in order."""
        found = self._plain.get(roles)
        if found is None:
            found = [c for c in self.columns if c.role in roles and c.index not in self.titles]
            self._plain[roles] = found
        return found

    @cached_property
    def _plain(self) -> dict[frozenset[str], list[Column]]:
        return {}

    @cached_property
    def untitled(self) -> list[Column]:
        """The columns that title no rows."""
        return [column for column in self.columns if column.index not in self.titles]

    @cached_property
    def told(self) -> list[Column]:
        """The columns that hold figures by their headers alone: those with a role of figures, a rate, or a year."""
        return [c for c in self.untitled if c.role in TOLD or c.heading.dated]

    @cached_property
    def figures(self) -> list[Column]:
        """The columns of figures."""
        return self.of(*FIGURES)

    @cached_property
    def _rows(self) -> list[int]:
        """The rows of the body that hold a cell a column: no heading across, no comment."""
        wide = len(self.columns) > 2
        return [
            row
            for row in self.body
            if not (wide and (len(self.view.row(row)) == 1 or is_comment(self.view, row)))
        ]

    def cells(self, column: int) -> tuple[Cell, ...]:
        """Return the distinct cells with words of a column's body."""
        if column not in self.known:
            found = (self.view.at(row, column) for row in self._rows)
            self.known[column] = distinct(c for c in found if c is not None and c.filled)
        return self.known[column]


def _index(column: Column) -> int:
    return column.index


def table_of(part: Part, near: int | None, above: str = "", home: int | None = None) -> Table:
    """Understand a table's columns; `above` are the words of the heading over it, `home` is the report's year."""
    view = part.view
    top = view.rows.start
    body = tuple(
        row
        for row in range(top + part.header, view.rows.stop)
        if view.row(row) and not is_ordinals(view, row) and not _is_repeat(view, top, row)
    )
    header = range(top, top + part.header)
    shown = [index for index in view.columns if not _is_same(view, (*header, *body), index)]
    columns = tuple(_column(view, header, index, near) for index in shown)
    words = "".join(fold(column.words.text) for column in columns)
    table = Table(view, body, columns, (), words)
    table = dataclasses.replace(table, titles=_titles(table))
    table = _settled(_noted(table, _without_empty(table), "_without_empty"), above)
    return _noted(table, _settle_past(table, home), "_settle_past")


def _settle_past(table: Table, home: int | None) -> Table:
    """Bare years of named indicators that end with the report's own are its results, where nothing says otherwise."""
    years = [c.heading.year for c in table.columns if c.role is None and c.heading.year is not None]
    known = FIGURES | {"rate", "money", "fund"}
    if home is None or not years or max(years) != home or table.titles or table.of(*known):
        return table
    names = [cell.text for c in table.of("indicator") for cell in table.cells(c.index)]
    if not names or any("上段" in text for text in (*names, table.words)):
        return table
    return _map(table, lambda c: "actual" if c.role is None and c.heading.year else c.role)


def _is_same(view: View, rows: Sequence[int], index: int) -> bool:
    """Tell whether a column holds the very cells of the one before it: every cell is merged over both."""
    if index == view.columns.start:
        return False
    return all(
        (cell := view.at(row, index)) is not None and cell is view.at(row, index - 1)
        for row in rows
        if view.row(row)
    )


def _is_repeat(view: View, top: int, row: int) -> bool:
    return [cell.text for cell in view.row(top)] == [cell.text for cell in view.row(row)]


def _column(view: View, header: range, index: int, near: int | None) -> Column:
    """Return a column with the headers above it joined downwards."""
    over = (view.at(row, index) for row in header)
    cells = distinct(
        cell
        for cell in over
        if cell is not None and cell.filled and not _is_side(view, header, cell)
    )
    heading, label, width = Heading(), Words(), 0
    for cell in cells:
        meant = heading_at(view, max(view.first_row(cell), header.start), cell, near)
        stacked = view.width(cell) == width and meant.role in {"due", "year", "when"}
        width = view.width(cell)
        if stacked and heading.role in FIGURES:
            continue
        heading = meant.under(heading)
        label = cell.words if meant.role or not meant.says else label
    return Column(index, heading, Words.joined([cell.words for cell in cells], "\n"), label)


def side_cells(part: Part) -> tuple[Cell, ...]:
    """Return the cells that stand beside the whole of a table's rows, headers included."""
    header = range(part.view.rows.start, part.view.rows.start + part.header)
    cells = distinct(cell for row in header for cell in part.view.row(row))
    return tuple(cell for cell in cells if _is_side(part.view, header, cell))


def _is_side(view: View, header: range, cell: Cell) -> bool:
    """Tell whether a cell stands beside the whole table and labels it, its headers and its body alike."""
    return view.first_row(cell) + view.height(cell) > header.stop and view.width(cell) == 1


def _without_empty(table: Table) -> Table:
    """Take the role from columns whose body is empty but for names of figures, so that they explain nothing."""
    telling = FIGURES | {"unit", "project"}
    kept = tuple(
        column if table.cells(column.index) or column.role in telling else column.turned(None)
        for column in table.columns
    )
    return dataclasses.replace(table, columns=kept)


def _titles(table: Table) -> tuple[int, ...]:
    """Return the columns that title rows: most of their cells are wordings for figures (目標値, 成果実績, 執行額)."""
    last = max((c.index for c in table.columns if c.role in FIGURES or c.heading.dated), default=0)
    before = (c for c in table.columns if c.index < last)
    found = [c for c in before if _holds_titles(table.cells(c.index))]
    money = any(c.role in {"money", "fund"} for c in table.columns if c not in found)
    if money and not any(c.heading.dated for c in table.columns):
        found = [c for c in found if not all(_is_item(cell.text) for cell in table.cells(c.index))]
    return tuple(c.index for c in found)


def _is_item(text: str) -> bool:
    """Tell whether a row's title is an item of a cost table, or no title at all."""
    return not is_title(text) or understand(text).role in {"money", "fund"}


def _holds_titles(cells: Sequence[Cell]) -> bool:
    """Tell whether the cells of a column title their rows: most of them do, and none is a figure."""
    other = 0
    for cell in cells:
        if is_figure(cell.text):
            return False
        other += not is_title(cell.text)
        if len(cells) - other < 0.6 * len(cells):
            return False
    return bool(cells)


_TITLED: Final = re.compile(
    r"(?P<name>.{2,}?)[\s　]*[（(【](?P<role>(?:目標|実績|計画|見込)[値額]?)[)）】]\s*", re.DOTALL
)


def titled(text: str) -> re.Match[str] | None:
    """Return a name that titles its row by what stands in brackets behind it: 「利用者数（目標）」."""
    found = _TITLED.fullmatch(text)
    return found if found and understand(found["name"]).role is None else None


def is_title(text: str) -> bool:
    """Tell whether a cell's text titles its row."""
    if titled(text):
        return True
    heading = understand(text)
    return not is_mark(text) and heading.role in ROW_ROLES and (heading.whole or is_whole(text))


def _settled(table: Table, above: str) -> Table:
    """Decide what a wording means by the company it keeps."""
    steps: list[Callable[[Table, str], Table]] = [
        _settle_money,
        settle_dates,
        _settle_unheaded,
        _settle_results,
        _settle_rows_of_years,
        _settle_named,
        _settle_levels,
        _settle_current,
        _settle_due,
        _settle_rate,
        _settle_names,
        _settle_marks,
        _settle_years,
        _settle_figure,
    ]
    for step in steps:
        table = _noted(table, step(table, above), step.__name__)
    return table


def _noted(before: Table, after: Table, step: str) -> Table:
    """Return a table with a note of the columns that a step gave another role."""
    pairs = zip(before.columns, after.columns, strict=True)
    turned = tuple((old.index, step) for old, new in pairs if old.role != new.role)
    return dataclasses.replace(after, turns=(*before.turns, *turned)) if turned else after


def _map(table: Table, change: Callable[[Column], str | None]) -> Table:
    return dataclasses.replace(table, columns=tuple(c.turned(change(c)) for c in table.columns))


def _settle_money(table: Table, above: str) -> Table:
    """Believe 計, 国, その他 to be money only beside money."""
    del above
    sure = [c for c in table.columns if c.role == "money" and len(fold(c.heading.text)) > 2]
    funds = [c for c in table.columns if c.role == "fund" or c.heading.also == "fund"]
    if sure or len(funds) > 1:
        return table

    def change(column: Column) -> str | None:
        wording = fold(column.heading.text)
        doubtful = column.role in {"money", "fund"} and len(wording) <= 2 and wording != "金額"
        return None if doubtful else column.role

    return _map(table, change)


_PROJECT: Final = re.compile(r".{2,}(?:事業|プロジェクト)", re.DOTALL)


def _settle_unheaded(table: Table, above: str) -> Table:
    """A column without a header before the names, whose cells are all called 事業, holds the projects."""
    del above
    names = table.of("indicator")
    if not names or table.of("project"):
        return table

    def change(column: Column) -> str | None:
        bare = column.role is None and not column.heading.text and column.index < names[0].index
        cells = table.cells(column.index) if bare and column.index not in table.titles else ()
        named = bool(cells) and all(_PROJECT.fullmatch(cell.text.strip()) for cell in cells)
        return "project" if named else column.role

    return _map(table, change)


_RESULT: Final = re.compile(r"成果|実績|結果")


def _settle_results(table: Table, above: str) -> Table:
    """A column of 成果 or 結果 that holds nothing but figures is the actual, where no other column is."""
    del above
    if not table.of("indicator") or table.titles or table.of("actual", "cumulative", "current"):
        return table

    def change(column: Column) -> str | None:
        wordy = column.role in {None, "activities", "remark", "grade"}
        wordy = wordy and not column.heading.dated and bool(_RESULT.search(column.heading.text))
        cells = table.cells(column.index) if wordy else ()
        return "actual" if cells and all(is_level(cell.text) for cell in cells) else column.role

    return _map(table, change)


def _settle_rows_of_years(table: Table, above: str) -> Table:
    """A column without a better meaning whose cells are all years dates the rows of a table with figures."""
    del above
    if not table.of(*FIGURES):
        return table

    def change(column: Column) -> str | None:
        cells = table.cells(column.index)
        years = [c for c in cells if is_year(c.text)]
        plain = column.role in {None, "skip", "when"} and not column.heading.dated
        plain = plain and column.heading.also not in FIGURES and not _dates_beside(table, column)
        return "year" if plain and len(cells) > 1 and len(years) == len(cells) else column.role

    return _map(table, change)


def _dates_beside(table: Table, column: Column) -> bool:
    """Tell whether a column of 年月 stands right behind a figure, whose date it is, where others stand behind others."""
    months = [c for c in table.columns if c.role in {"when", "due"} and "年月" in c.heading.text]
    left = any(c.index == column.index - 1 and c.role in FIGURES for c in table.columns)
    return left and column in months and len(months) > 1


def _settle_current(table: Table, above: str) -> Table:
    """現状値 is an actual beside a 基準値, else the baseline; the later of several is an actual."""
    del above
    based = bool(table.of("baseline"))
    seen: list[Column] = []

    def change(column: Column) -> str | None:
        if column.role != "current":
            return column.role
        seen.append(column)
        after = any(c.index < column.index for c in table.of("actual"))
        return "actual" if based or after or len(seen) > 1 else "baseline"

    return _map(table, change)


def _settle_due(table: Table, above: str) -> Table:
    """目標最終年度 over figures is a year of the series, not a column of dates."""
    del above

    def change(column: Column) -> str | None:
        cells = table.cells(column.index)
        if (
            column.role != "due"
            or not cells
            or any(find_years(cell.text, near=NEAR) for cell in cells)
        ):
            return column.role
        return (
            None if table.titles else ("target" if column.heading.year is not None else column.role)
        )

    return _map(table, change)


def _settle_levels(table: Table, above: str) -> Table:
    """A column of 進捗状況 or 中間評価 that holds figures with their units is no rating but an actual."""
    del above

    def change(column: Column) -> str | None:
        if column.role != "rating" or "率" in column.heading.text:
            return column.role
        cells = table.cells(column.index)
        if not _are_levels(cells):
            return "rating"
        percent = all(
            fold(cell.text).endswith("%") for cell in cells if read_gap(cell.text) is None
        )
        reached = (
            percent and "達成" in column.heading.text and table.of("target") and table.of("actual")
        )
        return "rate" if reached else "actual"

    return _map(table, change)


def _settle_marks(table: Table, above: str) -> Table:
    """A column of indicators' rows that holds nothing but the marks and words of a scale rates them."""
    del above
    if not table.of("indicator"):
        return table

    scored = not table.of("project", "rating")

    def change(column: Column) -> str | None:
        if column.role == "scale" and scored and fold(column.heading.text) in _SCORES:
            return "rating"
        doubtful = column.role in (_DOUBTFUL | {"grade"} if scored else _DOUBTFUL)
        return "rating" if doubtful and _are_marks(table.cells(column.index)) else column.role

    return _map(table, change)


def _are_marks(cells: Sequence[Cell]) -> bool:
    told = [cell.text for cell in cells if read_gap(cell.text) is None]
    return len(told) > 1 and all(is_mark(text) for text in told)


def _settle_rate(table: Table, above: str) -> Table:
    """進捗 over figures in other units than % is the actual, where no other column is; the second actual in % is a rate."""
    del above
    if table.of("actual", "cumulative"):
        return _map(table, lambda c: "rate" if _is_share(table, c) else c.role)

    def change(column: Column) -> str | None:
        if column.role not in {"rate", "rating"} or "率" in column.heading.text:
            return column.role
        units = [
            f[0].figure.unit for cell in table.cells(column.index) if (f := find_figures(cell.text))
        ]
        counted = [unit for unit in units if unit and unit not in {"%", "％"}]
        return "actual" if units and len(counted) == len(units) else column.role

    return _map(table, change)


def _is_share(table: Table, column: Column) -> bool:
    """Tell whether a column called 到達点 holds shares of a target that is no share: all of it in %, beside the results."""
    others = [c for c in table.of("actual", "cumulative") if c.index < column.index]
    if column.role != "actual" or "実績" in column.heading.text or not others:
        return False
    own, aims = (
        table.cells(column.index),
        [t for c in table.of("target") for t in table.cells(c.index)],
    )
    told = [fold(cell.text) for cell in own if read_gap(cell.text) is None]
    return (
        bool(told and aims)
        and all(t.endswith("%") for t in told)
        and not any(fold(cell.text).endswith("%") for cell in aims)
    )


def _are_levels(cells: Sequence[Cell]) -> bool:
    """Tell whether a column of 進捗状況 tells how far the figures have come: figures with units or dates, no scores."""
    told = [cell.text for cell in cells if read_gap(cell.text) is None]
    levels = [text for text in told if is_level(text)]
    return 2 * len(levels) > len(told) and all(is_figure(text) or is_level(text) for text in told)


def _settle_names(table: Table, above: str) -> Table:
    """Find the column of indicator names: the one that says so; else the last general name before the figures.

    A table that nowhere speaks of targets or results is a statistic, and names no indicators.
    """
    table = _map(table, lambda c: "ordinal" if _is_counted(table, c) else c.role)
    named = [c for c in table.of("indicator") if table.cells(c.index)]
    if named:
        return _one_name(table, named)
    figures = [c.index for c in table.columns if c.role in FIGURES or c.heading.dated]
    speaks = table.of(*FIGURES) or _SPEAKS.search(table.words + fold(above)) or table.titles
    if not figures or not speaks or table.of("money", "fund"):
        return table
    names = [
        c
        for c in table.columns
        if c.index < min(figures) and c.index not in table.titles and _may_name(table, c)
    ]
    names = names or _defined(table, min(figures))
    names = names or [c for c in table.columns if c.index < min(figures) and _is_vague(table, c)]
    if not names:
        return table
    last = names[-1].index
    return _map(table, lambda c: "indicator" if c.index == last else c.role)


def _is_counted(table: Table, column: Column) -> bool:
    """Tell whether a column of general name only counts the indicators: 項目: KPI 1, KPI 2."""
    cells = table.cells(column.index)
    general = column.role in {"project", "group"} and fold(column.heading.text) in _GENERIC
    return general and bool(cells) and all(_COUNTED.fullmatch(cell.text.strip()) for cell in cells)


_COUNTED: Final = re.compile(
    r"(?:指標|KPI|ＫＰＩ|数値目標|目標)[\s　]*[(（]?[①-⑳\d０-９]{1,2}[)）]?", re.IGNORECASE
)


def _defined(table: Table, before: int) -> list[Column]:
    """Return the one column of definitions left of the figures, where its cells are as short as names."""
    found = [c for c in table.of("definition") if c.index < before]
    cells = [cell.text for c in found for cell in table.cells(c.index)]
    short = all(len(text) <= 40 and "。" not in text for text in cells)
    return found[:1] if len(found) == 1 and cells and short else []


def _settle_named(table: Table, above: str) -> Table:
    """A column of 目標 that holds words and no figures, beside columns of years or figures, names the indicators."""
    del above
    if table.of("indicator") or table.titles:
        return table

    def change(column: Column) -> str | None:
        dated = column.heading.dated and column.index != table.columns[0].index
        first = column.role == "actual" and column.index == table.columns[0].index
        if not (column.role == "target" or first) or dated or column.heading.upper:
            return column.role
        told = [c.text for c in table.cells(column.index) if read_gap(c.text) is None]
        later = [c for c in table.figures if c.index > column.index]
        names = sum(not find_figures(text) and len(fold(text)) > 2 for text in told)
        return "indicator" if later and told and names >= 0.8 * len(told) else column.role

    return _map(table, change)


def _may_name(table: Table, column: Column) -> bool:
    """Tell whether a column without a better name may hold the names of indicators."""
    top = table.body[0] if table.body else 0
    cells = [c for c in table.cells(column.index) if table.view.first_row(c) >= top]
    wording = fold(column.heading.text)
    generic = (
        column.role is None
        or wording == "区分"
        or (column.role in {"project", "group"} and wording in _GENERIC)
    )
    worded = [c for c in cells if not is_figure(c.text) and not find_years(c.text)]
    return generic and len(cells) > 0 and len(worded) >= 0.8 * len(cells)


def _is_vague(table: Table, column: Column) -> bool:
    """Tell whether a column headed 区分 or the like holds names, as it does where no other column can."""
    vague = column.role == "skip" and fold(column.heading.text) in _VAGUE
    cells = table.cells(column.index)
    names = [c for c in cells if not is_figure(c.text) and len(fold(c.text)) > 1]
    return vague and len(cells) > 0 and len(names) == len(cells)


def _one_name(table: Table, named: list[Column]) -> Table:
    """Keep one column of names (or one a group of columns); the others number, define or embrace it."""
    best = [c for c in named if re.search(r"指標|kpi", fold(c.heading.text))] or named

    def change(column: Column) -> str | None:
        if column.role != "indicator" or column not in named:
            return column.role
        if column not in best:
            return "definition"
        if all(_ORDINAL.fullmatch(cell.text.strip()) for cell in table.cells(column.index)):
            return "ordinal"
        later = [
            c for c in best if c.index == column.index + 1 and c.words.text == column.words.text
        ]
        return "parent" if later and column.index not in table.titles else "indicator"

    return _map(table, change)


def _settle_years(table: Table, above: str) -> Table:
    """Give bare years a role: by the rows' titles; in a plan the targets; beside baseline and target the actuals."""
    if LAYERS.search(table.words + fold(above)) or (table.titles and not _only_values(table)):
        return table
    role = _role_of_years(table, above)
    if "増加分" in table.words + fold(above) and role == "target":
        table = _map(table, lambda c: "increase_total" if c.role == "cumulative" else c.role)

    def change(column: Column) -> str | None:
        bare = column.role in {None, "figure"} and column.heading.dated
        return role if bare and role else column.role

    return _map(table, change)


def _only_values(table: Table) -> bool:
    """Tell whether the rows' titles say only that figures stand there, and when: 数値, 時点."""
    roles = {understand(cell.text).role for index in table.titles for cell in table.cells(index)}
    return "figure" in roles and roles <= {"figure", "when", "due"}


def _role_of_years(table: Table, above: str) -> str | None:
    words = table.words + fold(above)
    if "増加分" in words and not table.of("target", "actual"):
        return "target"
    if table.of("target", "actual", "cumulative", "forecast"):
        return "actual"
    if _PLAN.search(table.words) or (table.of("baseline") and re.search("目標|計画", words)):
        return "target"
    says_target = bool(re.search("目標|計画値", words))
    says_actual = bool(re.search("実績|推移|現状", words))
    if says_target == says_actual:
        return None
    return "target" if says_target else "actual"


def _settle_figure(table: Table, above: str) -> Table:
    """数値 is the target where a target's date stands beside it or the heading says so."""
    if table.titles or not table.of("figure"):
        return table
    targets = not table.of("target") and (table.of("due") or "目標" in above)
    return _map(table, lambda c: ("target" if targets else None) if c.role == "figure" else c.role)


def groups_of(table: Table) -> list[Table]:
    """Split a table with several columns of names side by side (KPI①, KPI②): each name with the columns that follow it.

    The first keeps what belongs to the project.
    """
    names = [c.index for c in table.of("indicator")]
    if len(names) < 2 or table.titles or not _between(table, names):
        return [table]
    ends = [*names[1:], table.columns[-1].index + 1]
    own = FIGURES | _BESIDE
    table = _judged_once(table, names)
    out = []
    for at, (first, end) in enumerate(zip(names, ends, strict=True)):
        mine = [
            c
            for c in table.columns
            if first <= c.index < end and (c.index == first or c.role in own)
        ]
        shared = [
            c for c in table.columns if c.index < names[0] or c.role not in own | {"indicator"}
        ]
        columns = sorted({c.index: c for c in ([*shared, *mine] if at == 0 else mine)}.items())
        out.append(dataclasses.replace(table, columns=tuple(c for _, c in columns)))
    return out


def _judged_once(table: Table, names: list[int]) -> Table:
    """One 評価 behind several indicators of a project judges the project."""
    ratings = [c for c in table.of("rating") if fold(c.heading.text) in _JUDGED]
    if len(ratings) != 1 or ratings[0].index < names[-1] or not table.of("project"):
        return table
    return _map(table, lambda c: "grade" if c is ratings[0] else c.role)


def goal_columns(table: Table) -> list[Column]:
    """Return the columns left of the indicators' names that hold the goals or fields they stand under."""
    names = [c.index for c in table.of("indicator")]
    if not names:
        return []
    left = [c for c in table.columns if c.index < names[0] and c.index not in table.titles]
    return [c for c in left if c.role == "group" or _is_vague(table, c)]


def _between(table: Table, names: list[int]) -> bool:
    """Tell whether figures stand between each two columns of names."""
    figures = [c.index for c in table.of(*FIGURES)]
    return all(any(a < f < b for f in figures) for a, b in pairwise(names))


def nearest(columns: Sequence[Column], before: int) -> Column | None:
    """Return the last column of figures before a column."""
    return next((c for c in reversed(columns) if c.index < before and c.role in FIGURES), None)


def role_of_row(text: str, near: int | None) -> Heading | None:
    """Return what a row's title says of the figures in the row."""
    found = titled(text)
    heading = understand(found["role"] if found else text, near=near)
    if heading.increment and heading.also in {"actual", "target"}:
        heading = dataclasses.replace(heading, role=heading.also)
    return (
        heading if heading.role in ROW_ROLES or (heading.dated and role_of(text) is None) else None
    )
