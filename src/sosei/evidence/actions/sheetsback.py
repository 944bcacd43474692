"""返った調査票の見立て. What each sheet that came back would do to its survey: new, overwriting, the same, or wrong and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from json import dumps
from typing import Any, Final, Literal

from sosei.core.errors import SoseiError
from sosei.core.fiscal import FiscalYear
from sosei.evidence import models as m
from sosei.evidence.actions.found import merged_into
from sosei.evidence.codec import CONTENT, Row, record_of, row_of
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.entries import Record
from sosei.evidence.measures.model import Literal_
from sosei.evidence.sheets.refusals import NothingSaid
from sosei.evidence.sheets.surveysheet import Identity, items_of
from sosei.evidence.sheets.surveysheet_reading import Returned, answer
from sosei.evidence.sheets.surveysheet_refusals import (
    AnsweredTwice,
    IdentityAltered,
    NotAsked,
    OtherSurvey,
    SeveralAnswers,
)
from sosei.evidence.stored import kind
from sosei.evidence.surveysheets import known

State = Literal["new", "changed", "same", "wrong"]
#: Characters of a file's name in the place of an entry.
_NAME: Final = 64
_WHOM: Final = CONTENT.index("subject_id")
_AT: Final = CONTENT.index("at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """直すところ. Of which file, where in it, in which question; what is wrong and what to do.

    `whom`, `subject`: whose answer the file is, where that is known.
    """

    file: str
    ja: str
    en: str
    code: str
    at: str = ""
    column: str = ""
    column_en: str = ""
    whom: str = ""
    subject: int | None = None

    def sentence(self, lang: str = "ja") -> str:
        """Return what is wrong, where, and what to do."""
        return self.en if lang == "en" else self.ja


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """返った調査票. `whom`: the name on it; `entry`: of the answer that it overwrites; `was`, `now`: what that says, and would say.

    `cells`: where each value stands.

    `older`: it is of an earlier version of the definition; `note`: what is written to the office.
    """

    file: str
    sha256: str
    whom: str
    state: State
    subject: int | None = None
    entry: int | None = None
    content: int | None = None
    was: Record | None = None
    now: Record | None = None
    draft: Draft | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    older: bool = False
    note: str = ""
    troubles: tuple[Trouble, ...] = ()

    @property
    def before(self) -> Mapping[str, Literal_]:
        """Return what stands."""
        return self.was.values if self.was else {}

    def told(self) -> dict[str, Any]:
        """Return where its values stand, as the batch keeps it."""
        return {"sha256": self.sha256, "cells": dict(self.cells)}

    def wrong(self, *troubles: Trouble) -> Back:
        """Return it as one that is not entered."""
        own = (replace(one, whom=self.whom, subject=self.subject) for one in troubles)
        return replace(self, state="wrong", draft=None, troubles=(*self.troubles, *own))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the register says of the year: whom it asks, who answered; who became whom by merging."""

    row: m.Register
    year: int
    kind: RegisterKind
    asked: frozenset[int]
    answers: Mapping[int, list[tuple[int, Row]]]
    merged: Mapping[int, int]


def judged(
    row: m.Register, year: int, reads: Sequence[tuple[Returned, str]], asked: frozenset[int]
) -> tuple[Back, ...]:
    """Return what each sheet would do to a survey's year; what is wrong stands in each. `asked`: whom it asks."""
    standing = _standing(row, year, reads, asked)
    return _each_once([_judged(standing, found, digest) for found, digest in reads])


def mark_of(row: m.Register, year: int, sheets: Sequence[Back]) -> str:
    """Return the mark of what would be done: the files, the definition, what is overwritten."""
    each = [[one.file, one.sha256, one.subject, one.entry, one.content, one.state == "wrong"] for one in sheets]  # fmt: skip
    return sha256(dumps([row.pk, row.stamp, year, each]).encode()).hexdigest()


def _standing(
    row: m.Register, year: int, reads: Sequence[tuple[Returned, str]], asked: frozenset[int]
) -> _Standing:
    merged = merged_into([found.identity.subject for found, _ in reads])
    whom = {merged.get(found.identity.subject, found.identity.subject) for found, _ in reads}
    own = m.Entry.objects.filter(m.entries.CURRENT, register=row, year=year, subject__in=whom)
    answers: dict[int, list[tuple[int, Row]]] = {}
    for content, *said in own.order_by("number").values_list("pk", *CONTENT):
        answers.setdefault(said[_WHOM], []).append((content, tuple(said)))
    return _Standing(row, year, kind(row), asked, answers, merged)


def _judged(standing: _Standing, found: Returned, digest: str) -> Back:
    """Return what one sheet would do; who it is of comes before what it says."""
    of = found.identity
    back = Back(file=found.file, sha256=digest, whom=found.whom, state="wrong", note=found.note)
    refusal = _not_ours(standing, found)
    if refusal is not None:
        return back.wrong(_trouble(found.file, found.at, refusal))
    subject = standing.merged.get(of.subject, of.subject)
    answers = standing.answers.get(subject, [])
    back = replace(back, subject=subject, older=of.version != standing.row.stamp)
    if subject not in standing.asked:
        return back.wrong(_trouble(found.file, found.at, NotAsked(name=found.file, whom=found.whom)))  # fmt: skip
    if len(answers) > 1:
        return back.wrong(_trouble(found.file, found.at, SeveralAnswers(whom=found.whom, n=len(answers))))  # fmt: skip
    return _answered(standing, back, found, answers[0] if answers else None)


def _not_ours(standing: _Standing, found: Returned) -> SoseiError | None:
    """Return why a sheet is none of this survey's year: changed by somebody, or another one."""
    of, row = found.identity, standing.row
    if not known(of, body=row.body, whom=found.whom):
        return IdentityAltered(at=found.at, whom=found.whom or "－")
    if (of.register, of.year) == (row.pk, standing.year):
        return None
    ja, en = _survey_named(row.body, of)
    return OtherSurvey(name=found.file, what=ja, what_en=en)


def _survey_named(body: str, of: Identity) -> tuple[str, str]:
    row = m.Register.objects.filter(body=body, pk=of.register).first()
    name = row.called() if row else "－"
    name_en = str(row.definition.get("en", name)) if row else "－"
    return f"{FiscalYear(of.year)}「{name}」", f"“{name_en}” of FY{of.year}"


def _answered(
    standing: _Standing, back: Back, found: Returned, stands: tuple[int, Row] | None
) -> Back:
    """Return a sheet of ours with what it answers."""
    said = answer(found, items_of(standing.kind))
    troubles = [
        _trouble(found.file, one.at, one.refusal, standing.kind, one.column)
        for one in said.problems
    ]
    if not said.values and not troubles:
        troubles.append(_nothing(standing, found))
    back = replace(back, cells=said.cells)
    if stands is not None:
        was = record_of(stands[1], standing.kind)
        back = replace(back, entry=was.id, content=stands[0], was=was)
    if troubles:
        return back.wrong(*troubles)
    kept = {key: back.before[key] for key in said.lacking if key in back.before}
    draft = Draft(
        entry=back.entry, subject=back.subject, year=standing.year, values={**kept, **said.values},
        at=_place(_named(standing, back), said.cells),
    )  # fmt: skip
    return _compared(standing, replace(back, draft=draft), stands[1] if stands else None)


def _compared(standing: _Standing, back: Back, stands: Row | None) -> Back:
    """Return a sheet with what would stand then; what is enciphered cannot be compared, and counts as changed."""
    draft = back.draft
    assert draft is not None
    number = back.entry or -(back.subject or 0)
    row = row_of(number, back.subject, draft, standing.kind)
    back = replace(back, now=record_of(row, standing.kind))
    if stands is None:
        return replace(back, state="new")
    says = draft.values.keys() & standing.kind.personal
    same = row[:_AT] == stands[:_AT] and not says
    return replace(back, state="same" if same else "changed")


def _nothing(standing: _Standing, found: Returned) -> Trouble:
    first = items_of(standing.kind)[0]
    refusal = NothingSaid(at=found.sheet, column=first.ja, column_en=first.en)
    return _trouble(found.file, found.sheet, refusal, standing.kind, first.key)


def _named(standing: _Standing, back: Back) -> str:
    """Return how a file is called in the book: among persons its name may be somebody's, and would stay for ever."""
    return f"*{back.sha256[:8]}.xlsx" if standing.kind.holds_persons else back.file


def _place(file: str, cells: Mapping[str, str]) -> str:
    """Return where an answer stands: its file, and the first of its cells."""
    return f"{file[:_NAME]} {next(iter(cells.values()), '')}".strip()


def _trouble(
    file: str, at: str, refusal: SoseiError, of: RegisterKind | None = None, key: str | None = None
) -> Trouble:
    column = next((one for one in items_of(of) if one.key == key), None) if of else None
    return Trouble(
        file=file, at=at, ja=refusal.sentence("ja"), en=refusal.sentence("en"), code=refusal.code,
        column=column.ja if column else "", column_en=column.en if column else "",
    )  # fmt: skip


def _each_once(sheets: Sequence[Back]) -> tuple[Back, ...]:
    """Return sheets of which several of one respondent are refused, unless they say the same: then the first counts."""
    by: dict[int | None, list[Back]] = {}
    for one in sheets:
        if one.draft is not None:
            by.setdefault(one.subject, []).append(one)
    return tuple(_once(one, by.get(one.subject, [])) if one.draft else one for one in sheets)


def _once(one: Back, all_of: Sequence[Back]) -> Back:
    values = [other.draft.values for other in all_of if other.draft is not None]
    if any(said != values[0] for said in values):
        first = next(other.file for other in all_of if other is not one)
        return one.wrong(_trouble(one.file, "", AnsweredTwice(whom=one.whom, first=first)))
    return one if one is all_of[0] else replace(one, state="same", draft=None)
