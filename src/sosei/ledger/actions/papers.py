"""決裁資料. The papers for the decision: the report as PDF with its hash; number and date come from outside.

The legal decision is taken under the city's own rules; what is recorded here is which papers it was taken on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from sosei.core.errors import Stale
from sosei.core.report import Report
from sosei.journal.acts import Act, act
from sosei.journal.clock import now, today
from sosei.ledger import models as m
from sosei.ledger.actions.documents import keep
from sosei.ledger.actions.reach import held_volume, volume_of
from sosei.ledger.actions.signoff import Who, step, volume_may
from sosei.ledger.flow import move_named, stage_name
from sosei.ledger.halts import (
    BadDecisionDay,
    NoPapers,
    NotAllAccepted,
    NothingToReport,
    PapersOutdated,
)
from sosei.ledger.queries.fingerprint import fingerprint
from sosei.ledger.queries.papers import newest_paper
from sosei.ledger.queries.view import report_of
from sosei.offices.models import Person
from sosei.offices.permissions import require
from sosei.publishing import Imprint, publish


@dataclass(frozen=True, slots=True)
class _Made:
    """A PDF in hand, and the hash of the report it shows."""

    pdf: bytes
    sha256: str


def submit_for_decision(*, by: Person, volume: int, reason: str = "") -> m.Paper:
    """決裁に出す. Make the papers and put the volume before the decision; every result must be accepted.

    Raises NotAllowed, WrongStage, NotAllAccepted (all of them), Stale (the book changed meanwhile), NoSuchThing.
    """
    how = move_named("volume", "submit")
    held = require(by, how.verb)
    row = volume_of(by, volume)
    volume_may(how, row)
    all_accepted(row, list(_entries(row)))
    made = _made(row)
    with act(how.act, body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        entries = list(_entries(row).select_for_update().order_by("pk"))
        row = held_volume(by, volume)
        volume_may(how, row)
        all_accepted(row, entries)
        paper = _keep(w, row, made)
        step(w, how, row, Who(by, held), to=str(how.to), reason=reason)
    return paper


def renew_papers(*, by: Person, volume: int) -> m.Paper:
    """決裁資料を作り直す. Make the papers anew while the volume is before the decision, or being corrected.

    Raises NotAllowed, NoPapers (at another stage), Stale, NoSuchThing.
    """
    require(by, "volume.decide")
    row = volume_of(by, volume)
    _open_for_papers(row)
    made = _made(row)
    with act("volume.papers", body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        row = held_volume(by, volume)
        _open_for_papers(row)
        return _keep(w, row, made)


def record_decision(
    *, by: Person, volume: int, number: str, decided_on: date, reason: str = ""
) -> m.Paper:
    """決裁を記録する. Write number and date of the decision on the newest papers; the volume goes on to decided.

    While it is being corrected the stage stays. Where the book changed after the papers were made, a reason is
    needed. Raises NotAllowed, NoPapers, NotAllAccepted (a project added since), BadDecisionDay, PapersOutdated,
    NoSuchThing.
    """
    how = move_named("volume", "decide")
    held = require(by, how.verb)
    with act(how.act, body=by.body, by=by.pk, subject=f"ledger.volume:{volume}") as w:
        row = held_volume(by, volume)
        if row.stage != "correcting":
            volume_may(how, row)
        paper = newest_paper(row)
        if paper is None or paper.decided_on is not None:
            raise _no_papers(row)
        if row.stage != "correcting":
            all_accepted(row, list(_entries(row)))
        _fits(paper, number, decided_on)
        if not reason.strip() and paper.report_sha256 != fingerprint(report_of(row)):
            raise PapersOutdated(what=row.called())
        w.change(paper, decision_number=number.strip(), decided_on=decided_on)
        if row.stage != "correcting":
            step(w, how, row, Who(by, held), to=str(how.to), reason=reason)
    return paper


def _fits(paper: m.Paper, number: str, day: date) -> None:
    """Refuse a decision without a number, before its papers, or in the future."""
    first = timezone.localtime(paper.since).date()
    if not number.strip() or not first <= day <= today():
        raise BadDecisionDay(first=first.isoformat(), last=today().isoformat())


def _no_papers(row: m.Volume) -> NoPapers:
    now, now_en = stage_name(row.stage), stage_name(row.stage, "en")
    return NoPapers(what=row.called(), stage=now, stage_en=now_en)


def _open_for_papers(row: m.Volume) -> None:
    if row.stage not in {"deciding", "correcting"}:
        raise _no_papers(row)


def _entries(row: m.Volume) -> QuerySet[m.ProjectYear]:
    return m.ProjectYear.objects.filter(volume=row, kind="result", voided__isnull=True)


def all_accepted(row: m.Volume, entries: list[m.ProjectYear]) -> None:
    """Refuse where an entry is not accepted, naming each. Raises NotAllAccepted, NothingToReport."""
    if not entries:
        raise NothingToReport(what=row.called())
    short = sorted((e for e in entries if e.stage != "accepted"), key=lambda e: (e.position, e.pk))
    if short:
        raise NotAllAccepted([(e.pk, e.called(), e.stage) for e in short], row.called())


def _made(row: m.Volume) -> _Made:
    """Make the PDF of the report as it is now, marked as papers for the decision."""
    report = report_of(row)
    sha = fingerprint(report)
    pdf = publish(report, "pdf", imprint=_imprint(report, sha))
    assert isinstance(pdf, bytes)
    return _Made(pdf, sha)


def _imprint(report: Report, sha: str) -> Imprint:
    made = timezone.localtime(now())
    day = f"{made.year}年{made.month}月{made.day}日"
    return Imprint(
        mark=f"決裁資料　{day}作成",
        lines=(f"決裁資料（{day}作成）。作成時点の報告書のSHA-256：{sha}",),
    )


def _keep(w: Act, row: m.Volume, made: _Made) -> m.Paper:
    """Keep the papers; refuse where the book changed while they were being made."""
    if fingerprint(report_of(row)) != made.sha256:
        raise Stale(what=row.called())
    name = f"決裁資料_{row.called()}.pdf"
    document = keep(w, name, made.pdf, "pdf", "paper", row)
    w.facts |= {"pdf": document.sha256, "report": made.sha256}
    return w.add(m.Paper(volume=row, document=document, report_sha256=made.sha256))
