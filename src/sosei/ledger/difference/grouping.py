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


def by_project(changes: Iterable[Change]) -> tuple[Group, ...]:
    """Return changes in their order, project by project; the report's own come first."""
    return tuple(_group(list(changes)) for _, changes in groupby(changes, key=_side))


def _side(change: Change) -> tuple[bool, str]:
    """Return which project a change is of, and on which side it was first."""
    return change.here is None, _project(change.path)


def _project(path: str) -> str:
    steps = path.split("/")
    return "/".join(steps[:3]) if steps[1:2] == ["projects"] else ""


def _group(changes: list[Change]) -> Group:
    first = changes[0]
    path = _project(first.path)
    about = first.about if path else NOBODY
    return Group(path, subject("", about, path), subject("", about, path, "en"), tuple(changes))


def inside(change: Change) -> tuple[Change, ...]:
    """Return what a project, an indicator or a line of money that comes or goes as one holds, field by field."""
    part = change.after if change.after is not None else change.before
    path = change.path
    walk = Walk(Options(partial=True))
    walk.homes = (change.about.year, change.about.year)
    scope = Scope(None, path, change.about)
    if isinstance(part, Project):
        walk.project(Project(kind=part.kind), part, scope)
    elif isinstance(part, Indicator):
        walk.indicator(Indicator(), part, scope)
    elif isinstance(part, Spending):
        walk.line(Spending(label=None, yen=None), part, scope)
    return tuple(found for found in walk.found.changes if found.kind != "unchanged")
