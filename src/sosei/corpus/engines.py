"""計算の手. Who reads: the cores of this machine, each a process of its own; `cluster.py` has another machine's.

An engine takes a file and gives a future of what is known of it. Whether it has room for more, it says itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from sosei.corpus.child import NOTHING, refused
from sosei.corpus.listing import Content, content
from sosei.corpus.reader import READING, Limits, Reader, Stopped
from sosei.corpus.state import Done


class Future(Protocol):
    """What is to come of a file."""

    def add_done_callback(self, told: Callable[[Any], None]) -> None:
        """Call `told` with this future when it is done, from whatever thread."""

    def result(self) -> Done | None:
        """Return what is known of the file, or None where it is as it was."""


class Engine(Protocol):
    """Who reads."""

    def full(self, under_way: int) -> bool:
        """Tell whether so many files are enough. Raises NoEngine where nobody works any more."""

    def submit(self, path: bytes, known: str | None) -> Future:
        """Have a file read; `known`: the digest of what need not be read again."""

    def close(self) -> None:
        """End at once, whatever is under way."""


class Local:
    """The cores of this machine: a thread for each, which gives its own process one file after another."""

    def __init__(
        self, folder: Path, workers: int, limits: Limits, command: tuple[str, ...] = READING
    ) -> None:
        """Begin with that many workers, none of them started."""
        self._folder, self._limits, self._command, self._workers = folder, limits, command, workers
        self._pool = ThreadPoolExecutor(workers)
        self._mine = threading.local()
        self._readers: list[Reader] = []
        self._guard, self._closed = threading.Lock(), False

    def full(self, under_way: int) -> bool:
        """Tell whether each worker has a file, and another waits for it, opened by nobody yet."""
        return under_way >= 2 * self._workers

    def submit(self, path: bytes, known: str | None) -> Future:
        """Have a file read."""
        return self._pool.submit(self._read, path, known)

    def close(self) -> None:
        """End every process."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._guard:
            self._closed = True
        for reader in self._readers:
            reader.close()
        self._pool.shutdown()
        for reader in self._readers:
            reader.release()

    def _read(self, path: bytes, known: str | None) -> Done | None:
        found = content(self._folder, path)
        return settled(path, found) or self._given(path, found, known)

    def _given(self, path: bytes, found: Content, known: str | None) -> Done | None:
        if found.sha256 == known:
            return None
        return done(path, found, *self._reader().read(found))

    def _reader(self) -> Reader:
        """Return the reader of this thread. Raises Stopped where it would come too late to be closed."""
        found: Reader | None = getattr(self._mine, "reader", None)
        if found is None:
            with self._guard:
                if self._closed:
                    raise Stopped
                found = self._mine.reader = Reader(self._limits, self._command)
                self._readers.append(found)
        return found


def settled(path: bytes, found: Content) -> Done | None:
    """Return what is known of a file that is refused before anybody reads it."""
    if found.refusal is None:
        return None
    return done(path, found, refused(found.refusal), NOTHING)


def done(path: bytes, found: Content, head: dict[str, Any], cells: bytes) -> Done:
    """Return what is known of a file, from its content and what was read."""
    return Done(path, found.sha256, head | {"bytes": found.size}, cells)
