"""占有. One server on one SQLite file: a lock on a file beside it, which the system lets go when the process ends.

The file says who holds it. It is never removed: a lock on a file that somebody unlinks protects nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from sosei.house.refusals import AlreadyServed

#: Where Windows puts its lock: far behind the text, which others must be able to read.
_FAR: Final = 1 << 30


@contextmanager
def claim(book: Path, what: str) -> Iterator[None]:
    """Hold a book alone for as long as the block runs; `what`: what for. Raises AlreadyServed, saying who holds it."""
    path = book.with_name(f"{book.name}.lock")
    with path.open("a+", encoding="utf-8") as file:
        if not _lock(file):
            raise AlreadyServed(path=book, **_holder(path))
        _say(file, what)
        try:
            yield
        finally:
            _unlock(file)


def holder(book: Path) -> dict[str, Any] | None:
    """Return who holds a book, or None where nobody does."""
    path = book.with_name(f"{book.name}.lock")
    if not path.exists():
        return None
    with path.open("a+", encoding="utf-8") as file:
        if _lock(file):
            _unlock(file)
            return None
    return _holder(path)


def _say(file: IO[str], what: str) -> None:
    since = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    file.truncate(0)
    file.write(json.dumps({"pid": os.getpid(), "what": what, "since": since}, ensure_ascii=False))
    file.flush()


def _holder(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8"))
        return {name: said[name] for name in ("pid", "what", "since")}
    except (OSError, ValueError, KeyError, TypeError):
        return {"pid": "?", "what": "sosei", "since": "?"}


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
