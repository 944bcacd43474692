"""行. Pieces of text become lines, and lines the words of a cell: wrapped lines joined the Japanese way, breaks kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sosei.core.report import Place
from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.letters import Letters, Piece
from sosei.reading.grid import Run, Words

#: What begins an item: a line that starts so is no continuation of the one above.
ITEM: Final = re.compile(
    r"[・●○◎◇◆□■☆★▽▼▲△※＊→⇒⇨➡〇\u2460-\u24ff\u2776-\u2793]|[-－−](?=[^\d０-９])"
    r"|[(（](?:[0-9０-９]{1,2}|[ア-ンａ-ｚa-z一二三四五六七八九十]|注[0-9０-９]*)[)）]"
    r"|(?:[0-9０-９]{1,2}|[ア-ン])[.．、)）](?=[^\d０-９])|[【［\[《〈]|(?:第[0-9０-９一二三四五六七八九十]+)|注[0-9０-９]*[)）：:]"
)
_WIDE: Final = re.compile(
    r"[\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60]"
)
_ADDRESS: Final = re.compile(r"://|www\.|@")
_LETTER: Final = re.compile(r"[0-9A-Za-z%△▲]")
#: Signs that may not begin a line, so that the one before them goes down with them.
_NOT_FIRST: Final = frozenset("、。，．,.）)」』】］]〉》ー・：:；;？！?!々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%")
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
    if len(pieces) == 1:
        return [Row([pieces[0]], pieces[0][:4])]
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.top + p.bottom, p.x0)):
        if lines and _same_line(lines[-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_row(sorted(line, key=lambda p: p.x0)) for line in lines]


def _row(line: list[Piece]) -> Row:
    box = (
        line[0].x0,
        min(p.top for p in line),
        max(p.x1 for p in line),
        max(p.bottom for p in line),
    )
    return Row(line, box)


def _same_line(line: list[Piece], piece: Piece) -> bool:
    """Tell whether a piece stands in a line: the middle of the lower type within the higher one's body."""
    last = max(line[-3:], key=lambda p: p.bottom - p.top)
    a, b = last.bottom - last.top, piece.bottom - piece.top
    return abs(last.middle - piece.middle) < 0.5 * min(a, b) + 0.08 * max(a, b)


def text_of(row: Row, letters: Letters) -> str:
    """Return the text of a line, with the spaces that its gaps mean."""
    out = [row.pieces[0].text]
    for before, after in zip(row.pieces, row.pieces[1:], strict=False):
        out.append(_gap(row, before, after, letters))
        out.append(after.text)
    return "".join(out)


def _gap(row: Row, before: Piece, after: Piece, letters: Letters) -> str:
    """Return what stands between two neighbours: nothing within a word that is set wide, else its space."""
    wide = after.x0 - before.x1
    high = min(before.bottom - before.top, after.bottom - after.top)
    if len(before.text) == len(after.text) == 1 and _even(row, before, after):
        return ""
    mixed = wide < 0.4 * high and _mixed(before.text[-1], after.text[0])
    said = letters.between(before, after)
    if said is not None and "\n" not in said and "\r" not in said:
        if said == " " and mixed and letters.made(after.first - 1):
            return ""
        if said or wide < 2.5 * high:
            return said
        return "\u3000"
    return " " if wide > 0.22 * high and not mixed else ""


def _mixed(last: str, head: str) -> bool:
    """Tell whether a wide character meets a narrow one, between which Japanese type leaves a quarter of space."""
    return bool(
        (_WIDE.match(last) and _LETTER.match(head)) or (_LETTER.match(last) and _WIDE.match(head))
    )


def _even(row: Row, before: Piece, after: Piece) -> bool:
    """Tell whether two characters belong to one word set with equal space between its characters."""
    wide = after.x0 - before.x1
    if not (_WIDE.match(before.text) and _WIDE.match(after.text)):
        return False
    at = next(n for n, p in enumerate(row.pieces) if p is before)
    gaps = [
        b.x0 - a.x1
        for a, b in zip(row.pieces[max(0, at - 1) :], row.pieces[max(0, at - 1) + 1 : at + 3], strict=False)
        if len(a.text) == len(b.text) == 1
    ]
    return wide <= 1.15 * min(gaps) + 1.0 if len(gaps) > 1 else wide < 3 * (before.x1 - before.x0)


# -- the words of a cell --------------------------------------------------------------------------------------


def words_of(
    pieces: Sequence[Piece], letters: Letters, mark: str | None, box: Box | None
) -> Words:
    """Return the words of a cell (`box`: what it covers) or of a block of text (None: lines are kept apart)."""
    if len(pieces) == 1:
        return Words.at(pieces[0].text, place_of(pieces[0][:4], letters, mark))
    if upright(pieces):
        return _tategaki(pieces, letters, mark)
    rows = rows_of(pieces)
    return joined(rows, breaks(rows, box, letters) if box else ["\n"] * (len(rows) - 1), letters, mark)


def joined(rows: Sequence[Row], between: Sequence[str], letters: Letters, mark: str | None) -> Words:
    """Return lines as words, one run a line (more where the page's own order is another)."""
    texts: list[str] = []
    runs: list[Run] = []
    for number, row in enumerate(rows):
        text = text_of(row, letters)
        sign = between[number] if number < len(rows) - 1 else ""
        texts.append(text + sign)
        runs.extend(_runs(row, text, len(sign), letters, mark))
    return Words("".join(texts), tuple(runs))


def _runs(
    row: Row, text: str, more: int, letters: Letters, mark: str | None
) -> list[Run]:
    firsts = [piece.first for piece in row.pieces]
    if firsts == sorted(firsts):
        return [Run(len(text) + more, place_of(row.box, letters, mark))]
    out, at = [], 0
    for number, piece in enumerate(row.pieces):
        last = number == len(row.pieces) - 1
        end = len(text) + more if last else text.index(row.pieces[number + 1].text, at + len(piece.text))
        out.append(Run(end - at, place_of(piece[:4], letters, mark)))
        at = end
    return out


def place_of(box: Box, letters: Letters, mark: str | None) -> Place:
    """Return the place of a line: its body without what reaches into the lines above and below."""
    x0, top, x1, bottom = box
    high = bottom - top
    side = min(1.0, 0.45 * (x1 - x0))
    inner = letters.leaf.view.place(x0 + side, top + 0.15 * high, x1 - side, bottom - 0.12 * high)
    return Place(source=mark, page=letters.leaf.number, box=inner)


def upright(pieces: Sequence[Piece]) -> bool:
    """Tell whether text runs downwards: most characters that follow each other stand below each other."""
    single = [p for p in pieces if len(p.text) == 1]
    if len(single) < 2 or len(single) < 0.8 * len(pieces):
        return False
    below = beside = 0
    for a, b in zip(pieces, pieces[1:], strict=False):
        if b.first != a.first + len(a.text):
            continue
        apart = abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2
        if apart < 0.3 * (a.bottom - a.top) and 0 < b.middle - a.middle:
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


def breaks(rows: Sequence[Row], box: Box, letters: Letters) -> list[str]:
    """Return what joins each line of a cell with the next: nothing or a space where it was wrapped, else a break."""
    if len(rows) < 2:
        return []
    if _stacked(rows):
        return [""] * (len(rows) - 1)
    em = sorted(row.high for row in rows)[len(rows) // 2]
    pad = min(min(r.box[0] - box[0], box[2] - r.box[2]) for r in rows)
    room = box[2] - box[0] - 2 * min(max(pad, 0.0), em)
    return [_joint(a, b, room, letters) for a, b in zip(rows, rows[1:], strict=False)]


def _stacked(rows: Sequence[Row]) -> bool:
    """Tell whether lines are a label written one character a line."""
    if any(len(row.pieces) != 1 or len(row.pieces[0].text) != 1 for row in rows):
        return False
    middles = [row.box[0] + row.box[2] for row in rows]
    wide = all(_WIDE.match(row.pieces[0].text) for row in rows)
    return wide and max(middles) - min(middles) < rows[0].high


def _joint(above: Row, below: Row, room: float, letters: Letters) -> str:
    """Return what joins two lines that have `room` points of width: a line that left room ended by itself."""
    head = below.pieces[0].text
    last = above.pieces[-1].text[-1]
    if ITEM.match(head) and last not in _NOT_LAST:
        return "\n"
    if _ADDRESS.search(above.pieces[-1].text):
        return ""
    return wrap_sign(last, head) if wrapped(above, below, room) else "\n"


def wrapped(above: Row, below: Row, room: float) -> bool:
    """Tell whether a line ended because what follows had no more room."""
    return above.box[2] - above.box[0] + _need(below) > room


def _need(row: Row) -> float:
    """Return the width of what cannot be parted at a line's beginning."""
    text = row.pieces[0].text
    em = row.high
    if _WIDE.match(text):
        more = 1 if len(text) > 1 and text[1] in _NOT_FIRST else 0
        return em * (1.15 + more)
    word = re.match(r"[\x21-\x7e]+", text)
    return em * (0.55 * len(word[0]) if word else 1.0) + 0.3 * em


def wrap_sign(last: str, head: str) -> str:
    """Return what a wrapped line is joined with: a space between words of narrow letters, else nothing."""
    narrow = last.isascii() and last.isalpha() and head[0].isascii() and head[0].isalpha()
    return " " if narrow else ""
