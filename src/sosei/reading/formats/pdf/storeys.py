"""見出しの段. Headings that stand over several others with no rule between them, in tables of horizontal rules alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.strokes import Rule

#: The rules of a table with a head: over it, below it, below the rows.
_RULES: Final = 3
#: Points by which words may reach beyond their column.
_OVER: Final = 1.0
#: Columns that must hold words in the very same lines for each to be a row, and how far apart, in heights of type.
_ALIKE: Final = 4
_APART: Final = 1.5
#: Of one column's words in a head: the lines in which they begin and end, and the boxes of the first and of the others.
Held = list[tuple[int, Box]]


def head_steps(
    full: Sequence[float], lines: Sequence[Sequence[Box]], xs: Sequence[float]
) -> list[Rule]:
    """Return the rules to be thought in a table's head where a heading stands over several, each in a column of its own.

    「令和５年度」 over 「目標」 and 「実績」, with no rule between them. `xs`: the columns' edges, the sides too.
    """
    if len(full) < _RULES:
        return []
    inside = [line for line in lines if full[0] < (line[0][1] + line[0][3]) / 2 < full[1]]
    if len(inside) < 2:
        return []
    groups = [*_crossing(inside, xs)]
    groups = groups or [*_gathered(_columns(inside, xs), len(inside) - 1)]
    if not groups:
        return []
    # One rule's height for all where there is one, so that the headings stand in one row.
    low, high = max(one[2] for one in groups), min(one[3] for one in groups)
    return [
        Rule((low + high if low < high + _OVER else above + below) / 2, xs[first], xs[last], 0)
        for first, last, above, below in groups
    ]


def _crossing(
    inside: Sequence[Sequence[Box]], xs: Sequence[float]
) -> Iterator[tuple[int, int, float, float]]:
    """Yield the headings that lie over an edge, with words below in each of their columns: from, to, and between which heights."""
    for number, line in enumerate(inside):
        for box in line:
            first, last = _reach(box, xs)
            if last - first < 2:
                continue
            lower = [b for low in inside[number + 1 :] for b in low]
            below = [b for b in lower if xs[first] - 1 < b[0] and b[2] < xs[last] + 1]
            reach = [_reach(b, xs) for b in below]
            if all(b - a == 1 for a, b in reach) and {a for a, _ in reach} == {*range(first, last)}:
                yield first, last, box[3], min(b[1] for b in below)


def _reach(box: Box, xs: Sequence[float]) -> tuple[int, int]:
    """Return the columns over which words lie: the first, and the one after the last."""
    return bisect_right(xs, box[0] + _OVER) - 1, bisect_left(xs, box[2] - _OVER)


def _columns(inside: Sequence[Sequence[Box]], xs: Sequence[float]) -> list[Held]:
    """Return the words of each column with their lines; nothing where some lie over an edge."""
    out: list[Held] = [[] for _ in xs[1:]]
    for number, line in enumerate(inside):
        for box in line:
            first, last = _reach(box, xs)
            if last - first != 1 or not 0 <= first < len(out):
                return []
            out[first].append((number, box))
    return out


def _gathered(columns: Sequence[Held], end: int) -> Iterator[tuple[int, int, float, float]]:
    """Yield the headings that stand short over the middle of several columns, as `_crossing` does.

    Some columns have words in the last line alone though others' single words stand higher: those have a heading above
    them, which they share with a column beside them; as many columns below each.
    """
    if not all(columns):
        return
    led = [held[0][0] == 0 and held[-1][0] == end for held in columns]
    lower = [held[0][0] > 0 and held[-1][0] == end for held in columns]
    if not any(lower) or all(a or b for a, b in zip(led, lower, strict=True)):
        return
    inner = groupby(range(len(columns)), key=lambda at: led[at] or lower[at])
    for run in ([*found] for kind, found in inner if kind):
        heads = sum(led[at] for at in run)
        wide = len(run) // heads if heads and len(run) % heads == 0 else 1
        parts = [run[at : at + wide] for at in range(0, len(run), wide)]
        if wide < 2 or any(sum(led[at] for at in part) != 1 for part in parts):
            continue
        for part in parts:
            words = [one for at in part for one in columns[at]]
            above = max(box[3] for line, box in words if line == 0)
            yield part[0], part[-1] + 1, above, min(box[1] for line, box in words if line)


def body_steps(
    ys: Sequence[float], lines: Sequence[Sequence[Box]], xs: Sequence[float]
) -> list[Rule]:
    """Return the rules to be thought within rows whose columns hold several rows of their own: a project's indicators.

    Of such a row most columns have words in the very same lines, farther apart than lines of one text; the others are
    merged cells beside them. `ys`: the edges of the rows, the head's first.
    """
    out: list[Rule] = []
    middles = [(line[0][1] + line[0][3]) / 2 for line in lines]
    for top, bottom in pairwise(ys[1:]):
        inside = lines[bisect_right(middles, top) : bisect_left(middles, bottom)]
        if len(inside) > 1:
            out += _within(inside, xs)
    return out


def _within(inside: Sequence[Sequence[Box]], xs: Sequence[float]) -> Iterator[Rule]:
    """Yield the rules between the rows that stand within one."""
    held: dict[tuple[int, ...], list[int]] = {}
    columns = _columns(inside, xs)
    for at, words in enumerate(columns):
        held.setdefault(tuple(number for number, _ in words), []).append(at)
    rows, alike = max(held.items(), key=lambda one: len(one[1]), default=((), []))
    if len(alike) < _ALIKE or len(rows) < 2 or len(set(rows)) < len(rows):
        return
    boxes = [[box for box in inside[row] if _reach(box, xs)[0] in alike] for row in rows]
    if any(b[0][1] - a[0][1] < _APART * (a[0][3] - a[0][1]) for a, b in pairwise(boxes)):
        return
    firsts = [xs[at] for at in alike if at - 1 not in alike]
    lasts = [xs[at + 1] for at in alike if at + 1 not in alike]
    for above, below in pairwise(boxes):
        y = (max(box[3] for box in above) + min(box[1] for box in below)) / 2
        yield from (Rule(y, first, last, 0) for first, last in zip(firsts, lasts, strict=True))
