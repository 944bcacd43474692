"""用心. Files made to swell: a stream that unpacks to more than any page needs, forms that call each other a million times.

PDFium would unpack them before anything can be counted, so the file's own bytes are looked through first. A stream too
short to unpack to much (a thousand times its length at most) is passed over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sosei.reading.formats.pdf.stored import Stored, search
from sosei.reading.formats.refusal import TooMuchDrawn

#: Bytes that what a page draws may unpack to. The fullest pages seen (maps) have 8 MB.
MAX_DRAWN: Final = 24 * 1024**2
#: Objects that forms within forms may come to, together.
MAX_CALLED: Final = 200_000
#: How much a byte may unpack to at most.
_RATIO: Final = 1032
_LENGTH: Final = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_NUMBER: Final = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_CALL: Final = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_NAMED: Final = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
#: Bytes of a stream that are tried; a stream longer than `_LONG` is unpacked whole.
_BEGINNING: Final = 16 * 1024
_LONG: Final = 2 * 1024**2


@dataclass(frozen=True)
class _Stream:
    """A stream of a file: its dictionary and its bytes."""

    head: bytes
    body: bytes

    @cached_property
    def number(self) -> int:
        """The object's number."""
        found = _NUMBER.findall(self.head)
        return int(found[-1]) if found else -1

    def unpacked(self, most: int) -> bytes:
        """Return what it unpacks to, a little more than `most` bytes at the most."""
        layers = self.head.count(b"/FlateDecode") + self.head.count(b"/Fl ")
        data = self.body
        for _ in range(min(layers, 4)):
            try:
                data = zlib.decompressobj().decompress(data, most + 1)
            except zlib.error:
                return b""
        return data

    def swells(self) -> bool:
        """Tell whether its beginning unpacks to far more than drawings and fonts do, or is packed more than once."""
        if self.head.count(b"/FlateDecode") > 1:
            return True
        unpack = zlib.decompressobj()
        try:
            out = unpack.decompress(self.body[:_BEGINNING], 16 * 1024)
        except zlib.error:
            return False
        return len(out) > 40 * (min(len(self.body), _BEGINNING) - len(unpack.unconsumed_tail))


def refuse_bombs(data: bytes | Stored, name: str) -> None:
    """Look through a file for what swells. Raises TooMuchDrawn."""
    forms: dict[int, _Stream] = {}
    for start in _starts(data):
        head = data[max(0, start - 3000) : start]
        head = head[max(0, head.rfind(b" obj") - 24) :]
        if b"/Image" in head:
            continue
        stream = _Stream(head, data[start : start + _length(data, head, start)])
        if len(stream.body) * _RATIO > MAX_DRAWN or head.count(b"/FlateDecode") > 1:
            _refuse_large(stream, name)
        if b"/Form" in head:
            forms[stream.number] = stream
    if len(forms) > 2 and _called(forms, data) > MAX_CALLED:
        raise TooMuchDrawn(
            name=name, what="部品の中の部品", what_en="parts within parts, over and over"
        )


def _starts(data: bytes | Stored) -> Iterator[int]:
    """Yield where the streams of a file begin."""
    at = data.find(b"stream")
    while at >= 0:
        after = data[at + 6 : at + 8]
        if data[at - 3 : at] != b"end" and after[:1] in (b"\r", b"\n"):
            yield at + (8 if after == b"\r\n" else 7)
        at = data.find(b"stream", at + 6)


def _length(data: bytes | Stored, head: bytes, start: int) -> int:
    found = _LENGTH.search(head)
    if found:
        return int(found[1])
    end = data.find(b"endstream", start)
    return (end if end >= 0 else len(data)) - start


def _refuse_large(stream: _Stream, name: str) -> None:
    most = MAX_DRAWN
    if len(stream.body) < _LONG and not stream.swells():
        return
    size = len(stream.unpacked(most))
    if size > most:
        megabytes = most // 1024**2
        raise TooMuchDrawn(
            name=name, what=f"上限{megabytes}MB", what_en=f"the limit is {megabytes} MB"
        )


def _called(forms: dict[int, _Stream], data: bytes | Stored) -> int:
    """Return how many objects the fullest form comes to when all it calls is drawn."""
    calls = {number: _calls(stream, forms, data) for number, stream in forms.items()}
    sizes: dict[int, int] = {}

    def size(number: int, above: tuple[int, ...]) -> int:
        if number in above or len(above) > 40:
            return 1
        if number not in sizes:
            inner = calls[number].items()
            sizes[number] = min(1 + sum(n * size(one, (*above, number)) for one, n in inner), 10**9)
        return sizes[number]

    return max(size(number, ()) for number in forms)


def _calls(stream: _Stream, forms: dict[int, _Stream], data: bytes | Stored) -> dict[int, int]:
    """Return how often a form calls which others."""
    named = dict(_NAMED.findall(stream.head))
    if b"Resources" in named:
        named |= _resources(int(named[b"Resources"]), data)
    out: dict[int, int] = {}
    for call in _CALL.findall(stream.unpacked(MAX_DRAWN)):
        number = int(named.get(call, -1))
        if number in forms:
            out[number] = out.get(number, 0) + 1
    return out


def _resources(number: int, data: bytes | Stored) -> dict[bytes, bytes]:
    pattern = re.compile(rb"(?<!\d)%d\s+\d+\s+obj(.{0,4000}?)endobj" % number, re.DOTALL)
    found = search(pattern, data)
    return dict(_NAMED.findall(found[1])) if found else {}
