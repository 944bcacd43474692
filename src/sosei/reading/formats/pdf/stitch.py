"""継ぎ. A table that runs over pages becomes one: repeated headers dropped, rows and merged cells cut by a page rejoined.

Two tables are one only where all speaks for it: nothing but page furniture between them, the same columns, and a
lower part that repeats the header or goes on where the upper one stops. In doubt they stay two.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from sosei.core.gaps import read_gap
from sosei.core.text import fold
from sosei.reading.formats.pdf.lattice import Frame
from sosei.reading.formats.pdf.narrow import Part, narrowed
from sosei.reading.grid import Cell, Grid, Words

#: Points by which a column's edge may differ from page to page.
_SAME: Final = 3.2
_FIGURE: Final = re.compile(r"[△▲\-+－−]?[\d,.０-９，．]+(?:[%％]|[^\d\s]{1,4})?|[-－−―─—‐ー*…]+|")
#: What begins a group's heading, which goes on with nothing.
_BEGINS: Final = re.compile(r"[\d０-９①-⑳Ⅰ-Ⅻ【（(■□●○◆◇▼▽★☆◎・※第基]")
#: The share of a page's height that may be left below a table that goes on: a margin, and room for no further row.
_MARGIN: Final = 0.28
#: The share of a line's body that its place covers.
_BODY: Final = 0.73
#: The most rows that a repeated header has.
_HEAD: Final = 8
_PLACE: Final = attrgetter("row", "column")


@dataclass(slots=True)
class Chain:
    """鎖. The parts of one logical table, page by page. `skips`: how many rows of each repeat the header.

    `lent`: the header of a table that has none of its own, as another part brings it from the page before.
    """

    parts: list[Part]
    skips: list[int] = field(default_factory=lambda: [0])
    cuts: list[bool] = field(default_factory=lambda: [False])
    lent: Part | None = None

    @property
    def thought(self) -> Sequence[float]:
        """The columns' edges of a table that no rule draws and that ends at its page's foot; none of others."""
        last = self.parts[-1]
        foot = last.high - last.frame.ys[-1] < _MARGIN * last.high
        return last.frame.xs if last.frame.thought and foot else ()

    def take(self, part: Part, others: Sequence[Grid] = (), *, repeats: bool = False) -> bool:
        """Take a part of the next page if it goes on with this table; tell whether it does.

        `repeats`: tables with this header stand one below the other, so that it tells nothing. `others`: the tables of
        the page before; where this one has no header of its own, theirs may be repeated.
        """
        upper = self.parts[-1]
        if part.page != upper.page + 1:
            return False
        part = narrowed(part, self.parts[0].frame)
        if not _same_columns(self.parts[0].frame, part.frame):
            return False
        head = repeated(self.parts[0].grid, part.grid)
        if head == part.grid.rows or _is_another(self.parts[0].grid, part.grid, head):
            return False
        if not _to_the_foot(upper, part, head) or (not head and not _goes_on(upper, part)):
            return False
        if head and repeats and upper.frame.drawn(8, 0, upper.grid.columns):
            return False
        if not head and (head := _borrowed(others, part.grid)) and len(self.parts) == 1:
            self.lent = part
        self.parts.append(part)
        self.skips.append(head)
        self.cuts.append(_row_cut(upper, part, head))
        return True

    def grid(self) -> Grid:
        """Return the whole table."""
        if len(self.parts) == 1:
            return self.parts[0].grid
        return _whole(self)


def _same_columns(first: Frame, second: Frame) -> bool:
    """Tell whether two tables have the same outer edges, and the columns of one are among the other's."""
    a, b = first.xs, second.xs
    if first.thought and second.thought:
        return len(a) == len(b) and all(_near_column(a, b, n) for n in range(len(a)))
    if abs(a[0] - b[0]) > _SAME or abs(a[-1] - b[-1]) > _SAME:
        return False
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    if any(min(abs(x - y) for y in many) > _SAME for x in few):
        return False
    return len(few) > 2 or len(many) == len(few)


def _near_column(a: Sequence[float], b: Sequence[float], at: int) -> bool:
    """Tell whether an edge that text alone shows is the same on both pages: within the columns beside it."""
    wide = min(abs(a[n] - a[n + 1]) for n in (at - 1, at) if 0 <= n < len(a) - 1)
    return abs(a[at] - b[at]) < 0.5 * wide


def _texts(grid: Grid, row: int) -> list[str]:
    return [fold(cell.text) for cell in grid.row(row)]


def header(grid: Grid) -> tuple[str, ...]:
    """Return what a table's first row says."""
    return tuple(_texts(grid, 0))


def repeated(upper: Grid, lower: Grid) -> int:
    """Return how many first rows of a table repeat another's first rows."""
    count = 0
    while count < min(_HEAD, upper.rows, lower.rows):
        texts = _texts(upper, count)
        if texts != _texts(lower, count) or not any(texts):
            break
        count += 1
    while count and any(c.row + c.rowspan > count for c in lower.row(count - 1) if c.row < count):
        count -= 1
    return count


def _borrowed(others: Sequence[Grid], lower: Grid) -> int:
    """Return how many first rows repeat the header of another table of the page before, which has as many columns."""
    heads = (repeated(grid, lower) for grid in others if grid.columns == lower.columns)
    most = max(heads, default=0)
    return most if most < lower.rows else 0


def _is_another(upper: Grid, lower: Grid, head: int) -> bool:
    """Tell whether a table is another copy of the same form: its labels stand again where the first one has them."""
    above, below = _begun(upper), _begun(lower)
    labels = [
        (fold(above.get(row, "")), fold(below[row]))
        for row in range(head, min(upper.rows, lower.rows))
        if row in below
    ]
    if head == 0 and labels and labels[0][0] == labels[0][1] != "":
        return True
    again = {b for a, b in labels if a == b and b and not _FIGURE.fullmatch(b)}
    own = {b for _, b in labels if b and not _FIGURE.fullmatch(b)}
    return len(again) >= 2 and len(again) >= 0.5 * len(own)


def _begun(grid: Grid) -> dict[int, str]:
    """Return what the first cell of each row says that begins in it."""
    out: dict[int, Cell] = {}
    for cell in grid.cells:
        if (first := out.get(cell.row)) is None or cell.column < first.column:
            out[cell.row] = cell
    return {row: cell.text for row, cell in out.items()}


def _to_the_foot(upper: Part, lower: Part, head: int) -> bool:
    """Tell whether a table ends where its page does: no room is left for what comes next."""
    left = upper.high - upper.frame.ys[-1]
    row = lower.frame.ys[head + 1] - lower.frame.ys[head]
    return left < max(_MARGIN * upper.high, row + 0.15 * upper.high)


def _goes_on(upper: Part, lower: Part) -> bool:
    """Tell whether a table without a repeated header continues another."""
    if upper.frame.thought:
        same = upper.frame.xs == lower.frame.xs
        return same or (lower.frame.thought and _counts_on(upper.grid, lower.grid))
    if not _equal_edges(upper.frame.xs, lower.frame.xs):
        return False
    return not _heads(upper.grid, lower.grid) or _flows(upper, lower, 0)


def _counts_on(upper: Grid, lower: Grid) -> bool:
    """Tell whether the columns of figures of a table that no vertical rule draws hold nothing but figures below."""
    held = [
        (
            [fold(c.text) for c in _column(upper, n) if c.filled][1:],
            [fold(c.text) for c in _column(lower, n) if c.filled],
        )
        for n in range(upper.columns)
    ]
    counting = [below for above, below in held if above and all(map(_FIGURE.fullmatch, above))]
    return (
        len(counting) > 1
        and all(map(bool, counting))
        and all(
            _FIGURE.fullmatch(text) or read_gap(text) is not None
            for below in counting
            for text in below
        )
    )


def _equal_edges(a: Sequence[float], b: Sequence[float]) -> bool:
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return len(many) == len(few) or len(few) > 3


def _heads(upper: Grid, lower: Grid) -> bool:
    """Tell whether a table begins with a header of its own: words where the other's columns hold figures."""
    for cell in lower.row(0):
        if not cell.filled or cell.colspan > 1 or _FIGURE.fullmatch(fold(cell.text)):
            continue
        above = [fold(c.text) for c in _column(upper, cell.column) if c.filled]
        body = above[1:]
        if body and sum(bool(_FIGURE.fullmatch(text)) for text in body) > 0.7 * len(body):
            return True
    return False


def _column(grid: Grid, column: int) -> list[Cell]:
    return [cell for cell in grid.cells if cell.column == column and cell.colspan == 1]


def _row_cut(upper: Part, lower: Part, head: int) -> bool:
    """Tell whether the lower part's first row is the rest of the upper part's last row."""
    above, below = upper.grid.row(upper.grid.rows - 1), lower.grid.row(head)
    if (
        upper.grid.columns != lower.grid.columns
        or len(above) != len(below)
        or any(a.column != b.column for a, b in zip(above, below, strict=True))
    ):
        return False
    pairs = list(zip(above, below, strict=True))
    if not any(b.filled for _, b in pairs):
        # Nothing but the white rest of a row, which no rule at the sides shows to be one.
        return upper.frame.thought and lower.frame.thought
    if not any(a.filled for a, _ in pairs):
        return False
    if any(b.filled and not a.filled for a, b in pairs):
        return False
    if any(b.filled and _is_figure(b) and _is_figure(a) for a, b in pairs):
        return False
    opened = any(b.filled and not (_drawn(upper, 8, b) and _drawn(lower, 2, b)) for b in below)
    if opened or (not pairs[0][1].filled and pairs[0][0].filled):
        return True
    alone = [(a, b) for a, b in pairs if b.filled]
    if len(alone) == 1 and len(pairs) > 2 and not _BEGINS.match(alone[0][1].text):
        return _is_full(upper.frame, alone[0][0])
    return _flows(upper, lower, head)


def _flows(upper: Part, lower: Part, head: int) -> bool:
    """Tell whether text goes on below in all columns: each last line is full, and none ends its sentence."""
    above, below = upper.grid.row(upper.grid.rows - 1), lower.grid.row(head)
    if upper.grid.columns != lower.grid.columns or len(above) != len(below):
        return False
    flowing = [(a, b) for a, b in zip(above, below, strict=True) if a.filled and b.filled]
    # Figures go on with no words: those are their headers.
    if all(_is_figure(b) and not _is_figure(a) for a, b in flowing):
        return False
    return len(flowing) > 1 and all(_is_full(upper.frame, cell) for cell, _ in flowing)


def _is_figure(cell: Cell) -> bool:
    return _FIGURE.fullmatch(fold(cell.text)) is not None


def _is_full(frame: Frame, cell: Cell) -> bool:
    """Tell whether a cell's last line reaches its right edge, so that more may follow."""
    box = cell.words.runs[-1].place.box
    if box is None or cell.text.endswith("。"):
        return False
    em = (box[3] - box[1]) / _BODY
    return frame.xs[cell.column + cell.colspan] - box[2] < 1.9 * em


# -- the whole ------------------------------------------------------------------------------------------------


def _whole(chain: Chain) -> Grid:
    first = chain.parts[0].frame
    xs = first.xs if first.thought else _edges([part.frame.xs for part in chain.parts])
    cells: list[Cell] = []
    # Of all cells so far, those with which the next page may go on, and perhaps some of the last page's that end before.
    late: list[int] = []
    row = 0
    if chain.lent is not None:
        row = chain.skips[1]
        cells = [cell for cell in _moved(chain.lent, xs, 0, 0) if cell.row < row]
        late = list(range(len(cells)))
    for number, (part, skip, cut) in enumerate(
        zip(chain.parts, chain.skips, chain.cuts, strict=True)
    ):
        moved = _moved(part, xs, row - skip - (1 if cut else 0), skip)
        if number:
            late = [n for n in late if cells[n].row + cells[n].rowspan >= row]
            ending = {cells[n].column: n for n in late if cells[n].row + cells[n].rowspan == row}
            around = (chain.parts[number - 1], part)
            moved = _rejoined(cells, moved, (ending, row - cut, cut), around)
        late.extend(range(len(cells), len(cells) + len(moved)))
        cells.extend(moved)
        row += part.grid.rows - skip - (1 if cut else 0)
    cells.sort(key=_PLACE)
    return dataclasses.replace(
        chain.parts[0].grid, rows=row, columns=len(xs) - 1, cells=tuple(cells),
        nested=tuple(grid for part in chain.parts for grid in part.grid.nested),
    )  # fmt: skip


def _edges(all_xs: Sequence[Sequence[float]]) -> list[float]:
    """Return the columns' edges of all parts, the most detailed first."""
    most = max(map(len, all_xs))
    out = sorted(next(xs for xs in all_xs if len(xs) == most))
    for xs in all_xs:
        out.extend(x for x in xs if min(abs(x - y) for y in out) > _SAME)
    return sorted(out)


def _moved(part: Part, xs: Sequence[float], by: int, skip: int) -> list[Cell]:
    """Return the cells of a part in the rows and columns of the whole."""
    own = part.frame.xs
    at = (
        range(len(own))
        if len(own) == len(xs)
        else [min(range(len(xs)), key=lambda n: abs(xs[n] - x)) for x in own]
    )
    if by == 0 == skip and len(own) == len(xs):
        return list(part.grid.cells)
    out = []
    for cell in part.grid.cells:
        if cell.row < skip:
            continue
        left, right = at[cell.column], at[cell.column + cell.colspan]
        wide = right - left if right > left else 1
        out.append(
            Cell(
                cell.row + by, left, cell.said, cell.rowspan, wide, False, None, None, False, False, cell.spot
            )
        )  # fmt: skip
    return out


def _rejoined(
    cells: list[Cell],
    moved: list[Cell],
    end: tuple[dict[int, int], int, bool],
    around: tuple[Part, Part],
) -> list[Cell]:
    """Join cells that the page cuts: those of a cut row, and merged cells that go on below.

    `end`: the cells that end with the page by their column, the row in which they may go on, whether that row is cut.
    Returns the rest of the page's.
    """
    ending, top, cut = end
    rest = []
    more = (
        cut
        and _is_labelled(cells, ending)
        and any(not (cell.column or cell.filled) and cell.row == top for cell in moved)
    )
    for cell in moved:
        at = ending.get(cell.column) if cell.row == top else None
        if at is None or cells[at].colspan != cell.colspan:
            rest.append(cell)
        elif cut or _merge_cut(cells[at], cell, around):
            cells[at] = _one(cells[at], cell, cell.rowspan - (1 if cut else 0), again=not more)
        else:
            rest.append(cell)
    return rest


def _is_labelled(cells: Sequence[Cell], ending: dict[int, int]) -> bool:
    """Tell whether a row begins with a label of its own. Where that does not stand again below, no words there do."""
    at = ending.get(0)
    return at is not None and cells[at].filled and cells[at].rowspan == 1


def _merge_cut(above: Cell, below: Cell, around: tuple[Part, Part]) -> bool:
    """Tell whether a cell below the page break is the rest of a merged one: no rule closes it, or it only stands empty."""
    if above.filled and below.filled and fold(above.text) != fold(below.text):
        return False
    upper, lower = around
    if not (_drawn(upper, 8, below) and _drawn(lower, 2, below)):
        return True
    return (above.rowspan > 1 or below.rowspan > 1) and above.filled != below.filled


def _drawn(part: Part, side: int, cell: Cell) -> bool:
    return part.frame.drawn(side, cell.column, cell.colspan)


def _one(above: Cell, below: Cell, more: int, *, again: bool) -> Cell:
    """Return the two parts of a cell as one; `again`: words that are the same only stand again."""
    same = again and fold(above.text) == fold(below.text)
    words = above.words
    if below.filled and not same:
        words = Words.joined((above.words, below.words), "\n") if above.filled else below.words
    return dataclasses.replace(above, said=words, rowspan=above.rowspan + max(0, more))
