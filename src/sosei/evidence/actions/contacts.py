"""連絡先の利用. Seeing and exporting who persons are: every time is a line of the journal, with how many, never with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sosei.core.errors import NoReason
from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.actions.consents import person_of
from sosei.evidence.actions.entries import register_of
from sosei.evidence.drafts import Who
from sosei.evidence.nameless import without
from sosei.evidence.parts import parts
from sosei.evidence.persons import EXPORTED, belongings, members, merged
from sosei.evidence.refusals_personal import NotInRegister
from sosei.journal.acts import act
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import require


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """書き出した連絡先. Persons by their numbers; left out: who withdrew, whose time is over, of whom no contact is kept.

    `untold`: how many of the exported were entered without their consent being written down.
    """

    rows: tuple[tuple[int, Who], ...]
    withdrawn: int
    over: int
    unknown: int
    untold: int


def see_contact(*, by: Person, subject: int, register: int) -> Who:
    """連絡先を見る. Who a person in a register is. Raises NotAllowed, NoSuchRow, NoPerson, NotInRegister, PersonalKeyLacking."""
    require(by, "person.contact.see", [register_of(by, register).department_id])
    where = f"evidence.subject:{subject}"
    with act("contact.see", body=by.body, by=by.pk, subject=where, always=True) as w:
        kept = register_of(by, register)
        person_of(by, subject)
        w.facts |= {"persons": 1, "register": register}
        found = dict(_opened([subject], by.body))
        if subject not in found or not belongings(by.body, [subject], kept)[subject]:
            raise NotInRegister(subject=subject, register=kept.called())
    return found[subject]


def export_contacts(*, by: Person, register: int, purpose: str) -> Exported:
    """連絡先を書き出す. Of all in a register but who withdrew or was erased; `purpose`: what for, kept in the journal.

    Raises NotAllowed, NoReason, NamesPerson, NoSuchRow, PersonalKeyLacking, PersonalTextChanged.
    """
    said = purpose.strip()
    require(by, EXPORTED, [register_of(by, register).department_id])
    if not said:
        raise NoReason(what="連絡先の書き出し")
    where = f"evidence.register:{register}"
    with act(EXPORTED, body=by.body, by=by.pk, subject=where, always=True) as w:
        made = _exported(register_of(by, register))
        w.facts |= {
            "persons": len(made.rows),
            "purpose": without(said, "利用の目的", (who for _, who in made.rows)),
        }
    return made


def _exported(register: m.Register) -> Exported:
    everyone = members(register)
    found, day = belongings(register.body, everyone, register), today()
    withdrawn = {one for one in everyone if any(each.withdrawn for each in found[one])}
    over = {one for one in everyone - withdrawn if all(each.over(day) for each in found[one])}
    rows = tuple(_opened(everyone - withdrawn - over, register.body))
    return Exported(
        rows=rows, withdrawn=len(withdrawn), over=len(over),
        unknown=len(everyone) - len(withdrawn) - len(over) - len(rows),
        untold=sum(not any(each.told for each in found[one]) for one, _ in rows),
    )  # fmt: skip


def _opened(persons: Iterable[int], body: str) -> Iterator[tuple[int, Who]]:
    """Yield who persons are: by their own contact, else by that of one who was merged into them."""
    wanted = set(persons)
    into = {one: now for one, now in merged(body).items() if now in wanted}
    kept: dict[int, m.Contact] = {}
    for part in parts(sorted({*wanted, *into})):
        for row in m.Contact.objects.filter(subject__in=part).order_by("pk"):
            person = into.get(row.subject_id, row.subject_id)
            if person == row.subject_id or person not in kept:
                kept[person] = row
    for person, row in sorted(kept.items()):
        yield person, personal.opened(body, row.subject_id, row.sealed)
