"""更新の前. A new program that changes the database first keeps a backup of it as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from sosei.house import backup, ready


def kept_before_upgrade() -> Path | None:
    """Keep a backup where the database is about to be changed; None where nothing changes or nothing is in it yet.

    PostgreSQL's backups are its administrator's; there nothing is kept. Raises NewerDatabase, NoSpace.
    """
    book = ready.book()
    if book is None or not book.exists() or not book.stat().st_size or not ready.pending():
        return None
    folder = settings.HOME / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    path: Path = folder / f"before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sosei"
    backup.write(path)
    return path
