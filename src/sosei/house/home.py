"""置き場所. The folder that holds one office's book: the database, and the keys beside it.

`SOSEI_HOME` names it (default: `sosei-data` in the working directory). The keys are made on first use, readable by
their owner alone: `keys/secret.key` signs sessions, `keys/journal.key` seals the journal. Whoever carries the database
elsewhere carries the keys apart from it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

KEYS: Final = ("secret", "journal")
#: The SQLite file of the book within the home.
BOOK: Final = "sosei.sqlite3"


def home() -> Path:
    """Return the folder of the book."""
    return Path(os.environ.get("SOSEI_HOME") or "sosei-data").resolve()


def key(name: str) -> bytes:
    """Return a key, made on first use. The file is written whole or not at all."""
    path = home() / "keys" / f"{name}.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(path)
    return bytes.fromhex(path.read_text("ascii").strip())


def has_book() -> bool:
    """Whether there is a SQLite book in the home."""
    book = home() / BOOK
    return book.exists() and book.stat().st_size > 0


def has_key(name: str) -> bool:
    """Whether a key is there already."""
    return (home() / "keys" / f"{name}.key").exists()


def _make(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # the first one wins where two start at once
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
