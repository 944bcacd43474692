"""描画. A program of its own: it draws one page of the PDF on its standard input, and writes the picture as PNG.

It runs beside the server (`sosei.reading.pictures` starts it), within bounds of memory and time that the system holds:
a file that makes PDFium fall or swell takes this process with it, and nothing else. It imports nothing of Sosei, so that
it starts fast. Arguments: page (from 1), pixels of the longer side, seconds, megabytes. Ends with 0, or 2: not opened,
3: no such page, 4: out of time.
"""

from __future__ import annotations

import ctypes
import struct
import sys
import time
import zlib
from typing import Any

import pypdfium2.raw as lib

NOT_OPENED, NO_PAGE, TOO_SLOW = 2, 3, 4
_WHITE = 0xFFFFFFFF
#: Bytes of a pixel that PDFium draws: blue, green, red and one that says nothing.
_DEPTH = 4
_Shape = tuple[int, int]


def main(words: list[str]) -> int:
    """Draw what is asked for; return how it ended."""
    number, longest, seconds, megabytes = map(int, words)
    _bound(seconds, megabytes)
    until = time.monotonic() + seconds
    data = sys.stdin.buffer.read()
    document = lib.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return NOT_OPENED
    if not 1 <= number <= lib.FPDF_GetPageCount(document):
        return NO_PAGE
    page = lib.FPDF_LoadPage(document, number - 1)
    if not page:
        return NO_PAGE
    shape = shape_of(lib.FPDF_GetPageWidthF(page), lib.FPDF_GetPageHeightF(page), longest)
    drawn = _drawn(page, shape, until)
    if drawn is None:
        return TOO_SLOW
    sys.stdout.buffer.write(png(drawn, shape))
    return 0


def shape_of(wide: float, high: float, longest: int) -> _Shape:
    """Return the pixels of a page of some points: the longer side as asked, the other in proportion, never none."""
    scale = longest / max(wide, high, 1.0)
    return max(1, min(longest, round(wide * scale))), max(1, min(longest, round(high * scale)))


def _bound(seconds: int, megabytes: int) -> None:
    """Let the system hold the bounds, where it can (Windows cannot; there the caller's clock is left)."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _drawn(page: Any, shape: _Shape, until: float) -> bytes | None:
    """Return the pixels, row by row; None where the time was up before all was drawn."""
    wide, high = shape
    store = ctypes.create_string_buffer(wide * high * _DEPTH)
    bitmap = lib.FPDFBitmap_CreateEx(wide, high, lib.FPDFBitmap_BGRx, store, wide * _DEPTH)
    lib.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, _WHITE)
    pause = lib.IFSDK_PAUSE()
    pause.version = 1
    asked = type(pause.NeedToPauseNow)(lambda _: int(time.monotonic() > until))
    pause.NeedToPauseNow = asked
    flags = lib.FPDF_ANNOT | lib.FPDF_REVERSE_BYTE_ORDER
    state = lib.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, wide, high, 0, flags, pause)
    lib.FPDF_RenderPage_Close(page)
    return store.raw if state == lib.FPDF_RENDER_DONE else None


def png(pixels: bytes, shape: _Shape) -> bytes:
    """Return red, green, blue and an idle byte for each pixel as a PNG."""
    wide, high = shape
    plain = bytearray(wide * high * 3)
    for colour in range(3):
        plain[colour::3] = pixels[colour : wide * high * _DEPTH : _DEPTH]
    rows = b"".join(b"\0" + plain[at : at + wide * 3] for at in range(0, wide * high * 3, wide * 3))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = (_part(b"IHDR", head), _part(b"IDAT", zlib.compress(rows, 4)), _part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
