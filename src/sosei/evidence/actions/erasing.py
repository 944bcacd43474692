"""個人情報の消去. Who a person is goes when its time is over; his row and his entries stay, so that counts and proofs hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sosei.core.errors import Stale
from sosei.evidence import models as m
from sosei.evidence.actions.consents import about, person_of
from sosei.evidence.actions.documenterasing import let_go_of_persons, require_documents_released
from sosei.evidence.actions.wiping import drop_private_of, wipe
from sosei.evidence.nameless import nameless
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
from sosei.evidence.proof import spans
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
        require_documents_released(own)
        w.facts |= {"persons": 1, "reason": nameless(reason, "個人情報の消去", own)}
        _let_go(w, own)
    return m.Subject.objects.get(pk=subject)


def erase_due(*, by: Person, on: date | None = None, chosen: Collection[int] | None = None) -> int:
    """期限の過ぎた人を消す. All whose time of keeping was over on a day (None: today) in every register, and is not held.

    Of who is still kept for another register, only the personal fields of the one whose time is over. Left out is who is
    in a register of a department that is not one's own. `chosen`: of these persons alone, Stale where one of them is no
    longer due. Returns how many persons. Raises NotAllowed, NotYet.
    """
    require(by, ERASING)
    day = on or today()
    if day > today():
        raise NotYet(on=day)
    with act("subject.erase_due", body=by.body, by=by.pk, always=True) as w:
        found = _chosen(erasable(by, overdue(by.body, day)), chosen)
        over = {one for one, own in found.items() if all(each.over(day) for each in own)}
        if chosen is not None and over != set(chosen):
            raise Stale(what="消去する人の一覧")
        w.facts["persons"] = len(over)
        into = merged(by.body)
        _let_go(w, over | {one for one, now in into.items() if now in over})
        rest = {one: own for one, own in found.items() if one not in over}
        if dropped := _drop_over(w, rest, day):
            w.facts["private_over"] = dropped
    return len(over)


def _chosen(
    found: Mapping[int, list[Belonging]], chosen: Collection[int] | None
) -> Mapping[int, list[Belonging]]:
    return found if chosen is None else {one: found[one] for one in chosen if one in found}


def _let_go(w: Act, subjects: Collection[int]) -> None:
    wipe(w, subjects)
    let_go_of_persons(w, subjects)


def _require_released(found: Iterable[Belonging]) -> None:
    for one in found:
        if one.holds(today()):
            register = m.Register.objects.get(pk=one.register)
            raise StillHeld(register=register.called(), reason=one.held)


def _drop_over(
    w: Act, found: Mapping[int, Iterable[Belonging]], day: date
) -> dict[str, list[list[int]]]:
    """Delete the personal fields of registers whose time is over; return of which entries, by register."""
    dropped: dict[int, list[int]] = defaultdict(list)
    for one in (each for own in found.values() for each in own):
        if one.over(day):
            let_go_of_persons(w, family(one.person), one.register)
            for register, numbers in drop_private_of(family(one.person), one.register).items():
                dropped[register] += numbers
    return {str(where): spans(sorted(numbers)) for where, numbers in dropped.items() if numbers}
