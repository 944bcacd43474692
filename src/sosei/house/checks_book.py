"""台帳の検査. The database, its version, its journal, the bytes of files, the last backup."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.db import connection
from django.utils import timezone

from sosei.evidence import keyed
from sosei.evidence.actions.documenterasing import unused
from sosei.house import blobs, ready, sqlite
from sosei.house.ailments import BAD, GOOD, WARN, Finding
from sosei.journal import clock
from sosei.journal.keyring import newest, number_after, number_of, ring
from sosei.journal.models import Chain, Entry
from sosei.journal.seal import seal

_DAYS: Final = 7
#: Seconds after which a transaction that does nothing is in the way of others.
_IDLE: Final = 300
_SLOW: Final = 1.0
_UPDATE: Final = (
    "「sosei serve」を始めると整います。",
    "Starting “sosei serve” brings it up to date.",
)


def answers() -> Finding:
    """Whether the database answers, and which it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    book = ready.book()
    if book is None:
        version = str(connection.pg_version)  # type: ignore[attr-defined]
        return Finding(GOOD, f"PostgreSQL {version} が答えます。", f"PostgreSQL {version} answers.")
    size = book.stat().st_size / 1e6 if book.exists() else 0
    said = f"SQLite {sqlite3.sqlite_version} {book} ({size:.1f} MB)"
    return Finding(GOOD, f"{said} が答えます。", f"{said} answers.")


def sound() -> Finding:
    """Whether the file is whole and its references lead somewhere."""
    book = ready.book()
    if book is None:
        return Finding(
            GOOD, "PostgreSQL が自分で守ります（pg_amcheck で調べられます）。",
            "PostgreSQL sees to it itself (pg_amcheck examines it).",
        )  # fmt: skip
    wrong = sqlite.damage(book) if book.exists() else None
    if wrong is None:
        return Finding(
            GOOD, "壊れていません。参照もすべてあります。", "Not damaged; every reference holds."
        )
    return Finding(
        BAD, f"壊れています（{wrong}）。", f"Damaged ({wrong}).",
        "サーバーを止め、ファイルの写しを取ってから、最後の控えを別の場所に復元して比べてください。",
        "Stop the server, copy the file, restore the last backup elsewhere, and compare.",
    )  # fmt: skip


def migrated() -> Finding:
    """Whether the database is as this program needs it."""
    lacking = ready.pending()
    if not lacking:
        return Finding(GOOD, "このプログラムに合っています。", "As this program needs it.")
    return Finding(
        WARN, f"あと{len(lacking)}件の更新が要ります。", f"{len(lacking)} migrations are lacking.", *_UPDATE
    )  # fmt: skip


def writable() -> Finding:
    """How long it takes until one may write, and who keeps others waiting."""
    book = ready.book()
    return _queue() if book is None else _turn(book)


def _turn(book: Path) -> Finding:
    begun = time.monotonic()
    try:
        with closing(sqlite3.connect(book, timeout=5, isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            file.execute("ROLLBACK")
    except sqlite3.OperationalError as fault:
        return Finding(
            BAD, f"5秒待っても保存の順番が来ません（{fault}）。", f"No turn to write within 5 s ({fault}).",
            "ほかのプログラムが台帳を開いたままにしていないか確かめてください。",
            "See whether another program keeps the book open.",
        )  # fmt: skip
    waited = time.monotonic() - begun
    state = GOOD if waited < _SLOW else WARN
    return Finding(
        state,
        f"保存の順番まで{waited:.2f}秒でした。",
        f"Waited {waited:.2f} s for a turn to write.",
    )


def _queue() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE wait_event_type = 'Lock'),"
            " count(*) FILTER (WHERE state = 'idle in transaction'"
            " AND now() - state_change > make_interval(secs => %s))"
            " FROM pg_stat_activity WHERE datname = current_database()",
            [_IDLE],
        )
        waiting, idle = cursor.fetchone()
    said = (
        f"待っている接続{waiting}、開いたままの取引{idle}です。",
        f"{waiting} connections wait, {idle} transactions stand open.",
    )
    if not idle:
        return Finding(GOOD, *said)
    return Finding(
        WARN, *said, "データベースの管理者に、開いたままの接続を閉じてもらってください。",
        "Have the database's administrator close what stands open.",
    )  # fmt: skip


def heads() -> Finding:
    """Whether each body's journal ends where its record says, with a seal that fits the key."""
    wrong, lines, older = [], 0, set()
    for chain in Chain.objects.order_by("body"):
        last = Entry.objects.filter(body=chain.body).order_by("-seq").first()
        lines += chain.seq
        key = ring().get(last.key) if last else None
        fits = last is not None and key is not None and seal(key, last.line()) == chain.head
        if last is None or last.seq != chain.seq or not fits:
            wrong.append(chain.body)
        elif min(number_of(chain), number_after(last)) < newest():
            older.add(min(number_of(chain), number_after(last)))
    if wrong:
        names = "、".join(wrong)
        return Finding(
            BAD, f"団体{names}の証跡の末尾が合いません。", f"The journal's end does not fit: {names}.",
            "「sosei verify」で確かめてください。鍵を取り違えていないかも見てください。",
            "Run “sosei verify”; see whether the keys are the right ones.",
        )  # fmt: skip
    if older:
        return _older(min(older))
    return Finding(
        GOOD,
        f"{lines:,}行の末尾が合っています（全体は「sosei verify」）。",
        f"The ends of {lines:,} lines fit (“sosei verify” examines them all).",
    )


def _older(number: int) -> Finding:
    """Say that a book is sealed with an older key than the newest one here."""
    return Finding(
        WARN, f"台帳は番号{number}の鍵で封印しています（番号{newest()}の鍵があります）。",
        f"The book is sealed with key no. {number}, though there is no. {newest()}.",
        "「sosei verify」で確かめてから、「sosei keys rotate journal」を行ってください。",
        "Run “sosei verify”, then “sosei keys rotate journal”.",
    )  # fmt: skip


def clock_forward() -> Finding:
    """Whether the machine's clock stands behind what was already recorded."""
    latest = max((entry.at for entry in _last_lines()), default=None)
    now = clock.now()
    if latest is None or latest <= now + timedelta(seconds=1):
        said = timezone.localtime(now).strftime("%Y-%m-%d %H:%M:%S")
        return Finding(
            GOOD, f"{said} です。証跡より進んでいます。", f"{said}, not behind the journal."
        )
    behind = timezone.localtime(latest).strftime("%Y-%m-%d %H:%M:%S")
    return Finding(
        BAD, f"機械の時計が戻っています。証跡の最後は {behind} です。",
        f"The clock was set back: the journal reached {behind}.",
        "時刻合わせ（NTP）を確かめてください。直るまでに記録した時刻は、前の行より早くなります。",
        "See to the time service (NTP). What is recorded until then bears a time before the lines above it.",
    )  # fmt: skip


def _last_lines() -> list[Entry]:
    chains = Chain.objects.filter(seq__gt=0)
    found = (Entry.objects.filter(body=c.body, seq=c.seq).defer("rows").first() for c in chains)
    return [entry for entry in found if entry is not None]


def contents() -> Finding:
    """Whether the bytes of every file are there, and which no row names."""
    wrong = [problem.sentence("ja") for problem in blobs.problems()]
    if wrong:
        return Finding(
            BAD, f"{len(wrong)}件が合いません。{wrong[0]}", f"{len(wrong)} files are missing or changed.",
            "「sosei verify」で全件を見てから、控えと比べてください。",
            "Run “sosei verify” for all of them, then compare with a backup.",
        )  # fmt: skip
    left = len(blobs.unused()) + (0 if ready.pending() else unused().count())
    more = (
        f"使われていない中身が{left}件あります（害はありません）。",
        f" {left} unused (harmless).",
    )
    return Finding(
        GOOD,
        "すべてあります。" + (more[0] if left else ""),
        "All are there." + (more[1] if left else ""),
    )


def persons() -> Finding:
    """Whether the key that enciphers persons is here, is the book's, and enciphers all that is kept of them."""
    if ready.pending():
        return Finding(GOOD, "データベースの更新のあとで調べます。", "Examined after the update.")
    keyed.require_key()
    lost, older = keyed.unreadable(), keyed.behind()
    if lost:
        return Finding(
            BAD, f"{lost:,}件は、鍵がないので読めません。", f"{lost:,} texts cannot be read: their key is not here.",
            "保管している鍵を keys フォルダに置いてください。", "Put the kept keys into the folder keys.",
        )  # fmt: skip
    if older:
        return Finding(
            WARN, "最新の鍵で暗号にし直していません。", "Not yet enciphered with the newest key.", *_UPDATE
        )  # fmt: skip
    return Finding(GOOD, "この台帳の鍵です。", "The book's own.")


def backed_up() -> Finding:
    """When the last backup was made."""
    last = Entry.objects.filter(verb="house.backup").order_by("-at").first()
    if last is None and not Chain.objects.exists():
        return Finding(GOOD, "まだ台帳が空です。", "The book is still empty.")
    todo = (
        "「sosei backup 控え.sosei」で作り、鍵とは別の場所に保管してください。",
        "Make one with “sosei backup FILE”, and keep it apart from the keys.",
    )
    if last is None:
        return Finding(WARN, "控えがありません。", "There is no backup.", *todo)
    days = (clock.now() - last.at).days
    said = (f"最後の控えは{days}日前です。", f"The last backup is {days} days old.")
    return Finding(GOOD, *said) if days <= _DAYS else Finding(WARN, *said, *todo)
