"""数え方の木. A measure as JSON, so that whoever recounts it needs no parser.

A condition is a list: a sign, the path and the values of which one must hold (`["=", path, "青森市", "盛岡市"]`), or
`["known", path]`, or `["not" | "all" | "either", [conditions]]`. A window's days are texts, or lists of how many years later,
the month and the day (`[1, 3, 31]`). Rounding is named as Python's `decimal` does: down is towards zero, up away from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any, Final

from sosei.evidence.measures.model import (
    All,
    At,
    Condition,
    During,
    Either,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Path,
    Rounding,
    Since,
    Window,
)

_ROUNDING: Final[Mapping[Rounding, str]] = {
    "down": ROUND_DOWN, "half-up": ROUND_HALF_UP, "up": ROUND_UP,
}  # fmt: skip
_FISCAL: Final = ([0, 4, 1], [1, 3, 31])
_CALENDAR: Final = ([0, 1, 1], [0, 12, 31])


def plain(value: Literal_) -> Any:
    """Return a constant as JSON: words and yes or no as they are, numbers and days marked as such.

    >>> plain(Decimal("12.50")), plain(date(2021, 5, 1)), plain("12.50")
    ({'$number': '12.50'}, {'$day': '2021-05-01'}, '12.50')
    """
    if isinstance(value, Decimal):
        return {"$number": format(value, "f")}
    return {"$day": value.isoformat()} if isinstance(value, date) else value


def tree(m: Measure) -> dict[str, Any]:
    """Return a measure as JSON."""
    return {
        "operation": m.operation,
        "path": m.path and path(m.path),
        "registers": list(m.registers),
        "stage": m.stage,
        "where": ["all", []] if m.where is None else _condition(m.where),
        "window": _window(m.window),
        "having": [[h.path and path(h.path), h.compare, h.number] for h in m.having],
        "after": m.after and asdict(m.after),
        "over": m.over and {**asdict(m.over), "path": path(m.over.path)},
        "round": m.rounded and {"digits": m.rounded.digits, "how": _ROUNDING[m.rounded.how]},
        "unit": m.unit,
    }


def path(of: Path) -> dict[str, str]:
    """Return a path as JSON."""
    if not of.of_subject:
        return {"of": "entry", "name": of.name}
    return {"of": "subject", "name": of.name, "asof": of.asof}


def _condition(of: Condition) -> list[Any]:
    match of:
        case Is(where, compare, value):
            return [compare, path(where), plain(value)]
        case OneOf(where, values):
            return ["=", path(where), *map(plain, values)]
        case Known(where):
            return ["known", path(where)]
        case Not(one):
            return ["not", [_condition(one)]]
        case All(several):
            return ["all", [_condition(one) for one in several]]
        case Either(several):
            return ["either", [_condition(one) for one in several]]


def _window(of: Window) -> dict[str, Any]:
    match of:
        case During(year, shift):
            days = _CALENDAR if year == "calendar" else _FISCAL
            return {
                "of": "survey" if year == "survey" else "during",
                "shift": shift,
                "days": list(days),
            }
        case Since(day):
            return {"of": "since", "shift": 0, "days": [day.isoformat() if day else "", _FISCAL[1]]}
        case At(_, shift, int(month), int(day)):
            return {"of": "at", "shift": shift, "days": [[int(month < 4), month, day]] * 2}
        case At(year, shift):
            return {
                "of": "at",
                "shift": shift,
                "days": [(_CALENDAR if year == "calendar" else _FISCAL)[1]] * 2,
            }
