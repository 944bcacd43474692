"""何を照会するか. What a volume still needs, by the department that knows it: the questions of an inquiry before it is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sosei.core.inquiry import AskedProject, Question
from sosei.core.report import Project
from sosei.ledger import models as m
from sosei.ledger.queries.questions import (
    USUAL,
    Before,
    NothingBefore,
    Questions,
    Thing,
    asked_project,
)
from sosei.ledger.queries.rows import Rows
from sosei.ledger.queries.view import EntryKeys, keys_of, project_of
from sosei.ledger.queries.yearrows import WORDS, year_rows
from sosei.offices.models import Department


@dataclass(frozen=True, kw_only=True)
class Asked:
    """一課への照会. What one department would be asked. `things`: by the key of the question."""

    department: int
    code: str
    name: str
    projects: tuple[AskedProject, ...]
    questions: tuple[Question, ...]
    things: Mapping[str, Thing]

    def count(self, role: str) -> int:
        """Return how many figures, amounts or texts are asked."""
        roles = {"figure": {"actual", "cumulative_actual", "target"}}.get(role, {role})
        return sum(question.role in roles for question in self.questions)

    @property
    def figures(self) -> int:
        """How many figures are asked."""
        return self.count("figure")

    @property
    def amounts(self) -> int:
        """How many amounts are asked."""
        return self.count("spending")

    @property
    def texts(self) -> int:
        """How many texts are asked."""
        return self.count("text")


@dataclass(frozen=True, kw_only=True)
class Asking:
    """照会の案. Per department in the order of their codes; `nobody`: projects that name no department of the office."""

    fiscal_year: int
    parts: tuple[Asked, ...]
    nobody: tuple[str, ...] = ()


def asking_of(
    volume: m.Volume, kinds: Collection[str] = USUAL, *, counting: bool = False
) -> Asking:
    """Return what there is to ask of each department in charge of a volume's entries; 12 queries.

    `counting`: only how much it is; last year's figures are left out (9 queries).
    """
    rows = year_rows(volume, WORDS)
    indicators = [line.indicator_id for several in rows.lines.values() for line in several]
    before = NothingBefore(volume) if counting else Before(volume, indicators)
    found = _Found(rows, frozenset(kinds), before)
    departments = Department.objects.in_bulk(list(found.by))
    parts = [
        Asked(
            department=pk,
            code=departments[pk].code,
            name=departments[pk].name,
            projects=tuple({p.key: p for p, _, _ in asked}.values()),
            questions=tuple(question for _, question, _ in asked),
            things={question.key: thing for _, question, thing in asked},
        )
        for pk, asked in found.by.items()
    ]
    return Asking(
        fiscal_year=volume.fiscal_year,
        parts=tuple(sorted(parts, key=lambda part: part.code)),
        nobody=tuple(dict.fromkeys(found.nobody)),
    )


class _Found:
    """What was found to ask, by department."""

    def __init__(self, rows: Rows, kinds: frozenset[str], before: Before) -> None:
        self.make = Questions(kinds, before, rows.volume.fiscal_year)
        self.by: dict[int, list[tuple[AskedProject, Question, Thing]]] = defaultdict(list)
        self.nobody: list[str] = []
        for entry in rows.entries:
            if entry.kind != "plan":
                self._entry(keys_of(rows, entry), project_of(rows, entry))

    def _entry(self, keys: EntryKeys, project: Project) -> None:
        asked = asked_project(keys.entry, project)
        first = keys.departments[0] if keys.departments else None
        for line, indicator in zip(keys.lines, project.indicators, strict=True):
            for question, thing in self.make.figures(keys, line, indicator, asked):
                self._ask(line.owed_by or first, asked, question, thing)
        for question, thing in (
            *self.make.money(keys, project, asked),
            *self.make.texts(keys, project, asked),
        ):
            self._ask(first, asked, question, thing)

    def _ask(
        self, department: int | None, asked: AskedProject, question: Question, thing: Thing
    ) -> None:
        if department is None:
            self.nobody.append(asked.name)
        else:
            self.by[department].append((asked, question, thing))
