"""一年度分の行. A volume's rows without the years before and after: for pages that ask only for the year's own figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from sosei.ledger import models as m
from sosei.ledger.queries.rows import Rows

#: Tables of words that a page may do without.
Tables = frozenset[str]
WORDS: Tables = frozenset({"passages", "verifications"})


def year_rows(
    volume: m.Volume, tables: Tables = frozenset(), *, entries: list[m.ProjectYear] | None = None
) -> Rows:
    """Return a volume's rows with the figures of its own year alone; 6 queries, and one for each of `tables`.

    Baselines and partner bodies are left out. Undated columns (5年目) are of the year, as far as anybody knows.
    `entries`: those alone.
    """
    entries = entries_of(volume) if entries is None else entries
    ids = [entry.pk for entry in entries]
    lines = _now(m.Line.objects.filter(entry__in=ids), "definition")
    shown = _now(_of_year(volume, ids), "point")
    points = {each.point_id: each.point for each in shown}
    values = m.Value.objects.filter(point__in=list(points), until__isnull=True, voided__isnull=True)
    return Rows(
        volume=volume,
        entries=entries,
        charges=_by("entry_id", _now(m.Charge.objects.filter(entry__in=ids))),
        passages=_words("passages", tables, m.Passage.objects.filter(entry__in=ids)),
        members=defaultdict(list),
        spending=_by("entry_id", _now(m.Spending.objects.filter(entry__in=ids))),
        verifications=_words("verifications", tables, m.Verification.objects.filter(entry__in=ids)),
        lines=_by("entry_id", lines),
        definitions={line.definition_id: line.definition for line in lines},
        shown=_by("line_id", shown),
        points=points,
        values={(value.point_id or 0, value.role): value for value in values},
        of_definitions={},
    )


def entries_of(volume: m.Volume) -> list[m.ProjectYear]:
    """Return a volume's entries in their order; 1 query."""
    return _now(m.ProjectYear.objects.filter(volume=volume))


def _of_year(volume: m.Volume, entries: list[int]) -> Any:
    """Return the columns of the year: the volume's, the entry's own where it says another, or of no year."""
    year = volume.fiscal_year
    return m.Shown.objects.filter(
        Q(point__fiscal_year=year) | Q(point__fiscal_year__isnull=True) | Q(implied=True),
        line__entry__in=entries, line__voided__isnull=True,
    )  # fmt: skip


def _now(rows: Any, *joined: str) -> list[Any]:
    found = rows.filter(voided__isnull=True)
    if joined:
        found = found.select_related(*joined)
    return sorted(found, key=lambda row: (getattr(row, "position", 0), row.pk))


def _by(name: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _words(table: str, tables: Tables, rows: Any) -> dict[int, list[Any]]:
    return _by("entry_id", _now(rows)) if table in tables else defaultdict(list)
