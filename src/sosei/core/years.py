"""年の記載. Mentions of years in running text: R3, 平成29年3月, 2019（H31）年, 29～31年度, and what only looks like one.

Spellings: DOMAIN §0, §6.5. A year of an era that ended (平成33年度) is the year it would have been.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from sosei.core.text import narrow

APRIL: Final = 4
RANGE: Final = range(1926, 2101)

Kind = Literal["fiscal", "calendar", "month", "day"]


class Era(NamedTuple):
    """元号. `before`: the western year before the era's first; `first`: the first fiscal year named after it."""

    letter: str
    name: str
    square: str
    before: int
    first: int


ERAS: Final = (
    Era("R", "令和", "㋿", 2018, 2019),
    Era("H", "平成", "㍻", 1988, 1989),
    Era("S", "昭和", "㍼", 1925, 1926),
)
_BEFORE: Final = {sign: era.before for era in ERAS for sign in (*era[:3], era.name[0])}
_KANJI: Final = {ch: n for n, ch in enumerate("〇一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class FoundYear:
    """年の記載. One mention of a year in running text: `start` and `end` are offsets in that text.

    A month or day belongs to the fiscal year it lies in (H28.3 is 2015). `era_given` is False where the era (or the
    century) is understood from the words before, or from `near`.
    """

    fiscal_year: int
    start: int
    end: int
    month: int | None
    kind: Kind
    era_given: bool


_N: Final = "(?:元|[0-9]{1,2}(?![0-9]))"
_ONES: Final = "[一二三四五六七八九]"
_ERA: Final = (
    "令和|平成|昭和|㋿|㍻|㍼|(?<![A-Za-z0-9])[RHS](?=[ .]?[0-9元])"
    r"|(?<![々\u4e00-\u9fff])[令平昭](?=[ ]?(?:元|[0-9]{1,2})[ ]?[.年])"
)
_NAMED: Final = rf"(?:{_ERA})[ .]?(?:{_N}|{_ONES}?十{_ONES}?|{_ONES}{{1,2}})"
_WEST: Final = "(?:(?:19|20)[0-9]{2}|2100)(?![0-9])"
_HEAD: Final = re.compile(
    rf"(?P<named>{_NAMED})|(?<![0-9.,])(?P<west>{_WEST})(?!,[0-9])|(?<![0-9.,第約])(?P<bare>{_N})"
)
_MONTH: Final = "(1[0-2]|0?[1-9])"
_DAY: Final = "(3[01]|[12][0-9]|0?[1-9])"
_TAIL: Final = re.compile(
    rf"""
    (?P<same>\ ?\(\ ?(?:{_NAMED}|{_WEST}|元)\ ?(?:年度?)?\ ?\))?
    (?:
        \ *(?P<unit>年度|年)(?!代)(?:(?<!度)\ *(?P<month>{_MONTH}\ *月(?:\ *{_DAY}\ *日)?)(?!間))?
      | (?P<dots>(?P<sep>[./])\ *{_MONTH}(?:(?P=sep)\ *{_DAY})?)(?![0-9])
      | (?P<iso>-(1[0-2]|0[1-9])(?:-(3[01]|[12][0-9]|0[1-9]))?)(?![0-9])
    )?
    """,
    re.VERBOSE,
)
_AGAIN: Final = re.compile(rf"\ ?\(\ ?(?P<year>{_NAMED}|{_WEST})\ ?(?:年度?)?\ ?\)")
_NUMBERS: Final = re.compile("[0-9]+")
_NO_YEAR: Final = re.compile(
    "目(?!標)|間|分の|[前後生齢代々]|以[上下内降前]|ごと|毎|[かカヵケヶ]月"
)
_QUICK: Final = re.compile("[0-9０-９元㋿㍻㍼]|[令平昭][和成][一二三四五六七八九十]")
#: What the first mention of running text has: an era, a western year, or 年 behind a number.
_FIRST: Final = re.compile("[年㋿㍻㍼令平昭RHSＲＨＳ]|(?:19|20|21)[0-9]{2}|[０-９]{4}")
_LINK: Final = re.compile(r" *(?:年度?)? *(?:から|より|[～\-→]) *$")
_COMMA: Final = re.compile(r" *(?:年度?)? *(?:及び|[・、,と/]) *$")
_ENDS: Final = re.compile(r" *(?:$|[)）」】、。,/]|年| [^0-9])")
_MONTH_END: Final = re.compile(" *月?(?![0-9年/.])")
_LEADS: Final = re.compile(rf" *(?:から|[～\-・、]) *(?:{_NAMED}|{_WEST}|{_N}) *年度")
_LEADS_WEST: Final = re.compile(rf" *(?:から|[～\-]) *(?:{_WEST}|[0-9]{{2}}) *年")


def _count(text: str) -> int:
    """Return 元, digits or kanji numerals below 100 as a number."""
    if text == "元":
        return 1
    if text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(_KANJI[ch]) for ch in text))
    tens, ones = text.split("十")
    return _KANJI.get(tens, 1) * 10 + _KANJI.get(ones, 0)


def _named(text: str) -> int:
    """Return the western year of an era's year (R3, 平成 31) or of a western year as written."""
    if text[0] in "12":
        return int(text)
    sign = text[:2] if text[:2] in _BEFORE else text[0]
    return _BEFORE[sign] + _count(text[len(sign) :].strip(" ."))


def _nearest(n: int, near: int) -> int:
    """Return the year that a bare n年度 means: the era's year nearest to `near`, or the western one beside it."""
    nearest = min((era.before + n for era in ERAS), key=lambda year: abs(year - near))
    if abs(nearest - near) > 8 and abs(2000 + n - near) <= 3:
        return 2000 + n
    return nearest


def _after(n: int, before: FoundYear, western: bool) -> int:
    """Return the year of a bare number at the right end of a span that began with `before`."""
    first = before.fiscal_year
    if western:
        year = first // 100 * 100 + n
        return year if year >= first else year + 100
    return min((era.before + n for era in ERAS if era.before + n >= first), default=0)


class _Scan:
    """One pass over one text. `whole`: the text is nothing but years, so that a bare western year is one."""

    __slots__ = ("found", "near", "text", "western", "whole")

    def __init__(self, text: str, near: int | None, whole: bool) -> None:
        self.text = narrow(text)
        self.near = near
        self.whole = whole
        self.found: list[FoundYear] = []
        self.western = False
        at = 0
        while head := _HEAD.search(self.text, at):
            at = self._take(head)

    def _take(self, head: re.Match[str]) -> int:
        """Keep one mention, or step over what is none; return where to go on."""
        tail = _TAIL.match(self.text, head.end())
        assert tail is not None
        year = self._year(head, tail)
        if year is None:
            return self._month_range(head) or head.end()
        same = tail["same"]
        if same and "元" not in same[:3] and _told(same) != year:
            return head.end()
        self._keep(head, tail, year)
        return self.found[-1].end

    def _keep(self, head: re.Match[str], tail: re.Match[str], year: int) -> None:
        end = tail.end()
        again = _AGAIN.match(self.text, end)
        if again and not tail["month"] and _named(again["year"]) == year:
            end = again.end()
        numbers = [
            int(n) for n in _NUMBERS.findall(tail["month"] or tail["dots"] or tail["iso"] or "")
        ]
        kind: Kind = (
            ("calendar" if tail["unit"] == "年" else "fiscal")
            if not numbers
            else ("month" if len(numbers) == 1 else "day")
        )
        month = numbers[0] if numbers else None
        fiscal = year - 1 if month is not None and month < APRIL else year
        self.western = head["west"] is not None or (self.western and head["bare"] is not None)
        self.found.append(FoundYear(fiscal, head.start(), end, month, kind, head["bare"] is None))

    def _year(self, head: re.Match[str], tail: re.Match[str]) -> int | None:
        """Return the western year of a mention, or None where it is no mention of a year."""
        if head["named"]:
            year = self._of_era(head, tail)
        elif head["west"]:
            year = int(head["west"]) if self._is_western(head, tail) else None
        else:
            year = self._of_bare(head, tail)
        return year if year in RANGE else None

    def _of_era(self, head: re.Match[str], tail: re.Match[str]) -> int | None:
        rest = self.text[tail.end() : tail.end() + 2]
        letter = head["named"][0] in "RHS"
        glued = letter and tail.end() == head.end() and rest[:1].isascii() and rest[:1].isalnum()
        if glued or (rest[:1] in (".", ",") and rest[1:].isdigit()):
            return None
        n = head["named"].lstrip("令和平成昭㋿㍻㍼RHS .")
        return _named(head["named"]) if n not in {"0", "00"} else None

    def _is_western(self, head: re.Match[str], tail: re.Match[str]) -> bool:
        if tail["unit"] or tail["same"]:
            return _NO_YEAR.match(self.text, tail.end()) is None or tail["unit"] == "年度"
        if tail["iso"]:
            return self.whole or tail["iso"].count("-") == 2
        dated = tail["dots"] is not None and (
            tail["dots"][0] == "/" or tail["dots"].count(".") == 2
        )
        return dated or self.whole or _LEADS_WEST.match(self.text, head.end()) is not None

    def _of_bare(self, head: re.Match[str], tail: re.Match[str]) -> int | None:
        n = _count(head["bare"])
        if tail["same"]:
            told = _told(tail["same"])
            return told if told is not None else {31: 2019, 64: 1989}.get(n)
        if _NO_YEAR.match(self.text, tail.end()) or n == 0:
            return None
        before = self.found[-1] if self.found else None
        between = self._between(before, head) if before else ""
        if before and _LINK.match(between) and self._ends_span(before, tail):
            return _after(n, before, self.western)
        if before and _COMMA.match(between) and tail["unit"] and not tail["month"]:
            return _after(n, before, self.western)
        plain = tail["unit"] == "年度" or (
            tail["unit"] == "年" and (tail["month"] or self._alone(head, tail))
        )
        if not plain and not (tail.end() == head.end() and _LEADS.match(self.text, head.end())):
            return None
        near = self.near if self.near is not None else before.fiscal_year if before else None
        return _nearest(n, near) if near is not None else None

    def _between(self, before: FoundYear, head: re.Match[str]) -> str:
        """Return what stands between two mentions, as far as it can join them."""
        return self.text[before.end : min(head.start(), before.end + 16)]

    def _alone(self, head: re.Match[str], tail: re.Match[str]) -> bool:
        return self.whole and head.start() == 0 and tail.end() == len(self.text)

    def _ends_span(self, before: FoundYear, tail: re.Match[str]) -> bool:
        """Tell whether a bare number behind a ～ is a year: not 4～6月, not 3～5人."""
        if tail["unit"]:
            return True
        if tail["dots"]:
            return before.month is not None
        return before.month is None and _ENDS.match(self.text, tail.end()) is not None

    def _month_range(self, head: re.Match[str]) -> int | None:
        """Let H29.4～6 and 平成29年4月～6月 be one mention."""
        if not self.found or self.found[-1].month is None or not head["bare"]:
            return None
        before = self.found[-1]
        tail = _MONTH_END.match(self.text, head.end())
        linked = _LINK.match(self._between(before, head))
        month = before.month or 13
        if not linked or not tail or not month <= _count(head["bare"]) <= 12:
            return None
        end = tail.end() if "月" in tail[0] else head.end()
        self.found[-1] = replace(before, end=end)
        return end


def _told(same: str) -> int | None:
    """Return the year that stands in brackets beside another, or None for (元)."""
    inner = same.strip(" ()").removesuffix("度").removesuffix("年").strip()
    return None if inner == "元" else _named(inner)


@lru_cache(maxsize=8192)
def years_in(text: str, near: int | None, whole: bool) -> tuple[FoundYear, ...]:
    """Return the mentions in a text. `whole`: it is nothing but years, so that a bare western year is one."""
    if not (_QUICK if whole else _FIRST).search(text):
        return ()
    return tuple(_Scan(text, near, whole).found)


def find_years(text: str, *, near: int | None = None) -> list[FoundYear]:
    """Return every mention of a year in running text, in order, with its offsets.

    Spans of time (5年間, 3年目), parts of figures and bare four-digit numbers are none. `near` (a fiscal year) gives
    the era to 「18年度」 and 「元年度」; without it the mention before does, and without either they are passed over.

    >>> [(y.fiscal_year, y.kind) for y in find_years("H28.3に策定、平成30年度まで")]
    [(2015, 'month'), (2018, 'fiscal')]
    """
    return list(years_in(text, near, False))
