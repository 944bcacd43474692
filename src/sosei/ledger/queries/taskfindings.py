"""残っている指摘の数. How many findings are open in the volumes that are being worked on, as a person's desk shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sosei.checking.finding import Severity
from sosei.ledger import models as m
from sosei.ledger.queries.looks import all_counts, looks_of
from sosei.offices.models import Person
from sosei.offices.permissions import departments_of, sees_all


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFindings:
    """一つの年度版の指摘の数. By severity, of `entries` entries; zero is said. Of more than `MOST` entries none is counted."""

    volume: int
    called: str
    fiscal_year: int
    entries: int
    counts: tuple[tuple[Severity, int], ...]

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(count for _, count in self.counts)


#: Of so many entries at most findings are counted: looking at more takes longer than a home page may.
MOST: Final = 1000


def open_findings(person: Person) -> tuple[OpenFindings, ...]:
    """Return the numbers for the newest volume being worked on: of all entries, or of those in the person's charge."""
    volumes = m.Volume.objects.filter(
        body=person.body, voided__isnull=True, stage__in=("collecting", "correcting")
    )
    found = (_of(volume, person) for volume in volumes.order_by("-fiscal_year", "pk")[:1])
    return tuple(one for one in found if one.entries)


def _of(volume: m.Volume, person: Person) -> OpenFindings:
    entries = _entries(volume, person)
    looked = looks_of(volume, entries) if len(entries) <= MOST else {}
    return OpenFindings(
        volume=volume.pk,
        called=volume.called(),
        fiscal_year=volume.fiscal_year,
        entries=len(entries),
        counts=tuple(all_counts(looked.values()).items()) if len(entries) <= MOST else (),
    )


def _entries(volume: m.Volume, person: Person) -> list[int]:
    """Return the entries whose findings stand on a person's desk."""
    rows = m.ProjectYear.objects.filter(volume=volume, voided__isnull=True)
    if not sees_all(person):
        charged = m.Charge.objects.filter(
            department__in=departments_of(person), voided__isnull=True
        ).values("entry")
        rows = rows.filter(pk__in=charged)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))
