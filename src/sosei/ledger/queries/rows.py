"""年度版の行. Every row of a volume that its report is made of, loaded table by table, as of now or of a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sosei.journal.models import Fact
from sosei.journal.past import as_of
from sosei.ledger.models import (
    Charge,
    Definition,
    Line,
    Member,
    Passage,
    Point,
    ProjectYear,
    Shown,
    Spending,
    Value,
    Verification,
    Volume,
)

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Rows:
    """行. By owner: entry, line, definition, point; each list in the report's order."""

    volume: Volume
    entries: list[ProjectYear]
    charges: dict[int, list[Charge]]
    passages: dict[int, list[Passage]]
    members: dict[int, list[Member]]
    spending: dict[int, list[Spending]]
    verifications: dict[int, list[Verification]]
    lines: dict[int, list[Line]]
    definitions: dict[int, Definition]
    shown: dict[int, list[Shown]]
    points: dict[int, Point]
    values: dict[tuple[int, str], Value]
    of_definitions: dict[tuple[int, str], Value]


def rows_of(
    volume: Volume, at: datetime | None = None, *, entries: Iterable[int] | None = None
) -> Rows:
    """Load a volume's rows (of some entries alone where `entries` names them), as of a moment or now."""
    chosen = ProjectYear.objects.filter(volume=volume)
    if entries is not None:
        chosen = chosen.filter(pk__in=list(entries))
    found = in_order(as_of(chosen, at))
    ids = [entry.pk for entry in found]
    lines = in_order(as_of(Line.objects.filter(entry__in=ids), at))
    shown = in_order(as_of(Shown.objects.filter(line__in=[line.pk for line in lines]), at))
    points = {p.pk: p for p in Point.objects.filter(pk__in={s.point_id for s in shown})}
    wanted = {line.definition_id for line in lines}
    definitions = {d.pk: d for d in as_of(Definition.objects.filter(pk__in=wanted), at)}
    return Rows(
        volume=_volume(volume, at),
        entries=found,
        charges=_by("entry_id", as_of(Charge.objects.filter(entry__in=ids), at)),
        passages=_by("entry_id", as_of(Passage.objects.filter(entry__in=ids), at)),
        members=_by("entry_id", as_of(Member.objects.filter(entry__in=ids), at)),
        spending=_by("entry_id", as_of(Spending.objects.filter(entry__in=ids), at)),
        verifications=_by("entry_id", as_of(Verification.objects.filter(entry__in=ids), at)),
        lines=_by("entry_id", lines),
        definitions=definitions,
        shown=_by("line_id", shown),
        points=points,
        values=_values(Value.objects.filter(point__in=list(points)), "point_id", at),
        of_definitions=_values(
            Value.objects.filter(of_definition__in=list(definitions)), "of_definition_id", at
        ),
    )


def _volume(volume: Volume, at: datetime | None) -> Volume:
    if at is None:
        return volume
    then = as_of(Volume.objects.filter(pk=volume.pk), at)
    return then[0] if then else volume


def in_order(rows: list[F]) -> list[F]:
    """Return rows in the report's order."""
    return sorted(rows, key=lambda row: (getattr(row, "position", 0), row.pk))


def _by(name: str, rows: list[F]) -> dict[int, list[F]]:
    found: dict[int, list[F]] = defaultdict(list)
    for row in in_order(rows):
        found[getattr(row, name)].append(row)
    return found


def _values(chosen: Any, owner: str, at: datetime | None) -> dict[tuple[int, str], Value]:
    """Return the values in force: the newest of each owner and role."""
    if at is None:
        chosen = chosen.filter(until__isnull=True)
    rows = [value for value in as_of(chosen, at) if value.until is None]
    return {(getattr(value, owner), value.role): value for value in rows}
