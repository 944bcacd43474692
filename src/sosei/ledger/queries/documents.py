"""文書を出す. The files that the book keeps, by their document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sosei.ledger import models as m


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """ファイル. A kept file with its bytes. `volume`: of which book's work it is."""

    document: int
    name: str
    format: str
    purpose: str
    sha256: str
    data: bytes
    volume: int | None = None


def files_of(body: str, documents: Iterable[int]) -> list[File]:
    """Return the files of some documents of a body's book, in the order of their numbers; 2 queries."""
    rows = m.Document.objects.filter(body=body, pk__in=list(documents), voided__isnull=True)
    found = list(rows.order_by("pk"))
    blobs = m.Blob.objects.in_bulk([row.sha256 for row in found])
    return [_file(row, blobs[row.sha256]) for row in found if row.sha256 in blobs]


def _file(row: m.Document, blob: m.Blob) -> File:
    return File(
        document=row.pk,
        name=row.name,
        format=row.format,
        purpose=row.purpose,
        sha256=row.sha256,
        data=bytes(blob.data),
        volume=row.volume_id,
    )
