"""個人情報の消去. Who a person is goes when its time is over; his row and his entries stay, so that counts and proofs hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sosei.evidence import models as m
from sosei.evidence.actions.consents import about, person_of
from sosei.evidence.nameless import nameless
from sosei.evidence.parts import parts
from sosei.evidence.persons import (
    ERASING,
    Belonging,
    belongings,
    departments,
    erasable,
    family,
    merged,
    overdue,
)
from sosei.evidence.refusals_personal import NotYet, StillHeld
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import require


def erase(*, by: Person, subject: int, reason: str) -> m.Subject:
    """個人情報を消す. Name, contacts and personal fields of a person go, also of those merged into him; his entries stay.

    Raises NotAllowed (also where he is in a register of another department), NoReason, NamesPerson, NoSuchRow, NoPerson,
    StillHeld.
    """
    require(by, ERASING)
    with about(ERASING, by, subject) as w:
        own = family(person_of(by, subject).pk)
        found = belongings(by.body, [subject])[subject]
        for department in departments(found):
            require(by, ERASING, [department])
        _require_released(found)
        w.facts |= {"persons": 1, "reason": nameless(reason, "個人情報の消去", own)}
        _erase(w, own)
    return m.Subject.objects.get(pk=subject)


def erase_due(*, by: Person, on: date | None = None) -> int:
    """期限の過ぎた人を消す. All whose time of keeping was over on a day (None: today) in every register, and is not held.

    Of who is still kept for another register, only the personal fields of the one whose time is over. Left out is who is
    in a register of a department that is not one's own. Returns how many persons. Raises NotAllowed, NotYet.
    """
    require(by, ERASING)
    day = on or today()
    if day > today():
        raise NotYet(on=day)
    with act("subject.erase_due", body=by.body, by=by.pk, always=True) as w:
        found = erasable(by, overdue(by.body, day))
        over = {one for one, own in found.items() if all(each.over(day) for each in own)}
        w.facts["persons"] = len(over)
        into = merged(by.body)
        _erase(w, over | {one for one, now in into.items() if now in over})
        _drop_over({one: own for one, own in found.items() if one not in over}, day)
    return len(over)


def _require_released(found: Iterable[Belonging]) -> None:
    for one in found:
        if one.held is not None:
            register = m.Register.objects.get(pk=one.register)
            raise StillHeld(register=register.called(), reason=one.held)


def _drop_over(found: Mapping[int, Iterable[Belonging]], day: date) -> None:
    for one in (each for own in found.values() for each in own):
        if one.over(day):
            _drop_private(family(one.person), one.register)


def _erase(w: Act, subjects: Collection[int]) -> None:
    if subjects:
        m.Upload.objects.filter(body=w.body).delete()  # a sheet on its way in may hold them
    for part in parts(sorted(set(subjects))):
        _drop_private(part)
        m.Contact.objects.filter(subject__in=part).delete()
        for row in m.Subject.objects.filter(pk__in=part, erased=None).order_by("pk"):
            w.change(row, erased=w.at)


def _drop_private(subjects: Collection[int], register: int | None = None) -> None:
    """Delete the personal fields of entries about some subjects, also of those taken out; not where they are now another's."""
    own = m.Entry.objects.filter(subject__in=subjects)
    if register is not None:
        own = own.filter(register=register)
    for where in own.order_by().values_list("register", flat=True).distinct():
        now = m.Entry.objects.filter(m.entries.CURRENT, register=where, subject__isnull=False)
        others = now.exclude(subject__in=subjects).values("number")
        private = m.Private.objects.filter(register=where)
        numbers = own.filter(register=where).values("number")
        private.filter(number__in=numbers).exclude(number__in=others).delete()
