"""取込みの状況. The list of what came in, and one of them as a difference: project by project, what to look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from sosei.core.inquiry import Notice
from sosei.core.report import Report
from sosei.ledger import models as m
from sosei.ledger.beside import beside
from sosei.ledger.incoming import Incoming, incoming_of
from sosei.ledger.queries.batchable import BatchMay, may_with
from sosei.ledger.queries.changes import ChangeGroup, groups_of
from sosei.ledger.queries.inquiries import counts_of, with_counts
from sosei.ledger.queries.recorded import first_written
from sosei.ledger.readings import reading_of
from sosei.ledger.refusals import NoSuchThing
from sosei.offices.models import Person

#: What a batch's state is called.
STATES: Final = {
    "proposed": ("確認待ち", "to be looked at"),
    "applied": ("反映済み", "applied"),
    "undone": ("取消済み", "undone"),
    "refused": ("取りやめ", "dropped"),
}
_MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """取込みの一行. A batch in the list."""

    pk: int
    kind: str
    state: str
    name: str
    came: datetime
    by: str
    volume: int | None
    fiscal_year: int
    series: str
    department: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class BatchSeen:
    """取込みの詳細. One batch beside the book as it is now. `moved`: the book changed since the file came in."""

    row: BatchRow
    part: int | None
    inquiry: int | None
    part_department: int | None
    document: int | None
    groups: tuple[ChangeGroup, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    notices: tuple[Notice, ...] = ()
    not_understood: tuple[Notice, ...] = ()
    unanswered: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    respondent: str | None = None
    moved: bool = False
    report: Report | None = None
    applied: tuple[Mapping[str, Any], ...] = ()
    applied_on: date | None = None
    reason: str | None = None
    seq: int | None = None
    restate: bool = False
    may: BatchMay = field(default_factory=BatchMay)
    is_reading: bool = False
    by_hand: frozenset[str] = frozenset()
    doubtful: int = 0
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """How many changes can be taken."""
        return sum(row.acceptable for group in self.groups for row in group.rows)

    @property
    def beyond(self) -> int:
        """How many of them the person may not take."""
        rows = (row for group in self.groups for row in group.rows)
        return sum(row.acceptable and row.id not in self.may.takes for row in rows)


def batches_of(body: str, state: str | None = None) -> list[BatchRow]:
    """Return what came in, what waits first, then the newest; 2 queries."""
    rows = m.Batch.objects.filter(body=body, voided__isnull=True)
    if state in STATES:
        rows = rows.filter(state=state)
    found = batch_rows(rows.order_by("-pk")[:_MOST])
    return sorted(found, key=lambda row: row.state != "proposed")


def batch_rows(rows: Any) -> list[BatchRow]:
    """Return batches as rows of the list; 2 queries."""
    joined = list(_joined(rows))
    came = first_written(joined)
    return [_row(one, came[one.pk]) for one in joined]


def _joined(rows: Any) -> Any:
    return with_counts(rows).select_related(
        "document", "proposed_by", "volume", "part__department", "part__inquiry"
    )


def _row(one: m.Batch, came: datetime) -> BatchRow:
    volume = one.volume
    return BatchRow(
        pk=one.pk,
        kind=one.kind,
        state=one.state,
        name=one.document.name if one.document else "",
        came=came,
        by=one.proposed_by.name,
        volume=one.volume_id,
        fiscal_year=volume.fiscal_year if volume else one.fiscal_year or 0,
        series=volume.series if volume else one.series,
        department=one.part.department.name if one.part else None,
        counts=counts_of(one),
    )


def batch_of(body: str, batch: int, *, quiet: bool = False, by: Person | None = None) -> BatchSeen:
    """Return a batch beside the book as it is; some 18 queries. Raises NoSuchThing.

    `quiet`: with what is unchanged. `by`: with what this person may do with it.
    """
    one = _joined(m.Batch.objects.filter(pk=batch, body=body, voided__isnull=True)).first()
    if one is None:
        raise NoSuchThing(what="取込み")
    kept = m.Batch.objects.values_list("difference", flat=True).get(pk=batch)
    common: dict[str, Any] = {
        "row": _row(one, first_written([one])[one.pk]),
        "part": one.part_id,
        "inquiry": one.part.inquiry_id if one.part else None,
        "part_department": one.part.department_id if one.part else None,
        "document": one.document_id,
        "reason": one.reason,
        "seq": one.applied_seq,
    }
    one.difference = kept
    common |= _read(kept)
    if by is not None:
        common["may"] = may_with(by, one)
    if one.kind == "grid":
        return BatchSeen(**common, applied=tuple(map(_typed, kept.get("cells", []))), applied_on=timezone.localtime(one.since).date())  # fmt: skip
    incoming = incoming_of(kept)
    common |= _said(incoming)
    if one.state != "proposed":
        return BatchSeen(
            **common,
            applied=tuple(kept.get("applied", [])),
            applied_on=timezone.localtime(one.since).date(),
        )
    if one.volume is None:
        return BatchSeen(**common, report=incoming.report, restate=bool(kept.get("restate")))
    found = beside(one.volume, incoming, one.kind, entries=_entries(incoming))
    groups = tuple(groups_of(found, incoming, quiet=quiet))
    counts = sum((group.counts for group in groups), Counter[str]())
    if by is not None:
        common["may"] = may_with(by, one, found)
    return BatchSeen(**common, groups=groups, counts=counts, moved=one.base != found.base)


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether there is a reading to look at, what of it was corrected, how much nobody has borne out, the figures' numbers."""
    reading = reading_of(kept, "")
    if reading is None:
        return {}
    done, paths = {mend.at for mend in reading.mends}, reading.mended.paths
    doubtful = sum(one.doubtful and one.path not in done for one in reading.figures)
    return {
        "is_reading": True,
        "by_hand": frozenset(kept.get("by_hand", ())),
        "doubtful": doubtful,
        "numbers": {}
        if reading.plan
        else {paths[one.path]: one.number for one in reading.figures if one.path in paths},
    }


def document_of(body: str, batch: int) -> int:
    """Return the document that a batch was made from, 0 where it was typed. Raises NoSuchThing."""
    one = (
        m.Batch.objects.filter(pk=batch, body=body, voided__isnull=True).defer("difference").first()
    )
    if one is None:
        raise NoSuchThing(what="取込み")
    return one.document_id or 0


def _entries(incoming: Incoming) -> tuple[int, ...] | None:
    """Return the entries that a file is about, where every project of it was matched by its row."""
    count = len(incoming.report.projects)
    rows = [incoming.decided.get(f"/projects/{i}") for i in range(count)]
    known = [int(row.removeprefix("entry:")) for row in rows if row and row.startswith("entry:")]
    return tuple(known) if len(known) == count else None


def _typed(cell: Mapping[str, Any]) -> dict[str, Any]:
    kind = "changed" if cell["before"] else "added"
    return {"kind": kind, "subject": cell["name"], "before": cell["before"], "after": cell["after"]}


def _said(incoming: Incoming) -> dict[str, Any]:
    return {
        "notices": tuple(notice for path, notice in incoming.notices if not path),
        "not_understood": incoming.not_understood,
        "unanswered": incoming.unanswered,
        "unread": tuple(one.raw for one in incoming.report.unread),
        "respondent": incoming.respondent,
    }
