"""すき間. Where text leaves a white strip through the lines of a table: the edges of columns that no rule draws."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sosei.reading.formats.pdf.engine import Box

#: The share of lines that may lie over a gap between columns (headers over several of them).
_OVER: Final = 0.2
#: The first lines of a table, which head its columns and may stand beside their figures.
_HEAD: Final = 2
#: So few lines allow none to lie over a gap.
_FEW: Final = 5
#: Points within which figures set to the right end at one place.
_SAME: Final = 1.0
Line = Sequence[Box]


class _Strip(NamedTuple):
    """A strip of the page: from where to where, and how many lines have words in it."""

    x0: float
    x1: float
    depth: int


def gaps_in(lines: Sequence[Line]) -> list[float]:
    """Return the columns' inner edges, in points: the middles of the gaps."""
    strips = list(_strips(lines))
    # Of few lines with words in several columns each counts.
    several = sum(len(line) > 1 for line in lines)
    most = int(_OVER * len(lines)) if several >= _FEW else 0
    high = sorted(box[3] - box[1] for line in lines for box in line)[len(lines) // 2]
    out: list[float] = []
    for zone in _zones(strips, most):
        if zone[-1].x1 - zone[0].x0 > 0.5 * high:
            out.extend(_cuts(zone, lines, 0.4 * high))
    return _kept(out, lines) if len(out) > 1 else out


def _kept(cuts: Sequence[float], lines: Sequence[Line]) -> list[float]:
    """Return the edges but for those within a column: between its heading at the left and its figures at the right.

    They are within one where the heading stands alone on its side and nothing heads the other; or where words lie over the
    edge and end where others beyond it end.
    """
    held: list[set[int]] = [set() for _ in range(len(cuts) + 1)]
    ends: list[list[float]] = [[] for _ in range(len(cuts) + 1)]
    over: list[list[float]] = [[] for _ in cuts]
    for number, line in enumerate(lines):
        for box in line:
            first, last = bisect_left(cuts, box[0]), bisect_left(cuts, box[2] - 1)
            held[first].add(number)
            if last == first:
                ends[first].append(box[2])
            elif number and last == first + 1:
                over[first].append(box[2])
    return [
        x for n, x in enumerate(cuts)
        if not (held[n] == {0} and held[n + 1] and 0 not in held[n + 1])
        and not any(abs(end - other) < _SAME for end in over[n] for other in ends[n + 1])
    ]  # fmt: skip


def _strips(lines: Sequence[Line]) -> Iterator[_Strip]:
    steps = sorted(step for line in lines for box in line for step in ((box[0], 1), (box[2], -1)))
    depth, since = 0, 0.0
    for x, step in steps:
        if depth >= 0 and x > since and since:
            yield _Strip(since, x, depth)
        depth, since = depth + step, x


def _zones(strips: Sequence[_Strip], most: int) -> Iterator[list[_Strip]]:
    """Yield the runs of strips that few lines have words in, between columns that many have words in."""
    zone: list[_Strip] = []
    begun = False
    for strip in strips:
        if strip.depth <= most:
            zone.append(strip)
            continue
        if begun and zone:
            yield zone
        zone, begun = [], True


def _cuts(zone: Sequence[_Strip], lines: Sequence[Line], wide: float) -> Iterator[float]:
    """Yield where a zone is cut: at its emptiest strip, or on both sides of a column with words in few lines."""
    least = min(strip.depth for strip in zone)
    empty = [strip for strip in zone if strip.depth == least]
    if least:
        best = max(empty, key=lambda strip: strip.x1 - strip.x0)
        yield (best.x0 + best.x1) / 2
        return
    clear = [strip for strip in empty if strip.x1 - strip.x0 > wide] or empty[:1]
    for number, strip in enumerate(clear):
        before = clear[number - 1] if number else None
        # A header that stands beside its column's figures: no edge between it and them.
        if before is None or not _heads(before.x1, strip.x0, lines):
            yield (strip.x0 + strip.x1) / 2


def _heads(x0: float, x1: float, lines: Sequence[Line]) -> bool:
    """Tell whether the words of a strip are only the header of the column to its right, which has none of its own."""
    held = [n for n, line in enumerate(lines) if any(x0 - 1 < b[0] and b[2] < x1 + 1 for b in line)]
    if not held or held[-1] >= _HEAD:
        return False
    body = [box for line in lines[_HEAD:] for box in line if box[0] >= x1 - 1]
    if not body:
        return False
    reach = min(body)[2]
    return not any(x1 - 1 <= box[0] < reach for n in held for box in lines[n])
