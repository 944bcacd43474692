"""お金の見え方. A project's money by year and by source of funds: what was decided, what the lines say, what is printed as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sosei.ledger import models as m
from sosei.ledger.queries.facts import home_year, lines_of_money

SOURCES: Final = ("national", "prefectural", "own", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyYear:
    """一年のお金. Yen; None: nobody says. `by_source`: the lines by source of funds, "" where a line names none.

    `whole`: amounts printed for the whole (budget, settled, granted). `printed`: the total that is printed.
    """

    year: int
    lines: int | None = None
    by_source: Mapping[str, int]
    eligible: int | None = None
    ineligible: int | None = None
    whole: Mapping[str, int]
    printed: int | None = None
    decided: int | None = None

    @property
    def budget(self) -> int | None:
        """The budget that is printed for the whole."""
        return self.whole.get("budget")

    @property
    def settled(self) -> int | None:
        """The settled amount that is printed for the whole."""
        return self.whole.get("settled")

    @property
    def gap(self) -> int | None:
        """How far the printed total is from the sum of the lines; None where one of them is missing."""
        if self.printed is None or self.lines is None:
            return None
        return self.printed - self.lines


def money_of(
    spending: Sequence[m.Spending], year: int, decisions: Iterable[m.GrantDecision] = ()
) -> MoneyYear:
    """Return a year's money of one entry; `year`: the entry's own, for lines that name none."""
    return _year(year, [(line, year) for line in spending], list(decisions))


def _year(
    year: int, spending: Sequence[tuple[m.Spending, int]], decisions: Sequence[m.GrantDecision]
) -> MoneyYear:
    own = [line for line, home in spending if (line.fiscal_year or home) == year]
    lines = lines_of_money(own, year, year)
    by_source: dict[str, int] = defaultdict(int)
    for line in lines:
        by_source[line.source or ""] += line.yen or 0
    eligible = [line.yen or 0 for line in lines if line.eligible]
    ineligible = [line.yen or 0 for line in lines if line.eligible is False]
    totals = [line.yen for line in own if line.role == "total" and line.yen is not None]
    return MoneyYear(
        year=year,
        lines=sum(line.yen or 0 for line in lines) if lines else None,
        by_source=dict(by_source),
        eligible=sum(eligible) if eligible else None,
        ineligible=sum(ineligible) if ineligible else None,
        whole=_whole(own),
        printed=totals[-1] if totals else None,
        decided=sum(d.yen for d in decisions) if decisions else None,
    )


def _whole(spending: Iterable[m.Spending]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in spending:
        if line.kind in ("budget", "settled", "granted") and line.yen is not None:
            found[line.kind] = found.get(line.kind, 0) + line.yen
    return found


def money_by_year(body: str, project: int) -> tuple[MoneyYear, ...]:
    """Return a project's money over all its years, the first year first. 2 queries.

    A year that several entries speak of is told by one of them: the newest report's, and of that the result's.
    """
    rows = (
        m.Spending.objects.filter(
            entry__project=project, body=body, voided__isnull=True, entry__voided__isnull=True,
            entry__volume__voided__isnull=True,
        )
        .select_related("entry__volume")
        .order_by("position", "pk")
    )  # fmt: skip
    by_year = {year: _of_one(lines) for year, lines in _by_year(rows).items()}
    decided: dict[int, list[m.GrantDecision]] = defaultdict(list)
    for decision in m.GrantDecision.objects.filter(
        project=project, body=body, voided__isnull=True
    ):  # fmt: skip
        decided[decision.fiscal_year].append(decision)
    years = sorted(by_year.keys() | decided.keys())
    return tuple(_year(year, by_year.get(year, []), decided.get(year, [])) for year in years)


def _by_year(rows: Iterable[m.Spending]) -> dict[int, list[m.Spending]]:
    """Return the lines of all entries by the year they speak of."""
    found: dict[int, list[m.Spending]] = defaultdict(list)
    for line in rows:
        found[line.fiscal_year or home_year(line.entry)].append(line)
    return found


def _of_one(lines: Sequence[m.Spending]) -> list[tuple[m.Spending, int]]:
    """Return the lines of the entry that tells a year, each with the entry's own year."""
    teller = max((line.entry for line in lines), key=_weight)
    return [(line, home_year(teller)) for line in lines if line.entry_id == teller.pk]


def _weight(entry: m.ProjectYear) -> tuple[int, bool, int]:
    """Return by what an entry goes before another: the later report, in it the result, then the one written later."""
    return entry.volume.fiscal_year, entry.kind == "result", entry.pk
