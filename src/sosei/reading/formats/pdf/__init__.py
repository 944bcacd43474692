"""PDF. Pages as they are laid out: rules become tables, text goes into their cells, the rest are lines in reading order.

Everything stands in points from the top left of a page; a place is page and box. What a page breaks is joined again.
"""

from __future__ import annotations

from collections.abc import Iterator

from sosei.core.report import Source
from sosei.reading.formats.pdf.engine import Opened
from sosei.reading.formats.pdf.flow import Flow
from sosei.reading.formats.pdf.stitch import Chain
from sosei.reading.grid import Document, Grid, Line

__all__ = ["read", "tables"]


def read(data: bytes, source: Source, *, marked: str | None = None) -> Document:
    """Read a PDF. Raises Encrypted, Broken and the refusals of size."""
    flow = Flow(marked)
    with Opened(data, source.name) as opened:
        found: list[Line | Chain] = list(flow.blocks(opened))
    blocks = tuple(one if isinstance(one, Line) else one.grid() for one in found)
    return Document(source, blocks, tuple(flow.unread))


def tables(data: bytes, name: str) -> Iterator[Grid]:
    """Yield the tables of a PDF as soon as no later page can go on with them. Raises Encrypted and Broken."""
    flow = Flow(None)
    waiting: list[Chain] = []
    with Opened(data, name) as opened:
        for block in flow.blocks(opened):
            if isinstance(block, Line):
                continue
            waiting.append(block)
            while len(waiting) > 1 or (waiting and waiting[0] is not flow.open):
                yield waiting.pop(0).grid()
    yield from (chain.grid() for chain in waiting)
