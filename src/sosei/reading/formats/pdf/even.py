"""均等割付. Words set with equal space between their characters, over the width of a cell or on a grid, are words still."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from sosei.reading.formats.pdf.letters import Piece

WIDE: Final = re.compile(
    r"[\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
)
_LETTER: Final = re.compile(r"[0-9A-Za-z%△▲]")
WIDES: Final = re.compile(f"{WIDE.pattern}+")
#: What may number a word: it stands apart from it where its gap is another than those within the word.
_LABEL: Final = re.compile(r"[０-９ア-ン一二三四五六七八九十\u2460-\u2473]")
#: One of the first letters of the syllabary before another kind of sign: no word begins so.
_LETTERED: Final = re.compile(r"[ア-オ][^ァ-ー]")
_DIGIT: Final = re.compile(r"[０-９\u2460-\u2473]")
#: The first and last character of a word in brackets or behind a number, set evenly with the others.
_EDGED: Final = re.compile(
    rf"[（(「]{WIDE.pattern}|{WIDE.pattern}[）)」]|[（(]?[0-9０-９]{{1,2}}[)）.．]{WIDE.pattern}"
)
#: Characters of the longest of these.
_EDGES: Final = 5
#: Widths of a character by which the two characters of a word may be apart, within a line and where they are all of it.
_PAIR, _ALONE = 6.0, 20.0
#: The share, and the points, by which a gap within a word may be wider than is usual there.
_MORE, _POINTS = 1.35, 1.5
#: The share of a character's width from which space between characters is set and not the typeface's.
_SET: Final = 0.1

#: So many equal gaps show that a line is set on a grid.
_GRID: Final = 3


def even_gaps(pieces: Sequence[Piece]) -> set[int]:
    """Return the pieces (by number) that go on with the word of the one before, set with equal space."""
    single = [p.x1 - p.x0 for p in pieces if len(p.text) == 1 and WIDE.match(p.text)]
    if not single:
        return set()
    em = max(median(single), 0.1)
    found = {at for first, last in _runs(pieces, em) for at in _within(pieces, first, last, em)}
    return found | _on_grid(pieces, found, em) if len(found) >= _GRID else found


def _on_grid(pieces: Sequence[Piece], found: set[int], em: float) -> set[int]:
    """Return the pieces that follow, as far away as is usual in a line set on a grid, what ends in a wide character."""
    usual = median([pieces[at].x0 - pieces[at - 1].x1 for at in found])
    if usual > 0.5 * em:
        return set()
    return {
        at
        for at in range(1, len(pieces))
        if abs(pieces[at].x0 - pieces[at - 1].x1 - usual) < _SET * em
        and WIDE.match(pieces[at - 1].text[-1])
        and WIDE.match(pieces[at].text)
    }


def _runs(pieces: Sequence[Piece], em: float) -> Iterator[tuple[int, int]]:
    """Yield the first and last of pieces that follow each other and are wide characters, single or spaced out."""
    first = -1
    for at, piece in enumerate(pieces):
        if not _is_part(piece, em):
            first = -1
        elif first < 0:
            first = at
        if first >= 0 and (at + 1 == len(pieces) or not _is_part(pieces[at + 1], em)):
            if at > first:
                yield first, at
            first = -1


def _is_part(piece: Piece, em: float) -> bool:
    if len(piece.text) == 1:
        return WIDE.match(piece.text) is not None
    if len(piece.text) <= _EDGES and _EDGED.fullmatch(piece.text):
        return True
    return WIDES.fullmatch(piece.text) is not None and _inner(piece, em) > _SET * em


def _inner(piece: Piece, em: float) -> float:
    """Return the space between the characters of a piece."""
    count = len(piece.text)
    return (piece.x1 - piece.x0 - count * em) / (count - 1)


def _within(pieces: Sequence[Piece], first: int, last: int, em: float) -> Iterator[int]:
    """Yield the pieces of a run that belong to the word before them."""
    gaps = {at: pieces[at].x0 - pieces[at - 1].x1 for at in range(first + 1, last + 1)}
    own = [
        _inner(p, em)
        for p in pieces[first : last + 1] if not _EDGED.fullmatch(p.text)
        for _ in p.text[1:]
    ]  # fmt: skip
    lettered = _LETTERED.fullmatch(pieces[first].text + pieces[first + 1].text[0])
    if (lettered and gaps[first + 1] > 0.4 * em) or _is_label(
        pieces[first], gaps[first + 1], [*list(gaps.values())[1:], *own], em
    ):
        del gaps[first + 1]
    usual = [*gaps.values(), *own]
    if len(usual) == 1:
        alone = last == len(pieces) - 1 and not any(WIDES.match(p.text) for p in pieces[:first])
        yield from (at for at, gap in gaps.items() if gap < (_ALONE if alone else _PAIR) * em)
        return
    limit = _MORE * median(usual) + _POINTS if usual else 0.0
    yield from (at for at, gap in gaps.items() if gap <= limit)


def _is_label(piece: Piece, gap: float, others: Sequence[float], em: float) -> bool:
    """Tell whether a run's first character is the number of the word behind it."""
    if not others or gap <= 0.2 * em or not _LABEL.fullmatch(piece.text):
        return False
    usual = median(others)
    if _DIGIT.match(piece.text) and (gap > 0.5 * em or gap > max(0.3 * em, 1.25 * usual)):
        return True
    return not 0.75 * usual - 1 <= gap <= usual / 0.75 + 1


def meets(last: str, head: str) -> bool:
    """Tell whether a wide character meets a narrow one, between which Japanese type leaves a quarter of space."""
    return bool(
        (WIDE.match(last) and _LETTER.match(head)) or (_LETTER.match(last) and WIDE.match(head))
    )
