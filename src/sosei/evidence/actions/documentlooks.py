"""証拠書類を開く. Who may open a document, and that one which says who somebody is was looked at stands in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from sosei.core.errors import NotAllowed
from sosei.evidence import models as m
from sosei.evidence.actions.documents import document_of
from sosei.evidence.papers.sealed import Named, opened_document, opened_name
from sosei.evidence.refusals_documents import DocumentChanged, DocumentGone
from sosei.evidence.refusals_personal import PersonalTextChanged
from sosei.evidence.stored import kind
from sosei.journal.acts import act
from sosei.offices.models import Person
from sosei.offices.permissions import asked, may, require

#: Classes whose every look is recorded, beside personal documents.
RECORDED = frozenset({"3A", "3B"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """開いた証拠書類. Its file name, format and plain bytes, which are those that were attached."""

    name: str
    format: str
    data: bytes


def require_sight(by: Person, row: m.Document) -> None:
    """See that somebody may see a document: as the register's rows; where it says who somebody is, as contacts. Raises NotAllowed.

    Those of the highest classes, as of a confidential register, who enters in it.
    """
    require(by, "register.see")
    department = [row.register.department_id]
    kept_close = kind(row.register).rows == "confidential" or row.level in RECORDED
    if kept_close and not may(by, "register.write", department):
        raise NotAllowed(what="この台帳の証拠書類の閲覧", who=asked("register.write"))
    if row.personal:
        require(by, "person.contact.see", department)


class _Handled(Protocol):
    """What is known of how a document is handled."""

    @property
    def personal(self) -> bool: ...

    @property
    def level(self) -> str: ...


def is_recorded(row: _Handled) -> bool:
    """Whether that it was looked at stands in the journal."""
    return row.personal or row.level in RECORDED


def open_document(*, by: Person, document: int) -> Opened:
    """証拠書類を開く. Raises NotAllowed, NoSuchRow, DocumentGone, DocumentChanged, PersonalKeyLacking."""
    row = document_of(by, document)
    require_sight(by, row)
    if row.erased is not None:
        raise DocumentGone(number=document, on=f"{row.erased:%Y-%m-%d}")
    if is_recorded(row):
        where = f"evidence.document:{document}"
        with act("document.see", body=by.body, by=by.pk, subject=where, always=True) as w:
            w.facts["count"] = 1
    return _opened(row)


def _opened(row: m.Document) -> Opened:
    kept = m.DocumentBytes.objects.filter(body=row.body, sha256=row.sha256).first()
    named = m.DocumentName.objects.filter(document=row).first()
    if kept is None or named is None:
        raise DocumentChanged(number=row.pk)
    try:
        data = opened_document(row.body, row.sha256, kept.sealed, bytes(kept.data))
        said: Named = opened_name(row.body, row.pk, named.sealed)
    except PersonalTextChanged:
        raise DocumentChanged(number=row.pk) from None
    if sha256(data).hexdigest() != row.sha256:
        raise DocumentChanged(number=row.pk)
    return Opened(name=said.name, format=row.format, data=data)
