"""列の決着. What a column holds is settled by the company it keeps: one step a question, each named where it decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.gaps import read_gap
from sosei.core.text import fold
from sosei.reading.grid import Cell
from sosei.reading.layouts.strangers.columns import (
    LAYERS,
    Column,
    Table,
    mapped,
    noted,
)
from sosei.reading.layouts.strangers.dates import is_year, settle_dates
from sosei.reading.layouts.strangers.frames import NEAR, is_figure, is_level
from sosei.reading.layouts.strangers.headings import FIGURES, understand
from sosei.reading.vocabulary import is_mark

_GENERIC: Final = frozenset(
    {"項目", "名称", "施策", "取組", "取組名", "取組み", "事業", "事業・取組", "政策項目"}
)


_DOUBTFUL: Final = frozenset({None, "skip", "activities", "remark", "current", "title"})


_SCORES: Final = frozenset({"評点", "評価点", "点数", "スコア", "得点"})


_VAGUE: Final = frozenset({"区分", "種別", "種類", "分類", "対象"})


_SPEAKS: Final = re.compile("目標|実績|計画|指標|kpi|達成")


_PLAN: Final = re.compile(r"開始前|申請時|実施前|計画前|増加分")


_ORDINAL: Final = re.compile(
    r"(?:指標|KPI|目標|数値目標)?\s*(?:その)?\s*[(（]?[①-⑳\d０-９a-zA-ZＡ-Ｚア-コⅠ-Ⅹ]{1,3}[)）.．]?",
    re.IGNORECASE,
)


def settle_past(table: Table, home: int | None) -> Table:
    """Bare years of named indicators that end with the report's own are its results, where nothing says otherwise.

    So are those behind a baseline that end before it: the first part of a table that was cut by its years.
    """
    years = [c.heading.year for c in table.columns if c.role is None and c.heading.year is not None]
    known = FIGURES | {"rate", "money", "fund"}
    if home is None or not years or max(years) > home or table.titles:
        return table
    begun = [c.heading.year for c in table.of("baseline") if c.heading.year is not None]
    if begun and max(begun) < min(years):
        known -= {"baseline"}
    elif max(years) != home:
        return table
    if table.of(*known):
        return table
    names = [cell.text for c in table.of("indicator") for cell in table.cells(c.index)]
    if not names or any("上段" in text for text in (*names, table.words)):
        return table
    return mapped(table, lambda c: "actual" if c.role is None and c.heading.year else c.role)


def settled(table: Table, above: str) -> Table:
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
        table = noted(table, step(table, above), step.__name__)
    return table


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

    return mapped(table, change)


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

    return mapped(table, change)


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

    return mapped(table, change)


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

    return mapped(table, change)


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

    return mapped(table, change)


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

    return mapped(table, change)


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

    return mapped(table, change)


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

    return mapped(table, change)


def _are_marks(cells: Sequence[Cell]) -> bool:
    told = [cell.text for cell in cells if read_gap(cell.text) is None]
    return len(told) > 1 and all(is_mark(text) for text in told)


def _settle_rate(table: Table, above: str) -> Table:
    """進捗 over figures in other units than % is the actual, where no other column is; the second actual in % is a rate."""
    del above
    if table.of("actual", "cumulative"):
        return mapped(table, lambda c: "rate" if _is_share(table, c) else c.role)

    def change(column: Column) -> str | None:
        if column.role not in {"rate", "rating"} or "率" in column.heading.text:
            return column.role
        units = [
            f[0].figure.unit for cell in table.cells(column.index) if (f := find_figures(cell.text))
        ]
        counted = [unit for unit in units if unit and unit not in {"%", "％"}]
        return "actual" if units and len(counted) == len(units) else column.role

    return mapped(table, change)


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
    table = mapped(table, lambda c: "ordinal" if _is_counted(table, c) else c.role)
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
    names = names or [c for c in table.columns if c.index < min(figures) and is_vague(table, c)]
    if not names:
        return table
    last = names[-1].index
    return mapped(table, lambda c: "indicator" if c.index == last else c.role)


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

    return mapped(table, change)


def _may_name(table: Table, column: Column) -> bool:
    """Tell whether a column without a better name may hold the names of indicators."""
    top = table.body[0] if table.body else 0
    cells = [c for c in table.cells(column.index) if table.view.first_row(c) >= top]
    wording = fold(column.heading.text)
    # 年度 in the corner of a table whose years run across
    corner = column.role == "year" and not column.heading.dated and column.index == 0
    generic = (
        column.role is None
        or corner
        or wording == "区分"
        or (column.role in {"project", "group"} and wording in _GENERIC)
    )
    worded = [c for c in cells if not is_figure(c.text) and not find_years(c.text)]
    return generic and len(cells) > 0 and len(worded) >= 0.8 * len(cells)


def is_vague(table: Table, column: Column) -> bool:
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

    return mapped(table, change)


def _settle_years(table: Table, above: str) -> Table:
    """Give bare years a role: by the rows' titles; in a plan the targets; beside baseline and target the actuals."""
    if LAYERS.search(table.words + fold(above)) or (table.titles and not _only_values(table)):
        return table
    role = _role_of_years(table, above)
    if "増加分" in table.words + fold(above) and role == "target":
        table = mapped(table, lambda c: "increase_total" if c.role == "cumulative" else c.role)

    def change(column: Column) -> str | None:
        bare = column.role in {None, "figure"} and column.heading.dated
        return role if bare and role else column.role

    return mapped(table, change)


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
    return mapped(
        table, lambda c: ("target" if targets else None) if c.role == "figure" else c.role
    )
