"""報告書の手続を見る. Where a volume is, what it still wants, its papers and steps, what a person may do with it now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from sosei.ledger import models as m
from sosei.ledger.flow import Move, moves_from, stages
from sosei.ledger.queries.locks import opened_in
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.papers import ROUNDS
from sosei.ledger.queries.steps import StepRow, steps_of_volume
from sosei.ledger.queries.touched import touched_since
from sosei.offices.models import Person
from sosei.offices.permissions import may

#: Stages at which the papers may be out of date, so that the report is looked at.
_PAPERS = frozenset({"deciding", "decided", "experts", "assembly", "correcting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """事業. An entry of the volume with its stage; `opened`: by the correction under way."""

    entry: int
    name: str
    kind: str
    stage: str
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """決裁資料. `changed`: the book was written since these papers were made. `current`: of the round that is under way."""

    id: int
    document: int
    name: str
    sha256: str
    report_sha256: str
    made_on: datetime
    number: str | None
    decided_on: date | None
    changed: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """公表した版. In few words, for a list beside."""

    id: int
    number: int
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeFlow:
    """報告書の手続. `moves`: by name, what the person may do now; `wanting`: entries that hold it up."""

    volume: int
    fiscal_year: int
    series: str
    title: str | None
    stage: str
    entries: tuple[EntryRow, ...]
    papers: tuple[PaperRow, ...]
    steps: tuple[StepRow, ...]
    moves: Mapping[str, Move]
    opinions: int
    asked: int
    answered: int
    editions: tuple[EditionRow, ...]
    may_lift: bool
    may_correct: bool

    @property
    def wanting(self) -> tuple[EntryRow, ...]:
        """The entries that must be accepted before the volume goes on, and are not."""
        return tuple(
            one
            for one in self.entries
            if one.stage != "accepted" and (one.kind == "result" or one.opened)
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """How many results are at each stage, in the order of the flow."""
        found = Counter(one.stage for one in self.entries if one.kind == "result")
        return {stage: found[stage] for stage in stages("entry") if found[stage]}

    @property
    def path(self) -> tuple[tuple[str, str], ...]:
        """The stages of the volume with done, now or ahead; a correction stands at the end while it is under way."""
        every = stages("volume") if self.stage == "correcting" else stages("volume")[:-1]
        at = every.index(self.stage)
        return tuple(
            (
                stage,
                "done" if i < at or self.stage == "published" else "now" if i == at else "ahead",
            )
            for i, stage in enumerate(every)
        )

    @property
    def paper(self) -> PaperRow | None:
        """The papers that wait for the decision, or that it was taken on."""
        return next((one for one in self.papers if one.current), None)


def volume_flow(volume: int, person: Person) -> VolumeFlow:
    """Return the flow of a volume as a person sees it; 12 queries at most. Raises NoSuchThing."""
    row = volume_in(person.body, volume)
    steps = steps_of_volume(volume)
    opened = opened_in(row)
    papers = list(
        m.Paper.objects.filter(volume=row, voided__isnull=True)
        .select_related("document").order_by("-pk")
    )  # fmt: skip
    touched = bool(papers) and row.stage in _PAPERS and touched_since(row, papers[0].document.since)
    asked, said = _experts(row)
    return VolumeFlow(
        volume=row.pk, fiscal_year=row.fiscal_year, series=row.series, title=row.title,
        stage=row.stage, entries=_entries(row, opened),
        papers=_papers(papers, steps, touched), steps=steps,
        moves={
            move.name: move
            for move in moves_from("volume", row.stage)
            if may(person, move.verb, among=move.roles)
        },
        opinions=said, asked=len(asked), answered=sum(day is not None for day in asked),
        editions=tuple(
            EditionRow(id=pk, number=number, published_on=day)
            for pk, number, day in m.Edition.objects.filter(volume=row, voided__isnull=True)
            .order_by("-number").values_list("pk", "number", "published_on")
        ),
        may_lift=may(person, "lock.lift") is not None,
        may_correct=row.stage == "correcting" and may(person, "edition.correct") is not None,
    )  # fmt: skip


def _experts(row: m.Volume) -> tuple[list[date | None], int]:
    """Return when each expert that was asked answered, and how many opinions there are."""
    papers = m.OpinionPaper.objects.filter(volume=row, voided__isnull=True)
    said = m.Opinion.objects.filter(volume=row, voided__isnull=True)
    return list(papers.values_list("answered_on", flat=True)), said.count()


def _entries(row: m.Volume, opened: frozenset[int]) -> tuple[EntryRow, ...]:
    rows = m.ProjectYear.objects.filter(volume=row, voided__isnull=True)
    return tuple(
        EntryRow(
            entry=one.pk, name=one.called(), kind=one.kind, stage=one.stage, opened=one.pk in opened
        )
        for one in rows.only("pk", "name", "kind", "stage").order_by("position", "pk")
    )


def _papers(
    found: list[m.Paper], steps: tuple[StepRow, ...], touched: bool
) -> tuple[PaperRow, ...]:
    """Return the papers, the newest first; those made before the volume last came back belong to an earlier round."""
    backs = [one.at for one in steps if one.verb in ROUNDS]
    return tuple(
        PaperRow(
            id=one.pk, document=one.document_id, name=one.document.name, sha256=one.document.sha256,
            report_sha256=one.report_sha256, made_on=one.document.since, number=one.decision_number,
            decided_on=one.decided_on,
            changed=touched if i == 0 else one.report_sha256 != found[0].report_sha256 or touched,
            current=i == 0 and all(one.document.since >= at for at in backs),
        )
        for i, one in enumerate(found)
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRow:
    """報告書. A volume with its stage; `accepted` of `results` entries are accepted."""

    volume: int
    fiscal_year: int
    series: str
    stage: str
    accepted: int
    results: int


def volumes_under_way(body: str, *, every: bool = False) -> tuple[VolumeRow, ...]:
    """Return the volumes of a body that are not published yet (or all of them), the newest first. One query."""
    rows = m.Volume.objects.filter(body=body, voided__isnull=True)
    if not every:
        rows = rows.exclude(stage="published")
    result = Q(entries__kind="result", entries__voided__isnull=True)
    counted = rows.annotate(
        results=Count("entries", filter=result),
        accepted=Count("entries", filter=result & Q(entries__stage="accepted")),
    )
    return tuple(
        VolumeRow(
            volume=row.pk, fiscal_year=row.fiscal_year, series=row.series, stage=row.stage,
            accepted=row.accepted, results=row.results,
        )
        for row in counted.order_by("-fiscal_year", "series", "pk")
    )  # fmt: skip
