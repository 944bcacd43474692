"""照会の状況. Who was asked, who answered how far, who is late: the board, and one department's part."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone

from sosei.core.inquiry import AnswerSheet
from sosei.core.standing import Standing
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.queries.asked import (
    STATES,
    BatchBrief,
    Board,
    InquiryRow,
    ItemRow,
    PartRow,
    PartSeen,
    State,
)
from sosei.ledger.queries.owed import Items
from sosei.ledger.queries.recorded import first_written
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.sheets import sheet_of


def inquiries_of(body: str, volume: int | None = None) -> list[InquiryRow]:
    """Return a body's inquiries, the newest first; 2 queries."""
    chosen = m.Inquiry.objects.filter(body=body, voided__isnull=True).select_related("volume")
    found = list(chosen.filter(volume=volume) if volume else chosen)
    parts: dict[int, list[date | None]] = defaultdict(list)
    rows = m.InquiryPart.objects.filter(inquiry__in=[i.pk for i in found], voided__isnull=True)
    for inquiry, answered_on in rows.values_list("inquiry", "answered_on"):
        parts[inquiry].append(answered_on)
    return [
        InquiryRow(
            pk=one.pk,
            title=one.title,
            volume=one.volume_id,
            fiscal_year=one.volume.fiscal_year,
            series=one.volume.series,
            sent_on=one.sent_on,
            due_on=one.due_on,
            closed_on=one.closed_on,
            asked=len(parts[one.pk]),
            answered=sum(day is not None for day in parts[one.pk]),
        )
        for one in found
    ]


def parts_asked(body: str, departments: Collection[int]) -> list[tuple[InquiryRow, PartRow]]:
    """Return what is open of departments in the inquiries under way, the most urgent first; 8 queries."""
    chosen = m.InquiryPart.objects.filter(
        body=body, department__in=list(departments), voided__isnull=True,
        inquiry__voided__isnull=True, inquiry__closed_on__isnull=True,
    )  # fmt: skip
    by_inquiry = {row.pk: row for row in inquiries_of(body) if row.closed_on is None}
    found = [(by_inquiry[inquiry], row) for inquiry, row in _parts(chosen)]
    return sorted(
        found, key=lambda both: (both[1].state == "answered", both[1].due_on, both[1].code)
    )


def askable(body: str) -> list[tuple[int, int, str]]:
    """Return the volumes that may be asked about, the newest first: number, fiscal year, series; 1 query."""
    rows = m.Volume.objects.filter(
        body=body, stage__in=["collecting", "correcting"], voided__isnull=True
    ).order_by("-fiscal_year", "series")
    return list(rows.values_list("pk", "fiscal_year", "series"))


def board_of(body: str, inquiry: int) -> Board:
    """Return an inquiry with its board; 9 queries. Raises NoSuchThing."""
    found = (
        m.Inquiry.objects.filter(pk=inquiry, body=body, voided__isnull=True)
        .select_related("volume")
        .first()
    )
    if found is None:
        raise NoSuchThing(what="照会")
    rows = [row for _, row in _parts(found.parts.filter(voided__isnull=True))]
    return Board(
        pk=found.pk,
        stamp=found.stamp,
        title=found.title,
        number=found.number,
        letter=found.letter,
        contact=found.contact,
        volume=found.volume_id,
        fiscal_year=found.volume.fiscal_year,
        series=found.volume.series,
        sent_on=found.sent_on,
        due_on=found.due_on,
        closed_on=found.closed_on,
        parts=tuple(sorted(rows, key=lambda part: (STATES.index(part.state), part.code))),
    )


def sheets_of(body: str, inquiry: int) -> list[AnswerSheet]:
    """Return what each department was asked, in the order of the marks; 1 query."""
    rows = m.InquiryPart.objects.filter(inquiry=inquiry, body=body, voided__isnull=True)
    return [sheet_of(text) for text in rows.order_by("mark").values_list("sheet", flat=True)]


def part_of(body: str, part: int) -> PartSeen:
    """Return one department's part; 13 queries. Raises NoSuchThing."""
    found = (
        m.InquiryPart.objects.filter(pk=part, body=body, voided__isnull=True)
        .select_related("inquiry__volume")
        .first()
    )
    if found is None:
        raise NoSuchThing(what="照会先")
    inquiry = found.inquiry
    row = _parts(m.InquiryPart.objects.filter(pk=part))[0][1]
    owed = list(m.Owed.objects.filter(part=part, voided__isnull=True))
    states = Items(owed)
    sheet = sheet_of(found.sheet)
    by_key = {one.key: one for one in owed}
    return PartSeen(
        row=row,
        inquiry=inquiry.pk,
        title=inquiry.title,
        volume=inquiry.volume_id,
        fiscal_year=inquiry.volume.fiscal_year,
        closed_on=inquiry.closed_on,
        sheet=sheet,
        items=tuple(
            ItemRow(
                question=q,
                name=sheet.called(q),
                state=states.of(by_key[q.key]),
                entry=by_key[q.key].entry_id,
            )
            for q in sheet.questions
            if q.key in by_key
        ),
        batches=tuple(_briefs(part)),
    )


def _briefs(part: int) -> Iterable[BatchBrief]:
    chosen = m.Batch.objects.filter(part=part, voided__isnull=True)
    rows = list(with_counts(chosen).select_related("document", "proposed_by"))
    came = first_written(rows)
    for one in rows:
        yield BatchBrief(
            pk=one.pk,
            state=one.state,
            name=one.document.name if one.document else "",
            came=timezone.localtime(came[one.pk]).date(),
            by=one.proposed_by.name,
            counts=counts_of(one),
        )


def with_counts(batches: QuerySet[m.Batch]) -> QuerySet[m.Batch]:
    """Load batches with the counts of their difference, and not the difference itself."""
    return batches.defer("difference").annotate(counts=F("difference__counts"))


def counts_of(batch: m.Batch) -> dict[str, int]:
    """Return how many changes of each kind a batch loaded by `with_counts` holds."""
    found: dict[str, int] = getattr(batch, "counts", None) or {}
    return found


def _parts(chosen: QuerySet[m.InquiryPart]) -> list[tuple[int, PartRow]]:
    """Return parts as rows, each with the number of its inquiry; 8 queries."""
    parts = list(chosen.select_related("department", "inquiry"))
    owed: dict[int, list[m.Owed]] = defaultdict(list)
    for one in m.Owed.objects.filter(part__in=[p.pk for p in parts], voided__isnull=True):
        owed[one.part_id].append(one)
    states = Items([one for several in owed.values() for one in several])
    waiting: dict[int, list[m.Batch]] = defaultdict(list)
    proposed = m.Batch.objects.filter(
        part__in=[p.pk for p in parts], state="proposed", voided__isnull=True
    )
    for batch in with_counts(proposed):
        waiting[batch.part_id or 0].append(batch)
    return [
        (p.inquiry_id, _part(p.inquiry, p, states.count(owed[p.pk]), waiting[p.pk])) for p in parts
    ]


def _part(
    inquiry: m.Inquiry, part: m.InquiryPart, items: Counter[Standing], waiting: Sequence[m.Batch]
) -> PartRow:
    due = part.due_on or inquiry.due_on
    late = max((today() - due).days, 0)
    state = _state(inquiry, part, items, waiting, late)
    return PartRow(
        pk=part.pk,
        stamp=part.stamp,
        department=part.department_id,
        code=part.department.code,
        name=part.department.name,
        contact=part.department.contact,
        mark=part.mark,
        state=state,
        due_on=due,
        late_by=late if state == "late" else 0,
        reminded_on=part.reminded_on,
        answered_on=part.answered_on,
        items=items,
        batches=tuple(batch.pk for batch in waiting),
        extended=part.due_on is not None,
        workbook=part.workbook_id,
    )


def _state(
    inquiry: m.Inquiry,
    part: m.InquiryPart,
    items: Counter[Standing],
    waiting: Sequence[m.Batch],
    late: int,
) -> State:
    if waiting:
        conflicts = any(counts_of(batch).get("conflict") for batch in waiting)
        return "conflict" if conflicts else "received"
    if part.answered_on is not None:
        return "answered" if items["filled"] == sum(items.values()) else "partly"
    if inquiry.closed_on is not None:
        return "closed"
    return "late" if late else "out"
