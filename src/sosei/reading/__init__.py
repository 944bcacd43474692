"""読み取り. Reading: bytes of a file become a `Report`, every value with its place, nothing dropped or guessed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePosixPath

from sosei.core.report import Report
from sosei.reading.formats import open_document
from sosei.reading.formats.refusal import NoFiles
from sosei.reading.grid import Document, Grid, Words
from sosei.reading.layouts import read_document

__all__ = ["open_document", "read", "read_files", "report_of"]


def read(data: bytes, name: str) -> Report:
    """Read a file. Raises the errors under `Unreadable` (E2xx) and `NotAReport`, each with a sentence."""
    document = open_document(data, name)
    return document if isinstance(document, Report) else report_of(document)


def read_files(files: Sequence[tuple[str, bytes]]) -> Report:
    """Read the files of a set (a folder of CSV) as one report, in the order of their names; places name the source."""
    if not files:
        raise NoFiles()
    if len(files) == 1:
        return read(files[0][1], files[0][0])
    documents = []
    for number, (name, data) in enumerate(sorted(files), start=1):
        document = open_document(data, name, mark=f"s{number}")
        if isinstance(document, Report):
            return document
        documents.append(document)
    return report_of(_joined(documents))


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


def report_of(document: Document) -> Report:
    """Return the report of a document, with its sources and what the format could not take over."""
    report = read_document(document)
    missing = tuple(note for note in document.unread if note not in report.unread)
    return dataclasses.replace(report, sources=document.sources, unread=(*missing, *report.unread))
