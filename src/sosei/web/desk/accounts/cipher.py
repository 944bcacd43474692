"""暗号. How secrets of second factors are enciphered at rest: with a key of its own, which may be changed for a newer one."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from sosei.web.desk.refusals import WrongKey

#: What allauth keeps enciphered in an authenticator's data: a word, or a list of words.
_SECRET = ("secret", "seed", "migrated_codes")


def cipher(keys: Iterable[bytes]) -> MultiFernet:
    """Return the cipher of some keys: the first enciphers, every one deciphers. Raises WrongKey where there is none."""
    found = [Fernet(base64.urlsafe_b64encode(key)) for key in keys]
    if not found:
        raise WrongKey
    return MultiFernet(found)


def encipher_anew(keys: Iterable[bytes]) -> tuple[int, int]:
    """Encipher every kept secret with the first of the keys; return how many, and how many no key could read."""
    through, done, unread = cipher(keys), 0, 0
    for one in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN):
        try:
            fresh = {
                name: _rotated(through, one.data[name]) for name in _SECRET if name in one.data
            }
        except InvalidToken:
            unread += 1
            continue
        one.data = {**one.data, **fresh}
        one.save(update_fields=["data"])
        done += 1
    return done, unread


def _rotated(through: MultiFernet, kept: str | list[str]) -> str | list[str]:
    if isinstance(kept, list):
        return [through.rotate(word.encode()).decode() for word in kept]
    return through.rotate(kept.encode()).decode()
