"""制度. The grant schemes: names, validity, rules and source of each as data (`schemes.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Literal

from sosei.core.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """交付金制度. `first` and `last` are fiscal years of execution; None where nothing is known or no end is set."""

    id: str
    ja: str
    en: str
    names: tuple[str, ...]
    source: str
    first: int | None = None
    last: int | None = None
    rate: Fraction | None = None
    max_indicators: int | None = None
    max_years: int | None = None
    criteria: Literal["G1", "G2"] | None = None
    publication: Literal["duty", "condition", "request"] | None = None

    def in_force(self, year: int | None) -> bool:
        """Tell whether projects were carried out under it in a fiscal year; an unknown year is not."""
        if year is None:
            return False
        return (self.first or year) <= year <= (self.last or year)


@cache
def known_schemes() -> tuple[Scheme, ...]:
    """Return the schemes of `schemes.toml`, in its order."""
    data = tomllib.loads((files("sosei.core") / "schemes.toml").read_text("utf-8"))
    return tuple(_scheme(entry) for entry in data["scheme"])


def _scheme(entry: dict[str, object]) -> Scheme:
    made = dict(entry)
    made["names"] = tuple(made["names"])  # type: ignore[arg-type]
    if "rate" in made:
        made["rate"] = Fraction(str(made["rate"]))
    return Scheme(**made)  # type: ignore[arg-type]


def scheme_named(text: str, schemes: tuple[Scheme, ...]) -> Scheme | None:
    """Return the scheme that words name, by the longest name that fits; None where none does.

    >>> scheme_named("地方創生推進交付金", known_schemes()).id
    'suishin'
    """
    key = fold(text)
    found = [
        (len(name), scheme) for scheme in schemes for name in scheme.names if fold(name) in key
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None
