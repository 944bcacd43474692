"""控え. What was read so far, in one SQLite file beside the tables: a run that is killed at any moment goes on from it.

SQLite keeps it whole whatever happens; its lock, which the system lets go of when a process dies, keeps a second run
out. The file may be deleted: then everything is read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from sosei.corpus.refusals import InUse, NoFolder

NAME: Final = "state.sqlite3"
_FORM: Final = 1
_PAGE: Final = 500
_TABLES: Final = """
CREATE TABLE done (path BLOB PRIMARY KEY, reader TEXT NOT NULL, sha256 TEXT, head TEXT NOT NULL, cells BLOB NOT NULL);
CREATE TABLE listed (path BLOB PRIMARY KEY) WITHOUT ROWID;
"""

_WANTED: Final = (
    "SELECT listed.path, CASE WHEN reader IN (?, ?) THEN sha256 END"
    " FROM listed LEFT JOIN done USING (path)"
)
_ALL: Final = "SELECT listed.path, sha256, head, cells FROM listed JOIN done USING (path)"


class Done(NamedTuple):
    """What is known of a file: its path, its digest, its row of `files` and its packed cells of the other tables."""

    path: bytes
    sha256: str | None
    head: dict[str, Any]
    cells: bytes


class State:
    """The file. One run has it at a time."""

    def __init__(self, folder: Path, reader: str, limits: str) -> None:
        """Open it in a folder, or begin it; `reader`: who reads now, `limits`: and under which. Raises InUse, NoFolder.

        What was ended by a limit, or fell, is known only as long as the limits are the same.
        """
        self._reader, self._limited = reader, f"{reader} {limits}"
        path = folder / NAME
        try:
            self._base = self._opened(path)
        except sqlite3.OperationalError as fault:
            if "locked" in str(fault):
                raise InUse(name=folder) from None
            raise NoFolder(name=folder, why=fault) from None
        except sqlite3.DatabaseError:  # nothing of ours: whatever it was, it can be made again
            for ending in ("", "-wal", "-shm"):
                path.with_name(NAME + ending).unlink(missing_ok=True)
            self._base = self._opened(path)

    def _opened(self, path: Path) -> sqlite3.Connection:
        base = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            base.execute("PRAGMA locking_mode = EXCLUSIVE")
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = NORMAL")
            base.execute("BEGIN EXCLUSIVE")
            if base.execute("PRAGMA user_version").fetchone()[0] != _FORM:
                for name in ("done", "listed"):
                    base.execute(f"DROP TABLE IF EXISTS {name}")
                for statement in _TABLES.strip().split(";\n"):
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {_FORM}")
            base.execute("COMMIT")
        except sqlite3.Error:
            base.close()
            raise
        return base

    def listing(self, paths: Iterable[bytes]) -> int:
        """Take over which files there are; forget those that are gone. Return how many there are."""
        base = self._base
        base.execute("BEGIN")
        try:
            base.execute("DELETE FROM listed")
            base.executemany("INSERT OR IGNORE INTO listed VALUES (?)", ((path,) for path in paths))
            base.execute("DELETE FROM done WHERE path NOT IN (SELECT path FROM listed)")
        except BaseException:
            base.execute("ROLLBACK")
            raise
        base.execute("COMMIT")
        count: int = base.execute("SELECT count(*) FROM listed").fetchone()[0]
        return count

    def wanted(self) -> Iterator[tuple[bytes, str | None]]:
        """Yield every file in the order of paths, with its digest where what is known of it still holds."""
        return self._paged(_WANTED, (self._reader, self._limited))

    def keep(self, done: Done) -> None:
        """Keep what was said of a file, for good: the write-ahead log makes a commit of each cheap."""
        head = json.dumps(done.head, ensure_ascii=True)
        reader = self._limited if done.head["status"] == "ended" else self._reader
        row = (done.path, reader, done.sha256, head, done.cells)
        self._base.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?)", row)

    def all(self) -> Iterator[Done]:
        """Yield what is known of every file, in the order of paths."""
        for path, sha256, head, cells in self._paged(_ALL, ()):
            yield Done(path, sha256, json.loads(head), cells)

    def _paged(self, query: str, facts: tuple[Any, ...]) -> Iterator[Any]:
        """Yield rows page by page, each a query of its own: rows are written in between."""
        last = b""
        while True:
            page = f"{query} WHERE listed.path > ? ORDER BY listed.path LIMIT {_PAGE}"
            rows = self._base.execute(page, (*facts, last)).fetchall()
            yield from rows
            if len(rows) < _PAGE:
                return
            last = rows[-1][0]

    def close(self) -> None:
        """Let the next run in."""
        self._base.close()
