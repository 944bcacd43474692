"""始まり. Is there a book already? Asked before the desk is set up, so without Django: of the file, or of PostgreSQL."""

from __future__ import annotations

import os
from importlib import import_module

from sosei.house import home

_SECONDS = 5


class Unasked(Exception):
    """PostgreSQL does not answer, or its driver is not installed."""


def book_there() -> bool:
    """Whether the home, or the database that SOSEI_DATABASE names, holds a book. Raises Unasked."""
    address = os.environ.get("SOSEI_DATABASE")
    return _in_postgres(address) if address else home.has_book()


def _in_postgres(address: str) -> bool:
    try:
        psycopg = import_module("psycopg")
        with psycopg.connect(address, connect_timeout=_SECONDS) as connection:
            (table,) = connection.execute("SELECT to_regclass('journal_chain')").fetchone()
            if table is None:
                return False
            return bool(connection.execute("SELECT 1 FROM journal_chain LIMIT 1").fetchone())
    except ImportError as fault:
        raise Unasked from fault
    except psycopg.Error as fault:
        raise Unasked from fault
