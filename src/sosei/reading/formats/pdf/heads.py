"""見出しの帯. What heads a table and is drawn apart from it: a strip with the same columns, words right above each column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from sosei.core.text import fold
from sosei.reading.formats.pdf.lattice import Frame, Spot
from sosei.reading.formats.pdf.letters import Piece

#: So many columns show by their places alone that two things belong to each other.
_COLUMNS: Final = 3
#: Points by which the columns of a strip may differ from the table's, and by which words may reach beyond theirs.
_SAME: Final = 2.0
#: Points between a strip and its table, and heights of type between words and the table's first rule.
_STRIP, _ABOVE = 12.0, 0.8
#: So many tables may begin between a strip and its own.
_NEAR: Final = 8
#: Pairs of tables and words that are looked at; a page with more is a drawing.
_MOST: Final = 200_000
_DIGITS: Final = frozenset("0123456789△▲-")
Held = dict[int, list[Piece]]


def headed(
    frames: Sequence[Frame], held: Sequence[Held], loose: list[Piece]
) -> tuple[list[tuple[Frame, Held]], list[Piece]]:
    """Return tables with their heads, and the text that is still outside them. `held`: the text of each one's cells."""
    if len(frames) * len(loose) > _MOST:
        return list(zip(frames, held, strict=True)), loose
    out: list[tuple[Frame, Held]] = []
    for frame, found in zip(frames, held, strict=True):
        near = range(len(out) - 1, max(-1, len(out) - _NEAR), -1)
        at = next((n for n in near if _is_strip(out[n][0], frame, loose)), None)
        if at is None:
            out.append((frame, found))
        else:
            out[at] = _stacked(out[at], (frame, found))
    gone: set[Piece] = set()
    for at, (frame, found) in enumerate(out if loose else ()):
        if len(frame.xs) > _COLUMNS and (heads := _heads(frame, loose)):
            words = [piece for found in heads.values() for piece in found]
            row = [Spot(0, n, 1, n + 1) for n in range(len(frame.xs) - 1)]
            strip = Frame(frame.xs, [min(p.top for p in words) - 0.5, frame.ys[0]], row)
            out[at] = _stacked((strip, heads), (frame, found))
            gone.update(words)
    return out, [piece for piece in loose if piece not in gone] if gone else loose


def _is_strip(upper: Frame, lower: Frame, loose: Sequence[Piece]) -> bool:
    """Tell whether a frame of one row is the head of the one below it: the same columns, and nothing between them."""
    a, b = upper.ys[-1], lower.ys[0]
    if len(upper.ys) > 2 or len(upper.xs) <= _COLUMNS or not -1 < b - a < _STRIP:
        return False
    if len(upper.xs) != len(lower.xs) or len(upper.spots) != len(upper.xs) - 1:
        return False
    if any(abs(x - y) > _SAME for x, y in zip(upper.xs, lower.xs, strict=True)):
        return False
    return not any(a < p.middle < b and upper.xs[0] < p.x1 and p.x0 < upper.xs[-1] for p in loose)


def _stacked(upper: tuple[Frame, Held], lower: tuple[Frame, Held]) -> tuple[Frame, Held]:
    """Return one frame above another as one, with the text of both."""
    (a, first), (b, second) = upper, lower
    rows, count = len(a.ys) - 1, len(a.spots)
    moved = [s._replace(top=s.top + rows, bottom=s.bottom + rows) for s in b.spots]
    frame = Frame(b.xs, [*a.ys[:-1], *b.ys], [*a.spots, *moved], [*a.sides, *b.sides], b.thought)
    return frame, {**first, **{number + count: found for number, found in second.items()}}


def _heads(frame: Frame, loose: Sequence[Piece]) -> Held | None:
    """Return the words right above a table by their column: a line that fills all of them and holds no figure."""
    x0, top, x1, _ = frame.box
    heads: Held = {}
    for piece in loose:
        high = piece.bottom - piece.top
        if -_SAME < top - piece.bottom < _ABOVE * high and piece.x0 < x1 and piece.x1 > x0:
            column = _column(frame.xs, piece)
            if column < 0 or (column not in heads and fold(piece.text)[:1] in _DIGITS):
                return None
            heads.setdefault(column, []).append(piece)
    if len(heads) < len(frame.xs) - 1:
        return None
    level = [piece.middle for found in heads.values() for piece in found]
    return heads if max(level) - min(level) <= _SAME else None


def _column(xs: Sequence[float], piece: Piece) -> int:
    """Return the column that holds a piece; -1 where none does."""
    at = bisect_right(xs, piece.x0 + _SAME) - 1
    return at if 0 <= at < len(xs) - 1 and piece.x1 < xs[at + 1] + _SAME else -1
