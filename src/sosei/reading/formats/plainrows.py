"""素直な行. The rows of a sheet (XLSX) cut out of its text where they are written as every program writes them.

An element of XML costs as much as ten cells, so that only what stands around the rows is parsed as XML, and of the
rows only those that hold more than plain cells (text in runs, shared formulas). A sheet that is written in any other
way than expected (comments, other encodings, other orders of attributes, anything malformed) is not cut at all: the caller parses it whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from lxml import etree

from sosei.reading.formats.limits import MAX_HELD
from sosei.reading.formats.parts import ON, parser, whole

#: Control characters are not XML; a line break could be another one to a parser of XML.
_NEVER: Final = bytes(code for code in range(32) if code not in b"\t\n\r")
_NO_CHARACTERS: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_ROOT: Final = re.compile(r"(?:<\?xml[^<>]*\?>\s*)?(<worksheet(?: [^<>]*)?>)")
_DATA: Final = "<sheetData>"
#: A start tag that is repeated for every row that is parsed must be short.
_LONG: Final = 8_192
_UTF_8: Final = re.compile(
    rb"<\?xml [^<>]*?encoding\s*=\s*[\"']utf-?8[\"'][^<>]*\?>|<(?:worksheet|sst)[ >]",
    re.IGNORECASE,
)
_ROW: Final = re.compile(
    r'\s*<row(?: r="([0-9]{1,8})")?((?: [A-Za-z][A-Za-z0-9:.]*="[^"<&]*")*)(/?)>'
)
_ATTRIBUTE: Final = re.compile(r' ([A-Za-z0-9:.]+)="([^"]*)"')
#: Column, and what follows its reference up to the end of the cell; the last group is whatever is no cell, to the end
#: of the row. Empty cells are passed over. What a cell may hold is looked at once for all that are written alike (`said`).
_CELLS: Final = re.compile(
    r'<c r="([A-Z]++)[0-9]++"([^<]*+(?:<v>[^<]*+</v></c>|(?:<(?!/?c[ >])[^<]*+)*+</c>))'
    r'|(?:<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+(?: t="[a-z]++")?+ ?+/>)++|(?s:(.+))'
)
#: Style, kind, whether it is computed, formula, value, text.
_CELL: Final = re.compile(
    r'(?: s="([0-9]{1,8})")?(?: t="([A-Za-z]{1,9})")?(?: (?:cm|vm|ph)="[0-9]{1,8}")?'
    r'>(<f(?: t="(?:shared|array|normal)")?(?: aca="[a-z01]+")?(?: ref="[A-Z0-9:]+")?(?: aca="[a-z01]+")?(?: ca="[a-z01]+")?(?: si="[0-9]+")?(?:/>|>([^<]*)</f>))?'
    r"(?:<v>([^<]+)</v>)?"
    r'(?:<is><t(?: xml:space="preserve")?>([^<]+)</t></is>)?</c>'
)
#: Style, kind and value, as nearly all cells have no more.
VALUE: Final = re.compile(
    r'(?: s="([0-9]{1,8}+)")?+(?: t="([A-Za-z]{1,9}+)")?+><v>([^<&]++)</v></c>'
)
_MERGES: Final = re.compile(
    r'<mergeCells(?: count="[0-9]+")?>((?:<mergeCell ref="[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}"/>)++)</mergeCells>'
)
_RANGE: Final = re.compile(r'"([A-Z0-9]+:[A-Z0-9]+)"')
_STRINGS: Final = re.compile(r"(?:<\?xml[^<>]*\?>\s*)?(<sst(?: [^<>]*)?>)")
#: A string without runs, and without the readings beside it; a string in runs; whatever is no string, to the end.
_STRING: Final = re.compile(
    r'<si><t(?: xml:space="preserve")?>([^<]*+)</t>'
    r'(?:<rPh sb="[0-9]++" eb="[0-9]++"><t(?: xml:space="preserve")?>[^<&]*+</t></rPh>)*+'
    r'(?:<phoneticPr fontId="[0-9]++"(?: type="[A-Za-z]++")?(?: alignment="[A-Za-z]++")?/>)?</si>\s*+'
    r"|(<si>[^<]*+(?:<(?!/si>)[^<]*+)*+</si>)\s*+|(?s:(.+))"
)
#: Column, then what follows, and whatever is no cell.
Cut = tuple[str, str, str]


_PARSER: Final = parser()


class Odd(Exception):
    """A row that is not as expected after all: the sheet is to be parsed whole."""


class PlainRow(NamedTuple):
    """A row: its number where it says one (from 1), whether it is hidden, its cells as (column's letters, what follows, "").

    `cells` is None where something is not written as cells are. `start`, `end`: where the row stands in its sheet.
    """

    number: int | None
    hidden: bool
    cells: list[Cut] | None
    start: int
    end: int


class PlainCell(NamedTuple):
    """What stands in a cell, "" where absent. `computed`: the element of its formula, which may hold none of its own."""

    style: str
    kind: str
    computed: str
    formula: str
    value: str
    inline: str


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet cut up. `around`: the XML of all but its rows and merged ranges; `text` from `start` to `end`: its rows."""

    text: str
    start: int
    end: int
    root: str
    around: bytes
    merged: tuple[str, ...]

    def rows(self) -> Iterator[PlainRow]:
        """Yield the rows in order. Raises Odd where one is not written as expected."""
        text, at, end = self.text, self.start, self.end
        while found := _ROW.match(text, at, end):
            said, attributes, closed = found.groups()
            number, hidden = _look(attributes)
            if said is not None:
                if number is not None:
                    raise Odd
                number = int(said)
            start, begin = at, found.end()
            if closed:
                yield PlainRow(number, hidden, [], start, at := begin)
                continue
            close = text.find("</row>", begin, end)
            if close < 0 or close - begin > MAX_HELD:
                raise Odd
            cells = _CELLS.findall(text, begin, close)
            odd = bool(cells) and bool(cells[-1][2])
            yield PlainRow(number, hidden, None if odd else cells, start, at := close + 6)
        if text[at:end].strip(" \t\n"):
            raise Odd

    def element(self, row: PlainRow) -> Any:
        """Return a row as an element of XML, in the name spaces of its sheet. Raises Odd where it is malformed."""
        inner = parsed(self.root, self.text[row.start : row.end].strip(), "</worksheet>")
        if any(_is_row(one) for one in inner.iter() if one is not inner):
            raise Odd
        return inner


def parsed(root: str, text: str, end: str) -> Any:
    """Return the one element that a text is, in the name spaces of a root. Raises Odd where it is malformed."""
    try:
        found = etree.fromstring(f"{root}{text}{end}".encode(), _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        raise Odd from None
    if len(found) != 1 or found.text:
        raise Odd
    return found[0]


def said(rest: str) -> PlainCell:
    """Return what stands in a cell by what follows its reference. Raises Odd where it is no plain cell."""
    found = _CELL.fullmatch(rest)
    if found is None:
        raise Odd
    return PlainCell._make(found.groups(""))


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


@lru_cache(maxsize=256)
def _look(attributes: str) -> tuple[int | None, bool]:
    """Return a row's number, where these attributes say it, and whether it is hidden. Raises Odd for doubled ones."""
    pairs = _ATTRIBUTE.findall(attributes)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Odd
    number = whole(found["r"], -1) if "r" in found else None
    return number if number != -1 else None, found.get("hidden") in ON


def cut(data: bytes) -> PlainSheet | None:
    """Cut the XML of a sheet up; None where it is written in another way than programs write sheets."""
    text = _plain_text(data)
    root = _ROOT.match(text, 0, _LONG) if text else None
    if text is None or root is None:
        return None
    start = text.find(_DATA) + len(_DATA)
    end = text.find("</sheetData>", start)
    if start < root.end() or end < 0 or not _is_mere(text, root.end()):
        return None
    before, after, merged = text[:start], text[end:], ()
    if after.count("<mergeCells") == 1 and (found := _MERGES.search(after)):
        merged = tuple(_RANGE.findall(found[1]))
        after = after[: found.start()] + after[found.end() :]
    return PlainSheet(text, start, end, root[1], f"{before}{after}".encode(), merged)


def strings(data: bytes) -> list[str | Any] | None:
    """Return the strings that the sheets of a workbook share, those in runs as elements; None where they are written otherwise."""
    text = _plain_text(data)
    root = _STRINGS.match(text, 0, _LONG) if text else None
    end = text.find("</sst>") if text else -1
    if text is None or root is None or end < root.end() or text[end + 6 :].strip(" \t\n"):
        return None
    if not _is_mere(text, root.end()) or "]]>" in text:
        return None
    begin = root.end()
    while text[begin].isspace():
        begin += 1
    found = _STRING.findall(text, begin, end)
    if found and found[-1][2]:
        return None
    try:
        if "&" in text:
            found = [(resolved(plain), runs, odd) for plain, runs, odd in found]
        return [parsed(root[1], runs, "</sst>") if runs else plain for plain, runs, _ in found]
    except Odd:
        return None


def _plain_text(data: bytes) -> str | None:
    text = data.decode("utf-8", "replace") if _is_plain(data) else None
    return None if text is None or "\ufffd" in text else text


def _is_mere(text: str, start: int) -> bool:
    """Tell whether there are elements and text only, with line breaks that a parser leaves as they are."""
    if text.find("\r", start) >= 0:
        return False
    signs = (
        sign for sign in "!?" if text.find(sign, start) >= 0
    )  # one sign is found faster than two
    return not any(text.find(f"<{sign}", start) >= 0 for sign in signs)


def _is_plain(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 that says so (or says nothing, which is the same), without characters that XML does not have."""
    return (
        bool(_UTF_8.match(data[:200]))
        and len(data.translate(None, _NEVER)) == len(data)
        and not any(sign in data for sign in _NO_CHARACTERS)
    )
