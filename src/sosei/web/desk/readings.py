"""読み取りの見え方. The page's figures as people see them: what was read, what it is now, where it stands on the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.report import Places, Report, Spending, Value
from sosei.core.shown import show_number, show_value
from sosei.ledger.mending import Figure, Mend
from sosei.ledger.queries.readings import ReadingSeen
from sosei.ledger.readings import Reading
from sosei.reading.pictures import Box, Sheet
from sosei.reading.spots import Spot
from sosei.web.desk.mendwords import role_name
from sosei.web.desk.saying import lang, say

#: What of the list of things to look at is shown at once.
MOST_FIRST: Final = 40
#: Projects that are listed at once, of a file without pages.
PROJECTS: Final = 20
#: How far around a box its enlarged picture reaches, points.
_AROUND: Final = (70.0, 14.0)
#: By how much a box is drawn wider than what stands in it, points.
_PAD: Final = (3.0, 2.0)


@dataclass(frozen=True, kw_only=True)
class Item:
    """読み取ったものの一つ. `id`: v17 a figure, u3 what was not read. `now`: what it is taken for, `read`: what was read, where that is another.

    `state`: doubt, unread, mended, seen, left, or nothing. `boxes`: on the picture, in points. `alike`: how many
    figures stand under the same heading and were read as the same.
    """

    id: str
    query: str
    name: str
    what: str
    now: str
    place: Places
    project: str = ""
    read: str = ""
    raw: str = ""
    state: str = ""
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    group: int = 0
    head: str = ""
    alike: int = 1
    figure: Figure | None = None

    @property
    def label(self) -> str:
        """What it is called for those who do not see the picture."""
        return " ".join(one for one in (self.name, self.what, self.now) if one)

    @property
    def is_loud(self) -> bool:
        """Whether a person looks here first."""
        return self.state in ("doubt", "unread", "loose")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """枠. A box on the picture, and the things that stand in it; the link goes to the first."""

    box: Box
    items: tuple[Item, ...]

    @property
    def ids(self) -> str:
        """Their ids."""
        return " ".join(one.id for one in self.items)

    @property
    def label(self) -> str:
        """What stands in it."""
        return "、".join(one.label for one in self.items)

    @property
    def is_loud(self) -> bool:
        """Whether any of them is to be looked at first."""
        return any(one.is_loud for one in self.items)

    @property
    def is_note(self) -> bool:
        """Whether nothing in it is a figure."""
        return all(one.figure is None for one in self.items)

    @property
    def is_mended(self) -> bool:
        """Whether any of them was corrected."""
        return any(one.state == "mended" for one in self.items)


@dataclass(frozen=True, kw_only=True)
class Part:
    """事業ごとの値. A project with what was read of it."""

    title: str
    rows: list[tuple[str, list[Item]]] = field(default_factory=list)


def items_of(seen: ReadingSeen) -> list[Item]:
    """Return everything that was read as a figure, then what was not read."""
    reading, alike = seen.reading, Counter(_kind(one, seen.reading) for one in seen.reading.figures)
    figures = [_figure(one, seen, alike[_kind(one, reading)]) for one in reading.figures]
    notes = [_unread(n, seen) for n in range(len(reading.report.unread))]
    return figures + notes


def pages_of(items: list[Item]) -> list[int]:
    """Return the pages that anything stands on."""
    return sorted({one.page for one in items if one.page})


def first_of(items: list[Item]) -> list[Item]:
    """Return what is looked at first: figures that nothing was made of, those that nothing bears out, what was not read."""
    return [one for state in ("loose", "doubt", "unread") for one in items if one.state == state]


def parts_of(items: list[Item]) -> list[Part]:
    """Return things by project and indicator, in order; what was not read comes last, for it belongs to none."""
    found: list[Part] = []
    for one in sorted(items, key=_order):
        if not found or found[-1].title != one.project:
            found.append(Part(title=one.project))
        rows = found[-1].rows
        if not rows or rows[-1][0] != one.name:
            rows.append((one.name, []))
        rows[-1][1].append(one)
    return found


def chunk_of(item: Item) -> int:
    """Return the part of a file without pages that a thing is listed in, from 0; what was not read stands in the first."""
    return item.figure.project // PROJECTS if item.figure else 0


def _order(item: Item) -> tuple[int, int]:
    figure = item.figure
    if figure is None:
        return (10**6, 0)
    return figure.project, 10**6 if figure.indicator is None else figure.indicator


def marks_of(items: list[Item]) -> list[Mark]:
    """Return the boxes of a page, those first that stand highest; things in one box share it."""
    held: dict[Box, list[Item]] = {}
    for one in items:
        for box in one.boxes:
            held.setdefault(box, []).append(one)
    ordered = sorted(held, key=lambda box: (round(box[1]), box[0]))
    return [Mark(box=box, items=tuple(held[box])) for box in ordered]


def around(item: Item, sheet: Sheet) -> str:
    """Return the part of a page around a thing as an SVG view box."""
    left, top, wide, high = item.boxes[0]
    x, y = max(0.0, left - _AROUND[0]), max(0.0, top - _AROUND[1])
    right, below = min(sheet.wide, left + wide + _AROUND[0]), min(sheet.high, top + high + _AROUND[1])  # fmt: skip
    return f"{x:.1f} {y:.1f} {right - x:.1f} {below - y:.1f}"


def _kind(figure: Figure, reading: Reading) -> tuple[str, Spot | None]:
    """Return what is the same for figures under one heading that were read as the same."""
    return figure.role, reading.spots.get(figure.path)


def _figure(figure: Figure, seen: ReadingSeen, alike: int) -> Item:
    reading, mend = seen.reading, seen.mends.get(figure.path)
    spot = reading.spots.get(figure.path)
    now = _now(figure, reading, mend)
    read = (
        figure.loose.raw if figure.loose else _shown(figure.value or figure.spending, figure.unit)
    )
    return Item(
        id=f"v{figure.number}", query=f"value={figure.number}", figure=figure, place=figure.place,
        project=_project(reading.report, figure.project), name=_name(figure, reading),
        what=now.what, now=now.shown, read="" if (read, _what(figure)) == (now.shown, now.what) else f"{_what(figure)} {read}",
        raw=figure.raw or read, state=_state(figure, mend, now.is_left), group=_group(figure, seen),
        page=_page(figure.place, reading.sheets), boxes=_boxes(figure.place, reading.sheets),
        head=spot.head if spot else "", alike=alike if spot else 1,
    )  # fmt: skip


def _group(figure: Figure, seen: ReadingSeen) -> int:
    mend = seen.mends.get(figure.path) or seen.mends.get(figure.owner)
    return mend.group if mend else 0


def _state(figure: Figure, mend: Mend | None, is_left: bool) -> str:
    if mend is not None and mend.says_nothing:
        return "seen"
    if is_left:
        return "left"
    if mend is not None:
        return "mended"
    if figure.loose is not None:
        return "loose"
    return "doubt" if figure.doubtful else ""


@dataclass(frozen=True, slots=True)
class _Now:
    what: str
    shown: str
    is_left: bool = False


def _now(figure: Figure, reading: Reading, mend: Mend | None) -> _Now:
    """Return what a figure is taken for now."""
    path = reading.mended.paths.get(figure.path)
    if path is None and figure.loose is not None:
        is_left = mend is not None and mend.role == "none"
        return _Now(_what(figure), figure.loose.raw, is_left)
    if path is None:
        return _Now(_what(figure), say("取り込みません", "left out"), True)
    report, steps = reading.mended.report, path.split("/")
    project = report.projects[int(steps[2])]
    if steps[3] == "spending":
        spending = project.spending[int(steps[4])]
        return _Now(_year_words(figure, spending.fiscal_year, ""), _shown(spending, spending.unit))
    indicator = project.indicators[int(steps[4])]
    role = steps[-1]
    if steps[5] != "years":
        year = indicator.baseline_year if role == "baseline" else None
        return _Now(_year_words(figure, year, role), _shown(getattr(indicator, role), indicator.unit))  # fmt: skip
    point = indicator.years[int(steps[6])]
    words = point.label or ""
    when = point.fiscal_year or (None if words else report.year_of(project))
    what = f"{words} {role_name(role)}" if words else _year_words(figure, when, role)
    return _Now(what.strip(), _shown(getattr(point, role), indicator.unit))


def _what(figure: Figure) -> str:
    if figure.label:
        return f"{figure.label} {role_name(figure.role)}"
    return _year_words(figure, figure.year, "" if figure.role == "spending" else figure.role)


def _year_words(figure: Figure, year: int | None, role: str) -> str:
    when = year if year is not None else (figure.year if role == "" else None)
    return f"{_year(when)} {role_name(role) if role else ''}".strip()


def _year(year: int | None) -> str:
    if year is None:
        return ""
    if lang() == "en":
        return f"FY{year}"
    return str(FiscalYear(year)) if year in RANGE else f"{year}年度"


def _shown(part: Value | Spending | None, unit: str | None) -> str:
    if isinstance(part, Spending):
        return "－" if part.yen is None else f"{show_number(part.yen)}{say('円', ' yen')}"
    if part is None:
        return "－"
    first, *rest = show_value(part, unit=unit, lang=lang())
    own = unit if part.number is not None and part.unit is None and unit else ""
    return "、".join([f"{first}{' ' if own and lang() == 'en' else ''}{own}", *rest])


def _name(figure: Figure, reading: Reading) -> str:
    project = reading.report.projects[figure.project]
    if figure.spending is not None:
        said = figure.spending.label
        return said.text if said else say("経費", "money")
    name = project.indicators[figure.indicator or 0].name
    return name.text if name else say("名称のない指標", "an indicator without a name")


def _project(report: Report, number: int) -> str:
    name = report.projects[number].name
    return name.text if name else say("名称のない事業", "a project without a name")


def _unread(number: int, seen: ReadingSeen) -> Item:
    note, mend = seen.reading.report.unread[number], seen.mends.get(f"/unread/{number}")
    state = "unread" if mend is None else "seen" if mend.says_nothing else "mended"
    sheets = seen.reading.sheets
    return Item(
        id=f"u{number + 1}", query=f"unread={number + 1}", name="", what="", now=note.raw,
        project=say("読めなかった所", "Not read"), place=note.place, state=state, group=mend.group if mend else 0,
        page=_page(note.place, sheets), boxes=_boxes(note.place, sheets),
    )  # fmt: skip


def _page(places: Places, sheets: Mapping[int, Sheet]) -> int | None:
    return next((one.page for one in places if one.page in sheets), None)


def _boxes(places: Places, sheets: Mapping[int, Sheet]) -> tuple[Box, ...]:
    return tuple(_on(places, sheets))


def _on(places: Places, sheets: Mapping[int, Sheet]) -> Iterator[Box]:
    page = _page(places, sheets)
    for one in places:
        if page is not None and one.page == page and one.box is not None:
            left, top, wide, high = sheets[page].on(one.box)
            x, y = _PAD
            box = left - x, top - y, wide + 2 * x, high + 2 * y
            yield round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


def mend_lines(seen: ReadingSeen, items: list[Item]) -> list[dict[str, Any]]:
    """Return what was corrected, what was done at once as one line."""
    named = {one.id: one for one in items} | {one.figure.owner: one for one in items if one.figure}
    named |= {one.figure.path: one for one in items if one.figure}
    found: dict[int, dict[str, Any]] = {}
    for mend in seen.reading.mends:
        item = named.get(_note_id(mend.at) or mend.at)
        line = found.setdefault(mend.group, {"group": mend.group, "item": item, "count": 0, "habit": mend.habit, "seen": mend.says_nothing})  # fmt: skip
        line["count"] += 1
        line["others"] = line["count"] - 1
    return [found[group] for group in sorted(found, reverse=True)]


def _note_id(at: str) -> str:
    return f"u{int(at.rpartition('/')[2]) + 1}" if at.startswith("/unread/") else ""
