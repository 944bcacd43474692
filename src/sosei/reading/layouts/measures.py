"""指標の行. A KPI cell's lines to indicators: 「name 18 人」, 「①name 目標 150人 実績 集計中」, notes under the list.

The header tells the role of a bare figure; a role printed in the line goes before it. Prose in such a cell is no
indicator, whatever figures stand in it. Source: DOMAIN §0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sosei.core.cardcell import line_of_measures
from sosei.core.cardline import (
    EMPTY,
    MASK,
    NAMELESS,
    MeasureLine,
    PointLine,
    Span,
    is_for_all,
    parse_measure,
    split_measures,
)
from sosei.core.figures import read_value
from sosei.core.gaps import Gap
from sosei.core.report import Indicator, Said, Value, YearPoint
from sosei.core.units import is_unit
from sosei.reading.grid import Words
from sosei.reading.layouts.bullets import paragraphs
from sosei.reading.layouts.written import Written, joined

BareRole = Literal["target", "actual"]


@dataclass(frozen=True, slots=True)
class Header:
    """What the column's header and the lines around tell of every figure. `sure`: its year is printed too."""

    bare: BareRole = "actual"
    role_printed: bool = False
    year_printed: bool = False
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """What a KPI cell says: indicators, and the lines that are none of them."""

    indicators: tuple[Indicator, ...] = ()
    notes: tuple[Written, ...] = ()
    prose: tuple[Written, ...] = ()


def read_measures(cell: Words, header: Header) -> Measures:
    """Return the indicators of a cell, notes on all of them already with them."""
    indicators: list[Indicator] = []
    kept: dict[str, list[Written]] = {"note": [], "prose": [], "nothing": []}
    lines = _continued(paragraphs(cell))
    for line in lines:
        kind = line_of_measures(line.shape)
        if kind == "measures":
            indicators += (_indicator(part, header) for part in _parts(line))
        else:
            kept[kind].append(line)
    found = tuple(_noted(indicators, kept["note"]))
    return Measures(found, tuple(kept["note"]), tuple(kept["prose"]))


def _parts(line: Written) -> Iterator[Written]:
    for span in split_measures(line.shape):
        yield line.cut(span)


def _continued(lines: list[Written]) -> list[Written]:
    """Join the lines of one indicator: 「①name」, then 「目標 150人」 on a line of its own."""
    out: list[Written] = []
    for line in lines:
        found = parse_measure(line.shape)
        nameless = found.name is None and found.number is None and found.says_a_value
        if nameless and out and line_of_measures(out[-1].shape) == "measures":
            out[-1] = joined([out[-1], line])
        else:
            out.append(line)
    return out


def _noted(indicators: list[Indicator], notes: list[Written]) -> Iterator[Indicator]:
    """Give a note on all (※いずれも…) to every indicator that has none of its own."""
    shared = next((n for n in notes if is_for_all(n.shape)), None)
    said = shared.cut((1, len(shared.shape))).said() if shared else None
    for indicator in indicators:
        yield replace(indicator, note=indicator.note or said)


def other_notes(found: Measures) -> tuple[Written, ...]:
    """Return the notes under the list that are not on every indicator: remarks of the project."""
    shared = next((n for n in found.notes if is_for_all(n.shape)), None)
    return tuple(n for n in found.notes if n is not shared or not found.indicators)


def _indicator(line: Written, header: Header) -> Indicator:
    found = parse_measure(line.shape)
    unit = line.maybe(found.unit)
    points = [_point(line, point, header) for point in found.points]
    baseline = _value(line, found.baseline, header)
    explicit = unit.said(mended=True) if unit else None
    common = explicit.text if explicit else _common_unit(points, baseline) or header.unit
    return Indicator(
        name=_name(line, found),
        number=_number(line, found),
        unit=common,
        baseline=_in_unit(baseline, common),
        years=tuple(_point_in_unit(point, common) for point in points),
        note=_note(line, found),
        place=line.places,
    )


def _name(line: Written, found: MeasureLine) -> Said | None:
    name = line.maybe(found.name)
    return name.said(mended=True) if name and name.shape != NAMELESS else None


def _number(line: Written, found: MeasureLine) -> str | None:
    number = line.maybe(found.number)
    said = number.said() if number else None
    return said.text if said else None


def _note(line: Written, found: MeasureLine) -> Said | None:
    """Return the line's own note, and what is printed beside the values and is none of them."""
    spans = [span for span in (*found.aside, found.note) if span]
    if not spans:
        return None
    return joined([line.cut(span) for span in spans]).said()


def _point(line: Written, point: PointLine, header: Header) -> YearPoint:
    """Return a year's values; a figure without a role takes the header's, or the other where that one is printed."""
    target = _value(line, point.target, header, printed=True)
    actual = _value(line, point.actual, header, printed=True)
    if bare := _value(line, point.bare, header):
        as_target = (header.bare == "target") == (
            (target if header.bare == "target" else actual) is None
        )
        if as_target and target is None:
            target = bare
        elif not as_target and actual is None:
            actual = bare
    rate = line.maybe(point.rate)
    return YearPoint(
        fiscal_year=point.year, target=target, actual=actual, rate=rate.said() if rate else None
    )


def _value(
    line: Written, span: Span | None, header: Header, *, printed: bool = False
) -> Value | None:
    """Return the value of a span; words that the file spells with references are words."""
    if span is None:
        return None
    cut = line.cut(span)
    if not cut or cut.shape == EMPTY:
        return Value(gap=Gap.BLANK, raw=cut.text or None, place=cut.places)
    if MASK in cut.shape:
        said = cut.said()
        return Value(text=said.text, raw=said.raw, place=said.place) if said else None
    value = read_value(cut.text, place=cut.places)
    agreed = (
        value.number is not None
        and value.unit is not None
        and is_unit(value.unit)
        and (printed or header.role_printed)
        and header.year_printed
    )
    return replace(value, sure=True) if agreed else value


def _common_unit(points: Iterable[YearPoint], baseline: Value | None) -> str | None:
    values = [v for point in points for v in (point.target, point.actual) if v]
    return next((v.unit for v in (*values, baseline) if v and v.unit), None)


def _in_unit(value: Value | None, unit: str | None) -> Value | None:
    return replace(value, unit=None) if value and value.unit == unit else value


def _point_in_unit(point: YearPoint, unit: str | None) -> YearPoint:
    return replace(point, target=_in_unit(point.target, unit), actual=_in_unit(point.actual, unit))
