"""照会と回答. What one department is asked, and what its answer says: shared by the paper's writer and its reader.

A `Question` is one cell to be filled: a figure of an indicator, an amount, or a passage of text. An `AnswerSheet` is
all that one department is asked in one inquiry. `Answers` is what came back, by whatever file, nothing guessed:
each answer with its place and how its question was found, what was left blank, and what a person has to look at.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from json import dumps
from typing import Final, Literal, cast

from sosei.core.errors import SoseiError
from sosei.core.fields import Lang
from sosei.core.fields import label as field_label
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.money import SCALES
from sosei.core.report import MoneyUnit, Places, Value
from sosei.core.shown import read_lines
from sosei.core.standing import Standing, standing_of

Role = Literal["actual", "cumulative_actual", "target", "spending", "text"]
How = Literal["id", "reading"]
Certainty = Literal["sure", "likely"]

#: What a mark, a key of a project and a key of a question are made of: it survives paper, mail and Excel.
MARK: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
_SUFFIX: Final[dict[Lang, dict[str, str]]] = {
    "ja": {"cumulative_actual": "（累計）", "target": "（目標値）"},
    "en": {"cumulative_actual": " (cumulative)", "target": " (target)"},
}


def _check_mark(name: str, text: str) -> None:
    """Refuse a mark that would not survive; a defect of the caller, so ValueError."""
    if not MARK.fullmatch(text):
        raise ValueError(f"{name} is no mark: {text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProject:
    """照会する事業. A project on the sheet; `key` is short and unique in the sheet."""

    key: str
    name: str
    number: str | None = None
    grant: str | None = None

    def __post_init__(self) -> None:
        """Refuse a key that would not survive, and a project without a name."""
        _check_mark("AskedProject.key", self.key)
        if not self.name.strip():
            raise ValueError(f"AskedProject.name is empty: {self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """照会項目. One cell to be filled.

    `key`: its hidden id, unique in the sheet. `project`: the `AskedProject.key`. `indicator`: the indicator's name, or
    the line of money (業務委託). `label`: what tells it from others of that name (5年目), and the name of a text.
    `field`: of a text, "Class.field" of the report (Verification.obstacle); its name is used where `label` is None.
    `target` (a budget, for money), `last_year` and `now` are shown as in a report: for a text, last year's words and
    what stands in the book now. `choices`: words to choose from. `stamp`: what it was made from, to tell a stale copy.
    """

    key: str
    project: str
    role: Role
    indicator: str | None = None
    number: str | None = None
    unit: str | None = None
    fiscal_year: int | None = None
    label: str | None = None
    field: str | None = None
    target: str | None = None
    last_year: str | None = None
    now: str | None = None
    choices: tuple[str, ...] = ()
    note: str | None = None
    stamp: str | None = None

    def __post_init__(self) -> None:
        """Refuse a key that would not survive, and a question without a name."""
        _check_mark("Question.key", self.key)
        if not (self.indicator or self.label or self.field):
            raise ValueError(f"Question without a name: {self.key}")

    @property
    def is_text(self) -> bool:
        """Whether words are asked for, not a figure."""
        return self.role == "text"

    @property
    def is_money(self) -> bool:
        """Whether the unit is one of money."""
        return self.unit in SCALES

    @property
    def standing(self) -> Standing:
        """How it stood in the book when it was asked."""
        if self.now is None:
            return "open"
        if self.is_text or self.role == "spending":
            return "filled"
        value = read_lines(self.now.split("\n"), unit=self.unit)
        return standing_of(value.gap, value.state)


@dataclass(frozen=True, kw_only=True)
class AnswerSheet:
    """照会様式. What one department is asked in one inquiry.

    `mark`: the inquiry's number for this department, printed and hidden in the paper. `office`: who asks (企画課).
    `contact`: lines of who answers questions. `base`: hash of what the sheet was made from (`base_of`), by which a
    stale copy is known. `letter`: the body of the letter, None for the usual wording. `number`: 文書番号.
    """

    mark: str
    body: str
    office: str
    department: str
    fiscal_year: int
    title: str
    due_on: date
    contact: str
    projects: tuple[AskedProject, ...]
    questions: tuple[Question, ...]
    base: str
    letter: str | None = None
    number: str | None = None
    sent_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse doubled keys and questions of no project: defects of the caller."""
        _check_mark("AnswerSheet.mark", self.mark)
        keys = [project.key for project in self.projects]
        asked = [question.key for question in self.questions]
        if len(set(keys)) < len(keys) or len(set(asked)) < len(asked):
            raise ValueError(f"AnswerSheet with a key twice: {self.mark}")
        if lost := {question.project for question in self.questions} - set(keys):
            raise ValueError(f"AnswerSheet with questions of no project: {sorted(lost)}")

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        """The questions by their key."""
        return {question.key: question for question in self.questions}

    @cached_property
    def project_by_key(self) -> Mapping[str, AskedProject]:
        """The projects by their key."""
        return {project.key: project for project in self.projects}

    @cached_property
    def standings(self) -> Counter[Standing]:
        """How many questions stood how in the book when the sheet was made."""
        return Counter(question.standing for question in self.questions)

    def of(self, project: AskedProject) -> tuple[Question, ...]:
        """Return the questions of a project, in order."""
        return tuple(q for q in self.questions if q.project == project.key)

    def called(self, question: Question, lang: Lang = "ja") -> str:
        """Return the words that name a question on paper: the indicator, and what is unusual about it.

        >>> from datetime import date
        >>> asked = Question(key="q1", project="p1", role="cumulative_actual", indicator="移住者数", fiscal_year=2021)
        >>> AnswerSheet(
        ...     mark="R3-1", body="見本市", office="企画課", department="農政課", fiscal_year=2021, title="照会",
        ...     due_on=date(2022, 6, 24), contact="", projects=(AskedProject(key="p1", name="移住"),),
        ...     questions=(asked,), base="",
        ... ).called(asked)
        '移住者数（累計）'
        """
        if question.is_text:
            return question.label or question.indicator or field_label(str(question.field), lang)
        name = question.indicator or question.label or field_label(str(question.field), lang)
        name += _SUFFIX[lang].get(question.role, "")
        if question.label and question.indicator:
            return name + (f"（{question.label}）" if lang == "ja" else f" ({question.label})")
        year = question.fiscal_year
        if year is None or year == self.fiscal_year or year not in RANGE:
            return name
        return name + (f"（{FiscalYear(year)}）" if lang == "ja" else f" (FY{year})")

    def where(self, question: Question, lang: Lang = "ja") -> str:
        """Return the words that name a question among all of the sheet: 「事業」の「指標」."""
        project, name = self.project_by_key[question.project].name, self.called(question, lang)
        return f"「{project}」の「{name}」" if lang == "ja" else f"“{name}” of “{project}”"


def base_of(projects: tuple[AskedProject, ...], questions: tuple[Question, ...]) -> str:
    """Return the hash of what a sheet is made from, in hexadecimal."""
    said = [[asdict(part) for part in parts] for parts in (projects, questions)]
    return hashlib.sha256(dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """お知らせ. Something that a person has to look at: code, sentence, of which question, where."""

    code: str
    ja: str
    en: str
    key: str | None = None
    raw: str | None = None
    place: Places = ()

    @classmethod
    def of(
        cls,
        error: SoseiError,
        *,
        key: str | None = None,
        raw: str | None = None,
        place: Places = (),
    ) -> Notice:
        """Return what an error says, of a question and at a place."""
        ja, en = error.sentence("ja"), error.sentence("en")
        return cls(code=error.code, ja=ja, en=en, key=key, raw=raw, place=place)

    def sentence(self, lang: Lang = "ja") -> str:
        """Return the sentence."""
        return self.en if lang == "en" else self.ja


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """回答. What was answered to one question: a `value` (figure or gap) in the question's unit, or `text`.

    `text` keeps its lines (line breaks between them), each clean. `note`: 備考. `expected_on`: the last day that the words of
    `value.expected` can mean, where they name one. `how`: whether the hidden id survived, or names were read.
    """

    key: str
    question: Question
    value: Value | None = None
    text: str | None = None
    note: str | None = None
    expected_on: date | None = None
    raw: str
    place: Places = ()
    how: How = "id"
    certainty: Certainty = "sure"

    @property
    def yen(self) -> int | None:
        """The whole yen of an amount; None for a gap, for what is no money, and for a part of a yen."""
        if self.value is None or self.value.number is None or not self.question.is_money:
            return None
        yen = self.value.number * SCALES[cast(MoneyUnit, self.question.unit)]
        return int(yen) if yen == yen.to_integral_value() else None

    @property
    def number(self) -> Decimal | None:
        """The figure, None for a gap or a text."""
        return self.value.number if self.value else None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """回答の全体. All that one file answers. `base` is the file's own (or its first digits), None where it does not say.

    `respondent`: who filled it in, as written.

    A question stands in exactly one of `answers` and `unanswered`, or is named by a notice of `not_understood`, which
    also holds what belongs to no question. `warnings` are about answers that were read and may still be wrong.
    """

    mark: str
    base: str | None = None
    respondent: str | None = None
    answers: tuple[Answer, ...] = ()
    unanswered: tuple[Question, ...] = ()
    not_understood: tuple[Notice, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Answer]:
        """The answers by the key of their question."""
        return {answer.key: answer for answer in self.answers}
