"""だれが聞いた連絡先か. Of each person, what a register heard of him: its officials see that, and not what he told another office."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.drafts import Who
from sosei.evidence.parts import parts
from sosei.evidence.persons import merged
from sosei.evidence.refusals_personal import PersonalTextChanged
from sosei.offices.models import Person
from sosei.offices.permissions import may


def place(body: str, register: int, subject: int) -> str:
    """Return what binds a text to its register and its person."""
    return f"told\0{body}\0{register}\0{subject}"


def reach(by: Person, verb: str) -> set[int]:
    """Return the registers of whose contacts somebody may do something."""
    rows = m.Register.objects.filter(body=by.body).values_list("pk", "department")
    return {register for register, department in rows if may(by, verb, [department])}


def heard(
    register: m.Register, persons: Collection[int], within: Collection[int]
) -> Iterator[tuple[int, Who]]:
    """Yield who persons in a register are, as somebody may see it whose right is over the registers `within`.

    By the contact where one of those registers heard it, his own before that of one who was merged into him; else by what
    this register heard. Raises PersonalKeyLacking, PersonalTextChanged.
    """
    into = {one: now for one, now in merged(register.body).items() if now in persons}
    subjects = sorted({*persons, *into})
    found: dict[int, m.Contact | m.Told] = {}
    for contact in _contacts(subjects, within):
        person = into.get(contact.subject_id, contact.subject_id)
        if contact.subject_id == person or person not in found:
            found[person] = contact
    for told in _told(subjects, register):
        found.setdefault(into.get(told.subject_id, told.subject_id), told)
    for person, row in sorted(found.items()):
        yield person, opened(row)


def opened(row: m.Contact | m.Told) -> Who:
    """Return who somebody is by one row. Raises PersonalKeyLacking, PersonalTextChanged."""
    if isinstance(row, m.Contact):
        return _opened(row)
    return Who(**personal.deciphered(place(row.body, row.register_id, row.subject_id), row.sealed))


def _opened(row: m.Contact) -> Who:
    """Return who somebody is, where the register that a contact says is the one that heard it.

    Of what an earlier version wrote, the text does not say which; the person's first entry does, which proofs hold.
    """
    who, heard = personal.opened_from(row.body, row.subject_id, row.sealed)
    if heard is None:
        rows = m.Entry.objects.filter(subject=row.subject_id).order_by("pk")
        heard = rows.values_list("register", flat=True).first()
    if heard not in (None, row.register_id):
        raise PersonalTextChanged(number=personal.number_of(row.sealed))
    return who


def _contacts(subjects: list[int], within: Collection[int]) -> Iterator[m.Contact]:
    for part in parts(subjects):
        rows = m.Contact.objects.filter(subject__in=part).order_by("pk")
        yield from (row for row in rows if row.register_id in within)


def _told(subjects: list[int], register: m.Register) -> Iterator[m.Told]:
    for part in parts(subjects):
        yield from m.Told.objects.filter(subject__in=part, register=register).order_by("pk")
