"""更新. Before a command works on a book: hold it, keep a backup of it as it was, bring it to what this program needs.

Every command that may change the tables (serve, office, sample) goes through here, so that none does without a backup.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from sosei.cli import terminal
from sosei.house import backup, enciphering, postgres, ready
from sosei.house.calm import refusal_for
from sosei.house.claim import claim
from sosei.house.refusals import DatabaseAway, NoBackupBefore, NoPgDump


@contextmanager
def held_ready(what: str, *, backed_up: bool = False) -> Iterator[None]:
    """Hold the book while the block runs, made ready; `what`: for whom. `backed_up`: somebody keeps a backup himself.

    Raises AlreadyServed, NewerDatabase, NoBackupBefore, DatabaseAway; SealKeyLacking, OtherSealKey; PersonalKeyLacking,
    OtherPersonalKey.
    """
    book = ready.book()
    if book is None:
        _make_ready(backed_up)
        yield
        return
    with claim(book, what):
        _make_ready(backed_up)
        yield


def _make_ready(backed_up: bool) -> None:
    try:
        with ready.alone():
            kept = None if backed_up else kept_before_upgrade()
            done = ready.migrate()
            enciphering.settle()
    except OperationalError as fault:
        terminal.note(str(fault).strip())
        raise (refusal_for(fault) or DatabaseAway()) from None
    if kept is not None:
        terminal.note(f"更新の前の控え / backup before the update: {kept}")
    if done:
        terminal.note(f"データベースを整えました / database made ready ({len(done)})")


def kept_before_upgrade() -> Path | None:
    """Keep a backup where the database is about to be changed; None where nothing changes or nothing is in it yet.

    Raises NewerDatabase, NoSpace, CannotWrite, NoBackupBefore.
    """
    if not ready.pending() or not _anything_there():
        return None
    folder = settings.HOME / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    path: Path = folder / f"before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sosei"
    try:
        backup.write(path)
    except NoPgDump as refusal:
        raise NoBackupBefore(**refusal.facts) from None
    return path


def _anything_there() -> bool:
    book = ready.book()
    if book is None:
        return bool(postgres.state()[1])
    return book.exists() and book.stat().st_size > 0
