"""区切り. Many things a few at a time: as many as a statement to the database may name at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")
#: Far below what any database takes, and enough that the number of statements does not matter.
MANY: Final = 500


def parts(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield items, `MANY` at a time.

    >>> [len(part) for part in parts(range(1200))]
    [500, 500, 200]
    """
    source = iter(items)
    while part := list(islice(source, MANY)):
        yield part
