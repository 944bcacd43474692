"""視読. The signs of a page that is a picture, by RapidOCR where the extra `ocr` is installed: one recogniser a process.

A page takes seconds and the recogniser half a gigabyte, so it looks only where a caller says so (`looking`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import Any, Final, NamedTuple

from sosei.reading.formats.pdf.lookalikes import mended

_LOOKING: Final[ContextVar[bool]] = ContextVar("looking", default=False)
#: What the extra brings.
_NEEDED: Final = ("rapidocr", "onnxruntime", "cv2")
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
    """Tell whether the extra is installed; SOSEI_OCR=0 leaves pictures alone all the same."""
    return os.environ.get("SOSEI_OCR") != "0" and all(map(find_spec, _NEEDED))


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
        found = _recogniser()(image, use_cls=False, return_word_box=True)
    parts = zip(found.word_results or (), found.scores or (), strict=False)
    seen = [_line(words, float(score)) for words, score in parts if words]
    return sorted((line for line in seen if line.signs), key=lambda line: line.top)


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
