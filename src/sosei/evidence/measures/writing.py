"""数え方を書く. The one text of a measure: `parse` of it gives the measure again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sosei.evidence.measures.model import (
    After,
    All,
    At,
    Condition,
    During,
    Either,
    Having,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Over,
    Path,
    Since,
    Window,
)


def write(measure: Measure) -> str:
    """Return a measure's text, on one line."""
    return " ".join(_parts(measure))


def _parts(m: Measure) -> Iterator[str]:
    yield m.operation
    if m.path is not None:
        yield path(m.path)
    yield f"of {'+'.join(m.registers)}"
    if m.stage is not None:
        yield f"reaching {text(m.stage)}"
    if m.where is not None:
        yield f"where {condition(m.where)}"
    yield window(m.window)
    if m.having:
        yield "having " + " and ".join(map(_least, m.having))
    if m.after is not None:
        yield _after(m.after)
    if m.over is not None:
        yield _over(m.over)
    if m.rounded is not None:
        yield f"round {m.rounded.how} {m.rounded.digits}"
    yield f"unit {text(m.unit)}"


def text(said: str) -> str:
    """Return a text in quotes."""
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'


def constant(value: Literal_) -> str:
    """Return a constant as it is written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else text(value)


def path(of: Path) -> str:
    """Return a path as it is written."""
    if not of.of_subject:
        return of.name
    return f"subject.{of.name}" + (" then" if of.asof == "entry" else "")


def condition(of: Condition, *, inside: bool = False) -> str:
    """Return a condition as it is written; `inside` another one, what joins stands in brackets."""
    match of:
        case Is(where, compare, value):
            return f"{path(where)} {compare} {constant(value)}"
        case OneOf(where, values):
            return f"{path(where)} in ({', '.join(map(constant, values))})"
        case Known(where):
            return f"{path(where)} known"
        case Not(one):
            return f"not {condition(one, inside=True)}"
        case All(several):
            said = " and ".join(condition(one, inside=True) for one in several)
        case Either(several):
            said = " or ".join(condition(one, inside=True) for one in several)
    return f"({said})" if inside else said


def window(of: Window) -> str:
    """Return a window as it is written."""
    match of:
        case During(year, shift):
            return f"during {year}{_shift(shift)}"
        case Since(day):
            return f"since {day.isoformat() if day else 'start'}"
        case At(year, shift, None, None):
            return "at end" + (" calendar" if year == "calendar" else "") + _shift(shift)
        case At(_, shift, month, day):
            return f"at {month:02}-{day:02}{_shift(shift)}"
    raise AssertionError(of)


def _shift(years: int) -> str:
    return f" {years:+}" if years else ""


def _least(of: Having) -> str:
    said = "count" if of.path is None else f"distinct {path(of.path)}"
    return f"{said} {of.compare} {of.number}"


def _after(of: After) -> str:
    stage = f" reaching {text(of.stage)}" if of.stage is not None else ""
    within = f" within {of.within} months" if of.within is not None else ""
    return f"after {of.register}{stage}{within}"


def _over(of: Over) -> str:
    values = ", ".join(map(text, of.values))
    return f"over {path(of.path)} in ({values})" + (" monthly" if of.monthly else "")
