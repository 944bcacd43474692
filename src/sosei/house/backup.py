"""控え. `sosei backup FILE`: the whole book as of one moment into one file, while others go on working."""

from __future__ import annotations

import os
import sqlite3
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from sosei import __version__
from sosei.cli import terminal
from sosei.house import archive, postgres, ready, sqlite
from sosei.house.archive import Manifest
from sosei.house.reasons import why
from sosei.house.refusals import NotABackup
from sosei.journal.acts import act
from sosei.journal.keyring import newest, ring
from sosei.journal.seal import fingerprint


def backup(args: Namespace) -> int:
    """Make a backup, note it in the journal, and say what is not in it."""
    path = Path(args.file).absolute()
    manifest = write(path)
    if not ready.pending():  # else the journal's own tables may be of an earlier program
        note(manifest)
    terminal.say(_said(path, manifest, terminal.language()))
    return 0


def write(path: Path) -> Manifest:
    """Write a backup of the book. Raises NoSpace, CannotWrite, NoPgDump, NotABackup (the book is damaged)."""
    with archive.written(path) as draft:
        copy = draft.with_name(f"{draft.name}.database")
        try:
            manifest = _copied(copy)
            archive.pack(draft, copy, manifest)
        finally:
            copy.unlink(missing_ok=True)
    return manifest


def _copied(copy: Path) -> Manifest:
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    book = ready.book()
    if book is None:
        anchors, rows, seals = postgres.dump(copy)
        return _manifest(copy, "database.dump", anchors, rows, seals)
    try:
        sqlite.copy(book, copy)
    except sqlite3.DatabaseError as fault:
        raise NotABackup(name=book.name, **why(fault)) from None
    wrong = sqlite.damage(copy, whole=False)
    if wrong is not None:
        raise NotABackup(name=book.name, why=wrong, why_en=wrong)
    anchors, rows, seals = sqlite.anchors(copy), sqlite.rows(copy), sqlite.seals(copy)
    return _manifest(copy, "database.sqlite3", anchors, rows, seals)


def _manifest(
    copy: Path, name: str, anchors: tuple[dict[str, Any], ...], rows: dict[str, int],
    seals: tuple[tuple[int, str], ...],
) -> Manifest:  # fmt: skip
    return Manifest(
        made=datetime.now(UTC).isoformat(timespec="seconds"), program=__version__,
        engine=connection.vendor, database=name, size=copy.stat().st_size,
        sha256=archive.digest(copy), keys=_marks(seals),
        anchors=anchors, rows=rows,
    )  # fmt: skip


def _marks(seals: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    """Return the marks of the keys that the books are sealed with; where there is no line yet, of the newest."""
    keys = ring()
    marks = {mark or fingerprint(keys[number]) for number, mark in seals if mark or number in keys}
    return tuple(sorted(marks)) or (fingerprint(keys[newest()]),)


def note(manifest: Manifest) -> None:
    """Write into each body's journal that a backup was made, and of what."""
    for anchor in manifest.anchors:
        facts = {"sha256": manifest.sha256, "seq": anchor["seq"], "head": anchor["head"]}
        with act("house.backup", body=anchor["body"], by=None, facts=facts, always=True):
            pass


def _said(path: Path, manifest: Manifest, lang: str) -> str:
    total, mb = sum(manifest.rows.values()), path.stat().st_size / 1e6
    if lang == "en":
        return (
            f"Wrote {path} ({mb:.1f} MB, {total:,} rows).\n"
            f"The keys ({settings.HOME / 'keys'}) are not in it. Keep a copy of them apart from the backup: "
            "without them the journal cannot be verified after a restore."
        )
    return (
        f"{path} に控えを作りました（{mb:.1f} MB、{total:,}行）。\n"
        f"鍵（{settings.HOME / 'keys'}）は入っていません。控えとは別の場所に写しを保管してください。"
        "鍵がないと、復元したあとに証跡を確かめられません。"
    )
