"""字の割り当て. Which font draws each character of one document, so that no glyph stands for two of them.

～ and 〜, 長 and ⾧ share a glyph in one font. Whoever reads the page by its glyphs could not tell them apart, so the
second of such a pair is drawn by the next font that has it; where none is left, its number is printed.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from typing import Final

from sosei.core.fields import coded, labels, words
from sosei.publishing.forms.pdffont import face_of, font, fonts, is_selector

_LANGS: Final = ("ja", "en")


def is_mark(char: str) -> bool:
    """Tell whether a character is drawn upon the one before it."""
    return is_selector(char) or unicodedata.category(char)[0] == "M"


class Faces:
    """The fonts of a document's characters, given in the order in which the characters come."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        self._drawn: dict[tuple[int, int], str] = {}
        self._known: dict[str, int | None] = {}

    @classmethod
    def fresh(cls) -> Faces:
        """Return the fonts of what labels are made of, which come first whatever a document says."""
        faces = cls()
        faces._drawn, faces._known = _of_labels()._drawn.copy(), _of_labels()._known.copy()
        return faces

    def of(self, char: str) -> int | None:
        """Return the place of the font that draws a character, or None where none can."""
        if char not in self._known:
            self._known[char] = face_of(char) if is_mark(char) else self._free(char)
        return self._known[char]

    def _free(self, char: str) -> int | None:
        number = face_of(char)
        if number is None:
            return None
        while (face := font(number)) is not None:
            glyph = face.glyph(char)
            if glyph and self._drawn.setdefault((number, glyph), char) == char:
                return number
            number += 1
        return None

    def others(self) -> list[tuple[str, str]]:
        """Return what the fonts after the first draw: the family, and a pattern of its characters.

        A space behind them goes with them: one drawn alone would be lost to programs that copy text.
        """
        found: dict[int, list[str]] = defaultdict(list)
        for char, number in self._known.items():
            if number and not is_mark(char):
                found[number].append(f"\\u{{{ord(char):x}}}")
        families = [family for family, _ in fonts()[1]]
        return [
            (families[number], rf"(?:[{''.join(chars)}]\p{{M}}*)+ ?")
            for number, chars in sorted(found.items())
        ]


@cache
def _of_labels() -> Faces:
    faces = Faces()
    for char in "".join([*map(chr, range(0x20, 0x7F)), *_said()]):
        faces.of(char)
    return faces


def _said() -> list[str]:
    """Return all labels and words of the fields."""
    said = [name for pair in labels().values() for name in pair]
    said += [w for field in coded() for lang in _LANGS for w in words(field, lang).values()]
    return said
