"""ほかの団体の報告書を預かる. A published report from elsewhere is read, checked and judged here, and never becomes part of the book."""

from __future__ import annotations

import hashlib

from sosei.journal.acts import act
from sosei.ledger import models as m
from sosei.ledger.actions.documents import keep
from sosei.ledger.actions.reach import owned
from sosei.ledger.objections import NothingThere
from sosei.ledger.queries.strangers import dropping
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.strangers import PURPOSE, looked_at
from sosei.offices.models import Person
from sosei.offices.permissions import require


def keep_stranger(*, by: Person, name: str, data: bytes) -> m.Document:
    """ほかの団体の報告書を預かる. Keep a file once by its content; what cannot be read is refused.

    Raises NotAllowed, Unreadable (E2xx), NotAReport, NothingThere.
    """
    require(by, "import.propose")
    sha = hashlib.sha256(data).hexdigest()
    kept = m.Document.objects.filter(
        body=by.body, sha256=sha, purpose=PURPOSE, voided__isnull=True
    ).first()  # fmt: skip
    if kept is not None:
        return kept
    report = looked_at(sha, name, data).report
    if not report.projects:
        raise NothingThere(name=name)
    form = report.sources[0].format if report.sources else "json"
    with act("stranger.keep", body=by.body, by=by.pk, subject=f"document:{sha[:16]}") as w:
        w.facts |= {"sha256": sha, "projects": len(report.projects)}
        return keep(w, name, data, form, PURPOSE)


def drop_stranger(*, by: Person, document: int, reason: str) -> None:
    """預かった報告書を下げる. Who read it in may, and planning. Raises NotAllowed, NoReason, NoSuchThing."""
    require(by, "import.propose")
    row = owned(m.Document, by, document, "報告書")
    if row.purpose != PURPOSE:
        raise NoSuchThing(what="報告書")
    dropping(by, row).require(by)
    with act("stranger.drop", body=by.body, by=by.pk, subject=f"ledger.document:{row.pk}") as w:
        w.void(row, reason=reason)
