"""見本の書類. Documents of every form, made as they are needed: no file of another program lies in this tree."""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment

from bookroom import Town
from sosei.evidence import models as em
from sosei.evidence.actions.documents import Of, Said, attach

PLAIN = Said(sort="contract", level="2", year=2021)


def pdf(text: str = "Contract", *, more: bytes = b"", objects: bytes = b"") -> bytes:
    """Return a PDF of one page. `more`: within its catalogue; `objects`: within a compressed object stream."""
    page = f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode()
    packed = zlib.compress(objects)
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + more + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    if objects:
        bodies.append(b"<< /Type /ObjStm /N 1 /First 0 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))  # fmt: skip
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        start,
    )
    return bytes(out)


def png(grey: int = 128) -> bytes:
    """Return a picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    dots = zlib.compress(bytes([0, grey]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    """Return the frame of a photograph: its marks, without a picture anybody could see."""
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xda\0\2\0\xff\xd9"


def xlsx(*rows: Iterable[Any], hidden: Iterable[Any] = (), remark: str = "") -> bytes:
    """Return a workbook; `hidden`: a row of a hidden sheet, `remark`: a comment at A1."""
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(list(row))
    if hidden:
        sheet = book.create_sheet("裏")
        sheet.append(list(hidden))
        sheet.sheet_state = "hidden"
    if remark:
        book.active["A1"].comment = Comment(remark, "人")
    book.save(out)
    return out.getvalue()


def docx(*paragraphs: str, header: str = "") -> bytes:
    """Return a document; each paragraph in runs of three characters, as Word cuts them."""
    made, out = Document(), BytesIO()
    for text in paragraphs:
        paragraph = made.add_paragraph()
        for at in range(0, len(text), 3):
            paragraph.add_run(text[at : at + 3])
    if header:
        made.sections[0].header.paragraphs[0].text = header
    made.save(out)
    return out.getvalue()


def with_part(package: bytes, name: str, data: bytes = b"x") -> bytes:
    """Return a package of Office with one more part."""
    out = BytesIO(package)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def attached(
    town: Town, register: em.Register, data: bytes, name: str = "契約書.pdf", *, said: Said = PLAIN, **of: Any
) -> em.Document:  # fmt: skip
    """Attach one document as the planner; to entry 1 where nothing else is said."""
    return attach(by=town.planner, of=Of(register=register.pk, **(of or {"number": 1})), files=[(name, data)], said=said)[0]  # fmt: skip
