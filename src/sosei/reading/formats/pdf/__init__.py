"""PDF. Pages as they are laid out: rules become tables, text goes into their cells, the rest are lines in reading order.

Everything stands in points from the top left of a page; a place is page and box. What a page breaks is joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sosei.core.report import Source
from sosei.core.text import fold
from sosei.reading.formats.limits import MAX_CELLS, MAX_LINES
from sosei.reading.formats.pdf.engine import Opened
from sosei.reading.formats.pdf.flow import Flow
from sosei.reading.formats.pdf.guard import refuse_bombs
from sosei.reading.formats.pdf.stitch import Chain
from sosei.reading.formats.pdf.stored import Stored
from sosei.reading.formats.refusal import TooManyCells, TooManyLines
from sosei.reading.grid import Document, Grid, Line, Words

__all__ = ["read", "tables"]

#: What parts a page's title from its site's name.
_SITE: Final = re.compile(r"\s*[|｜]\s*|\s+[-－–—]\s+")
#: How many blocks of a document may bear its title.
_FIRST: Final = 30


def read(data: bytes, source: Source, *, marked: str | None = None) -> Document:
    """Read a PDF. Raises Encrypted, Broken and the refusals of size."""
    refuse_bombs(data, source.name)
    flow = Flow(marked)
    found: list[Line | Chain] = []
    with Opened(data, source.name) as opened:
        cells = 0
        for block in flow.blocks(opened):
            found.append(block)
            cells += 0 if isinstance(block, Line) else len(block.parts[0].grid.cells)
            _refuse_many(source.name, len(found), cells)
        title = opened.title
    blocks = [one if isinstance(one, Line) else one.grid() for one in found]
    if (line := _titled(title, blocks)) is not None:
        blocks.insert(0, line)
    return Document(source, tuple(blocks), tuple(flow.unread))


def _refuse_many(name: str, blocks: int, cells: int) -> None:
    if cells > MAX_CELLS:
        raise TooManyCells(name=name, limit=MAX_CELLS)
    if blocks > MAX_LINES:
        raise TooManyLines(name=name, limit=MAX_LINES)


def _titled(title: str, blocks: Sequence[Line | Grid]) -> Line | None:
    """Return the title that a file gives itself, where its first page bears it out: a copied file keeps an old one."""
    name = fold(_SITE.split(title)[0])
    early = [block for block in blocks[:_FIRST] if isinstance(block, Line)]
    borne = next((line for line in early if name in fold(line.text)), None)
    if len(name) < 4 or borne is None:
        return None
    return Line(Words.at(title, borne.words.places[0]), aside=True)


def tables(data: bytes | Path, name: str) -> Iterator[Grid]:
    """Yield the tables of a PDF as soon as no later page can go on with them.

    A file given by its path is read where it lies: however long it is, little of it is in memory. Raises Encrypted,
    Broken and TooMuchDrawn, and OSError where the path cannot be read.
    """
    if isinstance(data, Path):
        with Stored(data) as stored:
            yield from _tables(stored, name)
        return
    yield from _tables(data, name)


def _tables(data: bytes | Stored, name: str) -> Iterator[Grid]:
    refuse_bombs(data, name)
    flow = Flow(None, lines=False)
    waiting: list[Chain] = []
    with Opened(data, name) as opened:
        for block in flow.blocks(opened):
            if isinstance(block, Line):
                continue
            waiting.append(block)
            while len(waiting) > 1 or (waiting and waiting[0] is not flow.open):
                yield waiting.pop(0).grid()
    yield from (chain.grid() for chain in waiting)
