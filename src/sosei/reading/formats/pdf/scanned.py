"""画像の頁. A page that is a picture as if it were printed: pieces of text and rules, in points, with their confidence.

What comes out is what `letters` and `strokes` make of a printed page, so that the same code finds its tables.
"""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sosei.reading.formats.pdf.engine import Box, Leaf, View
from sosei.reading.formats.pdf.letters import Letters, Piece
from sosei.reading.formats.pdf.raster import (
    Bar,
    Picture,
    left_over,
    picture_of,
    without_rules,
)
from sosei.reading.formats.pdf.sight import Seen, Sign, again, alone, lines
from sosei.reading.formats.pdf.strokes import Rule, Strokes

#: Of a line's height: a wider gap between two signs parts two pieces.
_APART: Final = 0.9
#: The share of a rule that lies within a line of signs, from which it is one of their strokes.
_WITHIN: Final = 0.8
#: Heights of a line up to which an upright rule in it may be a stroke, and from which rules at one place are a wall; pixels.
_SHORT, _TALL, _SAME = 1.4, 2.5, 2.5
#: Of a line's height from its edges: a rule there is drawn below or above the signs, not within them.
_EDGE: Final = 0.12


class Glimpse(NamedTuple):
    """目撃. Where something was read from a picture, and how sure the recogniser is."""

    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class TiltedView(View):
    """傾いた見え方. Points as seen are those of the page set straight; places are of the page as it lies."""

    tilt: float = 0.0
    glimpses: tuple[Glimpse, ...] = ()

    def place(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """Return a box as seen as places state it: the box around its corners, turned back."""
        wide, high = self.size
        angle = math.radians(self.tilt)
        cos, sin = math.cos(angle), math.sin(angle)
        corners = [(x - wide / 2, y - high / 2) for x in (x0, x1) for y in (top, bottom)]
        xs = [wide / 2 + x * cos - y * sin for x, y in corners]
        ys = [high / 2 + x * sin + y * cos for x, y in corners]
        return View.place(self, min(xs), min(ys), max(xs), max(ys))

    def confidence(self, box: Box) -> float | None:
        """Return how sure the recogniser is of the least sure line that begins within a box; None of a box without any."""
        x0, top, x1, bottom = box
        first = bisect_right(self.glimpses, top, key=lambda one: one.box[3])
        inside = []
        for glimpse in self.glimpses[first:]:
            if (glimpse.box[1] + glimpse.box[3]) / 2 > bottom + (glimpse.box[3] - glimpse.box[1]):
                break
            across = min(x1, glimpse.box[2]) - max(x0, glimpse.box[0])
            if across > 0 and top <= (glimpse.box[1] + glimpse.box[3]) / 2 <= bottom:
                inside.append(glimpse.score)
        return round(min(inside), 3) if inside else None


@dataclass(slots=True)
class SeenLetters(Letters):
    """The signs that were recognised on a page. `edges`: of each character of the text where it begins and ends."""

    edges: list[tuple[float, float]] = dataclasses.field(default_factory=list)

    def apart(self, piece: Piece) -> list[Piece]:
        """Return a piece character by character."""
        edges = self.edges[piece.first : piece.first + len(piece.text)]
        return [
            Piece(x0, piece.top, x1, piece.bottom, sign, piece.first + n)
            for n, (sign, (x0, x1)) in enumerate(zip(piece.text, edges, strict=True))
        ]

    def drawn(self, at: int) -> int:
        """Return 0: a picture has no objects of text."""
        return 0

    def made(self, at: int) -> bool:
        """Tell that a space stands for a gap: a picture has no others."""
        return True


def scanned(leaf: Leaf) -> tuple[Leaf, Letters, Strokes] | None:
    """Look at an open page; return it with its letters and rules, or None where nothing could be recognised."""
    picture = picture_of(leaf)
    seen = _seen(picture) if picture is not None else []
    if picture is None or not seen:
        return None
    strokes = _strokes(picture, seen)
    view = TiltedView(leaf.view.turn, leaf.view.box, leaf.view.height, picture.tilt)
    leaf = dataclasses.replace(leaf, view=view)
    letters = SeenLetters(leaf, "", printed=False)
    glimpses: list[Glimpse] = []
    for line in seen:
        for signs in _pieces(line):
            piece = _add(letters, signs, line, picture.fine)
            glimpses.append(Glimpse(piece[:4], line.score))
        letters.text += "\n"
        letters.edges.append((0.0, 0.0))
    ordered = tuple(sorted(glimpses, key=lambda one: one.box[3]))
    letters.leaf = dataclasses.replace(leaf, view=dataclasses.replace(view, glimpses=ordered))
    return letters.leaf, letters, strokes


def _seen(picture: Picture) -> list[Seen]:
    """Return the lines of a picture; those that run over rules between them."""
    grey = without_rules(picture)
    out: list[Seen] = []
    first = lines(grey)
    down = _walls_only(picture.down, first)
    for line in first:
        walls = _walls(line, down)
        out += again(grey, line, walls) if walls else [line]
    boxes = [(one.signs[0].x0, one.top, one.signs[-1].x1, one.bottom) for one in out]
    marks = (alone(grey, spot) for spot in left_over(picture, grey, boxes))
    return sorted([*out, *filter(None, marks)], key=lambda line: line.top)


def _walls(line: Seen, down: Sequence[Bar]) -> list[float]:
    """Return where rules pass through a line, between its ends."""
    middle = (line.top + line.bottom) / 2
    first, last = line.signs[0], line.signs[-1]
    near = 0.3 * (line.bottom - line.top)
    return sorted(
        {
            bar.at
            for bar in down
            if bar.start < middle < bar.end and first.x0 + near < bar.at < last.x1 - near
        }
    )


def _add(letters: SeenLetters, signs: Sequence[Sign], line: Seen, fine: float) -> Piece:
    """Add signs as a piece, a space before it where one stands before it in its line."""
    if letters.text and letters.text[-1] != "\n":
        letters.text += " "
        letters.edges.append((signs[0].x0 / fine, signs[0].x0 / fine))
    text = "".join(sign.text for sign in signs)
    piece = Piece(
        signs[0].x0 / fine, line.top / fine, signs[-1].x1 / fine, line.bottom / fine,
        text, len(letters.text),
    )  # fmt: skip
    letters.text += text
    letters.edges += [(sign.x0 / fine, sign.x1 / fine) for sign in signs]
    letters.pieces.append(piece)
    return piece


def _pieces(line: Seen) -> Iterator[list[Sign]]:
    """Yield the signs of a line in stretches: parted by blanks and wide gaps."""
    run: list[Sign] = []
    apart = _APART * (line.bottom - line.top)
    for sign in line.signs:
        if run and (sign.text.isspace() or sign.x0 - run[-1].x1 > apart):
            yield run
            run = []
        if not sign.text.isspace():
            run.append(sign)
    if run:
        yield run


def _walls_only(down: Sequence[Bar], seen: Sequence[Seen]) -> list[Bar]:
    """Return the upright rules without strokes of signs that fill their row: as short as a line, with none above or below."""

    def is_stroke(bar: Bar) -> bool:
        line = next((one for one in seen if _stands_in(bar, one)), None)
        if line is None:
            return False
        same = sum(one.end - one.start for one in down if abs(one.at - bar.at) <= _SAME)
        return same < _TALL * (line.bottom - line.top)

    return [bar for bar in down if not is_stroke(bar)]


def _stands_in(bar: Bar, line: Seen) -> bool:
    """Tell whether an upright rule lies within a line of signs and is hardly longer than it is high."""
    high, middle = line.bottom - line.top, (bar.start + bar.end) / 2
    within = line.signs[0].x0 < bar.at < line.signs[-1].x1 and line.top < middle < line.bottom
    return within and bar.end - bar.start < _SHORT * high


def _strokes(picture: Picture, seen: Sequence[Seen]) -> Strokes:
    """Return the rules of a picture in points, but for those that are strokes of signs."""
    fine = picture.fine
    across = [bar for bar in picture.across if not any(_strikes(bar, line) for line in seen)]
    strokes = Strokes()
    strokes.across = [
        Rule(b.at / fine, b.start / fine, b.end / fine, n) for n, b in enumerate(across)
    ]
    strokes.down = [
        Rule(b.at / fine, b.start / fine, b.end / fine, len(across) + n)
        for n, b in enumerate(_walls_only(picture.down, seen))
    ]
    return strokes


def _strikes(bar: Bar, line: Seen) -> bool:
    """Tell whether a level rule lies within a line of signs."""
    high = line.bottom - line.top
    if not line.top + _EDGE * high < bar.at < line.bottom - _EDGE * high:
        return False
    shared = min(bar.end, line.signs[-1].x1) - max(bar.start, line.signs[0].x0)
    return shared > _WITHIN * (bar.end - bar.start)
