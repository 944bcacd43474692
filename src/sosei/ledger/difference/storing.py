"""差分の保存. A difference as plain JSON data, to be stored with a batch and shown later; and back.

What stood and what came are kept as JSON text of the contract (`core.codec`), so that a database that reorders keys or
rewrites numbers changes nothing of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, cast

from sosei.core.codec import decode, encode
from sosei.core.report import (
    SCHEMA,
    Body,
    Indicator,
    PeriodSaid,
    Place,
    Project,
    Report,
    Said,
    Spending,
    Value,
    Year,
    YearPoint,
)
from sosei.ledger.difference.model import Change, Difference
from sosei.ledger.difference.words import About

VERSION: Final = 1
#: Where in a report a part of each kind can stand: how `core.codec` is asked for it alone.
_STANDS: Final[Mapping[str, tuple[str | int, ...]]] = {
    "Said": ("title",),
    "Year": ("fiscal_year",),
    "Body": ("bodies", 0),
    "Project": ("projects", 0),
    "PeriodSaid": ("projects", 0, "period"),
    "Spending": ("projects", 0, "spending", 0),
    "Indicator": ("projects", 0, "indicators", 0),
    "Value": ("projects", 0, "indicators", 0, "baseline"),
    "YearPoint": ("projects", 0, "indicators", 0, "years", 0),
}
_ABOUT: Final = ("project", "item", "year", "label")
_PLAIN: Final = ("id", "kind", "part", "field", "here", "there")


def to_json(difference: Difference, *, unchanged: bool = True) -> dict[str, Any]:
    """Return a difference as JSON data. `unchanged`: whether to keep what is the same on both sides."""
    changes = difference.changes if unchanged else tuple(_telling(difference))
    return {
        "version": VERSION,
        "partial": difference.partial,
        "year": difference.year,
        "pairs": dict(difference.pairs),
        "joins": dict(difference.joins),
        "changes": [_encoded(change) for change in changes],
    }


def from_json(data: Mapping[str, Any]) -> Difference:
    """Return the difference that `to_json` gave. Raises ValueError on another version."""
    if data.get("version") != VERSION:
        raise ValueError(f"not a difference of version {VERSION}: {data.get('version')!r}")
    return Difference(
        tuple(_decoded(change) for change in data["changes"]),
        data["partial"],
        data["year"],
        dict(data["pairs"]),
        dict(data["joins"]),
    )


def _telling(difference: Difference) -> list[Change]:
    return [change for change in difference.changes if change.kind != "unchanged"]


def _encoded(change: Change) -> dict[str, Any]:
    data = {name: getattr(change, name) for name in _PLAIN}
    data |= {name: getattr(change.about, name) for name in _ABOUT}
    data |= {"before": _text(change.before), "after": _text(change.after)}
    data |= {"units": list(change.units), "reasons": list(change.reasons)}
    data |= {"candidates": list(change.candidates)}
    if change.place and change.place != getattr(change.after, "place", None):
        data["place"] = _text(Said(text="-", place=change.place))
    return {
        name: thing for name, thing in data.items() if thing not in (None, "", [], [None, None])
    }


def _decoded(data: Mapping[str, Any]) -> Change:
    after = _thing(data.get("after"))
    place = _thing(data["place"]).place if "place" in data else getattr(after, "place", ())
    units = data.get("units", (None, None))
    return Change(
        **{name: data[name] for name in _PLAIN if name in data},
        about=About(**{name: data.get(name) for name in _ABOUT}),
        before=_thing(data.get("before")),
        after=after,
        units=(units[0], units[1]),
        place=cast(tuple[Place, ...], place),
        reasons=tuple(data.get("reasons", ())),
        candidates=tuple(data.get("candidates", ())),
    )


def _text(thing: Any) -> str | None:
    """Return a part as JSON text, with its class; words and whole numbers as they are."""
    if thing is None:
        return None
    name = type(thing).__name__
    inner: Any = thing if name not in _STANDS else _taken(encode(_report(thing)), _STANDS[name])
    return json.dumps([name, inner], ensure_ascii=False, separators=(",", ":"))


def _thing(text: str | None) -> Any:
    if text is None:
        return None
    name, inner = json.loads(text)
    if name not in _STANDS:
        return inner
    data = _around(_STANDS[name], inner)
    return _found(decode({"schema": SCHEMA, "projects": [], **data}), _STANDS[name])


def _report(thing: Any) -> Report:
    """Return a report in which a part stands alone."""
    match thing:
        case Said():
            return Report(title=thing)
        case Year():
            return Report(fiscal_year=thing)
        case Body():
            return Report(bodies=(thing,))
        case Project():
            return Report(projects=(thing,))
        case PeriodSaid():
            return Report(projects=(Project(period=thing),))
        case Spending():
            return Report(projects=(Project(spending=(thing,)),))
        case Value():
            return _report(Indicator(baseline=thing))
        case YearPoint():
            return _report(Indicator(years=(thing,)))
        case Indicator():
            return Report(projects=(Project(indicators=(thing,)),))
    raise TypeError(f"no part of a report: {thing!r}")


def _taken(data: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        data = data[step]
    return data


def _found(report: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        report = report[step] if isinstance(step, int) else getattr(report, step)
    return report


#: What must be said of a part for its sake alone.
_NEEDED: Final[Mapping[str, dict[str, Any]]] = {
    "projects": {"kind": "result", "indicators": []},
    "indicators": {"years": []},
}


def _around(steps: tuple[str | int, ...], inner: Any) -> dict[str, Any]:
    """Return the data of a report in which a part stands alone."""
    *outer, last = steps
    if isinstance(last, int):
        return _around(tuple(outer), [inner]) if outer[:-1] else {str(outer[0]): [inner]}
    if not outer:
        return {str(last): inner}
    *further, _ = outer
    needed = _NEEDED[str(further[-1])]
    return _around(tuple(outer), {**needed, str(last): inner})
