"""見る順. A walk over the report for the rules: each part with its path, its year, its scheme and its name in a sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sosei.checking.context import Context
from sosei.core.report import Indicator, Places, Project, Report, Said, Spending, Value, YearPoint
from sosei.core.schemes import Scheme, scheme_named
from sosei.core.text import mend

SHOWN = 40


def shown(text: str) -> str:
    """Shorten words so that a sentence that quotes them stays a sentence."""
    text = mend(text)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


@dataclass(frozen=True, kw_only=True)
class ProjectSpot:
    """事業の位置. A project, its place in the report and what holds for it."""

    project: Project
    index: int
    year: int | None
    year_printed: bool
    scheme: Scheme | None

    @property
    def path(self) -> str:
        """JSON pointer into the report."""
        return f"/projects/{self.index}"

    @property
    def place(self) -> Places:
        """Where its name stands, or the project."""
        name = self.project.name
        return (name.place if name else ()) or self.project.place

    @property
    def raw(self) -> str | None:
        """Its name as written."""
        return said_raw(self.project.name)

    @property
    def ja(self) -> str:
        """How a Japanese sentence calls it."""
        name = self.project.name
        return f"事業「{shown(name.text)}」" if name else f"{self.index + 1}番目の事業（名称なし）"

    @property
    def en(self) -> str:
        """How an English sentence calls it."""
        name = self.project.name
        return f"project “{shown(name.text)}”" if name else f"project {self.index + 1} (unnamed)"

    def indicators(self) -> Iterator[IndicatorSpot]:
        """Walk over its indicators."""
        for index, indicator in enumerate(self.project.indicators):
            yield IndicatorSpot(indicator=indicator, index=index, owner=self)

    def spending(self) -> Iterator[tuple[str, Spending]]:
        """Walk over its lines of money with their paths."""
        for index, line in enumerate(self.project.spending):
            yield f"{self.path}/spending/{index}", line


@dataclass(frozen=True, kw_only=True)
class IndicatorSpot:
    """指標の位置. An indicator and the project that it stands under."""

    indicator: Indicator
    index: int
    owner: ProjectSpot

    @property
    def path(self) -> str:
        """JSON pointer into the report."""
        return f"{self.owner.path}/indicators/{self.index}"

    @property
    def place(self) -> Places:
        """Where its name stands, or the indicator, or its first value."""
        name = self.indicator.name
        own = (name.place if name else ()) or self.indicator.place
        return own or next((v.value.place for v in self.values() if v.value.place), ())

    @property
    def raw(self) -> str | None:
        """Its name as written."""
        return said_raw(self.indicator.name)

    @cached_property
    def name(self) -> str:
        """Its name without the spaces of line breaks; empty where the source has none."""
        return mend(self.indicator.name.text) if self.indicator.name else ""

    @property
    def ja(self) -> str:
        """How a Japanese sentence calls it, its project included."""
        own = f"「{shown(self.name)}」" if self.name else f"{self.index + 1}番目（名称なし）"
        return f"{self.owner.ja}の指標{own}"

    @property
    def en(self) -> str:
        """How an English sentence calls it, its project included."""
        own = f"“{shown(self.name)}”" if self.name else f"{self.index + 1} (unnamed)"
        return f"indicator {own} of {self.owner.en}"

    def points(self) -> Iterator[PointSpot]:
        """Walk over its years."""
        for index, point in enumerate(self.indicator.years):
            yield PointSpot(point=point, index=index, owner=self)

    def values(self) -> Iterator[ValueSpot]:
        """Walk over all its values: baseline, each year's target, actual and running total, total increase."""
        yield from self._values

    @cached_property
    def _values(self) -> tuple[ValueSpot, ...]:
        return tuple(self._walk())

    def _walk(self) -> Iterator[ValueSpot]:
        if self.indicator.baseline:
            yield ValueSpot(self.indicator.baseline, f"{self.path}/baseline", "baseline", None)
        for spot in self.points():
            for role in ("target", "actual", "cumulative_actual"):
                value = getattr(spot.point, role)
                if value:
                    yield ValueSpot(value, f"{spot.path}/{role}", role, spot)
        if self.indicator.increase_total:
            total = self.indicator.increase_total
            yield ValueSpot(total, f"{self.path}/increase_total", "increase_total", None)

    def unit_of(self, value: Value) -> str | None:
        """Return the unit that a value is in."""
        return value.unit or self.indicator.unit


@dataclass(frozen=True, kw_only=True)
class PointSpot:
    """年度別の値の位置. What an indicator has for one year."""

    point: YearPoint
    index: int
    owner: IndicatorSpot

    @property
    def path(self) -> str:
        """JSON pointer into the report."""
        return f"{self.owner.path}/years/{self.index}"

    @property
    def year(self) -> int | None:
        """The fiscal year it belongs to: its own or, where its column names none, the project's."""
        if self.point.fiscal_year is not None:
            return self.point.fiscal_year
        return None if self.point.label else self.owner.owner.year


@dataclass(frozen=True)
class ValueSpot:
    """値の位置. A value, what it is, and the year it stands under (None for baseline and total increase)."""

    value: Value
    path: str
    role: str
    point: PointSpot | None


@dataclass(frozen=True)
class Text:
    """文章. Words of the report or of the document, wherever they stand."""

    text: str
    place: Places
    path: str

    @cached_property
    def wide(self) -> str:
        """The words in half-width signs, for patterns; its length may differ."""
        return unicodedata.normalize("NFKC", self.text)


def said_raw(said: Said | None) -> str | None:
    """Return words as they were written."""
    return None if said is None else said.raw or said.text


def value_raw(value: Value) -> str:
    """Return a value as it was written, or as plainly as it can be."""
    if value.raw is not None:
        return value.raw
    if value.number is not None:
        return format(value.number, "f")
    return value.text or (value.gap or "")


@dataclass(frozen=True)
class Scene:
    """場面. The report with its context, as the rules walk over it."""

    report: Report
    context: Context

    @cached_property
    def projects(self) -> tuple[ProjectSpot, ...]:
        """The projects with their year and scheme."""
        return tuple(
            self._spot(index, project) for index, project in enumerate(self.report.projects)
        )

    def _spot(self, index: int, project: Project) -> ProjectSpot:
        year = project.fiscal_year or self.report.fiscal_year
        words = " ".join(said.text for said in (project.grant, project.grant_type) if said)
        return ProjectSpot(
            project=project,
            index=index,
            year=year.year if year else None,
            year_printed=bool(year and year.basis == "printed"),
            scheme=scheme_named(words, self.context.schemes) if words else None,
        )

    @cached_property
    def indicators(self) -> tuple[IndicatorSpot, ...]:
        """The indicators of all projects."""
        return tuple(spot for project in self.projects for spot in project.indicators())

    def values(self) -> Iterator[tuple[IndicatorSpot, ValueSpot]]:
        """Walk over every value of every indicator."""
        for indicator in self.indicators:
            for value in indicator.values():
                yield indicator, value

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Every stretch of text of the document, or of the report where the document is not there."""
        if self.context.document is None:
            return tuple(self._said())
        return tuple(self._written())

    def _written(self) -> Iterator[Text]:
        document = self.context.document
        if document is None:
            return
        for line in document.lines:
            yield Text(line.words.text, line.words.places, "")
        for grid in document.grids:
            for cell in grid.cells:
                if cell.words.text.strip():
                    yield Text(cell.words.text, cell.words.places, "")

    def _said(self) -> Iterator[Text]:
        for spot in self.projects:
            project = spot.project
            for name in ("activities", "remarks"):
                for index, said in enumerate(getattr(project, name)):
                    yield Text(said.raw or said.text, said.place, f"{spot.path}/{name}/{index}")
            for indicator in spot.indicators():
                note = indicator.indicator.note
                if note:
                    yield Text(note.raw or note.text, note.place, f"{indicator.path}/note")
