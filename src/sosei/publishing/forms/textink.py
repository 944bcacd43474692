"""墨. Text being written together with its shape: which of its characters are words whatever they look like.

Such a character is written as a reference (&#x25CB;) and read back as itself. References are used as a last resort:
`TRIES` says in which order a line is tried, from none to all of its words.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Final

from sosei.core.cardline import MASK, Span, strip, understood

#: How much of the words is written as references: what HTML would take; spaces, which a reader mends; what structure
#: is made of; everything.
TRIES: Final = (0, 1, 2, 3)
_TAG: Final = re.compile(r"<(?=[A-Za-z/])")
_ENTITY: Final = re.compile(r"&(?=[#A-Za-z]|$)")


@dataclass(frozen=True, slots=True)
class Ink:
    """Characters and their shape, of one length."""

    text: str = ""
    shape: str = ""

    def __add__(self, other: Ink | str) -> Ink:
        """Return both, a string standing for structure."""
        more = other if isinstance(other, Ink) else Ink(other, other)
        return Ink(self.text + more.text, self.shape + more.shape)

    def __radd__(self, other: str) -> Ink:
        """Return structure followed by this."""
        return Ink(other, other) + self

    def __bool__(self) -> bool:
        """True when there is anything."""
        return bool(self.text)

    def said(self, span: Span | None, *, mended: bool = False) -> str | None:
        """Return the words of a span as the reader understands them, or None where there are none."""
        if span is None:
            return None
        a, b = strip(self.shape, span)
        return understood(self.text[a:b], self.shape[a:b], mended=mended) or None

    def written(self) -> str:
        """Return the characters as the file spells them."""
        return "".join(
            f"&#x{ord(ch):X};" if mark == MASK and can_refer(ch) else ch
            for ch, mark in zip(self.text, self.shape, strict=True)
        )


def can_refer(ch: str) -> bool:
    """Tell whether a reference to a character is read back as that character (noncharacters are not)."""
    return html.unescape(f"&#x{ord(ch):X};") == ch


def words(text: str | None, level: int) -> Ink:
    """Return words as ink; `level` is one of `TRIES`."""
    if not text:
        return Ink()
    taken = {found.start() for pattern in (_TAG, _ENTITY) for found in pattern.finditer(text)}
    if text[0] == '"':
        taken.add(0)
    shape = (
        MASK if can_refer(ch) and (i in taken or _is_marked(ch, level)) else ch
        for i, ch in enumerate(text)
    )
    return Ink(text, "".join(shape))


def _is_marked(ch: str, level: int) -> bool:
    if level == 1:
        return ch == " "
    return level == 3 or (level == 2 and (ch.isnumeric() or not ch.isalnum()))
