"""中身の点検. The bytes of files stand once for each content, under their hash: are they all there, and what they were?"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from django.db.models import QuerySet

from sosei.journal.models import Fact
from sosei.journal.reading import snapshot
from sosei.journal.verdict import Named, Problem
from sosei.ledger.models import Blob, Document, EditionFile

#: Tables whose rows name a content by its hash, and are called by a name.
HOLDERS: tuple[type[Document] | type[EditionFile], ...] = (Document, EditionFile)


def problems(body: str | None = None) -> Iterator[Problem]:
    """Yield every file whose bytes are missing, or are no longer what they were; one content in memory at a time.

    Files may come in meanwhile: everything is seen as it was at one moment.
    """
    with snapshot():
        yield from _problems(body)


def _problems(body: str | None) -> Iterator[Problem]:
    there = frozenset(_digests())
    changed = {digest for digest in there if digest != _true(digest)}
    for table in HOLDERS:
        rows: QuerySet[Fact] = table._base_manager.all()
        for row in (rows if body is None else rows.filter(body=body)).iterator():
            digest = row.sha256  # type: ignore[attr-defined]
            if digest not in there or digest in changed:
                yield Problem(
                    "J31" if digest in changed else "J30",
                    {"table": _named(table), "row": row.pk, "called": row.name},  # type: ignore[attr-defined]
                )


def _named(table: type[Fact]) -> Named:
    return Named(str(table._meta.verbose_name), table._meta.label_lower)


def _digests() -> QuerySet[Blob, str]:
    return Blob.objects.order_by("pk").values_list("pk", flat=True)


def _true(digest: str) -> str:
    """Return the hash that a content has."""
    return sha256(bytes(Blob.objects.values_list("data", flat=True).get(pk=digest))).hexdigest()


def unused() -> list[str]:
    """Return the hashes of contents that no row names: left by an act that was refused at its end."""
    found = Blob.objects.all()
    for table in HOLDERS:
        found = found.exclude(pk__in=table._base_manager.order_by().values("sha256"))
    return sorted(found.values_list("pk", flat=True))
