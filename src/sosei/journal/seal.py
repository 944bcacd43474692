"""封印. Canonical JSON, digests of rows, and the keyed seal of a journal line.

The key lies outside the database (a file, or the environment): who can write to the database alone cannot write a
line that fits. A digest is keyed as well, so that a row cannot be guessed from it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

#: Characters of a row's digest: 128 bits, enough to notice a change, short enough for a line of ten thousand rows.
DIGEST: Final = 32


def canonical(content: Any) -> str:
    """Return content as the one JSON text that means it: keys sorted, no spaces, numbers as text where exact."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain
    )


def plain(value: Any) -> Any:
    """Return what JSON can hold for a database value; the same whatever database it came from.

    >>> plain(Decimal("1.500")), plain(Decimal("100"))
    ('1.5', '100')
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    if isinstance(value, (bytes, memoryview)):
        return sha256(bytes(value)).hexdigest()
    raise TypeError(f"no canonical form: {type(value).__name__}")


def steady(value: Any) -> Any:
    """Return content in which a number of JSON is the same whichever database gave it back.

    PostgreSQL keeps 1e16 as an integer and -0.0 without its sign; a seal must not break over that.

    >>> steady({"box": [72.0, 1e16, -0.0, 0.5]})
    {'box': [72, 10000000000000000, 0, 0.5]}
    """
    if isinstance(value, float):
        return int(Decimal(repr(value))) if value.is_integer() else value
    if isinstance(value, Mapping):
        return {name: steady(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [steady(item) for item in value]
    return value


def digest(key: bytes, content: Mapping[str, Any]) -> str:
    """Return the keyed digest of a row's content."""
    return hmac.new(key, canonical(steady(content)).encode(), sha256).hexdigest()[:DIGEST]


def seal(key: bytes, line: Mapping[str, Any]) -> str:
    """Return the seal of a journal line, which holds the seal of the line before it."""
    sealed = b"sosei.journal/1\n" + canonical(steady(line)).encode()
    return hmac.new(key, sealed, sha256).hexdigest()


def fingerprint(key: bytes) -> str:
    """Return what tells two keys apart without giving either away: printed in a backup's manifest."""
    return hmac.new(key, b"sosei.key/1", sha256).hexdigest()[:16]
