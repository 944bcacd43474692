"""復元. `sosei restore FILE`: a backup becomes the book of an empty home; never over a book, never half.

The keys are no part of a backup. They must be there first, and must be the ones the book was sealed with: made anew
by accident, they would make every seal look forged. So the SQLite part asks nothing of Django, whose settings make keys.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from sosei.cli import terminal
from sosei.house import archive, home, keys, postgres, sqlite
from sosei.house.archive import Manifest
from sosei.house.claim import claim
from sosei.house.refusals import HomeInUse, KeysMissing, NotABackup, OtherEngine, OtherKeys
from sosei.journal.seal import fingerprint


def restore(args: Namespace) -> int:
    """Take a backup in, and say what to do next."""
    source, place = Path(args.file).absolute(), home.home()
    manifest = archive.read_manifest(source)
    here = "postgresql" if os.environ.get("SOSEI_DATABASE") else "sqlite"
    if manifest.engine != here:
        raise OtherEngine(backup=manifest.engine, here=here)
    if not args.lost_keys:
        check_keys(place, manifest)
    kept = None
    if here == "sqlite":
        kept = into_file(source, manifest, place / home.BOOK, replace=args.replace)
        seals = sqlite.seals(place / home.BOOK)
    else:
        into_postgres(source, manifest, place)
        seals = postgres.seals()
    lang = terminal.language()
    terminal.say(_said(source, place, manifest, kept, lang))
    for line in _keys_first(lang) if args.lost_keys else outdated(seals, lang):
        terminal.say(line)
    terminal.say(_next(source, lang))
    return 0


def outdated(seals: Iterable[tuple[int, str]], lang: str) -> list[str]:
    """Return what to say where a book is sealed with an older key than the newest one here."""
    newest = max((key.number for key in keys.keys("journal")), default=0)
    return [sealed_with(number, lang) for number in sorted({n for n, _ in seals if n < newest})]


def sealed_with(number: int, lang: str) -> str:
    """Return the words for a book that is sealed with a key that a newer one replaces."""
    if lang == "en":
        return f"The book is sealed with key no. {number}, not with the newest. Run “sosei keys rotate journal”."
    return (
        f"台帳は番号{number}の鍵で封印しています。「sosei keys rotate journal」を行ってください。"
    )


def _keys_first(lang: str) -> list[str]:
    first = "まず新しい鍵を作ります" if lang == "ja" else "First make new keys"
    return [f"{first}: {' / '.join(f'sosei keys rotate {way}' for way in keys.ANEW.values())}"]


def check_keys(place: Path, manifest: Manifest) -> None:
    """See that the keys are there and are the book's. Raises KeysMissing, OtherKeys."""
    here = [fingerprint(key) for key in keys.latest_first("journal")]
    if not here:
        raise KeysMissing(place=place)
    missing = [mark for mark in manifest.keys if mark not in here]
    if missing:
        raise OtherKeys(place=place / "keys", backup="、".join(missing), here="、".join(here))


def into_file(source: Path, manifest: Manifest, book: Path, *, replace: bool) -> Path | None:
    """Put the database of a backup in place as a SQLite file; return where the present one was put aside.

    Raises HomeInUse, AlreadyServed, NotABackup, NoSpace, CannotWrite.
    """
    there = book.exists() and book.stat().st_size > 0
    if there and not replace:
        raise HomeInUse(place=book.parent)
    try:
        book.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise archive.refusal(book.parent, fault) from None
    with claim(book, "sosei restore"):
        kept = None
        with archive.written(book) as draft:
            archive.unpack(source, manifest, draft)
            _check(source, manifest, sqlite.anchors(draft), sqlite.rows(draft))
            wrong = sqlite.damage(draft)
            if wrong is not None:
                raise NotABackup(name=source.name, why=wrong, why_en=wrong)
            if there:
                kept = _aside(book)
    return kept


def _check(
    source: Path, manifest: Manifest, anchors: tuple[dict[str, Any], ...], rows: dict[str, int]
) -> None:
    """See that what was taken in is what the manifest names. Raises NotABackup."""
    if anchors != manifest.anchors:
        raise NotABackup(
            name=source.name, why="証跡の先端が目録と違います",
            why_en="its journals do not end where the manifest says",
        )  # fmt: skip
    if rows != manifest.rows:
        differing = sorted(set(rows.items()) ^ set(manifest.rows.items()))
        table = differing[0][0]
        raise NotABackup(
            name=source.name, why=f"行の数が目録と違います（{table}）",
            why_en=f"other numbers of rows ({table})",
        )  # fmt: skip


def _aside(book: Path) -> Path:
    """Put the present book aside under a name with the time."""
    sqlite.settle(book)
    kept = book.with_name(f"{book.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
    for end in ("", "-wal", "-shm"):
        part = book.with_name(book.name + end)
        if part.exists():
            os.replace(part, kept.with_name(kept.name + end))
    return kept


def into_postgres(source: Path, manifest: Manifest, place: Path) -> None:
    """Take a dump into the empty database that SOSEI_DATABASE names. Raises HomeInUse, NotABackup, NoPgDump."""
    keys.make_none()
    django.setup()
    if postgres.state()[1]:
        raise HomeInUse(place=place)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place / f".restore.{os.getpid()}.part"
    try:
        archive.unpack(source, manifest, draft)
        postgres.load(draft)
    except OSError as fault:
        raise archive.refusal(draft, fault) from None
    finally:
        draft.unlink(missing_ok=True)
    _check(source, manifest, *postgres.state())


def _said(source: Path, place: Path, manifest: Manifest, kept: Path | None, lang: str) -> str:
    total = sum(manifest.rows.values())
    if lang == "en":
        aside = f"\nThe book that was there is kept as {kept}." if kept else ""
        return f"Restored {source.name} of {manifest.made} into {place} ({total:,} rows).{aside}"
    aside = f"\n元の台帳は {kept} に残しました。" if kept else ""
    return f"{manifest.made} の控え {source.name} を {place} に戻しました（{total:,}行）。{aside}"


def _next(source: Path, lang: str) -> str:
    if lang == "en":
        return f"Next: sosei serve, then sosei verify --against {source}"
    return (
        f"次に「sosei serve」で開き、「sosei verify --against {source}」で証跡を確かめてください。"
    )
