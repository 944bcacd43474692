"""回答を報告書の形に. The answers of a file as a report beside the book's: only what was answered, each in the place it was asked about."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sosei.core.inquiry import Answer, Answers, AnswerSheet, Notice
from sosei.core.report import (
    Indicator,
    MoneyUnit,
    Project,
    Report,
    Said,
    Source,
    Spending,
    Verification,
)
from sosei.core.text import join_lines
from sosei.ledger.incoming import Aside, Incoming
from sosei.ledger.objections import NoGapInMoney
from sosei.ledger.queries.questions import Thing
from sosei.ledger.queries.view import EntryKeys, View


@dataclass(slots=True)
class _Gathered:
    """What the answers give, as it is put together."""

    projects: list[Project] = field(default_factory=list)
    decided: dict[str, str | None] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    refused: list[Notice] = field(default_factory=list)


def incoming_answers(
    view: View, sheet: AnswerSheet, things: Mapping[str, Thing], answers: Answers, source: Source
) -> Incoming:
    """Return a file's answers as what they propose for the book. `view`: the book as it is; `things`: rows by question."""
    by_entry: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers.answers:
        if answer.key in things:
            by_entry[things[answer.key].entry].append(answer)
    found = _Gathered()
    for keys, project in zip(view.entries, view.report.projects, strict=True):
        if keys.entry in by_entry:
            _project(found, keys, project, by_entry[keys.entry], things)
    return Incoming(
        report=Report(projects=tuple(found.projects), sources=(source,)),
        decided=found.decided,
        asides=_asides(answers, found.paths),
        was={path: answers.by_key[key].question.now or "" for key, path in found.paths.items()},
        notices=tuple(_notices(answers, found.paths)),
        not_understood=(*answers.not_understood, *found.refused),
        unanswered=tuple(sheet.where(question) for question in answers.unanswered),
        respondent=answers.respondent,
    )


def source_of(data: bytes, name: str, form: str) -> Source:
    """Return a file as the source of what is read from it."""
    return Source(id="s1", name=name, sha256=hashlib.sha256(data).hexdigest(), format=form)


def _asides(answers: Answers, paths: Mapping[str, str]) -> dict[str, Aside]:
    return {
        paths[answer.key]: Aside(note=answer.note, expected_on=answer.expected_on)
        for answer in answers.answers
        if answer.key in paths and (answer.note or answer.expected_on)
    }


def _notices(answers: Answers, paths: Mapping[str, str]) -> list[tuple[str, Notice]]:
    return [(paths.get(notice.key or "", ""), notice) for notice in answers.warnings]


def _project(
    found: _Gathered,
    keys: EntryKeys,
    project: Project,
    answers: Sequence[Answer],
    things: Mapping[str, Thing],
) -> None:
    path = f"/projects/{len(found.projects)}"
    lines, money, texts = _sorted(answers, things)
    indicators = _indicators(found, path, keys, project, lines)
    spending = _spending(found, path, keys, project, money)
    said = {str(things[answer.key].field): answer for answer in texts if answer.text}
    verification, activities = _texts(found, path, said)
    if not (indicators or spending or verification or activities):
        return
    found.decided[path] = f"entry:{keys.entry}"
    found.projects.append(
        Project(
            kind=project.kind,
            name=project.name,
            indicators=indicators,
            spending=spending,
            verification=verification,
            activities=activities,
        )
    )


Points = dict[tuple[int, str], Answer]


def _sorted(
    answers: Sequence[Answer], things: Mapping[str, Thing]
) -> tuple[dict[int, Points], dict[int, Answer], list[Answer]]:
    """Return the answers about figures by line and point, about money by its row, and the texts."""
    lines: dict[int, Points] = defaultdict(dict)
    money: dict[int, Answer] = {}
    texts: list[Answer] = []
    for answer in answers:
        thing = things[answer.key]
        if thing.line is not None and thing.point is not None:
            lines[thing.line][thing.point, thing.role] = answer
        elif thing.spending is not None:
            money[thing.spending] = answer
        else:
            texts.append(answer)
    return lines, money, texts


def _indicators(
    found: _Gathered, path: str, keys: EntryKeys, project: Project, lines: Mapping[int, Points]
) -> tuple[Indicator, ...]:
    """Return the indicators that were answered, with all their years, so that each year finds its own."""
    made: list[Indicator] = []
    for line, indicator in zip(keys.lines, project.indicators, strict=True):
        points = lines.get(line.line)
        if not points:
            continue
        at = f"{path}/indicators/{len(made)}"
        found.decided[at] = f"line:{line.line}"
        years = [
            replace(year, target=None, actual=None, cumulative_actual=None, rate=None, rating=None)
            for year in indicator.years
        ]
        for (point, role), answer in points.items():
            n = line.points.index(point)
            years[n] = replace(years[n], **{role: answer.value})  # type: ignore[arg-type]
            found.paths[answer.key] = f"{at}/years/{n}/{role}"
        unit = next(iter(points.values())).question.unit
        made.append(Indicator(name=indicator.name, unit=unit, years=tuple(years)))
    return tuple(made)


def _spending(
    found: _Gathered, path: str, keys: EntryKeys, project: Project, money: Mapping[int, Answer]
) -> tuple[Spending, ...]:
    made: list[Spending] = []
    for pk, line in zip(keys.spending, project.spending, strict=True):
        answer = money.get(pk)
        if answer is None or answer.value is None:
            continue
        if answer.yen is None:
            found.refused.append(_no_amount(answer))
            continue
        at = f"{path}/spending/{len(made)}"
        found.decided[at] = f"spending:{pk}"
        found.paths[answer.key] = f"{at}/yen"
        unit = cast(MoneyUnit, answer.question.unit)
        made.append(replace(line, yen=answer.yen, unit=unit, raw=answer.raw, place=answer.place))
    return tuple(made)


def _no_amount(answer: Answer) -> Notice:
    what = answer.question.indicator or answer.question.label or ""
    error = NoGapInMoney(what=what, text=answer.raw)
    return Notice.of(error, key=answer.key, raw=answer.raw, place=answer.place)


def _texts(
    found: _Gathered, path: str, said: Mapping[str, Answer]
) -> tuple[Verification | None, tuple[Said, ...]]:
    words: dict[str, Said] = {}
    activities: tuple[Said, ...] = ()
    for name, answer in said.items():
        owner, _, attribute = name.partition(".")
        if owner == "Verification":
            words[attribute] = _said(answer, str(answer.text))
            found.paths[answer.key] = f"{path}/verification/{attribute}"
        else:
            activities = tuple(_said(answer, one) for one in str(answer.text).split("\n"))
            found.paths[answer.key] = f"{path}/{attribute}/0"
    return Verification(**words) if words else None, activities  # type: ignore[arg-type]


def _said(answer: Answer, text: str) -> Said:
    plain = join_lines(text)
    return Said(text=plain, raw=answer.raw if answer.raw != plain else None, place=answer.place)
