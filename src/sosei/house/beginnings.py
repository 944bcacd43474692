"""始まり. Is there a book already? Asked before the desk is set up, so without Django: of the file, or of PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from importlib import import_module
from typing import Any, Final

from sosei.house import home

_SECONDS = 5
#: Where a book says which key enciphers what it keeps of persons (`evidence.keyed`).
_STATED: Final = "evidence_personalkey"


class Unasked(Exception):
    """PostgreSQL does not answer, or its driver is not installed."""


def book_there() -> bool:
    """Whether the home, or the database that SOSEI_DATABASE names, holds a book. Raises Unasked."""
    address = os.environ.get("SOSEI_DATABASE")
    return _in_postgres(address) if address else home.has_book()


def personal_key_stated() -> bool:
    """Whether the book says which key enciphers persons; one of an earlier program says nothing. Raises Unasked."""
    address = os.environ.get("SOSEI_DATABASE")
    if address:
        return _any_in_postgres(address, _STATED)
    return home.has_book() and _any_in_file(_STATED)


def _in_postgres(address: str) -> bool:
    return _any_in_postgres(address, "journal_chain")


def _any_in_postgres(address: str, table: str) -> bool:
    """Whether a table is there and has a row; `table`: a name of our own."""
    try:
        psycopg = import_module("psycopg")
        with psycopg.connect(address, connect_timeout=_SECONDS) as connection:
            (there,) = connection.execute("SELECT to_regclass(%s)", [table]).fetchone()
            return there is not None and _has_row(connection, table)
    except ImportError as fault:
        raise Unasked from fault
    except psycopg.Error as fault:
        raise Unasked from fault


def _any_in_file(table: str) -> bool:
    try:
        with closing(sqlite3.connect(home.home() / home.BOOK)) as file:
            named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
            return file.execute(named, [table]).fetchone() is not None and _has_row(file, table)
    except sqlite3.Error as fault:
        raise Unasked from fault


def _has_row(connection: Any, table: str) -> bool:
    return bool(connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone())  # noqa: S608
