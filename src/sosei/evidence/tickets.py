"""受付の札と確認番号. What tells a person who opened the form from a machine, and the code by which he finds his own again.

A ticket is signed: of which form, which version of it, when it was opened, and a number of its own. A code is made from
the ticket's number and what was typed: so a page that is sent twice gives the same code, and nothing is entered twice.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from json import dumps
from typing import Final

from django.core import signing

from sosei.evidence.personal import derived, newest, ring
from sosei.evidence.refusals_forms import TicketOld, TooQuick
from sosei.journal.clock import now

#: How long a page that was opened can be sent, and how long anything of a visit is remembered.
DAY: Final = timedelta(hours=24)
#: Seconds that whoever reads a form takes at least; a stamp is but a name.
QUICKEST: Final[Mapping[str, int]] = {"join": 3, "post": 3, "stamp": 1}
#: No 0 and O, no 1, I and L.
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH: Final = 12
_SALT: Final = "sosei.evidence.publicform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """受付の札. `version`: of the form that was shown."""

    form: int
    version: int
    number: str
    opened: datetime


def ticket(form: int, version: int) -> str:
    """Return a new ticket for a page that is opened now."""
    said = [form, version, int(now().timestamp()), secrets.token_urlsafe(16)]
    return signing.dumps(said, salt=_SALT)


def read_ticket(text: str, *, form: int, version: int, mode: str) -> Ticket:
    """Return a ticket that is good. Raises TicketOld (also of another form, or none of ours), TooQuick."""
    try:
        own, shown, opened, number = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise TicketOld from None
    age = now() - datetime.fromtimestamp(opened, UTC)
    if (own, shown) != (form, version) or age > DAY:
        raise TicketOld
    if age < timedelta(seconds=QUICKEST[mode]):
        raise TooQuick
    return Ticket(form=own, version=shown, number=number, opened=datetime.fromtimestamp(opened, UTC))  # fmt: skip


def new_code(of: Ticket, said: Mapping[str, str]) -> str:
    """Return the code of what is sent with a ticket. Raises PersonalKeyLacking."""
    told = dumps([of.form, of.number, sorted(said.items())], ensure_ascii=False)
    number = int.from_bytes(_digest(newest(), "code of a form", told))
    made = ""
    for _ in range(LENGTH):
        number, letter = divmod(number, len(LETTERS))
        made += LETTERS[letter]
    return made


def plain_code(typed: str) -> str:
    """Return a code as it is compared, however it is typed.

    >>> plain_code("abcd-EFGH jkmn")
    'ABCDEFGHJKMN'
    """
    text = unicodedata.normalize("NFKC", typed[:80]).upper()
    return "".join(one for one in text if one in LETTERS)


def shown_code(code: str) -> str:
    """Return a code as it is shown, in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def code_marks(form: int, code: str) -> list[str]:
    """Return the digests by which a code of a form may be kept: with the newest key first, then with the earlier ones."""
    told = f"{form}\0{plain_code(code)}"
    return [_digest(key, "mark of a code", told).hex() for key in sorted(ring(), reverse=True)]


def address_mark(form: int, what: str, address: str) -> str:
    """Return what an address is counted by today; tomorrow's is another, so that two days are not put together."""
    told = f"{form}\0{what}\0{now().date()}\0{address}"
    return _digest(newest(), "mark of an address", told).hex()


def ticket_mark(of: Ticket) -> str:
    """Return what a ticket that was sent is known by."""
    return _digest(newest(), "mark of a ticket", f"{of.form}\0{of.number}").hex()


def _digest(key: int, purpose: str, told: str) -> bytes:
    return hmac.digest(derived(ring()[key], purpose), told.encode(), "sha256")
