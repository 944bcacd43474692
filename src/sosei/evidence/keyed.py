"""個人情報の鍵と台帳. Which key a book says enciphers what it keeps of persons; no other one is used by mistake.

Two servers on one PostgreSQL, or a home whose keys were taken for another's, would otherwise each encipher with a key of
their own: nobody could read everybody, and one person would be two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import Model, Q

from sosei.evidence import models as m
from sosei.evidence.personal import newest, number_of, ring
from sosei.evidence.refusals_personal import OtherPersonalKey, PersonalKeyLacking
from sosei.journal.seal import fingerprint

#: Where texts stand that are enciphered.
KINDS: Final[tuple[type[Model], ...]] = (m.Contact, m.Told, m.Private, m.Held, m.DocumentName, m.DocumentBytes)  # fmt: skip


def stated() -> m.PersonalKey | None:
    """Return what the book says; None: of no key yet."""
    return m.PersonalKey.objects.first()


def require_key() -> None:
    """See that the key in force is here: asked once by an act that writes persons. Raises PersonalKeyLacking, OtherPersonalKey."""
    said = stated()
    if said is None:
        return
    key = ring().get(said.number)
    if key is None:
        raise PersonalKeyLacking(number=said.number)
    if fingerprint(key) != said.mark:
        raise OtherPersonalKey(number=said.number, book=said.mark, here=fingerprint(key))


def state() -> None:
    """Write into the book that the newest key here is in force. Raises PersonalKeyLacking."""
    number = newest()
    said = stated() or m.PersonalKey()
    said.number, said.mark = number, fingerprint(ring()[number])
    said.save()


def behind() -> bool:
    """Whether a newer key is here than the one in force: changing it broke off, or an earlier backup was restored."""
    said = stated()
    return said is not None and said.number < newest()


def unreadable() -> int:
    """Return how many texts were enciphered with a key that is not here."""
    here = Q()
    for number in ring():
        here |= Q(sealed__startswith=f"{number}:")
    return sum(
        kind._default_manager.exclude(here).count() if here else kind._default_manager.count()
        for kind in KINDS
    )


def used() -> tuple[int, ...]:
    """Return the numbers of keys that a new one must not have: of the one in force, and of what was written last."""
    said = stated()
    return tuple({*([said.number] if said else []), *_latest()})


def _latest() -> Iterator[int]:
    for kind in KINDS:
        text = kind._default_manager.order_by("-pk").values_list("sealed", flat=True).first()
        if text is not None:
            yield number_of(text)
