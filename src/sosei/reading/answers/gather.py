"""取りまとめ. Every question's rows become its answer, or a notice that says why there is none."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sosei.core.errors import SoseiError
from sosei.core.gaps import Gap
from sosei.core.inquiry import Answer, AnswerSheet, Certainty, Notice, Question
from sosei.core.report import Places, Value
from sosei.core.text import clean, join_lines
from sosei.core.units import unit_of
from sosei.reading.answers.cells import Taken, take_figure, take_text
from sosei.reading.answers.expected import last_day, tells_when
from sosei.reading.answers.jumps import jump_of
from sosei.reading.answers.match import Match, Walked
from sosei.reading.answers.pick import Bare, Picked, bare_tables, is_figure, pick
from sosei.reading.answers.refusals import (
    EqualRows,
    NameDiffers,
    TakenAsCounting,
    TwoAnswers,
    UnknownRow,
)
from sosei.reading.answers.rows import Box
from sosei.reading.answers.settle import Settled, Why
from sosei.reading.formats.limits import MAX_NOTES

#: The serial numbers by which sheets store days of these years.
_SERIALS: Final = range(40000, 60000)
_DAY_ZERO: Final = date(1899, 12, 30)
_WHY: Final[dict[Why, tuple[str, str]]] = {
    "near": ("名前が少し違う", "its name differs a little"),
    "renamed": ("名前が変わっている", "its name was changed"),
    "order": ("同じ名前の項目と並び順だけで見分けた", "only the order tells it from its equals"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """回答の候補. What one row gives to a question."""

    match: Match
    box: Box | None
    taken: Taken
    note: str | None = None
    expected: str | None = None
    guessed: bool = False

    @property
    def said(self) -> bool:
        """Whether the row says anything."""
        return self.taken != Taken()

    def content(self) -> object:
        """Return what is said, without where."""
        value = self.taken.value
        bare = dataclasses.replace(value, raw=None, place=()) if value else None
        return bare, self.taken.text, self.taken.problem and self.taken.problem.raw


class Gatherer:
    """取りまとめ役. Gathers answers and notices; nothing is raised."""

    def __init__(self, sheet: AnswerSheet, walked: Walked, settled: Settled) -> None:
        """Keep what the walk found and how it was settled."""
        self.sheet, self.walked, self.settled = sheet, walked, settled
        self.answers: dict[str, Answer] = {}
        self.problems: list[Notice] = []
        self.warnings: list[Notice] = []
        self.bare = bare_tables(walked.matches)
        self.tables = {match.row.table for match in walked.matches}

    def gather(self) -> None:
        """Fill `answers`, `problems` and `warnings`."""
        rows: dict[str, list[Match]] = defaultdict(list)
        for match in self.walked.matches:
            if match.question is not None:
                rows[match.question.key].append(match)
        shared = self._shared()
        for question in self.sheet.questions:
            given = [self._given(match, question) for match in rows[question.key]]
            self._answer(question, [one for one in given if one.said], shared)
        for match, questions in self.settled.open:
            self._equal(match, questions)
        for match in self.walked.unnamed:
            self._unknown(match)
        self._cut()

    def _shared(self) -> dict[int, list[Question]]:
        """Return the merged cells that are the answer of several questions at once."""
        owners: dict[int, list[Question]] = defaultdict(list)
        for match in self.walked.matches:
            if match.question is not None and match.rest is None:
                for box in self._pick(match, match.question).entries:
                    if box.origin and box.text and match.question not in owners[box.origin]:
                        owners[box.origin].append(match.question)
        return {origin: asked for origin, asked in owners.items() if len(asked) > 1}

    def _pick(self, match: Match, question: Question) -> Picked:
        return pick(match, question, self.bare.get(match.row.table, Bare()))

    # -- one question -------------------------------------------------------------------------------------

    def _given(self, match: Match, question: Question) -> Given:
        picked = self._pick(match, question)
        if len(picked.entries) > 1:
            return self._several(match, question, picked)
        box = picked.entries[0] if picked.entries else None
        if picked.doubt and box is not None:
            return Given(match, box, Taken(problem=self._doubt(match, question, box)))
        if question.is_text:
            return Given(match, box, take_text(box))
        taken = take_figure(self.sheet, question, box, self._unit(match, question))
        expected, note = _words(picked.expected, day=True), _words(picked.note)
        if taken == Taken() and expected and tells_when(expected):
            value = Value(gap=Gap.COUNTING, expected=expected, place=_places(picked.expected))
            return Given(match, picked.expected, Taken(value=value), note, expected, guessed=True)
        return Given(match, box, taken, note, expected)

    def _doubt(self, match: Match, question: Question, box: Box) -> Notice:
        error = UnknownRow(name=clean(match.label), value=clean(box.text))
        return Notice.of(error, key=question.key, raw=box.text, place=box.words.places)

    def _unit(self, match: Match, question: Question) -> str | None:
        """Return the unit that the row, else the table, says its figures are in."""
        box = match.at("unit", question)
        if box is not None and unit_of(box.text) is not None:
            return box.text
        return match.unit if question.is_money else None

    def _several(self, match: Match, question: Question, picked: Picked) -> Given:
        box = picked.entries[0]
        values = "、".join(clean(entry.text) for entry in picked.entries)
        facts = {"where": self.sheet.where(question), "where_en": self.sheet.where(question, "en")}
        notice = Notice.of(
            TwoAnswers(**facts, values=values), key=question.key, raw=values,
            place=tuple(place for entry in picked.entries for place in entry.words.places),
        )  # fmt: skip
        return Given(match, box, Taken(problem=notice))

    def _answer(
        self, question: Question, given: list[Given], shared: Mapping[int, list[Question]]
    ) -> None:
        """Take what a question's rows agree on."""
        sure = [one for one in given if self._why(one.match) not in ("near", "order")]
        for one in given if sure else []:
            if one not in sure:
                self._unknown(one.match, one.box)
        given = sure or given
        if not given:
            return
        if len({one.content() for one in given}) > 1:
            self.problems.append(self._two(question, given))
            return
        one = given[0]
        if one.box is not None and one.box.origin in shared:
            self._equal(one.match, shared[one.box.origin], one.box, question.key)
        elif one.taken.problem is not None:
            self.problems.append(one.taken.problem)
        else:
            self._take(question, one)

    def _two(self, question: Question, given: Sequence[Given]) -> Notice:
        values = "、".join(dict.fromkeys(clean(one.box.text) for one in given if one.box))
        facts = {"where": self.sheet.where(question), "where_en": self.sheet.where(question, "en")}
        place = tuple(place for one in given for place in _places(one.box))
        return Notice.of(
            TwoAnswers(**facts, values=values), key=question.key, raw=values, place=place
        )

    def _take(self, question: Question, one: Given) -> None:
        assert one.box is not None
        value = one.taken.value
        if value is not None and one.expected and value.expected is None:
            value = dataclasses.replace(value, expected=one.expected)
        expected = value.expected if value else None
        why = self._why(one.match)
        self.answers[question.key] = Answer(
            key=question.key, question=question, value=value, text=one.taken.text, note=one.note,
            expected_on=last_day(expected, self.sheet.due_on) if expected else None,
            raw=one.box.text, place=_places(one.box),
            how="id" if why in ("id", "renamed") else "reading",
            certainty=self._certainty(one, question),
        )  # fmt: skip
        self.warnings.extend(one.taken.notices)
        self._warn(question, one, why)

    def _certainty(self, one: Given, question: Question) -> Certainty:
        why, match = self._why(one.match), one.match
        away = why == "name" and bool(match.context) and question.project not in match.context
        return "likely" if one.guessed or away or why in ("near", "order") else "sure"

    def _warn(self, question: Question, one: Given, why: Why) -> None:
        facts = {"where": self.sheet.where(question), "where_en": self.sheet.where(question, "en")}
        found: list[SoseiError] = []
        if why in _WHY:
            ja, en = _WHY[why]
            found.append(NameDiffers(name=clean(one.match.label), why=ja, why_en=en, **facts))
        if one.guessed:
            found.append(TakenAsCounting(text=one.expected, **facts))
        if one.taken.value is not None and (jump := jump_of(self.sheet, question, one.taken.value)):
            found.append(jump)
        raw, place = one.box.text if one.box else None, _places(one.box)
        self.warnings += [Notice.of(e, key=question.key, raw=raw, place=place) for e in found]

    def _why(self, match: Match) -> Why:
        return self.settled.why.get(match.row.index, "name")

    # -- what was not placed ------------------------------------------------------------------------------

    def _equal(
        self,
        match: Match,
        questions: Sequence[Question],
        box: Box | None = None,
        key: str | None = None,
    ) -> None:
        """Note a row that may answer several questions, if it says anything."""
        box = box or self._entry(match, questions[0])
        if box is None:
            return
        error = EqualRows(
            name=clean(match.label), value=clean(box.text),
            choices="、".join(self.sheet.where(question) for question in questions[:3]),
            choices_en=", ".join(self.sheet.where(question, "en") for question in questions[:3]),
        )  # fmt: skip
        self.problems.append(Notice.of(error, key=key, raw=box.text, place=box.words.places))

    def _unknown(self, match: Match, box: Box | None = None) -> None:
        """Note a row that says something and names no question."""
        box = box or self._stray(match)
        if box is not None:
            error = UnknownRow(name=clean(match.label), value=clean(box.text))
            self.problems.append(Notice.of(error, raw=box.text, place=box.words.places))

    def _cut(self) -> None:
        """Keep the first rows that answer nothing; where there are many, the file holds something else besides."""
        strays = [problem for problem in self.problems if problem.code == UnknownRow.code]
        if len(strays) > MAX_NOTES:
            gone = {id(problem) for problem in strays[MAX_NOTES:]}
            self.problems = [problem for problem in self.problems if id(problem) not in gone]
            error = UnknownRow(name=f"ほか{len(gone)}行", value="…")
            self.problems.append(Notice.of(error))

    def _entry(self, match: Match, question: Question) -> Box | None:
        picked = self._pick(match, question)
        return next((box for box in picked.entries if box.text), None)

    def _stray(self, match: Match) -> Box | None:
        """Return the value of a row without a name: what stands under the heading of the answers."""
        for column in match.parts.get("entry", ()):
            box = match.row.at(column)
            if box is not None and box.column == column and box.own and box.text:
                return box if len(match.row.filled) > 1 else None
        return self._stray_figure(match) if not match.parts else None

    def _stray_figure(self, match: Match) -> Box | None:
        """Return the one figure beside a word, in a table in which other rows answer."""
        boxes = match.row.filled
        if match.row.line or match.row.table not in self.tables or len(boxes) < 2:
            return None
        figures = [box for box in boxes[1:] if is_figure(box)]
        return figures[0] if len(figures) == 1 and not is_figure(boxes[0]) else None


def _words(box: Box | None, *, day: bool = False) -> str | None:
    """Return what a cell beside the answer says; a day that lost its format is made one again."""
    if box is None or not box.text:
        return None
    if day and box.number is not None and box.number in _SERIALS:
        when = _DAY_ZERO + timedelta(days=int(box.number))
        return f"{when.year}年{when.month}月{when.day}日"
    return join_lines(box.text) or None


def _places(box: Box | None) -> Places:
    return box.words.places if box is not None else ()
