"""図表. Charts drawn in lines: their grids, axes and frames are no table's rules, whatever table stands below them.

A chart shows by its grid, lines of one length equally far apart, and by what is drawn over it: a line that slants or
bends, or bars on one foot that end between the lines. A grid drawn as one path with its frame behind it is one too.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, NamedTuple

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.strokes import Rule, Strokes

_ORDER: Final = attrgetter("order")
#: So many level lines are a grid; so many bars with one foot are a chart's.
_LINES, _BARS = 3, 3
#: Rules and grids that are looked at; a page with more is a drawing.
_MOST, _GRIDS = 5000, 100
#: Points by which the lines of a grid may differ in length, distance or place.
_SAME: Final = 1.5
#: The share of a grid's width over which a line of figures runs.
_RUNS: Final = 0.4
#: How many times as large as its grid a chart with its title and its figures is at the most.
_LARGE: Final = 4.0
#: The share of a grid's width and height by which the figures at its sides reach beyond it.
_ROOM: Final = 0.15
#: Points up to which a mark on an axis is long.
_MARK: Final = 8.0


class _Bar(NamedTuple):
    """A coloured area, the level it stands on, and where it ends."""

    box: Box
    foot: float
    end: float


@dataclass(slots=True)
class _Drawn:
    """What is drawn on a page, seen upright or with its axes turned: level and upright rules, bars and open lines."""

    level: list[Rule]
    upright: list[Rule]
    bars: list[_Bar]
    lines: list[Box]
    boxes: dict[int, Box]


def without_charts(strokes: Strokes) -> list[Box]:
    """Take the lines of charts out of a page's strokes; return what the charts cover, with titles and figures."""
    coloured = [fill.box for fill in strokes.fills if not (fill.white or fill.picture)]
    bars, turned = list(_bars(coloured)), list(_bars([_turned(box) for box in coloured]))
    if not (strokes.sketches or bars or turned or _most(strokes.across) >= _LINES):
        return []
    if len(strokes.across) + len(strokes.down) > _MOST:
        return []
    boxes = dict(_boxes(strokes))
    upright = _Drawn(strokes.across, strokes.down, bars, strokes.sketches, boxes)
    sideways = _Drawn(strokes.down, strokes.across, turned, [], boxes)
    plots = list(_plots(upright)) + [_turned(plot) for plot in _plots(sideways)]
    charts = []
    for plot in plots:
        frames = {order: box for order, box in boxes.items() if _frames(box, plot)}
        charts.append(_around(plot, list(frames.values())))
        strokes.across = [r for r in strokes.across if not (r.order in frames or _is_in(r, plot))]
        sides = _turned(plot)
        strokes.down = [r for r in strokes.down if not (r.order in frames or _is_in(r, sides))]
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


# -- what shows a chart ---------------------------------------------------------------------------------------


def _bars(areas: Sequence[Box]) -> Iterator[_Bar]:
    """Yield the coloured areas that stand on one level (or hang from it) with others as wide, and end at several."""
    for foot, end in ((3, 1), (1, 3)):
        alike: dict[tuple[int, int], list[Box]] = {}
        for box in areas:
            alike.setdefault((round(box[2] - box[0]), round(box[foot])), []).append(box)
        for group in alike.values():
            ends = [box[end] for box in group]
            if len(group) >= _BARS and max(ends) - min(ends) > 2 * _SAME:
                yield from (_Bar(box, box[foot], box[end]) for box in group)


def _most(rules: Sequence[Rule]) -> int:
    """Return how many rules the path that draws most of them draws."""
    return max(Counter(map(_ORDER, rules)).values(), default=0)


def _plots(drawn: _Drawn) -> Iterator[Box]:
    """Yield what the grids of charts cover."""
    runs = _runs(rule for rule in drawn.level if rule.order not in drawn.boxes)
    grids = ((run, plot) for run in runs if (plot := _grid(run)) is not None)
    for run, plot in itertools.islice(grids, _GRIDS):
        if _is_chart(drawn, run, plot):
            yield plot


def _runs(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Yield rules of one length drawn one after the other; a path that draws several is a run of its own."""
    run: list[Rule] = []
    for _, path in itertools.groupby(rules, _ORDER):
        own = list(path)
        if len(own) >= _LINES:
            yield own
        elif run and _is_long(own[0], run[0]):
            run += own
        else:
            yield run
            run = own
    yield run


def _is_long(rule: Rule, first: Rule) -> bool:
    """Tell whether a rule runs from where to where another does."""
    return abs(rule.start - first.start) < _SAME and abs(rule.end - first.end) < _SAME


def _grid(run: Sequence[Rule]) -> Box | None:
    """Return what lines of one length cover, if they are equally far apart."""
    if len(run) < _LINES or not all(_is_long(rule, run[0]) for rule in run):
        return None
    ats: list[float] = []
    for at in sorted(rule.at for rule in run):
        if not ats or at - ats[-1] > _SAME:
            ats.append(at)
    if len(ats) < _LINES:
        return None
    step = (ats[-1] - ats[0]) / (len(ats) - 1)
    if any(abs(at - ats[0] - n * step) > _SAME for n, at in enumerate(ats)) or step < 2 * _SAME:
        return None
    return run[0].start, ats[0], run[0].end, ats[-1]


def _is_chart(drawn: _Drawn, run: Sequence[Rule], plot: Box) -> bool:
    """Tell whether something is drawn over a grid that no table has, and no column parts it.

    Lines that part a grid are its own where they are as even: cells with bars in them are not.
    """
    own = {rule.order for rule in run}
    if any(rule.order in own for rule in drawn.upright):
        return False
    parting = any(_parts(rule, plot) for rule in drawn.upright)
    if parting:
        across = _grid([rule for rule in drawn.upright if _spans(rule, plot)])
        if across is None or not _is_like(_turned(across), plot):
            return False
    wide = _RUNS * (plot[2] - plot[0])
    if any(box[2] - box[0] > wide and _is_within(box, plot) for box in drawn.lines):
        return True
    feet = (plot[1], plot[3]) if parting else [rule.at for rule in run]
    if _has_bars(drawn, feet, run, plot):
        return True
    near = (drawn.boxes.get(order + by) for order in own for by in (-1, 1))
    return (
        not parting
        and len(own) == 1
        and any(
            box is not None and (_is_like(box, plot) or _is_like(_turned(box), plot))
            for box in near
        )
    )


def _has_bars(drawn: _Drawn, feet: Sequence[float], run: Sequence[Rule], plot: Box) -> bool:
    """Tell whether bars stand on a line of a grid and end between its lines."""
    ends = [
        bar for bar in drawn.bars
        if _is_within(bar.box, plot) and any(abs(bar.foot - at) < _SAME for at in feet)
        and all(abs(bar.end - rule.at) > _SAME for rule in run)
    ]  # fmt: skip
    return len(ends) >= _BARS - 1


def _spans(rule: Rule, plot: Box) -> bool:
    """Tell whether an upright rule runs from a grid's first line to its last."""
    inside = plot[0] - _SAME < rule.at < plot[2] + _SAME
    return inside and abs(rule.start - plot[1]) < _SAME and abs(rule.end - plot[3]) < _SAME


def _parts(rule: Rule, plot: Box) -> bool:
    """Tell whether an upright rule parts what a grid covers into columns."""
    left, top, right, bottom = plot
    inside = left + _SAME < rule.at < right - _SAME
    return inside and rule.start < top + _SAME and rule.end > bottom - _SAME


# -- boxes ----------------------------------------------------------------------------------------------------


def _boxes(strokes: Strokes) -> Iterator[tuple[int, Box]]:
    """Yield the paths that are one box, with it."""
    down = {order: list(rules) for order, rules in itertools.groupby(strokes.down, _ORDER)}
    for order, rules in itertools.groupby(strokes.across, _ORDER):
        level, upright = list(rules), down.get(order, [])
        ys, xs = sorted({r.at for r in level}), sorted({r.at for r in upright})
        if len(ys) == len(xs) == 2:
            yield order, (xs[0], ys[0], xs[1], ys[1])


def _frames(box: Box, plot: Box) -> bool:
    """Tell whether a box frames a chart with its title and figures, or its grid alone."""
    return _is_within(plot, box) and _area(box) < _LARGE * _area(plot)


def _around(plot: Box, frames: Sequence[Box]) -> Box:
    """Return what a chart covers: its frame, or its grid with room for the figures at its sides."""
    left, top, right, bottom = plot
    wide, high = _ROOM * (right - left), _ROOM * (bottom - top)
    return max([*frames, (left - wide, top - high, right + wide, bottom + high)], key=_area)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _turned(box: Box) -> Box:
    """Return a box with its axes turned."""
    return box[1], box[0], box[3], box[2]


def _is_within(box: Box, plot: Box) -> bool:
    return (
        box[0] > plot[0] - _SAME
        and box[1] > plot[1] - _SAME
        and box[2] < plot[2] + _SAME
        and box[3] < plot[3] + _SAME
    )


def _is_like(box: Box, plot: Box) -> bool:
    return all(abs(a - b) < _SAME for a, b in zip(box, plot, strict=True))


def _is_in(rule: Rule, plot: Box) -> bool:
    """Tell whether a rule lies in what a grid covers, or is a mark at its edge; for an upright one, both turned."""
    by = _MARK if rule.end - rule.start < _MARK else _SAME
    return (
        plot[1] - by < rule.at < plot[3] + by
        and rule.start > plot[0] - by
        and rule.end < plot[2] + by
    )
