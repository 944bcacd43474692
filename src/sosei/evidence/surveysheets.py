"""調査票の鍵. The key by which a survey sheet that went out is known again: derived from those that seal the journal.

Those are never thrown away, so that a sheet that comes back after a year, and after a change of keys, is known all the same.
"""

from __future__ import annotations

import hmac
from typing import Final

from sosei.evidence.sheets.surveysheet import Identity, is_ours, sealed
from sosei.journal.keyring import newest, ring

_PURPOSE: Final = b"sosei survey sheet/1"


def signed(identity: Identity, *, body: str, whom: str) -> Identity:
    """Return an identity with its seal, by the newest key. Raises SealKeyLacking."""
    return sealed(identity, _own(ring()[newest()]), body=body, whom=whom)


def known(identity: Identity, *, body: str, whom: str) -> bool:
    """Tell whether an identity was made here for this name, by any key that is here."""
    return is_ours(identity, map(_own, ring().values()), body=body, whom=whom)


def _own(key: bytes) -> bytes:
    return hmac.digest(key, _PURPOSE, "sha256")
