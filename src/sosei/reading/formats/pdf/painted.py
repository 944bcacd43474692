"""塗り分け. Tables drawn with colour alone: each cell is painted, and white parts them, or nothing but another shade.

Where every other row is left unpainted, it has the columns of those above and below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame, Spot, frame_of, joined
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.strokes import Fill, Rule

#: Points by which the edges of cells in one row or column may differ, and by which two cells may be apart.
_SAME, _GAP = 2.0, 3.5
#: So many painted areas at the least are a table, and so many at the most are looked at.
_FEW, _MANY = 4, 300
#: Points below which an area holds no line of text.
_LOW: Final = 8.0
#: How many times as high as the painted rows around it an unpainted one may be.
_HIGH: Final = 1.8


def painted(
    fills: Sequence[Fill], frames: Sequence[Frame], pieces: Sequence[Piece]
) -> tuple[list[Frame], list[Rule]]:
    """Return the tables that painted areas make outside ruled ones, and the edges of rows painted as a whole."""
    areas = {fill.box for fill in fills if not (fill.white or fill.picture) and _is_cell(fill.box)}
    boxes = [box for box in areas if not any(_is_in(box, frame.box) for frame in frames)]
    if not 1 < len(boxes) <= _MANY:
        return [], []
    boxes = _outer(sorted(boxes, key=_by_row))
    bands = list(_bands(boxes))
    boxes = sorted([*boxes, *_between(boxes, pieces)], key=_by_row)
    found = (_frame(group) for group in _groups(boxes))
    tables = [frame for frame in found if frame is not None]
    return [*tables, *_strips(boxes, frames)], bands


def _strips(boxes: Sequence[Box], frames: Sequence[Frame]) -> Iterator[Frame]:
    """Yield rows that stand on a ruled table and have its columns: its head, painted and not ruled."""
    for row in _rows(boxes):
        if len(row) > 1 and any(_is_over(row, frame) for frame in frames):
            xs = [row[0][0], *(box[2] for box in row)]
            spots = [Spot(0, n, 1, n + 1) for n in range(len(row))]
            yield Frame(xs, [row[0][1], row[0][3]], spots)


def _is_over(row: Sequence[Box], frame: Frame) -> bool:
    top, bottom = frame.ys[0], row[0][3]
    ends = [row[0][0], *(box[2] for box in row)]
    return (
        len(ends) == len(frame.xs)
        and -_SAME < top - bottom < _GAP
        and all(abs(a - b) < _GAP for a, b in zip(ends, frame.xs, strict=True))
    )


def _bands(boxes: Sequence[Box]) -> Iterator[Rule]:
    """Yield the edges of areas of one width that follow each other from row to row, or from every other row."""
    rows = [row[0] for row in _rows(boxes) if len(row) == 1]
    for upper, lower in pairwise(rows):
        high = max(upper[3] - upper[1], lower[3] - lower[1])
        if -_SAME < lower[1] - upper[3] < _HIGH * high and _are_alike([upper], [lower]):
            yield from (
                Rule(y, upper[0], upper[2], 0) for box in (upper, lower) for y in (box[1], box[3])
            )


def _by_row(box: Box) -> tuple[float, float]:
    return box[1], box[0]


def _is_cell(box: Box) -> bool:
    return box[3] - box[1] > _LOW and box[2] - box[0] > _LOW


def _is_in(box: Box, other: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] < x < other[2] and other[1] < y < other[3]


def _outer(boxes: Sequence[Box]) -> list[Box]:
    """Return areas without those within another: the ground of a paragraph lies within its cell's."""
    out: list[Box] = []
    for number, box in enumerate(boxes):
        near = (b for b in boxes[max(0, number - 40) : number + 40] if b is not box)
        if not any(_holds(b, box) and (b != box) for b in near):
            out.append(box)
    return out


def _holds(a: Box, b: Box) -> bool:
    return a[0] - 1 < b[0] and a[1] - 1 < b[1] and b[2] < a[2] + 1 and b[3] < a[3] + 1


def _between(boxes: Sequence[Box], pieces: Sequence[Piece]) -> Iterator[Box]:
    """Yield the cells of unpainted rows that hold text, between painted ones of the same columns."""
    rows = [row for row in _rows(boxes) if len(row) > 1]
    for upper, lower in pairwise(rows):
        top, bottom = upper[0][3], lower[0][1]
        high = max(upper[0][3] - upper[0][1], lower[0][3] - lower[0][1])
        if not _GAP < bottom - top < _HIGH * high or not _are_alike(upper, lower):
            continue
        if len(_filled(upper, top, bottom, pieces)) > 0:
            yield from ((x0, top, x1, bottom) for x0, _, x1, _ in upper)
            below = (lower[0][3], lower[0][3] + bottom - top)
            if lower is rows[-1] and len(_filled(lower, *below, pieces)) > 1:
                yield from ((x0, below[0], x1, below[1]) for x0, _, x1, _ in lower)


def _filled(row: Sequence[Box], top: float, bottom: float, pieces: Sequence[Piece]) -> set[int]:
    """Return the columns of a row that hold text between two heights; none where text lies over their edges."""
    inside = [
        p for p in pieces if top < p.middle < bottom and row[0][0] < p.x1 and p.x0 < row[-1][2]
    ]
    homes = [{n for n, box in enumerate(row) if p.x0 < box[2] and box[0] < p.x1} for p in inside]
    return set() if any(len(home) > 1 for home in homes) else {n for home in homes for n in home}


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Return areas by row, from left to right, where each touches the next."""
    rows: list[list[Box]] = []
    for box in boxes:
        last = rows[-1][-1] if rows else None
        if last is not None and _are_beside(last, box):
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _are_alike(upper: Sequence[Box], lower: Sequence[Box]) -> bool:
    return len(upper) == len(lower) and all(
        abs(a[0] - b[0]) < _SAME and abs(a[2] - b[2]) < _SAME
        for a, b in zip(upper, lower, strict=True)
    )


def _are_beside(a: Box, b: Box) -> bool:
    """Tell whether two areas stand in one row, the second right behind the first."""
    level = abs(a[1] - b[1]) < _SAME and abs(a[3] - b[3]) < _SAME
    return level and -_SAME < b[0] - a[2] < _GAP


def _are_stacked(a: Box, b: Box) -> bool:
    """Tell whether an area stands right below another, one of them within the other's width."""
    inner = (a[0] - _SAME < b[0] and b[2] < a[2] + _SAME) or (
        b[0] - _SAME < a[0] and a[2] < b[2] + _SAME
    )
    return inner and -_SAME < b[1] - a[3] < _GAP


def _groups(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """Yield the areas that touch each other, where at least a square of them stands in rows and columns."""
    parent = list(range(len(boxes)))
    across, along = set[int](), set[int]()

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for a, box in enumerate(boxes):
        for b in range(a + 1, len(boxes)):
            if boxes[b][1] > box[3] + _GAP:
                break
            beside = _are_beside(box, boxes[b]) or _are_beside(boxes[b], box)
            if beside or _are_stacked(box, boxes[b]):
                (across if beside else along).update((a, b))
                parent[root(a)] = root(b)
    groups: dict[int, list[int]] = {}
    for number in range(len(boxes)):
        groups.setdefault(root(number), []).append(number)
    for numbers in groups.values():
        if sum(n in across and n in along for n in numbers) >= _FEW:
            yield [boxes[n] for n in numbers]


def _frame(boxes: Sequence[Box]) -> Frame | None:
    """Return the table whose cells are areas: their edges are its rules."""
    across = [Rule(y, x0, x1, 0) for x0, top, x1, bottom in boxes for y in (top, bottom)]
    down = [Rule(x, top, bottom, 0) for x0, top, x1, bottom in boxes for x in (x0, x1)]
    return frame_of(joined(across), joined(down))
