"""見分け. What a file is, by its bytes; its suffix only decides between kinds of text."""

from __future__ import annotations

import re
from typing import Final, Literal

from sosei.reading.formats.refusal import OtherFormat, UnknownFormat

Kind = Literal["office", "ole", "pdf", "text"]

#: First bytes of formats that are known and not read, with their names and what to do.
_OTHERS: Final = (
    (b"\x89PNG", "画像（PNG）", "a picture (PNG)"),
    (b"\xff\xd8\xff", "画像（JPEG）", "a picture (JPEG)"),
    (b"GIF8", "画像（GIF）", "a picture (GIF)"),
    (b"II*\0", "画像（TIFF）", "a picture (TIFF)"),
    (b"MM\0*", "画像（TIFF）", "a picture (TIFF)"),
    (b"\x1f\x8b", "圧縮ファイル（gzip）", "an archive (gzip)"),
    (b"7z\xbc\xaf", "圧縮ファイル（7z）", "an archive (7z)"),
    (b"Rar!", "圧縮ファイル（RAR）", "an archive (RAR)"),
    (b"{\\rtf", "リッチテキスト（RTF）", "rich text (RTF)"),
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
#: Bytes within which a PDF says that it is one.
PDF_HEAD: Final = 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK: Final = "中のファイルや元のXLSX・DOCX・HTMLを渡してください。"
_UNPACK_EN: Final = "Give the file inside it, or the XLSX, DOCX or HTML original."
# Bytes that text in any encoding read here does not hold.
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DOCTYPE: Final = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
#: With which element a page, or a piece of one, begins.
_PAGE: Final = frozenset(
    ("html", "head", "body", "table", "div", "meta", "h1", "h2", "h3", "h4", "h5", "h6")
)
_BLANK: Final = "\ufeff \t\r\n\f\v"
#: What may stand before the first element of XML, and how each ends; so much of a text is looked at.
_BEFORE_ROOT: Final = (("<!--", "-->"), ("<?", "?>"), ("<!", ">"))
_HEAD: Final = 65_536
_ELEMENT: Final = re.compile(r"<([\w.-]+:)?([\w.-]+)")
_JSON: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"\]])')


def is_zip(data: bytes) -> bool:
    """Tell whether a file is opened as a ZIP, by its first bytes."""
    return data.startswith(_ZIP)


def is_pdf(data: bytes) -> bool:
    """Tell whether a file is a PDF, by its first thousand bytes."""
    return not data.startswith((*_ZIP, _OLE)) and b"%PDF-" in data[:PDF_HEAD]


def kind_of(data: bytes, name: str) -> Kind:
    """Return the family of a file. Raises the refusals of what is known and not read, or not known at all."""
    if is_zip(data):
        return "office"
    if data.startswith(_OLE):
        return "ole"
    if is_pdf(data):
        return "pdf"
    for head, ja, en in _OTHERS:
        if data.startswith(head):
            raise OtherFormat(name=name, kind=ja, advice=_UNPACK, kind_en=en, advice_en=_UNPACK_EN)
    if _is_binary(data[:65536]):
        raise UnknownFormat(name=name, head=data[:8].hex(" "))
    return "text"


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = len(_BINARY.findall(head))
    if head.count(0) > len(head) // 5:
        return controls > head.count(0) + len(head) // 50
    return controls > len(head) // 50


def refuse_markup(text: str, name: str) -> None:
    """Refuse text that is a picture (SVG) or data (XML), whatever its name says. Raises OtherFormat."""
    declared = text[:_HEAD].lstrip(_BLANK).startswith("<?xml")
    match = _ELEMENT.match(_past_prologue(text)[0])
    if match and match[2].lower() == "svg":
        raise OtherFormat(name=name, kind="画像（SVG）", advice=_UNPACK, kind_en="a picture (SVG)", advice_en=_UNPACK_EN)  # fmt: skip
    if match and declared and not is_html(text):
        raise OtherFormat(name=name, kind="XML", advice=_UNPACK, kind_en="XML", advice_en=_UNPACK_EN)  # fmt: skip


def _past_prologue(text: str) -> tuple[str, bool]:
    """Return text from its first element on, and whether the document type of a page stands before it.

    Declarations, style sheets and comments of any number and length are passed over; nothing is left where one is not closed.
    """
    text, page = text[:_HEAD].lstrip(_BLANK), False
    while text.startswith(("<?", "<!")):
        page = page or _DOCTYPE.match(text) is not None
        head, closing = next(pair for pair in _BEFORE_ROOT if text.startswith(pair[0]))
        if (
            head == "<!" and "[" in text[: text.find(">") + 1]
        ):  # a document type with declarations of its own
            closing = "]>"
        text = text.partition(closing)[2].lstrip(_BLANK)
    return text, page


def is_html(text: str) -> bool:
    """Tell whether text begins as a page or a piece of one."""
    rest, page = _past_prologue(text)
    match = _ELEMENT.match(rest)
    return page or (match is not None and not match[1] and match[2].lower() in _PAGE)


def is_json(text: str) -> bool:
    """Tell whether text begins as JSON."""
    return bool(_JSON.match(text[:8192]))


def is_commas(text: str) -> bool:
    """Tell whether text is a table with commas: its first lines have one number of commas, three or more cells."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line]
    counts = {line.count(",") for line in lines}
    return "\t" not in text[:20_000] and len(lines) >= 3 and len(counts) == 1 and min(counts) >= 2
