"""PDFの見分け. What a PDF runs, fetches or carries, looked for in its bytes and in every stream that Flate opens.

Nothing is believed of what a PDF says about itself: names may be spelled by numbers, streams may lie about where they end.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from sosei.evidence.papers.pdfwords import dictionary
from sosei.evidence.papers.words import MB
from sosei.evidence.refusals_documents import DocumentActive
from sosei.reading.formats.refusal import Broken, Encrypted

_END: Final = rb"(?=[\s/<(\[>])"
#: What a PDF runs, fetches or carries; with a sign behind it that a name has, so that compressed bytes are not taken for it.
_ACTIVE: Final = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm)" + _END)  # fmt: skip
#: The same within streams, where fonts are too: a script is always named as one beside its text, or as a rendition's.
_WITHIN: Final = re.compile(rb"/(JavaScript|Rendition|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm)(?=[\s/<(\[>]|$)")  # fmt: skip
_LOCKED: Final = re.compile(rb"/Encrypt(?=[\s\0/<\[%])")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PART: Final = rb"[^\s\0/<>\[\](){}%]{0,120}"
_NAME: Final = re.compile(rb"/" + _PART + rb"#[0-9A-Fa-f]{2}" + _PART)
_STREAM: Final = re.compile(rb"(?<![A-Za-z])stream[ \t]{0,8}(?:\r\n|\n|\r)?")
_OBJECTS: Final = re.compile(
    rb"/ObjStm(?![A-Za-z])|/First[\s\0]+\d+[\s\0]*(?![\s\0]*\d+[\s\0]+R)[/>]"
)
#: The same name however it is spelled; what an object begins with, where no remark goes before it on its line.
_NAMED: Final = re.compile(
    rb"/(?:O|#4[Ff])(?:b|#62)(?:j|#6[Aa])(?:S|#53)(?:t|#74)(?:m|#6[Dd])(?![A-Za-z])"
)
_BEGUN: Final = re.compile(rb"(?<![A-Za-z])obj(?![A-Za-z])")
_REMARKED: Final = re.compile(rb"%[^\r\n]*\Z")
#: How far around the name its dictionary is looked for, and what a byte of reading one costs of the budget.
_WINDOW: Final = 8192
_READ: Final = 16
_IMAGE: Final = re.compile(rb"/Image(?![A-Za-z])")
#: Ways to pack objects in which nothing is looked for: other filters, several, those said elsewhere, differences of bytes.
_GAP: Final = rb"(?:[\s\0]|%[^\r\n]*[\r\n])*+"
_PACKED: Final = re.compile(
    rb"/Filter" + _GAP + rb"(\[?" + _GAP + rb"(\d|/(ASCII|AHx|A85|LZW|RunLength|RL|Crypt))|\[" + _GAP + rb"/\w+" + _GAP + rb"/)"
    rb"|/(DecodeParms|DP)" + _GAP + rb"\[?" + _GAP + rb"\d|/Predictor" + _GAP + rb"(?!1(?!\d))"
)  # fmt: skip
#: Bytes to which all streams of a PDF may unpack; what each attempt costs of them, and one that fails on the way.
UNPACKED: Final = 128 * MB
_TRIED: Final = 1024
_FAILED: Final = 128 * 1024
_CHUNK: Final = 4096
#: Bytes that are searched at once, and so many of those before again, so that no name is cut.
_BLOCK: Final = MB
_AGAIN: Final = 200


def require_quiet(data: bytes, name: str) -> None:
    """See that a PDF does nothing when it is opened. Raises DocumentActive, Encrypted, Broken."""
    if b"%%EOF" not in data[-2048:]:
        raise Broken(name=name, where="終わり", fault="途中で切れています", fault_en="cut short")
    if _is(_LOCKED, data):
        raise Encrypted(name=name)
    if _is(_ACTIVE, data) or any(_is(_WITHIN, block) for block in _Streams(data, name).blocks()):
        raise DocumentActive(
            name=name, kind="動くもの（スクリプト、起動、埋め込みファイル等）",
            kind_en="something active (a script, a start of programs, a file within)",
        )  # fmt: skip


def _is(what: re.Pattern[bytes], part: bytes) -> bool:
    return bool(what.search(part)) or any(what.search(name) for name in _plain_names(part))


def _plain_names(part: bytes) -> Iterable[bytes]:
    """Yield the names of a PDF that spell some of their letters by numbers (`/J#53`), as they are read."""
    for found in _NAME.finditer(part):
        yield _plain(found[0]) + b" "


def _plain(name: bytes) -> bytes:
    return _ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), name)


class _Streams:
    """The streams of a PDF as far as Flate opens them, within one budget for all of them."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name, self._left = memoryview(data), name, UNPACKED

    def blocks(self) -> Iterator[bytes]:
        """Yield what streams hold, in blocks. Raises DocumentActive where it cannot all be looked at."""
        for found in _NAMED.finditer(self._data):
            self._spend(_TRIED)
            if not self._is_plainly_packed(found.start()):
                raise self._closed()
        before = 0
        for found in _STREAM.finditer(self._data):
            if not self._is_picture(bytes(self._data[before : found.start()])):
                self._spend(_TRIED)
                yield from _blocks(self._opened(found.end()))
            before = found.end()

    def _is_picture(self, said: bytes) -> bool:
        """Whether what stands before a stream says that it is a picture."""
        said = _NAME.sub(lambda one: _plain(one[0]), said)
        if not _OBJECTS.search(said):
            return bool(_IMAGE.search(said, said.rfind(b"obj") + 1))
        return False

    def _is_plainly_packed(self, at: int) -> bool:
        """Whether objects are packed by Flate alone, by every dictionary that may be the one around a place."""
        start = max(0, at - _WINDOW)
        window, said = bytes(self._data[start : at + _WINDOW]), []
        for found in _BEGUN.finditer(window, 0, at - start):
            if not _REMARKED.search(window[: found.start()][-_AGAIN:]):
                text, end = dictionary(window, found.end())
                self._spend(_READ * (end - found.end()))
                if text and end > at - start:
                    said.append(_NAME.sub(lambda one: _plain(one[0]), text))
        return bool(said) and not any(map(_PACKED.search, said))

    def _opened(self, at: int) -> Iterator[bytes]:
        """Yield what is packed from a place on, up to where it ends or is damaged."""
        head = bytes(self._data[at : at + 2])
        if len(head) < 2 or head[0] & 15 != 8 or int.from_bytes(head) % 31:
            return
        unpacking = zlib.decompressobj()
        while not unpacking.eof and at < len(self._data):
            chunk, known = self._data[at : at + _CHUNK], unpacking.copy()
            try:
                part = unpacking.decompress(chunk)
            except zlib.error:
                self._spend(_FAILED)
                yield from _bytewise(known, chunk)
                return
            self._spend(len(part) + len(chunk) // 4)
            yield part
            at += _CHUNK

    def _spend(self, cost: int) -> None:
        self._left -= cost
        if self._left < 0:
            raise self._closed()

    def _closed(self) -> DocumentActive:
        return DocumentActive(
            name=self._name,
            kind="中を確かめきれない部分",
            kind_en="parts that cannot be looked into",
        )


def _bytewise(unpacking: zlib._Decompress, chunk: memoryview) -> Iterator[bytes]:
    """Yield what comes before the damage of a chunk."""
    try:
        for n in range(len(chunk)):
            yield unpacking.decompress(chunk[n : n + 1])
    except zlib.error:
        return


def _blocks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield small parts as blocks, each beginning with the end of the one before."""
    kept, size = [b""], 0
    for part in parts:
        kept.append(part)
        size += len(part)
        if size >= _BLOCK:
            block = b"".join(kept)
            yield block
            kept, size = [block[-_AGAIN:]], 0
    if size:
        yield b"".join(kept)
