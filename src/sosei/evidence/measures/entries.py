"""数えるもの. Entries of registers as the count sees them: no names, no contacts, only what a measure may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, Protocol

from sosei.evidence.measures.model import Literal_

Kind = Literal["roster", "log", "case", "survey", "series"]
KINDS: Final[tuple[Kind, ...]] = ("roster", "log", "case", "survey", "series")


class Kinded(Protocol):
    """種類のあるもの. Whatever says what kind of register it is: a register, or a kind of the catalogue."""

    @property
    def kind(self) -> Kind:
        """Return the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """一件. An entry of a register.

    `first`, `last`: of a roster, the days on which somebody joined and was last a member (None: still is); of a log, the
    day; of a series, the days its figure is for. `year`: the fiscal year that a survey's answer is for. `stages`: of a
    case, the day on which each was reached. `size`: how many people an anonymous group was. `values`: the other columns.
    """

    id: int
    register: str
    subject: int | None = None
    first: date | None = None
    last: date | None = None
    year: int | None = None
    size: int = 1
    stages: Mapping[str, date] = field(default_factory=dict)
    values: Mapping[str, Literal_] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """属性. What a subject was from a day on, until another says otherwise."""

    subject: int
    name: str
    value: Literal_
    first: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """台帳. `closed`: days up to which its owner said that nothing is missing (surveys: the fiscal years); `expected`: whom a survey asks, by year."""

    key: str
    kind: Kind
    closed_until: date | None = None
    closed_years: frozenset[int] = frozenset()
    expected: Mapping[int, frozenset[int]] = field(default_factory=dict)
