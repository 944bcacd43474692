"""束の要約値. The digest by which a batch proves the contents that came in it: of pieces, so that a changed place is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any, Final

#: Contents whose digest is kept together: a change is named to within so many rows.
PIECE: Final = 256
#: Characters of the digest of a piece: 128 bits, so that nobody can prepare two pieces that have the same.
_SHORT: Final = 32


def marks(rows: Iterable[Sequence[Any]]) -> list[str]:
    """Return the digest of each piece of contents, which are in the order of their numbers."""
    return [_mark(piece) for piece in _pieces(rows)]


def digest(found: Sequence[str]) -> str:
    """Return the digest of a whole batch."""
    return sha256("\n".join(found).encode()).hexdigest()


def _pieces(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    source = iter(rows)
    while piece := list(islice(source, PIECE)):
        yield piece


def _mark(piece: list[Sequence[Any]]) -> str:
    return sha256(_dumps(piece).encode()).hexdigest()[:_SHORT]


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


_dumps: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
).encode
