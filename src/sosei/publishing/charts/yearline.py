"""年度の線. Target and actual over the years: dashes with squares, a solid line with dots, gaps hatched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal

from sosei.publishing.charts.drawing import (
    LINE,
    SIZE,
    WIDTH,
    Number,
    box,
    cut,
    heading,
    legend,
    line,
    picture,
    plain,
    tag,
    text,
    width_of,
)
from sosei.publishing.charts.scale import Scale, scale_of
from sosei.publishing.charts.series import Mark, Series

_HEIGHT = 130
#: So many years have room for the figures themselves; with more, the table tells them.
_ROOMY = 6


def year_line(series: Series, *, ident: str) -> str:
    """Return the chart: years from left to right."""
    head, top = heading(series)
    top += SIZE
    bottom = top + _HEIGHT
    scale = scale_of(series.numbers, bottom, top)
    ticks = [(number, f"{number.normalize():,f}") for number in scale.ticks()]
    left = max(width_of(words) for _, words in ticks) + 10
    step = (WIDTH - left - 14) / Decimal(max(len(series.points), 1))
    xs = [left + step * at + step / 2 for at in range(len(series.points))]
    body = [head, *_grid(ticks, scale, left)]
    body += _years(series, xs, step, bottom)
    body += _gaps(series, xs, step, scale, (top, bottom), ident)
    if series.baseline is not None and series.baseline.number is not None:
        y = scale(series.baseline.number)
        body.append(line(left, y, WIDTH - 4, y, "base"))
    for look, marks in (
        ("target", [p.target for p in series.points]),
        ("actual", [p.actual for p in series.points]),
    ):
        body.append(_path(marks, xs, scale, look))
    if len(series.points) <= _ROOMY:
        body += _figures(series, xs, scale, step)
    key, end = legend(series, bottom + 2 * LINE + 4, ident)
    return picture(series, ident, end, "".join(body) + key)


def _grid(ticks: list[tuple[Decimal, str]], scale: Scale, left: Decimal) -> Iterator[str]:
    for number, words in ticks:
        y = scale(number)
        yield line(left, y, WIDTH - 4, y, "axis" if number == 0 else "rule")
        yield text(left - 5, y + 4, words, anchor="end")


def _years(series: Series, xs: list[Decimal], step: Decimal, bottom: Number) -> Iterator[str]:
    """The years below the axis, every so many that they do not touch."""
    widest = max(width_of(point.short) for point in series.points) + 10
    needed = int((widest / step).to_integral_value(ROUND_CEILING))
    every = max(1, needed) if widest <= WIDTH // 3 else 1
    for at, (x, point) in enumerate(zip(xs, series.points, strict=True)):
        if at % every == 0:
            yield text(x, bottom + LINE, cut(point.short, step * every), anchor="middle")


def _gaps(
    series: Series, xs: list[Decimal], step: Decimal, scale: Scale, span: tuple[int, int], ident: str
) -> Iterator[str]:  # fmt: skip
    """A hatched column where a year has no actual, with the word."""
    wide = min(step * Decimal("0.8"), Decimal(40))
    for x, point in zip(xs, series.points, strict=True):
        if point.actual is not None and point.actual.number is None:
            yield box(x - wide / 2, span[0], wide, span[1] - span[0], "gap", ident)
            words = cut(point.actual.words, SIZE * 6) if wide > SIZE + 4 else ""
            for at, ch in enumerate(words):
                yield text(
                    x, span[1] - 6 - LINE * (len(words) - at - 1), ch, anchor="middle", halo=True
                )


def _path(marks: Iterable[Mark | None], xs: list[Decimal], scale: Scale, look: str) -> str:
    """The line through the numbers, broken where there is none, and a dot or square at each."""
    parts, dots, pen = [], [], False
    for x, mark in zip(xs, marks, strict=True):
        if mark is None or mark.number is None:
            pen = False
            continue
        y = scale(mark.number)
        parts.append(f"{'L' if pen else 'M'}{plain(x)} {plain(y)}")
        dots.append(_dot(x, y, look))
        pen = True
    if not parts:
        return ""
    dashes = [("stroke-dasharray", "5 4")] if look == "target" else []
    stroke = "#767676" if look == "target" else "#0031d8"
    drawn = tag(
        "path",
        [("d", "".join(parts)), ("class", f"chart-line-{look}"), ("fill", "none"), ("stroke", stroke), ("stroke-width", "2"), *dashes],
    )  # fmt: skip
    return drawn + "".join(dots)


def _dot(x: Decimal, y: Decimal, look: str) -> str:
    if look == "actual":
        return tag(
            "circle",
            [("cx", x), ("cy", y), ("r", "4"), ("class", "chart-actual"), ("fill", "#0031d8")],
        )
    return tag(
        "rect",
        [("x", x - 4), ("y", y - 4), ("width", 8), ("height", 8), ("class", "chart-open"), ("fill", "#ffffff"),
         ("stroke", "#767676"), ("stroke-width", "1.5")],
    )  # fmt: skip


def _figures(series: Series, xs: list[Decimal], scale: Scale, step: Decimal) -> Iterator[str]:
    """The actual's figure over its dot, where all of them have room."""
    marks = [point.actual for point in series.points]
    widest = max(
        (width_of(m.words) for m in marks if m and m.number is not None), default=Decimal(0)
    )
    if widest > step:
        return
    for x, point in zip(xs, series.points, strict=True):
        mark, target = point.actual, point.target
        if mark is None or mark.number is None:
            continue
        below = target is not None and target.number is not None and target.number > mark.number
        y = scale(mark.number)
        y += SIZE + 7 if below and y + SIZE + 10 <= scale.start else -8
        yield text(x, y, mark.words, anchor="middle", halo=True)
