"""詰め. The pieces of a page go into the cells they stand in; what lies across a rule is taken apart first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame
from sosei.reading.formats.pdf.letters import Letters, Piece

#: Where a piece goes: the number of the frame and of its cell.
Home = tuple[int, int]
#: The share of its height by which a line that is too low for its row sticks out of it.
_STICKS: Final = 0.2
#: Characters within which what follows on a page was written with what stands before it.
_NEXT: Final = 4
NOWHERE: Final[Home] = (-1, -1)


def filled(
    frames: Sequence[Frame],
    pieces: Sequence[Piece],
    letters: Letters,
    callouts: Sequence[Box] = (),
) -> tuple[list[dict[int, list[Piece]]], list[Piece]]:
    """Return the pieces by cell for each frame, and those in no cell or in a call-out.

    What lies in an inner frame belongs to it, and not to the outer one.
    """
    order = sorted(range(len(frames)), key=lambda n: _area(frames[n]))
    held: list[dict[int, list[Piece]]] = [{} for _ in frames]
    loose: list[Piece] = []
    only = frames[0] if len(frames) == 1 and not callouts else None
    for piece in pieces:
        x0, top, x1, bottom, _, _ = piece
        inset = 0.25 * (bottom - top)
        if inset + inset > x1 - x0:
            inset = 0.5 * (x1 - x0)
        ends, y = (x0 + inset, x1 - inset), (top + bottom) / 2
        if only is not None and (cell := _cell(only, ends, y)) >= 0:
            held[0].setdefault(cell, []).append(piece)
            continue
        a, b = _homes(frames, order, ends, y)
        if a is b:
            if a is NOWHERE or (callouts and _within(piece, callouts)):
                loose.append(piece)
            elif (found := held[a[0]].get(a[1])) is not None:
                found.append(piece)
            else:
                held[a[0]][a[1]] = [piece]
        elif callouts and _within(piece, callouts):
            loose.append(piece)
        else:
            for part, (number, at) in _parted(frames, order, piece, letters):
                (loose if number < 0 else held[number].setdefault(at, [])).append(part)
    for frame, cells in zip(frames, held, strict=True):
        _lift(frame, cells)
    return held, loose


def _cell(frame: Frame, ends: tuple[float, float], y: float) -> int:
    """Return the cell in which two points of one height lie, as they mostly do; -1 where they lie in none or in two."""
    xs, ys = frame.xs, frame.ys
    left, right = ends
    if not (ys[0] <= y <= ys[-1] and xs[0] < left and right <= xs[-1]):
        return -1
    row = frame.owner[(bisect_left(ys, y) or 1) - 1]
    cell = row[bisect_left(xs, left) - 1]
    return cell if cell == row[bisect_left(xs, right) - 1] else -1


def _lift(frame: Frame, cells: dict[int, list[Piece]]) -> None:
    """Put lines that run over their cell's foot back into it: centred there, they stick out above as below."""
    for number, found in list(cells.items()):
        top = frame.ys[frame.spots[number].top]
        for piece in found:
            if piece[1] < top - _STICKS * (piece[3] - piece[1]):
                above = frame.at((piece.x0 + piece.x1) / 2, top - 1)
                if above >= 0 and above != number and _is_rest(frame, above, cells, piece):
                    cells[above].append(piece)
                    cells[number] = [one for one in cells[number] if one is not piece]
        if not cells[number]:
            del cells[number]


def _is_rest(frame: Frame, above: int, cells: dict[int, list[Piece]], piece: Piece) -> bool:
    """Tell whether a line goes on in the page's own order with those of the cell above, the first of which sticks out."""
    upper = cells.get(above, [])
    high = piece.bottom - piece.top
    top = frame.ys[frame.spots[above].top]
    follows = any(0 < piece.first - one.first - len(one.text) < _NEXT for one in upper)
    return follows and min(one.top for one in upper) < top - _STICKS * high


def _within(piece: Piece, boxes: Sequence[Box]) -> bool:
    return any(
        x0 - 1 <= piece.x0 and piece.x1 <= x1 + 1 and top <= piece.middle <= bottom
        for x0, top, x1, bottom in boxes
    )


def _area(frame: Frame) -> float:
    x0, top, x1, bottom = frame.box
    return (x1 - x0) * (bottom - top)


def _homes(
    frames: Sequence[Frame], order: Sequence[int], ends: tuple[float, float], y: float
) -> tuple[Home, Home]:
    """Return the cells in which two points of one height lie."""
    first = last = NOWHERE
    left, right = ends
    for number in order:
        frame = frames[number]
        ys = frame.ys
        if y < ys[0] or y > ys[-1]:
            continue
        xs = frame.xs
        if xs[0] < left and right <= xs[-1]:
            row = frame.owner[(bisect_left(ys, y) or 1) - 1]
            a, b = row[bisect_left(xs, left) - 1], row[bisect_left(xs, right) - 1]
        else:
            a, b = frame.pair(left, right, y)
        if a == b:
            if a < 0:
                continue
            home = (number, a)
            return (home if first is NOWHERE else first), (home if last is NOWHERE else last)
        if a >= 0 and first is NOWHERE:
            first = (number, a)
        if b >= 0 and last is NOWHERE:
            last = (number, b)
        if first is not NOWHERE and last is not NOWHERE:
            break
    return first, last


def _parted(
    frames: Sequence[Frame], order: Sequence[int], piece: Piece, letters: Letters
) -> Iterator[tuple[Piece, Home]]:
    """Yield the parts of a piece that lies in several cells, each with the cell it belongs to."""
    for run in _drawn(letters.apart(piece), letters):
        homes = [
            _homes(frames, order, ((p.x0 + p.x1) / 2, (p.x0 + p.x1) / 2), p.middle)[0] for p in run
        ]
        start = 0
        for n in range(1, len(run)):
            gap = run[n].x0 - run[n - 1].x1
            if homes[n] != homes[n - 1] and gap > 0.35 * (run[n].bottom - run[n].top):
                yield _settled(frames, run[start:n], homes[start:n])
                start = n
        yield _settled(frames, run[start:], homes[start:])


def _drawn(letters: Sequence[Piece], page: Letters) -> Iterator[list[Piece]]:
    """Yield characters by the text object that drew them."""
    run: list[Piece] = []
    last = None
    for one in letters:
        by = page.drawn(one.first)
        if run and by != last:
            yield run
            run = []
        run.append(one)
        last = by
    if run:
        yield run


def _settled(
    frames: Sequence[Frame], run: Sequence[Piece], homes: Sequence[Home]
) -> tuple[Piece, Home]:
    """Return a stretch that was drawn at once with the one cell it was written for.

    Text that overflows begins at its cell's left edge, or ends at the right edge, or lies over its middle.
    """
    whole = Piece(
        run[0].x0, min(p.top for p in run), run[-1].x1, max(p.bottom for p in run),
        "".join(p.text for p in run), run[0].first,
    )  # fmt: skip
    if len(set(homes)) == 1:
        return whole, homes[0]
    high = whole.bottom - whole.top
    first, last = homes[0], homes[-1]
    if first != NOWHERE and 0 <= whole.x0 - _edge(frames, first, 0) < high:
        return whole, first
    if last != NOWHERE and 0 <= _edge(frames, last, 1) - whole.x1 < high:
        return whole, last
    inside = [home for home in homes if home != NOWHERE]
    return whole, max(inside, key=inside.count)


def _edge(frames: Sequence[Frame], home: Home, side: int) -> float:
    frame = frames[home[0]]
    spot = frame.spots[home[1]]
    return frame.xs[spot.right if side else spot.left]
