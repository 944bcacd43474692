"""形式. One module per file format: bytes to `Document`, lines and grids in which every word knows its place."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from sosei.core.codec import loads
from sosei.core.report import Report, Source, Unread
from sosei.reading.formats import coding, csv, docx, html, office, pdf, sniff, text, xlsx
from sosei.reading.formats.limits import MAX_BYTES, MAX_JSON_MARKS, MAX_MARKS, MAX_TEXT_BYTES
from sosei.reading.formats.refusal import Empty, TooLarge, TooManyMarks
from sosei.reading.grid import Document
from sosei.reading.sparing import sparing

#: Suffixes under which a format is expected; any other is noted.
SUFFIXES: Final = {
    "xlsx": (".xlsx", ".xltx"),
    "docx": (".docx", ".dotx"),
    "pdf": (".pdf",),
    "html": (".html", ".htm", ".xhtml"),
    "json": (".json",),
    "csv": (".csv", ".tsv"),
    "text": (".txt", ".tsv", ".text", ".md"),
}


@sparing()
def open_document(data: bytes, name: str, *, mark: str | None = None) -> Document | Report:
    """Read a file into a document; JSON of the contract is a report already.

    `mark`: the source's id, written into every place, for a file that is one of a set. Raises the errors under
    `Unreadable` (E2xx) and `NotAReport`, whose sentences say what to do.
    """
    name = file_name(name)
    if not data:
        raise Empty(name=name)
    if len(data) > MAX_BYTES:
        raise TooLarge(name=name, size=len(data) // 1024**2, limit=MAX_BYTES // 1024**2)
    source = Source(id=mark or "s1", name=name, sha256=hashlib.sha256(data).hexdigest(), format="")
    kind = sniff.kind_of(data, name)
    if kind == "ole":
        raise office.ole_refusal(data, name)
    if kind == "office":
        return _noted(_packaged(data, source, mark))
    if kind == "pdf":
        return _noted(pdf.read(data, dataclasses.replace(source, format="pdf"), marked=mark))
    return _textual(data, source, mark)


def file_name(name: str) -> str:
    """Return the last part of a path of any system: where a file lay says something about its owner.

    Bytes of a name that are no UTF-8 (an old share's CP932) become question marks.
    """
    last = PureWindowsPath(PurePosixPath(name).name).name or "?"
    return last.encode("utf-8", "replace").decode("utf-8")


def _packaged(data: bytes, source: Source, mark: str | None) -> Document:
    package = office.Package(data, source.name)
    source = dataclasses.replace(source, format=package.kind)
    reader = xlsx.read if package.kind == "xlsx" else docx.read
    return reader(package, source, marked=mark)


def _textual(data: bytes, source: Source, mark: str | None) -> Document | Report:
    if len(data) > MAX_TEXT_BYTES:
        limit = MAX_TEXT_BYTES // 1024**2
        raise TooLarge(name=source.name, size=len(data) // 1024**2, limit=limit)
    decoded, _ = coding.decode(data, source.name)
    if not decoded.strip("\ufeff \t\r\n\f\v\0\u3000"):
        raise Empty(name=source.name)
    sniff.refuse_markup(decoded, source.name)
    suffix = _suffix(source.name)
    kind = _kind(decoded, suffix)
    source = dataclasses.replace(
        source, format="tsv" if (kind, suffix) == ("text", ".tsv") else kind
    )
    _refuse_marks(decoded, kind, source.name)
    if kind == "json":
        return dataclasses.replace(loads(decoded), sources=(source,))
    reader = {"html": html.read, "csv": csv.read, "text": text.read}[kind]
    return _noted(reader(decoded, source, marked=mark))


def _refuse_marks(decoded: str, kind: str, name: str) -> None:
    """Refuse text of which each few characters would become an object of their own."""
    signs = {"json": ",[{", "html": "<&", "text": "<&", "csv": ""}[kind]
    count = sum(decoded.count(sign) for sign in signs)
    count += decoded.count('""') if kind in ("csv", "text") else 0
    limit = MAX_JSON_MARKS if kind == "json" else MAX_MARKS
    if count > limit:
        raise TooManyMarks(name=name, limit=limit)


def text_of(data: bytes, name: str) -> tuple[str, str] | None:
    """Return the text that places of a file count in, and its kind (text, csv); None where it is no plain text."""
    if (
        not data
        or len(data) > MAX_TEXT_BYTES
        or sniff.kind_of(data, name) in ("ole", "office", "pdf")
    ):
        return None
    decoded, _ = coding.decode(data, name)
    kind = _kind(decoded, _suffix(name))
    return (decoded, kind) if kind in ("text", "csv") else None


def _kind(decoded: str, suffix: str) -> str:
    """Return which kind of text it is. The suffix decides only where the content does not."""
    if sniff.is_json(decoded) and suffix not in (".csv", ".tsv"):
        return "json"
    if sniff.is_html(decoded) or suffix in SUFFIXES["html"]:
        return "html"
    if suffix == ".csv" or (suffix not in SUFFIXES["text"] and sniff.is_commas(decoded)):
        return "csv"
    return "json" if suffix == ".json" else "text"


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _noted(document: Document) -> Document:
    """Add a note where the suffix says another format than the content."""
    source = document.source
    expected = SUFFIXES["text" if source.format == "tsv" else source.format]
    if not (suffix := _suffix(source.name)) or suffix in expected:
        return document
    note = Unread(code="suffix-differs", raw=f"{source.name} ({source.format})")
    return dataclasses.replace(document, unread=(note, *document.unread))
