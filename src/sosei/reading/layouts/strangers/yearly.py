"""年度別の表. A book with a sheet a year: what a sheet says is of the year in its name, and the same rows are one indicator."""

from __future__ import annotations

import dataclasses
from typing import Final

from sosei.core.fiscal import find_years
from sosei.core.report import Year
from sosei.core.text import fold
from sosei.reading.grid import Document, Grid
from sosei.reading.layouts.strangers.drafts import IndicatorDraft, ProjectDraft, merge, same_name

#: Roles of figures that are of a sheet's year where nothing else dates them.
_OF_YEAR: Final = frozenset({"target", "actual", "cumulative", "rate", "rating"})
#: A sheet's name beside its year is no longer than this: 実績（R4）.
_BESIDE: Final = 8


def sheet_years(document: Document, near: int) -> dict[str, int]:
    """Return the years that the names of sheets say; none where fewer than two sheets are of different years."""
    found: dict[str, int] = {}
    for grid in document.grids:
        name = grid.name.text if grid.sheet else ""
        years = find_years(name, near=near)
        if len(years) == 1 and len(name) - (years[0].end - years[0].start) <= _BESIDE:
            found[name] = years[0].fiscal_year
    return found if len(set(found.values())) > 1 else {}


def year_of_sheet(grid: Grid, years: dict[str, int]) -> int | None:
    """Return the year of the sheet that a grid is."""
    return years.get(grid.name.text) if grid.sheet and years else None


def date(projects: list[ProjectDraft], year: int) -> None:
    """Give what was read of a sheet, and nothing dates, the sheet's year."""
    for project in projects:
        project.spending = [
            dataclasses.replace(one, fiscal_year=year) if one.fiscal_year is None else one
            for one in project.spending
        ]
        for fact in (fact for draft in project.indicators for fact in draft.facts):
            bare = (fact.year, fact.label, fact.shift) == (None, None, None)
            if bare and fact.role in _OF_YEAR:
                fact.year = year


def joined(projects: list[ProjectDraft]) -> list[ProjectDraft]:
    """Return each project of several sheets once, its indicators each with the figures of all sheets."""
    out: list[ProjectDraft] = []
    for project in projects:
        same = next((known for known in out if _is_same(known, project)), None)
        if same is None:
            out.append(project)
            continue
        same.spending += project.spending
        same.indicators += project.indicators
    for project in out:
        project.indicators = _merged(project.indicators)
    return out


def _is_same(known: ProjectDraft, project: ProjectDraft) -> bool:
    if known.kind != project.kind or [s.text for s in known.group] != [
        s.text for s in project.group
    ]:
        return False
    return (known.name is None and project.name is None) or same_name(known.name, project.name)


def _merged(indicators: list[IndicatorDraft]) -> list[IndicatorDraft]:
    out: list[IndicatorDraft] = []
    known: dict[tuple[str, str | None], IndicatorDraft] = {}
    for draft in indicators:
        key = (fold(draft.name.text) if draft.name is not None else "", draft.unit)
        same = known.setdefault(key, draft) if key[0] else draft
        rating, draft.rating = draft.rating, draft.rating if same is draft else None
        if same is draft or not merge(same, draft):
            draft.rating = rating
            out.append(draft)
    return out


def latest(document: Document, years: dict[str, int]) -> Year | None:
    """Return the year of the newest sheet as the report's."""
    if not years:
        return None
    name = max(years, key=lambda each: years[each])
    grid = next(grid for grid in document.grids if grid.sheet and grid.name.text == name)
    return Year(year=years[name], basis="inferred", raw=name, place=grid.name.places)
