"""文字. The text of a page as pieces: a stretch without white space, with the box it fills.

One call gives all characters; then two boxes a piece are enough, of its first and its last character. Only pieces
that turn a corner, lie across a rule or look drawn twice are taken apart character by character.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sosei.reading.formats.pdf.bulk import boxes_of
from sosei.reading.formats.pdf.calls import calls
from sosei.reading.formats.pdf.engine import Box, Leaf

_TOKEN: Final = re.compile(r"[^\s\x00-\x1f\uffff]+")
#: What PDFium says for a hyphen between letters at a line's end, which it would leave out; on paper it stands there.
_HYPHENS: Final = str.maketrans("\x02\ufffe", "--")
_TWICE: Final = re.compile(r"(.)\1")
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_NARROW: Final = re.compile(r"[\x21-\x7e\uff61-\uff9f]")


#: Stands for the second half of a character; no piece holds it.
_HALF: Final = "\uffff"
#: The width of a character, in heights of its body (which some typefaces make half as high again as their signs), below
#: which it may be drawn over another.
_CROWDED: Final = 0.56
#: The same of narrow ones, a little more than half of it: what is wider is not looked at any closer.
_LEAST: Final = 0.281
#: The width of a character, in heights of its body, beyond which a stretch holds gaps that are no space to PDFium:
#: between brackets it makes none.
_SPREAD: Final = 3.0
#: Points beyond which nothing stands, for a page has 14,400 at the most; all pieces' edges together may have some more.
_FAR: Final = 1e8
#: Pieces are looked up by their height in steps of so many points.
_STEP: Final = 8.0
#: Of so many pieces one is asked for its font's meaning.
_ASKED: Final = 12


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
    """The characters of a page. `strange`: pieces whose characters stand for nothing that is known.

    `printed`: they are text of the file, not recognised in a picture.
    """

    leaf: Leaf
    text: str
    pieces: list[Piece] = field(default_factory=list)
    strange: list[Piece] = field(default_factory=list)
    printed: bool = True

    def apart(self, piece: Piece) -> list[Piece]:
        """Return a piece character by character."""
        first = piece.first
        boxes = _boxes(self.leaf, range(first, first + len(piece.text)))
        return [
            Piece(x0, top, x1, bottom, sign, first + n)
            for n, (sign, (x0, top, x1, bottom)) in enumerate(zip(piece.text, boxes, strict=True))
        ]

    def drawn(self, at: int) -> int:
        """Return which text object a character was drawn by, as a number."""
        return int(calls().FPDFText_GetTextObject(self.leaf.text, at) or 0)

    def made(self, at: int) -> bool:
        """Tell whether a space stands only in PDFium's reading, for a gap."""
        return bool(calls().FPDFText_IsGenerated(self.leaf.text, at) == 1)

    def between(self, before: Piece, after: Piece) -> str | None:
        """Return the white space that the page has between two pieces; None where they do not follow each other."""
        end = before.first + len(before.text)
        gap = self.text[end : after.first] if 0 <= after.first - end <= 40 else None
        return gap if gap is None or not gap.strip() else None


def letters_of(leaf: Leaf) -> Letters:
    """Return the text of a page."""
    letters = Letters(leaf, _text(leaf))
    make = tuple.__new__
    out: list[Piece] = []
    add = out.append
    texts = _TOKEN.findall(letters.text)
    firsts = [found.start() for found in _TOKEN.finditer(letters.text)]
    sizes = list(map(len, texts))
    ends = [n + size - 1 for n, size in zip(firsts, sizes, strict=True) if size > 1]
    lasts = iter(_boxes(leaf, ends))
    for text, size, first, a in zip(texts, sizes, firsts, _boxes(leaf, firsts), strict=True):
        if size == 1:
            add(make(Piece, (*a, text, first)))
            continue
        x0, top, _, bottom = a
        b0, b_top, x1, b_bottom = b = next(lasts)
        if not (b0 >= x0 and (b_top == top or _straight(a, b))):
            out.extend(_corners(letters, Piece(x0, top, a[2], bottom, text, first)))
            continue
        top = top if top < b_top else b_top
        bottom = bottom if bottom > b_bottom else b_bottom
        piece = make(Piece, (x0, top, x1, bottom, text, first))
        room, high = (x1 - x0) / size, bottom - top
        least = _LEAST if text.isascii() else _CROWDED
        if (room < least * (high + 0.01) and _is_crowded(piece)) or room > _SPREAD * high:
            out.extend(_corners(letters, piece))
        else:
            add(piece)
    letters.pieces = _once(_placed(out))
    letters.strange = _strange(letters)
    return letters


def _placed(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with those in the corner that stand nowhere a page reaches to, or nowhere at all."""
    if -_FAR < sum(p[0] + p[1] + p[2] + p[3] for p in pieces) < _FAR:
        return pieces
    return [
        p if all(-_FAR < edge < _FAR for edge in p[:4]) else Piece(0, 0, 1, 1, p.text, p.first)
        for p in pieces
    ]


def _strange(letters: Letters) -> list[Piece]:
    """Return the pieces whose characters stand for nothing known. One piece in so many is asked, all where one is."""
    unknown, handle = calls().FPDFText_HasUnicodeMapError, letters.leaf.text
    found = []
    if any(unknown(handle, piece.first) == 1 for piece in letters.pieces[::_ASKED]):
        found = [piece for piece in letters.pieces if unknown(handle, piece.first) == 1]
    if _PRIVATE.search(letters.text):
        found += [piece for piece in letters.pieces if _PRIVATE.search(piece.text)]
    return found


def _text(leaf: Leaf) -> str:
    """Return the page's characters, one for one with PDFium's count."""
    if not leaf.count:
        return ""
    lib = calls()
    room = (ctypes.c_ushort * (2 * leaf.count + 2))()
    size = lib.FPDFText_GetText(leaf.text, 0, leaf.count, room)
    text = ctypes.string_at(room, 2 * max(0, size - 1)).decode("utf-16-le", "replace")
    if len(text) != leaf.count:
        text = _units([lib.FPDFText_GetUnicode(leaf.text, n) for n in range(leaf.count)])
    return text.translate(_HYPHENS) if "\x02" in text or "\ufffe" in text else text


def _units(codes: Sequence[int]) -> str:
    """Return characters one for one with their codes: PDFium counts one beyond the first plane as its two halves."""
    out = [_sign(code) for code in codes]
    for at in range(1, len(codes)):
        high, low = codes[at - 1], codes[at]
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            out[at - 1 : at + 1] = chr(0x10000 + (high - 0xD800 << 10) + low - 0xDC00), _HALF
    return "".join(out)


def _sign(code: int) -> str:
    """Return a character; one without a meaning is the replacement character, half of a pair nothing wide."""
    if code == 0 or code > 0x10FFFF:
        return "\ufffd"
    return "\u200b" if 0xD800 <= code < 0xE000 else chr(code)


def _boxes(leaf: Leaf, numbers: Sequence[int]) -> list[Box]:
    """Return the boxes of characters as seen."""
    found = boxes_of(calls().FPDFText_GetLooseCharBox, leaf.text, numbers)
    if leaf.view.turn:
        shown = leaf.view.shown
        return [shown(left, bottom, right, top) for left, top, right, bottom in found]
    x0, _, _, y1 = leaf.view.box
    return [(left - x0, y1 - top, right - x0, y1 - bottom) for left, top, right, bottom in found]


def _straight(a: Box, b: Box) -> bool:
    """Tell whether two characters stand in one line, left to right."""
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return shared > 0.5 * min(a[3] - a[1], b[3] - b[1]) and b[0] >= a[0]


def _is_crowded(piece: Piece) -> bool:
    """Tell whether a piece is far too short for its characters: they may be drawn over each other."""
    x0, top, x1, bottom, text, _ = piece
    if (x1 - x0) / len(text) >= _CROWDED * (bottom - top):
        return False
    room = (x1 - x0) / (bottom - top + 0.01)
    if room > (0.5 * _CROWDED if text.isascii() else _CROWDED) * len(text):
        return False
    return room < _CROWDED * (len(text) - 0.5 * len(_NARROW.findall(text))) and bool(
        _TWICE.search(text)
    )


def _corners(letters: Letters, piece: Piece) -> Iterator[Piece]:
    """Yield the straight stretches of a piece that turns corners; a character drawn again nearly there is left out."""
    run: list[Piece] = []
    for one in letters.apart(piece):
        if run and _again(run[-1], one) and not _is_one_sign(letters, run[-1], one):
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


def _is_one_sign(letters: Letters, a: Piece, b: Piece) -> bool:
    """Tell whether two characters are drawn by one sign, as the two dashes of a long one are."""
    same = a[:4] == b[:4] and b.first == a.first + 1
    return same and letters.drawn(a.first) == letters.drawn(b.first)


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
    counts = Counter([piece[4] for piece in pieces])
    if len(counts) == len(pieces):
        return pieces
    seen: dict[tuple[str, int], list[Piece]] = {}
    out = []
    for piece in pieces:
        text = piece[4]
        if counts[text] > 1:
            height = int(piece[1] / _STEP)
            if _is_drawn(piece, height, seen):
                continue
            seen.setdefault((text, height), []).append(piece)
        out.append(piece)
    return out


def _is_drawn(piece: Piece, height: int, seen: dict[tuple[str, int], list[Piece]]) -> bool:
    x0, top, _, bottom, text, _ = piece
    near = 0.25 * (bottom - top)
    for step in (height - 1, height, height + 1):
        for other in seen.get((text, step), ()):
            if abs(other[0] - x0) < near and abs(other[1] - top) < near:
                return True
    return False
