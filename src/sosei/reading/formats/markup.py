"""印付け. Tags and text of HTML, with the offset of every character, in one pass over the decoded file.

Neither lexbor nor lxml says where in the file a word stands, so the file is cut here: into tags, and text that is
shown. What a browser would not show (comments, scripts, styles) is left out; entities are resolved.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from sosei.core.report import Place
from sosei.reading.grid import Run, Words

# Attributes swallow quoted values, so that a ">" inside one does not end the tag; possessive, so never twice.
_TAG: Final = re.compile(r"<(/?)([A-Za-z][^\s/>]*)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+)>")
_ATTRIBUTE: Final = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
#: A cell whose attributes are written properly and which holds text and line breaks only; else whatever comes, to the end.
_INNER: Final = r"(?:[^<]++|<[bB][rR]\s*+/?>)*+"
_PROPER: Final = r"(?:\s++[^\s=<>\"'/]++(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=/]++))?+)*+\s*+"
_PLAIN_CELLS: Final = re.compile(
    rf"\s*+<([tT][dDhH])({_PROPER})>(?:([^<&\t\r\n\f]*+)</[tT][dDhH]>|({_INNER})</[tT][dDhH]>)|(?s:(.+))"
)
#: A cell as most are: its start tag, text without line breaks and entities; else whatever comes, to the end.
_BARE_CELLS: Final = re.compile(
    r"\s*+<([tT][dDhH][^<>]*+)>([^<&\t\r\n\f]*+)</[tT][dDhH]>|(?s:(.+))"
)
_BARE_TAG: Final = re.compile(rf"([tT][dDhH])({_PROPER})")
_ROW_EDGE: Final = re.compile(r"<(?:(/[tT][rR])\s*>|[tT][rR])")
_ROW_START: Final = re.compile(rf"\s*+<[tT][rR]({_PROPER})>")
#: So far ahead the end of a row is looked for before all ways of writing it are tried.
_FAR: Final = 20_000
_CONTROL: Final = re.compile(r"[\t\r\n\f]")
_BR: Final = re.compile(r"<[bB][rR]\s*/?>")
_RAW_TEXT: Final = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_ENTITY: Final = re.compile(
    r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
# Line breaks and tabs with the spaces around them; spaces alone stay, for whoever understands the words.
_BLANKS: Final = re.compile(r"(?<! ) *+[\t\r\n\f][ \t\r\n\f]*+")
_SPACES: Final = str.maketrans("\t\r\n\f", "    ")
#: Line breaks within one stretch of text whose places are told apart; beyond that the stretch has one place.
_MAX_BREAKS: Final = 1_000
_WIDE: Final = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]")
_WORD: Final = re.compile(r"\w+")

#: Tags without an end that are looked for before the rest counts as text: each search runs to the file's end.
_MAX_UNCLOSED: Final = 20

#: Elements that begin and end a line of their own.
BLOCKS: Final = frozenset(
    _WORD.findall(
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol optgroup "
        "option p pre section summary table tbody td tfoot th thead title tr ul"
    )
)
#: Elements without content or end tag.
VOID: Final = frozenset(
    _WORD.findall("area base br col embed hr img input link meta param source track wbr")
)
#: The tags that text files of content systems carry inside their cells. Anything else in brackets is text.
FRAGMENT: Final = BLOCKS | frozenset(
    _WORD.findall(
        "a abbr b big br code del em font i ins img label mark q rp rt ruby s small span strike strong sub sup "
        "tt u var wbr"
    )
)


class Tag(NamedTuple):
    """A start or end tag; attributes stay unread until asked for."""

    name: str
    closing: bool
    rest: str
    start: int
    end: int

    def attributes(self) -> dict[str, str]:
        """Return the attributes, names in lower case, the first of doubles."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.rest):
            value = match[2] or match[3] or match[4] or ""
            found.setdefault(match[1].lower(), html.unescape(value))
        return found


class Chunk(NamedTuple):
    """A stretch of the file that is text between tags."""

    start: int
    end: int


@dataclass(slots=True)
class Ahead:
    """How far the caller of `tokens` has read by itself: nothing before `at` is yielded any more."""

    at: int = 0


def tokens(
    text: str, known: frozenset[str] | None = None, ahead: Ahead | None = None
) -> Iterator[Tag | Chunk]:
    """Yield tags and text in order. `known`: only these are tags, anything else in brackets is text."""
    at, kept, length, unclosed = 0, 0, len(text), 0
    ahead = ahead or Ahead()
    while (at := text.find("<", at)) >= 0 and unclosed < _MAX_UNCLOSED:
        found = _TAG.match(text, at)
        if found is None:
            after = _declaration(text, at) if known is None else at
            unclosed += after == at and text[at + 1 : at + 2].isalpha()
        elif known is not None and found[2].lower() not in known:
            after = at
        else:
            after = found.end()
        if after == at:
            at += 1
            continue
        if kept < at:
            yield Chunk(kept, at)
        if found is not None:
            tag = Tag(found[2].lower(), bool(found[1]), found[3], at, after)
            yield tag
            if tag.name in _RAW_TEXT and not tag.closing and known is None:
                after = _past_raw(text, tag)
        at = kept = max(after, ahead.at)
    if kept < length:
        yield Chunk(kept, length)


def bare_cells(text: str, at: int) -> tuple[list[tuple[str, str, str]], int]:
    """Return the cells of a row as (start tag, text, ""), and where the row ends; none, and the place given, for any row that is not so."""
    start, end = _row_end(text, at)
    cells = _BARE_CELLS.findall(text, at, start)
    if cells and cells[-1][2]:
        if cells[-1][2].strip():
            return [], at
        cells.pop()
    return cells, end


def bare_tag(said: str) -> tuple[str, str] | None:
    """Return name and attributes of a cell's start tag; None where they are not written properly."""
    found = _BARE_TAG.fullmatch(said)
    return (found[1], found[2]) if found else None


def plain_cells(text: str, at: int) -> tuple[list[tuple[str, ...]], int]:
    """Return the cells of a row as (name, attributes, plain text, other text, blanks), and where the row ends.

    None, and the place given, where the row has no end of its own or holds more than plain cells.
    """
    start, end = _row_end(text, at)
    if end == at:
        return [], at
    cells = _PLAIN_CELLS.findall(text, at, start)
    if cells and not cells[-1][0]:
        if cells[-1][4].strip():
            return [], at
        cells.pop()
    return cells, end


def _row_end(text: str, at: int) -> tuple[int, int]:
    """Return where the end tag of the row that is open stands; twice the place given where another row comes first.

    It is looked for as nearly all write it; what stands before it in another way is no plain cell.
    """
    close = text.find("</tr>", at, at + _FAR)
    if close < 0 or text.find("<tr", at, close) >= 0:
        edge = _ROW_EDGE.search(text, at)
        return edge.span() if edge and edge[1] else (at, at)
    return close, close + 5


def next_row(text: str, at: int) -> Tag | None:
    """Return the start tag of a row that follows at once; None where anything else does."""
    found = _ROW_START.match(text, at)
    return Tag("tr", False, found[1], found.start(), found.end()) if found else None


def shown(inner: str) -> str:
    """Return the lines that a stretch of text with line breaks (`<br>`) and entities shows, each without blanks around."""
    if "<" not in inner and "&" not in inner and not _CONTROL.search(bare := inner.strip()):
        return bare
    lines = (
        "".join(p.text for p in pieces(line, Chunk(0, len(line)), collapse=True)).strip()
        for line in _BR.split(inner)
    )
    return "\n".join(line for line in lines if line)


def _declaration(text: str, at: int) -> int:
    """Return the end of a comment, document type or instruction at a place, or the place itself."""
    if text.startswith("<!--", at):
        end = text.find("-->", at + 2)
        return len(text) if end < 0 else end + 3
    if text.startswith(("<!", "<?"), at):
        end = text.find(">", at)
        return len(text) if end < 0 else end + 1
    return at


def _past_raw(text: str, tag: Tag) -> int:
    """Return where the end tag of a script or style begins."""
    found = re.compile(rf"</{re.escape(tag.name)}[\s/>]", re.IGNORECASE).search(text, tag.end)
    return found.start() if found else len(text)


class Piece(NamedTuple):
    """Characters as shown, and the stretch of the file they come from. `exact`: one to one."""

    text: str
    start: int
    end: int
    exact: bool


def pieces(text: str, chunk: Chunk, *, collapse: bool) -> Iterator[Piece]:
    """Yield what a stretch of text shows. `collapse`: line breaks of the file count as a space, as in a browser."""
    at = chunk.start
    for found in _ENTITY.finditer(text, chunk.start, chunk.end):
        shown = html.unescape(found[0])
        if shown == found[0]:
            continue
        yield from _plain(text, at, found.start(), collapse)
        at = found.end()
        yield Piece(shown, found.start(), at, exact=False)
    yield from _plain(text, at, chunk.end, collapse)


def _plain(text: str, start: int, end: int, collapse: bool) -> Iterator[Piece]:
    """Yield a stretch without entities: as it is, or with a space for each line break and tab of the file."""
    breaks = text.count("\n", start, end) + text.count("\r", start, end) if collapse else 0
    if breaks > _MAX_BREAKS:
        yield Piece(text[start:end].translate(_SPACES), start, end, exact=False)
        return
    at = start
    for found in _BLANKS.finditer(text, start, end) if breaks else ():
        if _within_wide(text, found.start(), found.end()):
            yield Piece(text[at : found.start()].translate(_SPACES), at, found.start(), exact=True)
            at = found.end()
    if at < end:
        inner = text[at:end]
        yield Piece(inner.translate(_SPACES) if collapse else inner, at, end, exact=True)


def _within_wide(text: str, start: int, end: int) -> bool:
    """Tell whether a line break of the file stands between two wide characters, where it shows nothing."""
    broken = "\n" in text[start:end] or "\r" in text[start:end]
    return (
        broken
        and bool(_WIDE.match(text, start - 1) if start else None)
        and bool(_WIDE.match(text, end))
    )


def words(parts: Iterable[Piece], source: str | None) -> Words:
    """Return pieces as words whose places are offsets into the file, without white space at either end."""
    kept = [p for p in parts if p.text]
    runs = tuple(
        Run(len(p.text), Place(source=source, start=p.start, end=p.end), p.exact) for p in kept
    )
    return Words("".join(p.text for p in kept), runs).strip()


def fragment(text: str, start: int, end: int, source: str | None) -> Words:
    r"""Return the words of a stretch that may hold HTML: "\n" between paragraphs and items, offsets kept.

    >>> fragment("<p>海外</p> <p>A&amp;B</p>", 0, 26, None).text
    '海外\nA&B'
    """
    inner = text[start:end]
    if "<" not in inner and "&" not in inner:
        return Words.at(inner, Place(source=source, start=start, end=end), exact=True).strip()
    lines: list[list[Piece]] = [[]]
    for token in tokens(inner, FRAGMENT):
        if isinstance(token, Chunk):
            shown = pieces(inner, token, collapse=False)
            lines[-1].extend(Piece(p.text, p.start + start, p.end + start, p.exact) for p in shown)
        elif token.name == "br" or token.name in BLOCKS:
            lines.append([])
    found = [line for parts in lines if (line := words(parts, source))]
    if not found:
        return Words.at("", Place(source=source, start=start, end=end))
    return Words.joined(found, "\n")
