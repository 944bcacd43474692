"""仮の書体. A file that brings no Japanese typeface along is read alike on every machine, whatever it has installed."""

from __future__ import annotations

import struct

from pdfpages import Page, pdf_of

from sosei.core.report import Source
from sosei.reading.formats import pdf
from sosei.reading.formats.pdf.typeface import typeface


def lines_of(*pages: Page) -> list[tuple[str, float]]:
    """Each line with the height of its place."""
    document = pdf.read(
        pdf_of(*pages), Source(id="s1", name="a.pdf", sha256="0" * 64, format="pdf")
    )
    boxes = [(line.text, line.words.places[0].box) for line in document.lines]
    return [(text, round(box[3] - box[1], 1)) for text, box in boxes if box is not None]


def test_字の形がなくても一字だけの行は読める() -> None:
    page = Page().text(60, 100, "国").text(60, 200, "－").text(60, 300, "1")
    assert [text for text, _ in lines_of(page)] == ["国", "－", "1"]


def test_行の高さは字の形によらない() -> None:
    page = Page().text(60, 100, "国道").text(60, 200, "、。").text(60, 300, "－")
    assert len({high for _, high in lines_of(page)}) == 1


def test_書体はどの表も四の倍数から始まり目録どおりにある() -> None:
    data = typeface()
    count = struct.unpack_from(">H", data, 4)[0]
    entries = [struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count)]
    assert [name for name, *_ in entries] == sorted(name for name, *_ in entries)
    assert all(at % 4 == 0 and at + size <= len(data) for _, _, at, size in entries)
