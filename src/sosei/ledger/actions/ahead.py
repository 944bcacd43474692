"""先にあるもの. What indicators already have for a year to come: later definitions, the year's place, its target; four queries."""

from __future__ import annotations

from collections import defaultdict

from sosei.ledger import models as m
from sosei.ledger.queries.definition import holding
from sosei.ledger.queries.rows import Rows


class Ahead:
    """先にあるもの. What indicators already have for the year: definitions, its point, its target."""

    def __init__(self, rows: Rows, year: int) -> None:
        """Load it for the indicators of some entries."""
        ids = {line.indicator_id for lines in rows.lines.values() for line in lines}
        self.year = year
        self._indicators = m.Indicator.objects.in_bulk(ids)
        self._definitions: dict[int, list[m.Definition]] = defaultdict(list)
        for d in m.Definition.objects.filter(indicator__in=ids, voided__isnull=True):
            self._definitions[d.indicator_id].append(d)
        points = m.Point.objects.filter(indicator__in=ids, fiscal_year=year, label__isnull=True)
        self.points: dict[int, m.Point] = {}
        for point in points.order_by("-ordinal", "-pk"):
            self.points[point.indicator_id] = point
        self.targets = {
            value.point_id: value
            for value in m.Value.objects.filter(
                point__in=[p.pk for p in self.points.values()], role="target",
                until__isnull=True, voided__isnull=True,
            )
        }  # fmt: skip
        self._keys: dict[int, int] = {}

    def definition(self, line: m.Line) -> m.Definition:
        """Return the definition that a line of the year before goes on with: its own, or one begun since for the year."""
        known = self._definitions[line.indicator_id]
        own = next(d for d in known if d.pk == line.definition_id)
        return holding([own, *(d for d in known if d.from_year == self.year)], self.year)

    def rests(self, indicator: int) -> bool:
        """Whether nothing is owed of an indicator any more in the year."""
        since = self._indicators[indicator].rests_since
        return since is not None and since <= self.year

    def next_key(self, project: int) -> int:
        """Return the number of the project's next new indicator."""
        if project not in self._keys:
            self._keys[project] = m.Indicator.objects.filter(project=project).count()
        self._keys[project] += 1
        return self._keys[project]
