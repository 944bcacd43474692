"""事業の記載の入力の元. What the forms of one entry begin with, and the weights by which a stale form is known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sosei.core.fields import Lang
from sosei.core.schemes import Scheme
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.queries.entry import scheme_of
from sosei.ledger.queries.entryshown import MemberShown
from sosei.ledger.queries.facts import home_year
from sosei.ledger.queries.weights import money_weight, weight
from sosei.offices.models import Department


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentLine:
    """経費の一行. As it is written; `yen` in whole yen."""

    spending: int
    number: str | None
    label: str | None
    yen: int | None
    unit: str | None
    kind: str | None
    role: str | None
    source: str | None
    eligible: bool | None
    year: int | None
    fund: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryEdit:
    """入力の元. `seen`, `money_seen`, `verification_seen`: what a form must still find when it is saved.

    `departments`: those in charge; `unnamed`: charges that name no department of the office, with their words.
    """

    entry: int
    project: int
    volume: int
    fiscal_year: int
    home: int
    name: str
    stage: str
    scheme: Scheme | None
    words: dict[str, str | None]
    activities: tuple[str, ...]
    remarks: tuple[str, ...]
    departments: tuple[int, ...]
    unnamed: tuple[tuple[int, str], ...]
    members: tuple[MemberShown, ...]
    spending: tuple[SpentLine, ...]
    verification: dict[str, str | None]
    seen: int
    money_seen: int
    verification_seen: int
    rests_since: int | None = None
    rest_reason: str | None = None
    period: tuple[int, int] | None = None


def entry_edit_of(body: str, entry: int) -> EntryEdit:
    """Return what the forms of an entry begin with. Raises ProjectYear.DoesNotExist. 7 queries."""
    row = m.ProjectYear.objects.select_related("volume", "project", "verification").get(
        pk=entry, body=body, voided__isnull=True
    )
    passages = list(
        m.Passage.objects.filter(entry=row, voided__isnull=True).order_by("position", "pk")
    )
    said, charges = _verification(row), _charges(row)
    return EntryEdit(
        entry=row.pk,
        project=row.project_id,
        volume=row.volume_id,
        fiscal_year=row.volume.fiscal_year,
        home=home_year(row),
        name=row.called(),
        stage=row.stage,
        scheme=scheme_of(row),
        words={
            "name": row.name,
            "number": row.number,
            "grant": row.grant,
            "grant_type": row.grant_type,
            "period": row.period_raw,
        },
        activities=tuple(p.text for p in passages if p.part == "activity"),
        remarks=tuple(p.text for p in passages if p.part == "remark"),
        departments=tuple(c.department_id for c in charges if c.department_id is not None),
        unnamed=tuple((c.pk, c.text) for c in charges if c.department_id is None),
        members=_members(row),
        spending=_spending(row),
        verification={name: getattr(said, name) if said else None for name in _SAID},
        seen=weight(row.pk),
        money_seen=money_weight(row.pk),
        verification_seen=said.stamp if said else 0,
        rests_since=row.project.rests_since,
        rest_reason=row.project.rest_reason,
        period=_period(row),
    )


def _charges(row: m.ProjectYear) -> list[m.Charge]:
    rows = m.Charge.objects.filter(entry=row, voided__isnull=True)
    return list(rows.order_by("position", "pk"))


def _members(row: m.ProjectYear) -> tuple[MemberShown, ...]:
    rows = m.Member.objects.filter(entry=row, voided__isnull=True).order_by("position", "pk")
    return tuple(
        MemberShown(name=each.name, code=each.member_code, lead=each.lead, yen=each.yen)
        for each in rows
    )


def _spending(row: m.ProjectYear) -> tuple[SpentLine, ...]:
    rows = m.Spending.objects.filter(entry=row, voided__isnull=True).order_by("position", "pk")
    return tuple(
        SpentLine(
            spending=each.pk,
            number=each.number,
            label=each.label,
            yen=each.yen,
            unit=each.unit,
            kind=each.kind,
            role=each.role,
            source=each.source,
            eligible=each.eligible,
            year=each.fiscal_year,
            fund=each.fund,
            note=each.note,
        )
        for each in rows
    )


_SAID = (
    "verifier", "date", "obstacle", "countermeasure", "next_policy", "next_policy_reason",
    "expert_judgement", "expert_opinion",
)  # fmt: skip


def _verification(row: m.ProjectYear) -> m.Verification | None:
    """Return the verification in force."""
    found: m.Verification | None = getattr(row, "verification", None)
    return found if found is not None and found.voided is None else None


def _period(row: m.ProjectYear) -> tuple[int, int] | None:
    if row.period_first is None or row.period_last is None:
        return None
    return row.period_first, row.period_last


def departments_offered(
    body: str, also: Collection[int | None] = (), lang: Lang = "ja"
) -> list[tuple[int, str]]:
    """Return the departments that stand today, as choices, and those that are chosen (`also`), ended or not. One query."""
    day = today()
    rows = Department.objects.filter(body=body).order_by("code", "first_day")
    stand = {row.pk for row in rows if row.voided is None and row.stands_on(day)}
    ended = "（廃止）" if lang == "ja" else " (closed)"
    return [
        (row.pk, row.name if row.pk in stand else f"{row.name}{ended}")
        for row in rows
        if row.pk in stand or row.pk in also
    ]
