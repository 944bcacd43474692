"""期間の読み. A project's period from one cell, or from the two cells of a form (事業始期, 事業終期)."""

from __future__ import annotations

import dataclasses

from sosei.core.errors import UnreadablePeriod
from sosei.core.fiscal import Period, find_years
from sosei.core.report import PeriodSaid
from sosei.core.text import join_lines
from sosei.reading.grid import Words


def period_of(
    role: str, words: Words, before: PeriodSaid | None, near: int | None
) -> PeriodSaid | None:
    """Return the period that words say in a role (period, period_first, period_last), joined to what was said before.

    `raw` stays the wording of the first: two cells have no wording in common.
    """
    raw = join_lines(words.text)
    if not raw:
        return None
    if role == "period":
        return _whole(raw, words, near)
    found = find_years(raw, near=near)
    year = found[0].fiscal_year if len(found) == 1 else None
    if year is None and before is None:
        return None
    said = PeriodSaid(raw=raw, place=words.places) if before is None else before
    place = words.places if before is None else (*before.place, *words.places)
    if role == "period_first":
        return dataclasses.replace(said, place=place, first=year)
    return dataclasses.replace(said, place=place, last=year)


def _whole(raw: str, words: Words, near: int | None) -> PeriodSaid:
    """Return a span written in one place; what cannot be read keeps its words."""
    try:
        period = Period.parse(raw)
        first, last = period.first, period.last
        return PeriodSaid(
            raw=raw,
            first=first.start if first else None,
            last=last.start if last else None,
            place=words.places,
        )
    except UnreadablePeriod:
        found = find_years(raw, near=near)
        years = [f.fiscal_year for f in found]
        return PeriodSaid(
            raw=raw,
            first=min(years) if len(years) == 2 else None,
            last=max(years) if len(years) == 2 else None,
            place=words.places,
        )
