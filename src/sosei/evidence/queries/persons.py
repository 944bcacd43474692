"""個人の頁. In which registers a person is, what he agreed to there and took back, until when; what erasing takes and leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sosei.evidence import models as m
from sosei.evidence.actions.documenterasing import of_persons
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.models.subjects import UNTOLD
from sosei.evidence.persons import Belonging, belongings, families, family, live, merged
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import keys_of, kind, measure
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import may

#: So many of a person's entries of a register are named.
_NAMED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class InRegister:
    """台帳での扱い. `told`: his consent is written down, of `version` on `given_on`; else he is in it since then.

    `purpose`, `now`: what the register is for, and the version of that now. `consent`, `hold`: numbers of the rows, of that
    by which he is held. `entries`: numbers of his entries, the first of them. `ended`: since when the register is no longer kept.
    """

    register: int
    kind: RegisterKind
    department: int
    department_name: str
    now: int
    told: bool
    given_on: date
    version: int | None
    withdrawn: datetime | None
    keep_until: date | None
    held: str | None
    held_until: date | None
    hold: int | None
    over: bool
    entries: tuple[int, ...]
    ended: datetime | None

    @property
    def holding(self) -> bool:
        """Whether he is held today."""
        return self.held is not None and (self.held_until is None or self.held_until >= today())

    @property
    def purpose(self) -> str:
        """What persons are told it is for."""
        return self.kind.purpose or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """個人の頁. `registers`: those that the viewer sees; `others`: how many more there are. `into`: with whom he is one now."""

    pk: int
    erased: datetime | None
    into: int | None
    merged: tuple[int, ...]
    registers: tuple[InRegister, ...]
    others: int


def person_page(by: Person, pk: int) -> PersonPage:
    """Return what is known of a person but who he is; at most 10 queries. Raises NoSuchRow."""
    row = m.Subject.objects.filter(body=by.body, pk=pk, kind="person", voided=None).first()
    if row is None:
        raise NoSuchRow(what="相手", number=pk)
    own = family(pk)
    found = belongings(by.body, [pk])[pk] if row.into_id is None else []
    every = _registers(found, own)
    seen = tuple(one for one in every if _sees(by, one))
    return PersonPage(
        pk=pk, erased=row.erased, into=row.into_id, merged=own[1:], registers=seen, others=len(every) - len(seen),
    )  # fmt: skip


def _sees(by: Person, one: InRegister) -> bool:
    """Whether somebody sees that a person is in a register: those alone who may see who he is there."""
    return may(by, "person.contact.see", [one.department]) is not None


def _registers(found: Iterable[Belonging], own: Collection[int]) -> list[InRegister]:
    by: dict[int, list[Belonging]] = defaultdict(list)
    for one in found:
        by[one.register].append(one)
    rows = m.Register.objects.filter(pk__in=by).select_related("department")
    consents: dict[int, list[m.Consent]] = defaultdict(list)
    for consent in m.Consent.objects.filter(subject__in=own, voided=None).order_by("pk"):
        consents[consent.register_id].append(consent)
    entries: dict[int, list[int]] = defaultdict(list)
    current = m.Entry.objects.filter(m.entries.CURRENT, subject__in=own).order_by("number")
    for register, number in current.values_list("register", "number"):
        entries[register].append(number)
    shown = [_shown(row, by[row.pk], consents[row.pk], entries[row.pk]) for row in rows]
    return sorted(shown, key=lambda one: one.kind.ja)


def _shown(
    row: m.Register, own: list[Belonging], consents: list[m.Consent], entries: list[int]
) -> InRegister:
    day = today()
    told = [one for one in consents if one.version != UNTOLD]
    latest = max(told, key=lambda one: one.given_on, default=None)
    holding = next((one for one in consents if one.held is not None), None)
    ends = [one.keep_until for one in own]
    return InRegister(
        register=row.pk, kind=kind(row), department=row.department_id, department_name=row.department.name,
        now=row.stamp, told=latest is not None, given_on=max(one.since for one in own),
        version=latest.version if latest else None,
        withdrawn=next((one.withdrawn for one in consents if one.withdrawn is not None), None),
        keep_until=None if None in ends else max(day for day in ends if day is not None),
        held=holding.held if holding else None, held_until=holding.held_until if holding else None,
        hold=holding.pk if holding else None, over=all(one.over(day) for one in own),
        entries=tuple(entries[:_NAMED]), ended=row.voided,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Goes:
    """消えるものと残るもの. `contacts`, `private`, `documents`, `uploads` (sheets on their way in): what goes. `entries`: what stays.

    `measures`: names of those that count from the registers they are in, whose figures stay.
    """

    persons: int
    contacts: int
    private: int
    documents: int
    uploads: int
    entries: int
    measures: tuple[str, ...]


def goes(body: str, persons: Collection[int]) -> Goes:
    """Return what erasing some persons takes and what it leaves."""
    everyone = sorted({one for own in families(body, persons).values() for one in own})
    alive = live(body).filter(pk__in=everyone)
    own = m.Entry.objects.filter(m.entries.CURRENT, subject__in=everyone).order_by()
    numbers: dict[int, list[int]] = defaultdict(list)
    for register, number in own.values_list("register", "number"):
        numbers[register].append(number)
    contacts = m.Contact.objects.filter(subject__in=alive).count()
    return Goes(
        persons=len(set(persons)), contacts=contacts + m.Told.objects.filter(subject__in=alive).count(),
        private=sum(m.Private.objects.filter(register=register, number__in=mine).count() for register, mine in numbers.items()),
        documents=sum(row.held is None for row in of_persons(everyone)), uploads=m.Upload.objects.filter(body=body).count(), entries=sum(map(len, numbers.values())),
        measures=_counting(body, numbers),
    )  # fmt: skip


def _counting(body: str, registers: Iterable[int]) -> tuple[str, ...]:
    keys = set(m.Register.objects.filter(pk__in=list(registers)).values_list("key", flat=True))
    rows = m.Measure.objects.filter(body=body, voided=None).order_by("name")
    return tuple(row.name for row in rows if keys & set(keys_of(measure(row.text))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """書き出しの見込み. How many an export of a register would hold, and how many it leaves out: who withdrew, whose time is over."""

    persons: int
    withdrawn: int
    over: int
    untold: int


def sized(body: str, register: int, inside: Collection[int]) -> Sized:
    """Return how large an export of a register would be; who is known by no contact is counted all the same."""
    row = m.Register.objects.filter(body=body, pk=register, voided=None).first()
    if row is None:
        raise NoSuchRow(what="台帳", number=register)
    found, day = belongings(body, inside, row), today()
    withdrawn = {one for one in inside if any(each.withdrawn for each in found[one])}
    over = {one for one in set(inside) - withdrawn if all(each.over(day) for each in found[one])}
    rest = set(inside) - withdrawn - over
    return Sized(
        persons=len(rest), withdrawn=len(withdrawn), over=len(over),
        untold=sum(not any(each.told for each in found[one]) for one in rest),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """保存を続けている人. In which register, why, until when; `past`: that day is over."""

    person: int
    register: str
    reason: str
    until: date | None
    past: bool


def held(by: Person, on: date) -> tuple[Held, ...]:
    """Return who is held in registers of whose persons somebody may decide it, the soonest to end first; 4 queries."""
    into = merged(by.body)
    rows = m.Consent.objects.filter(body=by.body, voided=None, held__isnull=False, subject__in=live(by.body))  # fmt: skip
    found = [
        Held(
            person=into.get(row.subject_id, row.subject_id), register=row.register.called(), reason=row.held or "",
            until=row.held_until, past=row.held_until is not None and row.held_until < on,
        )
        for row in rows.select_related("register").order_by("pk")
        if may(by, "consent.hold", [row.register.department_id]) is not None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.until or date.max, one.person)))
