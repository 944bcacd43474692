"""詰め. The pieces of a page go into the cells they stand in; what lies across a rule is taken apart first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame
from sosei.reading.formats.pdf.letters import Letters, Piece

#: Where a piece goes: the number of the frame and of its cell.
Home = tuple[int, int]
NOWHERE: Final[Home] = (-1, -1)


def filled(
    frames: Sequence[Frame], letters: Letters, callouts: Sequence[Box] = ()
) -> dict[Home, list[Piece]]:
    """Return the pieces by frame and cell; those in no cell, or in a call-out, stand under NOWHERE.

    Inner frames come before outer ones.
    """
    order = sorted(range(len(frames)), key=lambda n: _area(frames[n]))
    homes: dict[Home, list[Piece]] = {}
    for piece in letters.pieces:
        high = piece.bottom - piece.top
        if callouts and _within(piece, callouts):
            homes.setdefault(NOWHERE, []).append(piece)
            continue
        inset = min(0.25 * high, 0.5 * (piece.x1 - piece.x0))
        a = _home(frames, order, piece.x0 + inset, piece.middle)
        b = _home(frames, order, piece.x1 - inset, piece.middle)
        if a == b:
            homes.setdefault(a, []).append(piece)
            continue
        for part, home in _parted(frames, order, piece, letters):
            homes.setdefault(home, []).append(part)
    return homes


def _within(piece: Piece, boxes: Sequence[Box]) -> bool:
    return any(
        x0 - 1 <= piece.x0 and piece.x1 <= x1 + 1 and top <= piece.middle <= bottom
        for x0, top, x1, bottom in boxes
    )


def _area(frame: Frame) -> float:
    x0, top, x1, bottom = frame.box
    return (x1 - x0) * (bottom - top)


def _home(frames: Sequence[Frame], order: Sequence[int], x: float, y: float) -> Home:
    for number in order:
        cell = frames[number].at(x, y)
        if cell >= 0:
            return number, cell
    return NOWHERE


def _parted(
    frames: Sequence[Frame], order: Sequence[int], piece: Piece, letters: Letters
) -> Iterator[tuple[Piece, Home]]:
    """Yield the parts of a piece that lies in several cells, each with the cell it belongs to."""
    for run in _drawn(letters.apart(piece), letters):
        homes = [_home(frames, order, (p.x0 + p.x1) / 2, p.middle) for p in run]
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
