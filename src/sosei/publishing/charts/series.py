"""系列. What a chart is drawn from: an indicator's figures by year, in one unit, gaps with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sosei.core.fields import Lang, label, word
from sosei.core.fiscal import RANGE, FiscalYear
from sosei.core.report import Indicator, Value, YearPoint
from sosei.core.shown import show_number, show_value

_NAMELESS: Final = {"ja": "（名称なし）", "en": "(no name)"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: `number` where it can be drawn, `words` always (a number with its commas, 集計中)."""

    number: Decimal | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """年度の値. `name` as in the table, `short` for narrow axes; None: nothing is said."""

    name: str
    short: str
    target: Mark | None = None
    actual: Mark | None = None

    @property
    def marks(self) -> Iterator[Mark]:
        """The figures that there are."""
        yield from (mark for mark in (self.target, self.actual) if mark is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """系列. `words` are the names of target, actual and baseline in the chart's language."""

    title: str
    unit: str
    points: tuple[Point, ...]
    baseline: Mark | None = None
    words: tuple[str, str, str] = ("目標値", "実績値", "基準値")

    @property
    def numbers(self) -> list[Decimal]:
        """Every number to be drawn."""
        marks = [
            *(m for p in self.points for m in p.marks),
            *([self.baseline] if self.baseline else []),
        ]
        return [mark.number for mark in marks if mark.number is not None]

    @property
    def gaps(self) -> list[str]:
        """The words that stand where an actual has no number, each once."""
        marks = [p.actual for p in self.points if p.actual is not None]
        return list(dict.fromkeys(mark.words for mark in marks if mark.number is None))

    def described(self) -> str:
        """Say all the figures in words, for those who do not see the chart."""
        parts = [f"{self.words[2]} {self.baseline.words}{self.unit}"] if self.baseline else []
        for point in self.points:
            said = [
                f"{name} {mark.words}{self.unit if mark.number is not None else ''}"
                for name, mark in zip(self.words, (point.target, point.actual), strict=False)
                if mark is not None
            ]
            parts.append(f"{point.name}: {'、'.join(said)}" if said else point.name)
        return "。".join(parts)


def series_of(indicator: Indicator, *, year: int | None = None, lang: Lang = "ja") -> Series | None:
    """Return what can be drawn of an indicator, oldest year first; None with fewer than two numbers.

    `year` is the year of the points that name none.
    """
    points = tuple(_points(indicator, year, lang))
    names = ("YearPoint.target", "YearPoint.actual", "Indicator.baseline")
    series = Series(
        title=str(indicator.name or _NAMELESS[lang]),
        unit=indicator.unit or "",
        points=points,
        baseline=_mark(indicator.baseline, indicator.unit, lang),
        words=(label(names[0], lang), label(names[1], lang), label(names[2], lang)),
    )
    return series if points and len(series.numbers) >= 2 else None


def _points(one: Indicator, own: int | None, lang: Lang) -> Iterator[Point]:
    """The years that say anything, in order; those without a year keep their place at the end."""
    dated = [(own if p.fiscal_year is None else p.fiscal_year, p) for p in one.years]
    for year, point in sorted(dated, key=lambda pair: (pair[0] is None, pair[0] or 0)):
        target = _mark(point.target, one.unit, lang)
        actual = _mark(point.actual or point.cumulative_actual, one.unit, lang)
        if target is None and actual is None:
            continue
        name, short = _names(year, point, lang)
        yield Point(name=name, short=short, target=target, actual=actual)


def _names(year: int | None, point: YearPoint, lang: Lang) -> tuple[str, str]:
    if year is None:
        name = point.label or label("Sheet.this_year", lang)
        return name, name
    if lang == "en" or year not in RANGE:
        return (f"FY{year}" if lang == "en" else f"{year}年度"), str(year)
    return str(FiscalYear(year)), FiscalYear(year).short


def _mark(value: Value | None, unit: str | None, lang: Lang) -> Mark | None:
    """Return a figure to draw; one in another unit than the indicator's stands in words only."""
    if value is None:
        return None
    if value.number is not None and value.unit in (None, unit):
        return Mark(value.number, show_number(value.number))
    if value.gap is not None:
        return Mark(None, word("Value.gap", value.gap, lang))
    return Mark(None, show_value(value, lang=lang)[0])
