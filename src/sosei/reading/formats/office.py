"""梱包. The zip packages of Office (OOXML): parts unpacked within bounds, and what such a package refuses.

No part is unpacked by anything but this module, which believes neither the sizes nor the names in the directory.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from sosei.core.errors import Unreadable
from sosei.reading.formats.limits import (
    MAX_ELEMENTS,
    MAX_PARTS,
    MAX_TREE,
    MAX_UNPACKED,
    MAX_YIELDED,
)
from sosei.reading.formats.parts import GUARDED, Watched, is_plain, let_go, parser
from sosei.reading.formats.refusal import (
    Broken,
    Dangerous,
    Encrypted,
    Macro,
    OldOffice,
    OtherFormat,
    Swollen,
)

_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, EOFError, OSError,
    ValueError, OverflowError, RuntimeError, KeyError, IndexError, MemoryError, AttributeError,
)  # fmt: skip
_MB: Final = 1024**2
_RELATION: Final = "officeDocument"
# Looked for in the first bytes with zeros taken out, so that UTF-16 hides nothing.
_DOCTYPE: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE_AS: Final = "表計算や文書作成のソフトで開き、.xlsx か .docx で保存し直してください。"
_SAVE_AS_EN: Final = "Open it and save it as .xlsx or .docx."
_UNZIP: Final = "展開して、中のファイルを渡してください。"
_UNZIP_EN: Final = "Unpack it and give the files inside."


class Package:
    """A package whose main part is a workbook (`kind` "xlsx") or a document ("docx")."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it. Raises the refusals of packages that are damaged, locked, swollen, or something else."""
        self.name = name
        self.unpacked = 0
        self.elements = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except _FAULTS:
            raise self.broken(
                "ZIP", "途中で切れているか、書き換えられています", "cut short or altered"
            ) from None
        if len(parts) > MAX_PARTS:
            raise Swollen(name=name, size="?", limit=MAX_UNPACKED // _MB)
        self._parts = {part.filename.lstrip("/").lower(): part for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise Encrypted(name=name)
        self._refuse_others()
        self.main = self._main()
        self.kind = self._kind()
        if any(part.endswith("vbaproject.bin") for part in self._parts):
            raise Macro(name=name)

    def broken(self, where: str, ja: str, en: str) -> Broken:
        """Return the refusal for damage at a part."""
        return Broken(name=self.name, where=where, fault=ja, fault_en=en)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names of all parts, in small letters."""
        return tuple(self._parts)

    def __contains__(self, part: str) -> bool:
        """Tell whether the package has a part."""
        return part.lower() in self._parts

    def read(self, part: str) -> bytes:
        """Return the bytes of a part. Raises Broken, or Swollen when all parts read so far grow too large."""
        entry = self._parts.get(part.lower())
        if entry is None:
            raise self.broken(part, "この部品がありません", "the part is missing")
        left = MAX_UNPACKED - self.unpacked
        if entry.file_size > left:
            raise self._swollen(entry.file_size)
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(left + 1)
        except _FAULTS:
            raise self.broken(
                part, "この部品を展開できません", "the part cannot be unpacked"
            ) from None
        if len(data) > left:
            raise self._swollen(len(data))
        self.unpacked += len(data)
        return data

    def _swollen(self, more: int) -> Swollen:
        size = (self.unpacked + more) // _MB
        return Swollen(name=self.name, size=size, limit=MAX_UNPACKED // _MB)

    def swollen_somehow(self) -> Swollen:
        """Return the refusal of what takes more room than its bytes say."""
        return Swollen(name=self.name, size="?", limit=MAX_UNPACKED // _MB)

    def tree(self, part: str) -> Any:
        """Return the root element of a part. Raises Broken, Dangerous or Swollen."""
        return self.parsed(self.safe(part), part)

    def parsed(self, data: bytes, part: str) -> Any:
        """Return the root element of what was read from a part. Raises Broken or Swollen."""
        if len(data) > MAX_TREE:
            raise Swollen(name=self.name, size=len(data) // _MB, limit=MAX_TREE // _MB)
        self._count(data)
        try:
            root = etree.fromstring(data, parser())
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise self._bad_xml(part, fault) from None
        if root is None:
            raise self._bad_xml(part, ValueError("empty"))
        return root

    def rows(self, part: str, *names: str) -> Iterator[Any]:
        """Yield the elements of those names of a part, each emptied once the caller goes on to the next."""
        yield from self.within(self.safe(part), part, *names)

    def within(self, data: bytes, part: str, *names: str) -> Iterator[Any]:
        """Yield the elements of those names of XML that was read from a part. Raises Broken and Swollen."""
        tags = [f"{{*}}{name}" for name in names]
        watched = Watched(data, self.swollen_somehow)
        try:
            found = etree.iterparse(
                watched, events=("end",), tag=tags, **GUARDED
            )  # fmt: skip
            for number, (_, element) in enumerate(found):
                if number >= MAX_YIELDED:
                    raise self.swollen_somehow()
                yield element
                let_go(element)
                watched.since = 0
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise self._bad_xml(part, fault) from None

    def paragraphs(self, part: str) -> Iterator[str]:
        """Yield the texts of a part by its paragraphs, in whatever namespace, without holding its tree.

        A number that Word cut into several runs is one again; a box within a paragraph is apart from it.
        """
        data = self.safe(part)
        self._count(data)
        open_: list[list[str]] = [[]]
        try:
            for event, element in etree.iterparse(
                io.BytesIO(data), events=("start", "end"), tag=("{*}p", "{*}t", "{*}delText"), **GUARDED
            ):  # fmt: skip
                is_paragraph = etree.QName(element).localname == "p"
                if is_paragraph and event == "start":
                    open_.append([])
                elif event == "end" and is_paragraph:
                    if text := "".join(open_.pop()):
                        yield text
                    if len(open_) == 1:
                        let_go(element)
                elif event == "end":
                    open_[-1].append("".join(element.itertext()))
        except (etree.XMLSyntaxError, ValueError) as fault:
            raise self._bad_xml(part, fault) from None
        if text := "".join(open_[0]):
            yield text

    def _count(self, data: bytes) -> None:
        """Count the elements of what is about to be parsed: empty ones are few bytes and much room. Raises Swollen."""
        self.elements += data.count(b"<") - data.count(b"</") + data.count(b"=") // 3
        if self.elements > MAX_ELEMENTS:
            raise self.swollen_somehow()

    def safe(self, part: str) -> bytes:
        """Return the bytes of a part that may be parsed as XML. Raises Broken, Dangerous and Swollen."""
        data = self.read(part)
        if not is_plain(data):
            raise self.broken(part, "UTF-8でもUTF-16でもありません", "neither UTF-8 nor UTF-16")
        if _DOCTYPE.search(data[:4096].replace(b"\0", b"")) or b"<!ENTITY" in data:
            raise Dangerous(name=self.name, where=part)
        return data

    def _bad_xml(self, part: str, fault: Exception) -> Broken:
        line = getattr(fault, "lineno", None) or 1
        return self.broken(
            part, f"{line}行目のXMLが正しくありません", f"malformed XML in line {line}"
        )

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part points to inside the package: relation id to (kind of relation, part)."""
        folder, base = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{base}.rels")
        if listing not in self:
            return {}
        out = {}
        for relation in self.tree(listing):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target") or ""))
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            out[relation.get("Id") or ""] = (kind, target.lstrip("/"))
        return out

    def _refuse_others(self) -> None:
        """Refuse packages of other programs, by the parts that only they have."""
        for part, ja, en, advice, advice_en in (
            (
                "xl/workbook.bin",
                "バイナリのブック（.xlsb）",
                "a binary workbook (.xlsb)",
                _SAVE_AS,
                _SAVE_AS_EN,
            ),
            ("ppt/presentation.xml", "プレゼンテーション", "a presentation", _SAVE_AS, _SAVE_AS_EN),
            ("content.xml", "OpenDocument の文書", "an OpenDocument file", _SAVE_AS, _SAVE_AS_EN),
        ):
            if part in self._parts:
                raise self._other(ja, en, advice, advice_en)
        if "[content_types].xml" not in self._parts and "_rels/.rels" not in self._parts:
            raise self._other("ZIPの圧縮ファイル", "a ZIP archive", _UNZIP, _UNZIP_EN)

    def _other(self, ja: str, en: str, advice: str, advice_en: str) -> OtherFormat:
        return OtherFormat(name=self.name, kind=ja, kind_en=en, advice=advice, advice_en=advice_en)

    def _main(self) -> str:
        """Return the main part: the one the package names, or the usual one."""
        try:
            named = [part for kind, part in self.related("").values() if kind == _RELATION]
        except Broken:
            named = []
        for part in (*named, "xl/workbook.xml", "word/document.xml"):
            if part in self:
                return part
        raise self.broken("ZIP", "本体の部品がありません", "the main part is missing")

    def _kind(self) -> str:
        """Return "xlsx" or "docx" by the main part's first element. Raises OtherFormat."""
        head = self.safe(self.main)[:65536]
        self.unpacked = 0
        if re.search(rb"<(\w+:)?workbook\b", head):
            return "xlsx"
        if re.search(rb"<(\w+:)?document\b", head):
            return "docx"
        try:
            root = etree.QName(self.tree(self.main)).localname
        except Unreadable:
            raise
        if root in ("workbook", "document"):
            return "xlsx" if root == "workbook" else "docx"
        raise self._other(
            "知らない種類のOffice文書", "an Office file of unknown kind", _SAVE_AS, _SAVE_AS_EN
        )


def ole_refusal(data: bytes, name: str) -> Unreadable:
    """Return the refusal for an OLE2 container: a locked OOXML package, or an Office file of before 2007."""
    for stream, kind in (
        ("EncryptedPackage", ""),
        ("Workbook", "Excel 97–2003"),
        ("Book", "Excel 5/95"),
        ("WordDocument", "Word 97–2003"),
        ("PowerPoint Document", "PowerPoint 97–2003"),
    ):
        if stream.encode("utf-16-le") in data:
            return OldOffice(name=name, kind=kind) if kind else Encrypted(name=name)
    return OldOffice(name=name, kind="OLE2")
