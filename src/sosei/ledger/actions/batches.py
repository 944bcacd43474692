"""取込みを反映する. What was proposed is applied as one act, dropped with a reason, or undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sosei.core.errors import NoReason
from sosei.core.report import Value
from sosei.journal.acts import Act, act, alone
from sosei.ledger import models as m
from sosei.ledger.actions.answered import note_answered
from sosei.ledger.actions.apply import Given, apply_report
from sosei.ledger.actions.batchrights import (
    Rights,
    require_rights,
    require_writable,
    rights_of,
)
from sosei.ledger.actions.batchrows import waiting_batch
from sosei.ledger.actions.lines import line_to_come
from sosei.ledger.actions.ownyears import require_own_years
from sosei.ledger.actions.reach import held_volume
from sosei.ledger.actions.record import Whence, record_report
from sosei.ledger.beside import Beside, beside, digest
from sosei.ledger.difference import Change, merge
from sosei.ledger.incoming import Incoming, incoming_of
from sosei.ledger.mending import figures
from sosei.ledger.objections import (
    ChangedMeanwhile,
    NothingChosen,
)
from sosei.offices.models import Person

#: Reasons of a conflict that is only accepted with a reason of the person's own.
_NEEDS_REASON: Final = frozenset({"settled", "final", "lesser"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """反映の結果. How many changes were written, into which volume."""

    volume: int
    count: int


def apply_batch(
    *, by: Person, batch: int, accepted: Mapping[str, str], reason: str = ""
) -> Applied:
    """Write the accepted changes of a batch, all in one act. `accepted`: id of a change → what it looked like (`digest`).

    Raises NotAllowed, Locked, Settled, InquiryClosed, NothingChosen, ChangedMeanwhile (nothing was written), NoReason.
    """
    if waiting_batch(by, batch).kind == "new":
        return _record(by, batch)
    with act("batch.apply", body=by.body, by=by.pk, subject=f"ledger.batch:{batch}") as w:
        row = waiting_batch(by, batch)
        incoming = incoming_of(row.difference)
        volume = held_volume(by, row.volume_id or 0)
        found = beside(volume, incoming, row.kind)
        changes = _chosen(found, row, accepted)
        rights = rights_of(row, found, changes)
        require_rights(by, row, rights)
        require_writable(by, found, changes)
        _reasoned(changes, reason)
        why = reason.strip() or f"「{row.document.name if row.document else ''}」の取込み"
        merged = merge(
            found.view.report, incoming.report, found.difference, [c.id for c in changes]
        )
        origin = "inquiry" if row.kind == "answer" else "import"
        given = Given(
            why=why, origin=origin, document=row.document, by_hand=_by_hand(row, incoming)
        )
        if changes:
            apply_report(w, volume, found.view, merged.report, merged.origins, given)
            _write_asides(w, row, found, changes, incoming)
            asked = {entry for c in changes if (entry := found.entry_of(c)) is not None}
            require_own_years(w, by, besides=asked, reason=reason, what="取込みによる値の変更")
        _close(w, row, found, changes, rights)
    return Applied(volume=volume.pk, count=len(changes))


def _by_hand(row: m.Batch, incoming: Incoming) -> frozenset[Value]:
    """Return the values that a person corrected after they were read."""
    paths = frozenset(row.difference.get("by_hand", ()))
    found = figures(incoming.report) if paths else ()
    return frozenset(one.value for one in found if one.path in paths and one.value is not None)


def _chosen(found: Beside, row: m.Batch, accepted: Mapping[str, str]) -> list[Change]:
    """Return the accepted changes as they are now. Raises NothingChosen, ChangedMeanwhile."""
    acceptable = found.difference.all_ids()
    by_id = found.difference.by_id
    moved = [
        id for id, seen in accepted.items() if id not in acceptable or digest(by_id[id]) != seen
    ]
    gone = [id for id in moved if id in by_id and by_id[id].kind == "unchanged"]
    if set(moved) - set(gone):
        raise ChangedMeanwhile(sorted(set(moved) - set(gone)))
    changes = [by_id[id] for id in accepted if id in acceptable]
    if not changes and row.kind != "answer":
        raise NothingChosen
    return changes


def _reasoned(changes: Iterable[Change], reason: str) -> None:
    against = [c for c in changes if c.kind == "conflict" and _NEEDS_REASON & set(c.reasons)]
    if against and not reason.strip():
        raise NoReason(what=f"{against[0].subject_ja}の変更")


def _write_asides(
    w: Act, row: m.Batch, found: Beside, changes: Iterable[Change], incoming: Incoming
) -> None:
    """Write what an answer says of its figures beyond the report: the day it is expected on, the remark, who owes it."""
    if row.part is None:
        return
    figures = {
        _point(found, c.here): c
        for c in changes
        if isinstance(c.after, Value) and c.here is not None
    }
    values = m.Value.objects.filter(
        point__in={point for point, _ in figures}, until__isnull=True, voided__isnull=True
    )
    by_place = {(value.point_id, value.role): value for value in values}
    for place, change in figures.items():
        value, columns = by_place[place], dict[str, Any]()
        if isinstance(change.after, Value) and change.after.gap is not None:
            columns["owed_by_id"] = row.part.department_id
        if aside := incoming.asides.get(change.id):
            columns |= {"expected_on": aside.expected_on}
            columns |= {"reason": aside.note} if aside.note else {}
        w.change(value, **columns)


def _point(found: Beside, path: str) -> tuple[int, str]:
    """Return the number of the point that a figure's path leads to, and the figure's role there."""
    _, _, i, _, k, _, n, role = path.split("/")
    return found.view.entries[int(i)].lines[int(k)].points[int(n)], role


def _close(w: Act, row: m.Batch, found: Beside, changes: Iterable[Change], rights: Rights) -> None:
    """Say in the batch what was applied, and that its part is answered."""
    entries = {entry for change in changes if (entry := found.entry_of(change)) is not None}
    said = [
        {"kind": c.kind, "subject": c.subject_ja, "before": c.before_ja, "after": c.after_ja}
        for c in changes
    ]
    w.change(
        row, state="applied", applied_seq=line_to_come(w),
        difference={
            **row.difference, "applied": said, "entries": sorted(entries),
            "rights": sorted(map(list, rights), key=str),
        },
    )  # fmt: skip
    w.facts |= {"changes": len(said)}
    if row.part is not None:
        note_answered(w, row.part)


def _record(by: Person, batch: int) -> Applied:
    """Record a report of a year that has no volume yet; both lines of the journal, or neither."""
    with alone(by.body):
        row = waiting_batch(by, batch)
        incoming = incoming_of(row.difference)
        volume = record_report(
            by=by, report=incoming.report, year=row.fiscal_year, series=row.series,
            restate=bool(row.difference.get("restate")),
            whence=Whence(document=row.document, by_hand=_by_hand(row, incoming)),
        )  # fmt: skip
        subject = f"ledger.batch:{row.pk}"
        with act("batch.apply", body=by.body, by=by.pk, subject=subject) as w:
            w.change(row, state="applied", volume=volume, applied_seq=line_to_come(w) - 1)
    return Applied(volume=volume.pk, count=len(incoming.report.projects))
