"""切り抜き. What an object of a page is clipped to: the box of its clip, as seen.

Objects of one table share their clip, which is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sosei.reading.formats.pdf.calls import TWO, Calls, calls, held, memory
from sosei.reading.formats.pdf.engine import Box, Leaf, View

#: Points of a clip that are looked at; what is clipped to a drawing is no table.
_MOST_CLIP: Final = 500
#: Clips within each other that are looked at.
_DEEPEST: Final = 8

Matrix = tuple[float, float, float, float, float, float]


def clips_of(leaf: Leaf, objects: Iterable[int]) -> list[Box | None]:
    """Return the boxes to which objects of a page are clipped, as seen; None for those that are not."""
    clips = Clips(leaf.view, calls())
    return [clips.of(held(one), None) if one else None for one in objects]


class Clips:
    """The clips of an open page, each as a box within `page`, if that is given. A path that several share is one in memory."""

    def __init__(self, view: View, lib: Calls, page: Box | None = None) -> None:
        self._view = view
        self._lib = lib
        self._page = page
        self._memory = memory()
        self._known: dict[tuple[Any, ...], Box | None] = {}

    def of(self, one: Any, matrix: Matrix | None) -> Box | None:
        """Return the box to which an object is clipped, as seen; None where it is not. `matrix`: of what it stands in."""
        lib = self._lib
        clip = held(lib.FPDFPageObj_GetClipPath(one))
        count = lib.FPDFClipPath_CountPaths(clip)
        if count < 1:
            return None
        get = lib.FPDFClipPath_GetPathSegment
        paths = range(count if count < _DEEPEST else _DEEPEST)
        key = (matrix, *[get(clip, number, 0) for number in paths])
        if key not in self._known:
            self._known[key] = self._seen(clip, paths, matrix)
        return self._known[key]

    def _seen(self, clip: Any, paths: Sequence[int], matrix: Matrix | None) -> Box | None:
        box = (-1e9, -1e9, 1e9, 1e9)
        for number in paths:
            points = self._points(clip, number)
            if points:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = (max(box[0], min(xs)), max(box[1], min(ys)), min(box[2], max(xs)), min(box[3], max(ys)))  # fmt: skip
        if box[0] == -1e9:
            return None
        left, top, right, bottom = self._view.shown(
            *(box if matrix is None else moved(box, matrix))
        )
        if self._page is None:
            return left, top, right, bottom
        a, b, c, d = self._page
        return max(a, left), max(b, top), min(c, right), min(d, bottom)

    def _points(self, clip: Any, number: int) -> list[tuple[float, float]]:
        lib, room, (x, y, _, _) = self._lib, self._memory.room, self._memory.at
        steps = lib.FPDFClipPath_CountPathSegments(clip, number)
        out = []
        for step in range(steps if steps <= _MOST_CLIP else 0):
            segment = held(lib.FPDFClipPath_GetPathSegment(clip, number, step))
            lib.FPDFPathSegment_GetPoint(segment, x, y)
            out.append(TWO(room))
        return out


def moved(box: Box, m: Matrix) -> Box:
    """Return the box around a box that a matrix moves."""
    xs = [m[0] * x + m[2] * y + m[4] for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [m[1] * x + m[3] * y + m[5] for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)
