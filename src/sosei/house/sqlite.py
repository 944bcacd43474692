"""SQLite の控え. Copies of a book in use, what stands in a copy, and whether it is sound. Without Django: restoring needs it so."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

#: What a backup leaves out: whoever holds the number of a session is taken for its person.
_LEFT_OUT: Final = ("django_session",)


def copy(book: Path, target: Path) -> None:
    """Copy a book as of one moment, while others go on writing, into one file that needs no other.

    Raises OSError where the disk is full, sqlite3.DatabaseError where the book is damaged.
    """
    try:
        with closing(sqlite3.connect(book, timeout=30)) as source, closing(_open(target)) as file:
            source.backup(file)
            file.execute("PRAGMA journal_mode = DELETE")
            file.execute("PRAGMA secure_delete = ON")
            for table in filter(partial(_has, file), _LEFT_OUT):
                file.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
    except sqlite3.OperationalError as fault:
        raise _as_os_error(fault) from None
    finally:
        for end in ("-wal", "-shm", "-journal"):
            target.with_name(target.name + end).unlink(missing_ok=True)


def _open(target: Path) -> sqlite3.Connection:
    file = sqlite3.connect(target, isolation_level=None)
    file.execute("PRAGMA temp_store = MEMORY")
    file.execute("PRAGMA synchronous = OFF")  # the whole is brought to the disk at the end
    return file


def _as_os_error(fault: sqlite3.OperationalError) -> Exception:
    """Return a full disk as the system says it."""
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if full(fault) else fault


def full(fault: BaseException | None) -> bool:
    """Whether a fault says that nothing more can be written; a quota and a limit on files come as a failed write."""
    code = getattr(fault, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE)


def anchors(book: Path) -> tuple[dict[str, Any], ...]:
    """Return the end of each body's journal."""
    with closing(_read(book)) as file:
        if not _has(file, "journal_chain"):
            return ()
        found = file.execute("SELECT body, seq, head FROM journal_chain ORDER BY body").fetchall()
    return tuple({"body": body, "seq": seq, "head": head} for body, seq, head in found)


def seals(book: Path) -> tuple[tuple[int, str], ...]:
    """Return number and fingerprint of each key that a book here is sealed with; the first program numbered none."""
    with closing(_read(book)) as file:
        if not _has(file, "journal_chain"):
            return ()
        columns = {row[1] for row in file.execute("PRAGMA table_info(journal_chain)")}
        wanted = "key, mark" if "mark" in columns else "0, ''"
        found = file.execute(
            f"SELECT DISTINCT {wanted} FROM journal_chain WHERE seq > 0"  # noqa: S608  our own names
        )
        return tuple(sorted((key or 1, mark) for key, mark in found))


def rows(book: Path) -> dict[str, int]:
    """Return the number of rows of each table."""
    with closing(_read(book)) as file:
        tables = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        return {
            name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  its own names
            for (name,) in tables
        }


def damage(book: Path, *, whole: bool = True) -> str | None:
    """Return what is wrong with the file, None where it is sound; not `whole`: without comparing the indexes."""
    try:
        with closing(_read(book)) as file:
            check = "integrity_check" if whole else "quick_check"
            found = file.execute(f"PRAGMA {check}(3)").fetchall()
            strays = file.execute("PRAGMA foreign_key_check").fetchmany(3)
    except sqlite3.DatabaseError as fault:
        return str(fault)
    if found != [("ok",)]:
        return "; ".join(str(row[0]) for row in found)
    return "; ".join(f"{table} {row} → {parent}" for table, row, parent, _ in strays) or None


def settle(book: Path) -> None:
    """Bring what stands in the write-ahead log into the file itself; nobody may use the book meanwhile."""
    with closing(sqlite3.connect(book, timeout=5)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _has(file: sqlite3.Connection, table: str) -> bool:
    return bool(file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone())


def _read(book: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{book.as_uri()}?mode=ro", uri=True, timeout=30)
