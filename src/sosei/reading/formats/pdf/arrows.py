"""矢印. Lines drawn over the cells of a schedule: they are no rules, and part no row in two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame, Spot, compact
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.strokes import Rule, Strokes

#: Points by which an arrow's line may end beyond its head.
_SAME: Final = 1.5
#: Pairs of heads and rules that are looked at; a page with more is a drawing.
_MOST: Final = 300_000
#: How many times as high as others a row may be that a line parts.
_HIGHER: Final = 1.6


def without_arrows(strokes: Strokes) -> None:
    """Take out of a page's strokes the lines that run into an arrow's head: a rule ends at others."""
    rules = len(strokes.across) + len(strokes.down)
    if not strokes.heads or len(strokes.heads) * rules > _MOST:
        return
    by = _SAME
    heads = [(x0 - by, top - by, x1 + by, bottom + by) for x0, top, x1, bottom in strokes.heads]
    strokes.across = [r for r in strokes.across if not _is_arrow(r, heads)]
    sides = [(top, x0, bottom, x1) for x0, top, x1, bottom in heads]
    strokes.down = [r for r in strokes.down if not _is_arrow(r, sides)]


def _is_arrow(rule: Rule, heads: Sequence[Box]) -> bool:
    """Tell whether a level rule ends in the middle of a head; for an upright one, the heads' axes are turned."""
    at, start, end, _ = rule
    return any(
        abs(at - (top + bottom) / 2) < 0.2 * (bottom - top)
        and ((x0 < start < x1 < end) or (start < x0 < end < x1))
        for x0, top, x1, bottom in heads
    )


def without_steps(
    frame: Frame, pieces: dict[int, list[Piece]]
) -> tuple[Frame, dict[int, list[Piece]]]:
    """Return a frame without the lines that part a row where it is empty, beside a cell that is empty and whole.

    Such a line is an arrow's, from month to month; the parts are no higher together than other rows.
    """
    blocks = {
        (s.top, s.bottom) for n, s in enumerate(frame.spots) if s.bottom - s.top > 1 and n not in pieces
    }  # fmt: skip
    merged = {block: found for block in blocks if (found := _parts(frame, pieces, block))}
    if not merged:
        return frame, pieces
    gone = {n for parts in merged.values() for numbers in parts.values() for n in numbers}
    kept = [n for n in range(len(frame.spots)) if n not in gone]
    spots, sides = [frame.spots[n] for n in kept], [frame.sides[n] for n in kept]
    for (top, bottom), parts in merged.items():
        for left, right in parts:
            spots.append(Spot(top, left, bottom, right))
            sides.append(15)
    part = compact(frame.xs, frame.ys, spots, sides)
    part.thought = frame.thought
    return part, {new: pieces[old] for new, old in enumerate(kept) if old in pieces}


def _parts(
    frame: Frame, pieces: dict[int, list[Piece]], block: tuple[int, int]
) -> dict[tuple[int, int], list[int]]:
    """Return the cells that part a block of rows, by their columns; none where one of them holds text."""
    top, bottom = block
    parts: dict[tuple[int, int], list[int]] = {}
    for number, spot in enumerate(frame.spots):
        if spot.top >= bottom or spot.bottom <= top or (spot.top <= top and spot.bottom >= bottom):
            continue
        if number in pieces or spot.top < top or spot.bottom > bottom:
            return {}
        parts.setdefault((spot.left, spot.right), []).append(number)
    whole = all(
        sum(frame.spots[n].bottom - frame.spots[n].top for n in numbers) == bottom - top
        for numbers in parts.values()
    )
    return parts if whole and _is_row(frame, pieces, block) else {}


def _is_row(frame: Frame, pieces: dict[int, list[Piece]], block: tuple[int, int]) -> bool:
    """Tell whether a block of rows is as high as one row of the table is."""
    ys = frame.ys
    least = min(ys[frame.spots[n].bottom] - ys[frame.spots[n].top] for n in pieces)
    return ys[block[1]] - ys[block[0]] < _HIGHER * least
