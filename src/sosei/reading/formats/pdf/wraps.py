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
#: Heights of type that words set to one width leave beside them in their cell.
_ROOM: Final = 1.2
#: Heights of type by which an amount stands apart from its label.
_APART: Final = 1.2
_AMOUNT: Final = re.compile(r"[△▲－-]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})*")
#: Characters of a label beside an amount from which a line that hangs below its words goes on with it.
_LONG: Final = 8.0
#: So many characters below a figure are its unit.
_UNIT: Final = 3
#: What numbers a label, whose lines are then one.
_NUMBERED: Final = re.compile(r"[0-9０-９ア-ンｱ-ﾝ一二三四五六七八九十]{1,2}|[(（].{1,2}[)）]")
#: Of these, those that may as well be a word's first character.
_KANJI: Final = re.compile(r"[ア-ンｱ-ﾝ一二三四五六七八九十]")
_FIGURE_FIRST: Final = re.compile(r"[△▲+－-]?[0-9０-９]")
_DIGITS: Final = re.compile(r"[△▲+-]?[0-9][0-9,.]*")
#: What opening hours end with, folded, and what those of other days begin with.
_HOURS: Final = re.compile(r"[0-9][:時][0-9]{0,2}分?\)?$")
_DAYS: Final = re.compile(
    r"(?:平日|休日|祝日|[月火水木金土日祝](?=[月火水木金土日祝・、，,／/~～曜0-9０-９(（]|$))"
)
_TENDAY: Final = re.compile(r"[上中下]旬")
_BRACKET: Final = re.compile(r"\([^()]*\)")
#: A bracket and the word behind it, which go down together.
_OPENED: Final = re.compile(r".[\x21-\x7eＡ-Ｚａ-ｚ０-９]+[)）]?")
#: A figure in brackets, over the one that it is beside: （8） over 6 1/4.
_ENCLOSED: Final = re.compile(r"[(（][0-9０-９][0-9０-９.,，]*[)）]")
#: Stands for the word above and is no column that goes on below.
_DITTO: Final = "〃"
#: A day or a share in brackets.
_OF_MANY: Final = re.compile(r"\([0-9]+[/月.][0-9]+日?\)")
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
    between = breaks(rows, box)
    out = list(rows)
    if not between:
        return out, between
    right = max(row.box[2] for row in rows)
    held = [*(_has_amount(row, right) for row in rows), True]
    for at in range(len(rows) - 2, -1, -1):
        if not held[at] or held[at + 1] or ITEM.match(rows[at + 1].pieces[0].text):
            continue
        row, amount = rows[at], rows[at].pieces[-1]
        label = Row(row.pieces[:-1], (*row.box[:2], row.pieces[-2].x1, row.box[3]))
        lines = [label, *rows[at + 1 : held.index(True, at + 1)]]
        if wrapped(label, lines[1], (box[0], amount.x0 - label.high)):
            count = [*between[at + 1 : at + len(lines) - 1], "\n"].index("\n") + 1
        else:
            count = _hanging(lines)
        if count:
            lines = lines[: count + 1]
            out[at : at + count + 1] = [*lines, Row([amount], amount[:4])]
            between[at : at + count] = [*map(_sign, lines, lines[1:]), " "]
    return out, between


def _sign(above: Row, below: Row) -> str:
    return wrap_sign(above.pieces[-1].text[-1], below.pieces[0].text)


def _hanging(lines: Sequence[Row]) -> int:
    """Return how many lines hang below the words of a long label, each but the last as full as it."""
    label = lines[0]
    marked = len(label.pieces) > 1 and ITEM.fullmatch(label.pieces[0].text) is not None
    start, edge, em = label.pieces[marked].x0, label.box[2], label.high
    if edge - start < _LONG * em:
        return 0
    count = 0
    for above, line in itertools.pairwise(lines):
        if (
            ITEM.match(line.pieces[0].text)
            or abs(line.box[0] - start) > 0.25 * em
            or line.box[2] > edge + 0.5 * em
            or above.box[2] < edge - 1.6 * em
        ):
            break
        count += 1
    return count


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
    if numbered and len(rows[0].pieces) > 1 and not _KANJI.match(rows[0].pieces[0].text):
        rows = [_unnumbered(rows[0]), *rows[1:]]
        ends = (min(rows[0].box[0], rows[1].box[0]), ends[1])
    return [
        "\n" if not numbered and _are_set(a, b, box) and b.pieces[0].text[0] not in NEVER_FIRST
        else _joint(a, b, ends)
        for a, b in itertools.pairwise(rows)
    ]  # fmt: skip


def _unnumbered(row: Row) -> Row:
    """Return a line without the number before its words."""
    _, *pieces = row.pieces
    return Row(pieces, (pieces[0].x0, *row.box[1:]))


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
    return (
        far
        or _shape(above) == _shape(below) != ""
        or _is_next(above, below)
        or _is_other_day(above, below)
        or (
            _FIGURE_FIRST.match(below.pieces[0].text) is not None
            and _ENCLOSED.fullmatch("".join(piece.text for piece in above.pieces)) is not None
        )
    )


def _is_next(above: Row, below: Row) -> bool:
    """Tell whether a line begins with a day in brackets, as does what is told within the line above."""
    head = below.pieces[0].text
    if head[0] not in "(（" or not _OF_MANY.match(fold(head)):
        return False
    text = fold("".join(piece.text for piece in above.pieces))
    found = _OF_MANY.search(text)
    return found is not None and found.end() < len(text)


def _is_other_day(above: Row, below: Row) -> bool:
    """Tell whether opening hours of other days begin below: a line that ends with a time, and a day of the week."""
    if not _DAYS.match(below.pieces[0].text):
        return False
    return _HOURS.search(fold("".join(piece.text for piece in above.pieces))) is not None


def _shape(row: Row) -> str:
    """Return what a line that begins with a figure looks like, whatever its figures; nothing for others."""
    if not _FIGURE_FIRST.match(row.pieces[0].text):
        return ""
    text = fold("".join(piece.text for piece in row.pieces))
    if text[-1] in ",、~-":
        return ""
    return _BRACKET.sub("()", _TENDAY.sub("旬", _DIGITS.sub("0", text)))


def _are_set(above: Row, below: Row, box: Box) -> bool:
    """Tell whether two lines are words of their own: the first set evenly, or the second to the first one's width.

    Where words fill their cell, the first line is full and only the rest of them is set to its width.
    """
    if _is_even(above):
        return True
    a, b = above.box, below.box
    by = 0.1 * above.high
    alike = abs(a[0] - b[0]) < by and abs(a[2] - b[2]) < by
    room = min(a[0] - box[0], box[2] - a[2]) > _ROOM * above.high
    return alike and room and _is_even(below)


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
        b.x0 - a.x1 > 2 * row.high
        for a, b in itertools.pairwise(row.pieces)
        if len(b.text) > 1 and a.text != _DITTO
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
