"""鍵の輪. The keys of a home, in `keys/`: what seals the journal, signs sessions, enciphers second factors and persons.

Each kind is a ring of numbered keys, each in a file of its own, readable by its owner alone: `journal.key` is number 1,
`journal.2.key` number 2. The newest is in force; older ones still read what they made. Keys are made where a book
begins, never where there is one: a key made anew beside a book would make every seal look forged.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sosei.house import home
from sosei.house.archive import to_disk
from sosei.house.beginnings import Unasked, book_there, personal_key_stated
from sosei.house.refusals import DatabaseAway, KeysLacking

#: Kind → how its files are named.
STEMS: Final = {
    "journal": "journal",
    "session": "secret",
    "cipher": "cipher",
    "personal": "personal",
}

#: Kind → how a new one is asked for where all of them are lost.
ANEW: Final = {
    "journal": "journal --lost", "session": "session", "cipher": "cipher", "personal": "personal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """鍵. Its kind, its number, when it was made; never what it is."""

    kind: str
    number: int
    path: Path

    @property
    def made(self) -> datetime:
        """Return when the file was written."""
        return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)

    @property
    def value(self) -> bytes:
        """Return the key itself."""
        return bytes.fromhex(self.path.read_text("ascii").strip())


def keys(kind: str) -> list[Key]:
    """Return the keys of a kind that are here, the oldest first."""
    stem = STEMS[kind]
    named = re.compile(rf"{stem}(?:\.([2-9]|[1-9]\d+))?\.key")
    found = [
        Key(kind, int(match[1] or 1), path)
        for path in _folder().glob(f"{stem}*.key")
        if (match := named.fullmatch(path.name))
    ]
    return sorted(found, key=lambda key: key.number)


def ring(kind: str) -> dict[int, bytes]:
    """Return the keys of a kind by their numbers."""
    return {key.number: key.value for key in keys(kind)}


def latest_first(kind: str) -> list[bytes]:
    """Return the keys of a kind, the one in force first."""
    return [key.value for key in reversed(keys(kind))]


def lacking() -> list[str]:
    """Return the names of the files that are missing: of each kind there must be one."""
    return [f"{STEMS[kind]}.key" for kind in _lacking()]


def _lacking() -> list[str]:
    missing = [kind for kind in STEMS if not keys(kind)]
    if "personal" in missing and not _personal_needed():
        missing.remove("personal")
    return missing


def _personal_needed() -> bool:
    """Whether there is a book with a key for persons: one of an earlier program has none yet (`house.enciphering`)."""
    try:
        return personal_key_stated()
    except Unasked:
        return False


_making = True


def make_none() -> None:
    """Make no keys in this process, whatever is missing: a book is being put in place whose keys are elsewhere."""
    global _making  # noqa: PLW0603  settings ask before anybody could tell them
    _making = False


def begin() -> None:
    """Make the first keys where no book is there yet; where there is one, or it cannot be asked, make none."""
    try:
        if _making and lacking() and not book_there():
            for kind in STEMS:
                if not keys(kind):
                    make(kind, 1)
    except Unasked:
        pass


def require() -> None:
    """See that there is a key of each kind. Raises KeysLacking, DatabaseAway (whether there is a book is not known)."""
    missing = lacking()
    if not missing:
        return
    try:
        book_there()
    except Unasked:
        raise DatabaseAway from None
    ways = " / ".join(f"sosei keys rotate {ANEW[kind]}" for kind in _lacking())
    raise KeysLacking(place=_folder(), names="、".join(missing), ways=ways)


def make(kind: str, number: int) -> None:
    """Make a key unless it is there; the file is written whole or not at all, and on the disk before it seals."""
    name = f"{STEMS[kind]}.key" if number == 1 else f"{STEMS[kind]}.{number}.key"
    path = _folder() / name
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
    to_disk(path.parent)


def _folder() -> Path:
    return home.home() / "keys"
