"""整え. Frames made fit for tables: what encloses nothing left out, tables stacked on each other parted, drawings refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from sosei.reading.formats.pdf.arrows import without_steps
from sosei.reading.formats.pdf.lattice import Frame, Spot, compact
from sosei.reading.formats.pdf.letters import Piece

#: Points by which the sides of two tables that touch must differ for them to be two.
_APART: Final = 4.0
#: Points below which no row holds type, and the share of the smallest type's height.
_THIN, _TYPE = 5.5, 0.6
#: Points below which nothing has room for a word: an axis with its marks.
_NARROW: Final = 8.0
#: So many boxes with words in them make a chart of boxes; the sides of one.
_BOXES, _CLOSED = 2, 15
Pieces = dict[int, list[Piece]]


def shaped(frame: Frame, pieces: Pieces, loose: Sequence[Piece]) -> Iterator[tuple[Frame, Pieces]]:
    """Yield the tables that a frame holds, each with its cells' pieces; none where it is a drawing."""
    if len(frame.spots) < 2 or not pieces or _is_drawing(frame, pieces, loose):
        return
    frame, pieces = without_steps(*_without_slivers(frame, pieces))
    if _is_boxes(frame, pieces):
        return
    kept = [n for n in range(len(frame.spots)) if n in pieces or _stands(frame, n)]
    for group in (
        part for island in _apart(frame, pieces, kept) for part in _stacked(frame, island)
    ):
        part, held = _chosen(frame, group, pieces)
        if len(part.spots) > 1 and held and part.xs[-1] - part.xs[0] > _NARROW:
            yield _spanned(*_trimmed(part, held))


def _without_slivers(frame: Frame, pieces: Pieces) -> tuple[Frame, Pieces]:
    """Fold rows and columns too thin for any type into those beside them: they are borders."""
    if min(map(_step, pairwise(frame.xs))) > _THIN < min(map(_step, pairwise(frame.ys))):
        return frame, pieces
    held = [p for found in pieces.values() for p in found]
    # A single sign, as a dot before an item, may be drawn anew in a smaller type.
    small = min(p.bottom - p.top for p in ([p for p in held if len(p.text) > 1] or held))
    limit = min(_THIN, _TYPE * small)
    columns = _folded(
        frame.xs, [(s.left, s.right) for n, s in enumerate(frame.spots) if n in pieces], limit
    )
    rows = _folded(
        frame.ys, [(s.top, s.bottom) for n, s in enumerate(frame.spots) if n in pieces], limit
    )
    spots = [
        Spot(rows[s.top], columns[s.left], rows[s.bottom], columns[s.right]) for s in frame.spots
    ]
    kept = [n for n, s in enumerate(spots) if s.top < s.bottom and s.left < s.right]
    if len(kept) == len(spots) or not kept:
        return frame, pieces
    xs = [frame.xs[columns.index(n)] for n in range(columns[-1] + 1)]
    ys = [frame.ys[rows.index(n)] for n in range(rows[-1] + 1)]
    part = compact(xs, ys, [spots[n] for n in kept], [frame.sides[n] for n in kept])
    part.thought = frame.thought
    return part, {new: pieces[old] for new, old in enumerate(kept) if old in pieces}


def _step(pair: tuple[float, float]) -> float:
    return pair[1] - pair[0]


def _folded(edges: Sequence[float], held: Sequence[tuple[int, int]], limit: float) -> list[int]:
    """Return the new number of each edge, where the two of a sliver that holds no text become one."""
    full = {first for first, last in held if last == first + 1}
    out = [0]
    for number, pair in enumerate(pairwise(edges)):
        out.append(out[-1] + (number in full or _step(pair) >= limit))
    return out


def _stands(frame: Frame, number: int) -> bool:
    """Tell whether a cell without text is one: three of its sides are drawn, or two that face each other."""
    sides = frame.sides[number]
    return sides & 5 == 5 or sides & 10 == 10


def _is_drawing(frame: Frame, pieces: Pieces, loose: Sequence[Piece]) -> bool:
    """Tell whether lines are a chart of boxes and arrows: much of the text between them is in no cell."""
    x0, top, x1, bottom = frame.box
    inside = sum(x0 < p.x0 and p.x1 < x1 and top < p.middle < bottom for p in loose)
    return inside > 0.3 * len(pieces)


def _is_boxes(frame: Frame, pieces: Pieces) -> bool:
    """Tell whether lines are boxes with lines from one to the next, and no table: most words have none in a cell beside.

    Only cells drawn all round are looked at. Where these fill the whole frame it is a table, however few are filled.
    """
    if len(frame.spots) == (len(frame.xs) - 1) * (len(frame.ys) - 1) or _is_full(frame):
        return False
    held = {number for number in pieces if frame.sides[number] == _CLOSED}
    if len(held) < _BOXES:
        return False
    joined: set[int] = set()
    for row, below in zip(frame.owner, [*frame.owner[1:], []], strict=True):
        for a, b in chain(pairwise(row), zip(row, below, strict=False)):
            if a != b and a in held and b in held:
                joined.update((a, b))
        if 2 * len(joined) >= len(held):
            return False
    return True


def _is_full(frame: Frame) -> bool:
    """Tell whether cells drawn all round fill a frame."""
    return all(side == _CLOSED for side in frame.sides) and all(
        -1 not in row for row in frame.owner
    )


def _apart(frame: Frame, pieces: Pieces, kept: Sequence[int]) -> list[Sequence[int]]:
    """Return the cells by what hangs together: boxes of several cells that only lines join are tables of their own."""
    sides = frame.sides
    if all(side == _CLOSED for side in sides) or any(sides[n] != _CLOSED for n in pieces):
        return [kept]
    home = {n: n for n, side in enumerate(sides) if side == _CLOSED}

    def root(number: int) -> int:
        while home[number] != number:
            home[number] = home[home[number]]
            number = home[number]
        return number

    for row, below in zip(frame.owner, [*frame.owner[1:], []], strict=True):
        for a, b in chain(pairwise(row), zip(row, below, strict=False)):
            if a != b and a in home and b in home:
                home[root(a)] = root(b)
    islands: dict[int, list[int]] = {}
    for number in home:
        islands.setdefault(root(number), []).append(number)
    held = [island for island in islands.values() if any(n in pieces for n in island)]
    return [*held] if len(held) >= _BOXES else [kept]


def _chosen(frame: Frame, numbers: Sequence[int], pieces: Pieces) -> tuple[Frame, Pieces]:
    """Return a frame of some of the cells, with their pieces under their new numbers."""
    if len(numbers) == len(frame.spots):
        return frame, pieces
    spots = [frame.spots[n] for n in numbers]
    part = compact(frame.xs, frame.ys, spots, [frame.sides[n] for n in numbers])
    part.thought = frame.thought
    return part, {new: pieces[old] for new, old in enumerate(numbers) if old in pieces}


def _stacked(frame: Frame, kept: Sequence[int]) -> Iterator[list[int]]:
    """Yield the cells by table: where both sides of a line are two rows high or more and differ in width, it parts them."""
    rows = len(frame.ys) - 1
    whole = len(kept) == len(frame.spots)
    if rows < 4 or (whole and all(row[0] >= 0 <= row[-1] for row in frame.owner)):
        yield list(kept)
        return
    reach = [(1 << 30, 0)] * rows
    crossed = [False] * (rows + 1)
    for number in kept:
        spot = frame.spots[number]
        for row in range(spot.top, spot.bottom):
            a, b = reach[row]
            reach[row] = (min(a, spot.left), max(b, spot.right))
            crossed[row] = crossed[row] or row > spot.top
    cuts = [0]
    for row in range(2, rows - 1):
        if not crossed[row] and row - cuts[-1] >= 2 and _differ(frame, reach, row):
            cuts.append(row)
    for first, last in zip(cuts, [*cuts[1:], rows], strict=True):
        yield [n for n in kept if first <= frame.spots[n].top < last]


def _differ(frame: Frame, reach: Sequence[tuple[int, int]], row: int) -> bool:
    """Tell whether the two rows above a line, and the two below it, reach to different sides."""
    above, below = reach[row - 1], reach[row]
    if reach[row - 2] != above or reach[row + 1] != below or 1 << 30 in (above[0], below[0]):
        return False
    return any(abs(frame.xs[a] - frame.xs[b]) > _APART for a, b in zip(above, below, strict=True))


def _trimmed(frame: Frame, pieces: Pieces) -> tuple[Frame, Pieces]:
    """Leave out rows and columns at the table's edge that hold nothing and are open to the outside."""
    while len(frame.spots) > 1:
        columns, rows = len(frame.xs) - 1, len(frame.ys) - 1
        edges: list[tuple[int, list[int]]] = [
            (1, [n for n, s in enumerate(frame.spots) if s.right == 1]),
            (4, [n for n, s in enumerate(frame.spots) if s.left == columns - 1]),
            (2, [n for n, s in enumerate(frame.spots) if s.bottom == 1]),
            (8, [n for n, s in enumerate(frame.spots) if s.top == rows - 1]),
        ]
        empty = next(
            (
                numbers for side, numbers in edges
                if numbers and not any(n in pieces or frame.sides[n] & side for n in numbers)
                and _spans(frame, numbers, side)
            ),
            None,
        )  # fmt: skip
        if empty is None or len(empty) == len(frame.spots):
            break
        frame, pieces = _chosen(
            frame, [n for n in range(len(frame.spots)) if n not in empty], pieces
        )
    return frame, pieces


def _spans(frame: Frame, numbers: Sequence[int], side: int) -> bool:
    """Tell whether some cells fill the whole outermost row or column."""
    spots: list[Spot] = [frame.spots[n] for n in numbers]
    if side in (1, 4):
        return sum(s.bottom - s.top for s in spots) == len(frame.ys) - 1
    return sum(s.right - s.left for s in spots) == len(frame.xs) - 1


def _spanned(frame: Frame, pieces: Pieces) -> tuple[Frame, Pieces]:
    """Let a heading over several columns reach over those beside it that have none, where no rule says how far it goes.

    It is one where other headings go down to the row of the headings below it; or over the parts of the labels, which
    all other columns' headings leave alone.
    """
    if not frame.thought:
        return frame, pieces
    gone: set[int] = set()
    last = -1
    deep = any(s.top == 0 and s.bottom > 1 for s in frame.spots)
    for number, spot in enumerate(frame.spots):
        if spot.top > 0 or not (deep or _over_labels(frame, pieces, spot)):
            break
        if number in pieces or spot.bottom > 1:
            last = number if spot.bottom == 1 else -1
        elif last >= 0:
            frame.spots[last] = frame.spots[last]._replace(right=spot.right)
            gone.add(number)
    return _chosen(frame, [n for n in range(len(frame.spots)) if n not in gone], pieces)


def _over_labels(frame: Frame, pieces: Pieces, spot: Spot) -> bool:
    """Tell whether a cell is one of the first two in a header that leaves only the second empty, above labels in both."""
    if spot.left > 1:
        return False
    head = [n in pieces for n in frame.owner[0]]
    if head[:2] != [True, False] or not all(head[2:]) or len(head) < 4:
        return False
    below = [n in pieces for n in (row[1] for row in frame.owner[1:])]
    return sum(below) > 0.5 * len(below)
