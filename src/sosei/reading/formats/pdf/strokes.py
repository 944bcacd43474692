"""罫線. The rules of a page: strokes, thin filled rectangles, dots and dashes, the sides of drawn boxes; and its fills.

White rectangles are backgrounds and no rules. Curves and slanting lines are no rules. Form XObjects are entered, each
with its matrix; what a clip leaves out is left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sosei.reading.formats.pdf.bulk import AT_ONCE, Look, looks_of
from sosei.reading.formats.pdf.calls import FOUR, SIX, TWO, Calls, Memory, calls, held, memory
from sosei.reading.formats.pdf.clips import Clips, Matrix, moved
from sosei.reading.formats.pdf.engine import Box, Leaf

#: Up to this thickness, in points, something filled is a rule and no area.
THIN: Final = 3.2
#: A stroke's slant that is still straight.
_SLANT: Final = 1.0
#: By how much PDFium's box of a stroke is wider than it, and how wide that of a straight one is at least.
_WIDENED: Final = 0.6
_STRAIGHT: Final = _SLANT + _WIDENED
#: Points up to which a closed path is a sign and no cell.
_SIGN: Final = 7.0
#: So many points have the curves of an oval; points from which one is a figure of its own.
_RING, _TALL = 13, 40.0
#: Objects looked at on one page, parts of forms included, and segments of one path: drawings have more than tables.
_MOST: Final = 60_000
_MOST_SEGMENTS: Final = 20_000
_DEEPEST: Final = 12
#: Points beyond a page's edge within which a rule is still one.
_EDGE: Final = 20.0
_WHITE: Final = 250
#: Points by which something thin must lie within an area of its colour not to be seen.
_HAIR: Final = 0.3
#: Points below which a shape may be an arrow's head.
_HEAD: Final = 14.0
_MOVE, _LINE = 2, 0
_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5
_NEW: Final = tuple.__new__


class Rule(NamedTuple):
    """線. A rule as seen: along one axis `at`, from `start` to `end` on the other; `order` of painting."""

    at: float
    start: float
    end: float
    order: int


class Fill(NamedTuple):
    """塗り. A filled area as seen; `framed`: its sides are drawn with it. `picture`: it is filled with one."""

    box: Box
    white: bool
    order: int
    framed: bool = False
    picture: bool = False


@dataclass(slots=True)
class Strokes:
    """The rules of a page: `across` (at y, from x to x), `down` (at x, from y to y), fills, and the area of images.

    `sketches`: what open lines that slant cover, and areas below such lines. `heads`: the heads of arrows.
    `rings`: ovals drawn round something, as by hand round a choice.
    """

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    sketches: list[Box] = field(default_factory=list)
    heads: list[Box] = field(default_factory=list)
    rings: list[Box] = field(default_factory=list)
    seen: int = 0
    cut: bool = False


@dataclass(slots=True)
class _Pen:
    """What reading the objects of a page needs again and again."""

    leaf: Leaf
    lib: Calls
    clips: Clips
    shown: Callable[[float, float, float, float], Box]
    out: Strokes = field(default_factory=Strokes)
    order: int = 0
    memory: Memory = field(default_factory=memory)
    #: The colour of the path at hand, and the area last painted in each colour.
    shade: tuple[int, int, int] = (0, 0, 0)
    painted: dict[tuple[int, int, int], Box] = field(default_factory=dict)
    #: What of the page is seen, by an object's clip too; what lies beyond, however far, is not drawn.
    page: Box = (0.0, 0.0, 0.0, 0.0)
    clip: Box = (0.0, 0.0, 0.0, 0.0)


def strokes_of(leaf: Leaf) -> Strokes:
    """Return the rules of a page."""
    lib = calls()
    wide, high = leaf.view.size
    seen = (-_EDGE, -_EDGE, wide + _EDGE, high + _EDGE)
    pen = _Pen(leaf, lib, Clips(leaf.view, lib, seen), leaf.view.shown, page=seen)
    count = lib.FPDFPage_CountObjects(leaf.page)
    numbers = range(min(_MOST, count))
    objects = map(lib.FPDFPage_GetObject, itertools.repeat(leaf.page), numbers)
    _objects(pen, list(map(held, objects)), None, 0)
    pen.out.seen, pen.out.cut = pen.order, max(count, pen.order) > _MOST
    return pen.out


def _objects(pen: _Pen, objects: Sequence[Any], matrix: Matrix | None, depth: int) -> None:
    """Take in the objects of a page or form, some at once."""
    for begin in range(0, len(objects), AT_ONCE):
        some = objects[begin : begin + AT_ONCE]
        kinds = list(map(pen.lib.FPDFPageObj_GetType, some))
        paths = [one for one, kind in zip(some, kinds, strict=True) if kind == _PATH]
        looks = looks_of(pen.lib, paths) if pen.order <= _MOST else iter(())
        for one, kind in zip(some, kinds, strict=True):
            if kind == _TEXT:
                continue
            pen.order += 1
            if pen.order > _MOST:
                continue
            if kind == _PATH:
                _path(pen, one, matrix, next(looks))
            else:
                _object(pen, one, kind, matrix, depth)


def _object(pen: _Pen, one: Any, kind: int, matrix: Matrix | None, depth: int) -> None:
    if kind == _IMAGE:
        box = pen.leaf.view.shown(*_bounds(pen, one, matrix))
        pen.out.images.append(box)
        # A box filled with a picture (a shade of grey, say) is an area, and a call-out where a frame is drawn on it.
        pen.out.fills.append(Fill(box, white=False, order=pen.order, picture=True))
    elif kind == _FORM and depth < _DEEPEST:
        inner = _matrix(pen, one)
        whole = inner if matrix is None else _times(inner, matrix)
        numbers = range(max(0, pen.lib.FPDFFormObj_CountObjects(one)))
        parts = map(pen.lib.FPDFFormObj_GetObject, itertools.repeat(one), numbers)
        _objects(pen, list(map(held, parts)), whole, depth + 1)


def _bounds(pen: _Pen, one: Any, matrix: Matrix | None) -> Box:
    """Return an object's box in the page's own space: left, bottom, right, top."""
    if not pen.lib.FPDFPageObj_GetBounds(one, *pen.memory.at):
        return 0.0, 0.0, 0.0, 0.0
    box: Box = FOUR(pen.memory.room)
    return box if matrix is None else moved(box, matrix)


def _matrix(pen: _Pen, one: Any) -> Matrix:
    if not pen.lib.FPDFPageObj_GetMatrix(one, pen.memory.at[0]):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return SIX(pen.memory.room)


def _times(a: Matrix, b: Matrix) -> Matrix:
    """Return the matrix that applies a, then b."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


# -- paths ----------------------------------------------------------------------------------------------------


def _path(pen: _Pen, one: Any, matrix: Matrix | None, look: Look) -> None:
    (filled, stroked), (red, green, blue, alpha), segments, clips, box = look
    white = red >= _WHITE and green >= _WHITE and blue >= _WHITE
    if not alpha or not (filled or (stroked and not white)):
        return
    pen.shade = (red, green, blue)
    pen.clip = pen.page if clips < 1 else pen.clips.of(one, matrix) or pen.page
    if (segments == 2 and not _closes(pen.lib, one)) or (
        filled and not stroked and segments in (4, 5)
    ):
        left, low, right, high = box if matrix is None else moved(box, matrix)
        seen = pen.shown(left, low, right, high)
        if segments == 2:
            _stroke_box(pen, one, seen, stroked=stroked)
            return
        small = _is_small(seen)
        if not small and (segments == 5 or min(seen[2] - seen[0], seen[3] - seen[1]) <= THIN):
            _area(pen, seen, white=white)
            return
    for points, straight in _subpaths(
        pen, one, matrix, min(segments, _MOST_SEGMENTS), stroked=bool(stroked)
    ):
        _subpath(pen, points, straight, (bool(filled), bool(stroked), white))


def _closes(lib: Calls, one: Any) -> bool:
    """Tell whether a line goes back to its beginning: PDFium then makes its box longer than what is seen."""
    return bool(lib.FPDFPathSegment_GetClose(held(lib.FPDFPath_GetPathSegment(one, 1))))


def _stroke_box(pen: _Pen, one: Any, box: Box, *, stroked: int) -> None:
    """Take a single stroke by its box, which its thickness and ends widen."""
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    least = high if high <= wide else wide
    if least > _STRAIGHT and not (stroked and least <= 2.5 * _thickness(pen, one) + _WIDENED):
        return
    if high <= wide:
        _across(pen, (top + bottom) / 2, x0, x1)
    else:
        _down(pen, (x0 + x1) / 2, top, bottom)


def _thickness(pen: _Pen, one: Any) -> float:
    if not pen.lib.FPDFPageObj_GetStrokeWidth(one, pen.memory.at[0]):
        return 0.0
    return float(TWO(pen.memory.room)[0])


def _area(pen: _Pen, box: Box, *, white: bool, framed: bool = False) -> None:
    """Take a filled rectangle: a rule where it is thin, an area else."""
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    if wide > THIN and high > THIN:
        seen = _seen(pen, box)
        if seen[0] < seen[2] and seen[1] < seen[3]:
            pen.out.fills.append(Fill(seen, white, pen.order, framed))
            pen.painted[pen.shade] = seen
    elif not white and not _is_lost(box, pen.painted.get(pen.shade)):
        if wide >= high:
            _across(pen, (top + bottom) / 2, x0, x1)
        if high >= wide:
            _down(pen, (x0 + x1) / 2, top, bottom)


def _seen(pen: _Pen, box: Box) -> Box:
    """Return what the clip leaves of a box."""
    left, top, right, bottom = pen.clip
    return max(left, box[0]), max(top, box[1]), min(right, box[2]), min(bottom, box[3])


def _is_lost(box: Box, area: Box | None) -> bool:
    """Tell whether something thin is not seen within an area of its colour (a paragraph's ground in a cell's)."""
    if area is None:
        return False
    x0, top, x1, bottom = area
    if box[2] - box[0] > box[3] - box[1]:
        return top + _HAIR < box[1] and box[3] < bottom - _HAIR and x0 < box[2] and box[0] < x1
    return x0 + _HAIR < box[0] and box[2] < x1 - _HAIR and top < box[3] and box[1] < bottom


def _across(pen: _Pen, y: float, x0: float, x1: float) -> None:
    left, top, right, bottom = pen.clip
    x0 = left if x0 < left else x0
    x1 = right if x1 > right else x1
    if x1 > x0 and top - THIN <= y <= bottom + THIN:
        pen.out.across.append(_NEW(Rule, (y, x0, x1, pen.order)))


def _down(pen: _Pen, x: float, y0: float, y1: float) -> None:
    left, top, right, bottom = pen.clip
    y0 = top if y0 < top else y0
    y1 = bottom if y1 > bottom else y1
    if y1 > y0 and left - THIN <= x <= right + THIN:
        pen.out.down.append(_NEW(Rule, (x, y0, y1, pen.order)))


_Point = tuple[float, float]


def _subpaths(
    pen: _Pen, one: Any, matrix: Matrix | None, count: int, *, stroked: bool
) -> Iterator[tuple[list[_Point], list[bool]]]:
    """Yield the subpaths as points as seen, and for each step whether it is straight."""
    lib, (x, y, _, _), room = pen.lib, pen.memory.at, pen.memory.room
    get, type_of, point = lib.FPDFPath_GetPathSegment, lib.FPDFPathSegment_GetType, lib.FPDFPathSegment_GetPoint  # fmt: skip
    closes, move, line = lib.FPDFPathSegment_GetClose, _MOVE, _LINE  # fmt: skip
    own = _matrix(pen, one)
    a, b, c, d, e, f = own if matrix is None else _times(own, matrix)
    shown = pen.leaf.view.spot
    points: list[_Point] = []
    straight: list[bool] = []
    for number in range(count):
        segment = held(get(one, number))
        kind = type_of(segment)
        point(segment, x, y)
        left, low = TWO(room)
        at = shown(a * left + c * low + e, b * left + d * low + f)
        if kind == move:
            if len(points) > 1:
                yield points, straight
            points, straight = [at], []
            continue
        points.append(at)
        straight.append(kind == line)
        if stroked and points[0] != at and closes(segment):
            points.append(points[0])
            straight.append(True)
    if len(points) > 1:
        yield points, straight


def _subpath(
    pen: _Pen, points: list[_Point], straight: list[bool], painted: tuple[bool, bool, bool]
) -> None:
    filled, stroked, white = painted
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    thin = min(box[2] - box[0], box[3] - box[1]) <= THIN
    if stroked and not filled and not any(straight) and _is_ring(points, box):
        pen.out.rings.append(box)
    if _is_small(box) and _is_head(points, box):
        pen.out.heads.append(box)
    elif filled and all(straight) and (thin or _is_box(points, box)):
        _area(pen, box, white=white, framed=stroked)
    elif filled and all(straight) and _is_hill(points, box):
        pen.out.sketches.append(_seen(pen, box))
    if stroked:
        _outline(pen, points, straight, box)


def _outline(pen: _Pen, points: list[_Point], straight: list[bool], box: Box) -> None:
    """Take a stroked path: a line of figures as a sketch, others step by step."""
    if len(points) > 2 and _is_sketch(points, straight, box):
        if points[0] != points[-1]:
            pen.out.sketches.append(_seen(pen, box))
        return
    if abs(points[0][0] - points[-1][0]) > _SIGN and not all(straight):
        pen.out.sketches.append(_seen(pen, box))
    for (a, b), line in zip(itertools.pairwise(points), straight, strict=True):
        if line:
            _step(pen, a, b)


def _is_small(box: Box) -> bool:
    """Tell whether something is as small as an arrow's head, and neither thin nor long."""
    wide, high = box[2] - box[0], box[3] - box[1]
    most, least = (wide, high) if wide > high else (high, wide)
    return most < _HEAD and _HAIR < 0.25 * most < least


def _is_head(points: list[_Point], box: Box) -> bool:
    """Tell whether a small shape is an arrow's head that points along the page's axes: a triangle, or its two sides."""
    corners = set(points)
    if len(corners) != 3:
        return False
    left, top, right, bottom = box
    level = sum(x - left < 0.2 or right - x < 0.2 for x, _ in corners) == 3
    steep = sum(y - top < 0.2 or bottom - y < 0.2 for _, y in corners) == 3
    x, y = (left + right) / 2, (top + bottom) / 2
    if level:
        return any(abs(b - y) < 0.2 * (bottom - top) for _, b in corners)
    return steep and any(abs(a - x) < 0.2 * (right - left) for a, _ in corners)


def _is_hill(points: list[_Point], box: Box) -> bool:
    """Tell whether a shape is an area below a line of figures: it stands on a level foot from side to side."""
    left, _, right, bottom = box
    foot = [x for x, y in points if bottom - y < 0.3]
    return len(points) > 5 and bool(foot) and min(foot) - left < 0.3 and right - max(foot) < 0.3


def _is_ring(points: list[_Point], box: Box) -> bool:
    """Tell whether curves are an oval as large as one drawn round a sign or a few words."""
    wide, high = box[2] - box[0], box[3] - box[1]
    closed = abs(points[0][0] - points[-1][0]) + abs(points[0][1] - points[-1][1]) < 0.5
    return closed and len(points) >= _RING and _SIGN < high < _TALL and _SIGN < wide < 6 * high


def _is_sketch(points: list[_Point], straight: list[bool], box: Box) -> bool:
    """Tell whether a path is a chart's line, of which some steps slant, or a small sign: a mark, a box to tick."""
    if points[0] == points[-1]:
        return max(box[2] - box[0], box[3] - box[1]) < _SIGN
    return any(
        line and min(abs(a[0] - b[0]), abs(a[1] - b[1])) > _SLANT
        for (a, b), line in zip(itertools.pairwise(points), straight, strict=True)
    )


def _is_box(points: list[_Point], box: Box) -> bool:
    """Tell whether a closed path is an upright rectangle."""
    if not 4 <= len(points) <= 6 or (len(points) == 4 and points[0] == points[-1]):
        return False
    return all(
        min(abs(x - box[0]), abs(x - box[2])) < 0.3 and min(abs(y - box[1]), abs(y - box[3])) < 0.3
        for x, y in points
    )


def _step(pen: _Pen, a: _Point, b: _Point) -> None:
    wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    if high <= _SLANT and high <= wide:
        _across(pen, (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0]))
    elif wide <= _SLANT:
        _down(pen, (a[0] + b[0]) / 2, min(a[1], b[1]), max(a[1], b[1]))
