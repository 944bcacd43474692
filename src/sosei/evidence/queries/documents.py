"""証拠書類の頁. What is attached to entries, stages, closings and batches; which entries have nothing; what is to be erased.

Names of documents that say who somebody is are never in a list: who looks for them opens the document, and that is a line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from django.db.models import Count, Exists, OuterRef, QuerySet

from sosei.evidence import models as m
from sosei.evidence.actions.documenterasing import documents_due
from sosei.evidence.actions.documents import Of, document_of
from sosei.evidence.models.documents import STANDING
from sosei.evidence.papers.sealed import Named, opened_name
from sosei.evidence.parts import parts
from sosei.evidence.queries.registers import EntryRow, rows_shown
from sosei.evidence.refusals import TooManyRows
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged
from sosei.evidence.stored import kind
from sosei.offices.models import Person
from sosei.offices.queries.recorded import Recorded, last_recorded, recorded

#: Documents, or entries, of a page; lines of a list that is taken out.
PAGE: Final = 50
MOST_LISTED: Final = 50_000
#: Documents that are erased at once, for their time is over.
MOST_DUE: Final = 200
State = Literal["stands", "voided", "erased", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """証拠書類. `named`: its name and remark; None where it says who somebody is, or is gone. `stage`: the stage's name.

    `state`: lost where its name cannot be read. `ended`: who voided or erased it.
    """

    pk: int
    stamp: int
    register: int
    register_name: tuple[str, str]
    register_ended: bool
    department: int
    number: int | None
    stage: str
    closing: int | None
    batch: int | None
    sort: str
    format: str
    sha256: str
    size: int
    level: str
    personal: bool
    year: int
    keep_years: int
    keep_until: date
    held: str | None
    state: State
    reason: str
    erased: datetime | None
    named: Named | None
    by: Recorded
    ended: Recorded | None

    @property
    def of(self) -> Of:
        """Return what it is attached to."""
        return Of(
            register=self.register, number=self.number, closing=self.closing, batch=self.batch
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """探し方. `sort`, `level`, `year`: of documents; `state`: also voided and erased ones; `after`: the last document of the page before."""

    sort: str = ""
    level: str = ""
    year: int | None = None
    state: Literal["", "all"] = ""
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """証拠書類の一覧. `more`: the last number of the page, where others follow; `total`: all that are asked for."""

    rows: tuple[DocumentRow, ...]
    more: int | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """書類の有無. Entries in force of a register, and how many of them have a document."""

    entries: int
    proven: int

    @property
    def missing(self) -> int:
        """Return how many have none."""
        return self.entries - self.proven


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage:
    """書類のない登録. Entries in force without any document, by number."""

    rows: tuple[EntryRow, ...]
    more: int | None


def documents_of(body: str, of: Of) -> tuple[DocumentRow, ...]:
    """Return the documents of one thing, the standing ones first; at most 4 queries."""
    rows = m.Document.objects.filter(body=body, **of.place).select_related("register")
    found = list(_shown(rows.order_by("stage", "pk")))
    return tuple(sorted(found, key=lambda one: one.state in ("voided", "erased")))


def document(by: Person, pk: int) -> DocumentRow:
    """Return one document. Raises NoSuchRow."""
    return next(_shown([document_of(by, pk)]))


def documents(body: str, register: int, asked: Asked | None = None) -> DocumentPage:
    """Return a page of a register's documents, the latest first."""
    said = asked or Asked()
    rows = _asked_for(body, register, said)
    here = rows.filter(pk__lt=said.after) if said.after else rows
    found = list(here[: PAGE + 1])
    return DocumentPage(
        rows=tuple(_shown(found[:PAGE])), more=found[PAGE - 1].pk if len(found) > PAGE else None, total=rows.count(),
    )  # fmt: skip


def listed(body: str, register: int, asked: Asked | None = None) -> Iterator[DocumentRow]:
    """Yield all that are asked for, some at a time. Raises TooManyRows."""
    rows = list(_asked_for(body, register, asked or Asked())[: MOST_LISTED + 1])
    if len(rows) > MOST_LISTED:
        raise TooManyRows(limit=f"{MOST_LISTED:,}")
    for part in parts(rows):
        yield from _shown(part)


def _asked_for(body: str, register: int, said: Asked) -> QuerySet[m.Document]:
    rows = m.Document.objects.filter(body=body, register=register).select_related("register")
    where = {name: value for name in ("sort", "level", "year") if (value := getattr(said, name))}
    rows = rows.filter(**where) if said.state == "all" else rows.filter(STANDING, **where)
    return rows.order_by("-pk")


def counts(registers: Collection[int], numbers: Collection[int]) -> dict[tuple[int, int], int]:
    """Return how many documents stand at entries, by register and number; 1 query for a page."""
    found: dict[tuple[int, int], int] = {}
    for part in parts(sorted(set(numbers))):
        rows = m.Document.objects.filter(
            STANDING, register__in=registers, number__in=part
        ).order_by()
        for register, number, n in rows.values_list("register", "number").annotate(n=Count("pk")):
            found[register, number] = n
    return found


def coverage(register: int) -> Coverage:
    """Return of how many entries something is attached; 2 queries."""
    rows = m.Entry.objects.filter(m.entries.CURRENT, register=register)
    return Coverage(entries=rows.count(), proven=rows.filter(Exists(_attached())).count())


def missing(body: str, register: int, after: int = 0) -> MissingPage:
    """Return a page of the entries that have no document."""
    row = m.Register.objects.get(body=body, pk=register)
    rows = m.Entry.objects.filter(m.entries.CURRENT, register=row, number__gt=after)
    found = rows_shown(row, rows.exclude(Exists(_attached())).order_by("number")[: PAGE + 1])
    more = found[PAGE - 1].record.id if len(found) > PAGE else None
    return MissingPage(rows=tuple(found[:PAGE]), more=more)


def _attached() -> QuerySet[m.Document]:
    return m.Document.objects.filter(
        STANDING, register=OuterRef("register"), number=OuterRef("number")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """期限の過ぎた書類. The first of those that `erase_due_documents` erases; `total`: all of them."""

    rows: tuple[DocumentRow, ...]
    total: int


def due(by: Person, on: date) -> DuePage:
    """Return the documents that `erase_due_documents` erases, the longest due first."""
    found = documents_due(by, on)
    return DuePage(rows=tuple(_shown(found[:MOST_DUE])), total=len(found))


# -- how one is shown -------------------------------------------------------------------------------------------------


def _shown(rows: Iterable[m.Document]) -> Iterator[DocumentRow]:
    found = list(rows)
    names = _names(found)
    begun = recorded(found)
    ended = last_recorded([row for row in found if row.voided or row.erased])
    for row in found:
        named = names.get(row.pk)
        yield DocumentRow(
            named=named, state=_state(row, named), stage=_stage(row),
            register_name=_called(row.register), register_ended=row.register.voided is not None,
            register=row.register_id, department=row.register.department_id, closing=row.closing_id, batch=row.batch_id,
            reason=row.void_reason, by=begun[row.pk], ended=ended.get(row.pk), **_columns(row),
        )  # fmt: skip


_PLAIN: Final = ("pk", "stamp", "number", "sort", "format", "sha256", "size", "level", "personal", "year", "keep_years", "keep_until", "held", "erased")  # fmt: skip


def _columns(row: m.Document) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in _PLAIN}


def _called(register: m.Register) -> tuple[str, str]:
    holds = kind(register)
    return holds.ja, holds.en


def _stage(row: m.Document) -> str:
    stages = kind(row.register).stages
    return stages[row.stage - 1] if row.stage is not None and row.stage <= len(stages) else ""


def _state(row: m.Document, named: Named | None) -> State:
    if row.erased is not None:
        return "erased"
    if row.voided is not None:
        return "voided"
    return "lost" if named is None and not row.personal else "stands"


def _names(rows: Iterable[m.Document]) -> dict[int, Named]:
    """Return the names of documents that say nothing of persons; those that cannot be read are left out."""
    plain = {row.pk: row.body for row in rows if not row.personal and row.erased is None}
    found: dict[int, Named] = {}
    for part in parts(sorted(plain)):
        for pk, sealed in m.DocumentName.objects.filter(document__in=part).values_list(
            "document", "sealed"
        ):
            try:
                found[pk] = opened_name(plain[pk], pk, sealed)
            except (PersonalKeyLacking, PersonalTextChanged):
                continue
    return found
