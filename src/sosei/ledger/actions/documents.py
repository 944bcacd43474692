"""文書を預かる. A file that came in or goes out is kept once by its content, and named by what it was for."""

from __future__ import annotations

import hashlib

from sosei.journal.acts import Act
from sosei.ledger import models as m


def keep(
    w: Act,
    name: str,
    data: bytes,
    format: str,
    purpose: str,
    volume: m.Volume | None = None,
) -> m.Document:
    """Keep a file in an act: its bytes once for each content, its name and purpose as a document of their own.

    `format`: as `Source.format` (xlsx, docx, pdf). `purpose`: asked (an inquiry's paper), answer, import, paper,
    opinion. The document's row holds the hash, so that the journal's line vouches for the bytes.
    """
    sha = hashlib.sha256(data).hexdigest()
    m.Blob.objects.get_or_create(sha256=sha, defaults={"data": data})
    document = m.Document(
        name=_short(name), sha256=sha, size=len(data), format=format, purpose=purpose, volume=volume
    )
    return w.add(document)


def _short(name: str) -> str:
    """Return a file's name within its column: the end, which says the format, stays."""
    return name if len(name) <= 255 else f"{name[:200]}…{name[-50:]}"
