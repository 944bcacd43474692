"""サインインの停止. Whose sign-in is closed after failures, and until when. Counting is axes's, over all processes.

Three limits, each on the failures of the last hour: of a name from one address (whoever mistypes), of a name from all
addresses (whoever tries it from many), and of an address over all names (whoever tries many names). The last is high,
since a whole office may come through one address.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from sosei.offices.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockout:
    """停止. A person who cannot sign in from some place until a moment."""

    person: int
    login: str
    name: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedAddress:
    """止まっている端末. An address from which nobody can sign in until a moment."""

    address: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """止まり方. Until when; `wide`: everybody's sign-in from this address, not one name's alone."""

    until: datetime
    wide: bool


def spelled(login: object) -> str:
    """Return a login name as attempts are counted under: capitals and spaces around make no new name.

    By way of capitals, as databases compare: of `ı` and `ſ` the capitals are I and S.
    """
    return str(login or "").strip().upper().lower()


def typed_login(request: Any, credentials: dict[str, Any] | None) -> str:
    """Return whose sign-in an attempt was (axes asks: AXES_USERNAME_CALLABLE)."""
    said = (credentials or {}).get("username") or request.POST.get("login")
    return spelled(said)


def cool_off() -> timedelta:
    """Return how long a failure counts."""
    return timedelta(hours=settings.AXES_COOLOFF_TIME)


def closing_of(login: str, address: str | None) -> Closing | None:
    """Return how a sign-in is closed for a name and a machine's address, None where it is open; 1 query."""
    name = spelled(login)
    rows = list(_counting().filter(Q(username=name) | Q(ip_address=address)))
    until = _name_until([row for row in rows if row.username == name], address)
    wide = _until([row for row in rows if row.ip_address == address], _address_limit())
    if wide is not None and (until is None or wide > until):
        return Closing(wide, wide=True)
    return None if until is None else Closing(until, wide=False)


def lockouts(body: str) -> tuple[Lockout, ...]:
    """Return the closed sign-ins of a body, the earliest to open first."""
    tried: dict[str, list[AccessAttempt]] = defaultdict(list)
    for row in _counting():
        tried[row.username or ""].append(row)
    closed: dict[str, datetime] = {}
    for name, rows in tried.items():
        untils = [_name_until(rows, address) for address in {row.ip_address for row in rows}]
        if any(untils):
            closed[name] = max(until for until in untils if until is not None)
    people = Person.objects.filter(body=body) if closed else ()
    found = (
        Lockout(person=p.pk, login=p.login, name=p.name, until=closed[spelled(p.login)])
        for p in people
        if spelled(p.login) in closed
    )
    return tuple(sorted(found, key=lambda lockout: (lockout.until, lockout.login)))


def closed_addresses() -> tuple[ClosedAddress, ...]:
    """Return the addresses from which nobody can sign in, the earliest to open first; 1 query."""
    tried: dict[str, list[AccessAttempt]] = defaultdict(list)
    for row in _counting():
        tried[row.ip_address or ""].append(row)
    found = (
        ClosedAddress(address=address, until=until)
        for address, rows in tried.items()
        if (until := _until(rows, _address_limit())) is not None
    )
    return tuple(sorted(found, key=lambda one: (one.until, one.address)))


def _counting() -> Any:
    """Return the failures that still count."""
    return AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - cool_off()).only(
        "username", "ip_address", "attempt_time", "failures_since_start"
    )


def _name_until(rows: list[AccessAttempt], address: str | None) -> datetime | None:
    """Return until when a name is closed for an address, by the limit of the two together and by that of the name."""
    here = [row for row in rows if row.ip_address == address]
    untils = (
        _until(here, settings.AXES_FAILURE_LIMIT),
        _until(rows, settings.SOSEI_NAME_FAILURES),
    )
    return max((until for until in untils if until is not None), default=None)


def _until(rows: Iterable[AccessAttempt], limit: int) -> datetime | None:
    """Return when enough failures will no longer count, None where they are below the limit."""
    oldest = sorted(rows, key=lambda row: row.attempt_time)
    left, until = sum(row.failures_since_start for row in oldest), None
    for row in oldest:
        if left < limit:
            break
        left, until = left - row.failures_since_start, row.attempt_time + cool_off()
    return until


def _address_limit() -> int:
    return int(settings.SOSEI_ADDRESS_FAILURES)
