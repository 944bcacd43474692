"""仕事の用件. Inquiries out, differences to be looked at, figures being counted, entries on their way: one query a kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Max, Min
from django.db.models.functions import Coalesce
from django.utils import timezone

from sosei.ledger import models as m
from sosei.ledger.queries.recorded import first_written
from sosei.ledger.queries.taskdesk import MOST, Desk, Found, charges_now, own, year_name

_WORKING: Final = ("collecting", "correcting")


def inquiries(desk: Desk) -> Iterator[Found]:
    """照会: parts that are out and not answered; others' parts of one inquiry and one day are one row, however many they are.

    A part whose answer has come in waits for a decision on it (`batches`), no longer for the department.
    """
    arrived = m.Batch.objects.filter(
        body=desk.body, state="proposed", part__isnull=False, voided__isnull=True
    )
    rows = m.InquiryPart.objects.filter(
        body=desk.body, answered_on__isnull=True, voided__isnull=True,
        inquiry__closed_on__isnull=True, inquiry__voided__isnull=True,
        inquiry__volume__stage__in=_WORKING,  # later nobody could write the answer into the book
    ).exclude(pk__in=arrived.values("part")).select_related("inquiry")  # fmt: skip
    others: dict[tuple[int, date, date | None], list[m.InquiryPart]] = {}
    for part in own(rows, desk, "department").order_by("department", "pk")[:MOST]:
        due = part.due_on or part.inquiry.due_on
        if part.department_id in desk.writes:
            yield _to_answer(part, due, desk)
        else:
            others.setdefault((part.inquiry_id, due, part.reminded_on), []).append(part)
    for (_, due, _), parts in others.items():
        yield _awaited(parts, due, desk)


def _to_answer(part: m.InquiryPart, due: date, desk: Desk) -> Found:
    return Found(
        kind="inquiry",
        ja=f"照会「{part.inquiry.title}」に回答する",
        en=f"Answer the inquiry “{part.inquiry.title}”",
        page="inquiry_part",
        numbers=(part.pk,),
        due=due,
        names=(desk.name(part.department_id),),
        mine=True,
        note_ja=f"{_said(part.reminded_on)}に督促がありました" if part.reminded_on else "",
        note_en=f"reminded on {part.reminded_on}" if part.reminded_on else "",
    )


def _awaited(parts: Sequence[m.InquiryPart], due: date, desk: Desk) -> Found:
    """Return one row for the answers that are out to one day: who looks on needs to know whose, not a row for each."""
    inquiry, reminded = parts[0].inquiry, parts[0].reminded_on
    late = due < desk.day
    return Found(
        kind="inquiry",
        ja=f"照会「{inquiry.title}」の回答",
        en=f"Answer to “{inquiry.title}”",
        page="inquiry",
        numbers=(inquiry.pk,),
        due=due,
        names=tuple(desk.name(part.department_id) for part in parts),
        each=True,
        count=len(parts),
        mine=desk.planning and late,
        note_ja=f"{_said(reminded)}に督促済み" if reminded else "期限を過ぎています。督促してください" if late and desk.planning else "",
        note_en=f"reminded on {reminded}" if reminded else "overdue: remind them" if late and desk.planning else "",
    )  # fmt: skip


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def batches(desk: Desk) -> Iterator[Found]:
    """届いた回答・取込み: differences that nobody has accepted or dropped."""
    rows = m.Batch.objects.filter(
        body=desk.body, state="proposed", voided__isnull=True
    ).select_related("part", "document", "volume")
    arrived = list(rows.defer("difference").order_by("pk")[:MOST])
    came = first_written(arrived)
    for batch in arrived:
        of = {batch.part.department_id} if batch.part else set()
        mine = batch.proposed_by_id == desk.person.pk or desk.planning or bool(of & desk.writes)
        if not mine and not desk.whole:
            continue
        what = batch.document.name if batch.document else "入力した値"
        yield Found(
            kind="batch",
            ja=f"「{what}」の差分を確かめて反映する",
            en=f"Look at the difference of “{what}” and apply it",
            page="batch",
            numbers=(batch.pk,),
            came=timezone.localtime(came[batch.pk]).date(),
            names=(desk.name(batch.part.department_id),) if batch.part else (),
            mine=mine,
        )


def counting(desk: Desk) -> Iterator[Found]:
    """集計中: figures that are still being counted, by who owes them and the day they are expected."""
    rows = (
        m.Value.objects.filter(
            body=desk.body, gap="counting", until__isnull=True, voided__isnull=True,
            role__in=("actual", "cumulative_actual"), point__shown__voided__isnull=True,
            point__shown__line__voided__isnull=True,
            point__shown__line__entry__voided__isnull=True,
            point__shown__line__entry__volume__voided__isnull=True,
        )
        .annotate(department=Coalesce("owed_by", "point__shown__line__owed_by"))
        .order_by()
    )  # fmt: skip
    if not desk.whole:
        rows = rows.filter(department__in=desk.own)
    counted = rows.values("department", "expected_on").annotate(
        n=Count("pk", distinct=True),
        name=Min("point__shown__line__definition__name"),
        entry=Max("point__shown__line__entry"),
        last=Min("point__shown__line__entry"),
        volume=Max("point__shown__line__entry__volume"),
    )
    for row in counted.order_by(F("expected_on").asc(nulls_last=True), "department")[:MOST]:
        yield _counted(desk, row)


def _counted(desk: Desk, row: Mapping[str, Any]) -> Found:
    day, mine = row["expected_on"], row["department"] in desk.writes
    late = day is not None and day < desk.day
    ja, en = f"集計中の値{row['n']}件", f"{row['n']} figures"
    if row["n"] == 1 and row["name"]:
        ja, en = f"集計中の「{row['name']}」", f"“{row['name']}”"
    return Found(
        kind="counting",
        ja=f"{ja}を報告する" if day else f"{ja}の判明予定日を決める",
        en=f"Report {en} still counted" if day else f"Say when {en} will be known",
        page="entry" if row["entry"] == row["last"] else "volume",
        numbers=(row["entry"] if row["entry"] == row["last"] else row["volume"],),
        due=day,
        names=(desk.name(row["department"]),),
        count=row["n"],
        mine=mine or (desk.planning and late),
        note_ja="判明予定日を過ぎています" if late else "",
        note_en="past the day it was expected" if late else "",
    )  # fmt: skip


def entries(desk: Desk) -> Iterator[Found]:
    """手続: entries by their stage and department, in volumes that are being worked on; others' of one stage are one row."""
    rows = m.ProjectYear.objects.filter(
        body=desk.body, volume__stage__in=_WORKING, volume__voided__isnull=True,
        voided__isnull=True, kind="result",
    ).exclude(stage="accepted").exclude(stage="draft", volume__stage="correcting")  # fmt: skip
    rows = rows.annotate(charge=charges_now())
    if not desk.whole:
        rows = rows.filter(charge__department__in=desk.own)
    counted = (
        rows.order_by()
        .values("stage", "volume", "volume__fiscal_year", department=F("charge__department"))
        .annotate(n=Count("pk", distinct=True), one=Min("pk"))
    )
    others: dict[tuple[int, str], list[Mapping[str, Any]]] = {}
    for row in counted.order_by("volume__fiscal_year", "stage", "department")[:MOST]:
        if _is_turn(desk, row):
            yield _staged(desk, [row], mine=True)
        elif row["stage"] != "draft" or desk.whole:
            others.setdefault((row["volume"], row["stage"]), []).append(row)
    for rows_of_stage in others.values():
        yield _staged(desk, rows_of_stage, mine=False)


def _is_turn(desk: Desk, row: Mapping[str, Any]) -> bool:
    """Whether it is the viewer who acts next; what no department is in charge of is planning's."""
    who, department = _STAGED[row["stage"]][0], row["department"]
    if department is None:
        return desk.planning
    return desk.planning if who == "planning" else department in getattr(desk, who)


#: stage → (who is to act, what the one who is to act does, what others see)
_STAGED: Final = {
    "section": ("heads", ("課として確認する", "Approve in the section"), ("課で確認中", "waiting for the section head")),
    "planning": ("planning", ("企画課として確認する", "Accept in planning"), ("企画課で確認中", "waiting for planning")),
    "returned": ("writes", ("差し戻された記載を直して提出する", "Mend what was returned and submit it"), ("差戻し", "returned")),
    "correcting": ("writes", ("訂正する記載を直して提出する", "Correct and submit"), ("訂正中", "being corrected")),
    "draft": ("writes", ("記載を仕上げて課長に提出する", "Finish the entries and submit them"), ("作成中", "being written")),
}  # fmt: skip


def _staged(desk: Desk, rows: Sequence[Mapping[str, Any]], *, mine: bool) -> Found:
    """Return one row for what is at one stage; over several departments without a number: one entry may be of two."""
    first, n = rows[0], sum(row["n"] for row in rows)
    several = len(rows) > 1
    _, doing, waiting = _STAGED[first["stage"]]
    ja, en = doing if mine else waiting
    return Found(
        kind="entry",
        ja=f"{year_name(first['volume__fiscal_year'])}の記載{'' if several else f'{n}件'}：{ja}",
        en=f"FY{first['volume__fiscal_year']}, {'' if several else f'{n} '}entries: {en}",
        page="entry" if n == 1 else "signoff",
        numbers=(first["one"],) if n == 1 else (),
        names=tuple(desk.name(row["department"]) for row in rows),
        each=True,
        count=n,
        mine=mine,
    )
