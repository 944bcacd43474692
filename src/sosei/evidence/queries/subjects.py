"""相手の頁. Organisations and persons that entries are about: who they are, what they were when, in which registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, QuerySet

from sosei.evidence import models as m
from sosei.evidence.actions.found import alike
from sosei.evidence.codec import literal
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Literal_
from sosei.evidence.measures.shares import asked_of_subjects
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import kind, measure
from sosei.journal.models import Entry, Past
from sosei.offices.models import Person
from sosei.offices.queries.recorded import Recorded, recorded

#: Subjects of a page.
PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """相手. `name`: of an organisation; of a person, none. `entries`: how many in all registers are about it."""

    pk: int
    person: bool
    name: str | None
    number: str | None
    entries: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectList:
    """相手の一覧. By name; `more`: the number of the last one, from which the next page goes on."""

    rows: tuple[SubjectRow, ...]
    more: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """属性. What a subject is from a day on (None: ever), until another of this name says otherwise."""

    pk: int
    name: str
    value: Literal_
    first: date | None
    by: Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class InRegister:
    """台帳にある登録. How many entries of a register are about a subject."""

    register: int
    kind: RegisterKind
    department: int
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """前の名称. What an organisation was called, and its corporate number, until it was renamed; by whom, and why."""

    name: str | None
    number: str | None
    by: Recorded
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectPage:
    """相手の頁. `said`: by name, then day. `into`: with whom it is one now; `merged`: those that were made one with it.

    `former`: what it was called, the latest first. `stamp`: of its row, which a form says it saw.
    """

    row: SubjectRow
    said: tuple[Said, ...]
    registers: tuple[InRegister, ...]
    into: SubjectRow | None
    merged: tuple[SubjectRow, ...]
    former: tuple[Former, ...] = ()
    stamp: int = 0


def called(body: str, subject: int) -> str | None:
    """Return what a subject is called, None where there is none of this number."""
    row = m.Subject.objects.filter(body=body, pk=subject, voided__isnull=True).first()
    return row.called() if row else None


def is_person(body: str, subject: int) -> bool:
    """Whether a number is a person's."""
    return m.Subject.objects.filter(body=body, pk=subject, kind="person").exists()


def is_erased(body: str, subject: int | None) -> bool:
    """Whether who a person is was erased."""
    own = m.Subject.objects.filter(body=body, erased__isnull=False)
    return subject is not None and own.filter(pk=subject).exists()


def names(body: str, most: int = 500) -> tuple[str, ...]:
    """Return the names of organisations, as suggestions for a field: those that came last, in the order of names."""
    found = _organisations(body).filter(name__isnull=False).order_by("-pk")
    return tuple(sorted(name for name in found.values_list("name", flat=True)[:most] if name))


def subjects(body: str, words: str = "", after: int | None = None) -> SubjectList:
    """Return organisations by name, those that hold every word, also however a firm's form is written; 3 queries."""
    rows = _organisations(body)
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(alike__contains=alike(word) or word) | Q(number__startswith=word)
        )  # fmt: skip
    last = m.Subject.objects.filter(body=body, pk=after).first() if after is not None else None
    if last is not None:
        rows = rows.filter(Q(alike__gt=last.alike or "") | Q(alike=last.alike, pk__gt=last.pk))
    found = list(rows.order_by("alike", "pk")[: PAGE + 1])
    return SubjectList(
        rows=_shown(found[:PAGE]), more=found[PAGE - 1].pk if len(found) > PAGE else None
    )


def _organisations(body: str) -> QuerySet[m.Subject]:
    return m.Subject.objects.filter(body=body, kind="organisation", into=None, voided__isnull=True)


def _shown(rows: Iterable[m.Subject]) -> tuple[SubjectRow, ...]:
    found = list(rows)
    own = m.Entry.objects.filter(m.entries.CURRENT, subject__in=[row.pk for row in found])
    counted = dict(own.order_by().values_list("subject").annotate(n=Count("pk")))
    return tuple(
        SubjectRow(
            pk=row.pk, person=row.kind == "person", name=row.name, number=row.number, entries=counted.get(row.pk, 0)
        )
        for row in found
    )  # fmt: skip


def rows_of(body: str, numbers: Collection[int]) -> dict[int, SubjectRow]:
    """Return some subjects by their numbers, those merged into others too; 2 queries."""
    rows = m.Subject.objects.filter(body=body, pk__in=numbers, voided__isnull=True)
    return {row.pk: row for row in _shown(rows)}


def subject_page(body: str, pk: int) -> SubjectPage:
    """Return everything that is known of a subject but who a person is. Raises NoSuchRow."""
    row = m.Subject.objects.filter(body=body, pk=pk, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="相手", number=pk)
    merged = m.Subject.objects.filter(into=row).order_by("pk")
    known = rows_of(body, [pk, *([row.into_id] if row.into_id else []), *merged.values_list("pk", flat=True)])  # fmt: skip
    return SubjectPage(
        row=known[pk], said=_said(row), registers=_registers(row), into=known.get(row.into_id or 0),
        merged=tuple(one for number, one in known.items() if number not in (pk, row.into_id)),
        former=_former(row) if row.stamp > 1 else (), stamp=row.stamp,
    )  # fmt: skip


def _said(row: m.Subject) -> tuple[Said, ...]:
    rows = list(m.Attribute.objects.filter(subject=row, voided__isnull=True))
    by = recorded(rows)
    found = [
        Said(pk=one.pk, name=one.name, value=literal(one.value), first=one.first, by=by[one.pk])
        for one in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.first or date.min)))


def _former(row: m.Subject) -> tuple[Former, ...]:
    """Return what an organisation was called before; 3 queries."""
    lines = Entry.objects.filter(body=row.body, subject=f"evidence.subject:{row.pk}", verb="subject.rename")  # fmt: skip
    by = {line.seq: line for line in lines}
    people = dict(Person.objects.filter(pk__in={one.by for one in by.values()}).values_list("pk", "name"))  # fmt: skip
    pasts = Past.objects.filter(body=row.body, table=row.table(), row=row.pk, seq__in=by)
    return tuple(
        Former(
            name=past.content.get("name"), number=past.content.get("number"), reason=by[past.seq].facts.get("reason", ""),
            by=Recorded(at=by[past.seq].at, by=people.get(by[past.seq].by or 0), seq=past.seq),
        )
        for past in pasts.order_by("-stamp")
    )  # fmt: skip


def _registers(row: m.Subject) -> tuple[InRegister, ...]:
    own = m.Entry.objects.filter(m.entries.CURRENT, subject=row).order_by()
    counted = dict(own.values_list("register").annotate(n=Count("pk")))
    rows = m.Register.objects.filter(pk__in=counted, voided__isnull=True)
    found = [
        InRegister(register=one.pk, kind=kind(one), department=one.department_id, entries=counted[one.pk])
        for one in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.kind.ja))


def attributes_known(body: str) -> dict[str, type]:
    """Return the names of attributes that are said of subjects, or asked for by measures, with the type of their values.

    Of one that no subject has yet the type is not known: `object`.
    """
    found: dict[str, type] = {}
    for row in m.Measure.objects.filter(body=body, voided__isnull=True):
        found |= dict.fromkeys(asked_of_subjects(measure(row.text)), object)
    said = m.Attribute.objects.filter(body=body, voided__isnull=True).order_by("name", "pk")
    types: dict[str, Counter[type]] = {}
    for name, value in said.values_list("name", "value"):
        types.setdefault(name, Counter())[type(literal(value))] += 1
    return found | {name: several.most_common(1)[0][0] for name, several in types.items()}
