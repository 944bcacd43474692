"""返った調査票をまとめて受け取る. Several files, or archives of them, as one list of files: within bounds, none lost silently.

An archive is believed neither in its sizes nor in its names; an archive within it is no file of a firm's.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from sosei.evidence.sheets.refusals import WorkbookTooLarge
from sosei.evidence.sheets.surveysheet_refusals import TooManySheets
from sosei.reading.formats import file_name
from sosei.reading.formats.refusal import Broken, Encrypted
from sosei.reading.formats.sniff import is_zip

#: Files that are taken at once, and megabytes of each, of all together; of what a workbook, and all together, unpack to.
MOST: Final = 300
EACH: Final = 5
ALL: Final = 64
ROOM: Final = 10
ALL_ROOM: Final = 128
_MB: Final = 1024**2
#: Parts that tell a workbook or a document from an archive of them.
_OFFICE: Final = frozenset(("[content_types].xml", "_rels/.rels"))
#: What systems put beside the files of a folder.
_BESIDE: Final = ("~$", ".", "__macosx", "thumbs.db", "desktop.ini")
_UTF8: Final = 0x800
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, EOFError, OSError, ValueError, OverflowError,
    RuntimeError, KeyError, IndexError, AttributeError,
)  # fmt: skip
File = tuple[str, bytes]


def bundled(files: Iterable[File]) -> list[File]:
    """Return files with those of archives among them, each once, by their plain names. Raises TooManySheets, Broken, Encrypted."""
    found: list[File] = []
    size = 0
    for name, data in _each(files):
        size += len(data)
        if len(found) >= MOST or len(data) > EACH * _MB or size > ALL * _MB:
            raise _too_many(name)
        found.append((name, data))
    return _named(found)


class Unpacking:
    """余地. What the workbooks that came at once may still unpack to."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self.left = ALL_ROOM * _MB

    def take(self, data: bytes, name: str) -> None:
        """See that neither a workbook nor all so far unpack to more than survey sheets do. Raises WorkbookTooLarge, TooManySheets."""
        size = _unpacked(data)
        if size > ROOM * _MB:
            raise WorkbookTooLarge(name=name, limit=ROOM)
        if size > self.left:
            raise _too_many(name)
        self.left -= size


def _unpacked(data: bytes) -> int:
    """Return how many bytes a workbook says that it unpacks to; none of what its reader does not open as one."""
    if not is_zip(data):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except _FAULTS:
        return 0  # its reader says what is wrong with it


def _each(files: Iterable[File]) -> Iterator[File]:
    for name, data in files:
        if is_zip(data) and (archive := _archive(name, data)) is not None:
            with archive:
                yield from _members(archive, name)
        else:
            yield file_name(name), data


def _archive(name: str, data: bytes) -> zipfile.ZipFile | None:
    """Return an archive of files; None where it is a workbook, or damaged as one may be."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = {part.filename.lstrip("/").lower() for part in archive.infolist()}
    except _FAULTS:
        if name.lower().endswith(".zip"):
            raise _broken(name) from None
        return None
    return archive if not parts & _OFFICE else None


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[File]:
    """Yield the files of an archive. Its directory is looked at before anything is unpacked."""
    parts = [part for part in archive.infolist() if not part.is_dir() and _is_meant(part)]
    if len(parts) > MOST or sum(part.file_size for part in parts) > ALL * _MB:
        raise _too_many(name)
    if any(part.flag_bits & 1 for part in parts):
        raise Encrypted(name=file_name(name))
    for part in parts:
        if part.file_size > EACH * _MB:
            raise _too_many(_called(part))
        try:
            with archive.open(part) as stream:
                yield _called(part), stream.read(EACH * _MB + 1)
        except _FAULTS:
            raise _broken(name) from None


def _is_meant(part: zipfile.ZipInfo) -> bool:
    last = part.filename.rpartition("/")[2].lower()
    return not last.startswith(_BESIDE) and not part.filename.lower().startswith(_BESIDE)


def _called(part: zipfile.ZipInfo) -> str:
    """Return a member's plain name: Windows writes Japanese ones in its own encoding, and does not say so."""
    name = part.filename
    if not part.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp932")
    return file_name(name)


def _named(found: list[File]) -> list[File]:
    """Return files with names of their own: of two 回答.xlsx the second is 回答 (2).xlsx; the same bytes stay once."""
    taken: set[str] = set()
    seen: set[bytes] = set()
    named: list[File] = []
    for name, data in found:
        if data in seen:
            continue
        seen.add(data)
        own, n = name, 1
        while own in taken:
            n += 1
            stem, dot, suffix = name.rpartition(".")
            own = f"{stem} ({n}){dot}{suffix}" if dot else f"{name} ({n})"
        taken.add(own)
        named.append((own, data))
    return named


def _too_many(name: str) -> TooManySheets:
    return TooManySheets(name=file_name(name), most=MOST, each=EACH, all=ALL, room=ALL_ROOM)


def _broken(name: str) -> Broken:
    return Broken(
        name=file_name(name), where="ZIP", fault="展開できません", fault_en="it cannot be unpacked"
    )
