"""制度. The grant schemes: names, kinds, validity, limits and source of each as data (`schemes.toml`).

A project is not its grant: it runs on while schemes are renamed (`Scheme.follows`). What is not known is None; what no
source confirms stands in `unconfirmed` or has `confirmed` False: it is shown as such, and nothing is checked by it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeVar

from sosei.core.text import fold

Holder = Literal["prefecture", "core", "municipality"]
Per = Literal["project", "year", "total", "household", "single", "venture"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Valid:
    """有効な年度. Fiscal years of execution, `first` to `last`; None where nothing is known or no end is set."""

    first: int | None = None
    last: int | None = None

    def in_force(self, year: int | None) -> bool:
        """Tell whether it held in a fiscal year; an unknown year is not."""
        if year is None:
            return False
        return (self.first or year) <= year <= (self.last or year)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeType(Valid):
    """交付金の種類. A kind within a scheme (先駆型, TYPE1); its limits where they are its own."""

    id: str
    ja: str
    en: str
    names: tuple[str, ...]
    source: str
    max_years: int | None = None
    usual_years: int | None = None
    unconfirmed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Valid):
    """上限額. The most of the State's money, in yen: per what, for which bodies and kinds, in which years."""

    per: Per
    yen: int
    source: str
    types: tuple[str, ...] = ()
    holder: Holder | None = None
    least: int | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Valid):
    """件数の上限. How many projects a body may file; `joint`: how many of them are joint ones."""

    most: int
    source: str
    types: tuple[str, ...] = ()
    holder: Holder | None = None
    joint: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Valid):
    """交付金制度. `first` and `last` are fiscal years of execution; None where nothing is known or no end is set."""

    id: str
    ja: str
    en: str
    names: tuple[str, ...]
    source: str
    rate: Fraction | None = None
    max_indicators: int | None = None
    max_years: int | None = None
    criteria: Literal["G1", "G2"] | None = None
    publication: Literal["duty", "condition", "request"] | None = None
    breakdown: Literal["duty", "none"] | None = None
    follows: tuple[str, ...] = ()
    types: tuple[SchemeType, ...] = ()
    caps: tuple[Cap, ...] = ()
    counts: tuple[Count, ...] = ()
    unconfirmed: tuple[tuple[str, str], ...] = ()

    def type_named(self, text: str) -> SchemeType | None:
        """Return the kind that words name, by the longest name that fits; None where none does.

        >>> next(s for s in known_schemes() if s.id == "suishin").type_named("先駆タイプ").id
        'senku'
        """
        return _longest(text, self.types)

    def caps_for(
        self, holder: Holder | None, year: int | None, kind: SchemeType | None
    ) -> tuple[Cap, ...]:
        """Return the limits that hold for a body of a sort, in a year, for a kind (None: not known which)."""
        return tuple(
            cap
            for cap in self.caps
            if (cap.holder is None or cap.holder == holder)
            and cap.in_force(year)
            and (not cap.types or (kind is not None and kind.id in cap.types))
        )


@cache
def known_schemes() -> tuple[Scheme, ...]:
    """Return the schemes of `schemes.toml`, in its order."""
    data = tomllib.loads((files("sosei.core") / "schemes.toml").read_text("utf-8"))
    return tuple(_scheme(entry) for entry in data["scheme"])


_LISTS: Final = ("names", "follows")


def _scheme(entry: dict[str, Any]) -> Scheme:
    made = _made(entry)
    return Scheme(
        **{k: v for k, v in made.items() if k not in ("type", "cap", "count")},
        types=tuple(SchemeType(**_made(kind)) for kind in entry.get("type", ())),
        caps=tuple(Cap(**_limit(cap)) for cap in entry.get("cap", ())),
        counts=tuple(Count(**_limit(count)) for count in entry.get("count", ())),
    )


def _made(entry: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {k: tuple(v) if k in _LISTS else v for k, v in entry.items()}
    if "rate" in made:
        made["rate"] = Fraction(str(made["rate"]))
    if "unconfirmed" in made:
        made["unconfirmed"] = tuple(made["unconfirmed"].items())
    return made


def _limit(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a limit, its one kind (`type`) or several (`types`) as one list."""
    kinds = tuple(entry.get("types", ())) + ((entry["type"],) if "type" in entry else ())
    return {k: v for k, v in entry.items() if k not in ("type", "types")} | {"types": kinds}


def scheme_named(text: str, schemes: tuple[Scheme, ...]) -> Scheme | None:
    """Return the scheme that words name, by the longest name that fits; None where none does.

    >>> scheme_named("地方創生推進交付金", known_schemes()).id
    'suishin'
    """
    return _longest(text, schemes)


_Named = TypeVar("_Named", Scheme, SchemeType)


def _longest(text: str, among: Iterable[_Named]) -> _Named | None:
    key = fold(text)
    found = [(len(name), one) for one in among for name in one.names if fold(name) in key]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def holder_of(code: str) -> Holder:
    """Return the sort of a body by its code: a prefecture's (01 to 47) ends in 000 before the check digit.

    Which cities are 中枢中核都市 is not in the code: they count as municipalities here.

    >>> holder_of("030007"), holder_of("032018")
    ('prefecture', 'municipality')
    """
    return "prefecture" if code[2:5] == "000" and "01" <= code[:2] <= "47" else "municipality"
