"""控えの形. One file: the database as of one moment, and a manifest that says what must be in it.

A ZIP of `manifest.json` and the database. It is written beside its place under another name, brought to the disk,
then renamed: a half backup never stands under a backup's name. Here is neither Django nor a key.
"""

from __future__ import annotations

import errno
import glob
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sosei.house.reasons import why
from sosei.house.refusals import CannotWrite, NoSpace, NotABackup

SCHEMA: Final = "sosei.backup/1"
MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20
#: A database compresses well and grows much; beyond this a file is no backup but a bomb.
_RATIO: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """目録. What a backup holds: `anchors` are the ends of the journals, `rows` the number of rows of each table.

    `keys`: fingerprints of the keys that the books are sealed with, so that a wrong one is noticed; they give nothing away.
    """

    made: str
    program: str
    engine: str
    database: str
    size: int
    sha256: str
    keys: tuple[str, ...]
    anchors: tuple[dict[str, Any], ...]
    rows: dict[str, int]

    def text(self) -> str:
        """Return it as JSON."""
        said = {"schema": SCHEMA, **{name: getattr(self, name) for name in self.__slots__}}
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give a name to write under; what is written there stands under `path` when all went well, else nothing does.

    Raises NoSpace, CannotWrite.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    _clear(path)
    try:
        with draft.open("xb"):
            os.chmod(draft, 0o600)
        yield draft
        to_disk(draft)
        os.replace(draft, path)
        to_disk(path.parent)
    except OSError as fault:
        raise refusal(path, fault) from None
    finally:
        draft.unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Take away what a backup left that was killed under way."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.part*"):
        pid = left.name.removeprefix(f".{path.name}.").partition(".")[0]
        if pid.isascii() and pid.isdigit() and not _runs(int(pid)):
            left.unlink(missing_ok=True)


def _runs(pid: int) -> bool:
    if os.name == "nt":  # there the question itself would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def refusal(path: Path, fault: OSError) -> NoSpace | CannotWrite:
    """Return what to say of a file that could not be written."""
    full = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    if fault.errno in full:
        return NoSpace(name=path)
    return CannotWrite(name=path, **why(fault))


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if path.is_dir() and os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def pack(target: Path, database: Path, manifest: Manifest) -> None:
    """Put a database and its manifest into one file."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(MANIFEST, manifest.text())
        archive.write(database, manifest.database)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        found = sha256()
        while part := file.read(_CHUNK):
            found.update(part)
    return found.hexdigest()


def read_manifest(path: Path) -> Manifest:
    """Return what a backup says of itself. Raises NotABackup."""
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(MANIFEST))
        if said.pop("schema") != SCHEMA:
            raise NotABackup(name=path.name, why=f"{SCHEMA} ではありません", why_en=f"not {SCHEMA}")
        manifest = Manifest(**{**said, "anchors": tuple(said["anchors"]), "keys": _marks(said)})
        if manifest.database not in (f"database.{end}" for end in ("sqlite3", "dump")):
            raise ValueError(manifest.database)
    except OSError as fault:
        raise NotABackup(name=path.name, **why(fault)) from None
    except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError) as fault:
        kind = type(fault).__name__
        raise NotABackup(
            name=path.name, why=f"目録を読めません（{kind}）", why_en=f"no manifest in it ({kind})"
        ) from None
    return manifest


def _marks(said: dict[str, Any]) -> tuple[str, ...]:
    """Return the fingerprints that a manifest names; the first program wrote one alone."""
    marks = [said["keys"]] if isinstance(said["keys"], str) else said["keys"]
    if not marks or not all(isinstance(mark, str) for mark in marks):
        raise ValueError("keys")
    return tuple(marks)


def unpack(path: Path, manifest: Manifest, target: Path) -> None:
    """Write the database of a backup to `target`, and see that it is the one the manifest names. Raises NotABackup."""
    try:
        with zipfile.ZipFile(path) as archive:
            held = archive.getinfo(manifest.database)
            if (
                held.file_size != manifest.size
                or held.file_size > _RATIO * held.compress_size + _CHUNK
            ):
                raise NotABackup(
                    name=path.name, why="大きさが目録と違います", why_en="not of the size it says"
                )
            with archive.open(held) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file, _CHUNK)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError) as fault:
        raise NotABackup(
            name=path.name, why=f"壊れています（{fault}）", why_en=f"damaged ({fault})"
        ) from None
    if digest(target) != manifest.sha256:
        raise NotABackup(
            name=path.name, why="内容が目録と違います", why_en="not what its manifest says"
        )
    to_disk(target)
