"""書類の暗号. The bytes of documents at rest: each content under a key of its own, that key under the ring "personal".

So changing the ring's key writes short texts anew, and not gigabytes of photographs; and nothing of a document opens by
its key alone, or beside another body's or another content's row: both are bound to the body and to the plain hash.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sosei.evidence.personal import deciphered, enciphered, number_of
from sosei.evidence.refusals_personal import PersonalTextChanged

_NONCE: Final = 12
_BITS: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """書類の名. A document's file name, and the remark of who attached it."""

    name: str
    note: str = ""


def bytes_place(body: str, sha256: str) -> str:
    """Return what binds bytes, and their key, to a body and a content."""
    return f"document\0{body}\0{sha256}"


def name_place(body: str, document: int) -> str:
    """Return what binds a name to its document."""
    return f"document name\0{body}\0{document}"


def sealed_document(body: str, sha256: str, data: bytes) -> tuple[str, bytes]:
    """Return the key of some bytes, enciphered, and the bytes enciphered with it. Raises PersonalKeyLacking."""
    place, key, nonce = bytes_place(body, sha256), AESGCM.generate_key(_BITS), os.urandom(_NONCE)
    said = enciphered(place, {"key": base64.b64encode(key).decode("ascii")})
    return said, nonce + AESGCM(key).encrypt(nonce, data, place.encode())


def opened_document(body: str, sha256: str, sealed: str, data: bytes) -> bytes:
    """Return the plain bytes. Raises PersonalKeyLacking, PersonalTextChanged (also where they are another row's)."""
    place = bytes_place(body, sha256)
    try:
        key = base64.b64decode(deciphered(place, sealed)["key"], validate=True)
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], place.encode())
    except (InvalidTag, ValueError, KeyError, TypeError, binascii.Error):
        raise PersonalTextChanged(number=number_of(sealed)) from None


def sealed_name(body: str, document: int, said: Named) -> str:
    """Return a name enciphered, bound to its document. Raises PersonalKeyLacking."""
    return enciphered(name_place(body, document), {"name": said.name, "note": said.note})


def opened_name(body: str, document: int, sealed: str) -> Named:
    """Return a name. Raises PersonalKeyLacking, PersonalTextChanged."""
    return Named(**deciphered(name_place(body, document), sealed))
