"""書き換え. What of a volume's report was written since a moment: three queries, whatever its size.

A page asks here, which is cheaper than making the report anew; an act that matters compares hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from sosei.journal.models import Fact, Past
from sosei.ledger import models as m

#: Table → the way from its rows to the entry they belong to.
OF_ENTRY: Final[tuple[tuple[type[Fact], str], ...]] = (
    (m.Charge, "entry"),
    (m.Passage, "entry"),
    (m.Member, "entry"),
    (m.Spending, "entry"),
    (m.Verification, "entry"),
    (m.Line, "entry"),
    (m.Shown, "line__entry"),
    (m.Definition, "lines__entry"),
    (m.Value, "point__shown__line__entry"),
    (m.Value, "of_definition__lines__entry"),
)
#: Columns of a volume and of an entry that its report does not show.
_APART: Final = frozenset({"id", "stamp", "since", "stage", "publish_due"})


def touched_since(volume: m.Volume, moment: datetime) -> bool:
    """Whether a row of the volume's report was written after a moment; that stages moved on does not count."""
    first, *rest = _written(volume, moment)
    if first.union(*rest, all=True)[:1].exists():
        return True
    entries = m.ProjectYear.objects.filter(volume=volume, since__gt=moment)
    return bool(_rewritten([*entries, *([volume] if volume.since > moment else [])], moment))


def touched_entries(volume: m.Volume, moment: datetime) -> set[int]:
    """Return the entries of a volume that say, or might say, something else than at a moment; 3 queries."""
    first, *rest = _written(volume, moment)
    entries = list(m.ProjectYear.objects.filter(volume=volume, since__gt=moment))
    return {pk for (pk,) in first.union(*rest)} | _rewritten(entries, moment)


def _written(volume: m.Volume, moment: datetime) -> list[QuerySet[Any, Any]]:
    """Return, table by table, the entries of rows written after a moment."""
    return [
        kind._default_manager.filter(**{f"{way}__volume": volume}, since__gt=moment)
        .order_by()
        .values_list(way)
        for kind, way in OF_ENTRY
    ]


def _rewritten(rows: Sequence[Fact], moment: datetime) -> set[int]:
    """Return which of the rows said something else at the moment, or were not there yet."""
    if not rows:
        return set()
    pasts = Past.objects.filter(since__lte=moment, until__gt=moment).filter(
        Q(
            table="ledger.projectyear",
            row__in=[row.pk for row in rows if isinstance(row, m.ProjectYear)],
        )
        | Q(table="ledger.volume", row__in=[row.pk for row in rows if isinstance(row, m.Volume)])
    )
    was = {(past.table, past.row): past.content for past in pasts}
    return {row.pk for row in rows if _differs(row, was.get((row.table(), row.pk)))}


def _differs(row: Fact, then: dict[str, Any] | None) -> bool:
    if then is None:
        return True
    was, now = type(row).of_content(then).content(), row.content()
    return any(was[name] != now[name] for name in now if name not in _APART)
