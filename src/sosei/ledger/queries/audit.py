"""監査の手がかり. What an auditor asks of a year: locks that were lifted, figures without a file behind them, what was accepted, undone, asked.

Each row names the line of the journal by which it happened, so that the auditor goes on from there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sosei.core.codec import loads
from sosei.core.shown import show_value
from sosei.journal.models import Entry
from sosei.ledger import models as m
from sosei.ledger.corrections import Correction, corrections_of
from sosei.ledger.queries.deeds import Deed, as_deeds, deeds_of
from sosei.ledger.queries.facts import behind
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.recorded import Recorded, recorded
from sosei.ledger.queries.view import report_of, value_of
from sosei.ledger.refusals import NoSuchThing


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """期限付きの解除. `ended`: before its time; `deeds`: what was done to the entry while it was lifted."""

    entry: int
    name: str
    since: datetime
    until: datetime
    ended: datetime | None
    reason: str
    by: str
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbacked:
    """文書のない値. A figure in force that somebody typed, with no file behind it."""

    entry: int
    line: int
    project: str
    indicator: str
    year: int | None
    shown: str
    recorded: Recorded | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """了承した指摘."""

    entry: int | None
    name: str
    rule: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """反映しなかった取込み. A file that was refused or undone, why, when; `state`: refused, undone."""

    batch: int
    file: str
    department: str | None
    state: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """監査の頁."""

    volume: int
    fiscal_year: int
    lifted: tuple[Lifted, ...]
    unbacked: tuple[Unbacked, ...]
    accepted: tuple[Accepted, ...]
    dropped: tuple[Dropped, ...]
    entries: tuple[tuple[int, str], ...]


def audit_page(body: str, volume: int) -> AuditPage:
    """Return what an auditor looks at first in a year's book; some 22 queries. Raises NoSuchThing."""
    row = volume_in(body, volume)
    return AuditPage(
        volume=row.pk,
        fiscal_year=row.fiscal_year,
        lifted=lifted_in(row),
        unbacked=unbacked_in(row),
        accepted=accepted_in(row),
        dropped=dropped_in(row),
        entries=_entries(body, volume),
    )


def entries_in(body: str, volume: int) -> tuple[tuple[int, str], ...]:
    """Return the projects of a volume: number and name; 2 queries. Raises NoSuchThing."""
    return _entries(body, volume_in(body, volume).pk)


def _entries(body: str, volume: int) -> tuple[tuple[int, str], ...]:
    rows = m.ProjectYear.objects.filter(body=body, volume=volume, voided__isnull=True)
    return tuple((row.pk, row.called()) for row in rows.order_by("position", "pk"))


# -- locks that were lifted -------------------------------------------------------------------------------------------


def lifted_in(volume: m.Volume) -> tuple[Lifted, ...]:
    """Return the exemptions of a volume, also those that are over, with what was done under each; 6 queries."""
    rows = list(
        m.Exemption.objects.filter(entry__volume=volume)
        .select_related("entry", "granted_by").order_by("pk")
    )  # fmt: skip
    if not rows:
        return ()
    made = recorded(rows)
    deeds = deeds_of(
        volume.body, {row.entry_id for row in rows},
        after=min(made[row.pk].seq or 0 for row in rows),
        before=max(row.voided or row.until for row in rows),
        without=("lock.lift", "lock.restore"),
    )  # fmt: skip
    return tuple(
        Lifted(
            entry=row.entry_id, name=row.entry.called(), since=made[row.pk].at, until=row.until,
            ended=row.voided, reason=row.reason, by=row.granted_by.name,
            deeds=tuple(
                deed
                for deed in deeds[row.entry_id]
                if deed.seq > (made[row.pk].seq or 0) and deed.at < (row.voided or row.until)
            ),
        )
        for row in rows
    )  # fmt: skip


# -- figures without a file -------------------------------------------------------------------------------------------


def unbacked_in(volume: m.Volume) -> tuple[Unbacked, ...]:
    """Return the actuals of a volume's year that nothing but somebody's typing stands behind; 8 queries."""
    shown = list(
        m.Shown.objects.filter(
            line__entry__volume=volume, line__voided__isnull=True, voided__isnull=True,
            line__entry__voided__isnull=True, point__fiscal_year=volume.fiscal_year,
        )
        .select_related("line__entry", "line__definition", "point")
        .order_by("line__entry__position", "line__position", "position")
    )  # fmt: skip
    values = {
        row.point_id: row
        for row in m.Value.objects.filter(
            point__in=[one.point_id for one in shown], role="actual", number__isnull=False,
            until__isnull=True, voided__isnull=True,
        )
        if not behind(row)
    }  # fmt: skip
    by_whom = recorded(list(values.values()))
    return tuple(
        _unbacked(one, values[one.point_id], by_whom) for one in shown if one.point_id in values
    )


def _unbacked(one: m.Shown, value: m.Value, by_whom: dict[int, Recorded]) -> Unbacked:
    core = value_of(value)
    unit = one.line.definition.unit or ""
    return Unbacked(
        entry=one.line.entry_id, line=one.line_id, project=one.line.entry.called(),
        indicator=one.line.definition.called(), year=one.point.fiscal_year,
        shown=f"{show_value(core, unit=unit)[0]}{unit}" if core else "",
        recorded=by_whom.get(value.pk),
    )  # fmt: skip


# -- findings accepted, files dropped ---------------------------------------------------------------------------------


def accepted_in(volume: m.Volume) -> tuple[Accepted, ...]:
    """Return the findings that were accepted as they are; 1 query."""
    rows = m.Waiver.objects.filter(volume=volume, voided__isnull=True)
    return tuple(
        Accepted(
            entry=row.entry_id, name=row.entry.called() if row.entry else "", rule=row.rule,
            reason=row.reason, by=row.person.name, at=row.since,
        )
        for row in rows.select_related("entry", "person").order_by("pk")
    )  # fmt: skip


def dropped_in(volume: m.Volume) -> tuple[Dropped, ...]:
    """Return the files that were refused, or undone after they had been applied; 3 queries."""
    rows = list(
        m.Batch.objects.filter(volume=volume, state__in=["refused", "undone"], voided__isnull=True)
        .defer("difference").select_related("document", "part__department").order_by("pk")
    )  # fmt: skip
    ends = _ends(volume.body, rows)
    return tuple(
        Dropped(
            batch=row.pk, file=row.document.name if row.document else "",
            department=row.part.department.name if row.part else None, state=row.state,
            reason=row.reason or "", by=ends.get(row.pk, ""), at=row.since,
        )
        for row in rows
    )  # fmt: skip


def _ends(body: str, rows: list[m.Batch]) -> dict[int, str]:
    """Return who refused or undid each."""
    subjects = {f"ledger.batch:{row.pk}": row.pk for row in rows}
    lines = Entry.objects.filter(
        body=body, subject__in=subjects, verb__in=["batch.refuse", "batch.undo"]
    )
    said = list(lines.defer("rows").order_by("seq"))
    return {
        subjects[line.subject]: deed.by for line, deed in zip(said, as_deeds(said), strict=True)
    }


# -- what was asked, what was decided upon ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAbout:
    """照会の経緯. An inquiry that asked for a figure, of whom, by when; `files`: what came back and was applied."""

    inquiry: int
    title: str
    number: str | None
    department: str
    sent_on: date
    due_on: date
    answered_on: date | None
    files: tuple[str, ...]


def asked_about(body: str, line: int) -> tuple[AskedAbout, ...]:
    """Return the inquiries that asked for an indicator's figures of an entry; 2 queries."""
    parts = m.InquiryPart.objects.filter(
        body=body, owed__line=line, owed__voided__isnull=True, voided__isnull=True
    )
    rows = list(parts.select_related("inquiry", "department", "asked_as").distinct().order_by("pk"))
    files: dict[int, list[str]] = defaultdict(list)
    for batch in m.Batch.objects.filter(
        part__in=rows, state="applied", document__isnull=False, voided__isnull=True
    ).select_related("document").order_by("pk"):  # fmt: skip
        files[batch.part_id or 0].append(batch.document.name if batch.document else "")
    return tuple(
        AskedAbout(
            inquiry=row.inquiry_id, title=row.inquiry.title, number=row.inquiry.number,
            department=(row.asked_as or row.department).name, sent_on=row.inquiry.sent_on,
            due_on=row.due_on or row.inquiry.due_on, answered_on=row.answered_on,
            files=tuple(files[row.pk]),
        )
        for row in rows
    )  # fmt: skip


def changed_since_decision(body: str, edition: int) -> tuple[Correction, ...]:
    """Return what an edition says otherwise than the papers on which the decision before it was taken.

    Raises NoSuchThing where there is no such edition, or no decision before it.
    """
    row = m.Edition.objects.select_related("volume").filter(body=body, pk=edition).first()
    paper = (
        m.Paper.objects.filter(
            volume=row.volume, decided_on__lte=row.published_on, voided__isnull=True
        )
        .select_related("document").order_by("-decided_on", "-pk").first()
        if row
        else None
    )  # fmt: skip
    if row is None or paper is None:
        raise NoSuchThing(what="決裁を受けて公表した版")
    return corrections_of(report_of(row.volume, paper.document.since), loads(row.report))
