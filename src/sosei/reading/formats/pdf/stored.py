"""置いたまま. A file that is read where it lies: of the largest no more than a window is in memory at once."""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import TracebackType
from typing import Final

#: Bytes read at once, and by how much of them searches overlap.
_WINDOW: Final = 512 * 1024
_OVERLAP: Final = 8 * 1024


class Stored:
    """The bytes of a file: slices and searches as of `bytes`. Use as a context. Raises OSError where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb", buffering=0)
        self._size = os.fstat(self._file.fileno()).st_size
        self._from = 0
        self._held = b""

    def __enter__(self) -> Stored:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        """Return the number of bytes."""
        return self._size

    def __getitem__(self, cut: slice) -> bytes:
        """Return a stretch."""
        first, last, _ = cut.indices(self._size)
        if first < self._from or last > self._from + len(self._held):
            if last - first > _WINDOW:
                return self._read(first, last - first)
            self._move(first)
        return self._held[first - self._from : max(first, last) - self._from]

    def find(self, what: bytes, start: int = 0) -> int:
        """Return where something stands first from a place on, or -1."""
        if not self._from <= start < self._from + len(self._held):
            self._move(start)
        while (at := self._held.find(what, start - self._from)) < 0:
            start = self._from + len(self._held) - len(what) + 1
            if start + len(what) > self._size or not self._move(start):
                return -1
        return self._from + at

    def search(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Return the first match of a pattern that spans a few thousand bytes at the most."""
        for begin in range(0, self._size, _WINDOW):
            if found := pattern.search(self._read(begin, _WINDOW + _OVERLAP)):
                return found
        return None

    def _move(self, begin: int) -> bool:
        """Hold what stands from a place on; tell whether there is anything."""
        self._from, self._held = begin, self._read(begin, _WINDOW)
        return bool(self._held)

    def _read(self, begin: int, size: int) -> bytes:
        self._file.seek(begin)
        parts = []
        while size > 0 and (part := self._file.read(size)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def search(pattern: re.Pattern[bytes], data: bytes | Stored) -> re.Match[bytes] | None:
    """Return the first match of a pattern in a file's bytes, wherever they are."""
    return data.search(pattern) if isinstance(data, Stored) else pattern.search(data)
