"""版の数えた値. Which figures and lines of money of an edition are counted from registers, what it printed, and what the book says now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sosei.core.fields import Lang
from sosei.journal.past import as_of
from sosei.ledger import models as m
from sosei.ledger.difference.words import figure
from sosei.ledger.queries.counted import CountShown, counts_of
from sosei.ledger.queries.spent import SpentShown, spent_of_volume
from sosei.ledger.queries.view import value_of
from sosei.ledger.refusals import NoSuchThing

_NONE: Final[dict[Lang, str]] = {"ja": "（記載なし）", "en": "(not stated)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedBy:
    """数え方. A measure that counts a figure, and how many entries it counts now."""

    measure: int
    called: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCount:
    """数えた値. As the edition printed it; `now`: as the book has it now, `counted`: as it is counted now, both where that is other."""

    name: str
    money: bool
    cumulative: bool
    year: int
    printed: str
    now: str | None
    counted: str | None
    by: tuple[CountedBy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedEdition:
    """公表版とその数えた値."""

    id: int
    fiscal_year: int
    series: str
    number: int
    counts: tuple[EditionCount, ...]


def counted_edition(body: str, edition: int, lang: Lang = "ja") -> CountedEdition:
    """Return an edition with what is counted of its report now: its figures, then its lines of money, in its order; at most 18 queries.

    Raises NoSuchThing.
    """
    rows = m.Edition.objects.filter(body=body, pk=edition, voided__isnull=True)
    row = rows.select_related("volume").defer("report").first()
    if row is None:
        raise NoSuchThing(what="公表版")
    counts, money = counts_of(row.volume_id), spent_of_volume(body, row.volume_id)
    return CountedEdition(
        id=row.pk, fiscal_year=row.volume.fiscal_year, series=row.volume.series, number=row.number,
        counts=(*_figures(counts, row.since, lang), *_amounts(money, row.since, lang)),
    )  # fmt: skip


def _figures(counts: Sequence[CountShown], moment: datetime, lang: Lang) -> Iterator[EditionCount]:
    if not counts:
        return
    points = m.Point.objects.filter(indicator__in={one.indicator for one in counts}, label=None)
    places = {one.pk: (one.indicator_id, one.fiscal_year) for one in points}
    then = {
        (*places[value.point_id], value.role): value
        for value in as_of(m.Value.objects.filter(point__in=places), moment)
        if value.until is None and value.point_id is not None
    }
    for one in counts:
        core = value_of(then.get((one.indicator, one.year, one.role)))
        printed = figure(core, one.unit, lang) if core is not None else _NONE[lang]
        number = core.number if core is not None else None
        value, recorded = one.answer.value, one.recorded
        stays = recorded is not None and recorded.number == number
        yield EditionCount(
            name=one.name, money=False, cumulative=one.role == "cumulative_actual", year=one.year, printed=printed,
            now=None if stays or recorded is None else recorded.shown,
            counted=None if value is None or value == number else f"{value.normalize():,f}{one.unit or ''}",
            by=(CountedBy(measure=one.measure, called=one.called, n=one.answer.n),),
        )  # fmt: skip


def _amounts(lines: Sequence[SpentShown], moment: datetime, lang: Lang) -> Iterator[EditionCount]:
    if not lines:
        return
    rows = m.Spending.objects.filter(pk__in=[one.spending for one in lines])
    then = {row.pk: row.yen for row in as_of(rows, moment)}
    for one in lines:
        yen = then.get(one.spending)
        yield EditionCount(
            name=one.label, money=True, cumulative=False, year=one.year, printed=one.shown(yen) or _NONE[lang],
            now=None if one.recorded in (yen, None) else one.shown(one.recorded),
            counted=None if one.value in (yen, None) else one.shown(one.value),
            by=tuple(CountedBy(measure=part.measure, called=part.called, n=part.answer.n) for part in one.parts),
        )  # fmt: skip
