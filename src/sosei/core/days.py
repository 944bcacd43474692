"""日. A day as offices write it: 2026-04-03, 2026/4/3, 2026年4月3日, R8.4.3, 令和8年4月3日; nothing stands beside it.

What could be one day or another (03/04/2026, 04/03/26, 8.4.3) is none: nobody is to guess it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sosei.core.text import narrow
from sosei.core.years import ERAS

_BEFORE: Final = {sign: era.before for era in ERAS for sign in era[:3]}
_DAY: Final = re.compile(
    r"""
    (?:(?P<era>令和|平成|昭和|[RHS㋿㍻㍼])[ .]?(?P<n>[0-9]{1,2}|元)|(?P<west>[0-9]{4}))
    (?: [ ]?年[ ]?(?P<m>[0-9]{1,2})[ ]?月[ ]?(?P<d>[0-9]{1,2})[ ]?日
      | (?P<sep>[-/.])[ ]?(?P<m2>[0-9]{1,2})(?P=sep)[ ]?(?P<d2>[0-9]{1,2})
    )
    (?:[ ]?\([月火水木金土日](?:曜日?)?\))?
    """,
    re.VERBOSE,
)


def read_day(text: str) -> date | None:
    """Return the day that a text is, None where it is none that any calendar has, or can be read in two ways.

    >>> read_day("令和８年４月３日"), read_day("R8.4.3"), read_day("03/04/2026")
    (datetime.date(2026, 4, 3), datetime.date(2026, 4, 3), None)
    """
    found = _DAY.fullmatch(narrow(text).strip().upper())
    if found is None:
        return None
    said = found.groupdict()
    year = int(said["west"]) if said["west"] else _BEFORE[said["era"]] + _count(said["n"])
    try:
        return date(year, int(said["m"] or said["m2"]), int(said["d"] or said["d2"]))
    except ValueError:
        return None


def _count(text: str) -> int:
    return 1 if text == "元" else int(text)
