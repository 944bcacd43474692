"""回収を控える. While a document is read, the collector of cyclic garbage looks about rarely.

Reading makes hundreds of thousands of cells, words and places that all stay alive and hold no circles; Python's
collector would walk them again and again, up to a third of the time, to find nothing. It is slowed down, not stopped:
where readings overlap without end (a server's threads), what circles there are elsewhere still go.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

#: So many new objects more than went make the collector look; a workbook of fifty thousand cells has fewer.
PATIENCE: Final = 400_000


class _Readers:
    """How many readings are under way, and what the collector's thresholds were before the first."""

    def __init__(self) -> None:
        self.count = 0
        self.before = gc.get_threshold()
        self.lock = Lock()

    def begin(self) -> None:
        with self.lock:
            if self.count == 0:
                self.before = gc.get_threshold()
                if 0 < self.before[0] < PATIENCE:
                    gc.set_threshold(PATIENCE, *self.before[1:])
            self.count += 1

    def end(self) -> None:
        with self.lock:
            self.count -= 1
            if self.count == 0:
                gc.set_threshold(*self.before)


_READERS: Final = _Readers()


@contextmanager
def sparing() -> Iterator[None]:
    """Let the collector look rarely within a block, in any number of threads and depths; restored after the last, errors or not."""
    _READERS.begin()
    try:
        yield
    finally:
        _READERS.end()
