"""実績報告の一覧. Every grant decision of a year with the day its report to the State is due, and what looks odd before it is filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sosei.core.errors import SoseiError
from sosei.core.schemes import Cap, Scheme, known_schemes
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.queries.charge import in_charge
from sosei.ledger.queries.entry import decisions_shown
from sosei.ledger.queries.entryshown import DecisionShown
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.reporting import cap_of, odd_about, spent_of
from sosei.ledger.queries.volumes import VolumeShown, shown_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """交付決定の一行. `spent`: what the lines of money add up to. `odd`: what is odd about the amount as it was reported, or would be if the lines' sum were. `left`: days to the due date, negative when past."""

    entry: int
    name: str
    departments: frozenset[int]
    decision: DecisionShown
    scheme: Scheme | None
    cap: Cap | None
    spent: int | None
    odd: tuple[SoseiError, ...]
    left: int

    @property
    def open(self) -> bool:
        """Whether the report is still to be filed."""
        return self.decision.reported_on is None

    @property
    def late(self) -> bool:
        """Whether the report should have been filed already."""
        return self.open and self.left < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """決定の登録のない事業. An entry with no grant decision in the book."""

    entry: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage:
    """実績報告の頁. Those still to be filed first, by their day; then those filed."""

    volume: VolumeShown
    rows: tuple[DecisionRow, ...]
    undecided: tuple[Undecided, ...]

    @property
    def open(self) -> int:
        """How many are still to be filed."""
        return sum(row.open for row in self.rows)


def decisions_page(body: str, volume: int) -> DecisionsPage:
    """Return the decisions of a volume's year. Raises NoSuchThing. 5 queries."""
    row = volume_in(body, volume)
    entries = list(
        m.ProjectYear.objects.filter(volume=row, voided__isnull=True)
        .exclude(kind="goal")
        .order_by("position", "pk")
    )
    for entry in entries:
        entry.volume = row
    decisions = _decisions(row, entries)
    money: dict[int, list[m.Spending]] = defaultdict(list)
    for line in m.Spending.objects.filter(entry__in=entries, voided__isnull=True):
        money[line.entry_id].append(line)
    charge = in_charge([entry.pk for entry in entries])
    rows = [
        _row(entry, decision, money[entry.pk], charge[entry.pk])
        for entry in entries
        for decision in decisions[entry.project_id]
    ]
    return DecisionsPage(
        volume=shown_of(row, entries=len(entries)),
        rows=tuple(sorted(rows, key=lambda r: (not r.open, r.decision.report_due, r.name))),
        undecided=tuple(
            Undecided(entry=entry.pk, name=entry.called())
            for entry in entries
            if not decisions[entry.project_id] and entry.kind == "result"
        ),
    )


def _decisions(
    volume: m.Volume, entries: Iterable[m.ProjectYear]
) -> dict[int, list[m.GrantDecision]]:
    found: dict[int, list[m.GrantDecision]] = defaultdict(list)
    rows = m.GrantDecision.objects.filter(
        project__in={entry.project_id for entry in entries}, fiscal_year=volume.fiscal_year,
        voided__isnull=True,
    ).order_by("decided_on", "pk")  # fmt: skip
    for decision in rows:
        found[decision.project_id].append(decision)
    return found


def _row(
    entry: m.ProjectYear,
    decision: m.GrantDecision,
    money: list[m.Spending],
    charge: frozenset[int],
) -> DecisionRow:
    scheme = next((s for s in known_schemes() if s.id == decision.scheme), None)
    total = spent_of(entry, money)
    amount = decision.reported_yen if decision.reported_yen is not None else total
    (shown,) = decisions_shown([decision])
    return DecisionRow(
        entry=entry.pk,
        name=entry.called(),
        departments=charge,
        decision=shown,
        scheme=scheme,
        cap=cap_of(entry, scheme) if scheme else None,
        spent=total,
        odd=tuple(odd_about(decision, amount, decision.settled_yen, total))
        if amount is not None
        else (),
        left=(decision.report_due - today()).days,
    )


def decision_row(body: str, entry: int, decision: int) -> DecisionRow | None:
    """Return one grant decision of an entry's project and year, None where there is no such. 4 queries."""
    row = m.ProjectYear.objects.select_related("volume").get(
        pk=entry, body=body, voided__isnull=True
    )
    found = m.GrantDecision.objects.filter(
        pk=decision, project=row.project_id, fiscal_year=row.volume.fiscal_year,
        voided__isnull=True,
    ).first()  # fmt: skip
    if found is None:
        return None
    money = list(m.Spending.objects.filter(entry=row, voided__isnull=True))
    return _row(row, found, money, in_charge([entry])[entry])
