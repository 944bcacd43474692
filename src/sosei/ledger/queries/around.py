"""周り. What bears on an entry beside itself: the same project the year before, and the same figures in other entries of its year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import OuterRef, Subquery

from sosei.core.text import fold
from sosei.ledger import models as m

#: A name that more entries share is a common word (参加者数), not one figure (as in the rule itself).
_MANY: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """周り. Of each entry the one of the same project in the volume before, and those that share an indicator's name."""

    entries: tuple[int, ...]
    before: Mapping[int, int]
    twins: Mapping[int, tuple[int, ...]]

    def all(self) -> frozenset[int]:
        """Return every entry that is looked at."""
        twins = (twin for each in self.twins.values() for twin in each)
        return frozenset((*self.entries, *self.before.values(), *twins))

    def of(self, entry: int) -> tuple[int, ...]:
        """Return what is looked at for one entry, itself first."""
        before = self.before.get(entry)
        return (entry, *((before,) if before else ()), *self.twins.get(entry, ()))


def around_of(entries: Collection[int]) -> Around:
    """Return what lies around entries of one volume; 2 queries."""
    earlier = (
        m.ProjectYear.objects.filter(
            project=OuterRef("project"),
            volume__series=OuterRef("volume__series"),
            volume__fiscal_year__lt=OuterRef("volume__fiscal_year"),
            voided__isnull=True,
            volume__voided__isnull=True,
        )
        .order_by("-volume__fiscal_year", "position", "pk")
        .values("pk")[:1]
    )
    rows = (
        m.ProjectYear.objects.filter(pk__in=list(entries), voided__isnull=True)
        .annotate(earlier=Subquery(earlier))
        .values_list("pk", "earlier", "body", "volume__fiscal_year")
    )
    found = list(rows)
    books = {(body, year) for _, _, body, year in found}
    lines = _names(*books.pop()) if books else []
    return Around(
        entries=tuple(pk for pk, *_ in found),
        before={pk: other for pk, other, *_ in found if other is not None},
        twins=twins_among(lines, [pk for pk, *_ in found]),
    )


def _names(body: str, year: int) -> list[tuple[int, str | None]]:
    """Return the names of a year's indicators, in all of its books, by entry."""
    lines = m.Line.objects.filter(
        entry__volume__body=body, entry__volume__fiscal_year=year,
        entry__volume__voided__isnull=True, entry__voided__isnull=True, voided__isnull=True,
        definition__name__isnull=False,
    ).order_by("entry__position", "entry")  # fmt: skip
    return list(lines.values_list("entry", "definition__name"))


def twins_among(
    names: Iterable[tuple[int, str | None]], entries: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Return which entries share the name of an indicator."""
    owners: dict[str, list[int]] = defaultdict(list)
    of: dict[int, list[str]] = defaultdict(list)
    for entry, name in names:
        key = fold(name or "")
        owners[key].append(entry)
        of[entry].append(key)
    found = {}
    for entry in entries:
        others = [o for key in of[entry] for o in owners[key] if o != entry]
        found[entry] = tuple(dict.fromkeys(others))[:_MANY]
    return found
