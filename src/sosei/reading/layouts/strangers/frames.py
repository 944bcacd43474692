"""枠. A grid looked at as rows of distinct cells, upright or transposed, and cut into tables, forms and single lines."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, Literal

from sosei.core.figures import find_figures
from sosei.core.fiscal import find_years
from sosei.core.money import find_yen
from sosei.core.text import fold
from sosei.core.units import is_unit
from sosei.reading.grid import Cell, Grid, Words, distinct
from sosei.reading.layouts.strangers.headings import FIGURES, NUMBER, Heading, understand
from sosei.reading.vocabulary import is_mark, role_of

#: A label of a form whose value may be a bare year or a word that is a label elsewhere.
DATED: Final = frozenset(
    {"due", "year", "when", "period", "period_first", "period_last", "expected"}
)
#: Any year near which the eras of 27年度 and 元年度 are those of the grants (since 2014).
NEAR: Final = 2018
_BRACKETED: Final = re.compile(r"\s*[（(][^（()）]*[)）]\s*")
_BRACKETED_END: Final = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")
_ORDINALS: Final = re.compile(r"[①-⑳\s（()）\d０-９]{1,4}")


@dataclass(frozen=True)
class View:
    """A stretch of a grid's rows, read downwards or (transposed) across."""

    grid: Grid
    top: int
    bottom: int
    transposed: bool = False

    @property
    def rows(self) -> range:
        """Row numbers of the view."""
        return range(self.grid.columns) if self.transposed else range(self.top, self.bottom)

    @property
    def columns(self) -> range:
        """Column numbers of the view."""
        return range(self.top, self.bottom) if self.transposed else range(self.grid.columns)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place of the view."""
        return self.grid.at(column, row) if self.transposed else self.grid.at(row, column)

    def words(self, row: int, column: int) -> Words:
        """Return the words at a place of the view, nothing where there is no cell."""
        cell = self.at(row, column)
        return cell.words if cell else Words()

    @cached_property
    def _upright(self) -> dict[int, tuple[Cell, ...]]:
        return self.grid.upright(self.top, self.bottom)

    @cached_property
    def _filled(self) -> dict[int, tuple[Cell, ...]]:
        return {row: tuple(c for c in cells if c.filled) for row, cells in self._upright.items()}

    def every(self, row: int) -> tuple[Cell, ...]:
        """Return the distinct cells of a row, empty ones too."""
        return self._upright.get(row, ()) if self.transposed else self.grid.row(row)

    def row(self, row: int) -> tuple[Cell, ...]:
        """Return the distinct cells of a row that hold anything."""
        return self._filled.get(row, ()) if self.transposed else self.grid.filled(row)

    def first_row(self, cell: Cell) -> int:
        """Return the row in which a cell begins."""
        return cell.column if self.transposed else cell.row

    def height(self, cell: Cell) -> int:
        """Return how many rows a cell covers."""
        return cell.colspan if self.transposed else cell.rowspan

    def first_column(self, cell: Cell) -> int:
        """Return the column in which a cell begins."""
        return cell.row if self.transposed else cell.column

    def width(self, cell: Cell) -> int:
        """Return how many columns a cell covers."""
        return cell.rowspan if self.transposed else cell.colspan

    def turned(self) -> View:
        """Return the view with rows and columns exchanged."""
        return View(self.grid, self.top, self.bottom, not self.transposed)

    @cached_property
    def last_column(self) -> int:
        """Return the last column that holds anything."""
        ends = (
            min(self.first_column(cell) + self.width(cell), self.columns.stop) - 1
            for row in self.rows
            for cell in self.row(row)
        )
        return max(ends, default=0)


@dataclass(frozen=True)
class Part:
    """One stretch of a grid: a table with its header rows, a form of labels and values, a line across.

    `cells`: a row whose cells each hold a label and its value, 「担当課：商工観光課」.
    """

    kind: Literal["table", "form", "line", "cells"]
    view: View
    header: int = 0
    words: Words = field(default_factory=Words)


@lru_cache(maxsize=32768)
def means(text: str) -> Heading:
    """Return what a cell's words mean as a header; a bare 29年度 is a year, whichever."""
    return understand(text, near=NEAR)


@lru_cache(maxsize=16384)
def is_figure(text: str) -> bool:
    """Tell whether a cell's text is a figure and hardly anything else."""
    folded = fold(text)
    found = find_figures(text)
    return bool(found) and len(found) == 1 and len(folded) - (found[0].end - found[0].start) <= 4


def is_level(text: str) -> bool:
    """Tell whether a cell's text is a figure with its unit, a date in brackets beside it or none: 29.8%（2020年）."""
    plain = _BRACKETED_END.sub("", text)
    return is_figure(plain) and find_figures(plain)[0].figure.unit is not None


_WESTERN: Final = re.compile(r"\s*(?:19|20)\d\d\s*")
#: A year and what its figures are, beside bare years: 2022目標.
_WESTERN_LED: Final = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)\s*(?P<rest>(?:目標|計画|実績|見込)[^\d]{0,4})"
)


def heading_at(view: View, row: int, cell: Cell, near: int | None = NEAR) -> Heading:
    """Return what a cell means as a header of its row; bare 2019, 2020, 2021 in a row are years."""
    if _WESTERN.fullmatch(cell.text) and _are_western(view, row):
        return Heading(text=cell.text.strip(), year=int(cell.text), bare=True)
    led = _WESTERN_LED.fullmatch(cell.text)
    if led is not None and _are_western(view, row):
        return dataclasses.replace(understand(led["rest"]), text=cell.text, year=int(led["year"]))
    return understand(cell.text, near=near)


def _are_western(view: View, row: int) -> bool:
    """Tell whether a row's bare numbers are years: several, rising from left to right, and no other figures beside."""
    cells = view.row(row)
    years = [int(cell.text) for cell in cells if _WESTERN.fullmatch(cell.text)]
    rest = (cell.text for cell in cells if not _WESTERN.fullmatch(cell.text))
    others = any(is_figure(text) for text in rest if not _WESTERN_LED.fullmatch(text))
    return len(years) > 1 and years == sorted(set(years)) and not others


#: A part of the year, which says nothing for or against headers: 4～6月, 第1四半期.
_MONTHS: Final = re.compile(
    r"\s*(?:[\d０-９]{1,2}月?(?:[～〜~\-－・][\d０-９]{1,2})?月(?:期|分|末)?|第?[1-4１-４一二三四](?:[/／][4４])?四半期|[上下]半期)\s*"
)


def is_header(view: View, row: int) -> bool:
    """Tell whether a row is one of column headers: most cells say a role or a year, and not label, value, label, value."""
    cells = view.row(row)
    western = _are_western(view, row)
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
    bracket = _BRACKETED_END.search(text)
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
    if not meant.says or _BRACKETED.fullmatch(cell.text):
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
    if _BRACKETED.fullmatch(cell.text):
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


def parts(grid: Grid) -> list[Part]:
    """Cut a grid into tables, forms and lines, from the top down."""
    whole = View(grid, 0, grid.rows)
    out: list[Part] = []
    row = 0
    while row < grid.rows:
        part = _part(whole, row)
        if part is None:
            row += 1
            continue
        out.append(part)
        row = part.view.bottom
    return out


def _part(whole: View, row: int) -> Part | None:
    """Return the part that begins in a row; None for a row that holds nothing."""
    if not whole.row(row) or is_ordinals(whole, row):
        return None
    if is_packed(whole, row):
        return Part("cells", View(whole.grid, row, row + 1))
    if is_header(whole, row):
        height = header_height(whole, row)
        bottom = _table_end(whole, row, height)
        table = Part("table", View(whole.grid, row, bottom), header=height)
        return _better(table)
    line = across(whole, row)
    if line is not None and not (row + 1 < whole.grid.rows and _labels_down(whole, row)):
        return Part("line", View(whole.grid, row, row + 1), words=line)
    bottom = _form_end(whole, row)
    turned = View(whole.grid, row, bottom)
    if is_turned(turned):
        return Part("table", turned.turned(), header=_side(turned))
    later = range(row + 1, bottom - 1) if bottom - row < _MOST else range(0)
    cut = (at for at in later if _turns(whole.grid, at, bottom))
    return Part("form", View(whole.grid, row, next(cut, bottom)))


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


#: Rows of a form that are looked into for a table that runs across.
_MOST: Final = 200


def _turns(grid: Grid, top: int, bottom: int) -> bool:
    """Tell whether a table that runs across begins in a row of a form: names of several indicators."""
    view = View(grid, top, bottom)
    cells = view.row(top)
    names = cells and means(cells[0].text).role == "indicator" and len(cells) > 2
    blank = cells and not view.words(top, 0) and len(cells) > 1
    blank = blank and means(view.words(top + 1, 0).text).role == "indicator"
    return bool(names or blank) and is_turned(view)


def _labels_down(whole: View, row: int) -> bool:
    """Tell whether a lone first cell is a label whose value is empty, in a column of labels."""
    cell = whole.row(row)[0]
    return bool(means(cell.text).whole and whole.width(cell) == 1 and is_form(whole, row))


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


def _side(view: View) -> int:
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
    cells = distinct(c for i in range(_side(view)) if (c := view.at(row, i)) is not None)
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


def _better(table: Part) -> Part:
    """Return a table read across where its first column explains it better than its first row."""
    view = table.view
    return Part("table", view.turned(), header=_side(view)) if is_turned(view) else table


def _table_end(view: View, top: int, height: int) -> int:
    """Return the row after a table: at an empty row, at other headers, at a form below."""
    row = top + height
    while row < view.rows.stop:
        if not view.row(row) and not _merged_into(view, row):
            break
        anew = is_header(view, row) and not _repeats(view, top, row) and not _is_dates(view, row)
        if anew and not _titles_again(view, top + height, row):
            break
        if _is_paid(view, row, top + height):
            break
        label = _is_label(view, row) and not _goes_on(view, top + height, row)
        if label or is_packed(view, row) or _are_labels(view, row):
            break
        row += 1
    return row


#: Labels of a form that may go on below a table.
_BELOW: Final = frozenset(
    {"indicator", "project", "money", "department", "period", "remark", "activities", "grade"}
    | {"next_policy", "next_policy_reason", "expert_judgement", "expert_opinion", "obstacle"}
    | {"countermeasure", "direction", "scale", "rating", "grant", "period_first", "period_last"}
)


_VERDICTS: Final = frozenset(
    {"grade", "next_policy", "expert_judgement", "expert_opinion", "department", "period"}
)


def is_comment(view: View, row: int) -> bool:
    """Tell whether a row is a label with its words across: a comment on the row above it."""
    return _is_label(view, row)


def _is_label(view: View, row: int) -> bool:
    """Tell whether a row is a label with its value across the rest of the table: a form goes on below."""
    cells = view.row(row)
    if len(cells) == 3 and view.height(cells[0]) > 1 and view.width(cells[0]) == 1:
        cells = cells[1:]
    if len(cells) != 2:
        return False
    label = means(cells[0].text)
    if view.width(cells[1]) < 2:
        first = [view.first_column(cell) for cell in cells] == list(view.columns)[:2]
        judged = label.role in _VERDICTS or (label.role == "rating" and is_mark(cells[1].text))
        return first and len(view.columns) > 2 and label.whole and judged
    return label.whole and label.role in _BELOW


def _are_labels(view: View, row: int) -> bool:
    """Tell whether a row is two labels or more, each with a value of its own: 決算額 | 4,200 | うち国費 | 2,100."""
    cells = view.row(row)
    first = next((means(cell.text) for cell in cells[:2] if means(cell.text).role), None)
    if first is None or not first.whole or len(cells) < 4 or not is_form(view, row):
        return False
    pairs = list(form_pairs(view, row))
    said = [means(label.text) for label, _ in pairs]
    own = _BELOW | {"fund", "target", "number"}
    return (
        len(pairs) > 1 and all(h.whole and h.role in own for h in said) and all(f for _, f in pairs)
    )


def _is_paid(view: View, row: int, body: int) -> bool:
    """Tell whether a row below a table of figures is an amount with its label: 全体事業費（A＋B） | 1,840百万円 | A | ….

    A table with such a title in another row, or with money in its headers, is one of amounts; and a row whose cells
    stand where those above do is one more of the table.
    """
    cells = view.row(row)
    if len(cells) < 2 or row == body or means(cells[0].text).role != "money":
        return False
    if len(find_yen(cells[1].text)) != 1:
        return False
    heads = [cell for above in range(view.rows.start, body) for cell in view.row(above)]
    titles = [filled[0] for above in range(body, row) if (filled := view.row(above))]
    starts = {view.first_column(cell) for cell in cells}
    if any(starts <= {view.first_column(c) for c in view.row(above)} for above in range(body, row)):
        return False
    return not any(means(cell.text).role in {"money", "fund"} for cell in (*heads, *titles))


def _titles_again(view: View, top: int, row: int) -> bool:
    """Tell whether a row that reads like headers is one more of a table: its title stands in the same column above."""
    return any(
        (above := view.at(before, view.first_column(cell))) is not None
        and above is not cell
        and above.text == cell.text
        and means(cell.text).role in FIGURES
        for cell in view.row(row)
        for before in range(top, row)
    )


def _goes_on(view: View, first: int, row: int) -> bool:
    """Tell whether a table's rows go on below a row that is a label with a comment on the row above it."""
    after = row + 1
    while after < view.rows.stop and _is_label(view, after):
        after += 1
    if after >= view.rows.stop:
        return row > first and any(_same_label(view, row, above) for above in range(first, row))
    cells = view.row(after)
    plain = len(cells) > 2 and not is_header(view, after) and not is_form(view, after)
    return plain and any(is_figure(cell.text) for cell in cells)


def _same_label(view: View, row: int, above: int) -> bool:
    cells, others = view.row(row), view.row(above)
    return bool(others) and cells[0] is not others[0] and cells[0].text == others[0].text


def _is_dates(view: View, row: int) -> bool:
    """Tell whether a row gives the dates of the figures above it: 時点, R3.4, R4.3."""
    meant = means(view.row(row)[0].text)
    return meant.role in {"when", "due"} and meant.whole


def _merged_into(view: View, row: int) -> bool:
    """Tell whether a row without words of its own is covered by a cell that began above."""
    return any(view.first_row(cell) < row for cell in view.every(row))


def _repeats(view: View, top: int, row: int) -> bool:
    """Tell whether a row repeats the headers where they stood, as at a new page; elsewhere they head another table."""
    return _set_out(view, top) == _set_out(view, row)


def _set_out(view: View, row: int) -> list[tuple[str, int]]:
    return [(cell.text, view.first_column(cell)) for cell in view.row(row)]


def _form_end(view: View, top: int) -> int:
    """Return the row after a form: at an empty row, at headers, at a line across."""
    row = top + 1
    while row < view.rows.stop and view.row(row):
        if is_header(view, row) or is_ordinals(view, row) or is_packed(view, row):
            break
        if (
            across(view, row) is not None
            and not _labels_down(view, row)
            and not _merged_into(view, row)
        ):
            break
        row += 1
    return row
