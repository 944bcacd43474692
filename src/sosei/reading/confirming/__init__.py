"""裏付け. A second look at every figure that was read, by another way: only where both agree is a value `sure`.

The layouts decide from the whole of a table what its columns are; the second look goes from the figure's own place to the
words above it, to its left, and around, and asks of each of number, role, year and unit who says so. Nothing is changed but
the mark, so that what is not sure is where a person looks first.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import Indicator, Project, Report, Value, Year, YearPoint, copied
from sosei.core.units import unit_of
from sosei.reading.confirming.around import PLAIN, Table
from sosei.reading.confirming.claims import Claim
from sosei.reading.confirming.doubts import (
    is_doubtful,
    key,
    of_another_unit,
    of_its_size,
    told_twice,
    torn,
)
from sosei.reading.confirming.finding import Finder, Spot
from sosei.reading.confirming.sentences import told
from sosei.reading.confirming.tables import headed
from sosei.reading.grid import Document

__all__ = ["confirmed", "unsure"]

#: A year that a document names so often is no chance.
_OFTEN: Final = 3
#: One project's period alone says nothing of the report's year.
_SEVERAL: Final = 2
_ROLES: Final = {"cumulative_actual": "cumulative"}
#: The year a figure is of, or what its point is called where that is none.
_When = tuple[int | None, str | None]
_RESULTS: Final = re.compile("実績|結果|報告")


def confirmed(report: Report, document: Document, near: int | None) -> Report:
    """Return the report with `sure` at the values that a second look bears out; `near`: a year for years without an era."""
    second = _Second(report, document, near)
    return copied(report, projects=tuple(map(second.project, report.projects)))


def unsure(report: Report) -> Report:
    """Return the report without any mark: what was recognised in a picture is for a person to look at."""

    def plain(value: Value | None) -> Value | None:
        return None if value is None else value.marked(sure=None)

    def point(one: YearPoint) -> YearPoint:
        return copied(
            one,
            target=plain(one.target),
            actual=plain(one.actual),
            cumulative_actual=plain(one.cumulative_actual),
        )

    def indicator(one: Indicator) -> Indicator:
        return copied(
            one,
            baseline=plain(one.baseline),
            increase_total=plain(one.increase_total),
            years=tuple(map(point, one.years)),
        )

    projects = (
        copied(project, indicators=tuple(map(indicator, project.indicators)))
        for project in report.projects
    )
    return copied(report, projects=tuple(projects))


class _Second:
    """The second look at a report."""

    def __init__(self, report: Report, document: Document, near: int | None) -> None:
        self.report, self.document, self.near = report, document, near
        self.finder = Finder(document)
        self.tables: dict[int, Table] = {}
        self.torn = torn(report)
        #: It says what was reached: an arrow may then lead from the year before, not from a baseline.
        self.results = _speaks_of_results(report)

    def project(self, project: Project) -> Project:
        home = project.fiscal_year or self.report.fiscal_year
        looked = tuple(self._indicator(project, one, home) for one in project.indicators)
        return copied(project, indicators=looked)

    def _indicator(self, project: Project, one: Indicator, home: Year | None) -> Indicator:
        doubtful = key(project, one) in self.torn or is_doubtful(one)
        twice, fits = told_twice(one), of_its_size(one)

        def look(
            value: Value | None, name: str, year: int | None, label: str | None = None
        ) -> Value | None:
            if value is None:
                return None
            if doubtful or (name, year) in twice or not fits(value) or of_another_unit(one, value):
                return value.marked(sure=None)
            return self._value(self._claim(one, value, _ROLES.get(name, name), (year, label), home))

        points = tuple(
            copied(
                point,
                target=look(point.target, "target", point.fiscal_year, point.label),
                actual=look(point.actual, "actual", point.fiscal_year, point.label),
                cumulative_actual=look(
                    point.cumulative_actual, "cumulative_actual", point.fiscal_year, point.label
                ),
            )
            for point in one.years
        )
        baseline = look(one.baseline, "baseline", one.baseline_year)
        total = look(one.increase_total, "increase_total", None)
        return copied(one, baseline=baseline, years=points, increase_total=total)

    def _claim(
        self, one: Indicator, value: Value, role: str, when: _When, home: Year | None
    ) -> Claim:
        year, label = when
        return Claim(
            value, role, year, home.year if home else None, _unit(one, value), one.name, self.near,
            proved=bool(value.sure), printed=home is not None and self._is_said(home),
            results=self.results, label=label,
        )  # fmt: skip

    def _value(self, claim: Claim) -> Value:
        value = claim.value
        if any(place.ocr is not None for place in value.place):
            return value.marked(sure=None)  # a recogniser's reading is for a person to look at
        spot = self.finder.spot(value.place) if value.place and claim.is_possible else None
        return value.marked(sure=(spot is not None and self._agrees(claim, spot)) or None)

    def _is_said(self, home: Year) -> bool:
        """Whether the document says the year as its own, or names it again and again, or its projects share no other."""
        if home.basis == "printed" or self._years.get(home.year, 0) >= _OFTEN:
            return True
        return self._common == {home.year}

    @cached_property
    def _common(self) -> frozenset[int]:
        """The years that the printed periods of all projects with results have in common, of several periods."""
        spans = {
            (project.period.first, project.period.last)
            for project in self.report.projects
            if project.period is not None and _has_results(project)
        }
        firsts = {first for first, _ in spans if first is not None}
        lasts = {last for _, last in spans if last is not None}
        if len(spans) < _SEVERAL or not firsts or not lasts:
            return frozenset()
        return frozenset(range(max(firsts), min(lasts) + 1))

    @cached_property
    def _years(self) -> Counter[int]:
        """How often the document names each year."""
        texts = self.document.texts
        return Counter(
            one.fiscal_year
            for text in texts
            if not PLAIN.fullmatch(text)
            for one in find_years(text, near=self.near)
        )

    def _agrees(self, claim: Claim, spot: Spot) -> bool:
        if spot.grid is None:
            return told(claim, spot.words, spot.before)
        table = self.tables.get(id(spot.grid)) or Table(spot.grid, self.near)
        self.tables[id(spot.grid)] = table
        return headed(claim, spot, table)


def _unit(one: Indicator, value: Value) -> str | None:
    said = value.unit or one.unit
    known = unit_of(said) if said else None
    return known.name if known else said


def _speaks_of_results(report: Report) -> bool:
    titled = report.title is not None and _RESULTS.search(report.title.text) is not None
    return titled or any(map(_has_results, report.projects))


def _has_results(project: Project) -> bool:
    points = (point for one in project.indicators for point in one.years)
    return any(point.actual or point.cumulative_actual for point in points)
