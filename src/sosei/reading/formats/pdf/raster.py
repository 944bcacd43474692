"""画素. A page that is a picture: drawn in grey, set straight, and the rules that stand in it.

Only numpy and OpenCV are called here; they come with the extra `ocr`, and load when a first page is looked at.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from sosei.reading.formats.pdf.engine import Leaf

#: Pixels of a point: 200 to the inch, what offices scan at and recognisers are trained on.
_FINE: Final = 200 / 72
#: A page drawn larger than this on its longer side, in pixels, is drawn smaller: A3 and a little more.
_LONGEST: Final = 4200
#: Degrees by which a page that went askew into the scanner is turned at most, and the steps of looking for it.
_MOST_TILT: Final = 3.0
_STEPS: Final = (0.5, 0.1, 0.02)
#: The width in pixels at which the tilt is looked for.
_COARSE: Final = 1000
#: Points: what is shorter is a stroke of a sign, and what is thicker no rule.
_ACROSS, _DOWN, _THICK = 22.0, 11.0, 3.5
#: Points that a sign is wide and high; so many marks that no line holds are looked at on a page.
_SIGN: Final = (4.0, 16.0)
_MOST_LEFT: Final = 300
#: Points of a break in a rule that dust or a fold made.
_BREAK: Final = 2.0


class Spot(NamedTuple):
    """染み. A box in pixels, in which something is drawn."""

    left: int
    top: int
    right: int
    bottom: int


class Bar(NamedTuple):
    """棒. A rule in pixels: along one axis `at`, from `start` to `end` on the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Picture:
    """写し. A page in grey, straight; `fine`: pixels of a point; `tilt`: degrees by which it was turned, about its middle.

    `across` and `down`: its rules, breaks closed; `whole`: the level ones that run on without a break.
    """

    grey: Any
    fine: float
    tilt: float
    across: tuple[Bar, ...]
    whole: tuple[Bar, ...]
    down: tuple[Bar, ...]


@cache
def _np() -> Any:
    import numpy  # noqa: PLC0415 - comes with the extra

    return numpy


@cache
def _cv() -> Any:
    import cv2  # noqa: PLC0415 - comes with the extra

    return cv2


def picture_of(leaf: Leaf) -> Picture | None:
    """Return an open page as a straight picture with its rules; None where it cannot be drawn."""
    drawn = _drawn(leaf)
    if drawn is None:
        return None
    grey, fine = drawn
    tilt = tilt_of(grey)
    grey = turned(grey, tilt)
    ink = _ink(grey)
    return Picture(
        grey, fine, tilt,
        across=_bars(ink, fine, _ACROSS, _BREAK),
        whole=_bars(ink, fine, _ACROSS, 0),
        down=_bars(ink, fine, _DOWN, _BREAK, upright=True),
    )  # fmt: skip


def _drawn(leaf: Leaf) -> tuple[Any, float] | None:
    """Draw a page in grey; return its rows of pixels, and the pixels of a point."""
    import pypdfium2.raw as lib  # noqa: PLC0415 - drawing is rare

    wide, high = leaf.view.size
    fine = min(_FINE, _LONGEST / max(wide, high, 1.0))
    across, down = max(1, round(wide * fine)), max(1, round(high * fine))
    store = bytearray(across * down)
    room = _np().frombuffer(store, dtype="uint8")
    bitmap = lib.FPDFBitmap_CreateEx(across, down, lib.FPDFBitmap_Gray, room.ctypes.data, across)
    if not bitmap:
        return None
    try:
        lib.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        page = ctypes.cast(leaf.page, lib.FPDF_PAGE)
        lib.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, lib.FPDF_GRAYSCALE)
    finally:
        lib.FPDFBitmap_Destroy(bitmap)
    return room.reshape(down, across).copy(), fine


def tilt_of(grey: Any) -> float:
    """Return the degrees by which a picture must be turned so that its lines lie level: where its rows differ most."""
    cv, np = _cv(), _np()
    small = cv.resize(grey, (_COARSE, max(1, round(_COARSE * grey.shape[0] / grey.shape[1]))))
    _, ink = cv.threshold(small, 0, 255, cv.THRESH_BINARY_INV + cv.THRESH_OTSU)

    def sharpness(angle: float) -> float:
        rows = turned(ink, angle, ground=0).sum(axis=1, dtype="float64")
        return float((np.diff(rows) ** 2).sum())

    best, reach = 0.0, _MOST_TILT
    for step in _STEPS:
        count = math.ceil(reach / step)
        tries = [best + step * n for n in range(-count, count + 1)]
        best, reach = max(tries, key=sharpness), step
    return best if abs(best) <= _MOST_TILT else 0.0


def turned(grey: Any, angle: float, *, ground: int = 255) -> Any:
    """Return a picture turned about its middle, what comes in from outside as `ground`."""
    if not angle:
        return grey
    cv = _cv()
    high, wide = grey.shape
    matrix = cv.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return cv.warpAffine(grey, matrix, (wide, high), flags=cv.INTER_LINEAR, borderValue=ground)


def _ink(grey: Any) -> Any:
    """Return what is drawn, whatever the ground is filled with."""
    cv = _cv()
    return cv.adaptiveThreshold(
        cv.GaussianBlur(grey, (3, 3), 0),
        255,
        cv.ADAPTIVE_THRESH_MEAN_C,
        cv.THRESH_BINARY_INV,
        31,
        18,
    )


def _bars(
    ink: Any, fine: float, least: float, gap: float, *, upright: bool = False
) -> tuple[Bar, ...]:
    """Return the rules of a picture along one axis, of at least so many points; breaks of some points are closed."""
    cv = _cv()

    def along(points: float) -> Any:
        pixels = max(1, round(points * fine))
        return cv.getStructuringElement(cv.MORPH_RECT, (1, pixels) if upright else (pixels, 1))

    closed = cv.morphologyEx(ink, cv.MORPH_CLOSE, along(gap)) if gap else ink
    kept = cv.morphologyEx(closed, cv.MORPH_OPEN, along(least))
    return tuple(_found(kept, fine, upright=upright))


def _found(kept: Any, fine: float, *, upright: bool) -> Iterator[Bar]:
    _, _, boxes, _ = _cv().connectedComponentsWithStats(kept, connectivity=8)
    for left, top, wide, high, _ in boxes[1:].tolist():
        thick, start, length = (wide, top, high) if upright else (high, left, wide)
        if thick <= _THICK * fine:
            yield Bar((left if upright else top) + thick / 2, start, start + length)


def left_over(
    picture: Picture, grey: Any, lines: Sequence[tuple[float, float, float, float]]
) -> list[Spot]:
    """Return what stands beside the lines that were seen, away from rules, and is of the size of a sign: a mark by itself.

    `grey`: the picture without its rules.
    """
    cv, fine = _cv(), picture.fine
    ink = _ink(grey)
    for x0, top, x1, bottom in lines:
        cv.rectangle(ink, (int(x0) - 3, int(top) - 3), (int(x1) + 3, int(bottom) + 3), 0, -1)
    near = round(_THICK * fine)
    for bar in picture.whole:
        at = round(bar.at)
        cv.rectangle(
            ink, (int(bar.start) - near, at - near), (int(bar.end) + near, at + near), 0, -1
        )
    for bar in picture.down:
        at = round(bar.at)
        cv.rectangle(ink, (at - near, int(bar.start)), (at + near, int(bar.end)), 0, -1)
    cleared = cv.morphologyEx(ink, cv.MORPH_OPEN, cv.getStructuringElement(cv.MORPH_RECT, (2, 2)))
    reach = max(3, round(_BREAK * fine))
    joined = cv.dilate(cleared, cv.getStructuringElement(cv.MORPH_RECT, (reach, reach)))
    _, _, boxes, _ = cv.connectedComponentsWithStats(joined, connectivity=8)
    least, most = _SIGN[0] * fine + reach, _SIGN[1] * fine + reach
    found = [Spot(x, y, x + wide, y + high) for x, y, wide, high, _ in boxes[1:].tolist()]
    return [
        spot
        for spot in found
        if least <= spot.right - spot.left <= most and spot.bottom - spot.top <= most
    ][:_MOST_LEFT]


def without_rules(picture: Picture) -> Any:
    """Return the grey of a picture with its rules painted over, so that none is taken for a sign.

    Of the level ones only those that run on without a break: what a break was closed in may be strokes of signs.
    """
    cv, half = _cv(), max(1, round(0.5 * picture.fine))
    grey = picture.grey.copy()
    for bar in picture.whole:
        at, start, end = round(bar.at), int(bar.start), int(bar.end)
        cv.rectangle(grey, (start, at - half), (end, at + half), 255, -1)
    for bar in picture.down:
        at, start, end = round(bar.at), int(bar.start), int(bar.end)
        cv.rectangle(grey, (at - half, start), (at + half, end), 255, -1)
    return grey
