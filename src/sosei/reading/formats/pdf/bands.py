"""帯. Tables without vertical rules: horizontal rules (or none at all), and columns that only their text's alignment shows.

Where text leaves a gap through nearly all lines, a vertical rule is thought; words that lie over a gap span it. With
these the table is tiled like any other.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.gaps import gaps_in
from sosei.reading.formats.pdf.lattice import Frame, frame_of
from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.lines import Row, rows_of
from sosei.reading.formats.pdf.stacks import Band, around, stretches, titled, torn
from sosei.reading.formats.pdf.storeys import body_steps, head_steps
from sosei.reading.formats.pdf.strokes import Rule

#: Points by which the ends of rules of one table may differ.
_ENDS: Final = 5.0
#: Points within which two cells' rules end at one place.
_SAME_END: Final = 2.5
#: Dots that lead to a page's number, and labels of a form: contents and forms are no tables.
_LISTED: Final = re.compile(r"[・…‥.．]{4}|^[^：:\d]{1,10}[：:]")
#: Points within which words right of a wall are those of the cell beside it.
#: How near a row stands over a table's first rule, in heights of type.
_CLOSE: Final = 1.8
#: Over the head, below it, and below the rows.
_LINES: Final = 3
_BESIDE: Final = 60.0


def banded(
    loose: Sequence[Rule],
    raw: Sequence[Rule],
    pieces: Sequence[Piece],
    taken: Sequence[Box] = (),
) -> list[Frame]:
    """Return the tables that horizontal rules alone draw. `raw`: the rules as drawn, whose ends may show columns.

    `taken`: the boxes of tables that are known; those between two rules of one width part what is above from what is below.
    """
    bands = (
        part
        for band in _bands(loose)
        for whole in _parted(band, raw)
        for free in around(whole, taken)
        for part in titled(free, pieces)
    )
    found = (frame for band in bands for frame in _frames(band, raw, pieces))
    return [frame for frame in found if frame is not None]


def _frames(band: Band, raw: Sequence[Rule], pieces: Sequence[Piece]) -> Iterator[Frame | None]:
    """Yield the table of a band; where it is none as a whole, those above and below what it may enclose."""
    whole = _frame(band, raw, pieces) if len(band.full) > 1 else None
    parts = list(torn(band, pieces)) if whole is None else []
    yield from [_frame(part, raw, pieces) for part in parts if len(part.full) > 1] or [whole]


def _bands(loose: Sequence[Rule]) -> list[Band]:
    """Group rules, from top to bottom, that run over one width."""
    done: list[Band] = []
    bands: list[Band] = []
    for y, rules in _levels(loose):
        x0, x1 = min(r.start for r in rules), max(r.end for r in rules)
        home = next((b for b in bands if abs(b.x0 - x0) < _ENDS and abs(b.x1 - x1) < _ENDS), None)
        if home is None:
            home = next((b for b in bands if b.x0 - _ENDS < x0 and x1 < b.x1 + _ENDS), None)
        if home is None:
            home = Band(x0, x1)
            bands.append(home)
            done.append(home)
        home.levels.append((y, rules))
    return [band for band in done if len(band.levels) >= 2]


def _parted(band: Band, raw: Sequence[Rule]) -> Iterator[Band]:
    """Yield the tables that stand below each other over one width: their cells' rules end at other places.

    A merged cell only leaves some of the places out.
    """
    heights = [y for y, _ in band.levels]
    ends = [
        sorted({x for rule in rules for x in (rule.start, rule.end) if _is_inner(x, band)})
        for rules in _at(heights, band, raw)
    ]
    same = [_equal(above, below) for above, below in itertools.pairwise(ends)]
    first = 0
    for at in range(2, len(ends) - 1):
        if at - first >= 2 and same[at - 2] and same[at] and _differ(ends[at - 1], ends[at]):
            yield Band(band.x0, band.x1, band.levels[first:at])
            first = at
    yield Band(band.x0, band.x1, band.levels[first:])


def _equal(a: Sequence[float], b: Sequence[float]) -> bool:
    return bool(a) and bool(b) and (a == b or (_among(a, b) and _among(b, a)))


def _differ(a: Sequence[float], b: Sequence[float]) -> bool:
    """Tell whether each of two rows of cells ends somewhere where the other does not."""
    return not (_among(a, b) or _among(b, a))


def _is_inner(x: float, band: Band) -> bool:
    return band.x0 + _ENDS < x < band.x1 - _ENDS


def _among(few: Sequence[float], many: Sequence[float]) -> bool:
    """Tell whether each of some places is near one of others, which are sorted."""
    for x in few:
        at = bisect_left(many, x)
        after = at < len(many) and many[at] - x < _SAME_END
        if not after and not (at and x - many[at - 1] < _SAME_END):
            return False
    return True


def _levels(loose: Sequence[Rule]) -> list[tuple[float, list[Rule]]]:
    levels: list[tuple[float, list[Rule]]] = []
    for rule in sorted(loose):
        if levels and rule.at - levels[-1][0] < 1.5:
            levels[-1][1].append(rule)
        else:
            levels.append((rule.at, [rule]))
    return levels


def _frame(band: Band, raw: Sequence[Rule], pieces: Sequence[Piece]) -> Frame | None:
    """Return the table of a band; None where its text stands in no columns."""
    full = [*band.full]
    # A page may cut a table where only some of its columns are ruled.
    if band.levels[-1][0] > full[-1]:
        full.append(_lowest(band, pieces))
    top, bottom = full[0], full[-1]
    inside = [
        p for p in pieces if top < p.middle < bottom and band.x0 - 3 < p.x0 and p.x1 < band.x1 + 3
    ]
    rows = rows_of(inside)
    lines = [stretches(row) for row in rows]
    if len(lines) < 2 or is_list(rows):
        return None
    ends, gaps = _ends(band, raw), gaps_in(lines)
    if by_cell := len(ends) > 0.5 * len(gaps):
        gaps = ends
    if not gaps or not (in_columns(lines, gaps, len(full)) or _is_ruled(full, lines, gaps)):
        return None
    over = [] if by_cell else _over(band, pieces)
    if over:
        rows = rows_of([*over, *inside])
        more = [stretches(row) for row in rows]
        shared = gaps_in(more)
        over = over if len(shared) == len(gaps) and _stands(more[0], shared) else []
    if over:
        lines, gaps, inside = more, shared, [*over, *inside]
        top = min(piece.top for piece in over) - 1
        full.insert(0, top)
    ys = _rows(full, lines, gaps, [y for y, _ in band.levels])
    ruled = len(full) > 1 and any(full[0] + 1 < y < full[1] - 1 for y, _ in band.levels)
    xs = [band.x0, *gaps, band.x1]
    steps = [] if ruled else head_steps(full, lines, xs)
    if len(band.levels) == len(band.full):
        steps += body_steps(ys, lines, xs)
    drawn = set(band.full)
    across = [Rule(y, band.x0, band.x1, 0) for y in ys if y in drawn or y not in full]
    across += [r for y, rules in band.levels if y not in drawn and top < y for r in rules]
    across += steps
    finer = sorted({*ys, *(step.at for step in steps)})
    down = [Rule(x, top, bottom, 0) for x in (band.x0, band.x1)]
    for x in gaps:
        own = finer if any(step.start < x < step.end for step in steps) else ys
        walls = (
            _cell_walls(x, own, _at(own, band, raw), inside) if by_cell else wall_at(x, own, lines)
        )
        down += walls
    return frame_of(across, down, thought=True)


def _over(band: Band, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the words of the line right over a table's first rule, which may be a row that no rule closes above."""
    top = band.levels[0][0]
    near = [
        p for p in pieces
        if 0 < top - p.middle < _CLOSE * (p.bottom - p.top)
        and band.x0 - 3 < p.x0 and p.x1 < band.x1 + 3
    ]  # fmt: skip
    return near if len(rows_of(near)) == 1 else []


def _stands(line: Sequence[Box], gaps: Sequence[float]) -> bool:
    """Tell whether a line has words in several columns, each in one of its own."""
    columns = {sum(box[0] > x for x in gaps) for box in line}
    crossed = any(box[0] < x - 1 and x + 1 < box[2] for box in line for x in gaps)
    return len(columns) > 1 and len(columns) == len(line) and not crossed


def _lowest(band: Band, pieces: Sequence[Piece]) -> float:
    """Return how far a table reaches that its page cuts: the last rule, or the lines that go on right below its ends."""
    bottom, rules = band.levels[-1]
    below = sorted(
        (p.middle, p) for p in pieces
        if bottom < p.middle and band.x0 - 3 < p.x0 and p.x1 < band.x1 + 3
    )  # fmt: skip
    reach = bottom
    for _, piece in below:
        if piece.top > reach + 0.6 * (piece.bottom - piece.top) or any(
            r.start < piece.x1 and piece.x0 < r.end for r in rules
        ):
            break
        reach = max(reach, piece.bottom + 1)
    return reach


def is_list(rows: Sequence[Row]) -> bool:
    """Tell whether lines are a list of contents or a form to fill in, which no rule makes a table."""
    texts = ("".join(piece.text for piece in row.pieces) for row in rows)
    return sum(bool(_LISTED.search(text)) for text in texts) > 0.3 * len(rows)


def _at(heights: Sequence[float], band: Band, raw: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules of a band, as drawn, at each of some heights."""
    own = sorted(r for r in raw if band.x0 - 3 <= r.start and r.end <= band.x1 + 3)
    places = [rule.at for rule in own]
    return [own[bisect_left(places, y - 1.5) : bisect_right(places, y + 1.5)] for y in heights]


def _ends(band: Band, raw: Sequence[Rule]) -> list[float]:
    """Return the columns' edges where each cell's rule was drawn by itself."""
    heights = [y for y, _ in band.levels]
    ends: list[float] = []
    for rules in _at(heights, band, raw):
        ends += [x for rule in rules for x in (rule.start, rule.end)]
    groups: list[list[float]] = []
    for x in sorted(ends):
        if groups and x - groups[-1][-1] < 2.5:
            groups[-1].append(x)
        else:
            groups.append([x])
    often = [g for g in groups if len(g) >= 0.6 * len(heights)]
    return [sum(g) / len(g) for g in often if band.x0 + _ENDS < sum(g) / len(g) < band.x1 - _ENDS]


def _cell_walls(
    x: float, ys: Sequence[float], near: Sequence[Sequence[Rule]], pieces: Sequence[Piece]
) -> Iterator[Rule]:
    """Yield the parts of a wall between cells whose rules are drawn one by one.

    A rule that runs through above a row and below it spans a merged cell; where only one does, text decides.
    """
    through = [any(r.start < x - 2.5 and r.end > x + 2.5 for r in rules) for rules in near]
    pieces = [p for p in pieces if p.x1 > x + 1 and p.x0 < x + _BESIDE]
    for number, (top, bottom) in enumerate(itertools.pairwise(ys)):
        inside = [p for p in pieces if top < p.middle < bottom]
        over = any(p.x0 < x - 1 and p.x1 > x + 1 for p in inside)
        spans = through[number] + through[number + 1]
        if over or spans == 2 or (spans and not any(0 < p.x0 - x < _BESIDE for p in inside)):
            continue
        yield Rule(x, top, bottom, 0)


def in_columns(lines: Sequence[Sequence[Box]], gaps: Sequence[float], rules: int) -> bool:
    """Tell whether text stands in columns: most lines of a table have words in two of them."""
    several = sum(len({bisect_left(gaps, b[0]) for b in line}) > 1 for line in lines)
    return several >= (0.4 if rules > 3 else 0.6) * len(lines) and several >= 2


def _is_ruled(full: Sequence[float], lines: Sequence[Sequence[Box]], gaps: Sequence[float]) -> bool:
    """Tell whether between every two rules stands a label in the first column and words beside it."""
    zones: list[set[int]] = [set() for _ in full[1:]]
    for line in lines:
        at = bisect_right(full, (line[0][1] + line[0][3]) / 2) - 1
        if 0 <= at < len(zones):
            zones[at] |= {sum(box[0] > x for x in gaps) for box in line}
    return len(zones) > 1 and all({0, 1} <= zone for zone in zones)


def _rows(
    full: Sequence[float],
    lines: Sequence[Sequence[Box]],
    gaps: Sequence[float],
    levels: Sequence[float],
) -> list[float]:
    """Return the edges of rows: the rules, and between rules far apart the lines that begin anew.

    `levels`: the heights of all rules; where shorter ones part a row's other columns, lines do not.
    """
    out = [full[0]]
    for top, bottom in itertools.pairwise(full):
        if any(top + 1 < y < bottom - 1 for y in levels):
            out.append(bottom)
            continue
        inside = [line for line in lines if top < (line[0][1] + line[0][3]) / 2 < bottom]
        begun = [line for line in inside if _begins(line, gaps)]
        # Under a table's head alone, rows follow without rules between them.
        few = len(full) == _LINES and top == full[1] and len(begun) > 1
        if (len(inside) >= 4 or few) and len(begun) >= 0.6 * len(inside):
            for before, line in itertools.pairwise(inside):
                if _begins(line, gaps):
                    out.append((max(b[3] for b in before) + min(b[1] for b in line)) / 2)
        out.append(bottom)
    return out


def _begins(line: Sequence[Box], gaps: Sequence[float]) -> bool:
    """Tell whether a line begins a row: it has words in the first column and in another one."""
    columns = {bisect_left(gaps, b[0]) for b in line}
    return 0 in columns and len(columns) > 1


def wall_at(x: float, ys: Sequence[float], lines: Sequence[Sequence[Box]]) -> Iterator[Rule]:
    """Yield the parts of a thought vertical rule: none in rows where words lie over it."""
    over = [
        (box[1] + box[3]) / 2 for line in lines for box in line if box[0] < x - 1 and box[2] > x + 1
    ]
    for top, bottom in itertools.pairwise(ys):
        if not any(top < y < bottom for y in over):
            yield Rule(x, top, bottom, 0)
