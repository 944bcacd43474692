"""行. Pieces of text become lines, and lines the words of a cell: wrapped lines joined the Japanese way, breaks kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sosei.core.report import Place
from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.even import WIDE, even_gaps
from sosei.reading.formats.pdf.letters import Letters, Piece
from sosei.reading.grid import Run, Words

#: What begins an item: a line that starts so is no continuation of the one above.
ITEM: Final = re.compile(
    r"[・●○◎◇◆□■☆★▽▼▲△※＊→⇒⇨➡〇\u2460-\u24ff\u2776-\u2793]|[-－−](?=[^\d０-９])"
    r"|[(（](?:[0-9０-９]{1,2}|[ア-ンａ-ｚa-z一二三四五六七八九十]|注[0-9０-９]*)[)）]"
    r"|(?:[0-9０-９]{1,2}[.．、)）]|[ア-ン][.．)）])(?=[^\d０-９])|[【［\[《〈]|(?:第[0-9０-９一二三四五六七八九十]+)|注[0-9０-９]*[)）：:]"
)
_ADDRESS: Final = re.compile(r"://|www\.|@")
_FIGURES: Final = re.compile(r"[0-9][0-9,.]|[,.][0-9]")
_LETTER: Final = re.compile(r"[0-9A-Za-z%△▲]")
#: Signs that may not begin a line, so that the one before them goes down with them.
_NOT_FIRST: Final = frozenset(
    "、。，．,.）)」』】］]〉》ー・：:；;？！?!々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%"
)
#: Of these, those that begin no item, no figure and no word either: a line that begins so can only go on.
_NEVER_FIRST: Final = _NOT_FIRST - frozenset(".．・：:；;ー%％")
_NOT_LAST: Final = frozenset("（(「『【［[〈《")


@dataclass(slots=True)
class Row:
    """A line of text: its pieces from left to right, and the box around them."""

    pieces: list[Piece]
    box: Box

    @property
    def high(self) -> float:
        """Height of its type, points."""
        return self.box[3] - self.box[1]


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Return pieces as lines, from top to bottom; small type above a line (ruby) is a line of its own."""
    if len(pieces) < 2:
        return [Row([piece], piece[:4]) for piece in pieces]
    lines: list[list[Piece]] = []
    tallest = pieces[0]
    for piece in sorted(pieces, key=_by_height):
        if lines and _same_line(tallest, piece) and _same_line(lines[-1][0], piece):
            lines[-1].append(piece)
            if piece[3] - piece[1] > tallest[3] - tallest[1]:
                tallest = piece
        else:
            lines.append([piece])
            tallest = piece
    if len(lines) > 1:
        _beside(lines)
    return [_row(sorted(line)) for line in lines]


def _beside(lines: list[list[Piece]]) -> None:
    """Put what stands beside two lines, halfway between them, before the first of them or behind the second.

    Lines are still in the order of their middles.
    """
    for first, second in itertools.pairwise(lines):
        top, bottom = first[0].middle, second[-1].middle
        by, high = bottom - top, first[0].bottom - first[0].top
        level = max(first[-1].middle - top, bottom - second[0].middle) < 0.25 * by
        if level or not 0.6 * high < by < 1.8 * high:
            continue
        odd = [p for p in (*first, *second) if abs(p.middle - (top + bottom) / 2) < 0.25 * by]
        rest = [p for p in (*first, *second) if p not in odd]
        if not odd or len(rest) < 2:
            continue
        if max(p.x1 for p in odd) <= min(p.x0 for p in rest) + 1:
            first[:], second[:] = _moved(first, second, odd)
        elif min(p.x0 for p in odd) >= max(p.x1 for p in rest) - 1:
            second[:], first[:] = _moved(second, first, odd)


def _moved(
    to: list[Piece], other: list[Piece], odd: Sequence[Piece]
) -> tuple[list[Piece], list[Piece]]:
    return [*(p for p in to if p not in odd), *odd], [p for p in other if p not in odd]


def _by_height(piece: Piece) -> tuple[float, float]:
    return piece[1] + piece[3], piece[0]


def _row(line: list[Piece]) -> Row:
    if len(line) > 1:
        line = _once(line)
    if len(line) == 1:
        return Row(line, line[0][:4])
    _, tops, ends, bottoms, _, _ = zip(*line, strict=True)
    return Row(line, (line[0][0], min(tops), max(ends), max(bottoms)))


def _once(line: list[Piece]) -> list[Piece]:
    """Leave out what lies over a piece and is part of its words: a word drawn again without its number."""
    out = [line[0]]
    for piece in line[1:]:
        last = out[-1]
        over = last[2] - piece[0] > 0.5 * (piece[2] - piece[0])
        if not (over and piece[4] in last[4] and len(piece[4]) > 1):
            out.append(piece)
    return out


def _same_line(tallest: Piece, piece: Piece) -> bool:
    """Tell whether a piece stands in a line: the middle of the lower type within the higher one's body."""
    a, b = tallest[3] - tallest[1], piece[3] - piece[1]
    apart = abs(tallest[1] + tallest[3] - piece[1] - piece[3])
    return apart < (a + 0.16 * b if a < b else b + 0.16 * a)


def text_of(row: Row, letters: Letters) -> str:
    """Return the text of a line, with the spaces that its gaps mean."""
    pieces = row.pieces
    if len(pieces) == 1:
        return pieces[0].text
    out = [pieces[0].text]
    even = even_gaps(pieces)
    for at in range(1, len(pieces)):
        out.append("" if at in even else _gap(pieces[at - 1], pieces[at], letters))
        out.append(pieces[at].text)
    return "".join(out)


def _gap(before: Piece, after: Piece, letters: Letters) -> str:
    """Return the space that stands between two pieces of a line."""
    wide = after.x0 - before.x1
    high = min(before.bottom - before.top, after.bottom - after.top)
    mixed = wide < 0.4 * high and _mixed(before.text[-1], after.text[0])
    said = letters.between(before, after)
    if said is not None and "\n" not in said and "\r" not in said:
        near = mixed or (wide < 0.35 * high and _is_figure(before.text[-1] + after.text[0]))
        if said == " " and near and letters.made(after.first - 1):
            return ""
        if said or wide < 2.5 * high:
            return said
        return "\u3000"
    return " " if wide > 0.22 * high and not mixed else ""


def _is_figure(signs: str) -> bool:
    """Tell whether two signs are of one figure."""
    return _FIGURES.fullmatch(signs) is not None


def _mixed(last: str, head: str) -> bool:
    """Tell whether a wide character meets a narrow one, between which Japanese type leaves a quarter of space."""
    return bool(
        (WIDE.match(last) and _LETTER.match(head)) or (_LETTER.match(last) and WIDE.match(head))
    )


# -- the words of a cell --------------------------------------------------------------------------------------


def words_of(pieces: Sequence[Piece], letters: Letters, mark: str | None, box: Box | None) -> Words:
    """Return the words of a cell (`box`: what it covers) or of a block of text (None: lines are kept apart)."""
    if upright(pieces):
        return _tategaki(pieces, letters, mark)
    rows = rows_of(pieces)
    return joined(rows, breaks(rows, box) if box else ["\n"] * (len(rows) - 1), letters, mark)


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


def place_of(box: Box, letters: Letters, mark: str | None) -> Place:
    """Return the place of a line: its body without what reaches into the lines above and below."""
    x0, top, x1, bottom = box
    high = bottom - top
    side = 1.0 if x1 - x0 > 2.3 else 0.45 * (x1 - x0)
    leaf = letters.leaf
    inner = leaf.view.place(x0 + side, top + 0.15 * high, x1 - side, bottom - 0.12 * high)
    return Place(source=mark, page=leaf.number, box=inner)


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


def breaks(rows: Sequence[Row], box: Box) -> list[str]:
    """Return what joins each line of a cell with the next: nothing or a space where it was wrapped, else a break."""
    if len(rows) < 2:
        return []
    if _stacked(rows):
        return [""] * (len(rows) - 1)
    em = sorted(row.high for row in rows)[len(rows) // 2]
    pad = min(max(_inset(rows, box), 0.0), em)
    ends = (box[0] + pad, box[2] - pad)
    return [_joint(a, b, ends) for a, b in itertools.pairwise(rows)]


def _inset(rows: Sequence[Row], box: Box) -> float:
    """Return how far text keeps from a cell's sides: as its nearest line does.

    A line that begins with a bracket does not count: its half of white may reach over the edge.
    """
    plain = [row for row in rows if row.pieces[0].text[0] not in _NOT_LAST] or rows
    return min(min(row.box[0] - box[0], box[2] - row.box[2]) for row in plain)


def _stacked(rows: Sequence[Row]) -> bool:
    """Tell whether lines are a label written one character a line."""
    if any(len(row.pieces) != 1 or len(row.pieces[0].text) != 1 for row in rows):
        return False
    middles = [row.box[0] + row.box[2] for row in rows]
    wide = all(WIDE.match(row.pieces[0].text) for row in rows)
    return wide and max(middles) - min(middles) < rows[0].high


def _joint(above: Row, below: Row, ends: tuple[float, float]) -> str:
    """Return what joins two lines of text between two edges: a line that left room ended by itself."""
    head = below.pieces[0].text
    last = above.pieces[-1].text[-1]
    if head[0] in _NEVER_FIRST:
        return ""
    if ITEM.match(head) and last not in _NOT_LAST:
        return "\n"
    if not wrapped(above, below, ends) or _in_columns(above):
        return "\n"
    return "" if _ADDRESS.search(above.pieces[-1].text) else wrap_sign(last, head)


def _in_columns(row: Row) -> bool:
    """Tell whether a line holds two columns, the first of which goes on below by itself."""
    return any(
        b.x0 - a.x1 > 2 * row.high for a, b in itertools.pairwise(row.pieces) if len(b.text) > 1
    )


def wrapped(above: Row, below: Row, ends: tuple[float, float]) -> bool:
    """Tell whether a line ended because what follows had no more room between the edges."""
    left, right = ends
    need = _need(below)
    wide = above.box[2] - above.box[0]
    if wide + need > right - left:
        return True
    # Indented, as the lines of an item or a paragraph's first: full where it reaches the right edge.
    by = below.box[0] - above.box[0]
    aligned = -1.4 * above.high < by < 0.6 * above.high and above.box[0] - left < 2.6 * above.high
    return aligned and wide > 0.6 * (right - left) and above.box[2] + need > right


def _need(row: Row) -> float:
    """Return the width of what cannot be parted at a line's beginning."""
    text = row.pieces[0].text
    em = row.high
    if WIDE.match(text):
        more = 1 if len(text) > 1 and text[1] in _NOT_FIRST else 0
        return em * (1.15 + more)
    word = re.match(r"[\x21-\x7e]+", text)
    return em * (0.55 * len(word[0]) if word else 1.0) + 0.3 * em


def wrap_sign(last: str, head: str) -> str:
    """Return what a wrapped line is joined with: a space between words of narrow letters, else nothing."""
    narrow = last.isascii() and last.isalpha() and head[0].isascii() and head[0].isalpha()
    return " " if narrow else ""
