"""一覧. Which files of a folder belong to a corpus, under what names, and their bytes.

A set of CSV files (NAME_report.csv, NAME_columns.csv, and others: as `sosei convert` writes it) is one report, and has
one path: NAME_*.csv.
"""

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


_SET: Final = b"_*.csv"
#: The endings of two files that every set has.
_OF_A_SET: Final = (b"_report.csv", b"_columns.csv")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its digest and size, and its bytes or why it is not read.

    `parts`: names and sizes of the files in `data`, one behind the other; more than one for a set.
    """

    name: str
    sha256: str | None = None
    size: int = 0
    data: bytes = b""
    parts: tuple[tuple[str, int], ...] = ()
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
    folders, sets = [], _sets(os.path.join(root, prefix))
    for stem in sets:
        yield prefix + stem + _SET
    with os.scandir(os.path.join(root, prefix)) as entries:
        for entry in entries:
            if entry.name.startswith(b".") or any(_belongs(entry.name, stem) for stem in sets):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(prefix + entry.name)
            elif not entry.is_dir():
                yield prefix + entry.name
    for name in folders:
        try:
            seen = os.stat(os.path.join(root, name))
            if (seen.st_dev, seen.st_ino) != leave:
                yield from _below(root, name + b"/", leave)
        except OSError:
            yield name


def _sets(folder: bytes) -> set[bytes]:
    """Return the names under which sets of CSV files stand in a folder."""
    found: list[set[bytes]] = [set(), set()]
    with os.scandir(folder) as entries:
        for entry in entries:
            for ending, stems in zip(_OF_A_SET, found, strict=True):
                if entry.name.endswith(ending) and not entry.name.startswith(b"."):
                    stems.add(entry.name.removesuffix(ending))
    return found[0] & found[1]


def _belongs(name: bytes, stem: bytes) -> bool:
    return name.startswith(stem + b"_") and name.endswith(b".csv")


def shown(path: bytes) -> str:
    """Return a path as text; bytes that are no UTF-8 (an old share's CP932) as numbers."""
    return path.decode("utf-8", "backslashreplace")


def name_of(path: bytes) -> str:
    """Return a file's name, as readers and sentences have it."""
    return shown(os.path.basename(path))


def content(folder: Path, path: bytes) -> Content:
    """Return what a file holds, or a set of files; of one too large to be read only its digest and size."""
    name = name_of(path)
    place = os.path.join(os.fsencode(folder), path)
    try:
        if path.endswith(_SET) and not os.path.lexists(place):
            return _together(name, [_content(one) for one in _members(place)])
        return _content(place)
    except OSError as fault:
        return Content(name, refusal=Unopened(name=name, why=fault.strerror))


def _members(place: bytes) -> list[bytes]:
    """Return where a set's files are, in the order of their names."""
    folder, stem = os.path.split(place.removesuffix(_SET))
    with os.scandir(folder) as entries:
        return sorted(entry.path for entry in entries if _belongs(entry.name, stem))


def _together(name: str, members: list[Content]) -> Content:
    """Return a set as one: its digest is that of its members' names and digests."""
    refusals = [one.refusal for one in members if one.refusal]
    size = sum(one.size for one in members)
    if not refusals and size > MAX_BYTES:
        refusals = [_too_large(name, size)]
    lines = "".join(f"{one.sha256} {one.name}\n" for one in members)
    sha256 = hashlib.sha256(lines.encode()).hexdigest()
    if refusals:
        return Content(name, sha256, size, refusal=refusals[0])
    data, parts = b"".join(one.data for one in members), [(one.name, one.size) for one in members]
    return Content(name, sha256, size, data, tuple(parts))


def _content(place: bytes) -> Content:
    """Return what one file holds. Raises OSError."""
    name = name_of(place)
    with open(place, "rb", opener=_unblocked) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return Content(name, refusal=Unopened(name=name, why="not a regular file"))
        data = file.read(MAX_BYTES + 1)
        digest, size = hashlib.sha256(data), len(data)
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    if size > MAX_BYTES:
        return Content(name, digest.hexdigest(), size, refusal=_too_large(name, size))
    return Content(name, digest.hexdigest(), size, data, ((name, size),))


def _too_large(name: str, size: int) -> TooLarge:
    return TooLarge(name=name, size=size // 1024**2, limit=MAX_BYTES // 1024**2)


def _unblocked(name: str | bytes, flags: int) -> int:
    """Open without waiting for the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
