"""重ね. Bands of horizontal rules, and where several tables lie over one width: a title between them, or a table of no rules."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.gaps import gaps_in
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.lines import Row, rows_of
from sosei.reading.formats.pdf.strokes import Rule

#: A gap between words, in heights of type, beyond which they are two columns' words.
_GAP: Final = 0.5
_EVEN: Final = 5.0
#: A band of fewer rules is one table: two of a heading and a row each, and a title between them.
_TITLED: Final = 5
#: Points from the left side within which a title begins, and by which columns differ that are others.
_LEFT: Final = 30.0
_OTHER: Final = 12.0
#: A gap behind a title's number, in heights of type.
_NUMBERED: Final = 1.7
_TITLE: Final = re.compile(
    r"[【■□●○◆◇▼▽★☆◎〔［<＜《(（]|第?[0-9０-９]{1,3}[-－.．、)）　 ]|[0-9０-９]{1,2}(?=\D)|[①-⑳Ⅰ-Ⅻ]|[^。]{1,40}$"
)
_DIGIT: Final = re.compile(r"[△▲-]?[0-9,.]+[%％]?")
#: A zone so many times as high as others, with so many lines of so many stretches, holds a table of its own.
_TALL: Final = 2.2
_LINES, _WORDS = 3, 3


@dataclass(slots=True)
class Band:
    """A table between horizontal rules. `levels`: at which heights rules run, and from where to where."""

    x0: float
    x1: float
    levels: list[tuple[float, list[Rule]]] = field(default_factory=list)

    @property
    def full(self) -> list[float]:
        """The heights of the rules that run over the whole width."""
        return [
            y for y, rules in self.levels
            if sum(r.end - r.start for r in rules) > 0.8 * (self.x1 - self.x0)
        ]  # fmt: skip


def stretches(row: Row) -> list[Box]:
    """Return the stretches of a line between which a column's gap may lie."""
    out: list[Box] = []
    before = ""
    for piece in row.pieces:
        box: Box = piece[:4]
        # Single characters far apart are one word, set evenly over a width.
        even = len(piece.text) == len(before) == 1 and min(piece.text, before) > "\u2e80"
        far = _EVEN if even else _GAP
        before = piece.text
        if out and box[0] - out[-1][2] < far * (box[3] - box[1]):
            last = out[-1]
            out[-1] = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
        else:
            out.append(box)
    return out


def titled(band: Band, pieces: Sequence[Piece]) -> Iterator[Band]:
    """Yield the tables that stand below each other over one width with a title between: 【ＫＰＩの状況】, （単位：千円）.

    A title is a line that begins at the left, alone between two rules, with a row of headings below it; a row that groups
    others has figures below it. And the columns above and below are not the same.
    """
    full = band.full
    if len(full) < _TITLED:
        yield band
        return
    own = [p for p in pieces if full[0] < p.middle < full[-1] and band.x0 - 3 < p.x0 < band.x1]
    zones: list[list[list[Box]]] = [[] for _ in full]
    heads = [False] * len(full)
    words = [""] * len(full)
    for row in rows_of(own):
        at = bisect_right(full, (row.box[1] + row.box[3]) / 2) - 1
        if not zones[at]:
            words[at] = "".join(piece.text for piece in row.pieces)
            heads[at] = not any(_DIGIT.fullmatch(piece.text) for piece in row.pieces)
        zones[at].append(stretches(row))
    cuts = [
        n for n in range(2, len(full) - 2)
        if zones[n] and _is_one(zones[n][0]) and zones[n][0][0][0] < band.x0 + _LEFT
        and _TITLE.match(words[n]) and zones[n + 1] and heads[n + 1] and len(zones[n + 1][0]) > 1
    ]  # fmt: skip
    first = 0
    for cut in [*cuts, len(full) - 1]:
        last = cut == len(full) - 1
        if not last and not _other_columns(zones, first, cut, cuts, len(full) - 1):
            continue
        low, high = full[first], full[cut]
        yield Band(
            band.x0,
            band.x1,
            [
                level
                for level in band.levels
                if low <= level[0] <= high or (last and level[0] > low)
            ],
        )
        first = cut + 1


def _is_one(line: Sequence[Box]) -> bool:
    """Tell whether a line is one stretch of words, a number before it aside: 「1　事業の名」."""
    return all(b[0] - a[2] < _NUMBERED * (b[3] - b[1]) for a, b in itertools.pairwise(line))


def _other_columns(
    zones: Sequence[Sequence[Sequence[Box]]], first: int, cut: int, cuts: Sequence[int], end: int
) -> bool:
    """Tell whether what stands above a title and below it, up to the next, stands in other columns."""
    after = next((n for n in cuts if n > cut), end)
    above = [line for zone in zones[first:cut] for line in zone]
    below = [line for zone in zones[cut + 1 : after] for line in zone]
    if not above or not below:
        return False
    a, b = gaps_in(above), gaps_in(below)
    return len(a) != len(b) or any(abs(x - y) > _OTHER for x, y in zip(a, b, strict=True))


def around(band: Band, taken: Sequence[Box]) -> Iterator[Band]:
    """Yield what of a band lies above and below the tables that stand between two of its rules. `taken`: their boxes."""
    full = band.full
    inner = [box for box in taken if band.x0 - 3 < box[0] and box[2] < band.x1 + 3]
    first = 0
    for n, (top, bottom) in enumerate(itertools.pairwise(full) if inner else ()):
        if any(top - 1 < box[1] and box[3] < bottom + 1 for box in inner):
            yield _between(band, full[first], top)
            first = n + 1
    if first < len(full):
        yield _between(band, full[first], band.levels[-1][0])


def torn(band: Band, pieces: Sequence[Piece]) -> Iterator[Band]:
    """Yield what lies above and below zones that hold tables of their own, which no rule draws; nothing where there is none."""
    full = band.full
    if len(full) < _TITLED:
        return
    usual = median(b - a for a, b in itertools.pairwise(full))
    first = 0
    for n, (top, bottom) in enumerate(itertools.pairwise(full)):
        if bottom - top < _TALL * usual:
            continue
        own = [p for p in pieces if top < p.middle < bottom and band.x0 - 3 < p.x0 < band.x1]
        if sum(len(stretches(row)) >= _WORDS for row in rows_of(own)) < _LINES:
            continue
        yield _between(band, full[first], top)
        first = n + 1
    if first:
        yield _between(band, full[first], full[-1])


def _between(band: Band, low: float, high: float) -> Band:
    return Band(band.x0, band.x1, [level for level in band.levels if low <= level[0] <= high])
