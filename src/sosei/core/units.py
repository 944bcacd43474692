"""単位. What figures are counted in (`units.toml`), and which spellings are the same unit.

Units of one `base` differ by their `scale` alone: 635 万人 and 6,350,000 人 are the same number of the base 人.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from sosei.core.text import narrow

Kind = Literal["count", "money", "ratio", "measure", "index"]
_KINDS: Final[tuple[Kind, ...]] = ("count", "ratio", "measure", "index")


@dataclass(frozen=True, slots=True)
class Unit:
    """単位. `name` as written in half-width signs; one of it is `scale` of `base`.

    Ratios keep scale 1 and a base of their own: 40 % is 40 of %, and never 0.4 of anything.
    """

    name: str
    kind: Kind
    base: str
    scale: int


@cache
def _units() -> dict[str, Unit]:
    """Return every simple unit by its spelling."""
    table = tomllib.loads((files("sosei.core") / "units.toml").read_text("utf-8"))
    units = {
        name: Unit(name, kind, names[0], 1)
        for kind in _KINDS
        for names in table[kind]
        for name in names
    }
    scaled = [
        unit for unit in units.values() if unit.kind in table["scaled"] and unit.name not in _TIMES
    ]
    for prefix, scale in table["scales"].items():
        for unit in scaled:
            units.setdefault(
                prefix + unit.name, Unit(prefix + unit.name, unit.kind, unit.base, scale)
            )
    for name, scale in table["money"].items():
        units[name] = Unit(name, "money", "円" if name.endswith("円") else name, scale)
    return units


_TIMES: Final = frozenset({"年", "年間", "日", "代", "歳", "才", "次", "号", "巻"})


@cache
def _per() -> frozenset[str]:
    table = tomllib.loads((files("sosei.core") / "units.toml").read_text("utf-8"))
    return frozenset(table["per"]) | frozenset(_units())


def names() -> tuple[str, ...]:
    """Return the spellings of all simple units, longest first."""
    return tuple(sorted(_units(), key=lambda name: (-len(name), name)))


Index = dict[str, tuple[int, ...]]


@cache
def _lengths() -> tuple[Index, Index]:
    """Return the lengths, longest first, of units and of what may follow a stroke, by their first character."""
    return _indexed(_units()), _indexed(_per())


def _indexed(words: Iterable[str]) -> Index:
    index: dict[str, set[int]] = {}
    for word in words:
        index.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in index.items()}


def _word_at(text: str, at: int, index: Index, known: Container[str]) -> str | None:
    """Return the longest known word that begins at `at`."""
    for length in index.get(text[at : at + 1], ()):
        word = text[at : at + length]
        if word in known:
            return word
    return None


_JOINT: Final = re.compile(" ?[/・] ?")
_STROKES: Final = frozenset("/・")


def unit_at(text: str, at: int = 0) -> tuple[Unit, int] | None:
    """Return the longest unit that begins at an offset of narrowed text, and where it ends; or None.

    >>> unit_at("人泊/年の目標")[1]
    4
    """
    units, per = _lengths()
    word = _word_at(text, at, units, _units())
    if word is None:
        return None
    unit, end = _units()[word], at + len(word)
    while text[end : end + 2].lstrip()[:1] in _STROKES and (joint := _JOINT.match(text, end)):
        word = _word_at(text, joint.end(), per, _per())
        if word is None:
            break
        sign = "/" if "/" in joint[0] else "・"
        unit = Unit(
            f"{unit.name}{sign}{word}", unit.kind, f"{unit.base}{sign}{_base(word)}", unit.scale
        )
        end = joint.end() + len(word)
    return unit, end


def _base(per: str) -> str:
    known = _units().get(per)
    return known.base if known and known.scale == 1 else per


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit | None:
    """Return the unit that a whole text is, or None. Brackets and width do not count.

    >>> unit_of("万人").scale, unit_of("（千円）").base, unit_of("％").name
    (10000, '円', '%')
    """
    plain = narrow(text).strip(" ()")
    plain = plain.removeprefix("単位").lstrip(" :") or plain
    found = unit_at(plain)
    return found[0] if found and found[1] == len(plain) else None


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit and nothing else."""
    return unit_of(text) is not None


def split_unit(text: str) -> tuple[str, Unit | None]:
    """Split the longest unit off a text's end.

    >>> split_unit("90万人泊")[0]
    '90'
    """
    plain = narrow(text).rstrip()
    for at in range(len(plain)):
        found = unit_at(plain, at)
        if found and found[1] == len(plain):
            return plain[:at].rstrip(), found[0]
    return plain, None
