"""字面. Text as the page can carry it: characters that no font shows, and runs that no cell could hold.

typst breaks lines by the rules of Unicode and of kinsoku, never inside a number or a word: such a run, longer than its
cell, would be printed over the next one. `fit` marks where it may be broken all the same (the template knows `BREAK`).
"""

from __future__ import annotations

import re
from typing import Final

from sosei.publishing.forms.pdffont import GETA, face_of, has_variant, is_selector, measure, width

#: "May be broken here": ZERO WIDTH SPACE, which no clean text holds; the template puts no character for it.
BREAK: Final = "\u200b"
# Between two of these a line may always end: ideographs and kana but the small ones, ー and the marks.
_FREE: Final = (
    "\u3042\u3044\u3046\u3048\u304a-\u3062\u3064-\u3082\u3084\u3086\u3088-\u308d\u308f-\u3094"
    "\u30a2\u30a4\u30a6\u30a8\u30aa-\u30c2\u30c4-\u30e2\u30e4\u30e6\u30e8-\u30ed\u30ef-\u30f4"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: The only characters that are wider than an em.
_WIDER: Final = re.compile("[\u042e\u2e3a\u2e3b]")
_RUN: Final = re.compile(rf"[^{_FREE} ]+")


class Ink:
    """Text made printable, and a record of what was not: (where, "U+1F600") in order of appearance."""

    def __init__(self) -> None:
        """Begin with nothing missing."""
        self.missing: list[tuple[str, str]] = []
        self.where = ""
        self._good: set[str] = set(" ")

    def text(self, words: str) -> str:
        """Return words with 〓 for each character that no font shows, and note which."""
        odd = set(words) - self._good
        if odd and odd != {ch for ch in odd if face_of(ch) is not None and ch != GETA}:
            words = "".join(self._shown(words, i) for i in range(len(words)))
        else:
            self._good |= odd
        return words

    def _shown(self, words: str, at: int) -> str:
        char = words[at]
        if at and is_selector(char) and has_variant(words[at - 1], char):
            return char
        if face_of(char) is not None and char != GETA:
            return char
        self.missing.append((self.where, f"U+{ord(char):04X}"))
        return "" if at and is_selector(char) else GETA


def longest_run(text: str) -> float:
    """Return the width in ems of the longest part of a text that a line cannot end in.

    >>> longest_run("延べ宿泊者数") <= 2
    True
    """
    runs = _RUN.findall(text)
    # A mark before or after keeps one free character on its line.
    return max((measure(run) for run in runs), default=0.0) + 1


def fit(text: str, room: float) -> str:
    """Return a text with breaks allowed in what is wider than `room` ems.

    >>> fit("別紙ABCDEFGHIJ", 4).replace(BREAK, "|")
    '別紙|ABCD|EFGH|IJ|'
    """
    if len(text) <= room and not _WIDER.search(text):
        return text
    # Looking for long runs is cheap; most texts have none.
    if max(map(len, _RUN.findall(text)), default=0) * 2 + 1 < room:
        return text
    return _RUN.sub(lambda found: _broken(found[0], room), text)


def _broken(run: str, room: float) -> str:
    """Break a run into pieces that fit; one that fits with a neighbour clinging to it stays whole."""
    if measure(run) + 1 <= room:
        return run
    pieces, line, used = [], "", 0.0
    for char in run:
        wide = width(char)
        if line and used + wide > room and not _clings(char):
            pieces.append(line)
            line, used = "", 0.0
        line, used = line + char, used + wide
    return BREAK.join(["", *pieces, line, ""])


def _clings(char: str) -> bool:
    """Tell whether a character belongs to the one before: a combining mark or a variation selector."""
    return width(char) <= 0.01 or is_selector(char)
