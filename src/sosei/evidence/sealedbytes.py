"""暗号のバイト列. Files on their way into a register: enciphered as what is kept of persons is, each bound to its own row.

The key is of the ring "personal" (`personal.py`), derived for this alone. What it gives says the number of its key first.
"""

from __future__ import annotations

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sosei.evidence.personal import newest, ring
from sosei.evidence.refusals_personal import PersonalKeyLacking, PersonalTextChanged

_NONCE: Final = 12
_NUMBER: Final = 4


def sealed_bytes(place: str, data: bytes) -> bytes:
    """Return bytes enciphered with the newest key, bound to a place. Raises PersonalKeyLacking."""
    number, nonce = newest(), os.urandom(_NONCE)
    made = _cipher(ring()[number]).encrypt(nonce, data, place.encode())
    return number.to_bytes(_NUMBER) + nonce + made


def opened_bytes(place: str, kept: bytes) -> bytes:
    """Return what was enciphered for a place. Raises PersonalKeyLacking, PersonalTextChanged."""
    number = int.from_bytes(kept[:_NUMBER])
    key = ring().get(number)
    if key is None:
        raise PersonalKeyLacking(number=number)
    nonce, made = kept[_NUMBER : _NUMBER + _NONCE], kept[_NUMBER + _NONCE :]
    try:
        return _cipher(key).decrypt(nonce, made, place.encode())
    except (InvalidTag, ValueError):
        raise PersonalTextChanged(number=number) from None


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key, b"sosei personal upload", "sha256"))
