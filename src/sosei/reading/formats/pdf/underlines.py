"""下線. Lines under words are no rules of a table: they begin and end where the words above them do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sosei.reading.formats.pdf.letters import Piece
from sosei.reading.formats.pdf.strokes import Rule

#: Points by which a line under words may be longer or shorter than they are.
_ENDS: Final = 0.8
#: Heights of type by which it may run above or below the foot of their body.
_BELOW: Final = 0.3
#: Vertical rules that are looked at; a page with more is a drawing.
_MOST: Final = 3000
#: The share of its length that words stand over.
_HELD: Final = 0.6


def without_underlines(
    across: list[Rule], pieces: Sequence[Piece], down: Sequence[Rule] = ()
) -> list[Rule]:
    """Return the horizontal rules without those under words. `down`: the vertical rules, at which a cell cuts words."""
    starts: dict[int, list[Rule]] = {}
    for rule in across:
        starts.setdefault(int(rule.start), []).append(rule)
    near = {at + by for at in starts for by in (-1, 0, 1)}
    begun = [piece for piece in pieces if int(piece[0]) in near]
    if not begun:
        return across
    found = {
        rule
        for piece in begun
        for rule in _below(piece, starts)
        if _ends(rule, piece, pieces) or _is_cut(rule, piece, down)
    }
    return [rule for rule in across if rule not in found] if found else across


def _below(piece: Piece, starts: dict[int, list[Rule]]) -> list[Rule]:
    """Return the rules that begin where a piece does, right below it."""
    x0, top, _, bottom, _, _ = piece
    by = _BELOW * (bottom - top)
    return [
        rule
        for key in (int(x0) - 1, int(x0), int(x0) + 1)
        for rule in starts.get(key, ())
        if abs(rule.start - x0) < _ENDS and abs(rule.at - bottom) < by
    ]


def _ends(rule: Rule, first: Piece, pieces: Sequence[Piece]) -> bool:
    """Tell whether a line of text ends where a rule under its first words does, and stands over most of it."""
    by = _BELOW * (first.bottom - first.top)
    if abs(first.x1 - rule.end) < _ENDS:
        return True
    line = [
        p for p in pieces
        if abs(p[3] - first[3]) < by and p[0] > rule.start - _ENDS and p[2] < rule.end + _ENDS
    ]  # fmt: skip
    if not any(abs(p[2] - rule.end) < _ENDS for p in line):
        return False
    return sum(p[2] - p[0] for p in line) > _HELD * (rule.end - rule.start)


def _is_cut(rule: Rule, piece: Piece, down: Sequence[Rule]) -> bool:
    """Tell whether a rule under words ends with what is seen of them, at their cell's wall, but begins off any wall."""
    if piece.x1 < rule.end + _ENDS or len(down) > _MOST:
        return False
    walls = [wall.at for wall in down if wall.start < rule.at < wall.end]
    begun = any(abs(at - rule.start) < 2 * _ENDS for at in walls)
    return not begun and any(abs(at - rule.end) < 2 * _ENDS for at in walls)
