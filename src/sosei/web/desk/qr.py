"""QRコード. An address as a picture that a telephone reads: one path of an SVG, made here, nothing fetched."""

from __future__ import annotations

from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

#: White modules around it, as ISO/IEC 18004 asks.
_QUIET: Final = 4


def qr_path(text: str) -> tuple[int, str]:
    """Return the side of the picture in modules, and the path of its dark ones.

    >>> side, path = qr_path("https://example.jp/forms/eki/")
    >>> side, path[:13]
    (37, 'M4 4h7v1h-7zM')
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return len(rows), "".join(_runs(y, row) for y, row in enumerate(rows))


def _runs(y: int, row: list[bool]) -> str:
    """Return the dark runs of a row."""
    made, begin = "", None
    for x, dark in enumerate([*row, False]):
        if dark and begin is None:
            begin = x
        elif not dark and begin is not None:
            made += f"M{begin} {y}h{x - begin}v1h-{x - begin}z"
            begin = None
    return made
