"""意見書を見る. One expert's paper as it was sent, with what was said of each thing on it; what the report prints."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sosei.core.opinions import JudgedProject, OpinionSheet
from sosei.ledger import models as m
from sosei.ledger.judged import entry_of, sheet_of
from sosei.ledger.queries.opinions import PaperRow, paper_row
from sosei.ledger.refusals import NoSuchThing

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


def printed_of(entries: Collection[int]) -> dict[int, Printed]:
    """Return what the report prints of the experts on entries. Two queries."""
    rows = m.ProjectYear.objects.filter(pk__in=list(entries)).values_list("pk", "volume")
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
