"""取込みに要る権限. What applying, deciding about, dropping and undoing a batch asks for; the page and the act ask the same.

A file gives nobody a right: each change it makes needs the right that making it by hand needs. An answer is the
exception: planning asked for what stands in it, so that the right to answer is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sosei.ledger import models as m
from sosei.ledger.beside import Beside
from sosei.ledger.difference import Change
from sosei.ledger.difference.model import ACCEPTABLE
from sosei.ledger.flow import Group
from sosei.ledger.queries.charge import in_charge
from sosei.offices.models import Person
from sosei.offices.permissions import Need

#: An entry (None: a new one, or the report as a whole) and what is done to it.
Rights = frozenset[tuple[int | None, str]]
PLANNERS: Final = frozenset({"planner", "planning_head"})
_WHOLE: Final = {"answer": "inquiry.answer", "grid": "value.record", "new": "volume.open"}
_GROUPS: Final[dict[str, Group]] = {"spending": "money", "verification": "verification"}
_FIELDS: Final = {"YearPoint.target": "target.change", "Verification.grade": "grade.decide"}
_VERBS: Final[dict[Group, str]] = {
    "entry": "entry.write", "value": "value.record", "money": "money.record",
    "verification": "verification.write", "definition": "definition.change",
    "experts": "verification.write",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchMay:
    """できること. What a person may do with a batch; `takes`: the changes that he may apply, by their ids."""

    apply: bool = False
    takes: frozenset[str] = frozenset()
    decide: bool = False
    drop: bool = False
    restate: bool = False
    undo: bool = False


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


def whole_verb(row: m.Batch) -> str:
    """Return the right that a batch of its kind asks for in any case."""
    return _WHOLE.get(row.kind, "import.apply")


def rights_of(row: m.Batch, found: Beside, changes: Iterable[Change]) -> Rights:
    """Return what applying changes of a batch needs; something, also where it changes nothing."""
    needed: set[tuple[int | None, str]] = set()
    for change in changes:
        entry = found.entry_of(change)
        needed.add((entry, "volume.open" if entry is None else whole_verb(row)))
        if entry is not None and row.kind != "answer":
            needed.add((entry, verb_of(change)))
    return frozenset(needed or {(None, whole_verb(row))})


def needs_of(row: m.Batch, rights: Rights) -> list[Need]:
    """Return the needs that rights come to; 1 query."""
    charge = in_charge({entry for entry, _ in rights if entry is not None})
    ordered = sorted(rights, key=lambda one: (one[0] or 0, one[1]))
    return [_need(row, entry, verb, charge) for entry, verb in ordered]


def _need(row: m.Batch, entry: int | None, verb: str, charge: Mapping[int, frozenset[int]]) -> Need:
    more = frozenset({row.part.department_id} if row.part else ())
    return Need(verb, (more or None) if entry is None else charge[entry] | more)


def deciding(row: m.Batch, by: Person) -> Need:
    """Return what saying what belongs to what needs, and dropping what waits: an answer's department; who put a file forward, and planning."""
    if row.kind == "answer":
        return Need("inquiry.answer", frozenset({row.part.department_id}) if row.part else None)
    own = row.proposed_by_id == by.pk
    return Need("import.propose", among=frozenset() if own else PLANNERS)


def undoing(row: m.Batch) -> list[Need]:
    """Return what undoing needs: what applying needed, as it was kept with it; 1 query."""
    if row.kind == "new":
        return [Need("volume.open")]
    kept = {(entry, str(right)) for entry, right in row.difference.get("rights", ())}
    kept |= {(entry, whole_verb(row)) for entry in entries_of(row)}
    return needs_of(row, frozenset(kept) or frozenset({(None, whole_verb(row))}))


def entries_of(row: m.Batch) -> list[int]:
    """Return the entries that an applied batch wrote to."""
    if row.kind == "grid":
        return sorted({cell["entry"] for cell in row.difference.get("cells", [])})
    return list(row.difference.get("entries", []))


def may_with(by: Person, row: m.Batch, found: Beside | None = None) -> BatchMay:
    """Return what a person may do with a batch as it stands; `found`: it beside the book, while it waits; 1 query."""
    if row.state != "proposed":
        undo = row.state == "applied" and all(need.met(by) for need in undoing(row))
        return BatchMay(undo=undo)
    decide = deciding(row, by).met(by)
    restate = row.kind == "new" and Need("volume.open").met(by)
    if found is None:
        return BatchMay(apply=restate, decide=decide, drop=decide, restate=restate)
    acceptable = [change for change in found.difference.changes if change.kind in ACCEPTABLE]
    takes = _takes(by, row, found, acceptable)
    any_at_all = all(need.met(by) for need in needs_of(row, frozenset({(None, whole_verb(row))})))
    return BatchMay(
        apply=bool(takes) or (any_at_all and not acceptable),
        takes=takes,
        decide=decide,
        drop=decide,
    )


def _takes(by: Person, row: m.Batch, found: Beside, changes: Iterable[Change]) -> frozenset[str]:
    """Return the changes that a person may apply, each by itself."""
    rights = {change.id: rights_of(row, found, [change]) for change in changes}
    charge = in_charge({entry for each in rights.values() for entry, _ in each if entry})
    needs = {need: need.met(by) for each in rights.values() for need in _all(row, each, charge)}
    return frozenset(
        id for id, each in rights.items() if all(needs[need] for need in _all(row, each, charge))
    )


def _all(row: m.Batch, rights: Rights, charge: Mapping[int, frozenset[int]]) -> list[Need]:
    return [_need(row, entry, verb, charge) for entry, verb in rights]
