"""覚えた直し. A correction that a heading led to, kept for its layout; and what it would do to the next such file.

Learned is what a layout's headings mean: the role of a column, its year (counted from the report's own), its unit; which
rows are no indicators, and where a row belongs. A figure is never learned. A habit asks for the same mistake: where the
reader reads it rightly by itself, or otherwise wrong, it proposes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from sosei.core.report import Report
from sosei.core.text import fold
from sosei.ledger.mending.figures import Figure
from sosei.ledger.mending.mends import Mend, Role
from sosei.reading.spots import Spot

#: What of a figure is told by its heading.
_BY_HEAD: Final = ("role", "shift", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """覚えた直し. `at`: {"key", "nth"} of a column, or {"row"} by its name; `was` and `is_`: what is read, what it is.

    Both name role, unit, shift (years from the report's own year), project (by its name), leave (true).
    """

    layout: str
    head: str
    at: Mapping[str, Any]
    was: Mapping[str, Any]
    is_: Mapping[str, Any]
    pk: int = 0

    @property
    def is_row(self) -> bool:
        """Whether it is about a row."""
        return "row" in self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """提案する直し. A habit, and the mends that it comes to here."""

    habit: Habit
    mends: tuple[Mend, ...] = field(default=())


def like(
    figure: Figure, all_figures: Iterable[Figure], spots: Mapping[str, Spot]
) -> tuple[Figure, ...]:
    """Return the figures under the same heading that were read as the same thing, the figure itself first."""
    here = spots.get(figure.path)
    if here is None:
        return (figure,)
    alike = (
        one for one in all_figures
        if one.path != figure.path and one.role == figure.role and _same(spots.get(one.path), here)
    )  # fmt: skip
    return (figure, *alike)


def _same(one: Spot | None, other: Spot) -> bool:
    return one is not None and (one.layout, one.key, one.nth) == (
        other.layout,
        other.key,
        other.nth,
    )


def habit_of(report: Report, figure: Figure, spot: Spot, mend: Mend) -> Habit | None:
    """Return what is learned from a mend of a figure under a heading; None where nothing of it is the heading's."""
    own = report.year_of(report.projects[figure.project])
    was: dict[str, Any] = {}
    found: dict[str, Any] = {}
    if mend.role not in (None, figure.role):
        was["role"], found["role"] = figure.role, mend.role
    if mend.year not in (None, figure.year) and own is not None:
        was["shift"] = None if figure.year is None else figure.year - own
        found["shift"] = (mend.year or own) - own
    if mend.unit not in (None, figure.unit):
        was["unit"], found["unit"] = figure.unit, mend.unit
    if not found:
        return None
    at = {"key": spot.key, "nth": spot.nth}
    return Habit(layout=spot.layout, head=spot.head, at=at, was=was, is_=found)


def row_habit(name: str, spot: Spot, is_: Mapping[str, Any]) -> Habit:
    """Return what is learned of a row: that it is left out, or the project (by its name) that it belongs to."""
    return Habit(layout=spot.layout, head=name, at={"row": fold(name)}, was={}, is_=is_)


def proposed(
    habits: Iterable[Habit], report: Report, found: Iterable[Figure], spots: Mapping[str, Spot]
) -> list[Proposed]:
    """Return what habits come to for a report as read; those that come to nothing are left out."""
    all_figures = tuple(found)
    each = ((habit, tuple(_mends(habit, report, all_figures, spots))) for habit in habits)
    return [Proposed(habit=habit, mends=mends) for habit, mends in each if mends]


def _mends(
    habit: Habit, report: Report, found: tuple[Figure, ...], spots: Mapping[str, Spot]
) -> Iterator[Mend]:
    own = [one for one in found if (s := spots.get(one.path)) and s.layout == habit.layout]
    if habit.is_row:
        yield from _of_rows(habit, report, own)
        return
    for one in own:
        spot = spots[one.path]
        if (spot.key, spot.nth) == (habit.at["key"], habit.at["nth"]):
            mend = _under_head(habit, report, one)
            if mend is not None:
                yield mend


def _under_head(habit: Habit, report: Report, figure: Figure) -> Mend | None:
    own = report.year_of(report.projects[figure.project])
    shift = None if figure.year is None or own is None else figure.year - own
    read = {"role": figure.role, "shift": shift, "unit": figure.unit}
    if any(read[name] != habit.was[name] for name in habit.was):
        return None
    if "shift" in habit.is_ and own is None:
        return None
    return Mend(
        at=figure.path, habit=habit.pk, role=cast("Role | None", habit.is_.get("role")),
        unit=habit.is_.get("unit"), year=own + habit.is_["shift"] if own and "shift" in habit.is_ else None,
    )  # fmt: skip


def _of_rows(habit: Habit, report: Report, own: list[Figure]) -> Iterator[Mend]:
    projects = {
        fold(p.name.text): f"/projects/{i}" for i, p in enumerate(report.projects) if p.name
    }
    for path in dict.fromkeys(one.owner for one in own if one.indicator is not None):
        _, _, i, _, k = path.split("/")
        name = report.projects[int(i)].indicators[int(k)].name
        if name is None or fold(name.text) != habit.at["row"]:
            continue
        if habit.is_.get("leave"):
            yield Mend(at=path, role="none", habit=habit.pk)
        elif (to := projects.get(fold(habit.is_.get("project", "")))) and to != f"/projects/{i}":
            yield Mend(at=path, project=to, habit=habit.pk)
