"""日付. Days and months written in running text, and those that no calendar has."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sosei.core.fiscal import APRIL, ERAS

#: Years before the first of each era; 平成 and 昭和 go on in old plans (平成35年), so no end is checked.
_ERAS: Final = {
    **{sign: era.before for era in ERAS for sign in (era.letter, era.name)},
    "大正": 1911,
    "明治": 1867,
}
_ERA: Final = r"(?:(?P<era>令和|平成|昭和|大正|明治|[RHS])\s?)?"
_WRITTEN: Final = re.compile(
    rf"(?<![A-Za-z\d.]){_ERA}(?P<y>\d{{1,4}}|元)\s?年度?\s?(?P<m>\d{{1,2}})\s?月(?:末|\s?(?P<d>\d{{1,2}})\s?日)?"
    rf"|(?<![A-Za-z\d.])(?P<era2>[RHS])(?P<y2>\d{{1,2}}|元)[.．](?P<m2>\d{{1,2}})(?:[.．](?P<d2>\d{{1,2}}))?(?![\d.])"
    r"|(?<![\d/.-])(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?![\d/.-])"
    r"|(?<!\d)(?P<m4>\d{1,2})\s?月\s?(?P<d4>\d{1,2})\s?日(?P<odd>\s?年(?![度間]))?"
)

_SIGN: Final = re.compile(r"[月./．-]")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day or month in a text. `last` is the last day it can mean; None where no calendar has it or no year is given."""

    text: str
    start: int
    end: int
    last: date | None
    impossible: bool


def find_days(text: str) -> Iterator[FoundDay]:
    """Yield every day and month in a text.

    >>> [(day.text, day.impossible) for day in find_days("令和5年3月31日年と2月30日")]
    [('3月31日年', True), ('2月30日', True)]
    """
    if not _SIGN.search(text):
        return
    wide = unicodedata.normalize("NFKC", text)
    folded = wide if len(wide) == len(text) else text
    for found in _WRITTEN.finditer(folded):
        yield _day(text, folded, found)


def _day(text: str, folded: str, found: re.Match[str]) -> FoundDay:
    parts = found.groupdict()
    era = parts["era"] or parts["era2"]
    year = _year(era, parts["y"] or parts["y2"] or parts["y3"])
    month = int(parts["m"] or parts["m2"] or parts["m3"] or parts["m4"])
    day = parts["d"] or parts["d2"] or parts["d3"] or parts["d4"]
    odd = bool(parts["odd"]) or _followed(folded, found.end(), day)
    start, end = found.span()
    if odd and not parts["odd"]:
        end += 1
    possible = _possible(year, month, day) and not odd
    last = _last(year, month, day) if possible and year is not None else None
    return FoundDay(text[start:end].strip(), start, end, last, impossible=not possible)


def _followed(text: str, at: int, day: str | None) -> bool:
    """Tell whether 年 stands right behind a day (3月31日年)."""
    return bool(day) and text[at : at + 1] == "年" and text[at : at + 2] not in ("年度", "年間")


def _year(era: str | None, text: str | None) -> int | None:
    if text is None:
        return None
    number = 1 if text == "元" else int(text)
    if era:
        return _ERAS[era] + number
    return number if number >= 1868 else None


def _possible(year: int | None, month: int, day: str | None) -> bool:
    if not 1 <= month <= 12:
        return False
    if day is None:
        return True
    # Without a year 29 February is possible.
    return 1 <= int(day) <= calendar.monthrange(_sane(year), month)[1]


def _sane(year: int | None) -> int:
    return year if year is not None and 1 <= year <= 9999 else 2000


def _last(year: int, month: int, day: str | None) -> date | None:
    if not 1 <= year <= 9999:
        return None
    return date(year, month, int(day) if day else calendar.monthrange(year, month)[1])


def last_day(text: str | None) -> date | None:
    """Return the last day that words can mean ("H29.5" is 31 May 2017), or None where they name none.

    >>> last_day("H29.5")
    datetime.date(2017, 5, 31)
    """
    days = [found.last for found in find_days(text or "") if found.last]
    return days[-1] if days else None


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year (calendar year of its April) that a day falls into."""
    return day.year if day.month >= APRIL else day.year - 1
