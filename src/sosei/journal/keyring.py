"""封印の鍵. The keys that seal the journal, by number: which one a book is sealed with now, and handing over to a newer one.

Each line says the number of its key; the end of the chain says the number and the mark of the one in force. So a line
is never sealed with a key that is not the book's, whichever machine writes it. A new key comes into force by a line
sealed with the old one (`key.handover`); only where the old one is lost, by a line of its own (`key.lost`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.conf import settings

from sosei.journal.models import Chain, Entry
from sosei.journal.refusals import OtherSealKey, SealKeyLacking
from sosei.journal.seal import fingerprint

HANDED: Final = "key.handover"
LOST: Final = "key.lost"
#: Of a book whose end says no number: the first program knew one key only.
_FIRST: Final = 1


def ring() -> Mapping[int, bytes]:
    """Return the keys that are here, by their numbers."""
    keys: Mapping[int, bytes] = settings.SOSEI_JOURNAL_KEYS
    return keys


def newest() -> int:
    """Return the number of the newest key. Raises SealKeyLacking."""
    if not ring():
        raise SealKeyLacking(number=_FIRST)
    return max(ring())


def number_of(chain: Chain | None) -> int:
    """Return the number of the key that a book is sealed with; of a book that has no line yet, the newest."""
    if chain is None or not chain.seq:
        return newest()
    return chain.key or _FIRST


def number_after(line: Entry) -> int:
    """Return the number of the key that seals the line after one. A line only hands over to a newer key."""
    said = line.facts if isinstance(line.facts, dict) else {}
    following = said.get("key") if line.verb == HANDED else None
    return max(following, line.key) if isinstance(following, int) else line.key


def missing(chain: Chain) -> list[int]:
    """Return the numbers of the keys that sealed lines of a book, are not here, and that no line says to be lost."""
    own = Entry.objects.filter(body=chain.body)
    last = number_of(chain)  # a higher number was written by somebody else
    used = {last, *own.filter(key__lt=last).order_by().values_list("key", flat=True).distinct()}
    said = own.filter(verb=LOST).values_list("facts", flat=True)
    return sorted(used.difference(ring(), *(_lost(facts) for facts in said)))


def _lost(facts: object) -> Iterable[int]:
    said = facts.get("lost") if isinstance(facts, dict) else None
    return [number for number in said if isinstance(number, int)] if isinstance(said, list) else []


def sealing(chain: Chain | None) -> tuple[int, bytes]:
    """Return the number and the key with which a book is sealed now. Raises SealKeyLacking, OtherSealKey."""
    number = number_of(chain)
    key = ring().get(number)
    if key is None:
        raise SealKeyLacking(number=number)
    if chain is not None and chain.mark not in ("", fingerprint(key)):
        raise OtherSealKey(number=number, book=chain.mark, here=fingerprint(key))
    return number, key


def check_all() -> None:
    """See that every book here is sealed with keys that are here. Raises SealKeyLacking, OtherSealKey."""
    for chain in Chain.objects.filter(seq__gt=0):
        sealing(chain)
