"""未報告. Which figures of an entry's year are not there yet, who owes them, and from when on they are expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sosei.core.gaps import Gap
from sosei.core.standing import OPEN
from sosei.journal.clock import today
from sosei.ledger.queries.facts import home_year
from sosei.ledger.queries.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """未報告の値. Of which line; `counting`: said to be 集計中 (else nothing is said); `owed_by`: a department."""

    line: int
    name: str
    counting: bool
    expected_on: date | None = None
    owed_by: int | None = None

    @property
    def late(self) -> bool:
        """Whether the day on which it was expected has passed."""
        return self.expected_on is not None and self.expected_on < today()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """未報告の一覧. Of one entry."""

    figures: tuple[Owed, ...] = ()

    @property
    def late(self) -> int:
        """How many are past the day they were expected on."""
        return sum(each.late for each in self.figures)

    def __len__(self) -> int:
        """How many figures are owed."""
        return len(self.figures)

    def kept(self) -> list[list[Any]]:
        """Return it as JSON."""
        return [
            [f.line, f.name, f.counting, f.expected_on and f.expected_on.isoformat(), f.owed_by]
            for f in self.figures
        ]

    @classmethod
    def of(cls, kept: list[list[Any]]) -> Owing:
        """Return what `kept` gave."""
        return cls(
            figures=tuple(
                Owed(
                    line=line,
                    name=name,
                    counting=counting,
                    expected_on=date.fromisoformat(day) if day else None,
                    owed_by=owed_by,
                )
                for line, name, counting, day, owed_by in kept
            )
        )


def owing_of(scene: Scene) -> Owing:
    """Return the actuals of the entry's own year that are not there yet."""
    if scene.project.kind != "result":
        return Owing()
    return Owing(figures=tuple(_owed(scene)))


def _owed(scene: Scene) -> Iterator[Owed]:
    entry = next(each for each in scene.rows.entries if each.pk == scene.entry)
    home = home_year(entry)
    departments = scene.keys.departments
    for line in scene.rows.lines.get(entry.pk, []):
        values = _of_year(scene, line.pk, home)
        if any(_answered(v) for v in values):
            continue
        counting = next((v for v in values if v.gap == Gap.COUNTING), None)
        default = line.owed_by_id or (departments[0] if departments else None)
        yield Owed(
            line=line.pk,
            name=scene.rows.definitions[line.definition_id].called(),
            counting=counting is not None,
            expected_on=counting.expected_on if counting else None,
            owed_by=(counting.owed_by_id if counting else None) or default,
        )


def _of_year(scene: Scene, line: int, year: int) -> list[Any]:
    """Return the actuals that a line has for a year."""
    points: Mapping[int, Any] = scene.rows.points
    shown = [s.point_id for s in scene.rows.shown.get(line, [])]
    return [
        value
        for point in shown
        if points[point].fiscal_year == year
        for role in ("actual", "cumulative_actual")
        if (value := scene.rows.values.get((point, role))) is not None
    ]


def _answered(value: Any) -> bool:
    return value.gap not in OPEN
