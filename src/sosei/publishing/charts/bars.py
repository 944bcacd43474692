"""棒. Target against actual for each year, as bars from zero, with the baseline across them."""

from __future__ import annotations

from decimal import Decimal

from sosei.publishing.charts.drawing import (
    LINE,
    WIDTH,
    box,
    cut,
    heading,
    legend,
    line,
    picture,
    text,
    width_of,
)
from sosei.publishing.charts.scale import Scale, scale_of
from sosei.publishing.charts.series import Mark, Point, Series

_BAR = 12
_ROW = 2 * _BAR + 16
_LEFT = 72
_GAP = 44
_MOST = 150


def bars(series: Series, *, ident: str) -> str:
    """Return the chart: a pair of bars for each year, oldest on top."""
    head, top = heading(series)
    words = [cut(m.words, _MOST) for p in series.points for m in p.marks]
    right = max((width_of(w) for w in words), default=Decimal(0)) + 8
    scale = scale_of(series.numbers, _LEFT, WIDTH - right)
    body = [head]
    bottom = top + _ROW * len(series.points)
    body += [line(scale(Decimal(0)), top, scale(Decimal(0)), bottom)]
    for at, point in enumerate(series.points):
        body.append(_pair(point, scale, top + _ROW * at, ident))
    if series.baseline is not None and series.baseline.number is not None:
        x = scale(series.baseline.number)
        body.append(line(x, top, x, bottom, "base"))
    key, end = legend(series, bottom + LINE, ident)
    return picture(series, ident, end, "".join(body) + key)


def _pair(point: Point, scale: Scale, y: int, ident: str) -> str:
    """The bars of a year: target above, actual below."""
    shown = [text(4, y + 24, cut(point.name, _LEFT - 8))]
    for at, (mark, look) in enumerate(((point.target, "target"), (point.actual, "actual"))):
        if mark is not None:
            shown.append(_bar(mark, look, scale, y + 6 + at * (_BAR + 3), ident))
    return "".join(shown)


def _bar(mark: Mark, look: str, scale: Scale, y: int, ident: str) -> str:
    zero = scale(Decimal(0))
    if mark.number is None:
        return _gap(mark, zero, y, ident)
    end = scale(mark.number)
    bar = box(min(zero, end), y, abs(end - zero), _BAR, look)
    return bar + text(max(zero, end) + 5, y + 11, cut(mark.words, _MOST))


def _gap(mark: Mark, zero: Decimal, y: int, ident: str) -> str:
    """A hatched stub with its word, on the side of zero that has room."""
    if zero + _GAP + 5 + width_of(cut(mark.words, _MOST)) <= WIDTH or zero < WIDTH // 2:
        words = cut(mark.words, WIDTH - zero - _GAP - 6)
        return box(zero, y, _GAP, _BAR, "gap", ident) + text(zero + _GAP + 5, y + 11, words)
    stub = box(zero - _GAP, y, _GAP, _BAR, "gap", ident)
    words = cut(mark.words, zero - _GAP - _LEFT - 10)
    return stub + text(zero - _GAP - 5, y + 11, words, anchor="end")
