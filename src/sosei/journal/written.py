"""書かれたもの. What the journal says was written: row by row, version by version, kept in a file while verifying.

A nation's book has millions of versions, so they stand in a private SQLite file that goes away by itself, ordered by
table, row and version; the tables are then read beside it in the same order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from types import TracebackType
from typing import Final, Self

from sosei.journal.models import Entry

_TABLE: Final = """
CREATE TABLE written (
    kind INTEGER, row INTEGER, stamp INTEGER, digest TEXT, seq INTEGER, at TEXT, sound INTEGER, key INTEGER,
    PRIMARY KEY (kind, row, stamp)
) WITHOUT ROWID
"""
_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Version:
    """版. One content of a row, by the line that wrote it; `sound`: that line is as this program wrote it; `key`: whose number."""

    stamp: int
    digest: str
    seq: int
    at: datetime
    sound: bool
    key: int


class Written:
    """索引. Filled line by line, then read table by table."""

    def __init__(self) -> None:
        """Open the private file."""
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute("PRAGMA cache_size=-16384")
        self._file.execute(_TABLE)
        self._kinds: dict[str, int] = {}
        self._emptied: set[tuple[str, int]] = set()

    def __enter__(self) -> Self:
        """Begin to fill it."""
        self._file.execute("BEGIN")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the file go."""
        self._file.close()

    def add(self, entry: Entry, seq: int, sound: bool) -> None:
        """Take in what a line wrote; `seq`: its number as sealed. A line that repeats a version says nothing new: it is itself a forgery."""
        at = entry.at.astimezone(UTC).isoformat()
        rows = entry.rows if isinstance(entry.rows, list) else []
        self._file.executemany(
            "INSERT OR IGNORE INTO written VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (self._kind(row[0]), row[1], row[2], row[3], seq, at, sound, entry.key)
                for row in rows
                if _well_formed(row)
            ),
        )

        if sound and isinstance(entry.facts, dict):
            self._emptied.update((table, row) for table, row in entry.facts.get("emptied", ()))

    def emptied(self, table: str, row: int) -> bool:
        """Whether a line says that it took words out of what a row said before."""
        return (table, row) in self._emptied

    def _kind(self, table: str) -> int:
        return self._kinds.setdefault(table, len(self._kinds))

    def tables(self) -> tuple[str, ...]:
        """Return every table that a line wrote to."""
        return tuple(self._kinds)

    def of(self, table: str) -> Iterator[tuple[int, list[Version]]]:
        """Yield each row of a table with its versions, in the order of their numbers."""
        found = self._file.execute(
            "SELECT row, stamp, digest, seq, at, sound, key FROM written WHERE kind = ? ORDER BY row, stamp",
            (self._kinds.get(table, -1),),
        )
        for row, versions in groupby(found, key=lambda columns: int(columns[0])):
            yield (
                row,
                [
                    Version(v[1], v[2], v[3], datetime.fromisoformat(v[4]), bool(v[5]), v[6])
                    for v in versions
                ],
            )


def _well_formed(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == _PARTS
        and isinstance(row[0], str)
        and all(isinstance(number, int) for number in row[1:3])
    )
