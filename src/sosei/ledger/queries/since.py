"""公表した版との違い. Which figures of a published year are other now: a late value came in with a later year's report.

The edition stays as it was published; what the book says now is set beside it, so that somebody decides whether to
correct the report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from sosei.core.fields import Lang, label
from sosei.journal.past import as_of
from sosei.ledger import models as m
from sosei.ledger.difference.words import JOINT, figure, short_year
from sosei.ledger.queries.view import value_of

_NONE: Final[dict[Lang, str]] = {"ja": "（記載なし）", "en": "(not stated)"}
#: A figure's place: the year of an indicator or its definition, and the role.
_Key = tuple[int | None, int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """変わった値. A figure of an entry's line, as published and as it is now."""

    entry: int
    line: int
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """公表した版との違い. The newest edition, and what is other than it printed."""

    edition: int
    number: int
    published_on: date
    figures: tuple[Moved, ...]

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries that the figures stand in, each once."""
        return tuple(dict.fromkeys(one.entry for one in self.figures))


def since_edition(
    body: str, volume: int, lang: Lang = "ja", *, entry: int | None = None
) -> Since | None:
    """Return what a published volume's figures say otherwise than its newest edition (of one entry alone where it is named).

    None where it is not published, or being corrected. 2 queries, 7 where a figure was written since.
    """
    editions = m.Edition.objects.filter(
        body=body, volume=volume, volume__stage="published", voided__isnull=True
    )
    edition = editions.defer("report").order_by("-number").first()
    if edition is None:
        return None
    lines = m.Line.objects.filter(entry__volume=volume, voided__isnull=True, entry__voided__isnull=True)  # fmt: skip
    lines = lines if entry is None else lines.filter(entry=entry)
    return Since(
        edition=edition.pk,
        number=edition.number,
        published_on=edition.published_on,
        figures=tuple(_moved(edition, lines, lang)),
    )


def since_entry(body: str, entry: int, lang: Lang = "ja") -> tuple[str, int, Since | None]:
    """Return an entry's name, its volume, and what its figures say otherwise than the newest edition. Raises ProjectYear.DoesNotExist."""
    row = m.ProjectYear.objects.get(pk=entry, body=body, voided__isnull=True)
    found = since_edition(body, row.volume_id, lang, entry=row.pk)
    return row.called(), row.volume_id, found


def _moved(edition: m.Edition, lines: QuerySet[m.Line], lang: Lang) -> list[Moved]:
    touched = m.Value.objects.filter(
        Q(point__in=m.Shown.objects.filter(line__in=lines, voided__isnull=True).values("point"))
        | Q(of_definition__in=lines.values("definition")),
        since__gt=edition.since,
    )
    rows = list(touched.values_list("point", "of_definition"))
    if not rows:
        return []
    points = {point for point, _ in rows if point is not None}
    definitions = {definition for _, definition in rows if definition is not None}
    about = m.Value.objects.filter(Q(point__in=points) | Q(of_definition__in=definitions))
    then = _by_key(as_of(about, edition.since))
    now = _by_key(about)
    found = []
    for line in lines.select_related("entry", "definition").prefetch_related("shown__point"):
        for key, name in _places(line, points, lang):
            old, new = (_said(of.get(key), line.definition.unit, lang) for of in (then, now))
            if old != new:
                found.append(Moved(entry=line.entry_id, line=line.pk, name=name, old=old, new=new))
    return found


def _by_key(values: Iterable[m.Value]) -> dict[_Key, m.Value]:
    """Return the values in force, by what they are of."""
    return {
        (value.point_id, value.of_definition_id, value.role): value
        for value in values
        if value.until is None and value.voided is None
    }


def _places(line: m.Line, points: set[int], lang: Lang) -> Iterable[tuple[_Key, str]]:
    """Yield every place of a figure that a line shows and that was written, with its name."""
    between = JOINT[lang]
    head = between.join((line.entry.called(), line.definition.called()))
    for shown in line.shown.all():
        if shown.point_id in points and shown.voided is None:
            point = shown.point
            year = short_year(point.fiscal_year, lang) if point.fiscal_year is not None else None
            when = " ".join(filter(None, (year, point.label)))
            for role in ("target", "actual", "cumulative_actual"):
                what = label(f"YearPoint.{role}", lang)
                yield (point.pk, None, role), between.join((head, f"{when} {what}".strip()))
    for role in ("baseline", "increase_total"):
        name = label(f"Indicator.{role}", lang)
        yield (None, line.definition_id, role), between.join((head, name))


def _said(value: m.Value | None, unit: str | None, lang: Lang) -> str:
    core = value_of(value)
    return figure(core, unit, lang) if core is not None else _NONE[lang]
