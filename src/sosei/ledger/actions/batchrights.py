"""取込みの権限. A file gives nobody a right: each change it makes needs the right that making it by hand needs.

An answer is the exception: planning asked for what stands in it, so that the right to answer is enough. What an import
needed is kept with it, so that undoing it needs the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sosei.ledger import models as m
from sosei.ledger.actions.locks import require_unlocked
from sosei.ledger.beside import Beside
from sosei.ledger.difference import Change
from sosei.ledger.flow import Group
from sosei.ledger.queries.charge import in_charge
from sosei.offices.models import Person
from sosei.offices.permissions import require

#: An entry (None: a new one, or the report as a whole) and what is done to it.
Rights = frozenset[tuple[int | None, str]]
_WHOLE: Final = {"answer": "inquiry.answer", "grid": "value.record"}
_GROUPS: Final[dict[str, Group]] = {"spending": "money", "verification": "verification"}
_FIELDS: Final = {"YearPoint.target": "target.change", "Verification.grade": "grade.decide"}
_VERBS: Final[dict[Group, str]] = {
    "entry": "entry.write", "value": "value.record", "money": "money.record",
    "verification": "verification.write", "definition": "definition.change",
    "experts": "verification.write",
}  # fmt: skip
_PLANNERS: Final = frozenset({"planner", "planning_head"})


def group_of(change: Change) -> Group:
    """Return the group of fields that a change belongs to, by which it is locked."""
    if change.field.startswith("Verification.expert"):
        return "experts"
    if change.part in _GROUPS:
        return _GROUPS[change.part]
    if change.field.startswith("YearPoint."):
        return "value"
    definition = change.part in ("indicator", "value") and change.field not in (
        "Indicator.note", "Indicator.rating",
    )  # fmt: skip
    return "definition" if definition else "entry"


def verb_of(change: Change) -> str:
    """Return what a change would be by hand. Departments in charge are planning's to name."""
    if change.part == "department":
        return "office.arrange"
    return _FIELDS.get(change.field, _VERBS[group_of(change)])


def rights_of(row: m.Batch, found: Beside, changes: Iterable[Change]) -> Rights:
    """Return what applying changes of a batch needs; something, also where it changes nothing."""
    verb = _WHOLE.get(row.kind, "import.apply")
    needed: set[tuple[int | None, str]] = set()
    for change in changes:
        entry = found.entry_of(change)
        needed.add((entry, "volume.open" if entry is None else verb))
        if entry is not None and row.kind != "answer":
            needed.add((entry, verb_of(change)))
    return frozenset(needed or {(None, verb)})


def require_rights(by: Person, row: m.Batch, needed: Rights) -> None:
    """Ask for everything a batch needs. Raises NotAllowed."""
    charge = in_charge({entry for entry, _ in needed if entry is not None})
    more = frozenset({row.part.department_id} if row.part else ())
    for entry, verb in sorted(needed, key=lambda one: (one[0] or 0, one[1])):
        require(by, verb, (more or None) if entry is None else charge[entry] | more)


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
    if row.kind == "new":
        require(by, "volume.open")
        assert row.volume is not None
        entries = list(row.volume.entries.values_list("pk", flat=True))
    else:
        entries = _entries(row)
        require_rights(by, row, _kept(row, entries))
    if entries:
        require_unlocked(by, entries)


def _kept(row: m.Batch, entries: list[int]) -> Rights:
    """Return what applying a batch needed, as it was kept with it."""
    verb = _WHOLE.get(row.kind, "import.apply")
    kept = {(entry, str(right)) for entry, right in row.difference.get("rights", ())}
    return frozenset(kept | {(entry, verb) for entry in entries}) or frozenset({(None, verb)})


def _entries(row: m.Batch) -> list[int]:
    if row.kind == "grid":
        return sorted({cell["entry"] for cell in row.difference.get("cells", [])})
    return list(row.difference.get("entries", []))


def require_dropping(by: Person, row: m.Batch) -> None:
    """Ask for the right to drop what waits: an answer's department, who put a file forward, and planning. Raises NotAllowed."""
    if row.kind == "answer":
        require(by, "inquiry.answer", [row.part.department_id] if row.part else None)
    else:
        own = row.proposed_by_id == by.pk
        require(by, "import.propose", among=frozenset() if own else _PLANNERS)
