"""素直な行. The rows of a sheet (XLSX) cut out of its text where they are written as every program writes them.

An element of XML costs as much as ten cells, so that only what stands around the rows is parsed as XML, and of the
rows only those that hold more than plain cells (text in runs, shared formulas). A sheet that is written in any other
way than expected (comments, other encodings, other orders of attributes, anything malformed) is not cut at all: the caller parses it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from sosei.reading.formats.limits import MAX_YIELDED
from sosei.reading.formats.parts import parser

#: Control characters are not XML; a line break could be another one to a parser of XML.
_NEVER: Final = bytes(code for code in range(32) if code not in b"\t\n\r")
_NO_CHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_HEAD: Final = re.compile(
    r"(?:<\?xml[^<>]*\?>\s*)?(?P<root><worksheet(?: [^<>]*)?>)(?:(?!<sheetData|<!|<\?).)*<sheetData>",
    re.DOTALL,
)
_UTF_8: Final = re.compile(
    rb"<\?xml [^<>]*?encoding\s*=\s*[\"']utf-?8[\"'][^<>]*\?>|<worksheet[ >]", re.IGNORECASE
)
_ROW: Final = re.compile(r'\s*<row((?: [A-Za-z][A-Za-z0-9:.]*="[^"<&]*")*)(?:/>|>)')
_ATTRIBUTE: Final = re.compile(r' ([A-Za-z0-9:.]+)="([^"]*)"')
#: Column, style, kind, formula, value, text; the last group is whatever is no such cell, to the end of the row. Empty
#: cells are passed over.
_CELLS: Final = re.compile(
    r'(?:<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,8}")?/>)*+(?:$|<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,8})")?(?: t="([A-Za-z]{1,9})")?(?: (?:cm|vm|ph)="[0-9]{1,8}")?'
    r'(?:/>|>(?:<f(?: aca="[a-z]+")?>([^<]+)</f>)?(?:<v>([^<]+)</v>)?'
    r'(?:<is><t(?: xml:space="preserve")?>([^<]+)</t></is>)?</c>)|(?s:(.+)))'
)


_PARSER: Final = parser()


class Odd(Exception):
    """A row that is not as expected after all: the sheet is to be parsed whole."""


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A row: its attributes and its cells as (column's letters, style, kind, formula, value, text), "" where absent.

    `element`: the row parsed as XML where it holds more than plain cells; `cells` is then empty.
    """

    attributes: dict[str, str]
    cells: list[tuple[str, ...]]
    element: Any = None


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet cut up. `around`: the XML of all but its rows; `text` from `start` to `end`: its rows."""

    text: str
    start: int
    end: int
    root: str
    around: bytes

    def rows(self) -> Iterator[PlainRow]:
        """Yield the rows in order. Raises Odd where one is not written as expected."""
        text, at, end = self.text, self.start, self.end
        for _ in range(MAX_YIELDED):
            found = _ROW.match(text, at, end)
            if found is None:
                break
            attributes = _attributes(found[1])
            begin = at = found.end()
            if text[begin - 2] == "/":
                yield PlainRow(attributes, [])
                continue
            close = text.find("</row>", begin, end)
            if close < 0:
                raise Odd
            at = close + 6
            cells = _CELLS.findall(text, begin, close)
            if any(cell[-1] for cell in cells[-3:]):
                yield PlainRow(attributes, [], self._parsed(text[found.start() : at]))
            else:
                yield PlainRow(attributes, cells)
        if text[at:end].strip(" \t\n"):
            raise Odd

    def _parsed(self, row: str) -> Any:
        """Return a row as an element of XML, in the name spaces of its sheet. Raises Odd where it is malformed."""
        try:
            root = etree.fromstring(f"{self.root}{row}</worksheet>".encode(), _PARSER)
        except (etree.XMLSyntaxError, ValueError):
            raise Odd from None
        if (
            len(root) != 1
            or root.text
            or any(_is_row(inner) for inner in root[0].iter() if inner is not root[0])
        ):
            raise Odd
        return root[0]


def resolved(text: str) -> str:
    """Return text of a plain cell with the characters that it writes as references. Raises Odd for any that is none."""
    if "&" not in text:
        return text
    try:
        return etree.fromstring(f"<t>{text}</t>".encode(), _PARSER).text or ""
    except (etree.XMLSyntaxError, ValueError):
        raise Odd from None


def _is_row(element: Any) -> bool:
    return not isinstance(element.tag, str) or element.tag.endswith("}row")


def _attributes(said: str) -> dict[str, str]:
    pairs = _ATTRIBUTE.findall(said)
    attributes = dict(pairs)
    if len(attributes) != len(pairs):
        raise Odd
    return attributes


def cut(data: bytes) -> PlainSheet | None:
    """Cut the XML of a sheet up; None where it is written in another way than programs write sheets."""
    if not _is_plain(data):
        return None
    text = data.decode("utf-8", "replace")
    head = _HEAD.match(text)
    end = text.find("</sheetData>", head.end()) if head else -1
    if head is None or end < 0 or "\ufffd" in text:
        return None
    start = head.end()
    if (
        any(text.find(sign, start) >= 0 for sign in ("<!", "<?"))
        or text.find("\r", start, end) >= 0
    ):
        return None
    around = f"{text[:start]}{text[end:]}".encode()
    return PlainSheet(text, start, end, head["root"], around)


def _is_plain(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 that says so (or says nothing, which is the same), without characters that XML does not have."""
    return (
        bool(_UTF_8.match(data[:200]))
        and len(data.translate(None, _NEVER)) == len(data)
        and not any(sign in data for sign in _NO_CHARACTERS)
    )
