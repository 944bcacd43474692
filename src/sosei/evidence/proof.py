"""束の要約値. The digest by which a batch proves the contents that came in it: of pieces, so that a changed place is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from typing import Any, Final

#: Contents whose digest is kept together: a change is named to within so many rows.
PIECE: Final = 256
#: Characters of the digest of a piece: 128 bits, so that nobody can prepare two pieces that have the same.
_SHORT: Final = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """部分. Some contents of a batch, one after the other: the number of the last of them, how many, and their digest."""

    last: int
    rows: int
    digest: str


def marks(rows: Iterable[Sequence[Any]]) -> list[str]:
    """Return the mark of each piece of contents, which are in the order of their numbers (each row begins with its own)."""
    return [f"{piece[-1][0]}:{mark(piece)}" for piece in _pieces(rows)]


def mark(piece: Sequence[Sequence[Any]]) -> str:
    """Return the digest of a piece."""
    return sha256(_dumps(piece).encode()).hexdigest()[:_SHORT]


def digest(found: Sequence[str]) -> str:
    """Return the digest of a whole batch."""
    return sha256("\n".join(found).encode()).hexdigest()


def pieces(found: Sequence[str], rows: int) -> Iterator[Piece]:
    """Yield the pieces that marks speak of; `rows`: of all of them."""
    for at, said in enumerate(found):
        last, _, own = said.partition(":")
        yield Piece(last=int(last), rows=min(PIECE, rows - at * PIECE), digest=own)


def spans(numbers: Iterable[int]) -> list[list[int]]:
    """Return numbers, which are in order, as the first and last of each run of them.

    >>> spans([1, 2, 3, 7, 9, 10])
    [[1, 3], [7, 7], [9, 10]]
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return found


def _pieces(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    source = iter(rows)
    while piece := list(islice(source, PIECE)):
        yield piece


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


_dumps: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
).encode
