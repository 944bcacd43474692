"""公開フォームの限り. How much comes in a time, by form and by line: kept as keyed marks for a day, and by nobody outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

from sosei.evidence import models as m
from sosei.evidence.publicforms import MUCH
from sosei.evidence.refusals_forms import TooMany
from sosei.evidence.tickets import DAY, address_mark
from sosei.journal.clock import now

HOUR: Final = timedelta(hours=1)
#: Submissions from one line in an hour: an office or a venue may share one.
LINE: Final[Mapping[str, int]] = {"join": 30, "post": 30, "stamp": 300}
#: Stamps from one line in an hour that were there already: who tries names out learns no more than so many.
AGAIN: Final = 30
#: Wrong codes from one line in an hour. None by a form: who tries many would shut out everybody else.
WRONG_LINE: Final = 20
#: Bits of an IPv6 address that one line has to itself: it may take any of those below.
_OWN_BITS: Final = 64


def line_of(address: str) -> str:
    """Return the line an address belongs to: of IPv6 the network of 64 bits, in which one household has every address.

    >>> line_of("2001:db8:1:2::5") == line_of("2001:db8:1:2:ffff::9"), line_of("::ffff:192.0.2.1"), line_of("?")
    (True, '192.0.2.1', '?')
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _OWN_BITS), strict=False))


def forget() -> None:
    """Throw away every mark that is older than a day."""
    m.Knock.objects.filter(at__lt=now() - DAY).delete()


def require_room(form: m.PublicForm, address: str) -> None:
    """See that a submission may come. Raises TooMany."""
    forget()
    if _lately(_sent(form, address)) >= LINE[form.mode] or _lately(_again(form, address)) >= AGAIN:
        raise TooMany


def is_much(form: m.PublicForm) -> bool:
    """Whether more came by a form in a day than is entered at once: an official looks at what still comes."""
    return m.Submission.objects.filter(form=form, at__gte=now() - DAY).count() > MUCH[form.mode]


def note_sent(form: m.PublicForm, address: str) -> None:
    """Remember that one came. Not inside an act: what is refused there is to be remembered, too."""
    _note(_sent(form, address))


def note_again(form: m.PublicForm, address: str) -> None:
    """Remember that a stamp was there already."""
    _note(_again(form, address))


def require_tries(form: m.PublicForm, address: str) -> None:
    """See that another code may be tried. Raises TooMany."""
    forget()
    if _lately(_wrong(form, address)) >= WRONG_LINE:
        raise TooMany


def note_wrong(form: m.PublicForm, address: str) -> None:
    """Remember that a code was wrong."""
    _note(_wrong(form, address))


def _sent(form: m.PublicForm, address: str) -> str:
    return address_mark(form.pk, "sent", line_of(address))


def _again(form: m.PublicForm, address: str) -> str:
    return address_mark(form.pk, "again", line_of(address))


def _wrong(form: m.PublicForm, address: str) -> str:
    return address_mark(form.pk, "wrong", line_of(address))


def _note(mark: str) -> None:
    m.Knock.objects.create(mark=mark, at=now())


def _lately(mark: str) -> int:
    return m.Knock.objects.filter(mark=mark, at__gte=now() - HOUR).count()
