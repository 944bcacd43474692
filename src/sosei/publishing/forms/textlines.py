"""指標の行と経費の行. Indicators and money as the seed writes them, each in one line of a cell.

A line is written, read by the family's own grammar, and written again with more references until it says what it
should: ordinary words need none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, product
from typing import Final, Literal

from sosei.core.cardcell import line_of_measures
from sosei.core.cardline import (
    BETWEEN_YEARS,
    EMPTY,
    MASK,
    NAMELESS,
    MeasureLine,
    PointLine,
    Span,
    parse_measure,
    split_measures,
)
from sosei.core.costline import parse_costs
from sosei.core.errors import SoseiError
from sosei.core.fields import word
from sosei.core.figures import read_value
from sosei.core.fiscal import FiscalYear
from sosei.core.gaps import Gap
from sosei.core.money import SCALES, read_yen
from sosei.core.report import Indicator, MoneyUnit, Said, Spending, Value, YearPoint
from sosei.core.units import is_unit
from sosei.publishing.forms.textink import TRIES, Ink, words

Role = Literal["target", "actual"]
_WORD: Final = {"target": "目標", "actual": "実績"}


def text_of(said: Said | None) -> str | None:
    """Return the words, or None."""
    return said.text if said else None


# -- indicators -------------------------------------------------------------------------------------------------------


def indicator_line(indicator: Indicator, bare: Role, *, with_note: bool) -> Ink:
    """Return an indicator's line. `bare`: the role that the header gives to a figure without one."""
    line = Ink()
    for line in _tries(indicator, bare, with_note=with_note):
        if _says(line, indicator, bare, with_note=with_note):
            return line
    return line


def _tries(indicator: Indicator, bare: Role, *, with_note: bool) -> Iterator[Ink]:
    for level, inline, short in product(TRIES, (True, False), (True, False)):
        if not (_unit_shows(indicator) if inline else indicator.unit):
            continue
        if short and not _is_short(indicator, bare, inline=inline):
            continue
        head = _number(indicator.number, level) + _name(indicator.name, level)
        unit = indicator.unit if inline else None
        if not inline:
            head += "（単位：" + words(indicator.unit, level) + "）"
        body = _short(indicator, bare, level) if short else _points(indicator, unit, level)
        yield head + body + (_note(indicator.note, level) if with_note else "")


def _number(number: str | None, level: int) -> Ink:
    if number is None:
        return Ink()
    plain = parse_measure(number + "名").number == (0, len(number))
    return Ink(number, number) if plain else "［" + words(number, level) + "］"


def _name(name: Said | None, level: int) -> Ink:
    return words(name.text, level) if name else Ink(NAMELESS, NAMELESS)


def _note(note: Said | None, level: int) -> Ink:
    return " ※" + words(note.text, level) if note else Ink()


def _unit_shows(indicator: Indicator) -> bool:
    """Tell whether the unit can be printed behind the figures alone."""
    if indicator.unit is None:
        return True
    return is_unit(indicator.unit) and all(
        value.unit in (None, indicator.unit) for value in _values(indicator)
    )


def _values(indicator: Indicator) -> list[Value]:
    every = (v for p in indicator.years for v in (p.target, p.actual))
    return [value for value in (*every, indicator.baseline) if value]


def _is_short(indicator: Indicator, bare: Role, *, inline: bool) -> bool:
    """Tell whether the line is 「name 18 人」: one figure, in the role that the header gives."""
    if len(indicator.years) != 1 or indicator.baseline or not inline or indicator.unit is None:
        return False
    value = getattr(indicator.years[0], bare)
    alone = indicator.years[0] == YearPoint(**{bare: value})
    return alone and value is not None and value.number is not None


def _short(indicator: Indicator, bare: Role, level: int) -> Ink:
    return " " + _value(getattr(indicator.years[0], bare), indicator.unit, level, space=" ")


def _points(indicator: Indicator, unit: str | None, level: int) -> Ink:
    """Return baseline and years; a year that says nothing still has its mark."""
    line = Ink()
    if indicator.baseline:
        line += " 基準値 " + _value(indicator.baseline, unit, level)
    for i, point in enumerate(indicator.years):
        ink = _point(point, unit, level)
        says_more = point.target or point.actual or point.rate
        line += (
            " " if i == 0 and says_more else BETWEEN_YEARS if ink else BETWEEN_YEARS.rstrip()
        ) + ink
    return line


def _point(point: YearPoint, unit: str | None, level: int) -> Ink:
    parts = [Ink() + str(FiscalYear(point.fiscal_year))] if point.fiscal_year is not None else []
    parts += [
        f"{_WORD[role]} " + _value(value, unit, level)
        for role, value in (("target", point.target), ("actual", point.actual))
        if value
    ]
    if point.rate:
        parts.append("達成率 " + words(point.rate.text, level))
    line = Ink()
    for part in parts:
        line = line + " " + part if line else part
    return line


def _value(value: Value, unit: str | None, level: int, *, space: str = "") -> Ink:
    """Return a value; its own unit only where the indicator's is printed elsewhere."""
    if value.text is not None:
        plain = read_value(value.text)
        return words(value.text, level if plain.text == value.text else max(level, 2))
    if value.number is None:
        text = EMPTY if value.gap is Gap.BLANK else word("Value.gap", value.gap or Gap.DASH)
        return Ink(text, text)
    text = next(_figures(value, unit, space))
    return Ink(text, text)


def _figures(value: Value, unit: str | None, space: str) -> Iterator[str]:
    """Yield spellings of a number, the fullest first; the last is the barest."""
    assert value.number is not None
    grouped, plain = f"{value.number:,f}", f"{value.number:f}"
    behind = f"{space}{unit}" if unit else ""
    bound = word("Value.op", value.op) if value.op else ""
    state = f"（{word('Value.state', value.state)}）" if value.state else ""
    for number, more in product((grouped, plain), (bound + state, bound, "")):
        text = f"{number}{behind}{more}"
        read = read_value(text)
        if (read.number, read.unit) == (value.number, unit):
            yield text
    yield f"{plain}{behind}"


def _says(line: Ink, indicator: Indicator, bare: Role, *, with_note: bool) -> bool:
    """Tell whether the family's grammar finds in a line what the indicator says."""
    if line_of_measures(line.shape) != "measures":
        return False
    if split_measures(line.shape) != [(0, len(line.shape))]:
        return False
    found = parse_measure(line.shape)
    name = line.said(found.name, mended=True)
    nameless = found.name is not None and line.shape[slice(*found.name)] == NAMELESS
    note = text_of(indicator.note) if with_note else None
    return (
        (None if nameless else name) == text_of(indicator.name)
        and line.said(found.number) == indicator.number
        and (line.said(found.note), found.aside) == (note, ())
        and _reads(line, found.baseline) == _plain(indicator.baseline)
        and [_point_reads(line, p, bare) for p in found.points]
        == [_point_plain(p) for p in indicator.years]
        and _unit_reads(line, found) == indicator.unit
    )


Plain = tuple[Decimal | None, Gap | None, str | None]


def _plain(value: Value | None) -> Plain | None:
    return (value.number, value.gap, value.text) if value else None


def _reads(line: Ink, span: Span | None) -> Plain | None:
    if span is None:
        return None
    text, shape = line.text[slice(*span)], line.shape[slice(*span)]
    if not shape or shape == EMPTY:
        return (None, Gap.BLANK, None)
    if MASK in shape:
        return (None, None, line.said(span))
    return _plain(read_value(text))


def _point_reads(line: Ink, point: PointLine, bare: Role) -> tuple[object, ...]:
    spans = {"target": point.target, "actual": point.actual}
    if point.bare:
        spans[bare] = spans[bare] or point.bare
    return (
        point.year,
        _reads(line, spans["target"]),
        _reads(line, spans["actual"]),
        line.said(point.rate),
    )


def _point_plain(point: YearPoint) -> tuple[object, ...]:
    return (point.fiscal_year, _plain(point.target), _plain(point.actual), text_of(point.rate))


def _unit_reads(line: Ink, found: MeasureLine) -> str | None:
    """Return the unit that the reader gives the indicator: the one in brackets, or the first figure's."""
    if found.unit:
        return line.said(found.unit, mended=True)
    spans = [s for p in found.points for s in (p.target, p.actual, p.bare) if s]
    for span in (*spans, found.baseline):
        if span and MASK not in line.shape[slice(*span)] and span[0] < span[1]:
            unit = read_value(line.text[slice(*span)]).unit
            if unit:
                return unit
    return None


# -- money ------------------------------------------------------------------------------------------------------------


def cost_paragraphs(spending: Sequence[Spending]) -> Iterator[Ink]:
    """Yield lines of money: those with numbers in one paragraph, as the seed has them."""
    for numbered, group in groupby(spending, key=lambda cost: cost.number is not None):
        costs = list(group)
        together = _costs(costs) if numbered else None
        if together is not None:
            yield together
        else:
            yield from (_costs([cost]) or _cost(cost, TRIES[-1]) for cost in costs)


def _costs(spending: Sequence[Spending]) -> Ink | None:
    for level in TRIES:
        line = Ink()
        for cost in spending:
            line = line + " " + _cost(cost, level) if line else _cost(cost, level)
        if _cost_says(line) == [(c.number, text_of(c.label), c.yen) for c in spending]:
            return line
    return None


def _cost(cost: Spending, level: int) -> Ink:
    number = _number(cost.number, level)
    label = words(cost.label.text, level) if cost.label else Ink()
    amount = _amount(cost)
    if not label and cost.yen is None:
        label = Ink(NAMELESS, NAMELESS)
    return (number + " " if number else number) + (label + " " if label else label) + amount


def _amount(cost: Spending) -> str:
    if cost.yen is None:
        return "－"
    for unit in (cost.unit or "円", "円"):
        text = _money(cost.yen, unit)
        if _yen(text) == cost.yen:
            return text
    return _money(cost.yen, "円")


def _money(yen: int, unit: MoneyUnit) -> str:
    amount = Decimal(abs(yen)) / SCALES[unit]
    whole = amount == amount.to_integral_value()
    return f"{'△' if yen < 0 else ''}{int(amount) if whole else amount:,} {unit}"


def _yen(text: str) -> int | None:
    try:
        return read_yen(text)[0]
    except SoseiError:
        return None


def _cost_says(line: Ink) -> list[tuple[str | None, str | None, int | None]]:
    out = []
    for found in parse_costs(line.shape):
        label = line.said(found.label, mended=True)
        nameless = found.label is not None and line.shape[slice(*found.label)] == NAMELESS
        yen = _yen(line.text[slice(*found.amount)]) if found.amount else None
        out.append((line.said(found.number), None if nameless else label, yen))
        if found.note:
            return []
    return out
