"""名を書かない理由. Reasons and purposes stand in the journal for ever: none may say the name or a contact of whom it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Final

from sosei.core.errors import NoReason
from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.drafts import Who
from sosei.evidence.refusals_personal import NamesPerson, PersonalKeyLacking, PersonalTextChanged

#: Shorter parts of a name may be anything.
_TELLING: Final = 2


def nameless(reason: str, what: str, subjects: Collection[int]) -> str:
    """Return a reason that does not name the persons it is about; `what`: of what. Raises NoReason, NamesPerson."""
    said = reason.strip()
    if not said:
        raise NoReason(what=what)
    return without(said, what, _known(subjects))


def without(said: str, what: str, persons: Iterable[Who]) -> str:
    """Return a text that names none of some persons. Raises NamesPerson."""
    if any(names(said, who) for who in persons):
        raise NamesPerson(what=what)
    return said


def names(text: str, who: Who) -> bool:
    """Whether a text says a person's name, a part of it, or one of his contacts.

    >>> names("山田様の申出による", Who(kind="person", name="山田 太郎")), names("転出", Who(name="山田 太郎"))
    (True, False)
    """
    plain = personal.folded(text).casefold()
    said = (who.name, who.kana, who.mail, who.phone, who.address, *(who.name or "").split())
    telling = (personal.folded(one).casefold() for one in said if one)
    return any(len(one) >= _TELLING and one in plain for one in telling)


def _known(subjects: Collection[int]) -> Iterable[Who]:
    for row in m.Contact.objects.filter(subject__in=subjects):
        with suppress(
            PersonalKeyLacking, PersonalTextChanged
        ):  # who cannot be read is erased all the same
            yield personal.opened(row.body, row.subject_id, row.sealed)
