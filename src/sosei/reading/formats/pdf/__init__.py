"""PDF. Pages as they are laid out: rules become tables, text goes into their cells, the rest are lines in reading order.

Everything stands in points from the top left of a page; a place is page and box. What a page breaks is joined again.
"""

from __future__ import annotations

from collections.abc import Iterator

from sosei.core.report import Source, Unread
from sosei.reading.formats.pdf.engine import Opened
from sosei.reading.formats.pdf.page import Sheet, sheet_of
from sosei.reading.formats.pdf.prose import line_of, passages
from sosei.reading.grid import Document, Grid, Line

__all__ = ["read", "tables"]


def read(data: bytes, source: Source, *, marked: str | None = None) -> Document:
    """Read a PDF. Raises Encrypted, Broken and the refusals of size."""
    blocks: list[Line | Grid] = []
    unread: list[Unread] = []
    with Opened(data, source.name) as opened:
        for number in range(1, opened.pages + 1):
            with opened.leaf(number) as leaf:
                if leaf is None:
                    unread.append(Unread(code="page-broken", raw=str(number)))
                    continue
                sheet = sheet_of(leaf, marked)
                blocks.extend(_blocks(sheet, marked))
                unread.extend(sheet.unread)
    return Document(source, tuple(blocks), tuple(unread))


def tables(data: bytes, name: str) -> Iterator[Grid]:
    """Yield the tables of a PDF, page after page. Raises Encrypted and Broken."""
    with Opened(data, name) as opened:
        for number in range(1, opened.pages + 1):
            with opened.leaf(number) as leaf:
                found = [] if leaf is None else [t.grid for t in sheet_of(leaf, None).tables]
            yield from found


def _blocks(sheet: Sheet, mark: str | None) -> list[Line | Grid]:
    """Return the blocks of a page in reading order."""
    right = max((table.frame.box[2] for table in sheet.tables), default=0.0)
    found: list[tuple[float, float, Line | Grid]] = [
        (table.frame.box[1], table.frame.box[0], table.grid) for table in sheet.tables
    ]
    for passage in passages(sheet.loose, right):
        found.append((passage.box[1], passage.box[0], line_of(passage, sheet.letters, mark)))
    found.sort(key=lambda one: one[:2])
    return [block for _, _, block in found]
