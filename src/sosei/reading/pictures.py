"""頁の絵. A page of a PDF as a picture, and where on the picture the places of what was read lie.

The picture is drawn by a process of its own (`drawing`), bounded in pixels, time and memory: what comes from strangers
may be made to hurt. Whoever waits too long for a turn is told so.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from sosei.core.errors import Unreadable
from sosei.core.report import Place
from sosei.reading.formats.pdf.engine import LOCK

#: Pixels of the longer side: small print of an A3 sheet is legible, a picture stays below a megabyte.
LONGEST: Final = 1800
#: Seconds that drawing may take, and megabytes that it may hold.
SECONDS: Final = 10
MEGABYTES: Final = 1024
#: How many pages are drawn at once, and how many seconds one waits for a turn.
AT_ONCE: Final = 2
PATIENCE: Final = 20.0
#: Pages of one file of which the shape is kept.
MOST_PAGES: Final = 400
#: What a page's space is measured with: the finer, the less is lost by whole pixels.
_FINE: Final = 1_000_000
_STEP: Final = 1000.0
_PROGRAM: Final = Path(__file__).with_name("drawing.py")
_TURNS: Final = threading.BoundedSemaphore(AT_ONCE)
Box = tuple[float, float, float, float]


class NoPicture(Unreadable):
    """A page that cannot be drawn within bounds."""

    code = "E232"
    ja = "「{name}」の{page}ページを画像にできません。読み取った値と所在は、画像がなくても確かめられます。届いたファイルを取り出し、PDFを見る道具で開いて、見比べてください。"
    en = "Page {page} of “{name}” cannot be drawn. What was read and where it stands can be checked without the picture: get the file and open it beside this page."


class NoTurn(Unreadable):
    """Too many pages are being drawn."""

    code = "E233"
    ja = "ほかの頁の画像を作っているため、「{name}」の{page}ページをまだ表示できません。しばらくしてから、画面を読み込み直してください。"
    en = "Other pages are being drawn, so that page {page} of “{name}” has to wait. Load the page again in a while."


@dataclass(frozen=True, slots=True)
class Sheet:
    """紙面. A page as it is seen: `wide` and `high` in points, and how the page's own space (y counted down) lies on it.

    `across` and `down`: (dx, dy, at) such that x·dx + y·dy + at is the share of the width or height.
    """

    wide: float
    high: float
    across: tuple[float, float, float]
    down: tuple[float, float, float]

    def on(self, box: Box) -> Box:
        """Return a box of a place as it lies on the picture: left, top, width and height in points."""
        xs = [self._at(self.across, x, y) * self.wide for x in box[::2] for y in box[1::2]]
        ys = [self._at(self.down, x, y) * self.high for x in box[::2] for y in box[1::2]]
        left, top = max(0.0, min(xs)), max(0.0, min(ys))
        return left, top, max(0.0, min(max(xs), self.wide) - left), max(0.0, min(max(ys), self.high) - top)  # fmt: skip

    @staticmethod
    def _at(line: tuple[float, float, float], x: float, y: float) -> float:
        return x * line[0] + y * line[1] + line[2]

    def kept(self) -> list[float]:
        """Return it as a list of eight numbers."""
        return [self.wide, self.high, *self.across, *self.down]


def sheet_of(kept: list[float]) -> Sheet:
    """Return what `Sheet.kept` kept."""
    wide, high, a, b, c, d, e, f = kept
    return Sheet(wide, high, (a, b, c), (d, e, f))


def pages_of(places: Iterable[Place]) -> list[int]:
    """Return the pages on which places lie, in order, at most `MOST_PAGES`."""
    return sorted({one.page for one in places if one.page})[:MOST_PAGES]


def sheets(data: bytes, pages: Iterable[int]) -> dict[int, Sheet]:
    """Return how the pages of a PDF are seen; those that cannot be opened are left out."""
    found = {}
    with LOCK, _opened(data) as document:
        if document is None:
            return {}
        for number in pages:
            if (sheet := _sheet(document, number)) is not None:
                found[number] = sheet
    return found


@cache
def pdfium() -> Any:
    """Return PDFium's functions, loaded with the first picture that is asked for."""
    import pypdfium2.raw  # noqa: PLC0415

    return pypdfium2.raw


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    lib = pdfium()
    document = lib.FPDF_LoadMemDocument64(data, len(data), None)
    try:
        yield document or None
    finally:
        if document:
            lib.FPDF_CloseDocument(document)


def _sheet(document: Any, number: int) -> Sheet | None:
    lib = pdfium()
    page = lib.FPDF_LoadPage(document, number - 1)
    if not page:
        return None
    try:
        wide, high = lib.FPDF_GetPageWidthF(page), lib.FPDF_GetPageHeightF(page)
        origin, right, below = (
            _point(page, x, high - y) for x, y in ((0, 0), (_STEP, 0), (0, _STEP))
        )
    finally:
        lib.FPDF_ClosePage(page)
    if wide <= 0 or high <= 0:
        return None
    lines = [
        ((right[k] - origin[k]) / _STEP, (below[k] - origin[k]) / _STEP, origin[k]) for k in (0, 1)
    ]
    return Sheet(wide, high, lines[0], lines[1])


def _point(page: Any, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the page's own space (y upwards) lies on the page as it is seen, as shares of its sides."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium().FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def picture(data: bytes, name: str, page: int) -> bytes:
    """Draw a page (from 1) as PNG. Raises NoPicture and NoTurn."""
    if not _TURNS.acquire(timeout=PATIENCE):
        raise NoTurn(name=name, page=page)
    try:
        return _run(data, name, page)
    finally:
        _TURNS.release()


def _run(data: bytes, name: str, page: int) -> bytes:
    bounds: Mapping[str, int] = {
        "page": page,
        "longest": LONGEST,
        "seconds": SECONDS,
        "mb": MEGABYTES,
    }
    command = [sys.executable, "-I", str(_PROGRAM), *map(str, bounds.values())]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS + 5, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        raise NoPicture(name=name, page=page) from None
    if done.returncode != 0 or not done.stdout.startswith(b"\x89PNG"):
        raise NoPicture(name=name, page=page)
    return done.stdout
