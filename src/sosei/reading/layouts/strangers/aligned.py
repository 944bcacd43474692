"""空白の表. Tables that a text sets with spaces or bars: lines of as many pieces as the line of headers above them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final
from unicodedata import east_asian_width

from sosei.reading.grid import Cell, Document, Grid, Line, Words
from sosei.reading.layouts.strangers.headings import understand
from sosei.reading.layouts.strangers.outline import mark

_GAP: Final = re.compile(r"[ 　]*[|｜│┃][ 　]*|[ ]*　[ 　]*|[ ]{2,}")
_RULE: Final = re.compile(r"[\s　|｜│┃┌┐└┘├┤┬┴┼─━\-+=＝－ー―:]+")
#: A table has at least this many columns; two pieces are a label and its value.
_LEAST: Final = 3


def gridded(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Return the blocks with each stretch of lines that is a table made one."""
    out: list[Line | Grid] = []
    at = 0
    while at < len(blocks):
        rows, end = _rows(blocks, at)
        if rows:
            out.append(_grid(rows))
            at = end
        else:
            out.append(blocks[at])
            at += 1
    return out


def unwrapped(document: Document) -> list[Line | Grid]:
    """Return the blocks of a document; in plain text a sentence broken at the margin is one line again."""
    out: list[Line | Grid] = []
    margins, wide = [_margin(document, size) for size in (_width, _length)], (0, 0)
    for block in document.blocks:
        last, now = out[-1] if out else None, (_width(block), _length(block))
        full = any(
            most is not None and size >= most for size, most in zip(wide, margins, strict=True)
        )
        titled = len(out) == 1 and not full and isinstance(last, Line) and _is_title(last)
        if titled:
            out.append(block)
        elif isinstance(block, Line) and isinstance(last, Line) and _goes_on(last, block, document):
            out[-1] = Line(Words.joined([last.words, block.words]))
        elif full and isinstance(block, Line) and isinstance(last, Line) and _broken(last, block):
            out[-1] = Line(Words.joined([last.words, block.words.strip(" 　")]))
        else:
            out.append(block)
        wide = now
    return out


def _is_title(line: Line) -> bool:
    """Tell whether a first line is a title by itself and no sentence that goes on."""
    text = line.text.rstrip()
    return "。" not in text and not text.endswith(tuple("、はがをにでとのも"))


def _width(block: Line | Grid) -> int:
    """Return how many half-width places a line takes; 0 for a table."""
    if not isinstance(block, Line):
        return 0
    return sum(2 if east_asian_width(c) in "FWA" else 1 for c in block.text.rstrip())


def _length(block: Line | Grid) -> int:
    """Return how many characters a line has, each counted double; 0 for a table."""
    return 2 * len(block.text.rstrip()) if isinstance(block, Line) else 0


def _margin(document: Document, size: Callable[[Line | Grid], int]) -> int | None:
    """Return the size from which a line of plain text is full: where several lines end; None where none does."""
    if document.source.format not in {"text", "txt"}:
        return None
    widths = sorted((size(block) for block in document.blocks), reverse=True)
    full = widths[0] - 3 if widths else 0
    return full if full >= 2 * _MARGIN and sum(width >= full for width in widths) > 1 else None


#: What begins anew, however full the line before it: a bullet, a number, a label with its colon.
_ANEW: Final = re.compile(
    r"[\s　]*(?:[○●◎・■□◆◇▽▼※【①-⑳Ⅰ-Ⅻ☆★]|[（(][\d０-９一二三四五六七八九十ア-コ]{1,2}[)）]|[\d０-９]{1,2}[.．、)）\s　]|[^\s　：:。]{1,8}[：:])"
)


#: What ends a line before its margin as well as at it.
_ENDS: Final = ("。", "：", ":", "）", ")", "】", "」")


def _broken(last: Line, line: Line) -> bool:
    """Tell whether a line goes on with the full line before it, in the middle of a word or number."""
    if last.level or line.level or last.aside or line.aside:
        return False
    if last.text.rstrip().endswith(_ENDS) or _ANEW.match(line.text):
        return False
    columns = len(_pieces(last))
    if columns >= _LEAST and columns == len(_pieces(line)):
        return False
    return mark(line).kind in {"text", "note"}


#: A line shorter than this is not broken by a margin.
_MARGIN: Final = 25
_OPENED: Final = re.compile(r"[（(「『][^）)」』]*$")
_BEGINS: Final = re.compile(r"[\s　○●◎・■□◆◇▽▼※【（(\d０-９①-⑳Ⅰ-Ⅻ]")


def _goes_on(last: Line, line: Line, document: Document) -> bool:
    """Tell whether a line goes on with the sentence of the line before it: a bracket is open, or no end is in sight."""
    if (
        document.source.format not in {"text", "txt"}
        or last.level
        or line.level
        or last.aside
        or line.aside
    ):
        return False
    if len(last.text) < _MARGIN or last.text.rstrip().endswith("。"):
        return False
    told = "。" in last.text or "、" in last.text
    open_end = bool(_OPENED.search(last.text)) and not _OPENED.match(line.text)
    return told and (open_end or not _BEGINS.match(line.text)) and "。" in line.text + last.text


def _rows(blocks: Sequence[Line | Grid], at: int) -> tuple[list[list[Words]], int]:
    """Return the rows of the table that begins with a line, and the number of the block after it; none where none does."""
    head = _pieces(blocks[at])
    if len(head) < _LEAST or not _heads(head):
        return [], at
    rows, end = [head], at + 1
    while end < len(blocks):
        block = blocks[end]
        if isinstance(block, Line) and _RULE.fullmatch(block.text):
            end += 1
            continue
        pieces = _pieces(block)
        if len(pieces) != len(head):
            break
        rows.append(pieces)
        end += 1
    return (rows, end) if len(rows) > 1 else ([], at)


def _pieces(block: Line | Grid) -> list[Words]:
    """Return what stands between the gaps of a line."""
    if isinstance(block, Grid) or block.level is not None or block.aside or "\n" in block.text:
        return []
    words = block.words.strip(" 　")
    if len(words) > 2 and words.text[0] in _BARS and words.text[-1] in _BARS:
        return _between_bars(words)
    return block.words.strip(" 　|｜│┃").split(_GAP)


_BARS: Final = "|｜│┃"


def _between_bars(words: Words) -> list[Words]:
    """Return what stands between the bars of a line that begins and ends with one, empty cells too."""
    bars = [at for at, sign in enumerate(words.text) if sign in _BARS]
    return [words[a + 1 : b].strip(" 　") for a, b in pairwise(bars)]


def _heads(pieces: list[Words]) -> bool:
    """Tell whether the pieces of a line are headers: nearly all name a role or a year, and one a role."""
    said = [understand(piece.text, near=2018) for piece in pieces]
    roles = {heading.role for heading in said if heading.role}
    return len(roles) > 1 and sum(heading.says for heading in said) >= 0.75 * len(pieces)


def _grid(rows: list[list[Words]]) -> Grid:
    cells = tuple(
        Cell(row, column, words)
        for row, pieces in enumerate(rows)
        for column, words in enumerate(pieces)
    )
    return Grid(len(rows), len(rows[0]), cells)
