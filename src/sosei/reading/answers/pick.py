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
from sosei.core.text import fold
from sosei.core.units import is_unit
from sosei.reading.answers.expected import counting
from sosei.reading.answers.match import Match
from sosei.reading.answers.rows import Box, is_id
from sosei.reading.answers.witness import same_shown
from sosei.reading.grid import Words

_ORDINAL: Final = re.compile(r"[①-⑳㉑-㉟]|[(（]?[0-9０-９]{1,2}[)）.．]")
_NO_TEXT: Final = frozenset({"(記載なし)", "(none)"})
_BREAK: Final = re.compile(r"\s{2,}|[\t　]+")


@dataclass(frozen=True, slots=True)
class Picked:
    """選ばれた欄. The cells that may be the answer (several: nobody knows which), and what stands beside them.

    `doubt`: the cell may as well be an older target or an older value of last year.
    """

    entries: tuple[Box, ...] = ()
    expected: Box | None = None
    note: Box | None = None
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Bare:
    """見出しのない表. A table without headings: the most figures a row has, and which given values it shows.

    `given`, `new`: how many of its figures are what was given, and how many are not.
    """

    most: int = 0
    carried: frozenset[str] = frozenset()
    given: int = 0
    new: int = 0

    @property
    def alone(self) -> bool:
        """Whether a row's only figure is its answer, even where it equals the target."""
        return self.most < 2 and self.new > self.given

    def doubtful(self, question: Question, found: frozenset[str]) -> bool:
        """Tell whether what is left in a row may be a given value that has changed since."""
        given = {"target": question.target, "last": question.last_year}
        missing = {part for part, shown in given.items() if shown} - found
        if self.most > len(self.carried) + 1:
            return bool(missing)
        return bool(missing & self.carried)


def bare_tables(matches: Sequence[Match]) -> dict[int, Bare]:
    """Return what is known of the tables without headings."""
    tables: dict[int, Bare] = {}
    for match in matches:
        if match.rest is None and not match.parts and match.question is not None:
            table = tables.get(match.row.table, Bare())
            boxes = [box for box in _boxes(match) if not _beside(box, match.question)]
            most = sum(is_figure(box) for box in boxes)
            left, found = _without(boxes, match.question)
            new = table.new + sum(is_figure(box) for box in left)
            tables[match.row.table] = Bare(
                max(most, table.most), table.carried | found, table.given + len(found), new
            )
    return tables


def pick(match: Match, question: Question, table: Bare) -> Picked:
    """Return the cells of a row that matter for a question."""
    if match.rest is not None:
        return _of_line(match, question)
    if columns := match.of(question).get("entry", ()):
        return _headed(match, question, columns)
    return _left_over(match, question, table)


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


def _boxes(match: Match) -> list[Box]:
    """Return what stands in a row besides its name, its numbering and its ids."""
    return [
        box
        for box in match.row.filled
        if box is not match.name and not is_id(box.text) and box.text != match.number
    ]


def _left_over(match: Match, question: Question, table: Bare) -> Picked:
    boxes = [box for box in _boxes(match) if not _beside(box, question)]
    left, found = _without(boxes, question)
    if question.is_text:
        doubt = question.last_year is not None and not found and len(left) == 1 and bool(table.carried)  # fmt: skip
        return Picked(tuple(left), doubt=doubt)
    figures = [box for box in left if is_figure(box)]
    if not figures and table.alone:
        figures = [box for box in boxes if is_figure(box)]
    words = [box for box in left if box not in figures]
    if figures:
        doubt = not table.alone and table.doubtful(question, found)
        return Picked(tuple(figures), note=words[0] if words else None, doubt=doubt)
    return Picked(tuple(words))


def _beside(box: Box, question: Question) -> bool:
    """Tell whether a cell is the unit or the numbering of its row, or says that there was no text last year."""
    if question.is_text:
        return fold(box.text) in _NO_TEXT
    return is_unit(box.text) or _ORDINAL.fullmatch(box.text) is not None


def _without(boxes: Sequence[Box], question: Question) -> tuple[list[Box], frozenset[str]]:
    """Take away one cell each that shows the target and last year's value; return also which were found."""
    left, found = list(boxes), set()
    for part, shown in (("target", question.target), ("last", question.last_year)):
        box = next((b for b in left if shown and same_shown(b, shown, question.unit)), None)
        if box is not None:
            left.remove(box)
            found.add(part)
    return left, frozenset(found)


def is_figure(box: Box) -> bool:
    """Tell whether a cell holds a figure or says why there is none."""
    if box.number is not None or counting(box.text) is not None:
        return True
    return read_value(box.text).text is None if len(box.text) < 60 else False


def _of_line(match: Match, question: Question) -> Picked:
    """Return what follows a name on its line, and for a text the lines after it."""
    assert match.rest is not None
    rest, more = match.rest, match.more
    if question.is_text:
        parts = [box.words for box in (rest, *more) if box.text]
        return Picked((Box(1, Words.joined(parts, "\n")),) if parts else (rest,))
    if not rest.text and more and is_figure(more[0]):
        return Picked((more[0],))
    rest = match.figure or rest
    parts = rest.words.split(_BREAK)
    boxes = [Box(at, words) for at, words in enumerate(parts, 1) if words]
    if len(boxes) < 2 or not is_figure(boxes[0]):
        return Picked((rest,))
    left, found = _without([box for box in boxes if not is_unit(box.text)], question)
    figures = [box for box in left if is_figure(box)]
    doubt = len(figures) < sum(map(is_figure, boxes)) or len(figures) > 1
    given = {part for part, shown in (("target", question.target), ("last", question.last_year)) if shown}  # fmt: skip
    return Picked(tuple(figures), doubt=doubt and found != given)
