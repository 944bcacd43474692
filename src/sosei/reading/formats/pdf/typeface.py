"""仮の書体. What stands in for a Japanese typeface that a file does not bring along: one box for every sign.

PDFium takes whatever the machine has: 20 MB are loaded for it, boxes differ from machine to machine, and where there is
none, single characters are lost, for a sign without a shape is left out. A reader needs no shapes.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any, Final

#: Units of an em, and the box: narrower than half a character, as high as kanji are.
_EM: Final = 1000
_BOX: Final = (40, -90, 460, 852)
#: Windows' numbers for Japanese, Korean, simplified and traditional Chinese.
_CHARSETS: Final = frozenset((128, 129, 134, 136))
_HANDLE: Final = 1
_NAME: Final = b"Sosei\0"


def stand_in(library: Any) -> tuple[Any, ...]:
    """Let PDFium (`pypdfium2.raw`) take the one typeface for those of East Asia and its own ones for all others.

    Returns what must live as long as PDFium does.
    """
    data = typeface()
    info = library.FPDF_SYSFONTINFO()
    kinds = dict(info._fields_)
    info.version = 1
    info.MapFont = kinds["MapFont"](
        lambda _, weight, italic, charset, pitch, face, exact: (
            _HANDLE if charset in _CHARSETS else None
        )
    )
    info.GetFontData = kinds["GetFontData"](
        lambda _, handle, table, room, size: _copied(data if table == 0 else b"", room, size)
    )
    info.GetFaceName = kinds["GetFaceName"](
        lambda _, handle, room, size: _copied(_NAME, room, size)
    )
    library.FPDF_SetSystemFontInfo(info)
    return info, data


def _copied(data: bytes, room: Any, size: int) -> int:
    """Copy data to where it fits, and return its length."""
    if room and size >= len(data):
        ctypes.memmove(room, data, len(data))
    return len(data)


def typeface() -> bytes:
    """Return a TrueType file of one sign."""
    x0, y0, x1, y1 = _BOX
    glyph = struct.pack(">hhhhhHH", 1, x0, y0, x1, y1, 3, 0) + bytes((1, 1, 1, 1))
    glyph = _whole(glyph + struct.pack(">8h", x0, x1 - x0, 0, x0 - x1, y0, 0, y1 - y0, 0))
    tables = {
        # Every character is the same sign, the second one: the first means that there is none.
        b"cmap": struct.pack(">HHHHIHHIIIIII", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 0, 0x10FFFF, 1),
        b"glyf": glyph,
        b"head": struct.pack(
            ">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_BOX, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">Ihhh13H", 0x10000, 880, -120, 0, _EM, *(0,) * 11, 1),
        b"hmtx": struct.pack(">Hhh", _EM, x0, x0),
        b"loca": struct.pack(">III", 0, 0, len(glyph)),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, 4, 1, 0, 0, 1, *(0,) * 8),
    }
    out, at = b"", 12 + 16 * len(tables)
    for name, table in tables.items():
        out += name + struct.pack(">III", 0, at, len(table))
        at += len(table) + -len(table) % 4
    body = b"".join(map(_whole, tables.values()))
    return struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 48) + out + body


def _whole(table: bytes) -> bytes:
    """Return a table filled up to a multiple of four bytes."""
    return table + bytes(-len(table) % 4)
