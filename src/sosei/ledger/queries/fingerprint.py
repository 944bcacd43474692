"""指紋. The hash by which a report is known: of its JSON text in the contract's form, places and spellings and all."""

from __future__ import annotations

import hashlib

from sosei.core.codec import dumps
from sosei.core.report import Report


def fingerprint(report: Report) -> str:
    """Return the SHA-256 of a report's JSON text, in hexadecimal."""
    return hashlib.sha256(dumps(report).encode("utf-8")).hexdigest()
