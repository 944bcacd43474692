"""見た数えの印. What a form says that its person saw of counts, of indicators as of money."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Marked(Protocol):
    """印のあるもの. A count that says by a mark what it is."""

    @property
    def mark(self) -> str:
        """Return what tells it from what it was, or will be."""


def marks(counts: Iterable[Marked]) -> str:
    """Return what a form says that its person saw of counts."""
    return " ".join(one.mark for one in counts)
