"""文字コード. Bytes to text, in the encodings that Japanese offices use, and which one it was."""

from __future__ import annotations

import codecs
import re
from typing import Final

from sosei.reading.formats.refusal import UnknownEncoding

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ISO_2022: Final = re.compile(rb"\x1b(\$[@B]|\([BJI])")
_DECLARED: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_NAMES: Final = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "windows-31j": "cp932", "ms932": "cp932", "cp932": "cp932",
    "euc-jp": "euc_jp", "x-euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp_ext",
    "utf-8": "utf-8", "utf8": "utf-8",
}  # fmt: skip
_KANA: Final = re.compile("[ぁ-んァ-ヶ一-龠々ー、。「」（）]")
# What CP932 makes of bytes that it does not assign.
_NEVER: Final = re.compile("[\x80-\x84\x86-\x9f\uf8f0-\uf8f3]")
_ODD: Final = re.compile("[｡-ﾟ\ue000-\uf8ff]")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and its encoding. Offsets count its characters, line ends as they are, BOM left out.

    Raises UnknownEncoding where no encoding fits every byte: nothing is ever replaced silently.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding, name), encoding
    wide = _wide(data)
    if wide and (text := _try(data, wide)) is not None:
        return text, wide
    if _ISO_2022.search(data[:65536]) and (text := _try(data, "iso2022_jp_ext")) is not None:
        return text, "iso2022_jp_ext"
    for encoding in ("utf-8", *_declared(data)):
        if (text := _try(data, encoding)) is not None:
            return text, encoding
    return _japanese(data, name)


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 that a text without BOM plainly is: a good part of every other byte zero."""
    head = data[:4096]
    if b"\0" not in head or len(data) % 2 or len(data) < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(4, len(head) // 16) or min(even, odd) > max(even, odd) // 8:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(data: bytes) -> list[str]:
    found = _DECLARED.search(data[:4096])
    known = _NAMES.get(found[1].decode("ascii").lower()) if found else None
    return [known] if known else []


def _japanese(data: bytes, name: str) -> tuple[str, str]:
    """Choose between CP932 and EUC-JP, of which the first accepts many texts of the second as half-width kana."""
    tried = ((_try(data, encoding), encoding) for encoding in ("cp932", "euc_jp"))
    texts = [(t, e) for t, e in tried if t is not None and not _NEVER.search(t)]
    if not texts:
        return _decoded(data, "utf-8", name), "utf-8"
    return max(texts, key=lambda pair: _likeness(pair[0][:20_000]))


def _likeness(text: str) -> int:
    return len(_KANA.findall(text)) - 2 * len(_ODD.findall(text))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise UnknownEncoding(name=name, where=fault.start + 1) from None
    except UnicodeError:
        raise UnknownEncoding(name=name, where=1) from None
