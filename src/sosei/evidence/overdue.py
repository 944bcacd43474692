"""期限の過ぎた人. Whose time of keeping is over in a register, and of whom something is left there that goes for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sosei.evidence import models as m
from sosei.evidence.models.documents import KEPT
from sosei.evidence.parts import parts
from sosei.evidence.persons import Belonging, belongings, families, live, merged, over_in
from sosei.evidence.retention import given_until


def overdue(body: str, on: date) -> dict[int, list[Belonging]]:
    """Return the persons with a register whose time of keeping is over on a day, with all their registers.

    Who is still kept for another register is among them only as long as something of him goes with the one that is over.
    """
    into = merged(body)
    found = belongings(body, {into.get(one, one) for one in _candidates(body, on)})
    over = {person: registers for person, own in found.items() if (registers := over_in(own, on))}
    kept = {
        person: registers
        for person, registers in over.items()
        if len(registers) < len({one.register for one in found[person]})
    }
    nothing = kept.keys() - _left(body, kept)
    return {person: found[person] for person in over if person not in nothing}


def is_over(own: Iterable[Belonging], on: date) -> bool:
    """Whether the time is over in every register that a person is in."""
    return all(one.over(on) for one in own)


def _candidates(body: str, on: date) -> set[int]:
    alive = live(body)
    rows = m.Consent.objects.filter(body=body, voided=None, keep_until__lt=on)
    rows = rows.filter(Q(held=None) | Q(held_until__lt=on))
    found = set(rows.filter(subject__in=alive).values_list("subject", flat=True))
    keeping = m.Register.objects.filter(body=body, keep_years__isnull=False)
    years = {one for one in keeping.values_list("keep_years", flat=True) if one is not None}
    if years:
        old = m.Entry.objects.filter(register__in=keeping, subject__in=alive).order_by()
        over = _first_by((one, given_until(on, one)) for one in years)
        found |= set(old.filter(over).values_list("subject", flat=True).distinct())
    return found | _of_ended(body, on)


def _of_ended(body: str, on: date) -> set[int]:
    """Return the persons in registers that set no time, and were ended before a day."""
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    ended = m.Register.objects.filter(body=body, voided__lt=midnight)
    consents = m.Consent.objects.filter(register__in=ended, voided=None, keep_until=None)
    entries = m.Entry.objects.filter(m.entries.CURRENT, register__in=ended, register__keep_years=None)  # fmt: skip
    rows = (each.filter(subject__in=live(body)).order_by() for each in (consents, entries))
    return {one for each in rows for one in each.values_list("subject", flat=True).distinct()}


def _first_by(years: Iterable[tuple[int, date]]) -> Q:
    """Return what finds entries that came by a day, which is another one for registers that keep for other years."""
    found = Q(pk=None)
    for kept, last in years:
        midnight = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        found |= Q(register__keep_years=kept, since__lt=midnight)
    return found


def _left(body: str, over: Mapping[int, Collection[int]]) -> set[int]:
    """Return the persons of whom personal fields or documents are left in registers whose time is over."""
    whose = {one: person for person, own in families(body, over).items() for one in own}
    registers = {register for own in over.values() for register in own}
    found: set[int] = set()
    for part in parts(sorted(whose)):
        for rows in (
            _private(part, registers),
            _attached(part, registers),
            _about(part, registers),
        ):
            pairs = rows.order_by().values_list("subject", "register").distinct()
            found |= {whose[one] for one, register in pairs if register in over[whose[one]]}
    return found


def _private(subjects: Collection[int], registers: Collection[int]) -> QuerySet[m.Entry]:
    """Return contents about some subjects whose entries have personal fields, and are not about somebody else now."""
    here = {"register": OuterRef("register"), "number": OuterRef("number")}
    now = m.Entry.objects.filter(m.entries.CURRENT, **here).values("subject")[:1]
    rows = m.Entry.objects.filter(
        Exists(m.Private.objects.filter(**here)), register__in=registers, subject__in=subjects
    )
    return rows.annotate(now=Subquery(now)).filter(Q(now=None) | Q(now__in=subjects))


def _documents(registers: Collection[int]) -> QuerySet[m.Document]:
    return m.Document.objects.filter(KEPT, personal=True, held=None, register__in=registers)


def _attached(subjects: Collection[int], registers: Collection[int]) -> QuerySet[m.Document]:
    return _documents(registers).filter(subject__in=subjects)


def _about(subjects: Collection[int], registers: Collection[int]) -> QuerySet[m.Entry]:
    """Return entries about some subjects that have a personal document."""
    there = _documents(registers).filter(register=OuterRef("register"), number=OuterRef("number"))
    return m.Entry.objects.filter(
        m.entries.CURRENT, Exists(there), register__in=registers, subject__in=subjects
    )
