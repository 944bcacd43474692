"""地の文. The text outside tables: lines joined to paragraphs, columns kept apart, page furniture set aside."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.even import WIDES
from sosei.reading.formats.pdf.furniture import is_number, is_page_number
from sosei.reading.formats.pdf.letters import Letters, Piece
from sosei.reading.formats.pdf.lines import Row, rows_of
from sosei.reading.formats.pdf.rows import joined
from sosei.reading.formats.pdf.strokes import Rule
from sosei.reading.formats.pdf.wraps import ITEM, NEVER_FIRST, wrap_sign, wrapped
from sosei.reading.grid import Line, Words

#: A line of fewer characters than this is no line of a paragraph that goes on.
_FULL: Final = 9.0
#: So many lines that end at one edge show a block set full.
_FULL_LINES: Final = 3
_HANGING: Final = frozenset("、。，．")
#: Heights of type within which the lines of one block begin.
_BLOCK: Final = 5.0
#: So many digits number an item.
_DIGITS: Final = 2
#: So many lines below each other show how far they usually are; and the most that is, in heights of type.
_STEPS, _WIDEST = 4, 2.6
#: What begins a line of a form to fill in, and heights of type by which its rule may run below it.
_LABEL: Final = re.compile(r"[^：:\d（(]{1,12}[：:]")
_UNDER: Final = 1.2
#: A stretch of which each character takes as much room as the type is high.
_SET: Final = re.compile(f"[\u2190-\u21ff\u25a0-\u26ff]?{WIDES.pattern}")
_LEADERS: Final = re.compile(r"[・…‥.．]{4}|(?:[・…‥.．]\s?){6}")


@dataclass(slots=True)
class Passage:
    """段落. A paragraph outside tables: its lines, what joins them, and the box around them.

    `turned`: it runs downwards or upwards along a page's edge.
    """

    rows: list[Row]
    between: list[str]
    box: Box
    turned: bool = False

    @property
    def high(self) -> float:
        """Height of its type, points."""
        return max(row.high for row in self.rows)


def passages(
    pieces: Sequence[Piece], right: float, rules: Sequence[Rule] = (), room: float = 0.0
) -> list[Passage]:
    """Return the text outside tables as paragraphs, in the order of their first lines.

    `right`: where tables end. `rules`: level rules, which hold a label and what is filled in over them together.
    `room`: as far as lines could reach in a panel that they stand in.
    """
    rows = [part for row in rows_of(pieces) for part in _parts(row, rules)] if pieces else []
    edges = _edges(rows)
    pitch = _pitch(rows)
    out: list[Passage] = []
    for row in rows:
        above = _above(out, row, pitch)
        if above is None:
            out.append(Passage([row], [], row.box))
            continue
        last = above.rows[-1]
        margin = max(_margin(edges, last, right), room)
        # Where lines stand far apart, only those that fill their block's width go on.
        loose = row.box[1] - last.box[3] >= _size(row) and not _fills(edges, last, margin)
        if not loose and (
            _goes_on(above, row, margin)
            or (_stands_beside(rows, edges, last) and _goes_on(above, row, last.box[2]))
        ):
            above.between.append(wrap_sign(last.pieces[-1].text[-1], row.pieces[0].text))
            above.rows.append(row)
            above.box = _around(above.box, row.box)
        else:
            out.append(Passage([row], [], row.box))
    return out


def _edges(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return where lines begin and end, without the comma or full stop that hangs over the edge of a block."""
    ends = sorted(row.box[2] for row in rows if row.pieces[-1].text[-1] not in _HANGING)
    out = []
    for row in rows:
        x0, _, x1, _ = row.box
        if row.pieces[-1].text[-1] in _HANGING:
            first, last = x1 - 1.3 * row.high, x1 - 0.4 * row.high
            if bisect_left(ends, last) - bisect_left(ends, first) >= _FULL_LINES:
                x1 -= row.high
        out.append((x0, x1))
    return out


def _stands_beside(rows: Sequence[Row], edges: Sequence[tuple[float, float]], last: Row) -> bool:
    """Tell whether a line is of a block beside a picture: the lines right above and below it end where it does."""
    high = _size(last)
    if any(b.x0 - a.x1 > 0.5 * high for a, b in itertools.pairwise(last.pieces)):
        return False
    at = next((n for n, row in enumerate(rows) if row is last), 0)
    x0, x1 = edges[at]
    sides = (edges[at : at + _FULL_LINES], edges[at::-1][:_FULL_LINES])
    runs = (
        itertools.takewhile(
            lambda e: abs(e[1] - x1) < 0.6 * high and abs(e[0] - x0) < 1.6 * high, side
        )
        for side in sides
    )
    return sum(len(list(run)) for run in runs) - 1 >= _FULL_LINES


def _fills(edges: Sequence[tuple[float, float]], last: Row, margin: float) -> bool:
    """Tell whether a line ends where other lines do, as in a block set full."""
    near, end = 0.8 * last.high, min(last.box[2], margin)
    return sum(abs(x1 - end) < near for _, x1 in edges) >= _FULL_LINES


def _margin(edges: Sequence[tuple[float, float]], last: Row, right: float) -> float:
    """Return how far a line could have reached: as far as its own block, if two lines of it do, or as any line there."""
    over = [(x0, x1) for x0, x1 in edges if x0 < last.box[2] and x1 > last.box[0]]
    block = sorted(x1 for x0, x1 in over if abs(x0 - last.box[0]) < _BLOCK * last.high)
    if len(block) > 2 and block[-1] - block[-2] < 0.8 * last.high:
        return block[-1]
    return max([x1 for _, x1 in over] + [min(right, last.box[2])])


def _pitch(rows: Sequence[Row]) -> float:
    """Return how far lines below each other usually are, middle to middle."""
    steps = [
        (b.box[1] + b.box[3] - a.box[1] - a.box[3]) / 2
        for a, b in itertools.pairwise(rows)
        if abs(a.box[0] - b.box[0]) < 2.5 * a.high
    ]
    steps = [step for step in steps if step > 1.0]
    return median(steps) if len(steps) >= _STEPS else 0.0


def _type(row: Row) -> float | None:
    """Return the size of a line's type: what a wide character takes, whatever the height of its narrow letters."""
    found = [(p[2] - p[0]) / len(p[4]) for p in row.pieces if _SET.fullmatch(p[4])]
    return min(found) if found else None


def _size(row: Row) -> float:
    """Return the size of a line's type, or its height where nothing tells the size."""
    return _type(row) or row.high


def turned(pieces: Sequence[Piece]) -> Passage:
    """Return characters one below the other as a paragraph."""
    rows = [Row([piece], piece[:4]) for piece in pieces]
    box = rows[0].box
    for row in rows[1:]:
        box = _around(box, row.box)
    return Passage(rows, [""] * (len(rows) - 1), box, turned=True)


def _parts(row: Row, rules: Sequence[Rule]) -> list[Row]:
    """Split a line where a gap is too wide for a space, but not a label with what is filled in over one rule."""
    parts = parted(row)
    if len(parts) == 1 or not _LABEL.match("".join(piece.text for piece in row.pieces)):
        return parts
    x0, _, x1, bottom = row.box
    low, high = bottom - 0.3 * row.high, bottom + _UNDER * row.high
    held = any(
        rule.start < x0 + row.high and rule.end > x1 - 0.5 * row.high and low < rule.at < high
        for rule in rules
    )
    return [row] if held else parts


def parted(row: Row) -> list[Row]:
    """Split a line where a gap is too wide for a space."""
    parts: list[list[Piece]] = [[row.pieces[0]]]
    for before, after in zip(row.pieces, row.pieces[1:], strict=False):
        high = max(before.bottom - before.top, after.bottom - after.top)
        single = len(before.text) == len(after.text) == 1
        if after.x0 - before.x1 > (6.0 if single else 2.6) * high:
            parts.append([])
        parts[-1].append(after)
    return [Row(part, _box(part)) for part in parts]


def _box(pieces: Sequence[Piece]) -> Box:
    return (
        pieces[0].x0,
        min(p.top for p in pieces),
        pieces[-1].x1,
        max(p.bottom for p in pieces),
    )


def _around(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _above(out: Sequence[Passage], row: Row, pitch: float) -> Passage | None:
    """Return the paragraph right above a line, if it is as near as lines usually are and of the same type."""
    for passage in reversed(out[-8:]):
        last = passage.rows[-1]
        if last.box[0] < row.box[2] and row.box[0] < last.box[2]:
            return passage if _is_near(last, row, pitch) and _is_same(last, row) else None
    return None


def _is_near(last: Row, row: Row, pitch: float) -> bool:
    gap, high = row.box[1] - last.box[3], _size(row)
    step = (row.box[1] + row.box[3] - last.box[1] - last.box[3]) / 2
    usual = min(1.1 * pitch, _WIDEST * high)
    return -0.5 * high < gap and (gap < 1.0 * high or step < usual)


def _is_same(last: Row, row: Row) -> bool:
    a, b = _type(last), _type(row)
    if a and b and 0.9 < b / a < 1.11:
        return True
    return 0.87 < row.high / max(last.high, 0.1) < 1.15


def _goes_on(above: Passage, row: Row, margin: float) -> bool:
    """Tell whether a line continues a paragraph."""
    last, first = above.rows[-1], above.rows[0]
    head = "".join(piece.text for piece in row.pieces[:4])
    if head[0] in NEVER_FIRST:
        return True
    if ITEM.match(head) or _is_listed(last) or _is_listed(row):
        return False
    if last.pieces[-1].text[-1] == "。" and row.pieces[0].text.isdecimal():
        return False
    if row.box[0] - last.box[0] > 0.7 * row.high and not (
        len(above.rows) == 1 and _is_numbered(first)
    ):
        return False
    wide = max(r.box[2] - r.box[0] for r in above.rows) >= _FULL * last.high
    return wide and wrapped(last, row, (last.box[0], margin))


def _is_numbered(row: Row) -> bool:
    """Tell whether a line begins an item: with a mark, or with a number that stands apart."""
    pieces = row.pieces
    if ITEM.match("".join(piece.text for piece in pieces[:4])):
        return True
    apart = len(pieces) > 1 and pieces[1].x0 - pieces[0].x1 > 0.5 * row.high
    return apart and len(pieces[0].text) <= _DIGITS and pieces[0].text.isdecimal()


def _is_listed(row: Row) -> bool:
    """Tell whether a line is one of a list of contents: dots lead to a page's number."""
    text = "".join(piece.text for piece in row.pieces)
    return text[-1].isdecimal() and _LEADERS.search(text) is not None


def line_of(passage: Passage, letters: Letters, mark: str | None) -> Line:
    """Return a paragraph as a line; page numbers at a page's edge are set aside."""
    words = joined(passage.rows, passage.between, letters, mark)
    aside = is_page_number(passage.box, words.text, letters.leaf.view.size[1]) or (
        passage.turned and is_number(words.text)
    )
    return Line(words, item=_is_item(words), aside=aside)


def _is_item(words: Words) -> bool:
    return words.text[:1] in tuple("・●○◎◇◆□■")
