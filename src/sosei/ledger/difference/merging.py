"""反映. The current report with the accepted changes: what was accepted comes whole, with its place and its spelling.

What is not accepted stays as it is, in its meaning too: where a unit or a year changes around a figure, the figure gets
the one it had. The order is the current one; what is new stands behind its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from sosei.core.report import (
    Body,
    Indicator,
    Project,
    Report,
    Said,
    Spending,
    Verification,
    Year,
)
from sosei.ledger.difference import fieldsets
from sosei.ledger.difference.accepting import Accepting, Spot
from sosei.ledger.difference.figures import FIGURES, WORDS
from sosei.ledger.difference.kept import Homes, pinned_year
from sosei.ledger.difference.matching import ordered
from sosei.ledger.difference.mergingfigures import FigureMerging, replaced
from sosei.ledger.difference.model import Difference, Merged
from sosei.ledger.difference.sources import moved, renamed
from sosei.ledger.difference.words import escaped

P = TypeVar("P")
_ROLES: Final = (*FIGURES, *WORDS)
_FIELDS: Final = tuple(plain.attribute for plain in fieldsets.INDICATOR + fieldsets.INDICATOR_END)


def merge(
    current: Report, incoming: Report, difference: Difference, accepted: Collection[str]
) -> Merged:
    """Return the current report with the accepted changes of a difference of these two reports.

    Ids of changes that cannot be accepted (unchanged, unclear, unknown) are passed over. Raises ValueError where the
    difference is not one of these two reports.
    """
    taking = Accepting(current, incoming, difference, accepted)
    names = renamed(current.sources, incoming.sources) if taking.ids else {}
    merging = _Merging(taking, moved(incoming, names), names)
    return Merged(merging.report(current), taking.origins, taking.taken)


class _Merging(FigureMerging):
    """A walk over two reports that have been matched, from the whole to its parts."""

    def __init__(self, taking: Accepting, incoming: Report, sources: Mapping[str, str]) -> None:
        super().__init__(taking)
        self.incoming, self.sources = incoming, sources
        self.merged_year: Year | None = None

    def report(self, one: Report) -> Report:
        other, spot = self.incoming, Spot("", "", "")
        changed = self.fields(("title", "chapter", "fiscal_year"), one, other, spot)
        self.merged_year = changed.get("fiscal_year", one.fiscal_year)
        changed |= self.lists("bodies", one, other, spot, self.body, _whole)
        changed |= self.lists(
            "projects", one, other, spot, lambda a, b, at: self.project(one, a, b, at), self.new
        )
        changed |= self.free(one, other, spot)
        if self.taking.taken:
            known = {source.id for source in one.sources}
            more = (s for s in other.sources if s.id not in known)
            changed["sources"] = (*one.sources, *more)
        return replaced(one, changed)

    def new(self, project: Project, spot: Spot) -> Project:
        """Take a project whole; its year stays what it was where its new report says another."""
        year = self.incoming.fiscal_year
        if project.fiscal_year or year is None or _number(self.merged_year) == year.year:
            return project
        return replace(project, fiscal_year=year)

    def project(self, report: Report, one: Project, other: Project | None, spot: Spot) -> Project:
        """Merge a project. `other` None: the incoming report says nothing of it."""
        theirs = other or Project()
        names = [plain.attribute for plain in fieldsets.PROJECT]
        changed = self.fields(names, one, theirs, spot)
        homes = self._homes(report, one, other, changed)
        for step in ("group", "departments", "activities", "remarks"):
            changed |= self.lists(step, one, theirs, spot, self.words, _whole)
        changed |= self.lists("bodies", one, theirs, spot, self.body, _whole)
        changed |= self.lists(
            "indicators", one, theirs, spot, lambda a, b, at: self.indicator(a, b, at, homes),
            lambda part, at: _dated_indicator(part, homes),
        )  # fmt: skip
        changed |= self.lists(
            "spending", one, theirs, spot, lambda a, b, at: self.line(a, b, at, homes),
            lambda line, at: pinned_year(line, homes.theirs, homes.mine, new=True),
        )  # fmt: skip
        changed |= self.verification(one, theirs, spot)
        return replaced(one, changed | self.free(one, theirs, spot))

    def _homes(
        self, report: Report, one: Project, other: Project | None, changed: Mapping[str, Any]
    ) -> Homes:
        """Return the years that undated figures belong to: here, there, and in the merged project."""
        year = self.taking.difference.year
        ours = report.year_of(one) or year
        theirs = self.incoming.year_of(other) if other else None
        mine = changed.get("fiscal_year", one.fiscal_year) or self.merged_year
        return Homes(ours, theirs, _number(mine) or year)

    def words(self, one: Said, other: Said | None, spot: Spot) -> Said:
        """Take a passage's new wording, if it was accepted."""
        return other if other is not None and self.taking.takes(spot) else one

    def body(self, one: Body, other: Body | None, spot: Spot) -> Body:
        """Merge a municipality."""
        if other is None:
            return one
        changed = self.fields(("name", "code"), one, other, spot)
        if changed:
            changed |= {"place": other.place, "basis": other.basis}
        return replaced(one, changed)

    def line(self, one: Spending, other: Spending | None, spot: Spot, homes: Homes) -> Spending:
        """Merge a line of money; a sum comes with the unit it is printed in."""
        theirs = other or one
        names = [plain.attribute for plain in fieldsets.SPENDING]
        changed = self.fields((*names, "fiscal_year", "yen"), one, theirs, spot)
        if "yen" in changed:
            changed |= {"unit": theirs.unit, "raw": theirs.raw, "place": theirs.place}
        return pinned_year(replaced(one, changed), homes.ours, homes.mine, new=False)

    def verification(self, one: Project, other: Project, spot: Spot) -> dict[str, Any]:
        """Merge what is said of a project's effect."""
        before, after = one.verification or Verification(), other.verification or Verification()
        at = spot.field("verification")
        names = [plain.attribute for plain in fieldsets.VERIFICATION]
        changed = self.fields(names, before, after, at)
        scales = self._scales(before.scales, after.scales, at.field("scales"))
        if scales != before.scales:
            changed["scales"] = scales
        return {"verification": replaced(before, changed)} if changed else {}

    def _scales(
        self, one: Mapping[str, Said], other: Mapping[str, Said], spot: Spot
    ) -> dict[str, Said]:
        scales = {k: v for k, v in one.items() if not self.taking.drops(spot.field(escaped(k)))}
        for name, said in other.items():
            at = spot.field(escaped(name))
            if self.taking.takes(at):
                scales[self.taking.key(at, name)] = said
        return scales

    def lists(
        self,
        step: str,
        one: Any,
        other: Any,
        spot: Spot,
        visit: Callable[[P, P | None, Spot], P],
        new: Callable[[P, Spot], P],
    ) -> dict[str, Any]:
        """Merge a list of parts; empty where it stays as it is."""
        before, after = getattr(one, step), getattr(other, step)
        merged: list[P] = []
        pairs = self.taking.pairs(step, len(after), spot)
        for i, j in ordered(len(before), len(after), pairs):
            at = spot.step(step, i, j, len(merged))
            if i is None:
                if j is not None and self.taking.takes(at):
                    merged.append(new(after[j], at))
            elif not self.taking.drops(at):
                self.taking.came(at, i)
                merged.append(visit(before[i], None if j is None else after[j], at))
        same = len(merged) == len(before) and all(
            a is b for a, b in zip(merged, before, strict=True)
        )
        return {} if same else {step: tuple(merged)}


def _whole(part: P, spot: Spot) -> P:
    return part


def _number(year: Year | None) -> int | None:
    return None if year is None else year.year


def _dated_indicator(indicator: Indicator, homes: Homes) -> Indicator:
    """Take an indicator whole; its undated years stay what they were."""
    years = tuple(pinned_year(p, homes.theirs, homes.mine, new=True) for p in indicator.years)
    return replace(indicator, years=years) if years != indicator.years else indicator
