"""いまの行. The rows in force of some entries, of whatever volumes, in few queries: for pages that show one entry and its past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from sosei.ledger import models as m
from sosei.ledger.queries.rows import Rows


def present(entries: Collection[int]) -> Rows:
    """Return the rows in force of entries, each with its volume loaded; 8 queries. `volume` is the first entry's."""
    ids = list(entries)
    found = _now(m.ProjectYear.objects.filter(pk__in=ids)).select_related(
        "volume", "project", "verification"
    )
    rows = sorted(found, key=lambda entry: (entry.position, entry.pk))
    lines = _owned(
        m.Line.objects.filter(entry__in=ids).select_related("definition", "indicator", "owed_by")
    )
    shown = _owned(m.Shown.objects.filter(line__entry__in=ids).select_related("point"))
    definitions = {line.definition_id: line.definition for line in lines}
    points = {each.point_id: each.point for each in shown}
    values = _now(
        m.Value.objects.filter(
            Q(point__in=list(points)) | Q(of_definition__in=list(definitions)), until__isnull=True
        )
    )
    of_points, of_definitions = _values(values)
    return Rows(
        volume=rows[0].volume if rows else m.Volume(),
        entries=rows,
        charges=_by("entry_id", _owned(m.Charge.objects.filter(entry__in=ids))),
        passages=_by("entry_id", _owned(m.Passage.objects.filter(entry__in=ids))),
        members=_by("entry_id", _owned(m.Member.objects.filter(entry__in=ids))),
        spending=_by("entry_id", _owned(m.Spending.objects.filter(entry__in=ids))),
        verifications={
            entry.pk: [entry.verification]
            for entry in rows
            if hasattr(entry, "verification") and entry.verification.voided is None
        },
        lines=_by("entry_id", lines),
        definitions=definitions,
        shown=_by("line_id", shown),
        points=points,
        values=of_points,
        of_definitions=of_definitions,
    )


def _now(rows: Any) -> Any:
    """Leave out what was voided."""
    return rows.filter(voided__isnull=True)


def _owned(rows: Any) -> list[Any]:
    """Return what is in force, in the report's order."""
    return sorted(_now(rows), key=lambda row: (row.position, row.pk))


def _by(name: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


_Kept = dict[tuple[int, str], m.Value]


def _values(values: Iterable[m.Value]) -> tuple[_Kept, _Kept]:
    of_points: _Kept = {}
    of_definitions: _Kept = {}
    for value in values:
        if value.point_id is not None:
            of_points[value.point_id, value.role] = value
        elif value.of_definition_id is not None:
            of_definitions[value.of_definition_id, value.role] = value
    return of_points, of_definitions
