"""期日の用件. Reports on grant decisions, opinions and promises, the volume's next step, what the turn of the year left open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sosei.core.fiscal import FiscalYear
from sosei.ledger import models as m
from sosei.ledger.queries.taskdesk import MOST, Desk, Found, charges_now, year_name
from sosei.offices.models import Assignment, Person
from sosei.offices.queries.lockouts import closed_addresses, lockouts


def decisions(desk: Desk) -> Iterator[Found]:
    """実績報告: grant decisions whose report is not made yet, each with its own date; 2 queries."""
    rows = list(
        m.GrantDecision.objects.filter(
            body=desk.body, reported_on__isnull=True, voided__isnull=True
        ).order_by("report_due", "pk")[:MOST]
    )
    called, charged = _projects(desk, {row.project_id for row in rows})
    for row in rows:
        entry, of = charged.get(row.project_id, (0, set()))
        if not desk.sees(of):
            continue
        yield Found(
            kind="decision",
            ja=f"{'実績報告を提出する' if desk.planning else '実績報告'}：{called.get(row.project_id, '')}（{year_name(row.fiscal_year)}、{row.number}）",
            en=f"Report to the State: {called.get(row.project_id, '')} (FY{row.fiscal_year}, {row.number})",
            page="report" if desk.planning else "entry",
            numbers=(entry, row.pk) if desk.planning else (entry,),
            due=row.report_due,
            names=tuple(desk.name(pk) for pk in sorted(of)),
            mine=desk.planning,
            note_ja="過ぎると誤りを直せません。円と千円、合計を点検してください",
            note_en="errors cannot be repaired afterwards: check units and sums",
        )


def _projects(
    desk: Desk, projects: set[int]
) -> tuple[dict[int, str], dict[int, tuple[int, set[int]]]]:
    """Return what projects are called, their newest entry, and who is in charge of it; 1 query."""
    if not projects:
        return {}, {}
    rows = m.ProjectYear.objects.filter(
        body=desk.body, project__in=projects, voided__isnull=True
    ).annotate(charge=charges_now()).order_by("volume__fiscal_year", "pk")  # fmt: skip
    called: dict[int, str] = {}
    charged: dict[int, tuple[int, set[int]]] = {}
    for entry, project, name, department in rows.values_list(
        "pk", "project", "name", "charge__department"
    ):
        called[project] = name or "名称のない事業"
        if charged.get(project, (0, set()))[0] != entry:
            charged[project] = (entry, set())
        if department is not None:
            charged[project][1].add(department)
    return called, charged


def opinions(desk: Desk) -> Iterator[Found]:
    """有識者意見: opinions without an answer, and what was promised and is not done."""
    rows = m.Opinion.objects.filter(body=desk.body, voided__isnull=True, done_on__isnull=True).filter(
        Q(response__isnull=True) | Q(response_due__isnull=False)
    ).annotate(
        owed=Coalesce(
            "department",
            Min("entry__charges__department", filter=Q(entry__charges__voided__isnull=True)),
        )
    )  # fmt: skip
    if not desk.whole:
        rows = rows.filter(owed__in=desk.own)
    for row in rows.select_related("entry").order_by(F("response_due").asc(nulls_last=True), "pk")[
        :MOST
    ]:
        department: int | None = row.owed
        about = row.entry.called() if row.entry else "報告書の全体"
        promise = row.response is not None
        yield Found(
            kind="promise" if promise else "opinion",
            ja=f"約束した対応：{about}（{row.expert}委員の意見）" if promise else f"意見に回答する：{about}（{row.expert}委員）",
            en=f"Do what was promised: {about} (to {row.expert})" if promise else f"Answer the opinion of {row.expert}: {about}",
            page="opinion",
            numbers=(row.pk,),
            due=row.response_due,
            names=(desk.name(department),) if department else (),
            mine=department in desk.writes or (desk.planning and not _others(row, department, desk)),
        )  # fmt: skip


def _others(row: m.Opinion, department: int | None, desk: Desk) -> bool:
    """Whether a promise is a department's to keep, and its day is not past: planning only looks on."""
    promised = row.response_due is not None and department is not None
    return promised and row.response_due is not None and row.response_due >= desk.day


def papers(desk: Desk) -> Iterator[Found]:
    """意見書: papers that experts have not sent back; an expert sees his own."""
    rows = m.OpinionPaper.objects.filter(
        body=desk.body, answered_on__isnull=True, voided__isnull=True, volume__voided__isnull=True
    ).exclude(volume__stage="published")
    if not desk.whole:
        rows = rows.filter(person=desk.person)
    for row in rows.select_related("volume").order_by("due_on", "pk")[:MOST]:
        mine = row.person_id == desk.person.pk
        year = year_name(row.volume.fiscal_year)
        yield Found(
            kind="paper",
            ja=f"{year}の報告書に意見を出す" if mine else f"{year}の意見書の提出",
            en=f"Give your opinion on FY{row.volume.fiscal_year}" if mine else f"Opinion on FY{row.volume.fiscal_year}",
            page="opinion_paper" if mine else "opinions",
            numbers=(row.pk,) if mine else (row.volume_id,),
            due=row.due_on,
            names=(f"{row.expert}委員",),
            mine=mine or (desk.planning and row.due_on < desk.day),
        )  # fmt: skip


#: What planning does with a volume at a stage; page where it is done.
_NEXT: Final = {
    "collecting": ("すべての記載を確認しました。決裁に出す", "All entries are accepted: submit for decision"),
    "deciding": ("決裁の番号と日付を記録する", "Record the number and day of the decision"),
    "decided": ("有識者の検証に進む", "Go on to the experts"),
    "experts": ("意見を取り込み、対応を決める", "Take the opinions in and answer them"),
    "assembly": ("議会に報告し、公表する", "Report to the assembly and publish"),
    "correcting": ("訂正を仕上げて公表する", "Finish the correction and publish it"),
}  # fmt: skip


def volumes(desk: Desk) -> Iterator[Found]:
    """年度版: the next step of each volume that is not published, by the day on which it is to be; then what the turn of the year left open. 1 query."""
    rows = list(_volumes(desk.body))
    for row in rows:
        if row.stage != "published":
            yield from _next_step(row)
    if rows:
        newest = max(rows, key=lambda row: (row.fiscal_year, -row.pk))
        yield from _asked_at_turn(newest, desk)


def _volumes(body: str) -> QuerySet[m.Volume]:
    """Return the volumes with how many entries they have, how many are not accepted, and which projects of the year before have none."""
    open_entries = Count(
        "entries",
        filter=Q(entries__voided__isnull=True, entries__kind="result")
        & ~Q(entries__stage="accepted"),
    )
    all_entries = Count("entries", filter=Q(entries__voided__isnull=True, entries__kind="result"))
    before = m.ProjectYear.objects.filter(
        body=body, volume__fiscal_year=OuterRef("fiscal_year") - 1, volume__series=OuterRef("series"),
        volume__voided__isnull=True, voided__isnull=True, project__rests_since__isnull=True,
    ).exclude(kind="plan").exclude(
        project__in=m.ProjectYear.objects.filter(volume=OuterRef(OuterRef("pk")), voided__isnull=True).values("project")
    ).order_by().values("body")  # fmt: skip
    rows = m.Volume.objects.filter(body=body, voided__isnull=True)
    newest = rows.order_by("-fiscal_year", "pk").values("pk")[:1]
    chosen = rows.filter(~Q(stage="published") | Q(pk=Subquery(newest)))
    return chosen.annotate(
        left=open_entries, all=all_entries,
        gone=Subquery(before.annotate(n=Count("pk")).values("n")), then=Subquery(before.annotate(v=Min("volume")).values("v")),
    ).order_by("fiscal_year", "pk")  # fmt: skip


def _next_step(row: Any) -> Iterator[Found]:
    waiting = row.stage == "collecting" and (row.left or not row.all)
    if waiting and row.publish_due is None:
        return
    ja, en = (
        (f"公表する（残り{row.left}件の記載）", f"Publish ({row.left} entries left)")
        if waiting
        else _NEXT[row.stage]
    )
    yield Found(
        kind="volume",
        ja=f"{row.called()}：{ja}",
        en=f"Report of FY{row.fiscal_year}: {en}",
        page="volume" if waiting else "volume_flow",
        numbers=(row.pk,),
        due=row.publish_due,
        mine=not waiting,
    )


def _asked_at_turn(newest: Any, desk: Desk) -> Iterator[Found]:
    """年度更新: the report of the year that has ended is to be made; projects of which nobody has said whether they go on."""
    if newest.stage == "published" and newest.fiscal_year < FiscalYear.of(desk.day).start - 1:
        yield Found(
            kind="next",
            ja=f"{year_name(newest.fiscal_year + 1)}の報告書を作る",
            en=f"Make the report of FY{newest.fiscal_year + 1}",
            page="rollover",
            numbers=(newest.pk,),
            mine=True,
            note_ja=f"{year_name(newest.fiscal_year)}の報告書から引き継ぎます",
            note_en=f"from that of FY{newest.fiscal_year}",
        )
    if newest.gone:
        yield Found(
            kind="turn",
            ja=f"{year_name(newest.fiscal_year)}も続けるか決まっていない事業{newest.gone}件に答える",
            en=f"Say whether {newest.gone} projects go on in FY{newest.fiscal_year}",
            page="rollover",
            numbers=(newest.then,),
            count=newest.gone,
            mine=True,
        )


def left_behind(desk: Desk) -> Iterator[Found]:
    """承継: work that lies with departments that are gone, or with words that name none."""
    gone = Q(department__isnull=True) | Q(department__last_day__lt=desk.day)
    count = (
        m.Charge.objects.filter(
            gone, body=desk.body, voided__isnull=True, entry__voided__isnull=True,
            entry__volume__voided__isnull=True,
        )
        .exclude(entry__volume__stage="published")
        .values("entry").distinct().count()
    )  # fmt: skip
    if count:
        yield Found(
            kind="left",
            ja=f"担当課が決まっていない記載{count}件の引継先を決める",
            en=f"Say who takes over {count} entries without a department",
            page="april",
            count=count,
            mine=True,
        )


def accounts(desk: Desk) -> Iterator[Found]:
    """利用者: sign-ins and addresses that are closed after failures, and people in service who hold no role; 4 queries."""
    if closed_addresses():
        yield Found(
            kind="lockout_address",
            ja="サインインの失敗が続き、だれも入れなくなった端末・回線がある。確かめて解除する",
            en="Sign-in is closed for everybody from some address: look into it, then open it",
            page="lockouts",
            mine=True,
        )
    for closed in lockouts(desk.body):
        yield Found(
            kind="lockout",
            ja=f"{closed.name}さんのサインインが止まっています。本人に確かめて解除する",
            en=f"The sign-in of {closed.name} is closed: ask, then open it",
            page="lockouts",
            mine=True,
        )
    idle = Person.objects.filter(
        Q(leaves_on__isnull=True) | Q(leaves_on__gte=desk.day),
        body=desk.body, is_active=True, joins_on__lte=desk.day,
    ).exclude(
        assignments__in=Assignment.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=desk.day), body=desk.body, voided__isnull=True
        )
    )  # fmt: skip
    count = idle.count()
    if count:
        yield Found(
            kind="idle",
            ja=f"役割のない利用者{count}人に配属を登録するか、退職・異動を登録する",
            en=f"Give a role to {count} people without one, or register that they left",
            page="people",
            count=count,
            mine=True,
        )
