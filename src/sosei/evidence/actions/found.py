"""相手を見つける. The subjects that drafts are about: those that the book has, and new ones for the rest.

An organisation is the same by its corporate number, else by its name; a person by his e-mail, else by name where that
register has him already. What only may be the same is not taken for it: it is proposed for merging.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django.db.models import Q

from sosei.core.text import fold
from sosei.evidence import models as m
from sosei.evidence.actions.telling import note_told
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.keyed import require_key
from sosei.evidence.parts import MANY, parts
from sosei.evidence.personal import fingerprints, sealed
from sosei.evidence.refusals import NoSuchRow
from sosei.journal.acts import Act

_LONGEST: Final = 200
#: By what somebody is the same: ("number", "6000020032018"), ("alike", "見本鋳造"), ("mail", "…"), ("name", "…");
#: ("unnumbered", "見本鋳造"): a firm of this name whose corporate number nobody has said.
Key = tuple[str, str]


def subjects_of(
    w: Act, register: m.Register, drafts: Sequence[Draft], *, tells: bool = True
) -> list[int | None]:
    """Return the subject of each draft; who is not yet in the book is written into it. Raises NoSuchRow.

    `tells`: what is said of persons who are known is kept, for this register; not where anybody may have said it.
    """
    _known(w.body, [draft.subject for draft in drafts if draft.subject is not None])
    told = {draft.who: keys(draft.who) for draft in drafts if draft.who is not None}
    known = _Known(_there(w.body, register, [key for own in told.values() for key in own]))
    places = {who: known.place(who, own) for who, own in told.items()}
    new = _add(w, register, known.new)
    if tells:
        note_told(
            w,
            register,
            {at: who for who, at in places.items() if at >= 0 and who.kind == "person"},
        )
    for part in parts(sorted(known.lacking)):
        for row in m.Subject.objects.filter(pk__in=part, number=None):
            w.change(row, number=known.lacking[row.pk])
    whose = {who: new[~place] if place < 0 else place for who, place in places.items()}
    return [draft.subject if draft.who is None else whose[draft.who] for draft in drafts]


def keys(who: Who) -> tuple[Key, ...]:
    """Return by what somebody is found again, the surest first."""
    if who.kind == "organisation":
        named = ("unnumbered" if who.number else "alike", alike(who.name))
        said = [("number", who.number), named]
    else:
        mail, name = fingerprints(who)
        said = [("mail", mail), ("name", name)]
    return tuple((by, value) for by, value in said if value)


class _Known:
    """だれがだれか. Asked one after the other: who is in the book, or was named before; the others are `new`.

    `lacking`: firms that the book knew by name alone, with the corporate number that is now said.
    """

    def __init__(self, there: dict[Key, int]) -> None:
        self.there = there
        self.new: list[Who] = []
        self.lacking: dict[int, str] = {}

    def place(self, who: Who, own: tuple[Key, ...]) -> int:
        """Return the number of somebody's row; of who is new, the complement of his place among them."""
        place = next((self.there[key] for key in own if key in self.there), None)
        if place is None:
            place = ~len(self.new)
            self.new.append(who)
        elif who.number and own[0] not in self.there:
            self._give_number(place, who.number)
        for by, value in own:
            self.there.setdefault(("alike" if by == "unnumbered" else by, value), place)
            if by == "unnumbered" and self.there.get((by, value)) == place:
                del self.there[by, value]  # who says this name with another number is another firm
            if by == "alike" and place < 0:
                self.there.setdefault(("unnumbered", value), place)
        return place

    def _give_number(self, place: int, number: str) -> None:
        if place < 0:
            self.new[~place] = replace(self.new[~place], number=number)
        else:
            self.lacking[place] = number


def alike(name: str | None) -> str | None:
    """Return a name as it is compared: (株), ㈱ and 株式会社 are one, width and spaces do not count.

    >>> alike("株式会社 見本鋳造") == alike("㈱見本鋳造")
    True
    """
    if not name:
        return None
    plain = fold(name)
    for long, short in _FORMS.items():
        plain = plain.replace(long, short)
    return plain[:_LONGEST]


_FORMS: Final = {
    fold(long): fold(short)
    for long, short in {
        "株式会社": "(株)", "有限会社": "(有)", "合同会社": "(同)", "合資会社": "(資)", "合名会社": "(名)",
        "一般社団法人": "(一社)", "一般財団法人": "(一財)", "公益財団法人": "(公財)", "公益社団法人": "(公社)",
        "特定非営利活動法人": "npo法人",
    }.items()
}  # fmt: skip


def known_as(register: m.Register, who: Who) -> int | None:
    """Return for whom in the book a draft about somebody would be taken; None: for somebody new. Nothing is written."""
    own = keys(who)
    at = _Known(_there(register.body, register, own)).place(who, own)
    return at if at >= 0 else None


def merged_into(subjects: Iterable[int | None]) -> dict[int, int]:
    """Return, of those subjects that were merged into others, who each of them is by now."""
    found: dict[int, int] = {}
    for part in parts(sorted(pk for pk in subjects if pk is not None)):
        rows = m.Subject.objects.filter(pk__in=part, into__isnull=False)
        found |= {pk: into for pk, into in rows.values_list("pk", "into") if into is not None}
    beyond = merged_into(found.values()) if found else {}
    return {pk: beyond.get(into, into) for pk, into in found.items()}


def _known(body: str, numbers: Iterable[int]) -> None:
    wanted = set(numbers)
    here: set[int] = set()
    for part in parts(sorted(wanted)):
        rows = m.Subject.objects.filter(body=body, pk__in=part, voided__isnull=True, into=None)
        here.update(rows.values_list("pk", flat=True))
    if wanted - here:
        raise NoSuchRow(what="相手", number=min(wanted - here))


def _there(body: str, register: m.Register, wanted: Iterable[Key]) -> dict[Key, int]:
    """Return the subjects that are in the book, by their keys: of two the earlier one, of one that was merged the other."""
    by: dict[str, set[str]] = {}
    for name, value in wanted:
        by.setdefault(name, set()).add(value)
    found: dict[Key, int] = {}
    for name, values in by.items():
        rows, column, into = _WHERE[name](body, register)
        told = _told(rows, column, into, values)
        found |= {(name, value): pk for value, pk in told.items()}
    return found


def _firms(body: str) -> Any:
    return m.Subject.objects.filter(body=body, voided__isnull=True)


def _unnumbered(body: str) -> Any:
    alone = Q(into=None, number=None)
    return _firms(body).filter(alone | Q(into__number=None, into__isnull=False))


def _people(body: str) -> Any:
    return m.Contact.objects.filter(body=body)


def _registered(people: Any, register: m.Register) -> Any:
    """Return those people who stand in a register: elsewhere an equal name may be another person."""
    own = m.Entry.objects.filter(m.entries.CURRENT, register=register).values("subject")
    return people.filter(Q(subject__in=own) | Q(subject__into__in=own))


#: By what somebody is found → the rows, their column, and where it says into whom one was merged.
_WHERE: Final[Mapping[str, Callable[[str, m.Register], tuple[Any, str, str]]]] = {
    "number": lambda body, _: (_firms(body), "number", "into"),
    "alike": lambda body, _: (_firms(body), "alike", "into"),
    "unnumbered": lambda body, _: (_unnumbered(body), "alike", "into"),
    "mail": lambda body, _: (_people(body), "mail_key", "subject__into"),
    "name": lambda body, register: (_registered(_people(body), register), "name_key", "subject__into"),
}  # fmt: skip


def _told(rows: Any, column: str, into: str, values: set[str]) -> dict[str, int]:
    """Return who has which value: who is still himself rather than who was merged, then the earlier one."""
    found = [
        row
        for part in parts(sorted(values))
        for row in rows.filter(**{f"{column}__in": part}).values_list(column, "pk", into)
    ]
    now = merged_into({pk for _, pk, merged in found if merged is not None})
    ordered = sorted(found, key=lambda row: (row[2] is None, -row[1]))
    return {value: now.get(pk, pk) for value, pk, _ in ordered}


def _add(w: Act, register: m.Register, new: Sequence[Who]) -> list[int]:
    """Write those who are new."""
    if any(who.kind == "person" for who in new):
        require_key()
    rows = w.add_all([_subject(w, who) for who in new])
    contacts = [
        _contact(register, row.pk, who)
        for who, row in zip(new, rows, strict=True)
        if who.kind == "person"
    ]
    m.Contact.objects.bulk_create(contacts, batch_size=MANY)
    return [row.pk for row in rows]


def _subject(w: Act, who: Who) -> m.Subject:
    if who.kind == "person":
        return m.Subject(body=w.body, kind="person")
    return m.Subject(
        body=w.body, kind="organisation", number=who.number, name=who.name, alike=alike(who.name)
    )


def _contact(register: m.Register, subject: int, who: Who) -> m.Contact:
    mail, name = fingerprints(who)
    return m.Contact(
        subject_id=subject,
        register=register,
        body=register.body,
        sealed=sealed(register.body, subject, who, register.pk),
        mail_key=mail,
        name_key=name,
    )
