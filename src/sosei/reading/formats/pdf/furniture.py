"""柱と頁番号. What a page says of itself: its number, at any edge and upright or turned, and where it counts on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sosei.core.text import fold
from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.even import WIDE
from sosei.reading.formats.pdf.letters import Piece

_DASH: Final = r"[-－―‐—–ー~～\s]*"
_PAGE_NUMBER: Final = re.compile(
    rf"{_DASH}(?:[pPｐＰ][.．]?)?\s*(?:[0-9０-９]{{1,4}}|[ivxlc]{{1,6}}|[IVXLC]{{1,6}}|[\u2160-\u217f])"
    rf"(?:\s*[/／]\s*[0-9０-９]{{1,4}}|\s*(?:頁|ページ))?{_DASH}"
)
_BARE: Final = re.compile(r"[0-9]{1,4}")
#: Characters of a page's bare number, spaces included.
_LONGEST: Final = 8
#: The shares of a page's height and width, at its edges, in which furniture stands.
_MARGIN, _SIDE = 0.12, 0.09
#: How far the next character of text that runs downwards may be, in heights of its type.
_PITCH: Final = 1.6


def is_page_number(box: Box, text: str, high: float) -> bool:
    """Tell whether a line at a page's head or foot holds nothing but its number. `high`: the page's height."""
    edge = box[1] > (1 - _MARGIN) * high or box[3] < _MARGIN * high
    return edge and is_number(text)


def is_number(text: str) -> bool:
    """Tell whether a line says a page's number and no more."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def bare_number(text: str) -> int | None:
    """Return the number that a line is, with no sign that it is a page's; else None."""
    if len(text) > _LONGEST:
        return None
    text = fold(text).strip()
    return int(text) if _BARE.fullmatch(text) else None


def turned_lines(pieces: Sequence[Piece], wide: float) -> tuple[list[list[Piece]], Sequence[Piece]]:
    """Return what runs downwards (or upwards) at the left and right edge of a page, and the pieces beside it."""
    edge = [
        piece for piece in pieces
        if len(piece[4]) == 1 and (piece[2] < _SIDE * wide or piece[0] > (1 - _SIDE) * wide)
    ]  # fmt: skip
    if len(edge) < 2:
        return [], pieces
    runs: list[list[Piece]] = []
    for piece in sorted(edge, key=_first):
        if runs and _is_next(runs[-1][-1], piece):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    lines = [run for run in runs if _is_line(run)]
    if not lines:
        return [], pieces
    taken = {piece.first for run in lines for piece in run}
    return lines, [piece for piece in pieces if piece.first not in taken]


def _first(piece: Piece) -> int:
    return piece.first


def _is_next(before: Piece, after: Piece) -> bool:
    """Tell whether a character stands right above or below the one before it."""
    high = max(before.bottom - before.top, before.x1 - before.x0)
    apart = abs(before.x0 + before.x1 - after.x0 - after.x1) / 2
    by = abs(after.middle - before.middle)
    return (
        apart < 0.5 * high
        and 0.2 * high < by < _PITCH * high
        and after.first - before.first <= 1 + 3
    )


def _is_line(run: Sequence[Piece]) -> bool:
    text = "".join(piece.text for piece in run)
    if len(run) < 2:
        return False
    return (is_number(text) and not text.isdecimal()) or all(WIDE.match(sign) for sign in text)
