"""書き換え. Whether anything that a volume's report is made of was written since a moment: three queries, whatever its size.

A page asks here, which is cheaper than making the report anew; an act that matters compares hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from sosei.journal.models import Fact, Past
from sosei.ledger import models as m

#: Table → the way from its rows to the entry they belong to.
_OF_ENTRY: Final[tuple[tuple[type[Fact], str], ...]] = (
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
    first, *rest = [
        kind._default_manager.filter(**{f"{way}__volume": volume}, since__gt=moment).values_list(
            "since"
        )
        for kind, way in _OF_ENTRY
    ]
    if first.union(*rest, all=True)[:1].exists():
        return True
    entries = m.ProjectYear.objects.filter(volume=volume, since__gt=moment)
    return _rewritten([*entries, *([volume] if volume.since > moment else [])], moment)


def _rewritten(rows: Sequence[Fact], moment: datetime) -> bool:
    """Whether any of the rows said something else at the moment, or was not there yet."""
    if not rows:
        return False
    pasts = Past.objects.filter(since__lte=moment, until__gt=moment).filter(
        Q(
            table="ledger.projectyear",
            row__in=[row.pk for row in rows if isinstance(row, m.ProjectYear)],
        )
        | Q(table="ledger.volume", row__in=[row.pk for row in rows if isinstance(row, m.Volume)])
    )
    was = {(past.table, past.row): past.content for past in pasts}
    return any(_differs(row, was.get((row._meta.label_lower, row.pk))) for row in rows)


def _differs(row: Fact, then: dict[str, Any] | None) -> bool:
    if then is None:
        return True
    was, now = type(row).of_content(then).content(), row.content()
    return any(was[name] != now[name] for name in now if name not in _APART)
