"""行の見分け. What a row is: column headers, labels with their values, packed labels, a comment, a line across."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.money import find_yen
from sosei.core.text import fold
from sosei.core.units import is_unit
from sosei.reading.grid import Cell, Words
from sosei.reading.layouts.strangers.frames import (
    BRACKETED,
    BRACKETED_END,
    NEAR,
    View,
    are_western,
    heading_at,
    is_figure,
    means,
)
from sosei.reading.layouts.strangers.headings import FIGURES, NUMBER, Heading
from sosei.reading.vocabulary import is_mark, role_of

#: A label of a form whose value may be a bare year or a word that is a label elsewhere.
DATED: Final = frozenset(
    {"due", "year", "when", "period", "period_first", "period_last", "expected"}
)


_ORDINALS: Final = re.compile(r"[①-⑳\s（()）\d０-９]{1,4}")


#: A part of the year, which says nothing for or against headers: 4～6月, 第1四半期.
_MONTHS: Final = re.compile(
    r"\s*(?:[\d０-９]{1,2}月?(?:[～〜~\-－・][\d０-９]{1,2})?月(?:期|分|末)?|第?[1-4１-４一二三四](?:[/／][4４])?四半期|[上下]半期)\s*"
)


def is_header(view: View, row: int) -> bool:
    """Tell whether a row is one of column headers: most cells say a role or a year, and not label, value, label, value."""
    cells = view.row(row)
    western = are_western(view, row)
    if len(cells) < 2 or (
        not western and any(NUMBER.fullmatch(c.text) and is_figure(c.text) for c in cells)
    ):
        return False
    said: list[Heading] = []
    if any("月" in cell.text or "期" in cell.text for cell in cells):
        cells = tuple(cell for cell in cells if not _MONTHS.fullmatch(cell.text)) or cells
    for left, cell in enumerate(reversed(cells)):
        heading = heading_at(view, row, cell)
        if heading.says and not _is_dated_value(heading, cell.text):
            said.append(heading)
        elif len(said) + len(cells) - left - 1 < 0.6 * len(cells) or is_figure(cell.text):
            return False
    if len(said) < 2 or _heads_form(view, row) or _are_periods(cells):
        return False
    return not is_form(view, row) and (_gathers(said) or len(said) == len(cells))


#: Steps of a plan, whose years in brackets date a column: 1年目（H30）, 中間（R4）.
_STEPPED: Final = re.compile(r"年[目次]|初年|期|回|中間|最終|開始|^[^\d]{0,2}年度?$")


def _is_dated_value(heading: Heading, text: str) -> bool:
    """Tell whether a cell is a value with its year in brackets behind it, 5事業所（令和元年度）, 未導入（R1）, and no header."""
    if heading.role or heading.year is None:
        return False
    bracket = BRACKETED_END.search(text)
    front = text[: bracket.start()].strip() if bracket else ""
    if (
        not front
        or (heading.bare and not is_figure(front))
        or _STEPPED.search(front)
        or role_of(front) is not None
    ):
        return False
    return not find_years(front, near=NEAR)


_SPANNED: Final = re.compile(r"[\s　年度月]*[～〜~―ー－-][\s　]*(?:[RHSrhs令平昭\d０-９]|$)|から")


def _are_periods(cells: Sequence[Cell]) -> bool:
    """Tell whether a row labels periods, one a project: 実施期間 | R3～R5 | R2～R6."""
    first, *rest = cells
    meant = means(first.text)
    spans = all(means(c.text).dated and _SPANNED.search(c.text) for c in rest)
    return meant.role == "period" and meant.whole and spans


_CAPTIONS: Final = frozenset(
    {"区分", "項目", "内容", "記載内容", "記入欄", "概要", "記入事項", "説明"}
)


def _heads_form(view: View, row: int) -> bool:
    """Tell whether two captions stand over a form: 項目 | 内容, and labels with values below."""
    cells = view.row(row)
    if len(cells) != 2 or not all(fold(cell.text) in _CAPTIONS for cell in cells):
        return False
    below = range(row + 1, min(row + 4, view.rows.stop))
    return bool(below) and all(is_form(view, r) for r in below if view.row(r))


def _gathers(said: list[Heading]) -> bool:
    """Tell whether headers belong together: a role among them, or several years."""
    return any(heading.role for heading in said) or sum(heading.dated for heading in said) >= 2


def is_form(view: View, row: int) -> bool:
    """Tell whether a row is label, value, label, value; a blank cell after a label is a value too.

    A cell that stands beside several rows may label them all: 事業の概要 | 事業名 | value.
    """
    cells = view.row(row)
    if not cells:
        return False
    side = len(cells) > 2 and view.height(cells[0]) > 1 and view.width(cells[0]) == 1
    return _pairs_up(view, row, None) or (side and _pairs_up(view, row, cells[0]))


def _pairs_up(view: View, row: int, side: Cell | None) -> bool:
    """Tell whether a row, but for the cell beside it, is labels each with its values."""
    pairs = [pair for pair in form_pairs(view, row) if pair[0] is not side]
    if not pairs:
        return False
    labels = [means(label.text) for label, _ in pairs]
    values = [cell for _, found in pairs for cell in found if cell.filled]
    covered = len(pairs) + len(values)
    if covered < len(view.row(row)) - (side is not None) or any(
        label.role in {None, "skip"} and not label.whole for label in labels
    ):
        return False
    answered = sum(bool(found) for _, found in pairs)
    if len(values) > 2 * len(pairs) or 2 * answered < len(pairs):
        return False
    if 2 * answered == len(pairs) and not _in_step(view, row, pairs[-1][0]):
        return False
    return all(
        _is_value(label, cell)
        for label, (_, found) in zip(labels, pairs, strict=True)
        for cell in found
    )


def _in_step(view: View, row: int, last: Cell) -> bool:
    """Tell whether a row whose last label has no value keeps step with the form row above it."""
    above = view.at(row - 1, view.first_column(last)) if row > view.rows.start else None
    room = view.first_column(last) + view.width(last) < view.columns.stop
    return room and above is not None and above is not last and means(above.text).whole


#: Labels that a mark or word of a scale answers: 達成状況 | 達成.
_RATED: Final = frozenset({"rating", "rate", "grade", "scale", "expert_judgement", "next_policy"})


def _is_value(label: Heading, cell: Cell) -> bool:
    """Tell whether a cell may be the value of a label: no label itself, or a date after a label that asks for one."""
    meant = means(cell.text)
    if label.role == "unit" and _counts(cell, meant):
        return True
    if label.role in _RATED and is_mark(cell.text):
        return True
    if not meant.says or BRACKETED.fullmatch(cell.text):
        return True
    if meant.role is None and meant.unit is not None and not meant.dated:
        return True
    if meant.role is None:
        return label.role in DATED or label.role in {"body", "group", "number", "skip"}
    if label.role in {"project", "activities", "remark", "body"}:
        return True
    return not (meant.whole or role_of(cell.text)) or _is_named(label.role, cell, meant)


def _counts(cell: Cell, meant: Heading) -> bool:
    """Tell whether a cell is what something is counted in, whatever the word means elsewhere: 事業, 割合."""
    return is_unit(cell.text) or meant.role == "skip"


def _is_named(role: str | None, cell: Cell, meant: Heading) -> bool:
    """Tell whether a cell that ends like a label is a name: 「…の実施率」 behind 指標名, 「…担当室」 behind 担当課."""
    plain = not meant.whole and not meant.dated and len(fold(cell.text)) > 5
    return plain and role in {"indicator", "department"} and meant.role not in FIGURES


def form_pairs(view: View, row: int) -> Iterator[tuple[Cell, list[Cell]]]:
    """Pair each label of a row with the cells up to the next label, empty ones too."""
    label: Cell | None = None
    found: list[Cell] = []
    unknown = _unknown_labels(view, row) | _cost_letters(view, row)
    for cell in view.every(row):
        meant = means(cell.text)
        if id(cell) in unknown or (
            meant.role and not (label is not None and not found and _answers(label, cell, meant))
        ):
            if label is not None:
                yield label, found
            label, found = cell, []
        elif label is not None:
            found.append(cell)
    if label is not None:
        yield label, found


#: The parts of a cost called by letters: 全体事業費（A＋B＋C） | A | 1,620百万円 | B | 0百万円.
COST_LETTER: Final = re.compile(r"[\s　]*[A-EＡ-Ｅ][\s　]*")


def _cost_letters(view: View, row: int) -> frozenset[int]:
    """Return the cells of a row that are a letter before an amount of money."""
    beside = pairwise(view.row(row))
    return frozenset(
        id(cell)
        for cell, after in beside
        if COST_LETTER.fullmatch(cell.text) and len(find_yen(after.text)) == 1
    )


def _unknown_labels(view: View, row: int) -> frozenset[int]:
    """Return the cells that are labels by their place alone: label, value, label, value, the known ones in step."""
    cells = view.every(row)
    if len(cells) < 4 or len(cells) % 2 or not all(cell.filled for cell in cells[::2]):
        return frozenset()
    labels, values = cells[::2], cells[1::2]
    known = [cell for cell in labels if means(cell.text).role]
    odd = [cell for cell in values if means(cell.text).role and means(cell.text).whole]
    new = [cell for cell in labels if not means(cell.text).role]
    plain = all(len(fold(cell.text)) <= 14 and not find_figures(cell.text) for cell in new)
    return frozenset(map(id, new)) if known and not odd and plain else frozenset()


def _answers(label: Cell, cell: Cell, meant: Heading) -> bool:
    """Tell whether a cell that reads like a label answers the label before it: a date, a name, words in brackets."""
    if BRACKETED.fullmatch(cell.text):
        return True
    role = means(label.text).role
    if _is_named(role, cell, meant) or (role == "unit" and _counts(cell, meant)):
        return True
    if role in _RATED and is_mark(cell.text):
        return True
    return not meant.whole and (
        (role in DATED and meant.dated) or role in {"project", "grant", "body", "department"}
    )


def is_ordinals(view: View, row: int) -> bool:
    """Tell whether a row only numbers the columns: ①, ②, ③."""
    cells = view.row(row)
    return len(cells) > 1 and all(_ORDINALS.fullmatch(cell.text.strip()) for cell in cells)


def header_height(view: View, row: int) -> int:
    """Return how many rows the column headers take from a row on: as far as their merged cells and sub-headers reach."""
    bottom = row + 1
    while bottom < view.rows.stop and _continues_header(view, row, bottom):
        bottom += 1
    return bottom - row


def _continues_header(view: View, top: int, row: int) -> bool:
    cells = view.row(row)
    fresh = [cell for cell in cells if view.first_row(cell) == row]
    reaching = [cell for cell in cells if view.first_row(cell) < row]
    told = [heading_at(view, row, cell) for cell in fresh]
    if any(
        is_figure(cell.text) and not meant.says for cell, meant in zip(fresh, told, strict=True)
    ):
        return False
    said = sum(meant.says for meant in told)
    if reaching and not fresh:
        return True
    parents = [view.at(row - 1, c) for cell in fresh for c in _columns_of(view, row, cell)]
    over = [p is not None and view.width(p) > 1 and view.first_row(p) >= top for p in parents]
    wide = any(over)
    if reaching and all(over) and all(view.first_row(cell) >= top for cell in reaching):
        return True
    return bool(fresh) and said >= 0.6 * len(fresh) and (bool(reaching) or wide)


def _columns_of(view: View, row: int, cell: Cell) -> list[int]:
    first = view.first_column(cell)
    return [
        column for column in range(first, first + view.width(cell)) if view.at(row, column) is cell
    ]


def across(view: View, row: int) -> Words | None:
    """Return the words of a row that holds one cell only, merged across or standing at its beginning."""
    cells = view.row(row)
    if len(cells) != 1 or view.height(cells[0]) > 1:
        return None
    cell = cells[0]
    begins = view.at(row, view.columns.start) is cell
    return cell.words if view.width(cell) > 1 or begins else None


_PACKED: Final = re.compile(r"\s*(?P<label>[^:：。\n]{2,20}?)\s*[:：]\s*(?P<value>\S[\s\S]*)")


def packed(words: Words) -> tuple[Words, Words] | None:
    """Split a cell 「担当課：商工観光課」 into its label and value; None where it is no known label."""
    found = _PACKED.fullmatch(words.text) if ":" in words.text or "：" in words.text else None
    if found is None or not means(found["label"]).role or "\n" in words.text.strip():
        return None
    return words.group(found, "label"), words.group(found, "value")


def is_packed(view: View, row: int) -> bool:
    """Tell whether most cells of a row each hold a label with its value."""
    cells = view.row(row)
    if len(cells) > 2 and view.height(cells[0]) > 1:
        cells = cells[1:]
    told = [packed(cell.words) is not None for cell in cells]
    return any(told) and (2 * sum(told) > len(cells) or (all(told[1:]) and len(told) > 1))


#: Labels of a form that may go on below a table.
BELOW: Final = frozenset(
    {"indicator", "project", "money", "department", "period", "remark", "activities", "grade"}
    | {"next_policy", "next_policy_reason", "expert_judgement", "expert_opinion", "obstacle"}
    | {"countermeasure", "direction", "scale", "rating", "grant", "period_first", "period_last"}
)


_VERDICTS: Final = frozenset(
    {"grade", "next_policy", "expert_judgement", "expert_opinion", "department", "period"}
)


def is_comment(view: View, row: int) -> bool:
    """Tell whether a row is a label with its words across: a comment on the row above it."""
    return is_label(view, row)


def is_label(view: View, row: int) -> bool:
    """Tell whether a row is a label with its value across the rest of the table: a form goes on below."""
    cells = view.row(row)
    if len(cells) == 3 and view.height(cells[0]) > 1 and view.width(cells[0]) == 1:
        cells = cells[1:]
    if len(cells) == 3 and _is_explained(view, cells):
        return True
    if len(cells) != 2:
        return False
    label = means(cells[0].text)
    if view.width(cells[1]) < 2:
        first = [view.first_column(cell) for cell in cells] == list(view.columns)[:2]
        judged = label.role in _VERDICTS or (label.role == "rating" and is_mark(cells[1].text))
        return first and len(view.columns) > 2 and label.whole and judged
    return label.whole and label.role in BELOW


def _is_explained(view: View, cells: Sequence[Cell]) -> bool:
    """Tell whether cells are a verdict's label, its mark and the reasons across the rest: 事業の評価 | Ａ | ….…"""
    label = means(cells[0].text)
    judged = label.whole and label.role in _VERDICTS | {"rating"}
    return judged and view.width(cells[2]) > 1 and is_mark(cells[1].text)
