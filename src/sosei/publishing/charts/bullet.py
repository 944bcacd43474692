"""達成の棒. One year's actual as a bar, the target as a mark across it, the baseline as a dashed line."""

from __future__ import annotations

from decimal import Decimal

from sosei.publishing.charts.drawing import (
    LINE,
    SIZE,
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
from sosei.publishing.charts.series import Series

_HEIGHT = 18
_GAP = 64


def bullet(series: Series, *, ident: str) -> str:
    """Return the chart of the first year."""
    head, top = heading(series)
    point = series.points[0]
    scale = scale_of(series.numbers, 8, WIDTH - 12)
    y = top + LINE + 4
    zero = scale(Decimal(0))
    body = [head, text(4, top + SIZE, cut(point.name, WIDTH - 8))]
    body.append(line(zero, y, zero, y + _HEIGHT + 8))
    if point.actual is not None:
        if point.actual.number is None:
            body.append(box(zero, y + 4, _GAP, _HEIGHT, "gap", ident))
        else:
            end = scale(point.actual.number)
            body.append(box(min(zero, end), y + 4, abs(end - zero), _HEIGHT, "actual"))
    if series.baseline is not None and series.baseline.number is not None:
        x = scale(series.baseline.number)
        body.append(line(x, y, x, y + _HEIGHT + 8, "base"))
    if point.target is not None and point.target.number is not None:
        x = scale(point.target.number)
        body.append(line(x, y, x, y + _HEIGHT + 8, "mark"))
    body.append(_ends(scale, y + _HEIGHT + 8))
    said = _said(series, y + _HEIGHT + 8 + 2 * LINE)
    key, end_of = legend(series, y + _HEIGHT + 8 + 2 * LINE + said[1] + 2, ident, bullet=True)
    return picture(series, ident, end_of, "".join(body) + said[0] + key)


def _ends(scale: Scale, y: Decimal | int) -> str:
    """The ends of the scale and zero, in figures."""
    from_zero = [n for n in scale.ticks() if n in (scale.low, scale.high) or n == 0]
    out = []
    for number in dict.fromkeys(from_zero):
        x, words = scale(number), f"{number.normalize():,f}"
        half = width_of(words) / 2
        out.append(line(x, y, x, y + 3))
        out.append(
            text(min(max(x, half + 2), WIDTH - half - 2), y + LINE - 2, words, anchor="middle")
        )
    return "".join(out)


def _said(series: Series, y: Decimal | int) -> tuple[str, int]:
    """Target and actual in figures, one line each, and how much room they take."""
    point, unit = series.points[0], series.unit
    lines = [
        f"{name} {mark.words}{unit if mark.number is not None else ''}"
        for name, mark in zip(series.words, (point.target, point.actual), strict=False)
        if mark is not None
    ]
    shown = "".join(text(4, y + LINE * at, cut(words, WIDTH - 8)) for at, words in enumerate(lines))
    return shown, LINE * len(lines)
