"""PostgreSQL の控え. PostgreSQL's own programs make and take in the dump; we see to the moment, the password, the manifest."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from sosei.house.refusals import NoPgDump

_LEFT_OUT: Final = ("django_session",)


#: Number and fingerprint of each key that a book is sealed with.
Seals = tuple[tuple[int, str], ...]


def dump(target: Path) -> tuple[tuple[dict[str, Any], ...], dict[str, int], Seals]:
    """Write a dump as of one moment; return the journals' ends, the tables' rows and the seals of that same moment.

    Raises NoPgDump.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone()
        left = [f"--exclude-table-data={table}" for table in _LEFT_OUT]
        _run("pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={target}", *left)
        return _anchors(cursor), _rows(cursor), _seals(cursor)


def load(source: Path) -> None:
    """Take a dump into the empty database. Raises NoPgDump."""
    name = connection.settings_dict["NAME"]
    connection.close()
    options = ("--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={name}")
    _run("pg_restore", *options, str(source))


def state() -> tuple[tuple[dict[str, Any], ...], dict[str, int]]:
    """Return the journals' ends and the tables' rows now."""
    with connection.cursor() as cursor:
        return _anchors(cursor), _rows(cursor)


def _anchors(cursor: Any) -> tuple[dict[str, Any], ...]:
    if "journal_chain" not in connection.introspection.table_names(cursor):
        return ()
    cursor.execute("SELECT body, seq, head FROM journal_chain ORDER BY body")
    return tuple({"body": body, "seq": seq, "head": head} for body, seq, head in cursor.fetchall())


def seals() -> Seals:
    """Return number and fingerprint of each key that a book here is sealed with."""
    with connection.cursor() as cursor:
        return _seals(cursor)


def _seals(cursor: Any) -> Seals:
    if "journal_chain" not in connection.introspection.table_names(cursor):
        return ()
    described = connection.introspection.get_table_description(cursor, "journal_chain")
    numbered = "mark" in {column.name for column in described}
    wanted = "key, mark" if numbered else "0, ''"  # the first program numbered none
    cursor.execute(f"SELECT DISTINCT {wanted} FROM journal_chain WHERE seq > 0")  # noqa: S608  our own names
    return tuple(sorted((key or 1, mark) for key, mark in cursor.fetchall()))


def _rows(cursor: Any) -> dict[str, int]:
    counted = {}
    for table in sorted(connection.introspection.table_names(cursor)):
        if table in _LEFT_OUT:
            counted[table] = 0
            continue
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  its own names
        (counted[table],) = cursor.fetchone()
    return counted


def _run(program: str, *options: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise NoPgDump(program=program, why="入っていません", why_en="not installed")
    done = subprocess.run(
        [found, "--no-password", *options], env=_environment(), capture_output=True, text=True, check=False
    )  # fmt: skip
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"status {done.returncode}"]
        own = re.sub(r"^pg_\w+: (error: )?", "", lines[0])
        raise NoPgDump(program=program, why=own, why_en=own)


def _environment() -> dict[str, str]:
    """Return where the database is and the password, in no list of arguments that others could read."""
    said = connection.settings_dict
    given = {
        "PGHOST": said["HOST"], "PGPORT": str(said["PORT"]), "PGUSER": said["USER"],
        "PGPASSWORD": said["PASSWORD"], "PGDATABASE": said["NAME"],
    }  # fmt: skip
    return {**os.environ, **{name: value for name, value in given.items() if value}}
