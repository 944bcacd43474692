"""並び. Pieces of text become lines: what stands at one height, from left to right, nothing drawn again."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.letters import Piece


@dataclass(slots=True)
class Row:
    """A line of text: its pieces from left to right, and the box around them."""

    pieces: list[Piece]
    box: Box

    @property
    def high(self) -> float:
        """Height of its type, points."""
        return self.box[3] - self.box[1]


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Return pieces as lines, from top to bottom; small type above a line (ruby) is a line of its own."""
    if len(pieces) < 2:
        return [Row([piece], piece[:4]) for piece in pieces]
    lines: list[list[Piece]] = []
    tallest = pieces[0]
    for piece in sorted(pieces, key=_by_height):
        if (
            lines
            and _same_line(tallest, piece)
            and (tallest is lines[-1][0] or _same_line(lines[-1][0], piece))
        ):
            lines[-1].append(piece)
            if piece[3] - piece[1] > tallest[3] - tallest[1]:
                tallest = piece
        else:
            lines.append([piece])
            tallest = piece
    if len(lines) > 1:
        _beside(lines)
    return [_row(sorted(line)) for line in lines]


def _beside(lines: list[list[Piece]]) -> None:
    """Put what stands beside two lines, halfway between them, before the first of them or behind the second.

    Lines are still in the order of their middles.
    """
    for first, second in itertools.pairwise(lines):
        if len(first) == 1 == len(second):
            continue
        top, bottom = first[0].middle, second[-1].middle
        by, high = bottom - top, first[0].bottom - first[0].top
        level = max(first[-1].middle - top, bottom - second[0].middle) < 0.25 * by
        if level or not 0.6 * high < by < 1.8 * high:
            continue
        odd = [p for p in (*first, *second) if abs(p.middle - (top + bottom) / 2) < 0.25 * by]
        rest = [p for p in (*first, *second) if p not in odd]
        if not odd or len(rest) < 2:
            continue
        if max(p.x1 for p in odd) <= min(p.x0 for p in rest) + 1:
            first[:], second[:] = _moved(first, second, odd)
        elif min(p.x0 for p in odd) >= max(p.x1 for p in rest) - 1:
            second[:], first[:] = _moved(second, first, odd)


def _moved(
    to: list[Piece], other: list[Piece], odd: Sequence[Piece]
) -> tuple[list[Piece], list[Piece]]:
    return [*(p for p in to if p not in odd), *odd], [p for p in other if p not in odd]


def _by_height(piece: Piece) -> tuple[float, float]:
    return piece[1] + piece[3], piece[0]


def _row(line: list[Piece]) -> Row:
    if len(line) > 1:
        line = _once(line)
    if len(line) == 1:
        return Row(line, line[0][:4])
    _, tops, ends, bottoms, _, _ = zip(*line, strict=True)
    return Row(line, (line[0][0], min(tops), max(ends), max(bottoms)))


def _once(line: list[Piece]) -> list[Piece]:
    """Leave out what is drawn again over a piece of its line, cut up otherwise: a beginning, an end, a part of it."""
    out = [line[0]]
    for piece in line[1:]:
        last = out[-1]
        over = last[2] - piece[0]
        if over <= 0.4 * min(last[2] - last[0], piece[2] - piece[0], last[3] - last[1]):
            out.append(piece)
        elif piece[4] in last[4] and over > 0.5 * (piece[2] - piece[0]):
            if len(piece[4]) == 1 and not _is_there(piece, last):
                out.append(piece)
        elif last[4] in piece[4] and over > 0.5 * (last[2] - last[0]):
            out[-1] = piece
        elif shared := _shared(last, piece):
            out.append(_behind(piece, shared, last[2]))
        else:
            out.append(piece)
    return out


def _is_there(piece: Piece, last: Piece) -> bool:
    """Tell whether a character stands where the piece below it has the same one."""
    pitch = (last.x1 - last.x0) / len(last.text)
    return any(
        sign == piece.text and abs(last.x0 + n * pitch - piece.x0) < 0.5 * pitch
        for n, sign in enumerate(last.text)
    )


def _shared(last: Piece, piece: Piece) -> int:
    """Return how many characters at a piece's end are those at the beginning of the one that lies over it."""
    pitch = (piece.x1 - piece.x0) / len(piece.text)
    count = min(len(last.text), len(piece.text))
    while count and not (
        last.text.endswith(piece.text[:count])
        and abs(last.x1 - piece.x0 - count * pitch) < max(pitch, 0.2 * count * pitch)
    ):
        count -= 1
    return count


def _behind(piece: Piece, count: int, x0: float) -> Piece:
    return Piece(x0, piece.top, piece.x1, piece.bottom, piece.text[count:], piece.first + count)


def _same_line(tallest: Piece, piece: Piece) -> bool:
    """Tell whether a piece stands in a line: the middle of the lower type within the higher one's body."""
    a, b = tallest[3] - tallest[1], piece[3] - piece[1]
    apart = abs(tallest[1] + tallest[3] - piece[1] - piece[3])
    return apart < (a + 0.16 * b if a < b else b + 0.16 * a)
