"""個人情報を直す. A contact and personal fields are found, seen and corrected; the journal says that it was done, never what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sosei.core.errors import Stale
from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.actions.consents import person_of
from sosei.evidence.actions.contacts import see_contact
from sosei.evidence.actions.entries import register_of
from sosei.evidence.actions.private import seal_private
from sosei.evidence.drafts import Who
from sosei.evidence.keyed import require_key
from sosei.evidence.measures.model import Literal_
from sosei.evidence.nameless import nameless, without
from sosei.evidence.parts import MANY
from sosei.evidence.persons import belongings, family, live, merged
from sosei.evidence.private import private_of
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_personal import NobodyFound, NotInRegister
from sosei.evidence.told import opened, place, reach
from sosei.journal.acts import act
from sosei.offices.models import Person
from sosei.offices.permissions import require

_SEEING: Final = "person.contact.see"
_WRITING: Final = "register.write"
#: What of a person can be corrected here.
CONTACT: Final = ("name", "kana", "mail", "phone", "address")
#: Shorter words would find everybody.
_SHORTEST: Final = 2
#: Digits of a mark.
_MARK: Final = 16
#: So many are shown; who finds more says more.
MOST_FOUND: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """見た個人情報. Who a person is, and what his entries of a register say in personal fields, by number.

    `marks`: of what was seen, for the form that corrects it; the contact's by 0.
    """

    who: Who
    private: Mapping[int, Mapping[str, Literal_]]
    marks: Mapping[int, str]


def see_person(*, by: Person, subject: int, register: int) -> Known:
    """個人情報を見る. As `see_contact`, with the personal fields of his entries. Raises as that."""
    who = see_contact(by=by, subject=subject, register=register)
    kept = register_of(by, register)
    own = m.Entry.objects.filter(m.entries.CURRENT, register=kept, subject__in=family(subject))
    numbers = sorted(own.values_list("number", flat=True))
    marks = {number: _private_mark(kept, number) for number in numbers}
    return Known(
        who=who, private=private_of(kept, numbers), marks={0: _mark(_row(by, kept, subject)), **marks},
    )  # fmt: skip


def find_persons(*, by: Person, said: str) -> tuple[int, ...]:
    """人を探す. The persons of whom one's own registers heard a name or contact that holds some words.

    What was looked for stands nowhere; that somebody looked, and how many were found, does. Raises NotAllowed, NobodyFound.
    """
    require(by, _SEEING)
    words = [personal.folded(word).casefold() for word in said.split()]
    if not words or min(map(len, words)) < _SHORTEST:
        raise NobodyFound
    found = sorted(set(_found(by, words)))
    with act("contact.find", body=by.body, by=by.pk, always=True) as w:
        w.facts["persons"] = len(found)
    return tuple(found[:MOST_FOUND])


def _found(by: Person, words: list[str]) -> Iterator[int]:
    into, within = merged(by.body), reach(by, _SEEING)
    for kind in (m.Contact, m.Told):
        rows: Any = kind._default_manager.filter(body=by.body, register__in=within)
        for row in rows.iterator(chunk_size=MANY):
            plain = _plain(opened(row))
            if all(any(word in text for text in plain) for word in words):
                yield into.get(row.subject_id, row.subject_id)


def _plain(who: Who) -> list[str]:
    said = (getattr(who, name) for name in CONTACT)
    return [personal.folded(text).casefold() for text in said if text]


def correct_contact(
    *, by: Person, subject: int, register: int, who: Who, seen: str, reason: str
) -> tuple[str, ...]:
    """連絡先を訂正する. Who a person is, said anew; `seen`: the mark of what was seen. Returns what became another.

    Raises NotAllowed, NoReason, NamesPerson, NoSuchRow, NoPerson, NotInRegister, Stale, PersonalKeyLacking.
    """
    kept = _writable(by, register)
    own = family(person_of(by, subject).pk)
    said = without(nameless(reason, "連絡先の訂正", own), "連絡先の訂正", [who])
    was = opened(_unchanged(by, kept, subject, seen))
    changed = tuple(name for name in CONTACT if getattr(was, name) != getattr(who, name))
    if not changed:
        return ()
    where = f"evidence.subject:{subject}"
    with act("contact.correct", body=by.body, by=by.pk, subject=where, always=True) as w:
        require_key()
        _write(_unchanged(by, kept, subject, seen), who)
        w.facts |= {"persons": 1, "register": register, "fields": list(changed), "reason": said}
    return changed


def correct_private(
    *, by: Person, register: int, number: int, values: Mapping[str, Literal_], seen: str, reason: str
) -> tuple[str, ...]:  # fmt: skip
    """個人情報の項目を訂正する. All that an entry says in personal fields, said anew. Returns what became another.

    Raises NotAllowed, NoReason, NamesPerson, NoSuchRow, Stale, PersonalKeyLacking.
    """
    kept = _writable(by, register)
    own = family(_whose(kept, number))
    said = nameless(reason, "個人情報の項目の訂正", own)
    _require_private_seen(kept, number, seen)
    was = private_of(kept, [number]).get(number, {})
    changed = tuple(sorted(key for key in {*was, *values} if was.get(key) != values.get(key)))
    if not changed:
        return ()
    where = f"evidence.register:{register}"
    with act("private.correct", body=by.body, by=by.pk, subject=where, always=True) as w:
        _whose(kept, number)
        _require_private_seen(kept, number, seen)
        seal_private(kept, number, values)
        w.facts |= {"persons": 1, "entry": number, "fields": list(changed), "reason": said}
    return changed


def _writable(by: Person, register: int) -> m.Register:
    kept = register_of(by, register)
    require(by, _SEEING, [kept.department_id])
    require(by, _WRITING, [kept.department_id])
    return kept


def _whose(register: m.Register, number: int) -> int:
    """Return whom an entry in force is about. Raises NoSuchRow, also where that is nobody, or somebody who was erased."""
    own = m.Entry.objects.filter(m.entries.CURRENT, register=register, number=number)
    rows = own.filter(subject__in=live(register.body)).values_list("subject", flat=True)
    found = rows.first()
    if found is None:
        raise NoSuchRow(what=register.called(), number=number)
    return found


def _unchanged(by: Person, register: m.Register, subject: int, seen: str) -> m.Contact | m.Told:
    """Return what is kept of a person as it was seen. Raises NotInRegister, Stale."""
    row = _row(by, register, subject)
    if row is None or not belongings(register.body, [subject], register)[subject]:
        raise NotInRegister(subject=subject, register=register.called())
    if _mark(row) != seen:
        raise Stale(what="連絡先")
    return row


def _row(by: Person, register: m.Register, subject: int) -> m.Contact | m.Told | None:
    """Return what `told.heard` shows of a person: the contact that one's own registers heard, else what this one did."""
    own = family(subject)
    contacts = m.Contact.objects.filter(subject__in=own, register__in=reach(by, _SEEING))
    rows = {row.subject_id: row for row in contacts.order_by("pk")}
    if rows:
        return rows.get(subject) or next(iter(rows.values()))
    return m.Told.objects.filter(subject__in=own, register=register).order_by("pk").first()


def _write(row: m.Contact | m.Told, who: Who) -> None:
    if isinstance(row, m.Told):
        said = {name: value for name in CONTACT if (value := getattr(who, name)) is not None}
        bound = place(row.body, row.register_id, row.subject_id)
        sealed = personal.enciphered(bound, {"kind": "person", **said})
        m.Told.objects.filter(pk=row.pk).update(sealed=sealed)
        return
    mail, name = personal.fingerprints(who)
    m.Contact.objects.filter(pk=row.pk).update(
        sealed=personal.sealed(row.body, row.subject_id, who, row.register_id),
        mail_key=mail,
        name_key=name,
    )


def _mark(row: m.Contact | m.Told | None) -> str:
    """Return what tells a contact from what it was: of its cipher text, which says nothing of him."""
    return _short(row.sealed if row is not None else "")


def _private_mark(register: m.Register, number: int) -> str:
    rows = m.Private.objects.filter(register=register, number=number)
    return _short(rows.values_list("sealed", flat=True).first() or "")


def _require_private_seen(register: m.Register, number: int, seen: str) -> None:
    if _private_mark(register, number) != seen:
        raise Stale(what=f"登録{number}番の個人情報")


def _short(sealed: str) -> str:
    return sha256(sealed.encode()).hexdigest()[:_MARK]
