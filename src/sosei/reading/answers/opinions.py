"""意見書の読み取り. What experts write on their sheets, by whatever file, becomes `Opinions`: nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, cast

from sosei.core.inquiry import Notice
from sosei.core.opinions import GivenOpinion, JudgedProject, Judgement, Opinions, OpinionSheet
from sosei.core.report import Places
from sosei.core.text import clean, fold
from sosei.reading.answers.cells import take_text
from sosei.reading.answers.judgement import UNCLEAR, judgement_of
from sosei.reading.answers.marks import check_year, marks_of
from sosei.reading.answers.opinionwalk import OpinionWalk, Said
from sosei.reading.answers.refusals import (
    NotAnAnswer,
    OtherInquiry,
    StaleForm,
    TwoAnswers,
    UnclearJudgement,
)
from sosei.reading.answers.rows import Box, Row, opened, rows_of
from sosei.reading.formats import file_name
from sosei.reading.grid import Words

_EDITION: Final = 8


def read_opinions(data: bytes, name: str, sheet: OpinionSheet) -> Opinions:
    """Return what a file says on an expert's sheet.

    Raises the errors under `Unreadable` (E2xx); NotAnAnswer, OtherInquiry and OtherYear (E621 to E623).
    """
    rows = rows_of(opened(data, name))
    marks = marks_of(rows, [sheet.mark])
    if marks.all and sheet.mark not in marks.all:
        raise _other(marks.all[0], sheet)
    if not marks.all:
        check_year(rows, sheet.fiscal_year)
    reader = OpinionWalk(sheet)
    reader.read(rows)
    if not reader.said and not reader.problems and not marks.all:
        raise NotAnAnswer(name=file_name(name))
    return _opinions(sheet, marks.stamps.get(sheet.mark) or None, rows, reader)


def _other(mark: str, sheet: OpinionSheet) -> OtherInquiry:
    return OtherInquiry(
        theirs=f"意見書番号{mark}", theirs_en=f"sheet no. {mark}",
        ours=f"「{sheet.title}」（{sheet.mark}）", ours_en=f"“{sheet.title}” ({sheet.mark})",
    )  # fmt: skip


def _opinions(
    sheet: OpinionSheet, base: str | None, rows: Sequence[Row], reader: OpinionWalk
) -> Opinions:
    given: list[GivenOpinion] = []
    problems = list(reader.problems)
    for key in (*(project.key for project in sheet.projects), None):
        if key not in reader.said:
            continue
        opinion, problem = _given(sheet, key, reader.said[key])
        given += [opinion] if opinion else []
        problems += [problem] if problem else []
    named = {opinion.key for opinion in given} | {problem.key for problem in problems}
    return Opinions(
        mark=sheet.mark, base=base, expert=reader.expert, opinions=tuple(given),
        unanswered=tuple(project for project in sheet.projects if project.key not in named),
        not_understood=tuple(problems), warnings=tuple(_warnings(sheet, base, rows, reader)),
    )  # fmt: skip


def _given(
    sheet: OpinionSheet, key: str | None, said: Said
) -> tuple[GivenOpinion | None, Notice | None]:
    """Return the opinion on one project, and what of it could not be told."""
    name = sheet.by_key[key].name if key else sheet.title
    place: Places = tuple(
        place for box in (*said.judged, *said.texts) for place in box.words.places
    )
    raw = "\n".join(box.text for box in (*said.judged, *said.texts) if box.text)
    chosen = {found for box in said.judged if (found := judgement_of(box.text)) is not None}
    text = take_text(Box(0, Words.joined([box.words for box in said.texts], "\n"))).text
    problem = None
    if UNCLEAR in chosen or len(chosen) > 1:
        shown = clean("、".join(box.text for box in said.judged))
        facts = {"where": f"「{name}」の評価", "where_en": f"the judgement of “{name}”"}
        error = UnclearJudgement(name=name, text=shown) if UNCLEAR in chosen else TwoAnswers(**facts, values=shown)  # fmt: skip
        problem = Notice.of(error, key=key, raw=shown, place=place)
    judgement = cast("Judgement | None", next(iter(chosen), None)) if problem is None else None
    if judgement is None and text is None:
        return None, problem
    opinion = GivenOpinion(
        key=key, judgement=judgement, text=text, raw=raw, place=place, how=said.how, certainty=said.certainty
    )  # fmt: skip
    return opinion, problem


def _warnings(
    sheet: OpinionSheet, base: str | None, rows: Sequence[Row], reader: OpinionWalk
) -> Iterator[Notice]:
    """Yield what may be wrong with the sheet as a whole: older facts, another expert's name."""
    if base and not sheet.base.startswith(base):
        printed = {fold(box.text) for row in rows for box in row.filled}
        count = sum(not _as_printed(project, printed) for project in sheet.projects)
        yield Notice.of(StaleForm(theirs=base[:_EDITION], ours=sheet.base[:_EDITION], count=count))
    if reader.expert and sheet.expert and fold(reader.expert) != fold(sheet.expert):
        error = OtherInquiry(
            theirs=f"「{reader.expert}」", theirs_en=f"“{reader.expert}”",
            ours=f"「{sheet.expert}」", ours_en=f"“{sheet.expert}”",
        )  # fmt: skip
        yield Notice.of(error, raw=reader.expert)


def _as_printed(project: JudgedProject, printed: set[str]) -> bool:
    """Tell whether all figures of a project still stand on the sheet as they are now."""
    shown = [text for one in project.indicators for text in (one.target, one.actual) if text]
    return all(any(fold(text) in words for words in printed) for text in shown)
