"""台帳の事実. What the book knows of an entry beside its report: money decided and reported, days, what stands behind a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from sosei.checking.context import Ledger, ProjectFacts, ValueFacts
from sosei.core.report import State
from sosei.ledger import models as m
from sosei.ledger.queries.rows import Rows

#: Amounts of a whole project, not lines of what the money went to.
WHOLE: Final = frozenset({"budget", "settled", "granted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """日付. When a volume went to the assembly, was published, and had to be."""

    assembly_on: date | None = None
    published_on: date | None = None
    publish_due: date | None = None


def lines_of_money(spending: Iterable[m.Spending], year: int, home: int) -> list[m.Spending]:
    """Return the lines of what the money of a year went to; `home`: the year of lines that name none."""
    return [
        line
        for line in spending
        if line.yen is not None
        and line.role in (None, "line")
        and line.kind not in WHOLE
        and (line.fiscal_year or home) == year
    ]


def funded(spending: Iterable[m.Spending], source: str) -> int | None:
    """Return what a source of funds gave, None where no line names it."""
    found = [line.yen for line in spending if line.source == source and line.yen is not None]
    return sum(found) if found else None


def eligible_sum(spending: Iterable[m.Spending]) -> int | None:
    """Return the eligible cost that the lines say; None where none of them says whether it is."""
    lines = [line for line in spending if line.yen is not None]
    if not any(line.eligible is not None for line in lines):
        return None
    return sum(line.yen or 0 for line in lines if line.eligible)


def ledger_of(
    rows: Rows, entry: m.ProjectYear, decisions: Sequence[m.GrantDecision], days: Days
) -> Ledger:
    """Return what the book knows of an entry, as the rules ask for it."""
    return Ledger(
        projects=tuple(_projects(rows, entry, decisions, days)),
        values=tuple(_values(rows, entry)),
    )


def home_year(entry: m.ProjectYear) -> int:
    """Return the fiscal year that an entry's undated figures belong to."""
    return entry.said_year or entry.volume.fiscal_year


def _projects(
    rows: Rows, entry: m.ProjectYear, decisions: Sequence[m.GrantDecision], days: Days
) -> Iterator[ProjectFacts]:
    """Yield one fact for each further decision, then the whole (rules that want one take the last)."""
    name = entry.name or entry.called()
    for decision in decisions[1:]:
        yield _decided(name, decision)
    home = home_year(entry)
    money = lines_of_money(rows.spending.get(entry.pk, []), home, home)
    first = decisions[0] if decisions else None
    granted = funded(money, "national")
    yield ProjectFacts(
        name=name,
        settled=first.settled_yen if first else None,
        reported=first.reported_yen if first else None,
        reported_on=first.reported_on if first else None,
        report_due=first.report_due if first else None,
        eligible=_sum(d.eligible_yen for d in decisions) or eligible_sum(money),
        national=_sum(d.yen for d in decisions) if granted is None else granted,
        prefectural=funded(money, "prefectural"),
        assembly_on=days.assembly_on,
        published_on=days.published_on,
        publish_due=days.publish_due,
    )


def _decided(name: str, decision: m.GrantDecision) -> ProjectFacts:
    return ProjectFacts(
        name=name,
        settled=decision.settled_yen,
        reported=decision.reported_yen,
        reported_on=decision.reported_on,
        report_due=decision.report_due,
    )


def _sum(amounts: Iterable[int | None]) -> int | None:
    """Return the sum where every part is known."""
    found = list(amounts)
    known = [amount for amount in found if amount is not None]
    return sum(known) if known and len(known) == len(found) else None


def _values(rows: Rows, entry: m.ProjectYear) -> Iterator[ValueFacts]:
    """Yield the actuals that an entry shows; a file or a place in one stands behind those that did not come by hand."""
    name = entry.name or entry.called()
    for line in rows.lines.get(entry.pk, []):
        called = rows.definitions[line.definition_id].called()
        for shown in rows.shown.get(line.pk, []):
            value = rows.values.get((shown.point_id, "actual"))
            year = rows.points[shown.point_id].fiscal_year
            if value is not None and value.number is not None and year is not None:
                yield ValueFacts(
                    project=name,
                    indicator=called,
                    fiscal_year=year,
                    number=value.number,
                    state=cast("State | None", value.state),
                    evidence=behind(value),
                )


def behind(value: m.Value) -> bool:
    """Tell whether a file, a place in one, or what was counted in registers stands behind a value."""
    placed = any(kept.get("place") for kept in value.trace.values())
    return (
        value.document_id is not None or value.origin in ("import", "inquiry", "counted") or placed
    )
