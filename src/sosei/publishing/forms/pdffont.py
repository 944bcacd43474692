"""書体. Which characters the embedded typeface can show, and how wide they are.

PDF/A and PDF/UA refuse a document with a character that its font lacks, and typst then writes nothing at all. So the
font's own tables are asked first: `cmap` for what it can show, `hmtx` for widths in thousandths of an em. The fonts
arrive as packages; the system's are never used, so that the same report gives the same bytes everywhere.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from struct import unpack, unpack_from
from typing import Final

#: Package, folder in it, and (family, file) in the order in which a character is looked for.
_PACKAGES: Final = (
    (
        "justmytype_intl_cjk",
        "fonts/ofl",
        (
            ("Noto Sans JP", "notosansjp/NotoSansJP[wght].ttf"),
            ("Noto Sans SC", "notosanssc/NotoSansSC[wght].ttf"),
            ("Noto Sans TC", "notosanstc/NotoSansTC[wght].ttf"),
            ("Noto Sans KR", "notosanskr/NotoSansKR[wght].ttf"),
        ),
    ),
)
#: Marks that steer the direction or joining of text; a page could not be read as it stands with them.
_STEERING: Final = frozenset("\u061c\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff") | frozenset(
    chr(c) for span in ((0x202A, 0x202F), (0x2061, 0x2070), (0xFFF9, 0xFFFC)) for c in range(*span)
)
_PRIVATE: Final = ((0xE000, 0xF900), (0xF0000, 0x110000))
_SELECTORS: Final = ((0xFE00, 0xFE10), (0xE0100, 0xE01F0))


def _among(code: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code < last for first, last in spans)


@dataclass(frozen=True, slots=True)
class Font:
    """One font file: `family` as typst calls it, and its tables."""

    family: str
    data: mmap.mmap = field(repr=False)
    tables: dict[bytes, int] = field(repr=False)
    groups: tuple[tuple[int, int, int], ...] = field(repr=False)

    def glyph(self, char: str) -> int:
        """Return the glyph of a character; 0 where the font lacks it."""
        code, low, high = ord(char), 0, len(self.groups)
        while low < high:
            middle = (low + high) // 2
            first, last, glyph = self.groups[middle]
            if code < first:
                high = middle
            elif code > last:
                low = middle + 1
            else:
                return glyph + code - first
        return 0

    def advance(self, glyph: int) -> int:
        """Return a glyph's width in font units."""
        (metrics,) = unpack_from(">H", self.data, self.tables[b"hhea"] + 34)
        (width,) = unpack_from(">H", self.data, self.tables[b"hmtx"] + 4 * min(glyph, metrics - 1))
        return int(width)


@cache
def fonts() -> tuple[Path, tuple[tuple[str, Path], ...]]:
    """Return the folder that typst reads fonts from, and its (family, file) in order of preference."""
    for package, folder, names in _PACKAGES:
        if find_spec(package):
            root = Path(str(files(package))) / folder
            return root, tuple((family, root / name) for family, name in names)
    raise ModuleNotFoundError(_PACKAGES[0][0])


@cache
def font(number: int) -> Font | None:
    """Open the font of that place in the order of preference, or None beyond the last."""
    known = fonts()[1]
    if number >= len(known):
        return None
    family, path = known[number]
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    (count,) = unpack_from(">H", data, 4)
    tables = {
        data[at : at + 4]: unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * count, 16)
    }
    return Font(family, data, tables, _groups(data, tables[b"cmap"]))


def _subtable(data: mmap.mmap, cmap: int, wanted: int) -> int | None:
    """Return where the subtable of a format begins."""
    (count,) = unpack_from(">H", data, cmap + 2)
    starts = [cmap + unpack_from(">I", data, cmap + 8 + 8 * i)[0] for i in range(count)]
    return next((at for at in starts if unpack_from(">H", data, at)[0] == wanted), None)


def _groups(data: mmap.mmap, cmap: int) -> tuple[tuple[int, int, int], ...]:
    """Read format 12: first and last character, and the first one's glyph."""
    at = _subtable(data, cmap, 12)
    assert at is not None, "a Japanese font has characters beyond the BMP"
    (count,) = unpack_from(">I", data, at + 12)
    numbers = unpack(f">{3 * count}I", data[at + 16 : at + 16 + 12 * count])
    return tuple(zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True))


@cache
def _variants() -> frozenset[tuple[int, int]]:
    """Read format 14 of the first font: every (character, variation selector) it has a form for."""
    face = font(0)
    assert face is not None
    data = face.data
    at = _subtable(data, face.tables[b"cmap"], 14)
    if at is None:
        return frozenset()
    found: set[tuple[int, int]] = set()
    for record in range(at + 10, at + 10 + 11 * unpack_from(">I", data, at + 6)[0], 11):
        selector = int.from_bytes(data[record : record + 3], "big")
        usual, special = unpack_from(">II", data, record + 3)
        if usual:
            for i in range(unpack_from(">I", data, at + usual)[0]):
                one = at + usual + 4 + 4 * i
                first = int.from_bytes(data[one : one + 3], "big")
                found.update((first + k, selector) for k in range(data[one + 3] + 1))
        if special:
            for i in range(unpack_from(">I", data, at + special)[0]):
                one = at + special + 4 + 5 * i
                found.add((int.from_bytes(data[one : one + 3], "big"), selector))
    return frozenset(found)


@cache
def face_of(char: str) -> int | None:
    """Return the place of the first font that shows a character, or None where none does."""
    if char in _STEERING or _among(ord(char), _PRIVATE) or _among(ord(char), _SELECTORS):
        return None
    number = 0
    while (face := font(number)) is not None:
        if face.glyph(char):
            return number
        number += 1
    return None


def has_variant(char: str, selector: str) -> bool:
    """Tell whether the first font has the form of a character that a variation selector asks for (IVS)."""
    return (ord(char), ord(selector)) in _variants()


def is_selector(char: str) -> bool:
    """Tell whether a character only chooses among the forms of the one before it."""
    return _among(ord(char), _SELECTORS)


class _Widths(dict[str, float]):
    """Widths in ems, looked up in the font once for each character."""

    def __missing__(self, char: str) -> float:
        number = face_of(char)
        face = font(number) if number is not None else None
        wide = 1.0
        if face is not None:
            units: int = unpack_from(">H", face.data, face.tables[b"head"] + 18)[0]
            # A variable font's table holds its thinnest weight; letters grow with weight, ideographs do not.
            thin = face.advance(face.glyph(char)) / units
            wide = thin if thin >= 1 else min(thin * 1.15 + 0.01, 1.0)
        self[char] = wide
        return wide


_WIDTHS: Final = _Widths()


def width(char: str) -> float:
    """Return a character's width in ems, never less than what is printed.

    >>> width("創")
    1.0
    """
    return _WIDTHS[char]


def measure(text: str) -> float:
    """Return the width of a text in ems."""
    return sum(map(_WIDTHS.__getitem__, text))
