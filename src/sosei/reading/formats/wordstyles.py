"""段落の書式. The paragraph styles of a Word document: which are headings, of which level, and which are lists.

A document knows hundreds of styles and uses a few: those are parsed one by one where the part is written as programs
write it, and the part as a whole where not. Damage within a style that no paragraph uses is then not met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sosei.reading.formats.office import Package
from sosei.reading.formats.plainrows import Odd, parsed

_ROOT: Final = re.compile(
    rb"<\?xml [^<>]*?encoding\s*=\s*[\"']utf-?8[\"'][^<>]*\?>\s*(<w:styles(?: [^<>]*)?>)",
    re.IGNORECASE,
)
_IDENT: Final = re.compile(rb':styleId="([^"&]*)"')
_START: Final = re.compile(rb"<w:style [^<>]*>")
_END: Final = b"</w:style>"
_LONG: Final = 8_192
#: A part of so few bytes is parsed sooner as a whole than by some of its styles.
_SMALL: Final = 100_000


class Own(NamedTuple):
    """What a style says itself: the heading's level, whether it is a list's item, the style it is based on."""

    level: int | None
    item: bool
    based: str


class Styles:
    """The paragraph styles of a document, looked up as they are asked for."""

    def __init__(self, own: Callable[[str], Own | None]) -> None:
        """Take what tells a style's own words; None for one that is not there."""
        self._own = own
        self._roles: dict[str, tuple[int | None, bool]] = {}

    def role(self, ident: str) -> tuple[int | None, bool]:
        """Return the heading's level of a style and whether it is a list's item, by itself or what it is based on."""
        if ident not in self._roles:
            self._roles[ident] = self._found(ident)
        return self._roles[ident]

    def _found(self, ident: str) -> tuple[int | None, bool]:
        """Walk the styles that a style is based on up to the first with a level; a circle of styles ends."""
        met: set[str] = set()
        item = False
        while ident not in met and (own := self._own(ident)) is not None:
            met.add(ident)
            item |= own.item
            if own.level:
                return own.level, item
            ident = own.based
        return None, item


def styles_of(package: Package, part: str | None) -> Styles:
    """Return the styles of a part. Raises the refusals of damage and size."""
    if part is None or part not in package:
        return Styles(lambda _: None)
    data = package.safe(part)
    cut = _cut(data) if len(data) > _SMALL else None
    if cut is None:
        return Styles(_whole(package.parsed(data, part)))
    whole: list[Callable[[str], Own | None]] = []

    def own(ident: str) -> Own | None:
        if not whole:
            try:
                return cut(ident)
            except Odd:
                whole.append(_whole(package.parsed(data, part)))
        return whole[0](ident)

    return Styles(own)


def _cut(data: bytes) -> Callable[[str], Own | None] | None:
    """Return what tells a style's own words out of a part; None where it is not written as programs write it.

    It raises Odd for a style that is written in another way.
    """
    root = _ROOT.match(data, 0, _LONG)
    if root is None or not data[-_LONG:].rstrip().endswith(b"</w:styles>"):
        return None
    if any(data.find(sign, root.end()) >= 0 for sign in (b"!", b"?", b"'")):
        return None
    at = {one[1]: one.start() for one in _IDENT.finditer(data)}
    if len(at) != data.count(b"styleId"):
        return None

    def own(ident: str) -> Own | None:
        if (here := at.get(ident.encode())) is None:
            return None
        start, end = data.rfind(b"<", 0, here), data.find(_END, here) + len(_END)
        if end < here or not _START.match(data, start):
            raise Odd
        try:
            return _said(parsed(root[1].decode(), data[start:end].decode(), "</w:styles>"))
        except UnicodeDecodeError:
            raise Odd from None

    return own


def _whole(root: Any) -> Callable[[str], Own | None]:
    """Return what tells a style's own words out of a part that was parsed, doubled styles as one."""
    elements: dict[str, list[Any]] = {}
    for style in root.iterfind("{*}style"):
        ident = next((v for k, v in style.items() if k.endswith("styleId")), "")
        elements.setdefault(ident, []).append(style)

    def own(ident: str) -> Own | None:
        found = [_said(element) for element in elements.get(ident, ())]
        if not found:
            return None
        level = next((one.level for one in reversed(found) if one.level), None)
        return Own(level, any(one.item for one in found), found[-1].based)

    return own


def _said(style: Any) -> Own:
    """Return what a style's element says."""
    parts = parts_of(style)
    name = (value_of(parts.get("name")) or "").lower()
    properties = parts_of(parts.get("pPr", ()))
    item = "numPr" in properties or name.startswith("list ")
    return Own(_level(properties, name), item, value_of(parts.get("basedOn")) or "")


def _level(properties: Mapping[str, Any], name: str) -> int | None:
    """Return the heading's level of a style, by its outline level or one of the names that Word gives."""
    if name == "title":
        return 1
    outline = value_of(properties.get("outlineLvl")) or ""
    if outline in "012345" and outline:
        return int(outline) + 1
    return (
        int(name[8:]) if name.startswith("heading ") and name[8:] in "123456" and name[8:] else None
    )


# -- elements -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def named(tag: object) -> str:
    """Return a tag's name without its namespace; nothing for what is no element."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_of(element: Any, name: str) -> Any:
    """Return the first child of a name, in whatever namespace; None without one."""
    for child in element:
        if named(child.tag) == name:
            return child
    return None


def parts_of(element: Iterable[Any]) -> dict[str, Any]:
    """Return the children of an element by name, the first of each."""
    found: dict[str, Any] = {}
    for child in element:
        found.setdefault(named(child.tag), child)
    return found


def value_of(element: Any) -> str | None:
    """Return w:val of an element, in either edition of the format."""
    if element is None:
        return None
    for key, value in element.items():
        if named(key) == "val":
            return str(value)
    return None
