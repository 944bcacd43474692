"""単位の比べ方. Whether two units count the same thing, and what a name must be counted in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sosei.core.text import fold
from sosei.core.units import Unit, unit_of

_PER: Final = re.compile(r"[/／](年度?|月|日|回|か年|カ年)$|^年間")
#: Counting persons once, by night, by visit: three measures that are mixed most often.
VISITS: Final = frozenset({"人", "人泊", "人回", "泊", "人日"})
_SAME: Final = {
    "名": "人",
    "箇所": "か所",
    "ヶ所": "か所",
    "ヵ所": "か所",
    "カ所": "か所",
    "ケ所": "か所",
}


def unit(text: str | None) -> Unit | None:
    """Return the unit that words name, "per year" left aside; None where it is not known."""
    return unit_of(_PER.sub("", text.strip())) if text else None


@lru_cache(maxsize=4096)
def base(text: str) -> str:
    """Return what a unit counts, whatever its scale: 千人, 万人/年 and 名 count 人.

    >>> base("千円"), base("組/年"), base("％")
    ('円', '組', '%')
    """
    plain = _PER.sub("", text.strip())
    known = unit_of(plain)
    name = fold(known.base if known else plain)
    return _SAME.get(name, name)
