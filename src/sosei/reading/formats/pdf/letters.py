"""文字. The text of a page as pieces: a stretch without white space, with the box it fills.

One call gives all characters; then two boxes a piece are enough, of its first and its last character. Only pieces
that turn a corner, lie across a rule or look drawn twice are taken apart character by character.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from sosei.reading.formats.pdf.engine import Box, Leaf, pdfium

_TOKEN: Final = re.compile(r"[^\s\x00-\x1f\ufffe\uffff]+")
_TWICE: Final = re.compile(r"(.)\1")
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_NARROW: Final = re.compile(r"[\x21-\x7e\uff61-\uff9f]")


class Piece(NamedTuple):
    """片. A stretch of text: its box as seen, its text, and where it begins in the page's characters."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    first: int

    @property
    def middle(self) -> float:
        """Half its height, points from the top."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Letters:
    """The characters of a page. `strange`: pieces whose characters stand for nothing that is known."""

    leaf: Leaf
    text: str
    pieces: list[Piece] = field(default_factory=list)
    strange: list[Piece] = field(default_factory=list)

    def box(self, at: int) -> Box:
        """Return the box of one character, as seen."""
        return _reader(self.leaf)(at)

    def apart(self, piece: Piece) -> list[Piece]:
        """Return a piece character by character."""
        read = _reader(self.leaf)
        first = piece.first
        return [Piece(*read(first + n), sign, first + n) for n, sign in enumerate(piece.text)]

    def drawn(self, at: int) -> int:
        """Return which text object a character was drawn by, as a number."""
        found = pdfium().FPDFText_GetTextObject(self.leaf.text, at)
        return ctypes.cast(found, ctypes.c_void_p).value or 0

    def made(self, at: int) -> bool:
        """Tell whether a space stands only in PDFium's reading, for a gap."""
        return bool(pdfium().FPDFText_IsGenerated(self.leaf.text, at) == 1)

    def between(self, before: Piece, after: Piece) -> str | None:
        """Return the white space that the page has between two pieces; None where they do not follow each other."""
        end = before.first + len(before.text)
        gap = self.text[end : after.first] if 0 <= after.first - end <= 40 else None
        return gap if gap is None or not gap.strip() else None


def letters_of(leaf: Leaf) -> Letters:
    """Return the text of a page."""
    letters = Letters(leaf, _text(leaf))
    read = _reader(leaf)
    lib, handle = pdfium(), leaf.text
    unknown = lib.FPDFText_HasUnicodeMapError
    out = letters.pieces
    for found in _TOKEN.finditer(letters.text):
        first, last = found.start(), found.end() - 1
        text = found[0]
        a = read(first)
        b = read(last) if last > first else a
        if last > first and not _straight(a, b):
            out.extend(_corners(letters, Piece(*a, text, first)))
            continue
        piece = Piece(a[0], min(a[1], b[1]), b[2], max(a[3], b[3]), text, first)
        if last > first and _TWICE.search(text) and _crowded(piece):
            out.extend(_corners(letters, piece))
        else:
            out.append(piece)
        if unknown(handle, first) == 1 or _PRIVATE.search(text):
            letters.strange.append(piece)
    letters.pieces = _once(out)
    return letters


def _text(leaf: Leaf) -> str:
    """Return the page's characters, one for one with PDFium's count."""
    if not leaf.count:
        return ""
    lib = pdfium()
    room = (ctypes.c_ushort * (2 * leaf.count + 2))()
    size = lib.FPDFText_GetText(leaf.text, 0, leaf.count, room)
    text = bytes(room)[: 2 * max(0, size - 1)].decode("utf-16-le", "replace")
    if len(text) == leaf.count:
        return text
    return "".join(_sign(lib.FPDFText_GetUnicode(leaf.text, n)) for n in range(leaf.count))


def _sign(code: int) -> str:
    """Return a character; one without a meaning is the replacement character, half of a pair nothing wide."""
    if code == 0 or code > 0x10FFFF:
        return "\ufffd"
    return "\u200b" if 0xD800 <= code < 0xE000 else chr(code)


def _reader(leaf: Leaf) -> Any:
    """Return a function from a character's number to its box as seen."""
    lib, text, shown = pdfium(), leaf.text, leaf.view.shown
    rect = lib.FS_RECTF()
    by, get = ctypes.byref(rect), lib.FPDFText_GetLooseCharBox
    x0, _, _, y1 = leaf.view.box

    def upright(at: int) -> Box:
        get(text, at, by)
        return rect.left - x0, y1 - rect.top, rect.right - x0, y1 - rect.bottom

    def turned(at: int) -> Box:
        get(text, at, by)
        return shown(rect.left, rect.bottom, rect.right, rect.top)

    return turned if leaf.view.turn else upright


def _straight(a: Box, b: Box) -> bool:
    """Tell whether two characters stand in one line, left to right."""
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return shared > 0.5 * min(a[3] - a[1], b[3] - b[1]) and b[0] >= a[0]


def _crowded(piece: Piece) -> bool:
    """Tell whether a piece is far too short for its characters: they may be drawn over each other."""
    narrow = len(_NARROW.findall(piece.text))
    full = len(piece.text) - 0.5 * narrow
    return piece.x1 - piece.x0 < 0.72 * full * (piece.bottom - piece.top)


def _corners(letters: Letters, piece: Piece) -> Iterator[Piece]:
    """Yield the straight stretches of a piece that turns corners; a character drawn again nearly there is left out."""
    run: list[Piece] = []
    for one in letters.apart(piece):
        if run and _again(run[-1], one):
            continue
        if run and not (_follows(run[-1], one) and one.first == run[-1].first + 1):
            yield _joined(run)
            run = []
        run.append(one)
    if run:
        yield _joined(run)


def _again(a: Piece, b: Piece) -> bool:
    """Tell whether a character is another one drawn again."""
    near = 0.2 * max(a.x1 - a.x0, 0.1)
    return a.text == b.text and abs(a.x0 - b.x0) < near and abs(a.top - b.top) < near


def _follows(a: Piece, b: Piece) -> bool:
    high = a.bottom - a.top
    return _straight(a[:4], b[:4]) and b.x0 - a.x1 < 1.2 * high


def _joined(run: list[Piece]) -> Piece:
    """Return characters in line as one piece."""
    return Piece(
        run[0].x0,
        min(p.top for p in run),
        run[-1].x1,
        max(p.bottom for p in run),
        "".join(p.text for p in run),
        run[0].first,
    )


def _once(pieces: list[Piece]) -> list[Piece]:
    """Leave out what is drawn again, the same text nearly at the same place (fake bold, shadows)."""
    seen: dict[str, list[Piece]] = {}
    out = []
    for piece in pieces:
        same = seen.setdefault(piece.text, [])
        near = 0.25 * (piece.bottom - piece.top)
        if any(abs(p.x0 - piece.x0) < near and abs(p.top - piece.top) < near for p in same):
            continue
        same.append(piece)
        out.append(piece)
    return out
