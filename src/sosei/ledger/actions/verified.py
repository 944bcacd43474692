"""効果検証の行. An entry has one row of verification for life: one that was undone comes back into force with what is said anew."""

from __future__ import annotations

from typing import Final

from sosei.journal.acts import Act
from sosei.ledger import models as m
from sosei.ledger.actions.drafts import Columns

_KEPT: Final = frozenset({"id", "entry_id", "body", "stamp", "since", "voided", "void_reason"})


def verification_of(entry: m.ProjectYear) -> m.Verification | None:
    """Return an entry's verification in force."""
    return m.Verification.objects.filter(entry=entry, voided__isnull=True).first()


def put_verification(w: Act, entry: m.ProjectYear, columns: Columns) -> m.Verification:
    """Write columns into an entry's verification; where there is none in force, nothing else is said."""
    row = m.Verification.objects.filter(entry=entry).first()
    if row is None:
        return w.add(m.Verification(entry=entry, **columns))
    if row.voided is None:
        return w.change(row, **columns)
    return w.change(row, voided=None, void_reason="", **{**_blank(), **columns})


def _blank() -> Columns:
    """Return every column as it is where nothing is said."""
    fields = m.Verification._meta.concrete_fields
    return {f.attname: f.get_default() for f in fields if f.attname not in _KEPT}
