"""取込みの権限. Asks for what `queries.batchable` says that a batch needs, and for entries that may still be written.

What an import needed is kept with it, so that undoing it needs the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sosei.ledger import models as m
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.beside import Beside
from sosei.ledger.difference import Change
from sosei.ledger.flow import Group
from sosei.ledger.queries.batchable import (
    Rights,
    deciding,
    entries_of,
    group_of,
    needs_of,
    rights_of,
    undoing,
)
from sosei.offices.models import Person

__all__ = ["Rights", "asked_to_undo", "require_deciding", "require_rights", "require_undoing", "require_writable", "rights_of"]  # fmt: skip


def require_rights(by: Person, row: m.Batch, needed: Rights) -> None:
    """Ask for everything a batch needs. Raises NotAllowed."""
    for need in needs_of(row, needed):
        need.require(by)


def require_writable(by: Person, found: Beside, changes: Iterable[Change]) -> None:
    """Hold every entry that is written until the act ends. Raises Locked."""
    groups: dict[Group, set[int]] = defaultdict(set)
    for change in changes:
        if (entry := found.entry_of(change)) is not None:
            groups[group_of(change)].add(entry)
    for group, entries in groups.items():
        require_unlocked(by, entries, group)


def require_undoing(by: Person, row: m.Batch) -> None:
    """Ask for the right to undo: what applying needed, on entries that may still be written. Raises NotAllowed, Locked."""
    for need in undoing(row):
        need.require(by)
    if entries := asked_to_undo(row):
        require_unlocked(by, entries)


def asked_to_undo(row: m.Batch) -> list[int]:
    """Return the entries whose locks undoing a batch asks for: those that it wrote."""
    if row.kind == "new":
        assert row.volume is not None
        return list(row.volume.entries.values_list("pk", flat=True))
    return entries_of(row)


def require_deciding(by: Person, row: m.Batch) -> None:
    """Ask for the right to say what belongs to what, or to drop what waits. Raises NotAllowed."""
    deciding(row, by).require(by)
