"""差分の見せ方. Changes by project, counts by kind, and what a part that comes whole holds: for those who draw pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sosei.core.report import Indicator, Project, Spending
from sosei.ledger.difference.model import KINDS, Change, Difference, Kind
from sosei.ledger.difference.recording import Options, Scope
from sosei.ledger.difference.walking import Walk
from sosei.ledger.difference.words import NOBODY, subject


@dataclass(frozen=True, slots=True)
class Group:
    """事業ごとの変更. `path`: the project's, in the current report if it stands there; empty for the report as a whole."""

    path: str
    title_ja: str
    title_en: str
    changes: tuple[Change, ...]


def summary(difference: Difference) -> dict[Kind, int]:
    """Return how many changes there are of each kind, in the order of `KINDS`."""
    counts = dict.fromkeys(KINDS, 0)
    for change in difference.changes:
        counts[change.kind] += 1
    return counts


def by_project(
    difference: Difference, changes: Iterable[Change] | None = None
) -> tuple[Group, ...]:
    """Return changes (all, or some) in their order, project by project; the report's own come first."""
    among = difference.changes if changes is None else changes
    grouped = groupby(among, key=lambda change: _project(difference, change))
    return tuple(_group(path, list(some)) for path, some in grouped)


def _project(difference: Difference, change: Change) -> str:
    """Return the path of the project that a change is of: the current one's, else the incoming one's with a mark."""
    if change.here is not None:
        return _first_steps(change.here)
    there = _first_steps(change.there or "")
    return difference.pairs.get(there, f"+{there}" if there else "")


def _first_steps(path: str) -> str:
    steps = path.split("/")
    return "/".join(steps[:3]) if steps[1:2] == ["projects"] else ""


def _group(path: str, changes: list[Change]) -> Group:
    about = changes[0].about if path else NOBODY
    plain = path.removeprefix("+")
    return Group(plain, subject("", about, plain), subject("", about, plain, "en"), tuple(changes))


def inside(change: Change) -> tuple[Change, ...]:
    """Return what a project, an indicator or a line of money that comes or goes as one holds, field by field.

    Its name, which the change's own subject says, is left out.
    """
    part = change.after if change.after is not None else change.before
    walk = Walk(Options(partial=True))
    walk.homes = (change.about.year, change.about.year)
    scope = Scope(None, change.path, change.about)
    if isinstance(part, Project):
        walk.project(Project(kind=part.kind, name=part.name), part, scope)
    elif isinstance(part, Indicator):
        walk.indicator(Indicator(name=part.name), part, scope)
    elif isinstance(part, Spending):
        walk.line(Spending(label=part.label, yen=None), part, scope)
    return tuple(
        inner
        for found in walk.found.changes
        if found.kind != "unchanged"
        for inner in (inside(found) if found.part == "indicator" and not found.field else [found])
    )
