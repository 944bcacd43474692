"""書類の見分け. What a document is, by its bytes alone; what could do something when it is opened is refused.

Taken are the forms in which offices hold evidence: PDF, XLSX, DOCX, JPEG, PNG, text. All else has its own advice.
"""

from __future__ import annotations

import re
from typing import Final

from sosei.evidence.papers.pdfs import require_quiet
from sosei.evidence.papers.words import MB, MOST_BYTES, Format
from sosei.evidence.refusals_documents import (
    DocumentActive,
    DocumentTooLarge,
    DocumentUnfit,
)
from sosei.reading.formats import coding, sniff
from sosei.reading.formats.office import Package, ole_refusal
from sosei.reading.formats.refusal import Broken, Empty

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNPACK: Final = (
    "展開して、中のファイルを一つずつ付けてください。",
    "Unpack it and attach the files inside.",
)
_SAVE: Final = ("JPEGかPNGに変えて付けてください。", "Save it as JPEG or PNG.")
_NOT: Final = ("元の書類をPDFにして付けてください。", "Attach the document itself, as PDF.")
_Told = tuple[str, str, tuple[str, str]]
_ARCHIVE: Final[_Told] = ("圧縮ファイル", "an archive", _UNPACK)
_PROGRAM: Final[_Told] = ("実行できるプログラム", "a program", _NOT)
_PICTURE: Final[_Told] = ("扱えない形式の画像", "a picture of another form", _SAVE)
#: First bytes of what is known and not taken.
_OTHERS: Final[tuple[tuple[bytes, _Told], ...]] = (
    (b"MZ", _PROGRAM), (b"\x7fELF", _PROGRAM), (b"\xca\xfe\xba\xbe", _PROGRAM), (b"#!", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM), (b"\xce\xfa\xed\xfe", _PROGRAM), (b"\xfe\xed\xfa", _PROGRAM), (b"L\0\0\0\x01\x14\x02\0", _PROGRAM),
    (b"GIF8", _PICTURE), (b"II*\0", _PICTURE), (b"MM\0*", _PICTURE), (b"BM", _PICTURE), (b"RIFF", _PICTURE),
    (b"\x1f\x8b", _ARCHIVE), (b"7z\xbc\xaf", _ARCHIVE), (b"Rar!", _ARCHIVE), (b"MSCF", _ARCHIVE),
    (b"{\\rtf", ("リッチテキスト", "rich text", _NOT)),
)  # fmt: skip
_PART: Final = re.compile(r"(^|/)(activex|macrosheets|dialogsheets)/|vba|/embeddings/(?!.*\.(xlsx|docx|pptx)$)")  # fmt: skip
#: What may lie outside: everything else of there is fetched when the document is opened.
_LINK: Final = "hyperlink"


def format_of(data: bytes, name: str) -> Format:
    """Return what a file is. Raises DocumentTooLarge, DocumentUnfit, DocumentActive, the refusals of damaged files."""
    if len(data) > MOST_BYTES:
        raise DocumentTooLarge(name=name, size=-(-len(data) // MB), limit=MOST_BYTES // MB)
    if not data.strip():
        raise Empty(name=name)
    if data.startswith(b"%PDF-"):
        require_quiet(data, name)
        return "pdf"
    if data.startswith(_PNG):
        return _picture("png", name, b"IEND" in data[-64:] and data[12:16] == b"IHDR")
    if data.startswith(b"\xff\xd8\xff"):
        return _picture("jpg", name, b"\xff\xd9" in data and b"\xff\xda" in data)
    if data.startswith(b"PK"):
        return _office(data, name)
    if data.startswith(_OLE):
        raise ole_refusal(data, name)
    return _text(data, name)


def _unfit(name: str, told: _Told) -> DocumentUnfit:
    ja, en, (advice, advice_en) = told
    return DocumentUnfit(name=name, kind=ja, kind_en=en, advice=advice, advice_en=advice_en)


def _picture(kind: Format, name: str, whole: bool) -> Format:
    if not whole:
        raise _cut(name)
    return kind


def _cut(name: str) -> Broken:
    return Broken(name=name, where="終わり", fault="途中で切れています", fault_en="cut short")


# -- Office -----------------------------------------------------------------------------------------------------------


def _office(data: bytes, name: str) -> Format:
    package = Package(data, name)
    if any(_PART.search(part) for part in package.parts):
        raise DocumentActive(
            name=name, kind="マクロや埋め込まれた部品", kind_en="macros or embedded objects"
        )
    if any(_fetches(package, part) for part in package.parts if part.endswith(".rels")):
        raise DocumentActive(
            name=name,
            kind="外から読み込むひな形、部品、別のブックへの参照",
            kind_en="a template, object or reference to another workbook",
        )
    return "xlsx" if package.kind == "xlsx" else "docx"


def _fetches(package: Package, part: str) -> bool:
    """Whether a list of relations names something outside that is no link to be followed by hand."""
    for one in package.tree(part).iter("{*}*"):
        said = {name.rpartition("}")[2].lower(): value.strip() for name, value in one.items()}
        kind = said.get("type", "").rstrip("/").rpartition("/")[2]
        if said.get("targetmode", "").lower() == "external" and kind != _LINK:
            return True
    return False


# -- text -------------------------------------------------------------------------------------------------------------


def _text(data: bytes, name: str) -> Format:
    for head, told in _OTHERS:
        if data.startswith(head):
            raise _unfit(name, told)
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise _unfit(name, ("スマートフォンの画像（HEIC等）", "a phone's picture (HEIC)", _SAVE))
    if sniff.kind_of(data, name) != "text" or b"%PDF-" in data[:1024]:
        raise _unfit(name, ("知らない形式", "of an unknown form", _NOT))
    text = coding.decode(data, name)[0]
    if "\0" in text:
        raise _unfit(name, ("知らない形式", "of an unknown form", _NOT))
    sniff.refuse_markup(text, name)
    if sniff.is_html(text) or "<script" in text[:65_536].lower():
        raise _unfit(
            name,
            (
                "ウェブページ",
                "a web page",
                ("PDFに印刷して付けてください。", "Print it to PDF and attach that."),
            ),
        )
    return "csv" if sniff.is_commas(text) or name.lower().endswith(".csv") else "txt"
