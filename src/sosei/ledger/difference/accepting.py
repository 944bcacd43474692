"""受入れ. Which changes were accepted, where each stands on either side and in the merged report, and what was matched."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sosei.core.report import Report, bare
from sosei.ledger.difference.fieldwalk import json_of
from sosei.ledger.difference.model import ACCEPTABLE, Change, Difference
from sosei.ledger.difference.words import unescaped


@dataclass(frozen=True, slots=True)
class Spot:
    """位置. A path in the current report, in the incoming one and in the merged one; None where it has none."""

    here: str | None
    there: str | None
    mine: str

    def field(self, name: str) -> Spot:
        """Return the spot of a field."""
        return Spot(
            None if self.here is None else f"{self.here}/{name}",
            None if self.there is None else f"{self.there}/{name}",
            f"{self.mine}/{name}",
        )

    def step(self, name: str, i: int | None, j: int | None, index: int) -> Spot:
        """Return the spot of a list's entry: `i` in the current list, `j` in the incoming one."""
        return Spot(
            None if self.here is None or i is None else f"{self.here}/{name}/{i}",
            None if self.there is None or j is None else f"{self.there}/{name}/{j}",
            f"{self.mine}/{name}/{index}",
        )

    def said(self, j: int | None, k: int) -> Spot:
        """Return the spot of a further statement: the same, said elsewhere in the incoming list."""
        if j == k or self.there is None:
            return self
        return replace(self, there=f"{self.there.rpartition('/')[0]}/{k}")


class Accepting:
    """The accepted changes of a difference, and what is found out while they are merged."""

    def __init__(
        self, current: Report, incoming: Report, difference: Difference, accepted: Collection[str]
    ) -> None:
        """Check that the accepted changes are of these reports. Raises ValueError where they are not."""
        self.difference = difference
        changes = [difference.by_id[id] for id in accepted if id in difference.by_id]
        self.changes = [change for change in changes if change.kind in ACCEPTABLE]
        self.ids = frozenset(change.id for change in self.changes)
        _check(current, incoming, self.changes)
        self.origins: dict[str, str] = {}
        self.taken: dict[str, str] = {}
        self._joins: dict[str, list[int]] = {}
        for path, first in difference.joins.items():
            self._joins.setdefault(first, []).append(_index(path))

    def takes(self, spot: Spot) -> bool:
        """Tell whether what is said at a spot was accepted."""
        if spot.there is None or spot.there not in self.ids:
            return False
        self.taken[spot.mine] = spot.there
        return True

    def drops(self, spot: Spot) -> bool:
        """Tell whether what stands at a spot is to go."""
        return spot.here is not None and f"-{spot.here}" in self.ids

    def came(self, spot: Spot, i: int | None) -> None:
        """Note where a merged part came from."""
        if i is not None and spot.here is not None and _traced(spot.mine):
            self.origins[spot.mine] = spot.here

    def pairs(self, step: str, incoming: int, spot: Spot) -> dict[int, int]:
        """Return what was matched of a list: incoming → current."""
        paths = {j: f"{spot.there}/{step}/{j}" for j in range(incoming)}
        known = self.difference.pairs
        return {
            j: _index(known[path])
            for j, path in paths.items()
            if path in known and path not in self.difference.joins
        }

    def is_further(self, step: str, j: int | None, spot: Spot) -> bool:
        """Tell whether an entry is a further statement of another."""
        return j is not None and f"{spot.there}/{step}/{j}" in self.difference.joins

    def statements(self, spot: Spot, j: int | None) -> list[int]:
        """Return the incoming years that speak of one year."""
        if j is None:
            return []
        return [j, *self._joins.get(spot.there or "", ())]

    def key(self, spot: Spot, name: str) -> str:
        """Return what a free key is called in the current report."""
        here = self.difference.pairs.get(spot.there or "")
        return name if here is None else unescaped(here.rpartition("/")[2])


def _traced(path: str) -> bool:
    """Tell whether a path is one whose origin is told: a project, an indicator, a year, a line of money."""
    return path.rpartition("/")[0].rpartition("/")[2] in {"projects", "indicators", "years", "spending"}  # fmt: skip


def _index(path: str) -> int:
    return int(path.rpartition("/")[2])


def _check(current: Report, incoming: Report, changes: Iterable[Change]) -> None:
    """Refuse changes of other reports than these."""
    for change in changes:
        for report, path, said in (
            (current, change.here, change.before),
            (incoming, change.there, change.after),
        ):
            if path is None or said is None:
                continue
            found = at(report, path)
            if found is said or (json_of(found) if "/ext/" in path else bare(found)) == bare(said):
                continue
            raise ValueError(f"the difference is not one of these reports: {path}")


def at(report: Report, path: str) -> Any:
    """Return what stands at a path (JSON pointer) of a report, None where nothing does.

    >>> from sosei.core.report import Project, Said
    >>> at(Report(projects=(Project(name=Said(text="A事業")),)), "/projects/0/name").text
    'A事業'
    """
    found: Any = report
    for step in path.split("/")[1:]:
        if isinstance(found, tuple):
            found = found[int(step)] if int(step) < len(found) else None
        elif isinstance(found, dict):
            found = found.get(unescaped(step))
        else:
            found = getattr(found, step, None)
        if found is None:
            return None
    return found
