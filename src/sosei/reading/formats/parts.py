"""部品のXML. How XML of a package is parsed: nothing of outside, in encodings that can be looked at, within bounds of room."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from sosei.core.errors import Unreadable
from sosei.reading.formats.limits import MAX_HELD

_ENCODING: Final = re.compile(
    rb"[\xef\xbb\xbf\xff\xfe\s]*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE
)
_PLAIN: Final = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-", "windows-", "shift_jis", "euc-jp")  # fmt: skip
GUARDED: Final[dict[str, Any]] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip
#: How an attribute says yes.
ON: Final = ("1", "true", "on")


def whole(text: str | None, default: int = 0) -> int:
    """Return an attribute that is a whole number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


class Watched(io.BytesIO):
    """The bytes of a part, which end where too many come without an element that is asked for: those in between are held."""

    def __init__(self, data: bytes, refusal: Callable[[], Unreadable]) -> None:
        """Watch the bytes of a part; `refusal` is raised where too many come."""
        super().__init__(data)
        self.since, self._refusal = 0, refusal

    def read(self, size: int | None = -1, /) -> bytes:
        """Read on. Raises Swollen."""
        part = super().read(size)
        self.since += len(part)
        if self.since > MAX_HELD:
            raise self._refusal()
        return part


def let_go(element: Any) -> None:
    """Empty an element, and drop all that stands before it."""
    element.clear(keep_tail=False)
    for one in (element, *element.iterancestors()):
        parent = one.getparent()
        while parent is not None and one.getprevious() is not None:
            del parent[0]


def is_plain(data: bytes) -> bool:
    """Tell whether XML is in an encoding in which its signs can be looked for."""
    said = _ENCODING.match(data[:4096].replace(b"\0", b""))
    known = said is None or said[1].decode("latin-1").lower().startswith(_PLAIN)
    return known and not data.startswith(b"\x4c\x6f\xa7\x94")  # EBCDIC


def parser() -> Any:
    """Return what parses a part as a whole."""
    return etree.XMLParser(**GUARDED)
