"""古い様式. What changed since a form was made, and what was overwritten on it: target, last year's value, unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sosei.core.inquiry import Answer, AnswerSheet, Notice, Question
from sosei.core.shown import read_lines
from sosei.core.text import clean, fold
from sosei.core.units import unit_of
from sosei.reading.answers.match import Match
from sosei.reading.answers.refusals import ChangedSince, StaleForm
from sosei.reading.answers.rows import Box
from sosei.reading.answers.witness import same_shown

_PARTS: Final = (
    ("target", "目標", "target"),
    ("last", "前年度の値", "last year's value"),
    ("unit", "単位", "unit"),
)
_EDITION: Final = 8


def is_stale(sheet: AnswerSheet, base: str | None) -> bool:
    """Tell whether a form was made from something else than the sheet; `base` may be the hash's first digits."""
    return base is not None and not sheet.base.startswith(base)


def changes(
    sheet: AnswerSheet, base: str | None, matches: Sequence[Match], answers: Mapping[str, Answer]
) -> list[Notice]:
    """Return what a person has to know of a form that is old or was written over."""
    found = [notice for match in matches for notice in _of_row(sheet, match)]
    if base is None or not is_stale(sheet, base):
        return found
    found += [
        notice
        for match in matches
        for notice in _of_answer(sheet, match, answers)
        if match.question
    ]
    count = len({notice.key for notice in found})
    error = StaleForm(theirs=base[:_EDITION], ours=sheet.base[:_EDITION], count=count)
    return [Notice.of(error), *found]


def _of_row(sheet: AnswerSheet, match: Match) -> Iterator[Notice]:
    """Compare what a row prints of its question with the question as it is now; text only where it is a figure's."""
    question = match.question
    if question is None or question.is_text:
        return
    now = {"target": question.target, "last": question.last_year, "unit": question.unit}
    for part, ja, en in _PARTS:
        box, ours = match.at(part), now[part]
        if box is None or not box.text or _agrees(part, box, ours, question):
            continue
        yield _notice(sheet, question, box, (ja, en), ours)


def _agrees(part: str, box: Box, ours: str | None, question: Question) -> bool:
    if part != "unit":
        return bool(ours) and same_shown(box, str(ours), question.unit)
    one, other = unit_of(box.text), unit_of(ours or "")
    return fold(box.text) == fold(ours or "") or (one is not None and one == other)


def _of_answer(sheet: AnswerSheet, match: Match, answers: Mapping[str, Answer]) -> Iterator[Notice]:
    """Say where the book holds another answer by now than the old form gives."""
    question = match.question
    answer = answers.get(question.key) if question else None
    if (
        question is None
        or answer is None
        or question.now is None
        or not _stamped_else(match, question)
    ):
        return
    box = Box(0, match.row.filled[0].words)
    if answer.text is not None:
        same = fold(answer.text) == fold(question.now)
    else:
        now = read_lines(question.now.split("\n"), unit=question.unit)
        same = answer.value is not None and (answer.value.number, answer.value.gap) == (now.number, now.gap)  # fmt: skip
    if not same:
        yield _notice(sheet, question, box, ("今年度の値", "value"), question.now, answer.raw)


def _stamped_else(match: Match, question: Question) -> bool:
    """Tell whether the row does not bear the question's present stamp."""
    return not question.stamp or all(box.text != question.stamp for box in match.row.filled)


def _notice(
    sheet: AnswerSheet, question: Question, box: Box, what: tuple[str, str], ours: str | None,
    theirs: str | None = None,
) -> Notice:  # fmt: skip
    error = ChangedSince(
        where=sheet.where(question), where_en=sheet.where(question, "en"), what=what[0], what_en=what[1],
        theirs=clean(theirs or box.text), ours=clean(ours) if ours else "－",
    )  # fmt: skip
    return Notice.of(error, key=question.key, raw=theirs or box.text, place=box.words.places)
