"""手掛かり. What on a row speaks for one question rather than another of the same name.

Its project, its numbering, its unit, the target and last year's value printed beside it: each of these may leave fewer
questions. Where two of them speak for different ones, nobody is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from sosei.core.figures import read_value
from sosei.core.inquiry import Question
from sosei.core.shown import read_lines
from sosei.core.text import fold
from sosei.core.units import unit_of
from sosei.reading.answers.match import Match
from sosei.reading.answers.rows import Box

Witness = Callable[[Match, Question], bool]


def _same_number(match: Match, question: Question) -> bool:
    return bool(match.number and question.number and fold(match.number) == fold(question.number))


def _same_unit(match: Match, question: Question) -> bool:
    unit = fold(question.unit or "")
    return bool(unit) and any(fold(box.text) == unit for box in _boxes(match, question, "unit"))


def _same_target(match: Match, question: Question) -> bool:
    return _shows(match, question, "target", question.target)


def _same_last(match: Match, question: Question) -> bool:
    return _shows(match, question, "last", question.last_year)


def _same_project(match: Match, question: Question) -> bool:
    return question.project in match.context


_PRINTED: Final[tuple[Witness, ...]] = (_same_number, _same_unit, _same_target, _same_last)


def _shows(match: Match, question: Question, part: str, shown: str | None) -> bool:
    if not shown:
        return False
    return any(same_shown(box, shown, question.unit) for box in _boxes(match, question, part))


def _boxes(match: Match, question: Question, part: str) -> list[Box]:
    """Return the box of a part where a heading says which, else every box but the name."""
    if match.of(question):
        box = match.at(part, question)
        return [box] if box is not None and box.text else []
    return [box for box in match.row.filled if box is not match.name]


def same_shown(box: Box, shown: str, unit: str | None) -> bool:
    """Tell whether a cell says what is shown of a figure or a text, be it in other digits."""
    if fold(box.text) == fold(shown):
        return True
    wanted = _number_of(shown, unit)
    return wanted is not None and wanted in (box.number, _number_of(box.text, unit))


@lru_cache(maxsize=8192)
def _number_of(shown: str, unit: str | None) -> Decimal | None:
    """Return the number that a cell shows in its question's unit; None for anything else or more."""
    value = (
        read_lines(shown.split("\n"), unit=unit) if "\n" in shown else read_value(shown, unit=unit)
    )
    if value.number is None or value.unit is None:
        return value.number
    ours, theirs = unit_of(unit or ""), unit_of(value.unit)
    if ours is None or theirs is None or ours.base != theirs.base:
        return None
    return value.number * theirs.scale / ours.scale


def narrowed(match: Match, questions: Sequence[Question], *, context: bool) -> tuple[Question, ...]:
    """Return the questions that all witnesses together leave; none where they contradict each other.

    `context`: whether the project above the row is believed.
    """
    if len(questions) < 2:
        return tuple(questions)
    left = {question.key for question in questions}
    for witness in (*_PRINTED, *((_same_project,) if context else ())):
        spoken = {question.key for question in questions if witness(match, question)}
        if spoken:
            left &= spoken
    return tuple(question for question in questions if question.key in left)


def misplaced(match: Match) -> bool:
    """Tell whether a row stands under a project that has no question of its name, though another has."""
    if not match.context or match.named is None or not match.named.exact:
        return False
    return not any(question.project in match.context for question in match.named.questions)
