"""視読. The signs of a page that is a picture, by RapidOCR where the extra `ocr` is installed: one recogniser a process.

A page takes seconds and the recogniser half a gigabyte, so it looks only where a caller says so (`looking`).
"""

from __future__ import annotations

import itertools
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from sosei.reading.formats.pdf.lookalikes import mended

_LOOKING: Final[ContextVar[bool]] = ContextVar("looking", default=False)
#: What the extra brings.
_NEEDED: Final = ("rapidocr", "onnxruntime", "cv2")
#: Pixels left free beside a wall, and beyond a line's ends; the share of the ground's brightness below which is ink.
_CLEAR, _ROOM = 3, 8
_DARK: Final = 0.6
#: A mark so many times as wide as its ink is high is a dash, of this confidence; of other marks so much is asked.
_FLAT: Final = 4
_DASH, _LEAST, _LEAST_MARK = 0.9, 0.8, 0.3
#: Marks of a scale, of which a recogniser of words is seldom sure.
_MARKS: Final = frozenset("○◎●◯〇△▲×✕☆★□■◇◆")
#: Held while the recogniser works: it keeps its state between its steps.
_LOCK: Final = threading.Lock()


class Sign(NamedTuple):
    """字. One sign with the box it fills, in pixels from the top left."""

    text: str
    x0: float
    x1: float


class Seen(NamedTuple):
    """行. A line of signs: its upper and lower edge in pixels, and how sure the recogniser is, 0 to 1."""

    top: float
    bottom: float
    signs: tuple[Sign, ...]
    score: float


def can_look() -> bool:
    """Tell whether the extra is installed."""
    return all(map(find_spec, _NEEDED))


def is_looking() -> bool:
    """Tell whether pages that are pictures are to be looked at here."""
    return _LOOKING.get()


@contextmanager
def looking(*, wanted: bool = True) -> Iterator[None]:
    """Look at pages that are pictures within a block, where the extra is installed."""
    before = _LOOKING.set(wanted and can_look())
    try:
        yield
    finally:
        _LOOKING.reset(before)


@cache
def _recogniser() -> Any:
    import rapidocr  # noqa: PLC0415 - half a gigabyte, and an extra

    quiet = {"Global.log_level": "error", "Global.use_cls": False}
    return rapidocr.RapidOCR(params=quiet)


def lines(image: Any) -> list[Seen]:
    """Return the lines of a picture (rows and columns of grey), from the top."""
    with _LOCK:
        # all is said each time: it keeps what it was told last
        found = _recogniser()(
            image, use_det=True, use_cls=False, use_rec=True, return_word_box=True
        )
    parts = zip(found.word_results or (), found.scores or (), strict=False)
    seen = [_line(words, float(score)) for words, score in parts if words]
    return sorted((line for line in seen if line.signs), key=lambda line: line.top)


def again(image: Any, line: Seen, walls: Sequence[float]) -> list[Seen]:
    """Return a line that runs over walls as a line between each two of them, each looked at by itself.

    What stands close on both sides of a rule is taken for one line, and its signs are set by guess.
    """
    edges = [line.signs[0].x0 - _ROOM, *walls, line.signs[-1].x1 + _ROOM]
    high, wide = image.shape[:2]
    top, bottom = max(0, int(line.top) - 1), min(high, int(line.bottom) + 2)
    out: list[Seen] = []
    for first, last in itertools.pairwise(edges):
        left, right = max(0, int(first) + _CLEAR), min(wide, int(last) - _CLEAR)
        if right - left > _CLEAR and (seen := _part(image[top:bottom, left:right], line, left)):
            out.append(seen)
    return out


def alone(image: Any, box: tuple[int, int, int, int]) -> Seen | None:
    """Look at a mark that stands alone in a box: left, top, right, bottom, in pixels. A flat stroke is a dash."""
    left, top, right, bottom = box
    room = max(2, (bottom - top) // 2)
    part = image[max(0, top - room) : bottom + room, max(0, left - room) : right + room]
    ink = (part < part.max() * _DARK).any(axis=1).sum()
    if right - left > _FLAT * max(1, int(ink)):
        middle, high = (top + bottom) / 2, (right - left) / 2
        return Seen(middle - high, middle + high, (Sign("－", left, right),), _DASH)
    line = Seen(max(0, top - room), bottom + room, (Sign("", left, right),), 0.0)
    seen = _part(part, line, max(0, left - room))
    if seen is None or len(seen.signs) != 1:
        return None
    known = seen.signs[0].text in _MARKS
    return seen if seen.score >= (_LEAST_MARK if known else _LEAST) else None


def _part(image: Any, line: Seen, left: int) -> Seen | None:
    """Look at a part of a line that begins at `left`; its signs take the room of its ink, narrow ones half."""
    dark = (image < image.max() * _DARK).any(axis=0).nonzero()[0]
    if not dark.size:
        return None
    with _LOCK:
        found = _recogniser()(image, use_det=False, use_cls=False, use_rec=True)
    text, score = (found.txts or ("",))[0], float((found.scores or (0.0,))[0])
    if not text.strip():
        return None
    text = mended(text.strip())
    widths = [1 if unicodedata.east_asian_width(sign) in "NaH" else 2 for sign in text]
    step = (float(dark[-1]) - float(dark[0]) + 1) / sum(widths)
    ends = [left + float(dark[0]) + step * at for at in itertools.accumulate(widths, initial=0)]
    signs = (Sign(s, a, b) for s, (a, b) in zip(text, itertools.pairwise(ends), strict=True))
    return Seen(line.top, line.bottom, tuple(signs), score)


def _line(words: Any, score: float) -> Seen:
    """Return what the recogniser says of a line: words of one sign or several, each with its four corners."""
    signs: list[Sign] = []
    tops: list[float] = []
    bottoms: list[float] = []
    for text, _, corners in words:
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        first, step = min(xs), (max(xs) - min(xs)) / max(1, len(text))
        signs += [
            Sign(sign, first + step * n, first + step * (n + 1)) for n, sign in enumerate(text)
        ]
        tops.append(min(ys))
        bottoms.append(max(ys))
    whole = mended("".join(sign.text for sign in signs))
    named = [sign._replace(text=text) for sign, text in zip(signs, whole, strict=True)]
    return Seen(min(tops), max(bottoms), tuple(named), score)
