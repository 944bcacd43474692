"""見出しの言うこと. What the words of a heading say by themselves of the figures under or beside it: role, year, unit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from sosei.core.fiscal import find_years
from sosei.core.text import fold
from sosei.core.units import is_unit
from sosei.reading.vocabulary import role_of

#: Roles of figures; what else a wording may be (a rate, money, a remark) speaks against each of them.
FIGURES: Final = frozenset({"baseline", "current", "target", "actual", "cumulative", "forecast"})
_APART: Final = re.compile(r"[\r\n（）()／/・:：\[\]【】]+")
_UNIT: Final = re.compile(r"単位\s*[:：]?\s*(?P<unit>[^\s)）、。]{1,10})")
_BRACKET: Final = re.compile(r"[（(\[【](?P<inner>[^（）()\[\]【】]{1,12})[）)\]】]")
#: A heading is longer than this only where it is no heading.
_LONGEST: Final = 40
_SHORT: Final = 8
_GOAL: Final = re.compile(r"数値目標[】\])）\s]*$")


class Sign(NamedTuple):
    """見出し. Roles that the words name, fiscal years, and units."""

    roles: frozenset[str]
    years: frozenset[int]
    units: frozenset[str]


NOTHING: Final = Sign(frozenset(), frozenset(), frozenset())


@lru_cache(maxsize=8192)
def sign(text: str, near: int | None) -> Sign:
    """Return what a heading says."""
    if not text.strip() or len(text) > _LONGEST:
        return NOTHING
    found = find_years(text, near=near)
    fiscal = [one for one in found if one.kind == "fiscal"] or found
    years = frozenset(one.fiscal_year for one in fiscal) or _western(text)
    return Sign(_roles(text, [(one.start, one.end) for one in found]), years, units_in(text))


def _western(text: str) -> frozenset[int]:
    found = re.fullmatch(r"\D{0,8}((?:19|20)\d\d)\D{0,8}", fold(text))
    return frozenset({int(found[1])}) if found else frozenset()


def _roles(text: str, years: list[tuple[int, int]]) -> frozenset[str]:
    """Return the roles that the wording as a whole, without its years, or a part between brackets names."""
    bare = text
    for start, end in reversed(years):
        bare = f"{bare[:start]} {bare[end:]}"
    tries = [text, bare, *_APART.split(bare)]
    found = {role for one in tries if (role := role_of(_trimmed(one))) is not None}
    return frozenset(found & FIGURES) or frozenset(found)


def _trimmed(text: str) -> str:
    return re.sub(r"^[\s①-⑳0-9.．)）ア-オA-Ea-e年度末のに]+(?=\S)|[①-⑳\sのは]+$", "", text.strip())


@lru_cache(maxsize=1024)
def goal_of(text: str) -> str | None:
    """Return what a line over a table says of goals: "target" of figures that are aimed at, "goal" of a chapter 数値目標."""
    if role_of(text) == "target":
        return "target"
    return "goal" if _GOAL.search(text) else None


@lru_cache(maxsize=8192)
def units_in(text: str) -> frozenset[str]:
    """Return the units that a heading or a name states: 単位：人, （人）, 人/年 as a whole."""
    found = {one["unit"] for one in _UNIT.finditer(text)}
    found |= {
        one["inner"].strip() for one in _BRACKET.finditer(text) if is_unit(one["inner"].strip())
    }
    plain = text.strip()
    found |= (
        {plain} if len(plain) <= _SHORT and is_unit(plain) and role_of(plain) is None else set()
    )
    return frozenset(found - {"単位"})


def bare(text: str) -> str:
    """Return a cell of the column of units without brackets and blanks around."""
    return text.strip("（）() \n\u3000")


def says_unit(text: str) -> bool:
    """Whether a cell of the column of units says one."""
    short = 0 < len(text) <= _SHORT and not re.search(r"\d", text)
    return is_unit(text) or (short and role_of(text) is None)
