"""呼び出し. The functions of PDFium that a page needs thousands of times, with whole numbers for handles.

The same functions as in `pypdfium2.raw`, by their addresses: handles that are numbers, boxes read from plain memory and
no release of the interpreter's lock make each call half as long. What takes long (loading a page) keeps releasing it.
"""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

_HANDLE: Final = ctypes.c_void_p
_INT: Final = ctypes.c_int
_FLOAT: Final = ctypes.POINTER(ctypes.c_float)
_UINT: Final = ctypes.POINTER(ctypes.c_uint)
#: Name, what it returns, what it takes.
_QUICK: Final[tuple[tuple[str, Any, tuple[Any, ...]], ...]] = (
    ("FPDFPage_CountObjects", _INT, (_HANDLE,)),
    ("FPDFPage_GetObject", _HANDLE, (_HANDLE, _INT)),
    ("FPDFPageObj_GetType", _INT, (_HANDLE,)),
    ("FPDFPageObj_GetBounds", _INT, (_HANDLE, _FLOAT, _FLOAT, _FLOAT, _FLOAT)),
    ("FPDFPageObj_GetMatrix", _INT, (_HANDLE, _HANDLE)),
    ("FPDFPageObj_GetFillColor", _INT, (_HANDLE, _UINT, _UINT, _UINT, _UINT)),
    ("FPDFPageObj_GetStrokeColor", _INT, (_HANDLE, _UINT, _UINT, _UINT, _UINT)),
    ("FPDFPageObj_GetStrokeWidth", _INT, (_HANDLE, _FLOAT)),
    ("FPDFPageObj_GetClipPath", _HANDLE, (_HANDLE,)),
    ("FPDFClipPath_CountPaths", _INT, (_HANDLE,)),
    ("FPDFClipPath_CountPathSegments", _INT, (_HANDLE, _INT)),
    ("FPDFClipPath_GetPathSegment", _HANDLE, (_HANDLE, _INT, _INT)),
    ("FPDFFormObj_CountObjects", _INT, (_HANDLE,)),
    ("FPDFFormObj_GetObject", _HANDLE, (_HANDLE, ctypes.c_ulong)),
    ("FPDFPath_CountSegments", _INT, (_HANDLE,)),
    ("FPDFPath_GetPathSegment", _HANDLE, (_HANDLE, _INT)),
    ("FPDFPath_GetDrawMode", _INT, (_HANDLE, ctypes.POINTER(_INT), ctypes.POINTER(_INT))),
    ("FPDFPathSegment_GetPoint", _INT, (_HANDLE, _FLOAT, _FLOAT)),
    ("FPDFPathSegment_GetType", _INT, (_HANDLE,)),
    ("FPDFPathSegment_GetClose", _INT, (_HANDLE,)),
    ("FPDFText_CountChars", _INT, (_HANDLE,)),
    ("FPDFText_GetText", _INT, (_HANDLE, _INT, _INT, _HANDLE)),
    ("FPDFText_GetUnicode", ctypes.c_uint, (_HANDLE, _INT)),
    ("FPDFText_GetCharAngle", ctypes.c_float, (_HANDLE, _INT)),
    ("FPDFText_GetLooseCharBox", _INT, (_HANDLE, _INT, _HANDLE)),
    ("FPDFText_GetTextObject", _HANDLE, (_HANDLE, _INT)),
    ("FPDFText_HasUnicodeMapError", _INT, (_HANDLE, _INT)),
    ("FPDFText_IsGenerated", _INT, (_HANDLE, _INT)),
    ("FPDFPage_GetRotation", _INT, (_HANDLE,)),
    ("FPDF_GetPageWidthF", ctypes.c_float, (_HANDLE,)),
    ("FPDF_GetPageHeightF", ctypes.c_float, (_HANDLE,)),
    ("FPDF_GetPageBoundingBox", _INT, (_HANDLE, _HANDLE)),
    ("FPDF_GetPageCount", _INT, (_HANDLE,)),
    ("FPDF_GetLastError", ctypes.c_ulong, ()),
    ("FPDF_GetMetaText", ctypes.c_ulong, (_HANDLE, ctypes.c_char_p, _HANDLE, ctypes.c_ulong)),
)
_SLOW: Final[tuple[tuple[str, Any, tuple[Any, ...]], ...]] = (
    ("FPDF_LoadMemDocument64", _HANDLE, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    ("FPDF_CloseDocument", None, (_HANDLE,)),
    ("FPDF_LoadPage", _HANDLE, (_HANDLE, _INT)),
    ("FPDF_ClosePage", None, (_HANDLE,)),
    ("FPDFText_LoadPage", _HANDLE, (_HANDLE,)),
    ("FPDFText_ClosePage", None, (_HANDLE,)),
)
#: What four and six numbers in memory are, read at once.
FOUR: Final = struct.Struct("4f").unpack_from
SIX: Final = struct.Struct("6f").unpack_from


class Calls:
    """The functions, each under its name in PDFium."""

    def __init__(self) -> None:
        # Loaded with the first PDF, for it takes longer than reading a small table.
        import pypdfium2.raw  # noqa: PLC0415

        for named, make in ((_QUICK, ctypes.PYFUNCTYPE), (_SLOW, ctypes.CFUNCTYPE)):
            for name, result, takes in named:
                address = ctypes.cast(getattr(pypdfium2.raw, name), _HANDLE).value
                assert address is not None
                setattr(self, name, make(result, *takes)(address))

    def __getattr__(self, name: str) -> Any:
        """Only for names that are no function of the tables above."""
        raise AttributeError(name)


@cache
def calls() -> Calls:
    """Return the functions, made once."""
    return Calls()


@dataclass(slots=True)
class Memory:
    """Room for four numbers that a function writes, read at once."""

    room: Any
    at: int

    @classmethod
    def fresh(cls, size: int = 24) -> Memory:
        """Return new room."""
        room = ctypes.create_string_buffer(size)
        return cls(room, ctypes.addressof(room))

    def four(self) -> tuple[float, float, float, float]:
        """Return the first four numbers."""
        return FOUR(self.room)

    def six(self) -> tuple[float, float, float, float, float, float]:
        """Return six numbers."""
        return SIX(self.room)
