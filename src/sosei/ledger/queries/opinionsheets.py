"""意見書を見る. One expert's paper as it was sent, with what was said of each thing on it; what the report prints."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sosei.core.fields import Lang
from sosei.core.opinions import JudgedProject, OpinionSheet
from sosei.core.report import Places
from sosei.ledger import models as m
from sosei.ledger.judged import entry_of, sheet_of
from sosei.ledger.queries.opinions import PaperRow, paper_row
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.traces import places
from sosei.publishing.inquiry import opinion_paper, opinion_workbook

#: Stages of a volume in which opinions are given.
_OPEN = frozenset({"experts", "assembly"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """問うもの. A project as it was shown (None: the whole), and what was said of it."""

    entry: int | None
    project: JudgedProject | None
    judgement: str | None = None
    text: str = ""

    @property
    def said(self) -> bool:
        """Whether anything was said."""
        return self.judgement is not None or bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """問われたこと. A paper, its sheet, each thing on it. `open`: opinions are being given."""

    row: PaperRow
    sheet: OpinionSheet
    things: tuple[Thing, ...]
    open: bool


def asked_in(body: str, paper: int) -> Asked:
    """Return a paper with what was said on it; 4 queries. Raises NoSuchThing."""
    row = paper_row(body, paper)
    kept = m.OpinionPaper.objects.select_related("volume").filter(pk=paper).first()
    if row is None or kept is None:
        raise NoSuchThing(what="意見書")
    sheet = sheet_of(kept.sheet)
    said = {one.entry_id: one for one in m.Opinion.objects.filter(paper=paper, voided__isnull=True)}
    things = [(entry_of(project.key), project) for project in sheet.projects]
    return Asked(
        row=row,
        sheet=sheet,
        things=tuple(
            _thing(entry, project, said.get(entry)) for entry, project in (*things, (None, None))
        ),
        open=kept.volume.stage in _OPEN,
    )


def _thing(entry: int | None, project: JudgedProject | None, said: m.Opinion | None) -> Thing:
    if said is None:
        return Thing(entry=entry, project=project)
    return Thing(entry=entry, project=project, judgement=said.judgement, text=said.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """報告書の記載. What the report prints of the experts on an entry; `stamp` 0: no verification yet."""

    entry: int
    volume: int
    stamp: int
    judgement: str | None
    opinion: str | None


def printed_of(body: str, entries: Collection[int]) -> dict[int, Printed]:
    """Return what the report prints of the experts on entries of a body. Two queries."""
    rows = m.ProjectYear.objects.filter(
        pk__in=list(entries), body=body, voided__isnull=True
    ).values_list("pk", "volume")
    said = {
        one.entry_id: one
        for one in m.Verification.objects.filter(entry__in=list(entries), voided__isnull=True)
    }
    return {
        entry: Printed(
            entry=entry, volume=volume, stamp=one.stamp if one else 0,
            judgement=one.expert_judgement if one else None,
            opinion=one.expert_opinion if one else None,
        )
        for entry, volume in rows
        for one in [said.get(entry)]
    }  # fmt: skip


def file_of(asked: Asked, form: str, lang: Lang = "ja") -> tuple[str, bytes]:
    """Return an expert's sheet as a file to be filled, with its name; `form`: docx or xlsx."""
    make = {"docx": opinion_paper, "xlsx": opinion_workbook}[form]
    return f"{asked.row.mark}_意見書_{asked.row.expert}.{form}", make(asked.sheet, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """読み取った意見. `before`: what the same paper said of the same thing; `change`: added, changed or unchanged."""

    number: int
    entry: int | None
    name: str | None
    judgement: str | None
    text: str
    sure: bool
    places: Places
    before: tuple[str | None, str] | None

    @property
    def change(self) -> str:
        """What taking it in would do."""
        if self.before is None:
            return "added"
        return "unchanged" if self.before == (self.judgement, self.text) else "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """指摘. What a person has to look at, with its place."""

    code: str
    ja: str
    en: str
    raw: str | None
    places: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """意見書の読取り. What was understood of a file, what was not, of which projects nothing is said."""

    id: int
    stamp: int
    state: str
    paper: PaperRow
    file: str
    expert: str | None
    understood: tuple[Understood, ...]
    unanswered: tuple[str, ...]
    not_understood: tuple[Told, ...]
    warnings: tuple[Told, ...]
    open: bool


def reading_seen(body: str, reading: int) -> Reading:
    """Return a reading beside what the paper said before; 5 queries. Raises NoSuchThing."""
    row = m.OpinionReading.objects.select_related("document").filter(
        body=body, pk=reading, voided__isnull=True
    ).first()  # fmt: skip
    if row is None:
        raise NoSuchThing(what="意見書の読取り")
    asked = asked_in(body, row.paper_id)
    before = {one.entry: (one.judgement, one.text) for one in asked.things if one.said}
    names = {project.key: project.name for project in asked.sheet.projects}
    return Reading(
        id=row.pk, stamp=row.stamp, state=row.state, paper=asked.row, file=row.document.name,
        expert=row.said["expert"],
        understood=tuple(
            Understood(
                number=i, entry=entry_of(one["key"]), name=names.get(one["key"]),
                judgement=one["judgement"], text=one["text"] or "", sure=one["certainty"] == "sure",
                places=places(one["place"]), before=before.get(entry_of(one["key"])),
            )
            for i, one in enumerate(row.said["opinions"])
        ),
        unanswered=tuple(names[key] for key in row.said["unanswered"] if key in names),
        not_understood=tuple(map(_told, row.said["not_understood"])),
        warnings=tuple(map(_told, row.said["warnings"])),
        open=asked.open and row.state == "proposed",
    )  # fmt: skip


def _told(one: dict[str, Any]) -> Told:
    return Told(
        code=one["code"], ja=one["ja"], en=one["en"], raw=one["raw"], places=places(one["place"])
    )
