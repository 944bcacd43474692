"""呼び出し. The functions of PDFium that a page needs thousands of times, called the quickest way that ctypes knows.

The same functions as in `pypdfium2.raw`, by their addresses, and none of their arguments checked or converted: handles
are `held` once and passed as they are, numbers are whole ones, what is written lands in plain memory read at once, and
the interpreter's lock is kept. So a call takes a third of the time. What takes long (loading a page) is checked and
releases the lock.
"""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sosei.reading.formats.pdf.typeface import stand_in

#: Makes of a handle, a number or None, what is passed.
held: Final = ctypes.c_void_p.from_param
_HANDLE: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int
#: What they return: then the names.
_QUICK: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (
        _HANDLE,
        (
            "FPDFPage_GetObject", "FPDFPageObj_GetClipPath", "FPDFClipPath_GetPathSegment",
            "FPDFFormObj_GetObject", "FPDFPath_GetPathSegment", "FPDFText_GetTextObject",
        ),
    ),
    (
        _INT,
        (
            "FPDFPage_CountObjects", "FPDFPageObj_GetType", "FPDFPageObj_GetBounds", "FPDFPageObj_GetMatrix",
            "FPDFPageObj_GetFillColor", "FPDFPageObj_GetStrokeColor", "FPDFPageObj_GetStrokeWidth",
            "FPDFClipPath_CountPaths", "FPDFClipPath_CountPathSegments", "FPDFFormObj_CountObjects",
            "FPDFPath_CountSegments", "FPDFPath_GetDrawMode", "FPDFPathSegment_GetPoint", "FPDFPathSegment_GetType",
            "FPDFPathSegment_GetClose", "FPDFText_CountChars", "FPDFText_GetText", "FPDFText_GetLooseCharBox",
            "FPDFText_HasUnicodeMapError", "FPDFText_IsGenerated", "FPDFPage_GetRotation", "FPDF_GetPageCount",
            "FPDF_GetPageBoundingBox",
        ),
    ),
    (ctypes.c_uint, ("FPDFText_GetUnicode",)),
    (ctypes.c_ulong, ("FPDF_GetLastError",)),
    (ctypes.c_float, ("FPDFText_GetCharAngle", "FPDF_GetPageWidthF", "FPDF_GetPageHeightF")),
)  # fmt: skip
#: Name, what it returns, what it takes.
_SLOW: Final[tuple[tuple[str, Any, tuple[Any, ...]], ...]] = (
    ("FPDF_LoadMemDocument64", _HANDLE, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    ("FPDF_LoadDocument", _HANDLE, (ctypes.c_char_p, ctypes.c_char_p)),
    ("FPDF_CloseDocument", None, (_HANDLE,)),
    ("FPDF_LoadPage", _HANDLE, (_HANDLE, _INT)),
    ("FPDF_ClosePage", None, (_HANDLE,)),
    ("FPDFText_LoadPage", _HANDLE, (_HANDLE,)),
    ("FPDFText_ClosePage", None, (_HANDLE,)),
    (
        "FPDF_GetMetaText",
        ctypes.c_ulong,
        (_HANDLE, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_ulong),
    ),
)
#: What two, four and six numbers in memory are, read at once.
TWO: Final = struct.Struct("2f").unpack_from
FOUR: Final = struct.Struct("4f").unpack_from
SIX: Final = struct.Struct("6f").unpack_from


class Calls:
    """The functions, each under its name in PDFium."""

    def __init__(self) -> None:
        # Loaded with the first PDF, for it takes longer than reading a small table.
        import pypdfium2.raw  # noqa: PLC0415

        for result, names in _QUICK:
            for name in names:
                setattr(self, name, ctypes.PYFUNCTYPE(result)(_address(pypdfium2.raw, name)))
        for name, result, takes in _SLOW:
            setattr(self, name, ctypes.CFUNCTYPE(result, *takes)(_address(pypdfium2.raw, name)))
        self.kept = stand_in(pypdfium2.raw)

    def __getattr__(self, name: str) -> Any:
        """Only for names that are no function of the tables above."""
        raise AttributeError(name)


def _address(library: Any, name: str) -> int:
    address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
    assert address is not None
    return address


@cache
def calls() -> Calls:
    """Return the functions, made once."""
    return Calls()


@dataclass(frozen=True, slots=True)
class Memory:
    """Room for six numbers that a function writes, read at once. `at`: the places of the first four, to be passed."""

    room: Any
    at: tuple[Any, Any, Any, Any]


@cache
def memory() -> Memory:
    """Return the one room, made once: what is written is read before anything else is written, under PDFium's lock."""
    room = ctypes.create_string_buffer(24)
    byref = ctypes.byref
    return Memory(room, (byref(room), byref(room, 4), byref(room, 8), byref(room, 12)))
