"""回答の読み取り. What a department sends back, by whatever file, becomes `Answers`: nothing guessed, nothing dropped.

The file is opened like any other; its rows are walked through once (`walk`), each is given its question (`settle`) by
the hidden id where that survives and by reading where not, and every question's rows become its answer (`gather`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sosei.core.inquiry import Answers, AnswerSheet, Notice
from sosei.reading.answers.gather import Gatherer
from sosei.reading.answers.marks import choose, marks_of
from sosei.reading.answers.match import Walked
from sosei.reading.answers.names import Names
from sosei.reading.answers.opinions import read_opinions
from sosei.reading.answers.refusals import IdsMoved, NotAnAnswer, OtherInquiry
from sosei.reading.answers.rows import opened, rows_of
from sosei.reading.answers.settle import Settled, settle
from sosei.reading.answers.stale import changes
from sosei.reading.answers.totals import check_totals
from sosei.reading.answers.walk import Walker
from sosei.reading.formats import file_name

__all__ = ["read_answers", "read_opinions"]


def read_answers(data: bytes, name: str, sheets: Sequence[AnswerSheet]) -> Answers:
    """Return what a file answers to the one of the sheets that it belongs to.

    Raises the errors under `Unreadable` (E2xx); NotAnAnswer, OtherInquiry, OtherYear and WhichSheet (E621 to E624).
    Everything else that a person has to look at is in the answers' notices, all at once.
    """
    rows = rows_of(opened(data, name))
    sheet, base = choose(file_name(name), rows, sheets)
    others = frozenset(marks_of(rows, [s.mark for s in sheets]).ids) - {sheet.mark}
    walked = Walker(sheet, Names(sheet)).walk(rows, others)
    if base is None and not (walked.matches or walked.projects or walked.totals):
        raise NotAnAnswer(name=file_name(name))
    settled = settle(sheet, walked.matches)
    gatherer = Gatherer(sheet, walked, settled)
    gatherer.gather()
    return _answers(sheet, base, walked, settled, gatherer)


def _answers(
    sheet: AnswerSheet, base: str | None, walked: Walked, settled: Settled, gatherer: Gatherer
) -> Answers:  # fmt: skip
    """Put everything together in the sheet's order."""
    answers = gatherer.answers
    named = {problem.key for problem in gatherer.problems}
    warnings = [
        *_about_file(sheet, walked, settled),
        *changes(sheet, base, walked.matches, answers),
        *gatherer.warnings,
        *check_totals(sheet, walked.totals, answers),
    ]
    return Answers(
        mark=sheet.mark, base=base, respondent=walked.respondent,
        answers=tuple(answers[q.key] for q in sheet.questions if q.key in answers),
        unanswered=tuple(q for q in sheet.questions if q.key not in answers and q.key not in named),
        not_understood=tuple(gatherer.problems), warnings=tuple(warnings),
    )  # fmt: skip


def _about_file(sheet: AnswerSheet, walked: Walked, settled: Settled) -> list[Notice]:
    """Return what is odd about the file as a whole."""
    found = []
    if settled.moved:
        found.append(Notice.of(IdsMoved(count=settled.moved)))
    if walked.strangers:
        theirs, theirs_en = (
            f"別の照会（{walked.strangers}行）",
            f"another inquiry ({walked.strangers} rows)",
        )
        error = OtherInquiry(
            theirs=theirs, theirs_en=theirs_en, ours=f"「{sheet.department}」", ours_en=f"“{sheet.department}”",
        )  # fmt: skip
        found.append(Notice.of(error))
    return found
