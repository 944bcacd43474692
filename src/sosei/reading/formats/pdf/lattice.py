"""格子. Rules become tables: joined along their lines, grouped by touch, and tiled into rectangles with spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, NamedTuple

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.strokes import Rule, Strokes

#: Points within which two rules are one line (a double border, a join drawn twice), and within which ends meet.
NEAR: Final = 2.4
_TOUCH: Final = 2.8
#: The gap between dashes, and how long a dash may be.
_DASH_GAP, _DASH = 4.2, 14.0
#: A rule shorter than this, when all is joined, is no rule.
_SHORT: Final = 4.0
#: The share of the stretch between two lines by which a rule over it may be too short.
_SHARE: Final = 0.12
#: Lines of one table in one direction; more come from drawings.
_MOST_LINES: Final = 1500
_START: Final = itemgetter(1)
_NEW: Final = tuple.__new__


class Spot(NamedTuple):
    """升. A cell of a frame: first row and column, and those after its last."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Frame:
    """枠. A table without its text: where its lines stand (`xs`, `ys`, points as seen) and its cells.

    `sides`: which sides of each cell are drawn, as bits (left 1, top 2, right 4, bottom 8). `owner`: the cell of each
    square, -1 where there is none. `thought`: its columns are not drawn but follow from its text.
    """

    xs: list[float]
    ys: list[float]
    spots: list[Spot]
    sides: list[int] = field(default_factory=list)
    thought: bool = False
    owner: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Note which cell covers each square; a frame without sides has all of them."""
        self.sides = self.sides or [15] * len(self.spots)
        self.own()

    def drawn(self, side: int, column: int, columns: int = 1) -> bool:
        """Tell whether the table's top (2) or bottom (8) is drawn over some columns."""
        row = self.owner[0 if side == 2 else -1]
        numbers = set(row[column : column + columns])
        return -1 not in numbers and all(self.sides[n] & side for n in numbers)

    @property
    def box(self) -> Box:
        """What the table covers."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def spot_box(self, spot: Spot) -> Box:
        """What a cell covers."""
        return self.xs[spot.left], self.ys[spot.top], self.xs[spot.right], self.ys[spot.bottom]

    def own(self) -> None:
        """Note which cell covers each square."""
        self.owner = [[-1] * (len(self.xs) - 1) for _ in range(len(self.ys) - 1)]
        for number, (top, left, bottom, right) in enumerate(self.spots):
            if right - left == 1 == bottom - top:
                self.owner[top][left] = number
                continue
            for line in self.owner[top:bottom]:
                line[left:right] = [number] * (right - left)

    def at(self, x: float, y: float) -> int:
        """Return the number of the cell at a point, or -1."""
        return self.pair(x, x, y)[0]

    def pair(self, a: float, b: float, y: float) -> tuple[int, int]:
        """Return the numbers of the cells at two points of one height, -1 where there is none."""
        xs, ys = self.xs, self.ys
        if not ys[0] <= y <= ys[-1]:
            return -1, -1
        row = self.owner[(bisect_left(ys, y) or 1) - 1]
        left, right = xs[0], xs[-1]
        if left < a and b <= right:
            at, to = bisect_left(xs, a), bisect_left(xs, b)
            return row[at - 1], row[to - 1]
        return (
            row[(bisect_left(xs, a) or 1) - 1] if left <= a <= right else -1,
            row[(bisect_left(xs, b) or 1) - 1] if left <= b <= right else -1,
        )


# -- joining --------------------------------------------------------------------------------------------------


def joined(rules: Iterable[Rule], near: float = 0.9) -> list[Rule]:
    """Join what lies on one line and touches, dots and dashes too; short remains are left out."""
    out: list[Rule] = []
    for at, line in _on_lines(sorted(rules), near):
        line.sort(key=_START)
        _, start, end, _ = line[0]
        last = end - start
        for _, begin, stop, _ in line[1:]:
            length = stop - begin
            if begin - end <= (_DASH_GAP if last < _DASH or length < _DASH else NEAR):
                end = stop if stop > end else end
            else:
                out.append(Rule(at, start, end, 0))
                start, end = begin, stop
            last = length
        out.append(Rule(at, start, end, 0))
    return [rule for rule in out if rule.end - rule.start >= _SHORT]


def _on_lines(rules: Sequence[Rule], near: float) -> list[tuple[float, list[Rule]]]:
    """Group sorted rules whose positions are within `near` of the group's first."""
    groups: list[tuple[float, list[Rule]]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0] <= near:
            groups[-1][1].append(rule)
        else:
            groups.append((rule.at, [rule]))
    return groups


def grouped(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group rules that touch each other, over any number of others."""
    by_place = sorted(range(len(down)), key=lambda n: down[n].at)
    places = [down[n].at for n in by_place]
    lows = [down[n].start - _TOUCH for n in by_place]
    highs = [down[n].end + _TOUCH for n in by_place]
    #: The group of each vertical rule, in their order of places, and one that each horizontal rule touches.
    label = list(range(len(down)))
    touched: list[int] = []
    for y, start, end, _ in across:
        first = bisect_left(places, start - _TOUCH)
        last = bisect_right(places, end + _TOUCH)
        near = [n for n in range(first, last) if lows[n] <= y <= highs[n]]
        touched.append(near[0] if near else -1)
        found = {label[n] for n in near}
        if len(found) > 1:
            one = label[near[0]]
            label = [one if group in found else group for group in label]
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for number, rule in enumerate(across):
        at = touched[number]
        groups.setdefault(label[at] if at >= 0 else -1 - number, ([], []))[0].append(rule)
    labels = dict(zip(by_place, label, strict=True))
    for number, rule in enumerate(down):
        groups.setdefault(labels[number], ([], []))[1].append(rule)
    return list(groups.values())


# -- tiling ---------------------------------------------------------------------------------------------------


def frames_of(strokes: Strokes) -> tuple[list[Frame], list[Rule]]:
    """Return the ruled tables of a page, top to bottom, and the horizontal rules that touch no vertical one."""
    across, down = joined(strokes.across), joined(strokes.down)
    if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        return [], []
    frames, loose = [], []
    for group in grouped(across, down):
        if not group[1]:
            loose.extend(group[0])
        elif len(group[0]) + len(group[1]) >= 3 and (frame := frame_of(*group)) is not None:
            frames.append(frame)
    frames.sort(key=lambda frame: (frame.ys[0], frame.xs[0]))
    return frames, loose


def frame_of(
    across: Sequence[Rule], down: Sequence[Rule], *, thought: bool = False
) -> Frame | None:
    """Return the table that touching rules draw; None where they enclose nothing.

    `thought`: its columns follow from its text, so that rules may end anywhere between them.
    """
    left = min([r.at for r in down] + [r.start for r in across])
    right = max([r.at for r in down] + [r.end for r in across])
    top = min([r.at for r in across] + [r.start for r in down])
    bottom = max([r.at for r in across] + [r.end for r in down])
    xs = _lines([r.at for r in down], left, right)
    ys = _lines([r.at for r in across], top, bottom)
    if len(xs) < 2 or len(ys) < 2:
        return None
    share = 1.0 if thought else _SHARE
    walls = _masks(down, xs, ys, share)
    floors = _masks(across, ys, xs, share, walls)
    spots = _tiles(walls, floors, len(ys) - 1, len(xs) - 1)
    sides = [_sides(spot, walls, floors) for spot in spots]
    if not _ENCLOSING.issuperset(sides):
        kept = [(spot, drawn) for spot, drawn in zip(spots, sides, strict=True) if drawn in _ENCLOSING]  # fmt: skip
        spots, sides = [spot for spot, _ in kept], [drawn for _, drawn in kept]
    frame = compact(xs, ys, spots, sides) if spots else None
    if frame is not None:
        frame.thought = thought
    return frame


def _lines(positions: list[float], low: float, high: float) -> list[float]:
    """Return the positions of lines, near ones made one, with the two ends."""
    out: list[list[float]] = []
    for at in sorted([*positions, low, high]):
        if out and at - out[-1][-1] <= NEAR and at - out[-1][0] <= 1.6 * NEAR:
            out[-1].append(at)
        else:
            out.append([at])
    return [(group[0] + group[-1]) / 2 for group in out]


def _nearest(lines: Sequence[float], at: float) -> int:
    number = bisect_left(lines, at)
    if number == len(lines) or (number and at - lines[number - 1] <= lines[number] - at):
        return number - 1
    return number


def _masks(
    rules: Sequence[Rule],
    lines: Sequence[float],
    cross: Sequence[float],
    share: float,
    walls: Sequence[int] = (),
) -> list[int]:
    """Return, for each line, which stretches between the crossing lines its rules cover, as bits.

    `share`: by how much of a stretch they may fall short of its end. `walls`: what the crossing lines cover.
    """
    masks = [0] * len(lines)
    for rule in rules:
        first, last = _reached(cross, (rule.start, rule.end), share)
        if last > first:
            line = _nearest(lines, rule.at)
            if (
                walls
                and _floats(rule, (cross[first], cross[last]))
                and _is_enclosed(walls, first, last, line)
            ):
                continue
            masks[line] |= (1 << last) - (1 << first)
    return masks


def _floats(rule: Rule, ends: tuple[float, float]) -> bool:
    """Tell whether a rule goes on beyond the first and the last line that it reaches, well into the next stretch."""
    return ends[0] - rule.start > _SHORT and rule.end - ends[1] > _SHORT


def _is_enclosed(walls: Sequence[int], first: int, last: int, line: int) -> bool:
    """Tell whether a line that ends in the middle of cells has walls on both sides: it is an arrow over the cells."""
    rows = (3 << line) >> 1
    return any(wall & rows for wall in walls[:first]) and any(
        wall & rows for wall in walls[last + 1 :]
    )


def _reached(cross: Sequence[float], ends: tuple[float, float], share: float) -> tuple[int, int]:
    """Return the crossing lines from which and to which a rule runs: one that ends well before a line reaches it not."""
    start, end = ends
    first, last = _nearest(cross, start), _nearest(cross, end)
    if first < len(cross) - 1 and start - cross[first] > _room(cross, first, share):
        first += 1
    if last > 0 and cross[last] - end > _room(cross, last - 1, share):
        last -= 1
    return first, last


def _room(cross: Sequence[float], at: int, share: float) -> float:
    """Return by how much a rule may fall short of a stretch that it covers."""
    room = share * (cross[at + 1] - cross[at])
    return room if room > _SHORT else _SHORT


def _tiles(walls: list[int], floors: list[int], rows: int, columns: int) -> list[Spot]:
    """Cover the squares with rectangles that no rule cuts, from the top left."""
    taken = [0] * rows
    spots = []
    for row in range(rows):
        full, floor, column = taken[row], floors[row + 1], 0
        while column < columns:
            right = column + 1
            if full >> column & 1:
                column = right
                continue
            while right < columns and not (walls[right] >> row & 1 or full >> right & 1):
                right += 1
            bottom, mask = row + 1, (1 << right) - (1 << column)
            if bottom < rows and not floor & mask:
                bottom = _depth(walls, floors, (row, column, right), rows, taken)
                for below in range(row + 1, bottom):
                    taken[below] |= mask
            spots.append(_NEW(Spot, (row, column, bottom, right)))
            column = right
    return spots


def _depth(
    walls: list[int], floors: list[int], top: tuple[int, int, int], rows: int, taken: list[int]
) -> int:
    """Return the row below the last one that a rectangle, begun at the top, reaches without crossing a rule."""
    row, left, right = top
    mask = (1 << right) - (1 << left)
    bottom = row + 1
    while bottom < rows and not floors[bottom] & mask and not taken[bottom] & mask:
        if any(walls[x] >> bottom & 1 for x in range(left + 1, right)):
            break
        if left and not walls[left] >> bottom & 1:
            break
        if right < len(walls) - 1 and not walls[right] >> bottom & 1:
            break
        bottom += 1
    return bottom


def _sides(spot: Spot, walls: list[int], floors: list[int]) -> int:
    """Return which sides of a rectangle are drawn over their whole length: left 1, top 2, right 4, bottom 8."""
    top, left, bottom, right = spot
    rows, columns = (1 << bottom) - (1 << top), (1 << right) - (1 << left)
    return (
        (walls[left] & rows == rows)
        | (floors[top] & columns == columns) << 1
        | (walls[right] & rows == rows) << 2
        | (floors[bottom] & columns == columns) << 3
    )


#: The sides that make a rectangle a cell: two that face each other, or two that meet.
_ENCLOSING: Final = frozenset(
    n for n in range(16) if n & 5 == 5 or n & 10 == 10 or (n & 5 and n & 10)
)


def compact(xs: list[float], ys: list[float], spots: list[Spot], sides: list[int]) -> Frame:
    """Return a frame with only those lines at which a cell begins or ends."""
    if not spots:
        return Frame([], [], [], [])
    tops, lefts, bottoms, rights = zip(*spots, strict=True)
    used_x = sorted({*lefts, *rights})
    used_y = sorted({*tops, *bottoms})
    if len(used_x) == len(xs) and len(used_y) == len(ys):
        return Frame(xs, ys, spots, sides)
    at_x = {x: n for n, x in enumerate(used_x)}
    at_y = {y: n for n, y in enumerate(used_y)}
    return Frame(
        [xs[x] for x in used_x],
        [ys[y] for y in used_y],
        [Spot(at_y[s.top], at_x[s.left], at_y[s.bottom], at_x[s.right]) for s in spots],
        sides,
    )
