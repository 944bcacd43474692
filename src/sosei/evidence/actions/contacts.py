"""連絡先の利用. Seeing and exporting who persons are: every time is a line of the journal, with how many, never with whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sosei.core.errors import NoReason
from sosei.evidence import models as m
from sosei.evidence.actions.consents import person_of
from sosei.evidence.actions.entries import register_of
from sosei.evidence.drafts import Who
from sosei.evidence.nameless import without
from sosei.evidence.persons import EXPORTED, belongings, members
from sosei.evidence.refusals_personal import NotHeardHere, NotInRegister
from sosei.evidence.told import heard, reach
from sosei.journal.acts import act
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import require

#: By which right contacts are seen, and by which verb that is noted.
SEEING: Final = "person.contact.see"
SEEING_DONE: Final = "contact.see"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """書き出した連絡先. Persons by their numbers; left out: who withdrew, whose time is over, of whom it heard no contact.

    `untold`: how many of the exported were entered without their consent being written down.
    """

    rows: tuple[tuple[int, Who], ...]
    withdrawn: int
    over: int
    unknown: int
    untold: int


def see_contact(*, by: Person, subject: int, register: int) -> Who:
    """連絡先を見る. Who a person in a register is: as that register heard it, or another one over which one has the right.

    Raises NotAllowed, NoSuchRow, NoPerson, NotInRegister, NotHeardHere, PersonalKeyLacking.
    """
    require(by, SEEING, [register_of(by, register).department_id])
    where = f"evidence.subject:{subject}"
    with act(SEEING_DONE, body=by.body, by=by.pk, subject=where, always=True) as w:
        kept = register_of(by, register)
        person_of(by, subject)
        w.facts |= {"persons": 1, "register": register}
        if not belongings(by.body, [subject], kept)[subject]:
            raise NotInRegister(subject=subject, register=kept.called())
        found = dict(heard(kept, [subject], reach(by, SEEING)))
        if subject not in found:
            raise NotHeardHere(subject=subject, register=kept.called())
    return found[subject]


def export_contacts(
    *, by: Person, register: int, purpose: str, ground: str | None = None
) -> Exported:
    """連絡先を書き出す. Of all in a register but who withdrew or was erased; `purpose`: what for, kept in the journal.

    `ground`: by which rule of the Act they may be used (`grounds`), kept beside it.

    Raises NotAllowed, NoReason, NamesPerson, NoSuchRow, PersonalKeyLacking, PersonalTextChanged.
    """
    said = purpose.strip()
    require(by, EXPORTED, [register_of(by, register).department_id])
    if not said:
        raise NoReason(what="連絡先の書き出し")
    where = f"evidence.register:{register}"
    with act(EXPORTED, body=by.body, by=by.pk, subject=where, always=True) as w:
        made = _exported(register_of(by, register), reach(by, EXPORTED))
        w.facts |= {
            "persons": len(made.rows),
            "purpose": without(said, "利用の目的", (who for _, who in made.rows)),
        }
        if ground is not None:
            w.facts["ground"] = ground
    return made


def _exported(register: m.Register, within: Collection[int]) -> Exported:
    everyone = members(register)
    found, day = belongings(register.body, everyone, register), today()
    withdrawn = {one for one in everyone if any(each.withdrawn for each in found[one])}
    over = {one for one in everyone - withdrawn if all(each.over(day) for each in found[one])}
    rows = tuple(heard(register, everyone - withdrawn - over, within))
    return Exported(
        rows=rows, withdrawn=len(withdrawn), over=len(over),
        unknown=len(everyone) - len(withdrawn) - len(over) - len(rows),
        untold=sum(not any(each.told for each in found[one]) for one, _ in rows),
    )  # fmt: skip
