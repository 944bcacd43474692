"""横向きの表. Whether the first column holds the headers: a table that runs across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sosei.reading.grid import Cell, distinct
from sosei.reading.layouts.strangers.frames import (
    View,
    is_figure,
    means,
)
from sosei.reading.layouts.strangers.headings import FIGURES, Heading
from sosei.reading.layouts.strangers.rowkinds import (
    form_pairs,
    is_form,
)


def is_turned(view: View) -> bool:
    """Tell whether the first column holds the headers of a table that runs across: a name and roles downwards."""
    if view.bottom - view.top < 2:
        return False
    labels = [_row_label(view, row) for row in view.rows]
    if _names_across(view, labels):
        return True
    texts = _told_apart(labels)
    roles = {label.role for label in labels}
    figures = sum(label.role in FIGURES or label.dated for label in labels)
    if "indicator" not in roles or figures < 2 or len(set(texts)) < len(texts):
        return False
    blank = not view.words(view.top, 0) and len(view.row(view.top)) > 1
    across = max(len(view.row(row)) for row in view.rows)
    if across < 3 or not all(label.says for label in labels[blank:]):
        return False
    single = 1 + _stands_beside(view, view.at(view.top, 0))
    paired = sum(
        is_form(view, row) and len(list(form_pairs(view, row))) > single for row in view.rows
    )
    wide = sum(len(cells := view.row(row)) == 2 and view.width(cells[1]) > 1 for row in view.rows)
    return 2 * paired <= len(labels) - wide


def side_of(view: View) -> int:
    """Return how many columns the labels of the rows take: as many as the first one's."""
    first = view.at(view.top, 0)
    if first is not None and first.filled:
        return 2 if _stands_beside(view, first) else min(view.width(first), 2)
    return 2 if _corner_is_wide(view) else 1


def _stands_beside(view: View, first: Cell | None) -> bool:
    """Tell whether a cell stands beside all rows, their labels behind it: ＫＰＩ down the side of 目標値, 実績値."""
    if first is None or not first.filled or len(view.columns) < 4:
        return False
    return view.height(first) >= view.bottom - view.top > 2


def _corner_is_wide(view: View) -> bool:
    """Tell whether the blank corner stands over two columns of labels: a year, and 目標 and 実績 beside it."""
    if len(view.columns) < 4 or view.words(view.top, 1):
        return False
    labels = distinct(c for row in view.rows if (c := view.at(row, 1)) is not None and c.filled)
    own = [cell for cell in labels if cell.column == 1]
    over = distinct(c for row in view.rows if (c := view.at(row, 0)) is not None and c.filled)
    said = all(means(cell.text).says for cell in over)
    return said and len(own) > 1 and all(means(cell.text).role in FIGURES | _TURNED for cell in own)


def _row_label(view: View, row: int) -> Heading:
    """Return what the labels of a row mean together: 令和2年度 | 目標値."""
    cells = distinct(c for i in range(side_of(view)) if (c := view.at(row, i)) is not None)
    label = means(cells[0].text) if cells else Heading()
    for cell in cells[1:]:
        label = means(cell.text).under(label)
    return label


def _told_apart(labels: Sequence[Heading]) -> list[tuple[int, str]]:
    """Return the texts of labels, each with the count of indicators named above it: ＫＰＩ①, 目標値, ＫＰＩ②, 目標値."""
    count, out = 0, []
    for label in labels:
        count += label.role == "indicator"
        if label.text:
            out.append((count, label.text))
    return out


#: What may stand in the corner of a table of names across.
_CORNERS: Final = frozenset({"skip", "indicator", "project", "group", "year"})


#: Rows that such a table may hold beside its figures.
_TURNED: Final = frozenset({"unit", "rate", "rating", "department", "definition", "remark"})


def _heads_over(labels: Sequence[Heading]) -> int:
    """Return how many rows from the first on name what stands across: 事業名, KPI; 0 where not both are named."""
    roles = [label.role if label.whole and not label.dated else None for label in labels]
    end = next((i for i, role in enumerate(roles) if role not in _CORNERS), len(roles))
    return end if "indicator" in roles[1:end] else 0


def _names_across(view: View, labels: Sequence[Heading]) -> bool:
    """Tell whether rows of figures stand below rows of names: 開始前, H29, H30 down the first column, KPIs across."""
    first = labels[0].role in _CORNERS and not labels[0].dated
    over = _heads_over(labels)
    at = over or next(
        (i for i, label in enumerate(labels) if label.says and not (i == 0 and first)), len(labels)
    )
    below = [label for label in labels[at:] if label.role not in _TURNED]
    heads = [view.row(row)[bool(over or first) :] for row in list(view.rows)[:at]]
    named = [
        c
        for cells in heads
        for c in cells
        if not is_figure(c.text) and (over or means(c.text).role in {None, "indicator"})
    ]
    figures = sum(label.role in FIGURES or label.dated for label in below)
    said = all(label.says and label.role in FIGURES | {None} for label in below)
    has_baseline = any(label.role in FIGURES for label in below)
    wide = all(len(cells) >= 2 for cells in heads)
    full = sum(map(len, heads)) == len(named)
    return (
        0 < at < 4
        and len(below) >= 2
        and figures == len(below)
        and said
        and has_baseline
        and wide
        and full
    )
