"""紙面の数表. The tables of figures of a card: money, indicators by year, and what more is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from sosei.core.fields import Lang, label, word
from sosei.core.report import Indicator, Project, Spending, Value, YearPoint
from sosei.core.shown import show_value, show_year, show_yen
from sosei.publishing.pagerefs import References
from sosei.publishing.pagetable import Cell, Kind, Table, head, refs_cell, widths_of

# -- spending -------------------------------------------------------------------------------------------------

_SPENDING: Final = (
    "number",
    "label",
    "yen",
    "kind",
    "role",
    "fiscal_year",
    "fund",
    "shared_by",
    "note",
)


def spending(project: Project, ident: str, refs: References, lang: Lang) -> Table | None:
    """Return the table of money; columns that no line uses are left out."""
    if not project.spending:
        return None
    kept = {"label", "yen"}
    names = [
        n
        for n in _SPENDING
        if n in kept or any(getattr(s, n) is not None for s in project.spending)
    ]
    fields = ["Sheet.yen" if n == "yen" else f"Spending.{n}" for n in names]
    fields += ["Sheet.refs"] if refs.any else []
    back = f"{ident}-money"
    rows = tuple(
        (
            *(_money_cell(line, n, lang) for n in names),
            *refs_cell(refs, back, _money_whats(line, lang)),
        )
        for line in project.spending
    )
    return Table(
        ident=back, kind="spending", caption=label("Project.spending", lang),
        head=head(fields, lang), rows=rows, widths=widths_of(fields),
    )  # fmt: skip


def _money_whats(line: Spending, lang: Lang) -> Iterator[tuple[str, Any]]:
    name = str(line.label or label("Project.spending", lang))
    yield name, line.label
    yield f"{name}（{label('Sheet.yen', lang)}）", line
    for field in ("fund", "note"):
        yield f"{name}（{label(f'Spending.{field}', lang)}）", getattr(line, field)


def _money_cell(line: Spending, name: str, lang: Lang) -> Cell:
    part = getattr(line, name)
    if name == "yen":
        return Cell(lines=(show_yen(part, line.unit),), kind="figure")
    if part is None:
        return Cell()
    if name in ("kind", "role"):
        return Cell(lines=(word(f"Spending.{name}", part, lang),))
    if name == "fiscal_year":
        return Cell(lines=(show_year(part, lang),), kind="year")
    return Cell(lines=(str(part),), kind="figure" if name == "shared_by" else "words")


# -- indicators -----------------------------------------------------------------------------------------------

_OF_INDICATOR: Final = ("name", "unit", "baseline", "baseline_year")
_OF_YEAR: Final = (
    "fiscal_year",
    "label",
    "due",
    "target",
    "actual",
    "cumulative_actual",
    "rate",
    "rating",
)
_ALWAYS: Final = {
    "Indicator.name", "Indicator.unit",
    "YearPoint.fiscal_year", "YearPoint.target", "YearPoint.actual",
}  # fmt: skip
DETAILS: Final = (
    "number", "parent", "definition", "statistic", "type", "direction", "expression", "year_type", "count_kind",
    "increase_total", "rating", "note",
)  # fmt: skip
_MORE: Final = {"ja": "指標の説明", "en": "About the indicators"}
_CODED: Final = frozenset({"type", "direction", "expression", "year_type", "count_kind"})


def indicators(project: Project, ident: str, refs: References, lang: Lang) -> Table | None:
    """Return the table of indicators: a row for each year, the indicator's own cells reaching down over them."""
    if not project.indicators:
        return None
    used = _used(project)
    first = [f"Indicator.{n}" for n in _OF_INDICATOR if f"Indicator.{n}" in used]
    years = [f"YearPoint.{n}" for n in _OF_YEAR if f"YearPoint.{n}" in used]
    fields = ["Sheet.entry", *first, *years, *(["Sheet.refs"] if refs.any else [])]
    back = f"{ident}-kpi"
    rows = tuple(
        row
        for at, one in enumerate(project.indicators, 1)
        for row in _indicator_rows(at, one, first, years, refs, back, lang)
    )
    return Table(
        ident=back, kind="indicators", caption=label("Project.indicators", lang),
        head=head(fields, lang), rows=rows, widths=widths_of(fields),
    )  # fmt: skip


def _used(project: Project) -> set[str]:
    own = {
        f"Indicator.{name}"
        for one in project.indicators
        for name in _OF_INDICATOR
        if getattr(one, name) is not None
    }
    by_year = {
        f"YearPoint.{name}"
        for one in project.indicators
        for point in one.years
        for name in _OF_YEAR
        if getattr(point, name) is not None
    }
    # A plan owes no results: a column of blanks would look as if they were missing.
    always = _ALWAYS - ({"YearPoint.actual"} if project.kind == "plan" else set())
    return always | own | by_year


def _indicator_rows(
    at: int, one: Indicator, first: list[str], years: list[str], refs: References, back: str, lang: Lang
) -> Iterator[tuple[Cell, ...]]:  # fmt: skip
    points: tuple[YearPoint | None, ...] = one.years or (None,)
    own = [Cell(lines=(str(at),), kind="entry"), *(_cell(one, f, one.unit, lang) for f in first)]
    name = str(one.name or f"No. {at}")
    for index, point in enumerate(points):
        cells = [replace(cell, rows=len(points)) for cell in own] if index == 0 else []
        cells += [_cell(point, f, one.unit, lang) for f in years]
        whats = _own_whats(name, one, lang) if index == 0 else []
        yield (*cells, *refs_cell(refs, back, [*whats, *_year_whats(name, point, lang)]))


def _own_whats(name: str, one: Indicator, lang: Lang) -> list[tuple[str, Any]]:
    return [(name, one.name), (f"{name}（{label('Indicator.baseline', lang)}）", one.baseline)]


def _year_whats(name: str, point: YearPoint | None, lang: Lang) -> list[tuple[str, Any]]:
    if point is None:
        return []
    year = f"{show_year(point.fiscal_year, lang)} " if point.fiscal_year is not None else ""
    names = ("target", "actual", "cumulative_actual", "rate", "rating")
    return [(f"{name}（{year}{label(f'YearPoint.{n}', lang)}）", getattr(point, n)) for n in names]


def _cell(part: Any, field: str, unit: str | None, lang: Lang) -> Cell:
    """Return the cell of an indicator or of one of its years. No year's cells are all empty: there is no year."""
    attribute = field.partition(".")[2]
    if part is None:
        return Cell()
    found = getattr(part, attribute)
    if field == "YearPoint.fiscal_year" and found is None:
        return Cell(lines=(label("Sheet.this_year", lang),))
    if found is None:
        return Cell(kind="figure" if attribute in ("target", "actual", "baseline") else "words")
    if isinstance(found, Value):
        lines = show_value(found, unit=unit, lang=lang)
        kind: Kind = "words" if found.text is not None else "figure"
        return Cell(lines=lines, kind=kind, gap=found.gap is not None)
    if attribute in ("fiscal_year", "baseline_year"):
        return Cell(lines=(show_year(found, lang),), kind="year")
    kind = "figure" if attribute == "rate" else "label" if field == "Indicator.name" else "words"
    return Cell(lines=(str(found),), kind=kind)


def details(project: Project, ident: str, refs: References, lang: Lang) -> Table | None:
    """Return what more is said of the indicators, by the number that they have in their table."""
    back = f"{ident}-details"
    rows = tuple(
        row
        for at, one in enumerate(project.indicators, 1)
        for row in _detail_rows(at, one, refs, back, lang)
    )
    if not rows:
        return None
    columns = [
        "Sheet.entry",
        "Sheet.detail",
        "Sheet.content",
        *(["Sheet.refs"] if refs.any else []),
    ]
    return Table(
        ident=back, kind="details", caption=_MORE[lang], head=head(columns, lang), rows=rows,
        widths=(2, 5, 20, 3)[: len(columns)], titled=False,
    )  # fmt: skip


def _detail_rows(
    at: int, one: Indicator, refs: References, back: str, lang: Lang
) -> Iterator[tuple[Cell, ...]]:
    own = [(name, part) for name in DETAILS if (part := getattr(one, name)) is not None]
    for index, (name, part) in enumerate(own):
        entry = [Cell(lines=(str(at),), kind="entry", rows=len(own))] if index == 0 else []
        title = label(f"Indicator.{name}", lang)
        placed = None if isinstance(part, str) else part
        yield (
            *entry,
            Cell(lines=(title,), kind="label"),
            detail(name, part, one.unit, lang),
            *refs_cell(refs, back, ((f"{one.name or at}（{title}）", placed),)),
        )


def detail(name: str, part: Any, unit: str | None, lang: Lang) -> Cell:
    """Return the cell of what more is said of an indicator; `name`: one of DETAILS."""
    if isinstance(part, Value):
        return Cell(lines=show_value(part, unit=unit, lang=lang))
    if name in _CODED:
        return Cell(lines=(word(f"Indicator.{name}", part, lang),))
    return Cell(lines=(str(part),))
