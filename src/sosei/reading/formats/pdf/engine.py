"""機関. PDFium through its raw interface: a document opened, its pages one after another, each closed before the next.

PDFium knows no threads, so one lock holds for every call of the process.
"""

from __future__ import annotations

import ctypes
import math
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sosei.reading.formats.pdf.calls import FOUR, Calls, calls, held, memory
from sosei.reading.formats.pdf.stored import Stored
from sosei.reading.formats.refusal import Broken, Encrypted

#: Held while PDFium is called.
LOCK: Final = threading.RLock()
_PASSWORD: Final = 4
#: Pages after which a document is opened anew.
_FRESH: Final = 100
#: Characters of a page of which the direction is asked.
_SAMPLE: Final = 12
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """見え方. How a page is turned to be looked at: `turn` quarters clockwise, over the visible box in the page's own space.

    Readers work in points from the top left of the page as it is seen; `place` goes back to the page's own space.
    """

    turn: int
    box: Box
    height: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen, points."""
        wide, high = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (high, wide) if self.turn % 2 else (wide, high)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the page's own space (y upwards) as seen: x0, top, x1, bottom (y downwards)."""
        x0, y0, x1, y1 = self.box
        if self.turn == 0:
            return left - x0, y1 - top, right - x0, y1 - bottom
        if self.turn == 1:
            return bottom - y0, left - x0, top - y0, right - x0
        if self.turn == 2:
            return x1 - right, bottom - y0, x1 - left, top - y0
        return y1 - top, x1 - right, y1 - bottom, x1 - left

    def spot(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page's own space as seen."""
        x0, y0, x1, y1 = self.box
        if self.turn == 0:
            return x - x0, y1 - y
        if self.turn == 1:
            return y - y0, x - x0
        if self.turn == 2:
            return x1 - x, y - y0
        return y1 - y, x1 - x

    def confidence(self, box: Box) -> float | None:
        """Return how sure a recogniser is of what stands in a box; None of a page that is no picture."""
        return None

    def place(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """Return a box as seen as places state it: in the page's own space, y counted down from its stated height."""
        a, b, c, d = self.box
        if self.turn == 0:
            left, low, right, high = x0 + a, d - bottom, x1 + a, d - top
        elif self.turn == 1:
            left, low, right, high = top + a, x0 + b, bottom + a, x1 + b
        elif self.turn == 2:
            left, low, right, high = c - x1, top + b, c - x0, bottom + b
        else:
            left, low, right, high = c - bottom, d - x1, c - top, d - x0
        up = self.height
        # Tenths of a point, by whole numbers: several times as fast as round().
        return (
            int(left * 10 + 0.5) / 10,
            int((up - high) * 10 + 0.5) / 10,
            int(right * 10 + 0.5) / 10,
            int((up - low) * 10 + 0.5) / 10,
        )


@dataclass(slots=True)
class Leaf:
    """頁. One open page: `number` from 1, PDFium's handles of the page and its text, and how it is seen."""

    number: int
    page: Any
    text: Any
    view: View
    count: int


class Opened:
    """An open PDF. Use as a context: it is closed at the end."""

    def __init__(self, data: bytes | Stored, name: str) -> None:
        """Open. Raises Encrypted and Broken."""
        self.name = name
        # PDFium reads from these very bytes, or this file, as long as the document is open.
        self._data = data
        self._read = 0
        with LOCK:
            lib = calls()
            self._handle = self._load()
            if not self._handle:
                raise _refusal(lib.FPDF_GetLastError(), name)
            self.pages: int = lib.FPDF_GetPageCount(held(self._handle))
        if self.pages < 1:
            self.close()
            raise _broken(name)

    def _load(self) -> Any:
        data = self._data
        if isinstance(data, Stored):
            return calls().FPDF_LoadDocument(os.fsencode(data.path), None)
        return calls().FPDF_LoadMemDocument64(data, len(data), None)

    def _refresh(self) -> None:
        """Open the document anew after so many pages, for PDFium keeps what it parsed."""
        self._read += 1
        if self._read % _FRESH == 0 and (fresh := self._load()):
            calls().FPDF_CloseDocument(self._handle)
            self._handle = fresh

    @property
    def title(self) -> str:
        """The title that the file gives itself, or nothing."""
        room = ctypes.create_string_buffer(2048)
        with LOCK:
            size = calls().FPDF_GetMetaText(self._handle, b"Title", room, len(room))
        text = room.raw[: max(0, min(size, len(room)) - 2)].decode("utf-16-le", "replace")
        return text.strip(" \t\r\n\0\u3000")

    def close(self) -> None:
        """Close the document; doing so twice does nothing."""
        if self._handle:
            with LOCK:
                calls().FPDF_CloseDocument(self._handle)
            self._handle = None

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    @contextmanager
    def leaf(self, number: int) -> Iterator[Leaf | None]:
        """Open a page (from 1), and close it after; None where PDFium cannot open it."""
        lib = calls()
        with LOCK:
            self._refresh()
            page = lib.FPDF_LoadPage(self._handle, number - 1)
            if not page:
                yield None
                return
            text = lib.FPDFText_LoadPage(page)
            try:
                yield _leaf(lib, number, held(page), held(text))
            finally:
                if text:
                    lib.FPDFText_ClosePage(text)
                lib.FPDF_ClosePage(page)


def _leaf(lib: Calls, number: int, page: Any, text: Any) -> Leaf:
    count = max(0, lib.FPDFText_CountChars(text))
    return Leaf(number, page, text, _view(lib, page, text, count), count)


def _refusal(code: int, name: str) -> Exception:
    return Encrypted(name=name) if code == _PASSWORD else _broken(name)


def _broken(name: str) -> Broken:
    return Broken(
        name=name, where="PDF", fault="頁を取り出せません", fault_en="no page can be taken out"
    )


def _view(lib: Calls, page: Any, text: Any, count: int) -> View:
    """Return how a page is seen: turned so that most of its text stands upright, and its visible box."""
    turn = _turn(lib, text, count)
    if turn is None:
        turn = lib.FPDFPage_GetRotation(page) % 4
    room = memory()
    wide, high = lib.FPDF_GetPageWidthF(page), lib.FPDF_GetPageHeightF(page)
    if lib.FPDF_GetPageBoundingBox(page, room.at[0]):
        left, top, right, bottom = FOUR(room.room)
        if right > left:
            return View(turn, (left, min(bottom, top), right, max(bottom, top)), high)
    if lib.FPDFPage_GetRotation(page) % 2:
        return View(turn, (0.0, 0.0, high, wide), high)
    return View(turn, (0.0, 0.0, wide, high), high)


def _turn(lib: Calls, text: Any, count: int) -> int | None:
    """Return by how many quarters most characters of a sample are turned; None where there are none."""
    step = max(1, count // _SAMPLE)
    signs = [at for at in range(step // 2, count, step) if lib.FPDFText_GetUnicode(text, at) > 32]
    angles = (lib.FPDFText_GetCharAngle(text, at) for at in signs)
    turns = [-round(angle / (math.pi / 2)) % 4 for angle in angles if math.isfinite(angle)]
    return max(set(turns), key=turns.count) if turns else None
