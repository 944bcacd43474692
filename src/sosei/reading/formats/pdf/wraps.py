"""折り返し. What joins the lines of a cell: nothing where a line was wrapped, a break where it ended by itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from sosei.core.text import fold
from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.even import WIDE, even_gaps, meets
from sosei.reading.formats.pdf.lines import Row

#: What begins an item: a line that starts so is no continuation of the one above.
ITEM: Final = re.compile(
    r"[・•●○◎◇◆□■☆★▽▼▲△※＊→⇒⇨➡〇\u2460-\u24ff\u2776-\u2793]|[-－−](?=[^\d０-９])"
    r"|[(（](?:[0-9０-９]{1,2}|[ア-ンａ-ｚa-z一二三四五六七八九十]|注[0-9０-９]*)[)）]"
    r"|(?:[0-9０-９]{1,2}[.．、)）]|[ア-ン][.．)）])(?=[^\d０-９])|[【［\[《〈]|(?:第[0-9０-９一二三四五六七八九十]+)|注[0-9０-９]*[)）：:]"
)
#: Heights of type between the middles of two lines from which they are no paragraph's.
_FAR: Final = 3.0
#: Widths of a character between characters from which a word is set evenly.
_WHITE: Final = 0.4
#: So many characters of a word set evenly may be one stretch.
_SPACED: Final = 4
#: Heights of type by which an amount stands apart from its label.
_APART: Final = 1.2
_AMOUNT: Final = re.compile(r"[△▲－-]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+")
#: So many characters below a figure are its unit.
_UNIT: Final = 3
#: What numbers a label, whose lines are then one.
_NUMBERED: Final = re.compile(r"[0-9０-９ア-ンｱ-ﾝ一二三四五六七八九十]{1,2}|[(（].{1,2}[)）]")
_FIGURE_FIRST: Final = re.compile(r"[△▲+－-]?[0-9０-９]")
_DIGITS: Final = re.compile(r"[△▲+-]?[0-9][0-9,.]*")
_TENDAY: Final = re.compile(r"[上中下]旬")
_BRACKET: Final = re.compile(r"\([^()]*\)")
#: A bracket and the word behind it, which go down together.
_OPENED: Final = re.compile(r".[\x21-\x7eＡ-Ｚａ-ｚ０-９]+[)）]?")
_ADDRESS: Final = re.compile(r"://|www\.|@")
#: Signs that may not begin a line, so that the one before them goes down with them.
_NOT_FIRST: Final = frozenset(
    "、。，．,.）)」』】］]〉》ー・：:；;？！?!々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％%"
)
#: Of these, those that begin no item, no figure and no word either: a line that begins so can only go on.
NEVER_FIRST: Final = _NOT_FIRST - frozenset(".．・：:；;ー%％")
_NOT_LAST: Final = frozenset("（(「『【［[〈《")


def laid(rows: Sequence[Row], box: Box) -> tuple[list[Row], list[str]]:
    """Return the lines of a cell in the order in which they are read, and what joins each with the next.

    Where an amount stands at the right edge of a label's first line, the label's other lines come before it.
    """
    out, between = list(rows), breaks(rows, box)
    right = max((row.box[2] for row in rows), default=0.0)
    for at in range(len(out) - 2, -1, -1):
        row, below = out[at], out[at + 1]
        if (
            not _has_amount(row, right)
            or _has_amount(below, right)
            or ITEM.match(below.pieces[0].text)
        ):
            continue
        amount = row.pieces[-1]
        label = Row(row.pieces[:-1], (*row.box[:2], row.pieces[-2].x1, row.box[3]))
        if not wrapped(label, below, (box[0], amount.x0 - label.high)):
            continue
        last = at + 1
        while last < len(out) - 1 and between[last] != "\n":
            last += 1
        out[at : last + 1] = [label, *out[at + 1 : last + 1], Row([amount], amount[:4])]
        sign = wrap_sign(label.pieces[-1].text[-1], below.pieces[0].text)
        between[at:last] = [sign, *between[at + 1 : last], " "]
    return out, between


def _has_amount(row: Row, right: float) -> bool:
    """Tell whether a line ends with an amount at the right edge, apart from its words."""
    if len(row.pieces) < 2:
        return False
    before, last = row.pieces[-2:]
    apart = last.x0 - before.x1 > _APART * row.high
    return apart and right - last.x1 < 1.5 and _AMOUNT.fullmatch(last.text) is not None


def breaks(rows: Sequence[Row], box: Box) -> list[str]:
    """Return what joins each line of a cell with the next: nothing or a space where it was wrapped, else a break."""
    if len(rows) < 2:
        return []
    if _stacked(rows):
        return [""] * (len(rows) - 1)
    em = sorted(row.high for row in rows)[len(rows) // 2]
    pad = min(max(_inset(rows, box), 0.0), em)
    ends = (box[0] + pad, box[2] - pad)
    numbered = _NUMBERED.fullmatch(rows[0].pieces[0].text) is not None
    return [
        "\n" if not numbered and _is_even(a) and b.pieces[0].text[0] not in NEVER_FIRST
        else _joint(a, b, ends)
        for a, b in itertools.pairwise(rows)
    ]  # fmt: skip


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
    if head[0] in NEVER_FIRST:
        return ""
    if ITEM.match(head) and last not in _NOT_LAST:
        return "\n"
    if _is_entry(above, below) or not wrapped(above, below, ends) or _in_columns(above):
        return "\n"
    return "" if _ADDRESS.search(above.pieces[-1].text) else wrap_sign(last, head)


def _is_entry(above: Row, below: Row) -> bool:
    """Tell whether a line is an entry of its own, however full the one above: far from it, or like it."""
    far = below.box[1] + below.box[3] - above.box[1] - above.box[3] > 2 * _FAR * max(
        above.high, below.high
    )
    return far or _shape(above) == _shape(below) != ""


def _shape(row: Row) -> str:
    """Return what a line that begins with a figure looks like, whatever its figures; nothing for others."""
    if not _FIGURE_FIRST.match(row.pieces[0].text):
        return ""
    text = fold("".join(piece.text for piece in row.pieces))
    if text[-1] in ",、~-":
        return ""
    return _BRACKET.sub("()", _TENDAY.sub("旬", _DIGITS.sub("0", text)))


def _is_even(row: Row) -> bool:
    """Tell whether a line is a word set evenly over a width, with much white between its characters."""
    pieces = row.pieces
    if len(pieces) < 2 or len(pieces[0].text) > _SPACED:
        return False
    em = pieces[0].x1 - pieces[0].x0 if len(pieces[0].text) == 1 else row.high
    wide = all(b.x0 - a.x1 > _WHITE * em for a, b in itertools.pairwise(pieces))
    return wide and len(even_gaps(pieces)) == len(pieces) - 1


def _in_columns(row: Row) -> bool:
    """Tell whether a line holds two columns, the first of which goes on below by itself."""
    return any(
        b.x0 - a.x1 > 2 * row.high for a, b in itertools.pairwise(row.pieces) if len(b.text) > 1
    )


def wrapped(above: Row, below: Row, ends: tuple[float, float]) -> bool:
    """Tell whether a line ended because what follows had no more room between the edges."""
    left, right = ends
    need = _need(below)
    if len(below.pieces[0].text) <= _UNIT and meets(
        above.pieces[-1].text[-1], below.pieces[0].text
    ):
        need += 0.25 * below.high
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
    if text[0] in _NOT_LAST and (word := _OPENED.match(text)):
        return (
            em * (0.5 + sum(1.0 if WIDE.match(sign) else 0.55 for sign in word[0][1:])) + 0.15 * em
        )
    if WIDE.match(text):
        more = 1 if len(text) > 1 and text[1] in _NOT_FIRST else 0
        return em * (1.15 + more)
    word = re.match(r"[\x21-\x7e]+", text)
    return em * (0.55 * len(word[0]) if word else 1.0) + 0.3 * em


def wrap_sign(last: str, head: str) -> str:
    """Return what a wrapped line is joined with: a space between words of narrow letters, else nothing."""
    narrow = last.isascii() and last.isalpha() and head[0].isascii() and head[0].isalpha()
    return " " if narrow else ""
