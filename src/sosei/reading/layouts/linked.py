"""関連表. Tables linked by key columns: 事業, 指標, 年度別の値, 経費 … one record a row, as open data has them.

Recognised by the headings alone, in CSV files or on sheets, whoever wrote them: our own tabular forms and those of
others. Rows are put in the order of their numbers. A row whose project or indicator stands in no table makes one of
what it tells (a file of 年度別の値 alone is a report too).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sosei.core import linked
from sosei.core.linked import Table
from sosei.core.report import (
    Body,
    Indicator,
    Project,
    Report,
    Said,
    Spending,
    Unread,
    Verification,
    YearPoint,
)
from sosei.reading.grid import Document
from sosei.reading.layouts.linkedcells import Reading
from sosei.reading.layouts.linkedrows import (
    INDICATOR_LINKS,
    PROJECT_LINKS,
    Record,
    find_tables,
    records,
)
from sosei.reading.layouts.told import Taken, Told

NAME: Final = "linked"
_Rows = dict[str, list[Record]]


def recognise(document: Document) -> float:
    """Return 1 where tables carry the row numbers that link them, less where only other keys do, else 0."""
    found = find_tables(document)
    if any(one.has("Key.project") for one in found):
        return 1.0
    names = {one.table.name for one in found}
    if len(names) > 1:
        return 0.85
    return 0.8 if names == {linked.REPORT.name} else 0.0


def read(document: Document, told: Told | None = None) -> Report:
    """Return the report that the linked tables hold."""
    if told is not None:
        _tell(told, document)
    rows: _Rows = {}
    for table in find_tables(document):
        rows.setdefault(table.table.name, []).extend(records(table))
    reading = Reading()
    drafts = _drafts(rows, reading)
    head = rows.get(linked.REPORT.name, [])
    parts = reading.parts(head[0], "Report") if head else {}
    if linked.BODIES.name in rows:
        own = (row for row in rows[linked.BODIES.name] if row.key("Key.project") is None)
        parts["bodies"] = _bodies(own, reading)
    elif body := _prefix(rows):
        parts["bodies"] = (body,)
    projects = tuple(_project(draft, reading) for draft in drafts)
    unread = (*reading.unread, *(_left(row) for row in head[1:]))
    return Report(**parts, projects=projects, unread=unread)


def _tell(told: Told, document: Document) -> None:
    """Note which tables were found by their headings, and which column is which field."""
    for found in find_tables(document):
        fields = {spot.at: spot.column.field for spot in found.spots}
        taken = [
            Taken(
                words=cell.text,
                field=fields.get(cell.column),
                whole=cell.column in fields,
                count=sum(
                    bool(found.grid.text(row, cell.column))
                    for row in range(found.head + 1, found.grid.rows)
                ),
                place=cell.words.places,
            )
            for cell in found.grid.filled(found.head)
        ]
        place = taken[0].place if taken else ()
        told.begin("linked", name=found.table.name, taken=taken, place=place)


class _Drafts:
    """Projects (or a project's indicators) on the way, found by what links rows to them, the surest link first."""

    def __init__(self, links: Iterable[str]) -> None:
        """Begin with none."""
        self.links = tuple(links)
        self.all: list[_Draft] = []
        self._known: dict[str, dict[str, _Draft]] = {link: {} for link in self.links}

    def add(self, row: Record) -> _Draft:
        """Add the draft that a row introduces; of two with the same key the first is found."""
        draft = _Draft(row)
        self.all.append(draft)
        for link, known in self._known.items():
            if (key := row.key(link)) is not None:
                known.setdefault(key, draft)
        return draft

    def find(self, row: Record) -> _Draft | None:
        """Return the draft that agrees in the surest link that the row and any draft have."""
        for link in self.links:
            key = row.key(link)
            if key is not None and self._known[link]:
                return self._known[link].get(key)
        return None

    def has(self, row: Record, link: str) -> bool:
        """Tell whether a draft agrees with a row in one link."""
        key = row.key(link)
        return key is not None and key in self._known[link]

    def sorted(self) -> list[_Draft]:
        """Return them in the order of their numbers."""
        return sorted(self.all, key=lambda draft: draft.row.at(self.links[0]))


@dataclass(slots=True)
class _Draft:
    """A project or indicator on the way: the row that introduces it, and the rows that belong to it by table."""

    row: Record
    rows: _Rows = field(default_factory=dict)
    indicators: _Drafts = field(default_factory=lambda: _Drafts(INDICATOR_LINKS))

    def take(self, table: str) -> list[Record]:
        """Return the rows of a table that belong here, in the order of their numbers."""
        return sorted(self.rows.get(table, []), key=lambda row: row.at("Key.order"))


def _drafts(rows: _Rows, reading: Reading) -> list[_Draft]:
    """The projects with all that belongs to them, in the order of their numbers."""
    drafts = _Drafts(PROJECT_LINKS)
    for row in rows.get(linked.PROJECTS.name, []):
        drafts.add(row)
    for table in linked.TABLES:
        if table not in {linked.REPORT, linked.PROJECTS}:
            for row in rows.get(table.name, []):
                _attach(row, table, drafts, reading)
    return drafts.sorted()


def _attach(row: Record, table: Table, drafts: _Drafts, reading: Reading) -> None:
    """Put a row with its project (and indicator), making what is missing."""
    if table is linked.BODIES and row.key("Key.project") is None:
        return
    draft = drafts.find(row)
    if draft is None and table is linked.YEARS:
        draft = next((d for d in drafts.all if d.indicators.has(row, "Indicator.id")), None)
    if draft is None:
        if not any(row.key(link) for link in PROJECT_LINKS):
            reading.unread.append(_left(row))
            return
        draft = drafts.add(row)
    if table is linked.INDICATORS:
        draft.indicators.add(row)
        return
    if table is linked.YEARS:
        draft = draft.indicators.find(row) or draft.indicators.add(row)
    draft.rows.setdefault(table.name, []).append(row)


def _left(row: Record) -> Unread:
    """A row that belongs nowhere."""
    raw = " ".join(cell.text for cell in row.cells.values())
    return Unread(code="row-without-key", raw=raw, place=row.places)


def _prefix(rows: _Rows) -> Body | None:
    """The municipality that stands before every row, where no table names it."""
    for row in (row for table in rows.values() for row in table):
        cells = {column.field: cell for (column, _), cell in row.cells.items()}
        name, code = cells.get("Key.body"), cells.get("Key.code")
        if name is not None and (said := name.words.said()):
            six = _six(code.text) if code else None
            return Body(name=said.text, code=six, place=said.place)
    return None


def _six(text: str) -> str | None:
    """A code with the zero that a program took away put back; None when it is no code."""
    code = text.strip().zfill(6)
    return code if len(code) == 6 and code.isascii() and code.isdigit() else None


def _bodies(rows: Iterable[Record], reading: Reading) -> tuple[Body, ...]:
    out = []
    for row in sorted(rows, key=lambda row: row.at("Key.order")):
        parts = reading.parts(row, "Body")
        if "name" not in parts:
            reading.unread.append(_left(row))
            continue
        if "code" in parts:
            parts["code"] = _six(parts["code"])
        out.append(Body(**parts, place=row.places))
    return tuple(out)


def _project(draft: _Draft, reading: Reading) -> Project:
    parts = reading.parts(draft.row, "Project")
    for name in ("activities", "remarks"):
        more = _words(draft.take(name), name, reading)
        parts[name] = (
            (*parts.get(name, ()), *more) if draft.row.table.table is linked.PROJECTS else more
        )
    parts["bodies"] = _bodies(draft.take(linked.BODIES.name), reading)
    parts["spending"] = tuple(_spending(row, reading) for row in draft.take(linked.SPENDING.name))
    parts["indicators"] = tuple(_indicator(one, reading) for one in draft.indicators.sorted())
    parts["verification"] = _verification(draft, reading)
    return Project(**parts, place=draft.row.places)


def _words(rows: Iterable[Record], name: str, reading: Reading) -> tuple[Said, ...]:
    """The words of the rows of a table that holds one list."""
    found = (reading.parts(row, "Project").get(name) for row in rows)
    return tuple(said for said in found if said is not None)


def _spending(row: Record, reading: Reading) -> Spending:
    parts: dict[str, Any] = {"label": None, "yen": None, **reading.parts(row, "Spending")}
    return Spending(**parts, place=row.places)


def _indicator(draft: _Draft, reading: Reading) -> Indicator:
    parts = reading.parts(draft.row, "Indicator")
    years = draft.take(linked.YEARS.name)
    parts["years"] = tuple(YearPoint(**reading.parts(row, "YearPoint")) for row in years)
    return Indicator(**parts, place=draft.row.places)


def _verification(draft: _Draft, reading: Reading) -> Verification | None:
    rows = [*draft.rows.get(linked.VERIFICATION.name, []), draft.row]
    found: dict[str, Any] = {}
    for row in rows:
        found = {**reading.parts(row, "Verification"), **found}
    scales = {}
    for row in draft.take(linked.SCALES.name):
        parts = reading.parts(row, "Key")
        if "scale" in parts and "scale_said" in parts:
            scales[parts["scale"]] = parts["scale_said"]
        else:
            reading.unread.append(_left(row))
    verification = Verification(**found, scales=scales)
    return None if verification == Verification() else verification
