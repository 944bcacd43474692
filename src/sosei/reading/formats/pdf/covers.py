"""重なり. What lies over what: white areas hide the rules below them, call-outs lie over a table without cutting it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.strokes import Fill, Rule, Strokes

#: Points by which a rule must lie within an area to be hidden by it.
_INSIDE: Final = 1.0
#: Width of the strips by which areas are looked up, points.
_STRIP: Final = 24.0
#: Pairs of areas and rules that are looked at; a page with more is a drawing.
_MOST: Final = 1_500_000


def uncovered(strokes: Strokes) -> list[Box]:
    """Take hidden rules out of a page's strokes, and the sides of call-outs; return the call-outs."""
    rules = len(strokes.across) + len(strokes.down)
    if not strokes.fills or not rules or len(strokes.fills) * rules > _MOST:
        return []
    first = min(rule.order for rule in (*strokes.across, *strokes.down))
    late = [fill for fill in strokes.fills if fill.order > first]
    drawn: dict[int, list[Rule]] = {}
    for rule in strokes.across:
        drawn.setdefault(rule.order, []).append(rule)
    framed = [fill for fill in late if fill.framed or _framed_later(fill, drawn)]
    lines = (_Sorted.of(strokes.across), _Sorted.of(strokes.down)) if framed else None
    boxes = [fill for fill in framed if lines and _is_callout(fill, *lines)]
    _unframe(strokes, boxes)
    whites = [fill for fill in late if fill.white and fill not in boxes]
    if whites:
        strokes.across = _under(strokes.across, whites, across=True)
        strokes.down = _under(strokes.down, whites, across=False)
    return [fill.box for fill in boxes]


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Rules by where they run, so that those between two places are found at once."""

    rules: list[Rule]
    places: list[float]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> _Sorted:
        """Sort rules."""
        kept = sorted(rules)
        return cls(kept, [rule.at for rule in kept])

    def between(self, low: float, high: float, before: int) -> Iterator[Rule]:
        """Yield the rules between two places that were drawn earlier than something."""
        for rule in self.rules[bisect_right(self.places, low) : bisect_left(self.places, high)]:
            if rule.order < before:
                yield rule


def _is_callout(fill: Fill, across: _Sorted, down: _Sorted) -> bool:
    """Tell whether an area is a framed box over a table: rules go on beneath it, and its own sides follow none."""
    x0, top, x1, bottom = fill.box
    order = fill.order
    through = any(_leaves(r, x0, x1) for r in across.between(top + 1, bottom - 1, order)) or any(
        _leaves(r, top, bottom) for r in down.between(x0 + 1, x1 - 1, order)
    )
    if not through:
        return False
    sides = ((across, top, x0, x1), (across, bottom, x0, x1), (down, x0, top, bottom), (down, x1, top, bottom))  # fmt: skip
    followed = sum(
        any(r.start < high and r.end > low for r in rules.between(at - 1.5, at + 1.5, order))
        for rules, at, low, high in sides
    )
    return followed <= 2


def _leaves(rule: Rule, low: float, high: float) -> bool:
    """Tell whether a rule goes on beyond an area on either side."""
    return rule.start < low - 2 < rule.end or rule.start < high + 2 < rule.end


def _framed_later(fill: Fill, drawn: dict[int, list[Rule]]) -> bool:
    """Tell whether an area's top and bottom are drawn right after it, as an object of its own. `drawn`: by order."""
    x0, top, x1, bottom = fill.box
    after = [rule for n in (1, 2, 3) for rule in drawn.get(fill.order + n, ())]
    return all(
        any(
            abs(rule.at - at) < 1.5 and abs(rule.start - x0) < 2 and abs(rule.end - x1) < 2
            for rule in after
        )
        for at in (top, bottom)
    )


def _unframe(strokes: Strokes, boxes: Sequence[Fill]) -> None:
    """Take the sides of call-outs away."""
    for box, _, order, *_ in boxes:
        own = range(order, order + 4)
        strokes.across = [
            r for r in strokes.across
            if r.order not in own or min(abs(r.at - box[1]), abs(r.at - box[3])) > 2
        ]  # fmt: skip
        strokes.down = [
            r for r in strokes.down
            if r.order not in own or min(abs(r.at - box[0]), abs(r.at - box[2])) > 2
        ]  # fmt: skip


def _under(rules: Sequence[Rule], whites: Sequence[Fill], *, across: bool) -> list[Rule]:
    """Return what is left of rules under white areas, which are looked up by the strips of the page they cover."""
    strips: dict[int, list[Fill]] = {}
    for white in whites:
        low, high = (white.box[1], white.box[3]) if across else (white.box[0], white.box[2])
        for strip in range(int(low // _STRIP), int(high // _STRIP) + 1):
            strips.setdefault(strip, []).append(white)
    # Most rules of a table stand at few places, over which the same areas lie.
    over: dict[float, list[tuple[float, float, int]]] = {}
    out: list[Rule] = []
    for rule in rules:
        at = rule[0]
        if (areas := over.get(at)) is None:
            areas = over[at] = _over(at, strips.get(int(at // _STRIP), ()), across=across)
        out.extend(_left(rule, areas) if areas else [rule])
    return out


def _over(at: float, whites: Sequence[Fill], *, across: bool) -> list[tuple[float, float, int]]:
    """Return from where to where areas lie over a place, and their order. A rule along an area's own edge stays."""
    if across:
        return [
            (x0, x1, order) for (x0, top, x1, bottom), _, order, *_ in whites
            if top + _INSIDE < at < bottom - _INSIDE
        ]  # fmt: skip
    return [
        (top, bottom, order) for (x0, top, x1, bottom), _, order, *_ in whites
        if x0 + _INSIDE < at < x1 - _INSIDE
    ]  # fmt: skip


def _left(rule: Rule, areas: Sequence[tuple[float, float, int]]) -> list[Rule]:
    """Return what is left of a rule under white areas."""
    parts = [rule]
    for start, end, order in areas:
        if order >= rule.order:
            parts = [piece for part in parts for piece in _minus(part, start, end)]
    return parts


def _minus(rule: Rule, start: float, end: float) -> list[Rule]:
    if end <= rule.start or start >= rule.end:
        return [rule]
    kept = ((rule.start, min(start, rule.end)), (max(end, rule.start), rule.end))
    return [Rule(rule.at, a, b, rule.order) for a, b in kept if b - a > 0.5]
