"""枠の並び. Boxes drawn beside each other, each read for itself: Ｐｌａｎ and Ｄｏ are not read across."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.strokes import Fill

#: Points from which a box may hold text of its own, across and down.
_WIDE, _HIGH = 80.0, 40.0
#: A page with more boxes than these is a drawing.
_MOST: Final = 60
#: Points between boxes beside each other; the columns of a table touch.
_GUTTER: Final = 4.0
#: The share of the lower box's height over which two stand beside each other.
_SHARED: Final = 0.5


def panels_of(frames: Sequence[Frame], fills: Sequence[Fill]) -> list[Box]:
    """Return the boxes of a page that stand beside others, from left to right: frames of one cell, and tinted areas."""
    boxes = {frame.box for frame in frames if len(frame.spots) == 1}
    boxes.update(fill.box for fill in fills if not fill.white)
    large = sorted(box for box in boxes if box[2] - box[0] > _WIDE and box[3] - box[1] > _HIGH)
    if not 1 < len(large) <= _MOST:
        return []
    free = [box for box in large if not any(_touches(box, other) for other in large)]
    return [box for box in free if any(_beside(box, other) for other in free)]


def _beside(a: Box, b: Box) -> bool:
    """Tell whether one box stands beside another."""
    return (a[2] + _GUTTER < b[0] or b[2] + _GUTTER < a[0]) and _level(a, b)


def _touches(a: Box, b: Box) -> bool:
    """Tell whether two boxes share a side, as the tinted columns of a table do."""
    return min(abs(a[2] - b[0]), abs(b[2] - a[0])) <= _GUTTER and _level(a, b)


def _level(a: Box, b: Box) -> bool:
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return shared > _SHARED * min(a[3] - a[1], b[3] - b[1])


def _home(panels: Sequence[Box], x: float, y: float) -> int:
    """Return the number of the smallest panel around a point, -1 where there is none."""
    around = [
        ((x1 - x0) * (bottom - top), number)
        for number, (x0, top, x1, bottom) in enumerate(panels)
        if x0 <= x <= x1 and top <= y <= bottom
    ]
    return min(around)[1] if around else -1


def apart(
    panels: Sequence[Box], pieces: Sequence[Piece]
) -> Iterator[tuple[float, Sequence[Piece]]]:
    """Yield the pieces of a page, those within each panel together, with how far to the right they could reach."""
    if not panels:
        yield 0.0, pieces
        return
    groups: dict[int, list[Piece]] = {}
    for piece in pieces:
        number = _home(panels, (piece.x0 + piece.x1) / 2, piece.middle)
        groups.setdefault(number, []).append(piece)
    for number, group in groups.items():
        x0, _, x1, _ = panels[number]
        yield (x1 - (min(piece.x0 for piece in group) - x0) if number >= 0 else 0.0), group


def in_panels(panels: Sequence[Box], points: Sequence[tuple[float, float]]) -> list[int]:
    """Return the order of blocks (given by points in them): those beside each other panel by panel, from left to right.

    A box around one block alone is none.
    """
    homes = [_home(panels, x, y) for x, y in points]
    own = {number for number in homes if number >= 0 and homes.count(number) > 1}
    out: list[int] = []
    done: set[int] = set()
    for at, number in enumerate(homes):
        row = [n for n in own if n == number or _beside(panels[n], panels[number])]
        if number not in own or len(row) < 2:
            out.append(at)
        elif number not in done:
            for one in sorted(set(row) - done):
                out += [block for block, held in enumerate(homes) if held == one]
            done.update(row)
    return out
