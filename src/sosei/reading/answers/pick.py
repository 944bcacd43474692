"""回答欄. Which cells of a row hold the answer, the day it is expected and the remarks.

Under headings that is plain. Without headings the answer is what is left when the unit, the target and last year's
value are taken away; where more than one figure is left, nobody knows which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sosei.core.figures import read_value
from sosei.core.inquiry import Question
from sosei.core.units import is_unit
from sosei.reading.answers.expected import counting
from sosei.reading.answers.rows import Box, is_id
from sosei.reading.answers.walk import Match
from sosei.reading.answers.witness import same_shown
from sosei.reading.grid import Words

_ORDINAL: Final = re.compile(r"[①-⑳㉑-㉟]|[(（]?[0-9０-９]{1,2}[)）.．]")
_BREAK: Final = re.compile(r"\s{2,}|[\t　]+")


@dataclass(frozen=True, slots=True)
class Picked:
    """選ばれた欄. The cells that may be the answer (several: nobody knows which), and what stands beside them."""

    entries: tuple[Box, ...] = ()
    expected: Box | None = None
    note: Box | None = None


def pick(match: Match, question: Question, *, alone: bool) -> Picked:
    """Return the cells of a row that matter for a question.

    `alone`: the rows of its table hold one figure each, so that a row's only figure is the answer even where it
    equals the target.
    """
    if match.rest is not None:
        return _of_line(match, question)
    if columns := match.of(question).get("entry", ()):
        return _headed(match, question, columns)
    return _left_over(match, question, alone=alone)


def _headed(match: Match, question: Question, columns: Sequence[int]) -> Picked:
    boxes = [match.row.at(column) for column in columns]
    found = {id(box): box for box in boxes if box is not None and box is not match.name}
    entries = tuple(box for box in found.values() if box.text or box.formula)
    if question.is_text:
        return Picked(entries[:1] or tuple(found.values())[:1])
    beside = [match.at("expected", question), match.at("note", question)]
    expected, note = (None if box in found.values() else box for box in beside)
    if len({box.text for box in entries}) < 2:
        entries = entries[:1] or tuple(found.values())[:1]
    return Picked(entries, expected, note)


def _left_over(match: Match, question: Question, *, alone: bool) -> Picked:
    boxes = [box for box in match.row.filled if box is not match.name and not is_id(box.text)]
    boxes = [box for box in boxes if box.text != match.number and not _beside(box, question)]
    left = _without(boxes, question)
    if question.is_text:
        return Picked(tuple(left))
    figures = [box for box in left if is_figure(box)]
    if not figures and alone:
        figures = [box for box in boxes if is_figure(box)]
    words = [box for box in left if box not in figures]
    if figures:
        return Picked(tuple(figures), note=words[0] if words else None)
    return Picked(tuple(words))


def _beside(box: Box, question: Question) -> bool:
    if question.is_text:
        return False
    return is_unit(box.text) or _ORDINAL.fullmatch(box.text) is not None


def _without(boxes: Sequence[Box], question: Question) -> list[Box]:
    """Take away one cell each that shows the target and last year's value."""
    left = list(boxes)
    for shown in (question.target, question.last_year):
        if shown is None:
            continue
        found = next((box for box in left if same_shown(box, shown, question.unit)), None)
        if found is not None:
            left.remove(found)
    return left


def is_figure(box: Box) -> bool:
    """Tell whether a cell holds a figure or says why there is none."""
    if box.number is not None or counting(box.text) is not None:
        return True
    return read_value(box.text).text is None if len(box.text) < 60 else False


def figures_of(match: Match) -> int:
    """Return how many figures a row without headings holds besides its numbering."""
    boxes = [box for box in match.row.filled if box is not match.name and not is_id(box.text)]
    return sum(is_figure(box) and not _ORDINAL.fullmatch(box.text) for box in boxes)


def _of_line(match: Match, question: Question) -> Picked:
    """Return what follows a name on its line, and for a text the lines after it."""
    assert match.rest is not None
    rest, more = match.rest, match.more
    if question.is_text:
        parts = [box.words for box in (rest, *more) if box.text]
        return Picked((Box(1, Words.joined(parts, "\n")),) if parts else (rest,))
    if not rest.text and more and is_figure(more[0]):
        return Picked((more[0],))
    parts = rest.words.split(_BREAK)
    boxes = [Box(at, words) for at, words in enumerate(parts, 1) if words]
    left = [b for b in _without(boxes, question) if not is_unit(b.text)] if len(boxes) > 1 else []
    figures = [box for box in left if is_figure(box)]
    return Picked(tuple(figures)) if figures else Picked((rest,))
