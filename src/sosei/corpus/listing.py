"""一覧. Which files of a folder belong to a corpus, under what names, and their bytes."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sosei.core.errors import SoseiError
from sosei.corpus.refusals import NoFolder, Unopened
from sosei.reading import MAX_BYTES
from sosei.reading.formats.refusal import TooLarge

_PIECE: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its digest and size, and its bytes or why it is not read."""

    sha256: str | None
    size: int
    data: bytes
    refusal: SoseiError | None = None


def paths(folder: Path, leave: Path) -> Iterator[bytes]:
    """Yield the paths of all files below a folder, relative and as the system spells them, with “/”, in any order.

    Left out: what begins with a dot, and the folder `leave`. Links to folders are not followed. Raises NoFolder.
    """
    try:
        own = os.stat(leave)
        yield from _below(os.fsencode(folder), b"", (own.st_dev, own.st_ino))
    except OSError as fault:
        raise NoFolder(name=folder, why=fault.strerror) from None


def _below(root: bytes, prefix: bytes, leave: tuple[int, int]) -> Iterator[bytes]:
    """Yield the files of one folder and of those below it; a folder below that may not be opened is one path."""
    folders = []
    with os.scandir(os.path.join(root, prefix)) as entries:
        for entry in entries:
            name = prefix + entry.name
            if entry.name.startswith(b"."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
            elif not entry.is_dir():
                yield name
    for name in folders:
        try:
            seen = os.stat(os.path.join(root, name))
            if (seen.st_dev, seen.st_ino) != leave:
                yield from _below(root, name + b"/", leave)
        except OSError:
            yield name


def shown(path: bytes) -> str:
    """Return a path as text; bytes that are no UTF-8 (an old share's CP932) as numbers."""
    return path.decode("utf-8", "backslashreplace")


def content(folder: Path, path: bytes) -> Content:
    """Return what a file holds; for one too large to be read only its digest and size, in pieces."""
    name = shown(path).rpartition("/")[2]
    try:
        with open(os.path.join(os.fsencode(folder), path), "rb", opener=_unblocked) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return Content(None, 0, b"", Unopened(name=name, why="not a regular file"))
            data = file.read(MAX_BYTES + 1)
            if len(data) <= MAX_BYTES:
                return Content(hashlib.sha256(data).hexdigest(), len(data), data)
            digest, size = hashlib.sha256(data), len(data)
            while piece := file.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError as fault:
        return Content(None, 0, b"", Unopened(name=name, why=fault.strerror))
    refusal = TooLarge(name=name, size=size // 1024**2, limit=MAX_BYTES // 1024**2)
    return Content(digest.hexdigest(), size, b"", refusal)


def _unblocked(name: str | bytes, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
