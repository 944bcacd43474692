"""調書. Card documents: a label table for each project, then its tables of money, indicators and verification.

Which cell of which table decides what words mean; the words of other cells decide nothing, so that an indicator may
be called 目標値. Tables are known by their header row (`sheetrows`); headings, counts, charts, contents and sources
are for people and are passed over. What stands in a table under an unknown label is left in `unread`.
"""

from __future__ import annotations

from typing import Any, Final

from sosei.core.fields import code
from sosei.core.report import (
    Body,
    Indicator,
    PeriodSaid,
    Places,
    Project,
    Report,
    Said,
    Unread,
    Verification,
    Year,
)
from sosei.core.shown import NONE, read_period, read_shown_year
from sosei.reading.grid import Document, Grid, Words
from sosei.reading.layouts import printed, sheetrows
from sosei.reading.layouts.sheetrows import Kind, kind_of
from sosei.reading.layouts.told import Taken, Told

NAME: Final = "sheet"


def recognise(document: Document) -> float:
    """Return near certainty where a table begins as a project's or a report's card does."""
    kinds = {kind_of(grid) for grid in document.grids}
    return 0.98 if kinds & {"report", "project"} else 0.0


def read(document: Document, told: Told | None = None) -> Report:
    """Read the tables in order; each project's tables follow its label table."""
    card = _Card()
    document = printed.restored(document)
    if told is not None:
        _tell(told, document)
    for block in document.blocks:
        if isinstance(block, Grid) and (kind := kind_of(block)) is not None:
            card.take(kind, block)
        elif isinstance(block, Grid):
            card.unread += _rest(cell.words for cell in block.cells)
    return card.report()


def _tell(told: Told, document: Document) -> None:
    """Note which table is which, by its header, and what its labels or columns were taken for."""
    for grid in (block for block in document.blocks if isinstance(block, Grid)):
        kind = kind_of(grid)
        if kind is None:
            continue
        taken = [
            Taken(words=words.text, field=name, whole=name is not None, count=1, place=words.places)
            for words, name in sheetrows.meanings(kind, grid)
        ]
        first = next((cell.words.places for cell in grid.cells if cell.filled), ())
        told.begin("sheet", name=kind, taken=taken, place=first)


def _rest(words: Any) -> list[Unread]:
    return [Unread(code="words", raw=one.text, place=one.places) for one in words if one]


class _Card:
    """The report as far as it is read: the last project is the one that tables belong to."""

    def __init__(self) -> None:
        self.own: dict[str, Any] = {}
        self.projects: list[dict[str, Any]] = []
        self.indicators: dict[str, Indicator] = {}
        self.unread: list[Unread] = []

    def take(self, kind: Kind, grid: Grid) -> None:
        """Read one table into the report or the project it belongs to."""
        if kind in ("report", "project", "verification"):
            self._labelled(kind, grid)
            return
        project = self._project()
        if kind == "spending":
            project["spending"] = (*project.get("spending", ()), *sheetrows.spending(grid))
        elif kind == "indicators":
            self.indicators = sheetrows.indicators(grid)
            project["indicators"] = tuple(self.indicators.values())
        elif kind == "details":
            self.unread += sheetrows.detail(grid, self.indicators)
            project["indicators"] = tuple(self.indicators.values())
        elif kind == "scales":
            project["scales"] = sheetrows.scales(grid)

    def _project(self) -> dict[str, Any]:
        if not self.projects:
            self.projects.append({})
        return self.projects[-1]

    def _labelled(self, kind: Kind, grid: Grid) -> None:
        found = sheetrows.labelled(kind, grid)
        self.unread += _rest(found.pop("", ()))
        if kind == "report":
            self.own |= found
        elif kind == "project":
            self.projects.append(found)
            self.indicators = {}
        else:
            self._project()["verification"] = found

    def report(self) -> Report:
        """Return the report."""
        own = self.own
        return Report(
            projects=tuple(_project(found) for found in self.projects),
            title=_said(own.get("title")),
            chapter=_said(own.get("chapter")),
            bodies=_bodies(own.get("bodies"), own.get("codes")),
            fiscal_year=_year(own.get("fiscal_year")),
            unread=tuple(self.unread),
        )


def _project(found: dict[str, Any]) -> Project:
    """Return a project from the words behind its labels."""
    kind = code("Project.kind", _text(found.get("kind")) or "") or "result"
    return Project(
        kind=kind,  # type: ignore[arg-type]
        number=_text(found.get("number")),
        name=_said(found.get("name")),
        group=_saids(found.get("group")),
        grant=_said(found.get("grant")),
        grant_type=_said(found.get("grant_type")),
        departments=_saids(found.get("departments")),
        bodies=_bodies(found.get("bodies"), found.get("codes")),
        period=_period(found),
        fiscal_year=_year(found.get("fiscal_year")),
        activities=_saids(found.get("activities")),
        spending=found.get("spending", ()),
        indicators=found.get("indicators", ()),
        verification=_verification(found.get("verification", {}), found.get("scales", {})),
        remarks=_saids(found.get("remarks")),
        place=(*_places(found.get("number")), *_places(found.get("name"))),
    )


def _text(words: Words | None) -> str | None:
    said = words.said() if words else None
    return said.text if said else None


def _said(words: Words | None) -> Said | None:
    return words.said() if words else None


def _saids(words: Words | None) -> tuple[Said, ...]:
    """Return the lines of a cell as entries of a list."""
    said = (line.said() for line in words.lines()) if words else ()
    return tuple(one for one in said if one is not None)


def _places(words: Words | None) -> Places:
    return words.places if words else ()


def _bodies(names: Words | None, codes: Words | None) -> tuple[Body, ...]:
    """Return the municipalities, line for line with their codes."""
    numbers = [line.text.strip() for line in codes.lines()] if codes else []
    found = _saids(names)
    numbers += [NONE] * (len(found) - len(numbers))
    return tuple(
        Body(name=one.text, code=number if _is_code(number) else None, place=one.place)
        for one, number in zip(found, numbers, strict=False)
    )


def _is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdigit()


def _year(words: Words | None) -> Year | None:
    """Return a fiscal year; a second line says that it is inferred."""
    lines = [line.text for line in words.lines()] if words else []
    year = read_shown_year(lines[0]) if lines else None
    if year is None:
        return None
    inferred = len(lines) > 1 and code("Year.basis", lines[1]) == "inferred"
    return Year(year=year, basis="inferred" if inferred else "printed", place=_places(words))


def _period(found: dict[str, Any]) -> PeriodSaid | None:
    """Return the period: its own words, its years as their rows say where there are such rows."""
    said = _said(found.get("period"))
    if said is None:
        return None
    period = read_period(said.text)
    first, last = period.first, period.last
    if "first" in found or "last" in found:
        first, last = (read_shown_year(_text(found.get(name)) or "") for name in ("first", "last"))
    return PeriodSaid(raw=said.text, first=first, last=last, place=said.place)


def _verification(found: dict[str, Words], scales: dict[str, Said]) -> Verification | None:
    """Return the verification, or None where nothing was verified."""
    if not found and not scales:
        return None
    saids = {name: _said(words) for name, words in found.items() if name != "date"}
    return Verification(**saids, date=_text(found.get("date")), scales=scales)
