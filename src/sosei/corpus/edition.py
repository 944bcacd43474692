"""版. Which reader it is that reads: what it said is kept only as long as it would say the same."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import sosei

#: The rooms whose code and data decide what is read from a file, and the packages below them.
ROOMS: Final = ("core", "reading", "corpus")
BELOW: Final = ("lxml", "pypdfium2")
_KINDS: Final = frozenset((".py", ".toml", ".csv"))


@cache
def edition() -> str:
    """Return a short digest of the reader: the files of its rooms, and the versions of what they stand on."""
    home = Path(sosei.__file__).parent
    files = (path for room in ROOMS for path in (home / room).rglob("*") if path.suffix in _KINDS)
    digest = hashlib.sha256()
    for path in sorted(files):
        name = path.relative_to(home).as_posix()
        digest.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for package in BELOW:
        digest.update(f"{package} {_version(package)}\n".encode())
    return digest.hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
