"""落ち着いて断る. When the database is away, busy or full, a page says so with 503, and when to come again.

It is asked last, by Django itself, whatever part of a request failed; it must need no database.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from sosei.core.errors import SoseiError
from sosei.house.refusals import DatabaseAway, DatabaseBusy, DiskFull
from sosei.house.sqlite import full
from sosei.web.desk.views import errors

#: Seconds after which a browser or a monitor may ask again.
AGAIN: Final = 15
#: PostgreSQL's states: a lock that was not had in time, two that waited for each other, serialisation.
_BUSY: Final = frozenset({"55P03", "40P01", "40001"})
#: A connection that broke, a server that stops or starts, one that has too many connections.
_AWAY: Final = ("08", "57P", "53")
_FULL: Final = "53100"


def trouble(request: HttpRequest) -> HttpResponse:
    """Answer what nobody else did: 503 where the database could not serve, 500 where the program is at fault."""
    refusal = refusal_for(sys.exc_info()[1])
    if refusal is None:
        return errors.broken(request)
    answer = errors.unavailable(request, refusal)
    answer["Retry-After"] = str(AGAIN)
    return answer


def refusal_for(fault: BaseException | None) -> SoseiError | None:
    """Return what a fault of the database means to the person who waits for a page, None for any other fault."""
    if isinstance(fault, InterfaceError):
        return DatabaseAway()
    if not isinstance(fault, OperationalError):
        return None
    own = fault.__cause__
    return _sqlite(own) if isinstance(own, sqlite3.Error) else _postgres(own)


def _sqlite(own: sqlite3.Error) -> SoseiError | None:
    if full(own):
        return DiskFull()
    kind = own.sqlite_errorcode & 0xFF
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy()
    away = (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    )
    return DatabaseAway() if kind in away else None


def _postgres(own: BaseException | None) -> SoseiError | None:
    state: str | None = getattr(own, "sqlstate", None)
    if state == _FULL:
        return DiskFull()
    if state in _BUSY:
        return DatabaseBusy()
    return DatabaseAway() if state is None or state.startswith(_AWAY) else None
