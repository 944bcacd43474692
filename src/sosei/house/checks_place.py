"""置き場所の検査. The keys, the disk, the process that holds the book."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from django.conf import settings

from sosei.house import keys as rings
from sosei.house import ready
from sosei.house.ailments import BAD, GOOD, WARN, Finding
from sosei.house.claim import holder

_MB: Final = 1_000_000
#: Below it, saving may fail at any moment.
_LEAST: Final = 100 * _MB


def keys() -> Finding:
    """Whether the keys are there, and they and the book readable by their owner alone."""
    folder = settings.HOME / "keys"
    missing = rings.lacking()
    if missing:
        names = "、".join(missing)
        return Finding(
            BAD, f"{folder} に {names} がありません。", f"{names} missing in {folder}.",
            "保管している keys フォルダを元の場所に戻してください。",
            "Put the kept folder keys back in its place.",
        )  # fmt: skip
    open_to_others = [path for path in _private(folder) if _open(path)]
    if open_to_others:
        names = "、".join(path.name for path in open_to_others)
        return Finding(
            WARN, f"{names} をほかの利用者も読めます。", f"Others can read {names}.",
            f"chmod -R go-rwx {settings.HOME} で、所有者だけにしてください。",
            f"Close them: chmod -R go-rwx {settings.HOME}",
        )  # fmt: skip
    return Finding(
        GOOD, f"{folder} にあり、所有者だけが読めます。", f"In {folder}, for their owner alone."
    )


def _private(folder: Path) -> list[Path]:
    """Return what others must not read: the keys, and the book, unless the home itself is closed."""
    book = ready.book()
    open_home = book is not None and book.exists() and _open(settings.HOME)
    return [folder, *folder.glob("*.key"), *([book] if open_home and book else [])]


def _open(path: Path) -> bool:
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def space() -> Finding:
    """Whether the disk holds what is to come: at least twice the book, for a backup and what is saved meanwhile."""
    free = shutil.disk_usage(settings.HOME).free
    book = ready.book()
    size = book.stat().st_size if book is not None and book.exists() else 0
    said = (f"空きは{free // _MB:,} MBです。", f"{free // _MB:,} MB are free.")
    if free < _LEAST:
        return Finding(
            BAD, *said, "すぐに場所を空けてください。保存できなくなります。",
            "Make room at once; saving will fail.",
        )  # fmt: skip
    if free < max(5 * _LEAST, 2 * size):
        return Finding(
            WARN, *said, "控えを作る余裕がありません。場所を空けてください。",
            "There is no room for a backup. Make room.",
        )  # fmt: skip
    return Finding(GOOD, *said)


def served() -> Finding:
    """Who holds the book."""
    book = ready.book()
    if book is None:
        return Finding(
            GOOD,
            "PostgreSQL です。いくつのサーバーからでも使えます。",
            "PostgreSQL; any number of servers.",
        )
    who = holder(book)
    if who is None:
        return Finding(GOOD, "動いているサーバーはありません。", "No server is running.")
    return Finding(
        GOOD,
        f"プロセス{who['pid']}（{who['what']}）が{who['since']}から使っています。",
        f"In use by process {who['pid']} ({who['what']}) since {who['since']}.",
    )
