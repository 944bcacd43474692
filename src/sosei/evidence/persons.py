"""人と台帳. In which registers a person is, until when each keeps who he is, and whether he took back what he agreed to.

Who was entered without his consent being written down belongs to the register all the same, from his first entry: he too
is erased when the time of keeping is over, and he too can say that nothing more is to be done with his contacts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, F, Min, QuerySet
from django.utils import timezone

from sosei.evidence import models as m
from sosei.evidence.models.subjects import UNTOLD
from sosei.evidence.parts import parts
from sosei.evidence.retention import keep_until
from sosei.offices.models import Person
from sosei.offices.permissions import may

#: By which verbs contacts are exported, and persons erased.
EXPORTED: Final = "register.export"
ERASING: Final = "subject.erase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """台帳にいること. A register that sets no time keeps persons until it is ended. `person`: after merging; `since`: of the consent, or of the first entry (`told` is then False).

    `held`: why he is kept longer, up to `held_until` (None: until it is released).
    """

    person: int
    register: int
    since: date
    told: bool = True
    keep_until: date | None = None
    withdrawn: bool = False
    held: str | None = None
    held_until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether he is kept on a day for a reason, whatever his time of keeping."""
        return self.held is not None and (self.held_until is None or self.held_until >= on)

    def over(self, on: date) -> bool:
        """Whether the time of keeping is over, and nothing makes it last longer."""
        return not self.holds(on) and self.keep_until is not None and self.keep_until < on

    @property
    def last(self) -> date | None:
        """The last day on which he is kept, by the register's time and what makes it last longer."""
        known = [day for day in (self.keep_until, self.held_until if self.held else None) if day]
        return max(known, default=None)


def merged(body: str) -> dict[int, int]:
    """Return the persons that were merged into others, with whom they are now."""
    rows = m.Subject.objects.filter(body=body, kind="person", into__isnull=False)
    step = {one: now for one, now in rows.values_list("pk", "into") if now is not None}

    def last(one: int) -> int:
        while one in step:
            one = step[one]
        return one

    return {one: last(one) for one in step}


def family(person: int) -> tuple[int, ...]:
    """Return a person and all that were merged into him."""
    found = [person]
    for one in found:
        found += m.Subject.objects.filter(into=one).order_by("pk").values_list("pk", flat=True)
    return tuple(found)


def families(body: str, persons: Collection[int]) -> dict[int, set[int]]:
    """Return persons with all that were merged into each, as `family`; 1 query for all."""
    found = {one: {one} for one in persons}
    for one, now in merged(body).items():
        if now in found:
            found[now].add(one)
    return found


def live(body: str) -> QuerySet[m.Subject]:
    """Return the persons of a body whose identity is kept."""
    return m.Subject.objects.filter(body=body, kind="person", voided=None, erased=None)


def members(register: m.Register) -> set[int]:
    """Return the persons in a register whose identity is kept, each once."""
    alive = live(register.body)
    entries = m.Entry.objects.filter(m.entries.CURRENT, register=register, subject__in=alive)
    consents = m.Consent.objects.filter(register=register, voided=None, subject__in=alive)
    into = merged(register.body)
    found = {*entries.values_list("subject", flat=True), *consents.values_list("subject", flat=True)}  # fmt: skip
    return {into.get(one, one) for one in found}


def belongings(
    body: str, persons: Collection[int], register: m.Register | None = None
) -> dict[int, list[Belonging]]:
    """Return the registers that persons are in, or whether they are in one."""
    into = merged(body)
    everyone = {*persons, *(one for one, now in into.items() if now in persons)}
    told = [one for part in parts(sorted(everyone)) for one in _told(part, register, into)]
    said = {(one.person, one.register) for one in told}
    found: dict[int, list[Belonging]] = defaultdict(list)
    for one in told:
        found[one.person].append(one)
    untold: dict[tuple[int, int], Belonging] = {}
    for one in (one for part in parts(sorted(everyone)) for one in _untold(part, register, into)):
        key = one.person, one.register
        if key not in said and (key not in untold or one.since < untold[key].since):
            untold[key] = one
    for one in untold.values():
        found[one.person].append(one)
    return found


def _told(
    subjects: Collection[int], register: m.Register | None, into: dict[int, int]
) -> Iterator[Belonging]:
    rows = m.Consent.objects.filter(subject__in=subjects, voided=None)
    if register is not None:
        rows = rows.filter(register=register)
    for row in rows.annotate(ended=F("register__voided")).order_by("pk"):
        yield Belonging(
            person=into.get(row.subject_id, row.subject_id), register=row.register_id, since=row.given_on, told=row.version != UNTOLD,
            keep_until=row.keep_until or _last_day(row.ended), withdrawn=row.withdrawn is not None, held=row.held, held_until=row.held_until,
        )  # fmt: skip


def _untold(
    subjects: Collection[int], register: m.Register | None, into: dict[int, int]
) -> Iterator[Belonging]:
    rows = m.Entry.objects.filter(subject__in=subjects)
    if register is not None:
        rows = rows.filter(register=register)
    first = rows.order_by().values(
        "subject", "register", "register__keep_years", "register__voided"
    )
    for row in first.annotate(first=Min("since"), now=Count("pk", filter=m.entries.CURRENT)):
        since = _day(row["first"])
        if row["register__keep_years"] is None and not row["now"]:
            continue  # taken out of a register that sets no time
        yield Belonging(
            person=into.get(row["subject"], row["subject"]), register=row["register"], since=since, told=False,
            keep_until=keep_until(since, row["register__keep_years"]) or _last_day(row["register__voided"]),
        )  # fmt: skip


def over_in(own: Iterable[Belonging], on: date) -> set[int]:
    """Return the registers whose time is over for a person: of those merged into one, for each of them."""
    found = list(own)
    return {one.register for one in found} - {one.register for one in found if not one.over(on)}


def departments(found: Iterable[Belonging]) -> list[int]:
    """Return the departments whose registers a person is in."""
    registers = m.Register.objects.filter(pk__in={one.register for one in found})
    return sorted(set(registers.values_list("department", flat=True)))


def erasable(by: Person, found: Mapping[int, list[Belonging]]) -> dict[int, list[Belonging]]:
    """Return those whom somebody may erase: he must be allowed to in each department whose register a person is in."""
    registers = m.Register.objects.filter(body=by.body)
    mine = {
        register
        for register, department in registers.values_list("pk", "department")
        if may(by, ERASING, [department]) is not None
    }
    return {
        person: own for person, own in found.items() if all(one.register in mine for one in own)
    }


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _last_day(ended: datetime | None) -> date | None:
    """Return until when a register keeps persons that sets no time for it: as long as it is kept itself."""
    return None if ended is None else _day(ended)
