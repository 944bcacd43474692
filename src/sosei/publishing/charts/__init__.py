"""図. Charts as pure functions from figures to SVG: legible in grey and in the dark, each with a table that says the same.

`chart_of` chooses: one year becomes a bullet (actual against target), two become bars, more become a line by year.
"""

from __future__ import annotations

from sosei.core.fields import Lang
from sosei.core.report import Indicator
from sosei.publishing.charts.bars import bars
from sosei.publishing.charts.bullet import bullet
from sosei.publishing.charts.series import Series, series_of
from sosei.publishing.charts.yearline import year_line

__all__ = ["Series", "bars", "bullet", "chart_of", "series_of", "year_line"]


def chart_of(
    indicator: Indicator, *, ident: str, year: int | None = None, lang: Lang = "ja"
) -> str | None:
    """Return an indicator's chart, or None where there is nothing to compare. `ident` begins every id in it."""
    series = series_of(indicator, year=year, lang=lang)
    if series is None:
        return None
    if len(series.points) == 1:
        return bullet(series, ident=ident)
    return (bars if len(series.points) == 2 else year_line)(series, ident=ident)
