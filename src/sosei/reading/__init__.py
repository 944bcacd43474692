"""読み取り. Reading: bytes of a file become a `Report`, every value with its place, nothing dropped or guessed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePosixPath

from sosei.core.errors import SoseiError
from sosei.core.report import Report, Unread
from sosei.reading.formats import file_name, open_document
from sosei.reading.formats.limits import MAX_BYTES, MAX_CHARACTERS, MAX_LINE
from sosei.reading.formats.pdf.sight import looking
from sosei.reading.formats.refusal import LongLine, NoFiles, TooMuchText
from sosei.reading.grid import Document, Grid, Words
from sosei.reading.layouts import read_document
from sosei.reading.layouts.told import Told
from sosei.reading.sparing import sparing

__all__ = ["MAX_BYTES", "looking", "open_document", "read", "read_files", "report_of"]


@sparing()
def read(data: bytes, name: str, told: Told | None = None) -> Report:
    """Read a file; `told`: where what was decided is noted. Raises the errors under `Unreadable` (E2xx) and `NotAReport`, each with a sentence."""
    document = open_document(data, name)
    return document if isinstance(document, Report) else report_of(document, told)


@sparing()
def read_files(files: Sequence[tuple[str, bytes]], told: Told | None = None) -> Report:
    """Read the files of a set (a folder of CSV) as one report, in the order of their names; places name the source.

    A file that is refused stands in `unread` with its code and name; when all are, the first refusal is raised.
    """
    if not files:
        raise NoFiles()
    if len(files) == 1:
        return read(files[0][1], files[0][0], told)
    documents, reports, notes = _opened(files)
    report = report_of(_joined(documents), told) if documents else reports.pop(0)
    notes += [Unread(code="report-beside", raw=other.sources[0].name) for other in reports]
    return dataclasses.replace(report, unread=(*notes, *report.unread))


def _opened(
    files: Sequence[tuple[str, bytes]],
) -> tuple[list[Document], list[Report], list[Unread]]:
    """Return the documents and reports of a set, and a note for each file refused. Raises where all are."""
    documents: list[Document] = []
    reports: list[Report] = []
    refused: list[tuple[str, SoseiError]] = []
    for number, (name, data) in enumerate(sorted(files), start=1):
        try:
            found = open_document(data, name, mark=f"s{number}")
        except SoseiError as error:
            refused.append((name, error))
            continue
        if isinstance(found, Report):
            reports.append(found)
        else:
            documents.append(found)
    if not documents and not reports:
        raise refused[0][1]
    return documents, reports, [Unread(code=e.code, raw=file_name(name)) for name, e in refused]


def _joined(documents: Sequence[Document]) -> Document:
    """Return several documents as one; a table without a name bears its file's."""
    return Document(
        documents[0].source,
        tuple(
            _named(block, document) if isinstance(block, Grid) else block
            for document in documents
            for block in document.blocks
        ),
        tuple(note for document in documents for note in document.unread),
        tuple(document.source for document in documents[1:]),
    )


def _named(grid: Grid, document: Document) -> Grid:
    if grid.name:
        return grid
    return dataclasses.replace(grid, name=Words(PurePosixPath(document.source.name).stem))


@sparing()
def report_of(document: Document, told: Told | None = None) -> Report:
    """Return the report of a document, with its sources and what the format could not take over.

    `told`: where what was decided is noted. Raises LongLine and TooMuchText: the readers search a text many times over, and what no person wrote, no person reads.
    """
    _refuse_long(document)
    report = read_document(document, told)
    known = frozenset(report.unread)
    missing = tuple(note for note in document.unread if note not in known)
    return dataclasses.replace(report, sources=document.sources, unread=(*missing, *report.unread))


def _refuse_long(document: Document) -> None:
    count = 0
    for text in document.texts:
        if len(text) > MAX_LINE:
            raise LongLine(name=document.source.name, limit=MAX_LINE, head=text[:20])
        count += len(text)
    if count > MAX_CHARACTERS:
        raise TooMuchText(name=document.source.name, limit=MAX_CHARACTERS)
