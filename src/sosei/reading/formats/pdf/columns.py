"""列. Tables that no rule draws: lines whose words stand in columns, most of them figures. Prose and lists are left alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from sosei.core.text import fold
from sosei.reading.formats.pdf.bands import in_columns, is_list
from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.gaps import gaps_in
from sosei.reading.formats.pdf.lattice import Frame
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.lines import Row, rows_of
from sosei.reading.formats.pdf.stacks import stretches
from sosei.reading.formats.pdf.statements import framed, statements
from sosei.reading.formats.pdf.wraps import ITEM

#: A table of fewer lines must be full to be one.
_SMALL: Final = 7
#: Heights of type within which the next line of a table is.
_NEAR: Final = 1.9
#: A header and two rows are a table where each has words in so many columns.
_WIDE: Final = 5
_HEADED: Final = 2
#: Type of a title, in heights of the table's, and what begins a note over it.
_LARGE: Final = 1.3
_NOTE: Final = re.compile(
    r"[※＊*]|[（(]?注[0-9０-９]*[）):：]|[【〔［（(]?(?:評価|凡例|単位|区分|基準)[】〕］）)]?[^0-9]{0,6}[:：＝=◎○Ａ-ＥA-E]"
)
#: So many pieces of text are no table.
_FEW: Final = 8
#: A line of units between a header and its figures, and how many lines a header has.
_UNIT: Final = re.compile(r"[(]?(?:単位:?)?(?:千円|百万円|万円|円|人|件|%)[)]?")
_HEADER: Final = 2
#: So many lines may stand over a header without being of it: in brackets from first to last, or the unit.
_TITLE: Final = 3
_TITLED: Final = re.compile(r"[(].*年.*[)]|[(\[]?単位[:は]?.{1,6}")
#: Widths of a character that a broken label leaves at most, and the share of the usual step from which a line is a row.
_ROOM, _STEP = 1.5, 0.85
#: Points within which a line begins where the words above it do.
_HUNG: Final = 1.5
_FIGURE: Final = re.compile(r"[△▲\-+]?[\d,.]+(?:%|[^\d\s]{1,3})?|[-*…]+|集計中|未定|なし")


def aligned(pieces: Sequence[Piece], begun: Sequence[float] = ()) -> list[Frame]:
    """Return the tables that alignment alone shows: lines of three or more columns, at least two of figures.

    `begun`: the columns' edges of such a table at the end of the page before, with which the first lines may go on.
    """
    if len(pieces) <= _FEW and not begun:
        return []
    rows = rows_of(pieces)
    first = _going_on(rows, begun) if begun else None
    if first is not None:
        rows = [row for row in rows if row.box[1] > first.ys[-1]]
    frames, rest = statements(rows)
    if first is not None:
        frames.insert(0, first)
    for block in (_untitled(_undated(found)) for found in _blocks(rest)):
        if len(block) <= _HEADED or is_list(block):
            continue
        lines = [stretches(row) for row in block]
        gaps = gaps_in(lines)
        figures = _figures(block, gaps)
        if len(gaps) < 2 or len(figures) < 2 or not in_columns(lines, gaps, 4):
            continue
        if len(lines) < _SMALL and not _is_full(lines, gaps):
            continue
        starts = _starts(block, lines, gaps, figures)
        if (frame := framed(lines, gaps, starts)) is not None:
            frames.append(frame)
    return frames


def _going_on(rows: Sequence[Row], xs: Sequence[float]) -> Frame | None:
    """Return the table of a page's first lines that have words or figures in the columns of one begun before."""
    gaps = xs[1:-1]
    lines: list[list[Box]] = []
    for row in rows:
        line = stretches(row)
        columns = {_column(box, xs) for box in line}
        near = not lines or row.box[1] - rows[len(lines) - 1].box[3] < _NEAR * row.high
        if (
            -1 in columns
            or not near
            or not (len(columns) == len(xs) - 1 or (lines and columns == {0}))
        ):
            break
        lines.append(line)
    if not lines or not _figures(rows[: len(lines)], gaps, least=1):
        return None
    starts = _starts(rows[: len(lines)], lines, gaps, set(range(1, len(xs))))
    return framed(lines, gaps, starts, ends=(xs[0], xs[-1]))


def _column(box: Box, xs: Sequence[float]) -> int:
    """Return the column in which a stretch of words lies, -1 where it lies over an edge."""
    first, last = bisect_left(xs, box[0]), bisect_left(xs, box[2])
    return first - 1 if first == last and 0 < first < len(xs) else -1


def _untitled(block: list[Row]) -> list[Row]:
    """Return the lines of a block without the title in larger type and the notes that it begins with."""
    high = sorted(row.high for row in block)[len(block) // 2]
    first = 0
    while first < len(block) - 1:
        row = block[first]
        text = "".join(piece.text for piece in row.pieces)
        if row.high < _LARGE * high and not _NOTE.match(text):
            break
        first += 1
    return block[first:]


def _is_full(lines: Sequence[Sequence[Box]], gaps: Sequence[float]) -> bool:
    """Tell whether most places of a small table hold something: a form with blanks to fill in does not."""
    held = sum(len({bisect_left(gaps, box[0]) for box in line}) for line in lines)
    return held >= 0.75 * len(lines) * (len(gaps) + 1)


def _blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield runs of near lines that begin with one in several columns and hold no line as wide as prose."""
    if sum(len(row.pieces) > 2 for row in rows) < 3:
        return
    width = max(row.box[2] for row in rows) - min(row.box[0] for row in rows)
    run: list[Row] = []
    for row in rows:
        parts = stretches(row)
        several, wide = len(parts) >= 2, any(b[2] - b[0] > 0.55 * width for b in parts)
        near = run and row.box[1] - run[-1].box[3] < _NEAR * row.high
        if run and (wide or not near):
            yield from _whole_run(run)
            run = []
        if not wide and (run or several):
            run.append(row)
    yield from _whole_run(run)


def _undated(block: list[Row]) -> list[Row]:
    """Return a block without the lines over its header that say of when it is and what it counts."""
    texts = [fold("".join(piece.text for piece in row.pieces)) for row in block[:_TITLE]]
    last = max((n for n, text in enumerate(texts) if _TITLED.fullmatch(text)), default=-1)
    return block[last + 1 :]


def _whole_run(run: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield a run, without the lines at its end that are in one column; none where it is short."""
    last = max((n for n, row in enumerate(run) if len(stretches(row)) >= 2), default=-1)
    while 0 < last < len(run) - 1 and (
        run[last + 1].box[1] - run[last].box[3] < 0.5 * run[last].high
        or _hangs(stretches(run[last]), stretches(run[last + 1]))
    ):
        last += 1
    if last >= 3 or (last == 2 and all(len(stretches(row)) >= _WIDE for row in run[:3])):
        yield list(run[: last + 1])


def _figures(block: Sequence[Row], gaps: Sequence[float], least: int = 2) -> set[int]:
    """Return the columns that hold figures: prose and lists of words have none."""
    columns: dict[int, list[str]] = {}
    for row in block:
        texts: dict[int, str] = {}
        for piece in row.pieces:
            column = bisect_left(gaps, piece.x0)
            texts[column] = texts.get(column, "") + piece.text
        for column, text in texts.items():
            columns.setdefault(column, []).append(fold(text))
    return {column for column, texts in columns.items() if _are_figures(texts, least)}


def _are_figures(texts: Sequence[str], least: int) -> bool:
    """Tell whether a column holds figures below its header and their unit."""
    texts = [text for text in texts if not _UNIT.fullmatch(text)]
    begun = next((n for n, text in enumerate(texts) if _FIGURE.fullmatch(text)), len(texts))
    body = texts[begun:] if begun <= _HEADER else texts
    return len(body) >= least and sum(bool(_FIGURE.fullmatch(text)) for text in body) >= 0.6 * len(
        body
    )


def _starts(
    block: Sequence[Row], lines: Sequence[Sequence[Box]], gaps: Sequence[float], figures: set[int]
) -> list[bool]:
    """Return which lines begin a row: those with a figure, or words in most columns; the rest go on above."""
    steps = [below.box[1] - above.box[1] for above, below in pairwise(block)]
    usual = median(steps) if steps else 0.0
    labels = [max((b[2] for b in line if b[0] < gaps[0]), default=0.0) for line in lines]
    full = max(labels) - _ROOM * block[0].high
    out = [True]
    for number in range(1, len(lines)):
        line, above = lines[number], lines[number - 1]
        columns = {bisect_left(gaps, b[0]) for b in line}
        alone = columns == {0} and not _hangs(above, line)
        # At the rows' own distance, a label that had no need to be broken did not go on.
        ended = steps[number - 1] > _STEP * usual and (
            labels[number - 1] < full
            or line[0][0] < above[0][0] - 1
            or ITEM.match("".join(p.text for p in block[number].pieces))
        )
        out.append(
            (alone and bool(ended or _apart(above, line)))
            or bool(columns & figures)
            or len(columns) > 0.6 * (len(gaps) + 1)
        )
    return out


def _hangs(above: Sequence[Box], below: Sequence[Box]) -> bool:
    """Tell whether a line stands alone right below the words behind the number of the label above."""
    return len(above) > 2 and len(below) == 1 and abs(above[1][0] - below[0][0]) < _HUNG


def _apart(above: Sequence[Box], below: Sequence[Box]) -> bool:
    high = below[0][3] - below[0][1]
    return min(b[1] for b in below) - max(b[3] for b in above) > 0.7 * high
