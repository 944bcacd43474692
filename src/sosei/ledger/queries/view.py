"""見え方. The `Report` that the ledger gives for a volume, now or as of a moment, and which row each part of it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sosei.core.gaps import Gap
from sosei.core.report import Body as CoreBody
from sosei.core.report import (
    Indicator,
    PeriodSaid,
    Project,
    Report,
    Said,
    Source,
    Unread,
    Year,
    YearPoint,
)
from sosei.core.report import Spending as CoreSpending
from sosei.core.report import Value as CoreValue
from sosei.core.report import Verification as CoreVerification
from sosei.ledger import models as m
from sosei.ledger.queries.rows import Rows, rows_of
from sosei.ledger.traces import body_of, ext_of, place_of, places, raw_of, said

_SAID_OF_VERIFICATION = (
    "grade", "expert_judgement", "expert_opinion", "obstacle", "countermeasure", "next_policy",
    "next_policy_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineKeys:
    """An indicator's rows: its line, the indicator, the definition; its points and what shows them, in order."""

    line: int
    indicator: int
    definition: int
    owed_by: int | None
    points: tuple[int, ...]
    shown: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EntryKeys:
    """A project's rows: its entry (with its stamp and stage), the project, its lines, spending, departments."""

    entry: int
    project: int
    stamp: int
    stage: str
    lines: tuple[LineKeys, ...]
    spending: tuple[int, ...]
    departments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """見え方. `entries` lies beside `report.projects`, item by item."""

    report: Report
    volume: int
    fiscal_year: int
    stage: str
    entries: tuple[EntryKeys, ...]


def report_of(volume: m.Volume, at: datetime | None = None) -> Report:
    """Return a volume's report, now or as of a moment."""
    return view_of(volume, at).report


def view_of(
    volume: m.Volume, at: datetime | None = None, *, entries: tuple[int, ...] | None = None
) -> View:
    """Return a volume's report and the rows behind it (of some entries alone where they are named); 12 queries."""
    rows = rows_of(volume, at, entries=entries)
    then = rows.volume
    report = Report(
        title=said(then, "title"),
        chapter=said(then, "chapter"),
        bodies=tuple(body_of(kept) for kept in then.bodies),
        fiscal_year=_year(then),
        sources=tuple(Source(**kept) for kept in then.sources),
        unread=tuple(
            Unread(code=kept["code"], raw=kept["raw"], place=places(kept.get("place")))
            for kept in then.unread
        ),
        ext=ext_of(then.ext),
        projects=tuple(project_of(rows, entry) for entry in rows.entries),
    )
    return View(
        report, then.pk, then.fiscal_year, then.stage, tuple(keys_of(rows, e) for e in rows.entries)
    )


def keys_of(rows: Rows, entry: m.ProjectYear) -> EntryKeys:
    """Return which rows an entry's project is made of."""
    return EntryKeys(
        entry=entry.pk,
        project=entry.project_id,
        stamp=entry.stamp,
        stage=entry.stage,
        lines=tuple(
            LineKeys(
                line=line.pk,
                indicator=line.indicator_id,
                definition=line.definition_id,
                owed_by=line.owed_by_id,
                points=tuple(shown.point_id for shown in rows.shown.get(line.pk, [])),
                shown=tuple(shown.pk for shown in rows.shown.get(line.pk, [])),
            )
            for line in rows.lines.get(entry.pk, [])
        ),
        spending=tuple(line.pk for line in rows.spending.get(entry.pk, [])),
        departments=tuple(
            charge.department_id
            for charge in rows.charges.get(entry.pk, [])
            if charge.department_id is not None
        ),
    )


def _year(row: Any) -> Year | None:
    if row.said_year is None:
        return None
    name = "fiscal_year"
    return Year(
        year=row.said_year,
        basis=row.said_basis,
        raw=raw_of(row.trace, name),
        place=place_of(row.trace, name),
    )


def _passages(rows: Rows, entry: int, part: str) -> tuple[Said, ...]:
    return tuple(_words(p) for p in rows.passages.get(entry, []) if p.part == part)


def _words(row: Any) -> Said:
    return Said(text=row.text, raw=raw_of(row.trace, "text"), place=place_of(row.trace, "text"))


def project_of(rows: Rows, entry: m.ProjectYear) -> Project:
    """Return an entry as a project of a report."""
    key = entry.pk
    return Project(
        kind=entry.kind,  # type: ignore[arg-type]
        id=entry.said_id,
        number=entry.number,
        group=_passages(rows, key, "group"),
        grant=said(entry, "grant"),
        grant_type=said(entry, "grant_type"),
        name=said(entry, "name"),
        departments=tuple(_words(charge) for charge in rows.charges.get(key, [])),
        bodies=tuple(_member(row) for row in rows.members.get(key, [])),
        period=_period(entry),
        fiscal_year=_year(entry),
        activities=_passages(rows, key, "activity"),
        spending=tuple(_spending(row) for row in rows.spending.get(key, [])),
        verification=_verification(rows.verifications.get(key, [])),
        indicators=tuple(_indicator(rows, line) for line in rows.lines.get(key, [])),
        remarks=_passages(rows, key, "remark"),
        place=place_of(entry.trace, ""),
        ext=ext_of(entry.ext),
    )


def _member(row: m.Member) -> CoreBody:
    return CoreBody(
        name=row.name,
        code=row.member_code,
        basis=row.basis,
        place=place_of(row.trace, ""),
    )


def _period(entry: m.ProjectYear) -> PeriodSaid | None:
    if entry.period_raw is None:
        return None
    return PeriodSaid(
        raw=entry.period_raw,
        first=entry.period_first,
        last=entry.period_last,
        place=place_of(entry.trace, "period"),
    )


def _spending(row: m.Spending) -> CoreSpending:
    return CoreSpending(
        label=said(row, "label"),
        yen=row.yen,
        number=row.number,
        kind=row.kind,
        role=row.role,
        fiscal_year=row.fiscal_year,
        fund=said(row, "fund"),
        shared_by=row.shared_by,
        unit=row.unit,
        note=said(row, "note"),
        raw=raw_of(row.trace, ""),
        place=place_of(row.trace, ""),
    )


def _verification(rows: list[m.Verification]) -> CoreVerification | None:
    if not rows:
        return None
    row = rows[0]
    made = CoreVerification(
        body=said_as(row, "verifier", "body"),
        date=row.date,
        scales={
            name: Said(text=kept["text"], raw=kept.get("raw"), place=places(kept.get("place")))
            for name, kept in row.scales
        },
        **{name: said(row, name) for name in _SAID_OF_VERIFICATION},
    )
    return None if made == CoreVerification() else made


def said_as(row: Any, column: str, name: str) -> Said | None:
    """Return a column's words whose trace stands under the contract's name for them."""
    text = getattr(row, column)
    if text is None:
        return None
    return Said(text=text, raw=raw_of(row.trace, name), place=place_of(row.trace, name))


def _indicator(rows: Rows, line: m.Line) -> Indicator:
    d = rows.definitions[line.definition_id]
    return Indicator(
        name=said(d, "name"),
        years=tuple(_point(rows, shown) for shown in rows.shown.get(line.pk, [])),
        id=line.said_id,
        number=line.number,
        parent=said(line, "parent"),
        unit=d.unit,
        definition=said(d, "definition"),
        statistic=said(d, "statistic"),
        type=d.type,
        direction=d.direction,
        expression=d.expression,
        year_type=d.year_type,
        count_kind=d.count_kind,
        baseline=value_of(rows.of_definitions.get((d.pk, "baseline"))),
        baseline_year=d.baseline_year,
        increase_total=value_of(rows.of_definitions.get((d.pk, "increase_total"))),
        rating=said(line, "rating"),
        note=said(line, "note"),
        place=place_of(line.trace, ""),
        ext=ext_of(line.ext),
    )


def _point(rows: Rows, shown: m.Shown) -> YearPoint:
    point = rows.points[shown.point_id]
    return YearPoint(
        fiscal_year=None if shown.implied else point.fiscal_year,
        label=point.label,
        due=point.due,
        target=value_of(rows.values.get((point.pk, "target"))),
        actual=value_of(rows.values.get((point.pk, "actual"))),
        cumulative_actual=value_of(rows.values.get((point.pk, "cumulative_actual"))),
        rate=said(shown, "rate"),
        rating=said(shown, "rating"),
    )


def value_of(row: m.Value | None) -> CoreValue | None:
    """Return a row's value as the contract has it. A counted one is always in its indicator's own unit, and names none."""
    if row is None:
        return None
    return CoreValue(
        number=row.number,
        gap=Gap(row.gap) if row.gap else None,
        text=row.text,
        op=row.op,
        unit=None if row.origin == "counted" else row.unit,
        state=row.state,
        as_of=row.as_of,
        expected=row.expected,
        sure=row.sure,
        raw=raw_of(row.trace, ""),
        place=place_of(row.trace, ""),
    )
