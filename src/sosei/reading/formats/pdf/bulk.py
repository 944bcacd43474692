"""まとめ聞き. What PDFium says of many characters or paths at once: no step from one to the next is Python's.

All of them write into the same room, one behind the other, which is read as a whole. PDFium's lock is held meanwhile.
"""

from __future__ import annotations

import ctypes
import itertools
import operator
import struct
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from sosei.reading.formats.pdf.calls import Calls, held

#: How many are asked at once.
AT_ONCE: Final = 512
_SIZE: Final = 16
_FLOATS: Final = struct.Struct("4f").iter_unpack
_COLOURS: Final = struct.Struct("4I").iter_unpack
_MODES: Final = struct.Struct("2i8x").iter_unpack
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)
#: What is not said counts as painted black.
_BLACK: Final = (0, 0, 0, 255)

Four = tuple[float, float, float, float]
#: A path: how it is filled and stroked (0: not), its colour (red, green, blue, opaqueness), segments, clips, and box.
Look = tuple[tuple[int, int], tuple[int, int, int, int], int, int, Four]


@cache
def _rooms() -> tuple[Any, tuple[tuple[Any, ...], ...]]:
    """Room for the answers to so many questions, and the places of the first, second … number of each."""
    room = ctypes.create_string_buffer(_SIZE * AT_ONCE)
    starts = range(0, _SIZE * AT_ONCE, _SIZE)
    return room, tuple(tuple(ctypes.byref(room, at + by) for at in starts) for by in (0, 4, 8, 12))


def boxes_of(get: Any, handle: Any, numbers: Sequence[int]) -> list[Four]:
    """Return the four numbers that a function says of each of many; it takes a handle, a number and a place."""
    room, places = _rooms()
    out: list[Four] = []
    for begin in range(0, len(numbers), AT_ONCE):
        some = numbers[begin : begin + AT_ONCE]
        deque(map(get, itertools.repeat(handle), some, places[0]), maxlen=0)
        out += _FLOATS(memoryview(room)[: _SIZE * len(some)])
    return out


def looks_of(lib: Calls, paths: Sequence[Any]) -> Iterator[Look]:
    """Return how paths look, `AT_ONCE` at the most."""
    room, places = _rooms()
    used = memoryview(room)[: _SIZE * len(paths)]
    deque(map(lib.FPDFPath_GetDrawMode, paths, *places[:2]), maxlen=0)
    modes = list(_MODES(used))
    fill, stroke = lib.FPDFPageObj_GetFillColor, lib.FPDFPageObj_GetStrokeColor
    asked = [fill if filled else stroke for filled, _ in modes]
    said = list(map(operator.call, asked, paths, *places))
    colours = _known(said, _COLOURS(used), _BLACK)
    said = list(map(lib.FPDFPageObj_GetBounds, paths, *places))
    boxes = _known(said, _FLOATS(used), _NOWHERE)
    clips = map(held, map(lib.FPDFPageObj_GetClipPath, paths))
    segments = map(lib.FPDFPath_CountSegments, paths)
    return zip(
        modes, colours, segments, map(lib.FPDFClipPath_CountPaths, clips), boxes, strict=True
    )


def _known(said: list[int], found: Iterable[Any], unknown: Any) -> list[Any]:
    """Return what was found where it was said, and elsewhere what stands for it."""
    if all(said):
        return list(found)
    return [one if yes else unknown for yes, one in zip(said, found, strict=True)]
