"""サインインの停止. Whose sign-in is closed after failures, and until when. Counting is axes's, over all processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.utils import timezone

from sosei.offices.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockout:
    """停止. A person who cannot sign in from some place until a moment."""

    person: int
    login: str
    name: str
    until: datetime


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
    """Return how long a sign-in stays closed."""
    return timedelta(hours=settings.AXES_COOLOFF_TIME)


def lockouts(body: str) -> tuple[Lockout, ...]:
    """Return the closed sign-ins of a body, the earliest to open first."""
    counted = (
        AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - cool_off())
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    until: dict[str, datetime] = {}
    for row in counted:
        until[row["username"]] = max(until.get(row["username"], row["last"]), row["last"])
    people = Person.objects.filter(body=body)
    found = (
        Lockout(person=p.pk, login=p.login, name=p.name, until=until[spelled(p.login)] + cool_off())
        for p in people
        if spelled(p.login) in until
    )
    return tuple(sorted(found, key=lambda lockout: (lockout.until, lockout.login)))


def closed_until(login: str, address: str | None) -> datetime | None:
    """Return until when a login name is closed for a machine's address, None where it is open."""
    last: datetime | None = AccessAttempt.objects.filter(
        username=spelled(login), ip_address=address
    ).aggregate(last=Max("attempt_time"))["last"]
    return None if last is None else last + cool_off()
