"""裏付け. A second look at every figure that was read, by another way: only where both agree is a value `sure`.

The layouts decide from the whole of a table what its columns are; the second look goes from the figure's own place to the
words above it, to its left, and around, and asks of each of number, role, year and unit who says so. Nothing is changed but
the mark, so that what is not sure is where a person looks first.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from functools import cached_property
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import Indicator, Project, Report, Value, Year, YearPoint
from sosei.core.units import unit_of
from sosei.reading.confirming.around import Table
from sosei.reading.confirming.claims import Claim
from sosei.reading.confirming.finding import Finder, Spot
from sosei.reading.confirming.sentences import told
from sosei.reading.confirming.tables import headed
from sosei.reading.grid import Document

__all__ = ["confirmed"]

#: A year that a document names so often is no chance.
_OFTEN: Final = 3
_ROLES: Final = {"target": "target", "actual": "actual", "cumulative_actual": "cumulative"}


def confirmed(report: Report, document: Document, near: int | None) -> Report:
    """Return the report with `sure` at the values that a second look bears out; `near`: a year for years without an era."""
    second = _Second(report, document, near)
    return dataclasses.replace(report, projects=tuple(map(second.project, report.projects)))


class _Second:
    """The second look at a report."""

    def __init__(self, report: Report, document: Document, near: int | None) -> None:
        self.report, self.document, self.near = report, document, near
        self.finder = Finder(document)
        self.tables: dict[int, Table] = {}

        self.torn = _torn(report)

    def project(self, project: Project) -> Project:
        home = project.fiscal_year or self.report.fiscal_year
        looked = tuple(
            one if _key(project, one) in self.torn else self._indicator(one, home)
            for one in project.indicators
        )
        return dataclasses.replace(project, indicators=looked)

    def _indicator(self, one: Indicator, home: Year | None) -> Indicator:
        return dataclasses.replace(
            one,
            baseline=self._value(one, one.baseline, "baseline", one.baseline_year, home),
            years=tuple(self._point(one, point, home) for point in one.years),
        )

    def _point(self, one: Indicator, point: YearPoint, home: Year | None) -> YearPoint:
        looked = {
            name: self._value(one, getattr(point, name), role, point.fiscal_year, home)
            for name, role in _ROLES.items()
        }
        return dataclasses.replace(point, **looked)  # type: ignore[arg-type]

    def _value(
        self, one: Indicator, value: Value | None, role: str, year: int | None, home: Year | None
    ) -> Value | None:
        if value is None or not value.place:
            return value
        claim = Claim(
            value, role, year, home.year if home else None, _unit(one, value), one.name, self.near,
            proved=bool(value.sure), printed=home is not None and self._is_said(home),
        )  # fmt: skip
        spot = self.finder.spot(value.place)
        agreed = spot is not None and self._agrees(claim, spot)
        return value.marked(sure=agreed or None)

    def _is_said(self, home: Year) -> bool:
        """Whether the document says the year as its own, or names it again and again."""
        return home.basis == "printed" or self._years[home.year] >= _OFTEN

    @cached_property
    def _years(self) -> Counter[int]:
        """How often the document names each year."""
        texts = (words.text for words in self.document.words())
        return Counter(
            one.fiscal_year for text in texts for one in find_years(text, near=self.near)
        )

    def _agrees(self, claim: Claim, spot: Spot) -> bool:
        if spot.grid is None:
            return told(claim, spot.words)
        table = self.tables.get(id(spot.grid)) or Table(spot.grid, self.near)
        self.tables[id(spot.grid)] = table
        return headed(claim, spot, table)


def _unit(one: Indicator, value: Value) -> str | None:
    said = value.unit or one.unit
    known = unit_of(said) if said else None
    return known.name if known else said


def _key(project: Project, one: Indicator) -> tuple[str, str, str]:
    return str(project.name), str(one.parent), str(one.name)


def _torn(report: Report) -> set[tuple[str, str, str]]:
    """Return indicators that stand there several times and do not agree: torn apart, or mistaken for one another."""
    found: dict[tuple[str, str, str], list[_Said]] = defaultdict(list)
    for project in report.projects:
        for one in project.indicators:
            if one.name is not None:
                found[_key(project, one)].append(_said(one))
    return {key for key, several in found.items() if len(several) > 1 and not _agree(several)}


#: Of which role and year an indicator says what.
_Said = dict[tuple[str, int | None], object]


def _said(one: Indicator) -> _Said:
    points = {
        (name, point.fiscal_year): _plain(value)
        for point in one.years
        for name in _ROLES
        if (value := getattr(point, name))
    }
    return points | (
        {("baseline", one.baseline_year): _plain(one.baseline)} if one.baseline else {}
    )


def _plain(value: Value) -> object:
    return value.number if value.number is not None else value.gap or value.text


def _agree(several: list[_Said]) -> bool:
    """Whether they have something in common, and say the same of it."""
    shared = set.intersection(*(set(one) for one in several))
    return bool(shared) and all(len({one[key] for one in several}) == 1 for key in shared)
