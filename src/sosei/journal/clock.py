"""時計. The one place where the book's acts learn what time it is; tests and rehearsals set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_SET: ContextVar[datetime | None] = ContextVar("sosei_clock", default=None)


def now() -> datetime:
    """Return the moment: the machine's, unless one was set."""
    return _SET.get() or timezone.now()


def today() -> date:
    """Return the day in the office's time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Do what is inside as if it were that moment (rehearsals, tests, data of the past)."""
    token = _SET.set(moment)
    try:
        yield
    finally:
        _SET.reset(token)
