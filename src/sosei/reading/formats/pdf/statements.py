"""計算書. Statements that no rule draws: labels, and amounts that end at the same edges, in one column or in a stair of several.

A balance sheet has most of its places empty, so that no white strip through its lines shows its columns; that its
amounts end below each other does. What heads the columns belongs to the table; a title over a part of it parts it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

from sosei.reading.formats.pdf.bands import is_list, wall_at
from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.lattice import Frame, frame_of
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.lines import Row
from sosei.reading.formats.pdf.stacks import stretches
from sosei.reading.formats.pdf.strokes import Rule

_UNITS: Final = r"千円|百万円|万円|円|人|世帯|戸|件|回|台|箇所|か所|㎥|m3|㎡|ha|km|[%％]"
_AMOUNT: Final = re.compile(rf"[△▲\-－−]?[¥￥\\]?\d[\d,，.．]*(?:{_UNITS})?|[-－―—‐]")
_SIGN: Final = re.compile(r"[△▲]")
_UNIT: Final = re.compile(_UNITS)
#: What shows that a figure is an amount and no page's number.
_MONEY: Final = re.compile(r"\d[,，]\d{3}|[△▲]")
#: So many lines with amounts make a statement.
_LEAST: Final = 5
#: Points by which amounts of one column may end differently.
_EDGE: Final = 2.0
#: Of a stair's places at most this share holds an amount; a fuller table is one of columns with headers.
_SPARSE: Final = 0.7
#: Steps between lines, in usual steps: to the next group, to a line of the same row, to what stands above.
_GROUP, _WRAP, _ABOVE = 2.4, 0.8, 1.4
#: The most lines that head a statement.
_HEADER: Final = 2


class _Entry(NamedTuple):
    """A line with amounts: where its label ends, and the boxes of its amounts, with sign and without unit."""

    label: float
    amounts: tuple[Box, ...]
    money: bool


@dataclass(slots=True)
class _Columns:
    """The columns of a statement: where its labels end, and the amounts of each column begin and end."""

    label: float
    spans: list[tuple[float, float]]

    @property
    def gaps(self) -> list[float]:
        """The edges between columns, in points."""
        ends = [self.label, *(x1 for _, x1 in self.spans[:-1])]
        return [(end + span[0]) / 2 for end, span in zip(ends, self.spans, strict=True)]


def statements(rows: Sequence[Row]) -> tuple[list[Frame], Sequence[Row]]:
    """Return the statements among the lines of a page, and the lines that are in none."""
    entries = [_entry(row) for row in rows]
    if sum(entry is not None for entry in entries) < _LEAST:
        return [], rows
    frames: list[Frame] = []
    taken: set[int] = set()
    for first, last in _runs(rows, entries):
        columns = _columns(rows, entries, first, last)
        if columns is None:
            continue
        begin = _begin(rows, columns, first, last)
        frame = _framed(rows[begin : last + 1], columns)
        if frame is not None:
            frames.append(frame)
            taken.update(range(begin, last + 1))
    return frames, [row for n, row in enumerate(rows) if n not in taken] if taken else rows


def _entry(row: Row) -> _Entry | None:
    """Return what a line of a label and amounts holds; None for other lines."""
    pieces = row.pieces
    at = len(pieces)
    while at > 1 and _is_amount(pieces[at - 1]):
        at -= 1
    while at < len(pieces) and _UNIT.fullmatch(pieces[at].text):
        at += 1
    if at in (0, len(pieces)) or pieces[at].x0 - pieces[at - 1].x1 < row.high:
        return None
    # Amounts within the label: two accounts stand side by side.
    if any(_MONEY.search(piece.text) for piece in pieces[1:at]):
        return None
    amounts: list[Box] = []
    sign = None
    for piece in pieces[at:]:
        if _SIGN.fullmatch(piece.text):
            sign = piece
        elif not _UNIT.fullmatch(piece.text):
            x0 = sign.x0 if sign is not None else piece.x0
            amounts.append((x0, piece.top, piece.x1, piece.bottom))
            sign = None
    if not amounts:
        return None
    money = any(_MONEY.search(piece.text) for piece in pieces[at:])
    return _Entry(pieces[at - 1].x1, tuple(amounts), money)


def _is_amount(piece: Piece) -> bool:
    text = piece.text
    return any(pattern.fullmatch(text) for pattern in (_AMOUNT, _SIGN, _UNIT))


def _runs(rows: Sequence[Row], entries: Sequence[_Entry | None]) -> list[tuple[int, int]]:
    """Return from where to where lines with amounts follow each other, with nothing but labels between them."""
    out: list[tuple[int, int]] = []
    first = last = -1
    left = 0.0
    steps: list[float] = []
    for number, (row, entry) in enumerate(zip(rows, entries, strict=True)):
        step = row.box[1] - rows[number - 1].box[1] if number else 0.0
        usual = _GROUP * median(steps[-9:]) if len(steps) > 1 else 3.0 * row.high
        if first >= 0 and (step > usual or (entry is None and row.box[2] > left)):
            out.append((first, last))
            first = -1
        if entry is not None:
            if first < 0:
                first, left, steps = number, entry.amounts[0][0], []
            left = min(left, entry.amounts[0][0])
            last = number
        if first >= 0 and number > first:
            steps.append(step)
    return [*out, (first, last)] if first >= 0 else out


def _columns(
    rows: Sequence[Row], entries: Sequence[_Entry | None], first: int, last: int
) -> _Columns | None:
    """Return the columns of lines that are a statement, else None."""
    held = [entry for entry in entries[first : last + 1] if entry is not None]
    if len(held) < max(_LEAST, 0.5 * (last + 1 - first)):
        return None
    if sum(entry.money for entry in held) < 0.5 * len(held) or is_list(rows[first : last + 1]):
        return None
    spans = _spans([box for entry in held for box in entry.amounts])
    label = max(
        entry.label if entry is not None else row.box[2]
        for row, entry in zip(rows[first : last + 1], entries[first : last + 1], strict=True)
    )
    apart = [label, *(x for span in spans for x in span)]
    if any(b <= a for a, b in itertools.pairwise(apart)):
        return None
    amounts = sum(len(entry.amounts) for entry in held)
    if len(spans) > 1 and amounts > _SPARSE * len(held) * len(spans):
        return None
    return _Columns(label, spans)


def _spans(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Return where the amounts that end at one edge begin and end, from left to right."""
    out: list[tuple[float, float]] = []
    for box in sorted(boxes, key=lambda box: box[2]):
        if out and box[2] - out[-1][1] < _EDGE:
            out[-1] = (min(out[-1][0], box[0]), box[2])
        else:
            out.append((box[0], box[2]))
    return out


def _begin(rows: Sequence[Row], columns: _Columns, first: int, last: int) -> int:
    """Return the line with which a statement begins: headers of its columns, or labels over its first line."""
    steps = [b.box[1] - a.box[1] for a, b in itertools.pairwise(rows[first : last + 1])]
    usual = _ABOVE * median(steps)
    begin = first
    while begin > max(0, first - _HEADER) and rows[begin].box[1] - rows[begin - 1].box[1] < usual:
        above = rows[begin - 1]
        over = above.box[2] < columns.spans[0][0] and above.box[0] <= rows[begin].box[0] + 1
        if not over and not _heads(above, columns):
            break
        begin -= 1
    return begin


def _heads(row: Row, columns: _Columns) -> bool:
    """Tell whether a line's words stand over several columns, each over one of them."""
    gaps = columns.gaps
    found = stretches(row)
    homes = [sum(box[0] > x for x in gaps) for box in found]
    inside = all(
        sum(box[2] > x for x in gaps) == home for box, home in zip(found, homes, strict=True)
    )
    return inside and len(set(homes)) == len(found) > 1


def _framed(rows: Sequence[Row], columns: _Columns) -> Frame | None:
    """Return the table of some lines, each a row but those that go on with a label."""
    lines = [stretches(row) for row in rows]
    steps = [b.box[1] - a.box[1] for a, b in itertools.pairwise(rows)]
    wrap = _WRAP * median(steps)
    starts = [
        number == 0 or steps[number - 1] > wrap or row.box[2] > columns.spans[0][0]
        for number, row in enumerate(rows)
    ]
    return framed(lines, columns.gaps, starts)


def framed(
    lines: Sequence[Sequence[Box]],
    gaps: Sequence[float],
    starts: Sequence[bool],
    ends: tuple[float, float] | None = None,
) -> Frame | None:
    """Return the table of lines of text between thought walls.

    `starts`: which lines begin a row; `ends`: where a table that was begun before ends on both sides.
    """
    x0 = ends[0] if ends else min(box[0] for line in lines for box in line) - 2
    x1 = ends[1] if ends else max(box[2] for line in lines for box in line) + 2
    ys = _line_edges(lines, starts)
    if len(ys) < 4 and not ends:
        return None
    across = [Rule(y, x0, x1, 0) for y in ys]
    down = [Rule(x, ys[0], ys[-1], 0) for x in (x0, x1)]
    down += [rule for x in gaps for rule in wall_at(x, ys, lines)]
    return frame_of(across, down, thought=True)


def _line_edges(lines: Sequence[Sequence[Box]], starts: Sequence[bool]) -> list[float]:
    out = [min(b[1] for b in lines[0]) - 1]
    for number in range(1, len(lines)):
        if starts[number]:
            above, below = lines[number - 1], lines[number]
            out.append((max(b[3] for b in above) + min(b[1] for b in below)) / 2)
    return [*out, max(b[3] for b in lines[-1]) + 1]
