"""罫線. The rules of a page: strokes, thin filled rectangles, dots and dashes, the sides of drawn boxes; and its fills.

White rectangles are backgrounds and no rules. Curves and slanting lines are no rules. Form XObjects are entered, each
with its matrix; what a clip leaves out is left out.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sosei.reading.formats.pdf.calls import Calls, Memory, calls
from sosei.reading.formats.pdf.engine import Box, Leaf

#: Up to this thickness, in points, something filled is a rule and no area.
THIN: Final = 3.2
#: A stroke's slant that is still straight.
_SLANT: Final = 1.0
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
#: Points of a clip that are looked at; what is clipped to a drawing is no table.
_MOST_CLIP: Final = 500
_WHITE: Final = 250
#: Points by which something thin must lie within an area of its colour not to be seen.
_HAIR: Final = 0.3
#: Points below which a shape may be an arrow's head.
_HEAD: Final = 14.0
_MOVE, _LINE = 2, 0
_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5

Matrix = tuple[float, float, float, float, float, float]


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

    `sketches`: what open lines that slant cover. `heads`: the heads of arrows.
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
    out: Strokes = field(default_factory=Strokes)
    order: int = 0
    box: tuple[Any, ...] = field(default_factory=lambda: tuple(ctypes.c_float() for _ in range(4)))
    mode: Any = field(default_factory=ctypes.c_int)
    stroke: Any = field(default_factory=ctypes.c_int)
    colour: tuple[Any, ...] = field(
        default_factory=lambda: tuple(ctypes.c_uint() for _ in range(4))
    )
    width: Any = field(default_factory=ctypes.c_float)
    memory: Memory = field(default_factory=Memory.fresh)
    #: The area last painted in each colour.
    painted: dict[tuple[int, int, int], Box] = field(default_factory=dict)
    #: What of the page is seen, by an object's clip too; what lies beyond, however far, is not drawn.
    page: Box = (0.0, 0.0, 0.0, 0.0)
    clip: Box = (0.0, 0.0, 0.0, 0.0)


def strokes_of(leaf: Leaf) -> Strokes:
    """Return the rules of a page."""
    lib = calls()
    wide, high = leaf.view.size
    pen = _Pen(leaf, lib, page=(-_EDGE, -_EDGE, wide + _EDGE, high + _EDGE))
    page = leaf.page
    get, kind_of = lib.FPDFPage_GetObject, lib.FPDFPageObj_GetType
    count = lib.FPDFPage_CountObjects(page)
    for number in range(min(_MOST, count)):
        one = get(page, number)
        if (kind := kind_of(one)) != _TEXT:
            _object(pen, one, kind, None, 0)
    pen.out.seen, pen.out.cut = pen.order, max(count, pen.order) > _MOST
    return pen.out


def _object(pen: _Pen, one: Any, kind: int, matrix: Matrix | None, depth: int) -> None:
    pen.order += 1
    if pen.order > _MOST:
        return
    if kind == _PATH:
        _path(pen, one, matrix)
    elif kind == _IMAGE:
        box = pen.leaf.view.shown(*_bounds(pen, one, matrix))
        pen.out.images.append(box)
        # A box filled with a picture (a shade of grey, say) is an area, and a call-out where a frame is drawn on it.
        pen.out.fills.append(Fill(box, white=False, order=pen.order, picture=True))
    elif kind == _FORM and depth < _DEEPEST:
        inner = _matrix(pen, one)
        whole = inner if matrix is None else _times(inner, matrix)
        for number in range(max(0, pen.lib.FPDFFormObj_CountObjects(one))):
            part = pen.lib.FPDFFormObj_GetObject(one, number)
            if (inner_kind := pen.lib.FPDFPageObj_GetType(part)) != _TEXT:
                _object(pen, part, inner_kind, whole, depth + 1)


def _bounds(pen: _Pen, one: Any, matrix: Matrix | None) -> Box:
    """Return an object's box in the page's own space: left, bottom, right, top."""
    a, b, c, d = pen.box
    if not pen.lib.FPDFPageObj_GetBounds(one, a, b, c, d):
        return 0.0, 0.0, 0.0, 0.0
    box = (a.value, b.value, c.value, d.value)
    return box if matrix is None else _moved(box, matrix)


def _moved(box: Box, m: Matrix) -> Box:
    xs = [m[0] * x + m[2] * y + m[4] for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [m[1] * x + m[3] * y + m[5] for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(pen: _Pen, one: Any) -> Matrix:
    if not pen.lib.FPDFPageObj_GetMatrix(one, pen.memory.at):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return pen.memory.six()


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


def _path(pen: _Pen, one: Any, matrix: Matrix | None) -> None:
    lib = pen.lib
    lib.FPDFPath_GetDrawMode(one, pen.mode, pen.stroke)
    filled, stroked = pen.mode.value != 0, pen.stroke.value != 0
    if not filled and not stroked:
        return
    segments = lib.FPDFPath_CountSegments(one)
    white, clear = _colour(pen, one, stroked and not filled)
    if clear or (stroked and not filled and white):
        return
    pen.clip = _clip(pen, one, matrix) or pen.page
    thick = _thickness(pen, one) if stroked else 0.0
    if (segments == 2 and not _closes(lib, one)) or (segments in (4, 5) and filled and not stroked):
        box = pen.leaf.view.shown(*_bounds(pen, one, matrix))
        if segments == 2:
            _stroke_box(pen, box, thick)
            return
        small = _is_small(box)
        if not small and (segments == 5 or min(box[2] - box[0], box[3] - box[1]) <= THIN):
            _area(pen, box, white=white)
            return
    for points, straight in _subpaths(
        pen, one, matrix, min(segments, _MOST_SEGMENTS), stroked=stroked
    ):
        _subpath(pen, points, straight, (filled, stroked, white))


def clips_of(leaf: Leaf, objects: Iterable[int]) -> list[Box | None]:
    """Return the boxes to which objects of a page are clipped, as seen; None for those that are not."""
    pen = _Pen(leaf, calls())
    return [_clip(pen, one, None) if one else None for one in objects]


def _clip(pen: _Pen, one: Any, matrix: Matrix | None) -> Box | None:
    """Return the box to which an object is clipped, as seen; None where it is not."""
    lib = pen.lib
    clip = lib.FPDFPageObj_GetClipPath(one)
    count = lib.FPDFClipPath_CountPaths(clip) if clip else 0
    if count < 1:
        return None
    x, y = pen.box[0], pen.box[1]
    box = (-1e9, -1e9, 1e9, 1e9)
    for number in range(min(count, 8)):
        xs, ys = [], []
        steps = lib.FPDFClipPath_CountPathSegments(clip, number)
        for step in range(steps if steps <= _MOST_CLIP else 0):
            lib.FPDFPathSegment_GetPoint(lib.FPDFClipPath_GetPathSegment(clip, number, step), x, y)
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            box = (max(box[0], min(xs)), max(box[1], min(ys)), min(box[2], max(xs)), min(box[3], max(ys)))  # fmt: skip
    if box[0] == -1e9:
        return None
    seen = pen.leaf.view.shown(*(box if matrix is None else _moved(box, matrix)))
    left, top, right, bottom = pen.page
    if not right > left:
        return seen
    return max(left, seen[0]), max(top, seen[1]), min(right, seen[2]), min(bottom, seen[3])


def _closes(lib: Calls, one: Any) -> bool:
    """Tell whether a line goes back to its beginning: PDFium then makes its box longer than what is seen."""
    return bool(lib.FPDFPathSegment_GetClose(lib.FPDFPath_GetPathSegment(one, 1)))


def _colour(pen: _Pen, one: Any, of_stroke: bool) -> tuple[bool, bool]:
    """Tell whether an object is painted white, and whether it is not painted at all."""
    get = pen.lib.FPDFPageObj_GetStrokeColor if of_stroke else pen.lib.FPDFPageObj_GetFillColor
    r, g, b, a = pen.colour
    if not get(one, r, g, b, a):
        return False, False
    return min(r.value, g.value, b.value) >= _WHITE, a.value == 0


def _thickness(pen: _Pen, one: Any) -> float:
    return float(pen.width.value) if pen.lib.FPDFPageObj_GetStrokeWidth(one, pen.width) else 0.0


def _stroke_box(pen: _Pen, box: Box, thick: float) -> None:
    """Take a single stroke by its box, which its thickness and ends widen."""
    wide, high = box[2] - box[0], box[3] - box[1]
    limit = max(_SLANT, 2.5 * thick) + 0.6
    if high <= limit and high <= wide:
        _across(pen, (box[1] + box[3]) / 2, box[0], box[2])
    elif wide <= limit:
        _down(pen, (box[0] + box[2]) / 2, box[1], box[3])


def _area(pen: _Pen, box: Box, *, white: bool, framed: bool = False) -> None:
    """Take a filled rectangle: a rule where it is thin, an area else."""
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) > THIN:
        seen = _seen(pen, box)
        if seen[0] < seen[2] and seen[1] < seen[3]:
            pen.out.fills.append(Fill(seen, white, pen.order, framed))
            pen.painted[_shade(pen)] = seen
    elif not white and not _is_lost(box, pen.painted.get(_shade(pen))):
        if wide >= high:
            _across(pen, (box[1] + box[3]) / 2, box[0], box[2])
        if high >= wide:
            _down(pen, (box[0] + box[2]) / 2, box[1], box[3])


def _seen(pen: _Pen, box: Box) -> Box:
    """Return what the clip leaves of a box."""
    left, top, right, bottom = pen.clip
    return max(left, box[0]), max(top, box[1]), min(right, box[2]), min(bottom, box[3])


def _shade(pen: _Pen) -> tuple[int, int, int]:
    """Return the colour that was asked for last, as red, green and blue."""
    r, g, b, _ = pen.colour
    return r.value, g.value, b.value


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
    x0, x1 = max(left, x0), min(right, x1)
    if x1 > x0 and top - THIN <= y <= bottom + THIN:
        pen.out.across.append(Rule(y, x0, x1, pen.order))


def _down(pen: _Pen, x: float, y0: float, y1: float) -> None:
    left, top, right, bottom = pen.clip
    y0, y1 = max(top, y0), min(bottom, y1)
    if y1 > y0 and left - THIN <= x <= right + THIN:
        pen.out.down.append(Rule(x, y0, y1, pen.order))


_Point = tuple[float, float]


def _subpaths(
    pen: _Pen, one: Any, matrix: Matrix | None, count: int, *, stroked: bool
) -> Iterator[tuple[list[_Point], list[bool]]]:
    """Yield the subpaths as points as seen, and for each step whether it is straight."""
    lib, x, y = pen.lib, pen.box[0], pen.box[1]
    get, type_of, point = lib.FPDFPath_GetPathSegment, lib.FPDFPathSegment_GetType, lib.FPDFPathSegment_GetPoint  # fmt: skip
    closes, move, line = lib.FPDFPathSegment_GetClose, _MOVE, _LINE  # fmt: skip
    own = _matrix(pen, one)
    a, b, c, d, e, f = own if matrix is None else _times(own, matrix)
    shown = pen.leaf.view.shown
    points: list[_Point] = []
    straight: list[bool] = []
    for number in range(count):
        segment = get(one, number)
        kind = type_of(segment)
        point(segment, x, y)
        left, low = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        at = shown(left, low, left, low)[:2]
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
    if stroked and len(points) > 2 and _is_sketch(points, straight, box):
        if points[0] != points[-1]:
            pen.out.sketches.append(_seen(pen, box))
    elif stroked:
        if abs(points[0][0] - points[-1][0]) > _SIGN and not all(straight):
            pen.out.sketches.append(_seen(pen, box))
        for (a, b), line in zip(itertools.pairwise(points), straight, strict=True):
            if line:
                _step(pen, a, b)


def _is_small(box: Box) -> bool:
    """Tell whether something is as small as an arrow's head, and neither thin nor long."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return _HAIR < 0.25 * max(wide, high) < min(wide, high) and max(wide, high) < _HEAD


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
