"""列. Tables that no rule draws: lines whose words stand in columns, most of them figures. Prose and lists are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sosei.core.text import fold
from sosei.reading.formats.pdf.bands import in_columns, is_list, wall_at
from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.gaps import gaps_in
from sosei.reading.formats.pdf.lattice import Frame, frame_of
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.lines import Row, rows_of
from sosei.reading.formats.pdf.stacks import stretches
from sosei.reading.formats.pdf.strokes import Rule

#: A table of fewer lines must be full to be one.
_SMALL: Final = 7
#: A header and two rows are a table where each has words in so many columns.
_WIDE: Final = 4
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
_FIGURE: Final = re.compile(r"[△▲\-+]?[\d,.]+(?:%|[^\d\s]{1,3})?|[-*…]+|集計中|未定|なし")


def aligned(pieces: Sequence[Piece]) -> list[Frame]:
    """Return the tables that alignment alone shows: lines of three or more columns, at least two of figures."""
    if len(pieces) <= _FEW:
        return []
    frames = []
    for block in map(_untitled, _blocks(rows_of(pieces))):
        if len(block) <= _HEADED or is_list(block):
            continue
        lines = [stretches(row) for row in block]
        x0 = min(b[0] for line in lines for b in line) - 2
        x1 = max(b[2] for line in lines for b in line) + 2
        gaps = gaps_in(lines)
        figures = _figures(block, gaps)
        if len(gaps) < 2 or len(figures) < 2 or not in_columns(lines, gaps, 4):
            continue
        if len(lines) < _SMALL and not _is_full(lines, gaps):
            continue
        starts = _starts(lines, gaps, figures)
        ys = _line_edges(lines, starts)
        across = [Rule(y, x0, x1, 0) for y in ys]
        down = [Rule(x, ys[0], ys[-1], 0) for x in (x0, x1)]
        down += [r for x in gaps for r in wall_at(x, ys, lines)]
        if len(ys) > 3 and (frame := frame_of(across, down, thought=True)) is not None:
            frames.append(frame)
    return frames


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
    held = sum(len({sum(box[0] > x for x in gaps) for box in line}) for line in lines)
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
        near = run and row.box[1] - run[-1].box[3] < 1.9 * row.high
        if run and (wide or not near):
            yield from _whole_run(run)
            run = []
        if not wide and (run or several):
            run.append(row)
    yield from _whole_run(run)


def _whole_run(run: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield a run, without the lines at its end that are in one column; none where it is short."""
    last = max((n for n, row in enumerate(run) if len(stretches(row)) >= 2), default=-1)
    while (
        0 < last < len(run) - 1 and run[last + 1].box[1] - run[last].box[3] < 0.5 * run[last].high
    ):
        last += 1
    if last >= 3 or (last == 2 and all(len(stretches(row)) >= _WIDE for row in run[:3])):
        yield list(run[: last + 1])


def _figures(block: Sequence[Row], gaps: Sequence[float]) -> set[int]:
    """Return the columns that hold figures: prose and lists of words have none."""
    columns: dict[int, list[str]] = {}
    for row in block:
        texts: dict[int, str] = {}
        for piece in row.pieces:
            column = sum(piece.x0 > x for x in gaps)
            texts[column] = texts.get(column, "") + piece.text
        for column, text in texts.items():
            columns.setdefault(column, []).append(fold(text))
    return {column for column, texts in columns.items() if _are_figures(texts)}


def _are_figures(texts: Sequence[str]) -> bool:
    """Tell whether a column holds figures below its header and their unit."""
    texts = [text for text in texts if not _UNIT.fullmatch(text)]
    begun = next((n for n, text in enumerate(texts) if _FIGURE.fullmatch(text)), len(texts))
    body = texts[begun:] if begun <= _HEADER else texts
    return len(body) >= 2 and sum(bool(_FIGURE.fullmatch(text)) for text in body) >= 0.6 * len(body)


def _starts(lines: Sequence[Sequence[Box]], gaps: Sequence[float], figures: set[int]) -> list[bool]:
    """Return which lines begin a row: those with a figure, or words in most columns; the rest go on above."""
    out = []
    for number, line in enumerate(lines):
        columns = {sum(b[0] > x for x in gaps) for b in line}
        alone = columns == {0} and number > 0 and _apart(lines[number - 1], line)
        out.append(
            number == 0 or alone or bool(columns & figures) or len(columns) > 0.6 * (len(gaps) + 1)
        )
    return out


def _apart(above: Sequence[Box], below: Sequence[Box]) -> bool:
    high = below[0][3] - below[0][1]
    return min(b[1] for b in below) - max(b[3] for b in above) > 0.7 * high


def _line_edges(lines: Sequence[Sequence[Box]], starts: Sequence[bool]) -> list[float]:
    out = [min(b[1] for b in lines[0]) - 1]
    for number in range(1, len(lines)):
        if starts[number]:
            above, below = lines[number - 1], lines[number]
            out.append((max(b[3] for b in above) + min(b[1] for b in below)) / 2)
    return [*out, max(b[3] for b in lines[-1]) + 1]
