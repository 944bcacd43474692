"""段落. A cell's paragraphs and list items, in order."""

from __future__ import annotations

import re
from typing import Final

from sosei.core.cardcell import split_items
from sosei.core.cardline import strip
from sosei.reading.grid import Words
from sosei.reading.layouts.written import Written

_BREAK: Final = re.compile(r"[\r\n]+")


def paragraphs(words: Words) -> list[Written]:
    """Return the lines of a cell that hold anything."""
    whole = Written(words)
    edges, at = [], 0
    for found in _BREAK.finditer(whole.shape):
        edges.append((at, found.start()))
        at = found.end()
    edges.append((at, len(whole.shape)))
    cut = [strip(whole.shape, edge) for edge in edges]
    return [whole.cut(edge) for edge in cut if edge[0] < edge[1]]


def items(paragraph: Written) -> list[Written]:
    """Return the items of a paragraph that begins with 「・」, else the paragraph itself."""
    return [paragraph.cut(span) for span in split_items(paragraph.shape)]
