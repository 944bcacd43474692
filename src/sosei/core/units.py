"""単位. What figures are counted in (`units.toml`), and which spellings are the same unit.

Units of one `base` differ by their `scale` alone: 635 万人 and 6,350,000 人 are the same number of the base 人.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
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


@cache
def _longest() -> int:
    return max(len(name) for name in _per() | frozenset(_units()))


def _prefix(text: str, at: int, known: frozenset[str] | dict[str, Unit]) -> int:
    """Return the length of the longest known word that begins at `at`, 0 if none does."""
    for length in range(min(_longest(), len(text) - at), 0, -1):
        if text[at : at + length] in known:
            return length
    return 0


_JOINT: Final = re.compile(" ?[/・当毎] ?(?:たり)? ?")


def unit_at(text: str, at: int = 0) -> tuple[Unit, int] | None:
    """Return the longest unit that begins at an offset of narrowed text, and where it ends; or None.

    >>> unit_at("人泊/年の目標")[1]
    4
    """
    length = _prefix(text, at, _units())
    if not length:
        return None
    unit, end = _units()[text[at : at + length]], at + length
    while joint := _JOINT.match(text, end):
        length = _prefix(text, joint.end(), _per())
        if not length or joint[0].strip() in ("当", "毎"):
            break
        per = text[joint.end() : joint.end() + length]
        sign = "/" if "/" in joint[0] else "・"
        unit = Unit(
            f"{unit.name}{sign}{per}", unit.kind, f"{unit.base}{sign}{_base(per)}", unit.scale
        )
        end = joint.end() + length
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
    for at in _starts(plain):
        found = unit_at(plain, at)
        if found and found[1] == len(plain):
            return plain[:at].rstrip(), found[0]
    return plain, None


def _starts(plain: str) -> Iterator[int]:
    return iter(range(max(0, len(plain) - 3 * _longest()), len(plain)))
