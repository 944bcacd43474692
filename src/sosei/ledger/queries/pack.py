"""議会資料の中身. Each indicator that missed its target, with all that the book knows of it and of last year's answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace

from sosei.core.report import Indicator, Project, Value
from sosei.core.shown import show_value
from sosei.journal.clock import today
from sosei.judging import judge
from sosei.judging.outcome import Rate, Refusal
from sosei.judging.verdict import IndicatorVerdict, ProjectVerdict
from sosei.ledger import models as m
from sosei.ledger.queries.opinions import OpinionRow, opinions_of, opinions_on
from sosei.ledger.queries.view import EntryKeys, value_of, view_of
from sosei.offices.models import Office
from sosei.publishing.assembly import Answered, Missed, Pack, YearRow
from sosei.publishing.opiniontable import Said

_STATES = {
    "waiting": "対応未記入", "open": "対応中", "late": "期限を過ぎて対応中", "done": "対応済み", "answered": "回答済み",
}  # fmt: skip


def state_name(state: str) -> str:
    """Return what the state of an opinion is called (`OpinionRow.state`)."""
    return _STATES[state]


def pack_of(volume: m.Volume) -> Pack:
    """Return the pack for the assembly, of the report as it is now; about 20 queries."""
    view = view_of(volume)
    verdicts = judge(view.report).projects
    parts = [
        (project, verdict, keys)
        for project, verdict, keys in zip(view.report.projects, verdicts, view.entries, strict=True)
        if project.kind == "result"
    ]
    every = [one for _, verdict, _ in parts for one in verdict.indicators]
    history = _history([keys for _, _, keys in parts])
    answers = _answers(volume, {keys.project for _, _, keys in parts})
    return Pack(
        title=str(view.report.title or volume.called()),
        body=_office(volume.body),
        year=volume.fiscal_year,
        made_on=today(),
        projects=len(parts),
        total=len(every),
        judged=sum(one.evaluable and not one.case.under_way for one in every),
        reached=sum(_reached(one) for one in every),
        missed=tuple(
            _missed(project, one, indicator, history[keys.lines[i].indicator], answers[keys.project])
            for project, verdict, keys in parts
            for i, (one, indicator) in enumerate(zip(verdict.indicators, project.indicators, strict=True))
            if _failed(one)
        ),
        open=tuple(row for project, verdict, _ in parts for row in _open(project, verdict)),
    )  # fmt: skip


def _office(body: str) -> str:
    office = Office.objects.filter(body=body, voided__isnull=True).first()
    return office.name if office else ""


def _reached(one: IndicatorVerdict) -> bool:
    outcome = one.case.outcome
    return not isinstance(outcome, Refusal) and outcome.reached


def _failed(one: IndicatorVerdict) -> bool:
    return one.evaluable and not _reached(one) and not one.case.under_way


def _open(project: Project, verdict: ProjectVerdict) -> Iterator[tuple[str, str, str]]:
    for one in verdict.indicators:
        name = str(one.name or "（名称なし）")
        if isinstance(one.case.outcome, Refusal):
            yield str(project.name or "（名称なし）"), name, one.case.outcome.sentence("ja")
        elif one.case.under_way:
            yield (
                str(project.name or "（名称なし）"),
                name,
                f"{one.case.due}年度の目標に対する途中の値です。",
            )


def _history(entries: Collection[EntryKeys]) -> dict[int, tuple[YearRow, ...]]:
    """Return every year that the book knows of the indicators, oldest first; 3 queries."""
    indicators = {line.indicator for keys in entries for line in keys.lines}
    lines = m.Line.objects.filter(pk__in=[line.line for keys in entries for line in keys.lines])
    units = dict(lines.values_list("indicator", "definition__unit"))
    points = m.Point.objects.filter(
        indicator__in=indicators, fiscal_year__isnull=False, voided__isnull=True
    ).order_by("fiscal_year", "ordinal")
    values = {
        (row.point_id, row.role): value_of(row)
        for row in m.Value.objects.filter(
            point__in=points, until__isnull=True, voided__isnull=True
        )
    }  # fmt: skip
    found: dict[int, list[YearRow]] = defaultdict(list)
    for point in points:
        target, actual = values.get((point.pk, "target")), values.get((point.pk, "actual"))
        if target or actual:
            unit = units.get(point.indicator_id)
            year = point.fiscal_year or 0
            found[point.indicator_id].append(
                YearRow(year=year, target=_shown(target, unit), actual=_shown(actual, unit))
            )
    return defaultdict(tuple, {indicator: tuple(rows) for indicator, rows in found.items()})


def _shown(value: Value | None, unit: str | None) -> str | None:
    return "、".join(show_value(value, unit=unit)) if value else None


def _answers(volume: m.Volume, projects: Collection[int]) -> dict[int, tuple[Answered, ...]]:
    """Return what was said and answered of projects in the volume before this one; 2 queries."""
    before = m.ProjectYear.objects.filter(
        body=volume.body, project__in=list(projects), volume__fiscal_year__lt=volume.fiscal_year,
        volume__series=volume.series, voided__isnull=True,
    ).order_by("volume__fiscal_year")  # fmt: skip
    latest = dict(before.values_list("project", "pk"))
    said = opinions_on(latest.values())
    return defaultdict(
        tuple,
        {project: tuple(map(_answered, said[entry])) for project, entry in latest.items()},
    )


def _answered(row: OpinionRow) -> Answered:
    return Answered(
        year=row.fiscal_year,
        expert=row.expert,
        opinion=row.text or row.judged or "",
        response=row.response,
        state=state_name(row.state) + (f"：{row.done_note}" if row.done_note else ""),
    )


def _missed(
    project: Project,
    one: IndicatorVerdict,
    indicator: Indicator,
    history: tuple[YearRow, ...],
    answers: tuple[Answered, ...],
) -> Missed:
    said, case = project.verification, one.case
    rates = {
        each.fiscal_year: each.outcome.shown()
        for each in (*one.earlier, case)
        if isinstance(each.outcome, Rate)
    }
    words = {
        name: str(getattr(said, name)) if said and getattr(said, name) else None
        for name in ("obstacle", "countermeasure", "next_policy", "next_policy_reason")
    }
    return Missed(
        project=str(project.name or "（名称なし）"),
        departments=tuple(map(str, project.departments)),
        name=str(indicator.name or "（名称なし）"),
        unit=indicator.unit,
        target=_shown(case.point.target, indicator.unit),
        actual=_shown(case.actual, indicator.unit),
        rate=rates.get(case.fiscal_year),
        definition=str(indicator.definition) if indicator.definition else None,
        statistic=str(indicator.statistic) if indicator.statistic else None,
        baseline=_shown(indicator.baseline, indicator.unit),
        history=tuple(replace(row, rate=rates.get(row.year)) for row in history),
        answers=answers,
        **words,
    )


def said_of(volume: int) -> tuple[Said, ...]:
    """Return the opinions of a volume as the page 意見と対応 takes them."""
    return tuple(
        Said(
            project=row.project, expert=row.expert, sector=row.sector_name, judgement=row.judged_short,
            opinion=row.text, response=row.response, department=row.department_name,
            due=row.response_due, state=state_name(row.state),
        )
        for row in opinions_of(volume)
    )  # fmt: skip
