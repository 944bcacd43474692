"""判明予定. Words that say a figure is still being counted and when it will be known, and the last day they can mean."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from sosei.core.figures import find_figures
from sosei.core.fiscal import ERAS
from sosei.core.text import clean, narrow

_COUNTING: Final = re.compile(
    r"[\s※*(（【〈]*(?:現在)?(?:集計中|未集計|未公表|公表前|公表待ち?|未発表|発表前|調査中|算出中|算定中|集約中|精査中|確認中|照会中|未確定|確定前|未判明|counting)"
    r"(?:です|のため|とのこと|である)?[)）】〉]*[\s、,。:：・/／]*(?P<rest>.*?)[\s。]*",
    re.IGNORECASE | re.DOTALL,
)
_PROMISE: Final = re.compile(
    r"(?P<rest>.{1,24}?)(?:に|には|頃|ごろ)?(?:公表|判明|確定|集計|発表|報告)(?:される|する)?(?:予定|見込み?)(?:です)?[。]?",
    re.DOTALL,
)
_FRAME: Final = " 　()（）[]【】、。,:："
_WHEN: Final = re.compile(
    r"[0-9]{1,2}\s*(?:月|/|\.)|年度|年末|[春夏秋冬]|来月|今月|[上中下]旬|month|end"
)
_ERA: Final = {sign: era.before for era in ERAS for sign in (era.letter, era.name)}
_DAY: Final = re.compile(
    r"(?:(?:(?P<era>令和|平成|[RH])\s?(?P<n>元|[0-9]{1,2})|(?P<west>20[0-9]{2}))\s?(?:年|[./-]))?\s*"
    r"(?P<month>1[0-2]|0?[1-9])\s*(?:月|[./-])\s*(?:(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])\s*日?|(?P<part>上旬|初旬|初め|中旬|半ば))?"
)
_PARTS: Final = {"上旬": 10, "初旬": 10, "初め": 10, "中旬": 20, "半ば": 20}


def counting(text: str) -> str | None:
    """Return the words after 集計中 in a cell ("" for none), or None where it says nothing of the kind.

    >>> counting("集計中(7月末)"), counting("７月末公表予定"), counting("131人")
    ('7月末', '７月末公表予定', None)
    """
    if len(text) > 120:
        return None
    found = _COUNTING.fullmatch(text)
    if found:
        return clean(found["rest"]).strip(_FRAME)
    promised = _PROMISE.fullmatch(text.strip())
    return clean(text) if promised and tells_when(promised["rest"]) else None


def tells_when(words: str) -> bool:
    """Tell whether words name a time."""
    return bool(_WHEN.search(narrow(words)))


def holds_figure(words: str) -> bool:
    """Tell whether words behind 集計中 hold a figure too: 集計中（速報131人）."""
    return any(found.figure.unit not in (None, "日", "月", "年") for found in find_figures(words))


def last_day(words: str, after: date) -> date | None:
    """Return the last day that words can mean, or None where they name no day or month.

    A day without a year is the first such day from three months before `after` on (the day the answer is due).

    >>> last_day("7月末", date(2022, 6, 24)), last_day("R5.3.10", date(2022, 6, 24)), last_day("秋頃", date(2022, 6, 24))
    (datetime.date(2022, 7, 31), datetime.date(2023, 3, 10), None)
    """
    found = _DAY.search(narrow(words))
    if found is None:
        return None
    month = int(found["month"])
    year = _year(found)
    if year is None:
        early = (
            (after.year, after.month - 3) if after.month > 3 else (after.year - 1, after.month + 9)
        )
        year = early[0] + (month < early[1])
    day = int(found["day"] or 0) or _PARTS.get(found["part"] or "", 31)
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _year(found: re.Match[str]) -> int | None:
    if found["west"]:
        return int(found["west"])
    if found["era"]:
        return _ERA[found["era"]] + (1 if found["n"] == "元" else int(found["n"]))
    return None
