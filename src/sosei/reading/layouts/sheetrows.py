"""調書の表. The tables of card documents, known by their header row: labels, money, indicators by year, scales."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final, Literal

from sosei.core.fields import Lang, code, label
from sosei.core.report import Indicator, Said, Spending, Unread, Value, YearPoint
from sosei.core.shown import read_lines, read_shown_year, read_sum
from sosei.core.text import join_lines
from sosei.reading.grid import Grid, Words

Kind = Literal["report", "project", "verification", "spending", "indicators", "details", "scales"]

LANGS: Final[tuple[Lang, ...]] = ("ja", "en")
_VERIFICATION: Final = (
    "body", "date", "grade", "expert_judgement", "expert_opinion", "obstacle", "countermeasure",
    "next_policy", "next_policy_reason",
)  # fmt: skip
#: Label of a row → what it is called here, for each kind of label table.
_LABELS: Final[dict[str, dict[str, str]]] = {
    "report": {
        "Report.title": "title", "Report.chapter": "chapter", "Report.bodies": "bodies",
        "Body.code": "codes", "Report.fiscal_year": "fiscal_year",
    },
    "project": {
        **{f"Project.{n}": n for n in (
            "number", "name", "kind", "group", "grant", "grant_type", "departments", "bodies", "period",
            "fiscal_year", "activities", "remarks",
        )},
        "Sheet.partner_codes": "codes", "PeriodSaid.first": "first", "PeriodSaid.last": "last",
    },
    "verification": {f"Verification.{name}": name for name in _VERIFICATION},
}  # fmt: skip
_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "spending": (
        *(f"Spending.{n}" for n in ("number", "label", "kind", "role", "fiscal_year", "fund", "shared_by", "note")),
        "Sheet.yen",
    ),
    "indicators": (
        "Sheet.entry",
        *(f"Indicator.{n}" for n in ("name", "unit", "baseline", "baseline_year")),
        *(f"YearPoint.{n}" for n in (
            "fiscal_year", "label", "due", "target", "actual", "cumulative_actual", "rate", "rating",
        )),
    ),
    "details": ("Sheet.entry", "Sheet.detail", "Sheet.content"),
    "scales": ("Key.scale", "Key.scale_said"),
}  # fmt: skip
#: The columns without which a table is not of its kind, by the kinds that a header is tried for.
_NEEDED: Final[dict[Kind, tuple[str, ...]]] = {
    "report": ("Sheet.report", "Sheet.content"),
    "project": ("Sheet.project", "Sheet.content"),
    "verification": ("Sheet.verification", "Sheet.content"),
    "details": ("Sheet.entry", "Sheet.detail", "Sheet.content"),
    "indicators": ("Sheet.entry", "Indicator.name", "YearPoint.fiscal_year"),
    "spending": ("Spending.label", "Sheet.yen"),
    "scales": ("Key.scale", "Key.scale_said"),
}
_DETAILS: Final = (
    "number", "parent", "definition", "statistic", "type", "direction", "expression", "year_type", "count_kind",
    "increase_total", "rating", "note",
)  # fmt: skip
_PLAIN: Final = frozenset({"number"})
_CODED: Final = frozenset({"type", "direction", "expression", "year_type", "count_kind"})
_VALUES: Final = ("target", "actual", "cumulative_actual")


@cache
def _fields(fields: tuple[str, ...]) -> dict[str, str]:
    """Return the labels of fields in both languages."""
    return {label(f, lang): f for f in fields for lang in LANGS}


def _said_header(grid: Grid) -> list[str]:
    return [join_lines(grid.text(0, column)) for column in range(grid.columns)]


def kind_of(grid: Grid) -> Kind | None:
    """Return what kind of table a header row announces; None: none of a card's."""
    if not grid.rows:
        return None
    header = _said_header(grid)
    for kind, needed in _NEEDED.items():
        known = _fields(needed)
        found = [known[text] for text in header if text in known]
        if set(needed) <= set(found) and header[0] in known | _fields(_COLUMNS.get(kind, ())):
            return kind
    return None


def labelled(kind: Kind, grid: Grid) -> dict[str, Any]:
    """Return the words behind each known label; under "" the words of rows whose label nobody knows."""
    known = _fields(tuple(_LABELS[kind]))
    found: dict[str, Any] = {}
    for row in range(1, grid.rows):
        field = known.get(join_lines(grid.text(row, 0)))
        words = _words(grid, row, 1)
        if field is not None and words:
            found[_LABELS[kind][field]] = words
        elif field is None:
            found.setdefault("", []).extend([_words(grid, row, 0), words])
    return found


def meanings(kind: Kind, grid: Grid) -> list[tuple[Words, str | None]]:
    """Return the labels or column headers of a table with the field that each names; None: it names none."""
    if kind in _LABELS:
        known = _fields(tuple(_LABELS[kind]))
        said = [_words(grid, row, 0) for row in range(1, grid.rows)]
    else:
        known = _fields(_COLUMNS[kind])
        said = [_words(grid, 0, column) for column in range(grid.columns)]
    return [(words, known.get(join_lines(words.text))) for words in said if words]


def _words(grid: Grid, row: int, column: int | None) -> Words:
    cell = grid.at(row, column) if column is not None else None
    return cell.words if cell else Words()


def _columns(kind: Kind, grid: Grid) -> dict[str, int]:
    """Return the column of each field that the header names."""
    known = _fields(_COLUMNS[kind])
    found: dict[str, int] = {}
    for column, text in enumerate(_said_header(grid)):
        if text in known:
            found.setdefault(known[text], column)
    return found


def _lines(words: Words) -> list[str]:
    return [line.text for line in words.lines()]


def value(words: Words, unit: str | None) -> Value | None:
    """Return the figure of a cell, None where the cell is empty."""
    lines = _lines(words)
    if not lines:
        return None
    found = read_lines([join_lines(line) for line in lines], unit=unit)
    plain = format(found.number, "f") if found.number is not None else found.text
    raw = words.text.strip()
    return replace(found, raw=raw if raw != plain else None, place=words.places)


# -- money ----------------------------------------------------------------------------------------------------


def spending(grid: Grid) -> Iterator[Spending]:
    """Yield the lines of a table of money."""
    columns = _columns("spending", grid)
    for row in range(1, grid.rows):
        words = {f.partition(".")[2]: _words(grid, row, c) for f, c in columns.items()}
        if any(words.values()):
            yield _money(words)


def _money(words: dict[str, Words]) -> Spending:
    empty = Words()
    text = {name: join_lines(one.text) for name, one in words.items()}
    yen, unit = read_sum(text["yen"])
    shared = text.get("shared_by", "")
    return Spending(
        label=words["label"].said(),
        yen=yen,
        unit=unit,
        number=text.get("number") or None,
        kind=code("Spending.kind", text.get("kind", "")),  # type: ignore[arg-type]
        role=code("Spending.role", text.get("role", "")),  # type: ignore[arg-type]
        fiscal_year=read_shown_year(text.get("fiscal_year", "")),
        fund=words.get("fund", empty).said(),
        shared_by=int(shared) if shared.isascii() and shared.isdigit() else None,
        note=words.get("note", empty).said(),
        raw=text["yen"] or None,
        place=words["yen"].places,
    )


# -- indicators -----------------------------------------------------------------------------------------------


def indicators(grid: Grid) -> dict[str, Indicator]:
    """Return the indicators by the entry numbers of their table; each year is a row beside the indicator's cells."""
    columns = _columns("indicators", grid)
    found: dict[str, Indicator] = {}
    own, entry = columns["Sheet.entry"], ""
    for row in range(1, grid.rows):
        cell = grid.at(row, own)
        if cell is None or cell.row == row:
            entry = _fresh(join_lines(cell.text) if cell else "", found)
            found[entry] = _indicator(grid, row, columns)
        point = _point(grid, row, columns, found[entry].unit)
        if point is not None:
            found[entry] = replace(found[entry], years=(*found[entry].years, point))
    return found


def _fresh(entry: str, found: dict[str, Any]) -> str:
    """Return an entry number, made different where it was used before."""
    return entry if entry not in found else f"{entry} {len(found)}"


def _indicator(grid: Grid, row: int, columns: dict[str, int]) -> Indicator:
    words = {
        f.partition(".")[2]: _words(grid, row, columns.get(f))
        for f in _COLUMNS["indicators"]
        if f.startswith("Indicator.")
    }
    unit = words["unit"].said()
    return Indicator(
        name=words["name"].said(),
        unit=unit.text if unit else None,
        baseline=value(words["baseline"], unit.text if unit else None),
        baseline_year=read_shown_year(join_lines(words["baseline_year"].text)),
        place=words["name"].places,
    )


def _point(grid: Grid, row: int, columns: dict[str, int], unit: str | None) -> YearPoint | None:
    """Return the year of a row; None where its cells are all empty."""
    words = {
        f.partition(".")[2]: _words(grid, row, column)
        for f, column in columns.items()
        if f.startswith("YearPoint.")
    }
    if not any(words.values()):
        return None
    empty = Words()
    saids = {name: words.get(name, empty).said() for name in ("label", "due", "rate", "rating")}
    values = {name: value(words.get(name, empty), unit) for name in _VALUES}
    return YearPoint(
        fiscal_year=read_shown_year(join_lines(words["fiscal_year"].text)),
        label=saids["label"].text if saids["label"] else None,
        due=saids["due"].text if saids["due"] else None,
        rate=saids["rate"],
        rating=saids["rating"],
        **values,
    )


def detail(grid: Grid, found: dict[str, Indicator]) -> list[Unread]:
    """Add what a table says more of the indicators; return what belongs to none or is not known."""
    known = _fields(tuple(f"Indicator.{name}" for name in _DETAILS))
    columns = _columns("details", grid)
    rest: list[Unread] = []
    for row in range(1, grid.rows):
        entry, name, words = (_words(grid, row, columns[f]) for f in _COLUMNS["details"])
        field, key = known.get(join_lines(name.text)), join_lines(entry.text)
        if field is None or key not in found:
            rest += [Unread(code="words", raw=w.text, place=w.places) for w in (name, words) if w]
            continue
        attribute = field.partition(".")[2]
        part = _detail(attribute, words, found[key].unit)
        place = (*found[key].place, *words.places) if attribute == "number" else found[key].place
        found[key] = replace(found[key], **{attribute: part}, place=place)  # type: ignore[arg-type]
    return rest


def _detail(attribute: str, words: Words, unit: str | None) -> Value | Said | str | None:
    if attribute == "increase_total":
        return value(words, unit)
    if attribute in _CODED:
        return code(f"Indicator.{attribute}", join_lines(words.text))
    said = words.said()
    return said.text if said and attribute in _PLAIN else said


def scales(grid: Grid) -> dict[str, Said]:
    """Return the results of a report's own scales by their names."""
    columns = _columns("scales", grid)
    found: dict[str, Said] = {}
    for row in range(1, grid.rows):
        name, result = (_words(grid, row, columns[f]) for f in _COLUMNS["scales"])
        said = result.said()
        if name and said:
            found[join_lines(name.text)] = said
    return found
