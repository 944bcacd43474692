"""相手を見つける. The subjects that drafts are about: those that the book has, and new ones for the rest.

An organisation is the same by its corporate number, else by its name; a person by his e-mail, else by name where that
register has him already. What only may be the same is not taken for it: it is proposed for merging.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sosei.core.text import fold
from sosei.evidence import models as m
from sosei.evidence.actions.store import MANY, parts
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.keyed import require_key
from sosei.evidence.personal import fingerprints, sealed
from sosei.evidence.refusals import NoSuchRow
from sosei.journal.acts import Act

_LONGEST: Final = 200
#: By what somebody is the same: ("number", "6000020032018"), ("alike", "見本鋳造"), ("mail", "…"), ("name", "…").
Key = tuple[str, str]


def subjects_of(w: Act, register: m.Register, drafts: Sequence[Draft]) -> list[int | None]:
    """Return the subject of each draft; who is not yet in the book is written into it. Raises NoSuchRow."""
    _known(w.body, [draft.subject for draft in drafts if draft.subject is not None])
    told = {draft.who: keys(draft.who) for draft in drafts if draft.who is not None}
    there = _there(w.body, register, [key for found in told.values() for key in found])
    fresh = {who: found for who, found in told.items() if not any(key in there for key in found)}
    _add(w, fresh, there)
    _adopt(w, told, there)
    return [
        draft.subject
        if draft.who is None
        else next(there[k] for k in told[draft.who] if k in there)
        for draft in drafts
    ]


def keys(who: Who) -> tuple[Key, ...]:
    """Return by what somebody is found again, the surest first."""
    if who.kind == "organisation":
        said = [("number", who.number), ("alike", alike(who.name))]
    else:
        mail, name = fingerprints(who)
        said = [("mail", mail), ("name", name)]
    return tuple((by, value) for by, value in said if value)


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


def _known(body: str, numbers: Iterable[int]) -> None:
    wanted = set(numbers)
    here: set[int] = set()
    for part in parts(sorted(wanted)):
        rows = m.Subject.objects.filter(body=body, pk__in=part, voided__isnull=True, into=None)
        here.update(rows.values_list("pk", flat=True))
    if wanted - here:
        raise NoSuchRow(what="相手", number=min(wanted - here))


def _there(body: str, register: m.Register, wanted: Iterable[Key]) -> dict[Key, int]:
    """Return the subjects that are in the book, by their keys; of two, the earlier one."""
    by: dict[str, set[str]] = {}
    for name, value in wanted:
        by.setdefault(name, set()).add(value)
    found: dict[Key, int] = {}
    for name in ("number", "alike"):
        rows = m.Subject.objects.filter(body=body, voided__isnull=True, into=None)
        _look(found, rows, name, name, by.get(name, set()))
    people = m.Contact.objects.filter(body=body, subject__into=None)
    _look(found, people, "mail", "mail_key", by.get("mail", set()))
    _look(found, _registered(people, register), "name", "name_key", by.get("name", set()))
    return found


def _registered(people: Any, register: m.Register) -> Any:
    """Return those people who stand in a register: elsewhere an equal name may be another person."""
    own = m.Entry.objects.filter(m.entries.CURRENT, register=register).values("subject")
    return people.filter(subject__in=own)


def _look(found: dict[Key, int], rows: Any, by: str, column: str, values: set[str]) -> None:
    for part in parts(sorted(values)):
        for value, pk in (
            rows.filter(**{f"{column}__in": part}).order_by("-pk").values_list(column, "pk")
        ):
            found[by, value] = pk


def _add(w: Act, fresh: Mapping[Who, tuple[Key, ...]], there: dict[Key, int]) -> None:
    """Write those who are new; two drafts of one new firm are one subject."""
    first: dict[Key, Who] = {}
    for who, found in fresh.items():
        same = next((first[key] for key in found if key in first), who)
        for key in found:
            first.setdefault(key, same)
    new = list(dict.fromkeys(first.values()))
    if any(who.kind == "person" for who in new):
        require_key()
    rows = w.add_all([_subject(w, who) for who in new])
    numbers = {who: row.pk for who, row in zip(new, rows, strict=True)}
    there.update({key: numbers[who] for key, who in first.items()})
    m.Contact.objects.bulk_create(
        [_contact(w.body, numbers[who], who) for who in new if who.kind == "person"],
        batch_size=MANY,
    )


def _subject(w: Act, who: Who) -> m.Subject:
    if who.kind == "person":
        return m.Subject(body=w.body, kind="person")
    return m.Subject(
        body=w.body, kind="organisation", number=who.number, name=who.name, alike=alike(who.name)
    )


def _contact(body: str, subject: int, who: Who) -> m.Contact:
    mail, name = fingerprints(who)
    return m.Contact(
        subject_id=subject,
        body=body,
        sealed=sealed(body, subject, who),
        mail_key=mail,
        name_key=name,
    )


def _adopt(w: Act, told: Mapping[Who, tuple[Key, ...]], there: dict[Key, int]) -> None:
    """Give a firm that was known by its name the corporate number that is now said."""
    lacking = {
        there[key]: who.number
        for who, found in told.items()
        if who.number and ("number", who.number) not in there
        for key in found
        if key in there
    }
    for part in parts(sorted(lacking)):
        for row in m.Subject.objects.filter(pk__in=part, number=None):
            w.change(row, number=lacking[row.pk])
            there["number", str(lacking[row.pk])] = row.pk
