"""二つの報告書. Two reports that have something to do with one another: one is drawn, the other made from it.

What departments do to a sheet: leave out, reorder, respell, type other figures, answer, copy a row, add one of their own.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from sosei.core.gaps import Gap
from sosei.core.report import DIGITS, Indicator, Project, Report, Said, Value, YearPoint
from strategies import indicators, projects, reports, saids, spendings, values, year_points

_WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789()AB"}


def respelled(text: str) -> str:
    """The same words in another spelling: full width, a space in between."""
    half = len(text) // 2
    wide = text.translate(_WIDE)
    if half and text[half - 1] > "ぁ" and text[half] > "ぁ":
        return f"{wide[:half]} {wide[half:]}"
    return wide


def say(draw: st.DrawFn, said: Said | None) -> Said | None:
    """The same words, another spelling of them, other words, or nothing."""
    how = draw(st.sampled_from("sssrnd"))
    if how == "n":
        return None
    if how == "d" or said is None:
        return draw(saids()) if how == "d" else None
    return Said(text=respelled(said.text)) if how == "r" else said


def answered(draw: st.DrawFn, value: Value | None) -> Value | None:
    """The same figure, in another unit, a blank, nothing, 集計中, or another."""
    how = draw(st.sampled_from("sssubncd"))
    if how == "d":
        return draw(values())
    if how == "b":
        return Value(gap=Gap.BLANK)
    if how == "c":
        return Value(gap=Gap.COUNTING)
    if how == "u" and value is not None and value.number is not None and value.unit == "人":
        fewer = value.number / Decimal(10000)
        if -int(fewer.normalize().as_tuple().exponent) <= DIGITS:  # a report holds no finer figure
            return replace(value, number=fewer, unit="万人")
    return None if how == "n" else value


def shuffled(draw: st.DrawFn, items: tuple[Any, ...], change: Any, more: Any) -> tuple[Any, ...]:
    """Some of the entries, changed, perhaps reordered, perhaps one twice, perhaps a new one."""
    kept = [change(draw, item) for item in items if draw(st.integers(0, 4))]
    if kept and draw(st.integers(0, 3)) == 0:
        kept = list(draw(st.permutations(kept)))
    if kept and draw(st.integers(0, 5)) == 0:
        kept.append(kept[0])
    if draw(st.integers(0, 3)) == 0:
        kept.insert(draw(st.integers(0, len(kept))), draw(more))
    return tuple(kept)


def point(draw: st.DrawFn, item: YearPoint) -> YearPoint:
    """What an answer makes of a year."""
    return replace(
        item,
        target=answered(draw, item.target),
        actual=answered(draw, item.actual),
        due=item.due if draw(st.booleans()) else None,
    )


def indicator(draw: st.DrawFn, item: Indicator) -> Indicator:
    """What an answer makes of an indicator."""
    return replace(
        item,
        name=say(draw, item.name),
        id=item.id if draw(st.booleans()) else None,
        unit=draw(st.sampled_from((item.unit, item.unit, None, "人"))),
        baseline=answered(draw, item.baseline),
        note=say(draw, item.note),
        years=shuffled(draw, item.years, point, year_points()),
    )


def project(draw: st.DrawFn, item: Project) -> Project:
    """What an answer makes of a project."""
    return replace(
        item,
        name=say(draw, item.name),
        grant=say(draw, item.grant),
        id=item.id if draw(st.booleans()) else None,
        departments=shuffled(draw, item.departments, say_some, saids()),
        activities=shuffled(draw, item.activities, say_some, saids()),
        spending=shuffled(draw, item.spending, line, spendings()),
        indicators=shuffled(draw, item.indicators, indicator, indicators(2)),
        verification=item.verification if draw(st.booleans()) else None,
    )


def say_some(draw: st.DrawFn, said: Said) -> Said:
    """Words that do not vanish."""
    return say(draw, said) or said


def line(draw: st.DrawFn, item: Any) -> Any:
    """What an answer makes of a line of money."""
    yen = draw(st.sampled_from((item.yen, item.yen, None, 1000, 1_000_000)))
    return replace(item, label=say(draw, item.label), yen=yen)


@st.composite
def pairs(draw: st.DrawFn, size: int = 2) -> tuple[Report, Report]:
    """Two reports: strangers, or one made from the other."""
    current = draw(reports(size))
    if draw(st.integers(0, 4)) == 0:
        return current, draw(reports(size))
    return current, replace(
        current,
        title=say(draw, current.title),
        fiscal_year=current.fiscal_year if draw(st.booleans()) else None,
        projects=shuffled(draw, current.projects, project, projects(size)),
    )
