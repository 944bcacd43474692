"""錠を見る. What keeps a person from writing an entry: the stages, the correction under way, the exemptions in force."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sosei.journal.clock import now
from sosei.ledger import models as m
from sosei.ledger.flow import Group, Lock, lock, writes_as_planning
from sosei.offices.models import Person
from sosei.offices.permissions import held_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Locks:
    """年度版の錠. For one person, all entries of a volume; `opened`: by the correction under way; `exempt`: until when."""

    volume: str
    planning: bool
    stages: dict[int, str]
    opened: frozenset[int] = frozenset()
    exempt: dict[int, datetime] = field(default_factory=dict)

    def of(self, entry: int, group: Group = "entry") -> Lock | None:
        """Return what keeps the person from writing a group of an entry's fields, or None."""
        return lock(
            volume=self.volume,
            entry=self.stages[entry],
            planning=self.planning,
            group=group,
            opened=entry in self.opened,
            exempt=entry in self.exempt,
        )


def locks_in(
    volume: m.Volume, person: Person, *, entries: Collection[m.ProjectYear] | None = None
) -> Locks:
    """Return the locks of a volume's entries (of some alone where they are given, as loaded) for a person; 3 queries."""
    rows = (
        m.ProjectYear.objects.filter(volume=volume, voided__isnull=True)
        if entries is None
        else entries
    )
    stages = {row.pk: row.stage for row in rows}
    return Locks(
        volume=volume.stage,
        planning=writes_as_planning({held.role for held in held_by(person)}),
        stages=stages,
        opened=opened_in(volume),
        exempt=exempt_until(stages),
    )


def lock_of(entry: m.ProjectYear, person: Person, group: Group = "entry") -> Lock | None:
    """Return what keeps a person from writing a group of an entry's fields, or None. By the rows as loaded."""
    return locks_in(entry.volume, person, entries=[entry]).of(entry.pk, group)


def opened_in(volume: m.Volume) -> frozenset[int]:
    """Return the entries that the correction under way names: those opened since the book was last published."""
    return opened_in_all({volume.pk: volume.stage})


def opened_in_all(volumes: Mapping[int, str]) -> frozenset[int]:
    """Return the entries that are opened in volumes, given with their stages; no query where none is being corrected."""
    correcting = [volume for volume, stage in volumes.items() if stage == "correcting"]
    if not correcting:
        return frozenset()
    steps = m.Step.objects.filter(
        volume__in=correcting, verb__in=["entry.open", "volume.publish", "volume.drop_correction"]
    ).order_by("pk")
    opened: dict[int, set[int]] = {}
    for verb, volume, entry in steps.values_list("verb", "volume", "entry"):
        if verb == "entry.open":
            opened.setdefault(volume, set()).add(entry or 0)
        else:
            opened.pop(volume, None)
    return frozenset(entry for found in opened.values() for entry in found)


def exempt_until(entries: Collection[int]) -> dict[int, datetime]:
    """Return until when exemptions in force last, by entry; an exemption ends at its moment, not after it."""
    rows = m.Exemption.objects.filter(
        entry__in=list(entries), until__gt=now(), voided__isnull=True
    ).order_by("until")
    return dict(rows.values_list("entry", "until"))
