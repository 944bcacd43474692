"""図表. Charts drawn in lines: their grids, axes and frames are no table's rules, whatever table stands below them.

A chart shows by its grid: level lines of one length, equally far apart, drawn as one path that holds no upright ones;
and by what is drawn over it: a line that slants, bars of one foot, or a frame right behind it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.strokes import Rule, Strokes

_ORDER: Final = attrgetter("order")
#: So many level lines are a grid; so many bars with one foot are a chart's.
_LINES, _BARS = 3, 3
#: Points by which the lines of a grid may differ in length, distance or place.
_SAME: Final = 1.5
#: How many times as large as its grid a chart with its title and its figures is at the most.
_LARGE: Final = 4.0
#: The share of a grid's width and height by which the figures at its sides reach beyond it.
_ROOM: Final = 0.15


def without_charts(strokes: Strokes) -> list[Box]:
    """Take the lines of charts out of a page's strokes; return what the charts cover, with titles and figures."""
    plots = [
        box
        for order, rules in itertools.groupby(strokes.across, _ORDER)
        if (box := _grid(list(rules))) is not None and _is_chart(strokes, order, box)
    ]
    charts = []
    for plot in plots:
        frames = _frames(strokes, plot)
        charts.append(_around(plot, list(frames.values())))
        strokes.across = [
            r for r in strokes.across if not _lies_in(r, plot) and r.order not in frames
        ]
        left, top, right, bottom = plot
        turned = (top, left, bottom, right)
        strokes.down = [
            r for r in strokes.down if not _lies_in(r, turned) and r.order not in frames
        ]
    return charts


def is_panel(frame: Frame, charts: Sequence[Box]) -> bool:
    """Tell whether a frame only holds charts and their titles."""
    return len(frame.xs) == 2 and any(_is_within(chart, frame.box) for chart in charts)


def outside(pieces: Sequence[Piece], boxes: Sequence[Box]) -> list[Piece]:
    """Return the text that stands in none of some boxes."""
    if not boxes:
        return list(pieces)
    return [
        p for p in pieces
        if not any(x0 < p[0] and p[2] < x1 and top < p.middle < bottom for x0, top, x1, bottom in boxes)
    ]  # fmt: skip


def _grid(rules: list[Rule]) -> Box | None:
    """Return what the lines of one path cover, if they are all of one length and equally far apart."""
    if len(rules) < _LINES:
        return None
    rules.sort()
    first, last = rules[0], rules[-1]
    step = (last.at - first.at) / (len(rules) - 1)
    even = all(
        abs(rule.start - first.start) < _SAME
        and abs(rule.end - first.end) < _SAME
        and abs(rule.at - first.at - number * step) < _SAME
        for number, rule in enumerate(rules)
    )
    return (first.start, first.at, first.end, last.at) if even and step > 2 * _SAME else None


def _is_chart(strokes: Strokes, order: int, plot: Box) -> bool:
    """Tell whether something is drawn over a grid that no table has, and nothing that parts columns."""
    left, top, right, bottom = plot
    for rule in strokes.down:
        if rule.order == order:
            return False
        inside = left + _SAME < rule.at < right - _SAME
        if inside and rule.start < top + _SAME and rule.end > bottom - _SAME:
            return False
    return (
        any(_is_within(box, plot) for box in strokes.sketches)
        or _has_bars(strokes, plot)
        or any(_is_frame(strokes, order + by, plot) for by in (-1, 1))
    )


def _has_bars(strokes: Strokes, plot: Box) -> bool:
    """Tell whether coloured areas of several heights stand on a grid's lowest line, drawn as one path."""
    fills = (f for f in strokes.fills if not f.white and _is_within(f.box, plot))
    for _, one in itertools.groupby(fills, _ORDER):
        bars = [fill.box for fill in one if abs(fill.box[3] - plot[3]) < _SAME]
        tops = [box[1] for box in bars]
        if len(bars) >= _BARS and max(tops) - min(tops) > _SAME:
            return True
    return False


def _is_within(box: Box, plot: Box) -> bool:
    return (
        box[0] > plot[0] - _SAME
        and box[1] > plot[1] - _SAME
        and box[2] < plot[2] + _SAME
        and box[3] < plot[3] + _SAME
    )


def _is_frame(strokes: Strokes, order: int, plot: Box) -> bool:
    """Tell whether a path is the box that a grid fills."""
    return any(
        all(abs(a - b) < _SAME for a, b in zip(box, plot, strict=True))
        for one, box in _boxes(strokes)
        if one == order
    )


def _around(plot: Box, frames: Sequence[Box]) -> Box:
    """Return what a chart covers: its frame, or its grid with room for the figures at its left and below."""
    left, top, right, bottom = plot
    wide, high = _ROOM * (right - left), _ROOM * (bottom - top)
    return _largest([*frames, (left - wide, top - high, right + wide, bottom + high)])


def _largest(boxes: Sequence[Box]) -> Box:
    return max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))


def _frames(strokes: Strokes, plot: Box) -> dict[int, Box]:
    """Return the paths, by their order, that frame a chart with its title and figures, or its grid alone."""
    area = (plot[2] - plot[0]) * (plot[3] - plot[1])
    return {
        order: box for order, box in _boxes(strokes)
        if _is_within(plot, box) and (box[2] - box[0]) * (box[3] - box[1]) < _LARGE * area
    }  # fmt: skip


def _boxes(strokes: Strokes) -> Iterator[tuple[int, Box]]:
    """Yield the paths that are one box, with it."""
    down = {order: list(rules) for order, rules in itertools.groupby(strokes.down, _ORDER)}
    for order, rules in itertools.groupby(strokes.across, _ORDER):
        level, upright = list(rules), down.get(order, [])
        if len(level) == len(upright) == 2:
            (a, b), (c, d) = sorted(level), sorted(upright)
            yield order, (c.at, a.at, d.at, b.at)


def _lies_in(rule: Rule, box: Sequence[float]) -> bool:
    """Tell whether a rule lies in a box; for an upright one, with the box's axes turned."""
    along, across = (box[0], box[2]), (box[1], box[3])
    return (
        across[0] - _SAME < rule.at < across[1] + _SAME
        and rule.start > along[0] - _SAME
        and rule.end < along[1] + _SAME
    )
