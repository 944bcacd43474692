"""個人情報の暗号. How persons' names, contacts and personal fields are kept at rest: enciphered, each bound to its own row.

Keys come from the ring "personal" (`house.keys`): the newest enciphers, every one deciphers. A text says the number of
its key: "1:base64". What is bound to it (whose, which row, what of it) is authenticated but not kept: a text that was
changed or put beside another row is refused.

Fingerprints, by which the same person is found again, are made with the newest key alone, and made anew when it
changes: so a key that leaked and was replaced opens nothing that is kept, not even by trying names out.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from sosei.evidence.drafts import Who
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged

#: Bytes that make each enciphering its own.
_NONCE: Final = 12
#: Texts are filled up to a multiple of it, so that their lengths say little of a name.
_BLOCK: Final = 64
#: Hexadecimal digits of a fingerprint.
_SHORT: Final = 32
_SPACE: Final = re.compile(r"\s+")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_PARTS: Final = ("kind", "number", "name", "kana", "mail", "phone", "address")
#: By what a text says in which register it was heard.
_WHERE: Final = "register"


def ring() -> Mapping[int, bytes]:
    """Return the keys that are here, by their numbers."""
    keys: Mapping[int, bytes] = settings.SOSEI_PERSONAL_KEYS
    return keys


def newest() -> int:
    """Return the number of the key that enciphers. Raises PersonalKeyLacking."""
    if not ring():
        raise PersonalKeyLacking(number=1)
    return max(ring())


def sealed(body: str, subject: int, who: Who, register: int | None = None) -> str:
    """Return who a person is as it is kept, bound to the row of his subject and to where it was heard. Raises PersonalKeyLacking."""
    said = {part: value for part in _PARTS if (value := getattr(who, part)) is not None}
    if register is not None:
        said[_WHERE] = register
    return enciphered(f"contact\0{body}\0{subject}", said)


def opened(body: str, subject: int, sealed: str) -> Who:
    """Return who a person is. Raises PersonalKeyLacking, PersonalTextChanged."""
    return opened_from(body, subject, sealed)[0]


def opened_from(body: str, subject: int, sealed: str) -> tuple[Who, int | None]:
    """Return who a person is, and which register heard it (None: an earlier version did not say so). Raises as `opened`."""
    said = deciphered(f"contact\0{body}\0{subject}", sealed)
    heard = said.pop(_WHERE, None)
    return Who(**said), heard


def fingerprints(who: Who) -> tuple[str, str]:
    """Return what a person's mail and name are found by; "" where it is not said. Raises PersonalKeyLacking."""
    mail, name = folded(who.mail).lower(), folded(who.name).casefold()
    kana = _katakana(folded(who.kana))
    return _found_by("mail", mail), _found_by("name", f"{name}\0{kana}" if kana and name else name)


def enciphered(place: str, said: Mapping[str, Any]) -> str:
    """Return a mapping enciphered with the newest key, bound to a place. Raises PersonalKeyLacking."""
    number = newest()
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    plain += b" " * (-len(plain) % _BLOCK)
    nonce = os.urandom(_NONCE)
    made = nonce + _cipher(ring()[number]).encrypt(nonce, plain, place.encode())
    return f"{number}:{base64.b64encode(made).decode('ascii')}"


def deciphered(place: str, kept: str) -> dict[str, Any]:
    """Return what was enciphered for a place. Raises PersonalKeyLacking, PersonalTextChanged."""
    number = number_of(kept)
    key = ring().get(number)
    if key is None:
        raise PersonalKeyLacking(number=number)
    try:
        made = base64.b64decode(kept.partition(":")[2], validate=True)
        plain = _cipher(key).decrypt(made[:_NONCE], made[_NONCE:], place.encode())
    except (InvalidTag, ValueError, binascii.Error):
        raise PersonalTextChanged(number=number) from None
    said: dict[str, Any] = json.loads(plain)
    return said


def number_of(kept: str) -> int:
    """Return the number of the key that a text says it was enciphered with. Raises PersonalTextChanged."""
    number = kept.partition(":")[0]
    if not _NUMBER.fullmatch(number):
        raise PersonalTextChanged(number="?")
    return int(number)


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(derived(key, "cipher"))


@lru_cache(maxsize=32)
def derived(key: bytes, purpose: str) -> bytes:
    """Return the key of one purpose: what enciphers never makes fingerprints."""
    return hmac.digest(key, f"sosei personal {purpose}".encode(), "sha256")


def _found_by(what: str, folded: str) -> str:
    if not folded:
        return ""
    key = derived(ring()[newest()], f"fingerprint of {what}")
    return hmac.digest(key, folded.encode(), "sha256").hex()[:_SHORT]


def folded(text: str | None) -> str:
    """Return a text as it is compared: width and spaces do not count; never kept, never put into a cache."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)) if text else ""


def _katakana(text: str) -> str:
    """Return kana in one spelling: hiragana become katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)
