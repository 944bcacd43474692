"""行. Pieces of text become lines, and lines the words of a cell: wrapped lines joined the Japanese way, breaks kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from sosei.core.report import Place
from sosei.reading.formats.pdf.engine import Box, View
from sosei.reading.formats.pdf.even import even_gaps, meets
from sosei.reading.formats.pdf.letters import Letters, Piece
from sosei.reading.formats.pdf.lines import Row, rows_of
from sosei.reading.formats.pdf.wraps import laid
from sosei.reading.grid import Run, Words

#: Heights of type from which a gap is a space.
_SPACE: Final = 0.22
_FIGURES: Final = re.compile(r"[0-9][0-9,.]|[,.][0-9]")


def text_of(row: Row, letters: Letters) -> str:
    """Return the text of a line, with the spaces that its gaps mean."""
    pieces = row.pieces
    if len(pieces) == 1:
        return pieces[0].text
    out = [pieces[0].text]
    even = even_gaps(pieces)
    for at in range(1, len(pieces)):
        before, after = pieces[at - 1], pieces[at]
        spread = at in even and not _is_typed(before, after, letters)
        out.append("" if spread else _gap(before, after, letters))
        out.append(pieces[at].text)
    return "".join(out)


def _is_typed(before: Piece, after: Piece, letters: Letters) -> bool:
    """Tell whether the page itself has a space behind a piece, and not only a gap."""
    said = letters.between(before, after)
    return (
        said is not None and said[:1] == " " and not letters.made(before.first + len(before.text))
    )


def _gap(before: Piece, after: Piece, letters: Letters) -> str:
    """Return the space that stands between two pieces of a line."""
    wide = after.x0 - before.x1
    high = min(before.bottom - before.top, after.bottom - after.top)
    mixed = wide < 0.4 * high and meets(before.text[-1], after.text[0])
    said = letters.between(before, after)
    if said is not None and "\n" not in said and "\r" not in said:
        near = mixed or (wide < 0.35 * high and _is_figure(before.text[-1] + after.text[0]))
        if said == " " and near and not _is_typed(before, after, letters):
            return ""
        if said or wide < 2.5 * high:
            return said
        return "\u3000"
    if wide <= _SPACE * high:
        return ""
    return " " if not mixed or _is_typed(before, after, letters) else ""


def _is_figure(signs: str) -> bool:
    """Tell whether two signs are of one figure."""
    return _FIGURES.fullmatch(signs) is not None


# -- the words of a cell --------------------------------------------------------------------------------------


def words_of(pieces: Sequence[Piece], letters: Letters, mark: str | None, box: Box | None) -> Words:
    """Return the words of a cell (`box`: what it covers) or of a block of text (None: lines are kept apart)."""
    if upright(pieces):
        return _tategaki(pieces, letters, mark)
    rows = rows_of(pieces)
    if box is None:
        return joined(rows, ["\n"] * (len(rows) - 1), letters, mark)
    return joined(*laid(rows, box), letters, mark)


def joined(
    rows: Sequence[Row], between: Sequence[str], letters: Letters, mark: str | None
) -> Words:
    """Return lines as words, one run a line (more where the page's own order is another)."""
    texts: list[str] = []
    runs: list[Run] = []
    for number, row in enumerate(rows):
        text = text_of(row, letters)
        sign = between[number] if number < len(rows) - 1 else ""
        texts.append(text + sign)
        runs.extend(_runs(row, text, len(sign), letters, mark))
    return Words("".join(texts), tuple(runs))


def _runs(row: Row, text: str, more: int, letters: Letters, mark: str | None) -> list[Run]:
    firsts = [piece.first for piece in row.pieces]
    if firsts == sorted(firsts):
        return [Run(len(text) + more, place_of(row.box, letters, mark))]
    out, at = [], 0
    for number, piece in enumerate(row.pieces):
        last = number == len(row.pieces) - 1
        end = (
            len(text) + more
            if last
            else text.index(row.pieces[number + 1].text, at + len(piece.text))
        )
        out.append(Run(end - at, place_of(piece[:4], letters, mark)))
        at = end
    return out


class _Stretch(NamedTuple):
    view: View
    page: int
    mark: str | None
    box: Box


class Printed(_Stretch):
    """所在. What a stretch of text covers on its page, of which its place is made once somebody asks."""

    __slots__ = ()
    exact: ClassVar[bool] = False

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Return the place: the body of a line without what reaches into the lines above and below."""
        x0, top, x1, bottom = self.box
        high = bottom - top
        side = 1.0 if x1 - x0 > 2.3 else 0.45 * (x1 - x0)
        inner = self.view.place(x0 + side, top + 0.15 * high, x1 - side, bottom - 0.12 * high)
        seen = self.view.confidence(self.box)
        return Place(source=self.mark, page=self.page, box=inner, ocr=seen)


def place_of(box: Box, letters: Letters, mark: str | None) -> Place:
    """Return the place of a line."""
    return Printed(letters.leaf.view, letters.leaf.number, mark, box).place()


def upright(pieces: Sequence[Piece]) -> bool:
    """Tell whether text runs downwards: most characters that follow each other stand below each other."""
    single = sum(len(p[4]) == 1 for p in pieces)
    if single < 2 or single < 0.8 * len(pieces):
        return False
    below = beside = 0
    for a, b in itertools.pairwise(pieces):
        if b.first != a.first + len(a.text):
            continue
        apart = abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2
        if apart < 0.3 * (a.bottom - a.top) and b.middle - a.middle > 0:
            below += 1
        else:
            beside += 1
    return below > 0 and below >= 2 * beside


def _tategaki(pieces: Sequence[Piece], letters: Letters, mark: str | None) -> Words:
    """Return text that runs downwards, its columns from right to left."""
    columns: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -(p.x0 + p.x1)):
        if columns and abs(columns[-1][-1].x0 + columns[-1][-1].x1 - piece.x0 - piece.x1) < (
            piece.x1 - piece.x0
        ):
            columns[-1].append(piece)
        else:
            columns.append([piece])
    texts, runs = [], []
    for column in columns:
        column.sort(key=lambda p: p.top)
        text = "".join(p.text for p in column)
        box = (
            min(p.x0 for p in column), column[0].top,
            max(p.x1 for p in column), max(p.bottom for p in column),
        )  # fmt: skip
        texts.append(text)
        runs.append(Run(len(text), place_of(box, letters, mark)))
    return Words("".join(texts), tuple(runs))
