"""鍵の更新. `sosei keys list`: which keys are here; `sosei keys rotate KIND`: a new one comes into force, the old still reads."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from contextlib import nullcontext
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from sosei.cli import terminal
from sosei.evidence import keyed
from sosei.evidence.actions import rekeying
from sosei.house import enciphering, ready
from sosei.house import keys as rings
from sosei.house.claim import claim
from sosei.house.refusals import NotReady, SealKeyHere
from sosei.house.restore import outdated
from sosei.journal import handover, keyring
from sosei.journal.models import Chain
from sosei.journal.seal import fingerprint
from sosei.web.desk.accounts.cipher import encipher_anew

_KINDS: Final = {
    "journal": ("証跡の封印", "seals the journal"),
    "session": ("サインインの署名", "signs sessions"),
    "cipher": ("二段階の確認の暗号", "enciphers second factors"),
    "personal": ("個人情報の暗号", "enciphers persons in registers"),
}


def keys(args: Namespace) -> int:
    """List the keys, or bring a new one into force. Raises AlreadyServed, NotReady, SealKeyLacking, OtherSealKey."""
    if args.what == "list":
        for line in _listed():
            terminal.say(line)
        return 0
    lacking = ready.pending()
    if (
        args.kind == "journal"
    ):  # an update may wait for this: it needs every key, or to know that one is lost
        lacking = [step for step in lacking if step.startswith("journal.")]
    if lacking:
        raise NotReady(count=len(lacking))
    book = ready.book()
    with claim(book, "sosei keys rotate") if book else nullcontext():
        terminal.say(_ROTATE[args.kind](args.lost))
    return 0


def _listed() -> list[str]:
    ja = terminal.language() == "ja"
    lines = []
    for kind, words in _KINDS.items():
        lines.append(f"{kind}（{words[0]}）" if ja else f"{kind} ({words[1]})")
        found = rings.keys(kind)
        lines += [_line(key, key is found[-1], ja) for key in found]
        if not found:
            lines.append("  ありません" if ja else "  none")
        if kind == "journal":
            lines += _sealing("ja" if ja else "en")
    return lines


def _sealing(lang: str) -> list[str]:
    """Say which key each book is sealed with, and what to do where that is not the newest."""
    try:
        used = [(chain.body, keyring.number_of(chain)) for chain in _books()]
    except DatabaseError:
        return ["  台帳を読めません" if lang == "ja" else "  the book cannot be read"]
    words = "  団体{}: 番号{}で封印しています" if lang == "ja" else "  body {}: sealed with no. {}"
    older = outdated([(number, "") for _, number in used], lang)
    return [words.format(*each) for each in used] + [f"  → {line}" for line in older]


def _books() -> QuerySet[Chain]:
    return Chain.objects.filter(seq__gt=0).order_by("body")


def _line(key: rings.Key, newest: bool, ja: bool) -> str:
    day = timezone.localtime(key.made).date().isoformat()
    state = ("最新", "以前の鍵") if ja else ("newest", "earlier")
    mark = f"目印 {fingerprint(key.value)}" if ja else f"mark {fingerprint(key.value)}"
    return f"  {key.number}  {day}  {mark}  {state[not newest]}  {key.path.name}"


def _journal(lost: bool) -> str:
    """Bring a new seal key into force by a line of each book."""
    if lost:
        return _journal_lost()
    keyring.check_all()
    number = _new("journal", *[keyring.number_of(chain) for chain in Chain.objects.all()])
    settings.SOSEI_JOURNAL_KEYS = rings.ring("journal")
    done = handover.hand_over()
    return _either(
        f"証跡の封印の鍵を番号{number}に替えました（{done}団体の証跡に引継ぎの行があります）。"
        "以前の鍵は、前の行を確かめるのに要ります。keys フォルダの写しを取り直してください。",
        f"The journal is now sealed with key no. {number} (a line of {done} books hands over). Earlier keys are still "
        "needed to verify earlier lines. Keep a new copy of the folder keys.",
    )


def _journal_lost() -> str:
    books = list(_books())
    numbers = [keyring.number_of(book) for book in books]
    if not any(keyring.missing(book) for book in books):
        raise SealKeyHere(number=max(numbers, default=1))
    number = _new("journal", *numbers)
    settings.SOSEI_JOURNAL_KEYS = rings.ring("journal")
    done = handover.begin_anew()
    return _either(
        f"新しい封印の鍵（番号{number}）で証跡を続けます（{done}団体）。失った鍵で封印された行は読めますが、証明はできません（検証は N04 と言います）。"
        "keys フォルダの写しを保管してください。",
        f"The journal goes on with a new key, no. {number} ({done} books). Lines sealed with the lost key can be read, "
        "not proven (verifying says N04). Keep a copy of the folder keys.",
    )


def _session(lost: bool) -> str:
    """Bring a new session key into force; the one before still reads, those before it go."""
    number = _new("session")
    for key in rings.keys("session")[:-2]:
        key.path.unlink()
    return _either(
        f"サインインの鍵を番号{number}に替えました。今のサインインは続きます。漏れたおそれがあるときは、もう一度行うと、前の鍵も無効になり、全員がサインインし直します。",
        f"Sessions are now signed with key no. {number}; present ones go on. Where the old key may have leaked, do it once "
        "more: the key before then goes, and everybody signs in again.",
    )


def _cipher(lost: bool) -> str:
    """Bring a new cipher key into force and encipher with it what is kept."""
    number = _new("cipher")
    done, unread = encipher_anew(rings.latest_first("cipher"))
    return _either(
        f"二段階の確認の鍵を番号{number}に替え、{done}件を暗号にし直しました。"
        + (
            f"{unread}件は読めません。管理者が解除し、登録し直してもらってください。"
            if unread
            else ""
        ),
        f"Second factors are now enciphered with key no. {number} ({done} anew)."
        + (f" {unread} cannot be read: reset them and have them set up again." if unread else ""),
    )


def _personal(lost: bool) -> str:
    """Bring a new key for persons into force, and encipher with it what is kept of them."""
    number = _new("personal", *keyed.used())
    enciphering.refresh()
    done, unread = rekeying.encipher_anew()
    return _either(
        f"個人情報の鍵を番号{number}に替え、{done}件を暗号にし直しました。keys フォルダの写しを取り直してください。"
        + (
            f"{unread}件は前の鍵がないので読めません。鍵が見つかったら置いて、もう一度行ってください。見つからなければ、本人に改めて登録してもらってください。"
            if unread
            else "前の鍵は、前の控えを読むときだけに要ります。"
        ),
        f"Persons are now enciphered with key no. {number} ({done} anew). Keep a new copy of the folder keys."
        + (
            f" {unread} cannot be read for want of an earlier key: where it is found, put it there and do this again; "
            "else have the persons register anew."
            if unread
            else " Earlier keys are needed for earlier backups alone."
        ),
    )


def _either(ja: str, en: str) -> str:
    return ja if terminal.language() == "ja" else en


def _new(kind: str, *used: int) -> int:
    """Make the next key; one that was made before but never came into force serves. Return its number."""
    here = max((key.number for key in rings.keys(kind)), default=0)
    if used and here > max(used):
        return here
    number = max(here, *used, 0) + 1
    rings.make(kind, number)
    return number


_ROTATE: Final[dict[str, Callable[[bool], str]]] = {
    "journal": _journal, "session": _session, "cipher": _cipher, "personal": _personal,
}  # fmt: skip
