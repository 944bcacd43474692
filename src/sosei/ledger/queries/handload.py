"""引き継ぐもの. The rows from which a hand-over paper is made: those of the newest two years that lie with a department; 16 queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from sosei.checking.finding import Severity
from sosei.core.fields import Lang
from sosei.journal.clock import now, today
from sosei.ledger import models as m
from sosei.ledger.queries.looks import Found, looks_of
from sosei.offices.models import Assignment, Department

#: So many fiscal years back it looks for what is in a department's charge.
_YEARS: Final = 2
_MOST: Final = 1000


@dataclass(slots=True, kw_only=True)
class Load:
    """引き継ぐもの. Rows by kind, and the names to say them with."""

    lang: Lang
    day: date
    whole: bool
    departments: tuple[Department, ...]
    names: Mapping[int, str]
    people: tuple[Assignment, ...] = ()
    entries: tuple[m.ProjectYear, ...] = ()
    definitions: Mapping[int, list[m.Definition]] = field(default_factory=dict)
    counting: tuple[m.Value, ...] = ()
    decisions: tuple[m.GrantDecision, ...] = ()
    asked: tuple[m.InquiryPart, ...] = ()
    batches: tuple[m.Batch, ...] = ()
    opinions: tuple[m.Opinion, ...] = ()
    exemptions: tuple[m.Exemption, ...] = ()
    waivers: tuple[m.Waiver, ...] = ()
    returned: Mapping[int, m.Step] = field(default_factory=dict)
    documents: tuple[m.Document, ...] = ()
    editions: tuple[m.Edition, ...] = ()
    #: Findings nobody mended or accepted, by entry; None: not looked for.
    found: tuple[tuple[int, Found], ...] | None = None

    def project(self, number: int) -> str:
        """Return what a project is called in its newest entry."""
        found = (entry for entry in reversed(self.entries) if entry.project_id == number)
        return next((entry.called() for entry in found), "")

    def newest(self, project: int) -> int | None:
        """Return the newest entry of a project."""
        found = (entry.pk for entry in reversed(self.entries) if entry.project_id == project)
        return next(found, None)

    def department(self, number: int | None) -> str:
        """Return what a department is called."""
        return self.names.get(number or 0, "")


def load_of(
    body: str, departments: list[Department], *, whole: bool, lang: Lang, looked: bool
) -> Load:
    """Return what lies with departments, or (`whole`) with the whole body; `looked`: with open findings."""
    mine = [row.pk for row in departments]
    names = dict(Department.objects.filter(body=body).values_list("pk", "name"))
    entries = _entries(body, None if whole else mine)
    ids, projects = [e.pk for e in entries], {e.project_id for e in entries}
    volumes = {e.volume_id for e in entries}
    definitions = _definitions(projects)
    return Load(
        lang=lang,
        day=today(),
        whole=whole,
        departments=tuple(departments),
        names=names,
        people=tuple(_people(mine)),
        entries=entries,
        definitions=definitions,
        counting=tuple(_counting(definitions, None if whole else mine)),
        decisions=tuple(_decisions(projects)),
        asked=tuple(_asked(body, None if whole else mine)),
        batches=tuple(_batches(body, None if whole else mine)),
        opinions=tuple(_opinions(body, ids, None if whole else mine)),
        exemptions=tuple(_exemptions(ids)),
        waivers=tuple(_waivers(ids, volumes if whole else ())),
        returned=_returned(entries),
        documents=tuple(_documents(volumes, ids, None if whole else mine)),
        editions=tuple(_editions(volumes)),
        found=tuple(_found(entries)) if looked else None,
    )


def _entries(body: str, mine: Collection[int] | None) -> tuple[m.ProjectYear, ...]:
    """Return the entries of the newest years, the oldest first."""
    newest = (
        m.Volume.objects.filter(body=body, voided__isnull=True)
        .order_by("-fiscal_year")
        .values_list("fiscal_year", flat=True)
        .first()
    )
    if newest is None:
        return ()
    rows = m.ProjectYear.objects.filter(
        body=body, voided__isnull=True, volume__voided__isnull=True,
        volume__fiscal_year__gt=newest - _YEARS,
    ).select_related("volume", "project", "verification")  # fmt: skip
    if mine is not None:
        charged = m.Charge.objects.filter(department__in=mine, voided__isnull=True).values("entry")
        rows = rows.filter(pk__in=charged)
    return tuple(rows.order_by("volume__fiscal_year", "position", "pk")[:_MOST])


def _people(mine: list[int]) -> QuerySet[Assignment]:
    day = today()
    return (
        Assignment.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=day), department__in=mine,
            first_day__lte=day, voided__isnull=True, person__is_active=True,
        )
        .select_related("person", "department")
        .order_by("department__code", "-role", "person__login")
    )  # fmt: skip


def _definitions(projects: Collection[int]) -> dict[int, list[m.Definition]]:
    """Return the versions of each indicator's definition, the first one first."""
    found: dict[int, list[m.Definition]] = {}
    rows = m.Definition.objects.filter(indicator__project__in=projects, voided__isnull=True)
    for row in rows.select_related("indicator").order_by("indicator", "version")[:_MOST]:
        found.setdefault(row.indicator_id, []).append(row)
    return found


def _counting(indicators: Iterable[int], mine: list[int] | None) -> QuerySet[m.Value]:
    rows = m.Value.objects.filter(
        Q(point__indicator__in=list(indicators)) | Q(owed_by__in=mine or []),
        gap="counting", until__isnull=True, voided__isnull=True,
    )  # fmt: skip
    owed = Coalesce("owed_by", Max("point__shown__line__owed_by"))
    return (
        rows.annotate(owed=owed, line=Max("point__shown__line"))
        .select_related("point__indicator")
        .order_by(F("expected_on").asc(nulls_last=True), "-point__fiscal_year", "pk")[:_MOST]
    )


def _decisions(projects: Collection[int]) -> QuerySet[m.GrantDecision]:
    rows = m.GrantDecision.objects.filter(
        project__in=projects, reported_on__isnull=True, voided__isnull=True
    )
    return rows.order_by("report_due", "pk")


def _asked(body: str, mine: list[int] | None) -> QuerySet[m.InquiryPart]:
    rows = m.InquiryPart.objects.filter(
        body=body, answered_on__isnull=True, voided__isnull=True,
        inquiry__closed_on__isnull=True, inquiry__voided__isnull=True,
        inquiry__volume__stage__in=("collecting", "correcting"),
    ).select_related("inquiry")  # fmt: skip
    return (rows if mine is None else rows.filter(department__in=mine)).order_by("inquiry__due_on")


def _batches(body: str, mine: list[int] | None) -> QuerySet[m.Batch]:
    rows = m.Batch.objects.filter(body=body, state="proposed", voided__isnull=True)
    rows = rows if mine is None else rows.filter(part__department__in=mine)
    return rows.select_related("document", "part", "proposed_by").order_by("pk")


def _opinions(body: str, entries: Collection[int], mine: list[int] | None) -> QuerySet[m.Opinion]:
    about = Q() if mine is None else Q(entry__in=entries) | Q(department__in=mine)
    rows = m.Opinion.objects.filter(about, body=body, voided__isnull=True, done_on__isnull=True)
    rows = rows.filter(Q(response__isnull=True) | Q(response_due__isnull=False))
    return rows.select_related("entry").order_by(F("response_due").asc(nulls_last=True), "pk")


def _exemptions(entries: Collection[int]) -> QuerySet[m.Exemption]:
    return (
        m.Exemption.objects.filter(entry__in=entries, voided__isnull=True, until__gt=now())
        .select_related("entry", "granted_by")
        .order_by("until")
    )


def _waivers(entries: Collection[int], volumes: Collection[int]) -> QuerySet[m.Waiver]:
    about = Q(entry__in=entries) | Q(entry__isnull=True, volume__in=volumes)
    rows = m.Waiver.objects.filter(about, voided__isnull=True)
    return rows.select_related("entry", "person").order_by("pk")


def _returned(entries: Iterable[m.ProjectYear]) -> dict[int, m.Step]:
    """Return the step by which each returned entry was sent back."""
    back = [entry.pk for entry in entries if entry.stage == "returned"]
    rows = m.Step.objects.filter(entry__in=back, went_to="returned", voided__isnull=True)
    return {
        row.entry_id: row
        for row in rows.select_related("person").order_by("pk")
        if row.entry_id is not None
    }


def _found(entries: Iterable[m.ProjectYear]) -> Iterator[tuple[int, Found]]:
    """Yield the open findings of entries in volumes that are not published, the gravest first."""
    volumes = {e.volume_id: e.volume for e in entries if e.volume.stage != "published"}
    found = [
        (entry, each)
        for volume in volumes.values()
        for entry, looked in looks_of(
            volume, [e.pk for e in entries if e.volume_id == volume.pk]
        ).items()
        for each in looked.open
    ]
    order = list(Severity)
    yield from sorted(found, key=lambda pair: order.index(pair[1].severity))


def _documents(
    volumes: Collection[int], entries: Collection[int], mine: list[int] | None
) -> QuerySet[m.Document]:
    """Return the files kept for volumes; of departments: what they were asked, what they answered, opinions on their work."""
    rows = m.Document.objects.filter(volume__in=volumes, voided__isnull=True)
    if mine is not None:
        asked = Q(asked_in__department__in=mine) | Q(asked_in__asked_as__in=mine)
        answered = Q(batches__part__department__in=mine) | Q(batches__part__asked_as__in=mine)
        rows = rows.filter(asked | answered | Q(opinions__entry__in=entries))
    linked = rows.annotate(
        part=Max("asked_in"), inquiry=Coalesce(Max("asked_in__inquiry"), Max("batches__part__inquiry")),
        batch=Max("batches"),
    )  # fmt: skip
    return linked.select_related("volume").order_by("-volume__fiscal_year", "-pk")[:_MOST]


def _editions(volumes: Collection[int]) -> QuerySet[m.Edition]:
    rows = m.Edition.objects.filter(volume__in=volumes, voided__isnull=True).defer("report")
    return rows.select_related("volume").order_by("-volume__fiscal_year", "-number")
