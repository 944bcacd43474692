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
from sosei.evidence.overdue import is_over, overdue
from sosei.evidence.parts import parts
from sosei.evidence.persons import (
    ERASING,
    Belonging,
    belongings,
    departments,
    erasable,
    families,
    family,
    over_in,
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


def erase_due(
    *, by: Person, on: date | None = None, chosen: Collection[int] | None = None,
    over: Collection[int] | None = None,
) -> int:  # fmt: skip
    """期限の過ぎた人を消す. All whose time of keeping was over on a day (None: today) in every register, and is not held.

    Of who is still kept for another register, only the personal fields and documents of the one whose time is over. Left
    out is who is in a register of a department that is not one's own. `chosen`: erase of these alone; `over`: take what is
    over of these alone; Stale where one of them is not to be erased (any more), or is so in every register by now. Returns
    how many persons. Raises NotAllowed, NotYet.
    """
    require(by, ERASING)
    day = on or today()
    if day > today():
        raise NotYet(on=day)
    with act("subject.erase_due", body=by.body, by=by.pk, always=True) as w:
        found = erasable(by, overdue(by.body, day))
        whole = {one for one, own in found.items() if is_over(own, day)}
        rest = found.keys() - whole
        if chosen is not None or over is not None:
            whole, rest = _chosen(whole, chosen or ()), _chosen(rest, over or ())
        w.facts["persons"] = len(whole)
        _let_go(w, _all(families(by.body, whole)))
        if dropped := _drop_over(w, {one: found[one] for one in rest}, day):
            w.facts["private_over"] = dropped
    return len(whole)


def _chosen(found: Collection[int], chosen: Collection[int]) -> set[int]:
    if not set(chosen) <= set(found):
        raise Stale(what="消去する人の一覧")
    return set(chosen)


def _all(found: Mapping[int, Collection[int]]) -> set[int]:
    return {one for own in found.values() for one in own}


def _let_go(w: Act, subjects: Collection[int]) -> None:
    wipe(w, subjects)
    let_go_of_persons(w, subjects)


def _require_released(found: Iterable[Belonging]) -> None:
    for one in found:
        if one.holds(today()):
            register = m.Register.objects.get(pk=one.register)
            raise StillHeld(register=register.called(), reason=one.held)


def _drop_over(
    w: Act, found: Mapping[int, Collection[Belonging]], day: date
) -> dict[str, list[list[int]]]:
    """Let go of what registers whose time is over say of persons; return of which entries, by register."""
    own, over = families(w.body, found), defaultdict[int, set[int]](set)
    for person, there in found.items():
        for register in over_in(there, day):
            over[register] |= own[person]
    dropped: dict[int, list[int]] = defaultdict(list)
    for register, subjects in sorted(over.items()):
        let_go_of_persons(w, subjects, register)
        for part in parts(sorted(subjects)):
            dropped[register] += drop_private_of(part, register).get(register, ())
    return {str(where): spans(sorted(numbers)) for where, numbers in dropped.items() if numbers}
