"""二つの列. Indicators whose targets stand in one column and actuals in another, as one list."""

from __future__ import annotations

from dataclasses import replace

from sosei.core.report import Indicator, YearPoint
from sosei.core.text import fold


def merged(first: tuple[Indicator, ...], more: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return the indicators of two columns (目標, 実績) as one list, those of one name together."""
    if not first:
        return more
    out, rest = list(first), []
    for indicator in more:
        i = next((i for i, have in enumerate(out) if _same(have, indicator)), None)
        if i is None:
            rest.append(indicator)
        else:
            out[i] = _together(out[i], indicator)
    return (*out, *rest)


def _same(a: Indicator, b: Indicator) -> bool:
    if a.name is None or b.name is None:
        return a.number is not None and a.number == b.number
    return fold(a.name.text) == fold(b.name.text)


def _together(a: Indicator, b: Indicator) -> Indicator:
    return replace(
        a,
        unit=a.unit or b.unit,
        baseline=a.baseline or b.baseline,
        note=a.note or b.note,
        years=_points_together(a.years, b.years),
        place=(*a.place, *(p for p in b.place if p not in a.place)),
    )


def _points_together(a: tuple[YearPoint, ...], b: tuple[YearPoint, ...]) -> tuple[YearPoint, ...]:
    out, rest = list(a), []
    for point in b:
        i = next((i for i, have in enumerate(out) if have.fiscal_year == point.fiscal_year), None)
        if i is None:
            rest.append(point)
        else:
            out[i] = replace(
                out[i],
                target=out[i].target or point.target,
                actual=out[i].actual or point.actual,
                rate=out[i].rate or point.rate,
            )
    return (*out, *rest)
