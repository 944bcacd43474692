"""重なり. What lies over what: white areas hide the rules below them, call-outs lie over a table without cutting it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sosei.reading.formats.pdf.engine import Box
from sosei.reading.formats.pdf.strokes import Fill, Rule, Strokes

#: Points by which a rule must lie within an area to be hidden by it.
_INSIDE: Final = 1.0
#: Pairs of areas and rules that are looked at; a page with more is a drawing.
_MOST: Final = 1_500_000


def uncovered(strokes: Strokes) -> list[Box]:
    """Take hidden rules out of a page's strokes, and the sides of call-outs; return the call-outs."""
    rules = len(strokes.across) + len(strokes.down)
    if not strokes.fills or not rules or len(strokes.fills) * rules > _MOST:
        return []
    first = min(rule.order for rule in (*strokes.across, *strokes.down))
    late = [fill for fill in strokes.fills if fill.order > first]
    orders = {rule.order for rule in strokes.across}
    framed = (f for f in late if f.framed or any(f.order + n in orders for n in (1, 2, 3)))
    boxes = [fill for fill in framed if _is_callout(fill, strokes)]
    _unframe(strokes, boxes)
    whites = [fill for fill in late if fill.white and fill not in boxes]
    if whites:
        strokes.across = [r for rule in strokes.across for r in _left(rule, whites, across=True)]
        strokes.down = [r for rule in strokes.down for r in _left(rule, whites, across=False)]
    return [fill.box for fill in boxes]


def _is_callout(fill: Fill, strokes: Strokes) -> bool:
    """Tell whether an area is a framed box over a table: rules go on beneath it, and its own sides follow none."""
    x0, top, x1, bottom = fill.box
    if not (fill.framed or _framed_later(fill, strokes)):
        return False
    through = any(
        r.order < fill.order
        and top + 1 < r.at < bottom - 1
        and (r.start < x0 - 2 < r.end or r.start < x1 + 2 < r.end)
        for r in strokes.across
    ) or any(
        r.order < fill.order
        and x0 + 1 < r.at < x1 - 1
        and (r.start < top - 2 < r.end or r.start < bottom + 2 < r.end)
        for r in strokes.down
    )
    if not through:
        return False
    others = sum(
        any(r.order < fill.order and abs(r.at - at) < 1.5 and r.start < high and r.end > low for r in rules)
        for rules, at, low, high in (
            (strokes.across, top, x0, x1), (strokes.across, bottom, x0, x1),
            (strokes.down, x0, top, bottom), (strokes.down, x1, top, bottom),
        )
    )  # fmt: skip
    return others <= 2


def _framed_later(fill: Fill, strokes: Strokes) -> bool:
    """Tell whether an area's sides are drawn right after it, as an object of its own."""
    x0, top, x1, bottom = fill.box
    after = range(fill.order + 1, fill.order + 4)
    sides = ((strokes.across, top, x0, x1), (strokes.across, bottom, x0, x1))
    return all(
        any(
            r.order in after
            and abs(r.at - at) < 1.5
            and abs(r.start - low) < 2
            and abs(r.end - high) < 2
            for r in rules
        )
        for rules, at, low, high in sides
    )


def _unframe(strokes: Strokes, boxes: Sequence[Fill]) -> None:
    """Take the sides of call-outs away."""
    for box, _, order, _ in boxes:
        own = range(order, order + 4)
        strokes.across = [
            r for r in strokes.across
            if r.order not in own or min(abs(r.at - box[1]), abs(r.at - box[3])) > 2
        ]  # fmt: skip
        strokes.down = [
            r for r in strokes.down
            if r.order not in own or min(abs(r.at - box[0]), abs(r.at - box[2])) > 2
        ]  # fmt: skip


def _left(rule: Rule, whites: Sequence[Fill], *, across: bool) -> list[Rule]:
    """Return what is left of a rule under white areas. A rule along an area's own edge stays."""
    parts = [rule]
    for box, _, order, _ in whites:
        if order < rule.order:
            continue
        x0, top, x1, bottom = box
        low, high, start, end = (top, bottom, x0, x1) if across else (x0, x1, top, bottom)
        if low + _INSIDE < rule.at < high - _INSIDE:
            parts = [piece for part in parts for piece in _minus(part, start, end)]
    return parts


def _minus(rule: Rule, start: float, end: float) -> list[Rule]:
    if end <= rule.start or start >= rule.end:
        return [rule]
    kept = ((rule.start, min(start, rule.end)), (max(end, rule.start), rule.end))
    return [Rule(rule.at, a, b, rule.order) for a, b in kept if b - a > 0.5]
