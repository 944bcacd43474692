"""会計年度. Fiscal years (1 April to 31 March), spans of them, and how Japanese offices write both.

Sources: 地方自治法 第208条 (the year), 元号法 (the eras); spellings: DOMAIN §0, §6.5. 昭和 starts the range, so that no
report here can name an earlier year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Self

from sosei.core.errors import UnreadablePeriod, UnreadableYear
from sosei.core.text import narrow
from sosei.core.years import APRIL, ERAS, RANGE, Era, FoundYear, find_years, years_in

__all__ = ["APRIL", "ERAS", "RANGE", "FiscalYear", "FoundYear", "Period", "find_years", "read_year"]


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """会計年度. One fiscal year, named by the calendar year of its April.

    >>> str(FiscalYear.parse("Ｒ４"))
    '令和4年度'
    >>> FiscalYear.of(date(2020, 3, 31)).both
    '令和元年度（2019年度）'
    """

    start: int

    def __post_init__(self) -> None:
        """Refuse years that no report here can mean."""
        if self.start not in RANGE:
            raise UnreadableYear(text=self.start)

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the year that a day belongs to."""
        return cls(day.year if day.month >= APRIL else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any usual spelling (see `read_year`). Raises UnreadableYear."""
        return cls(read_year(text).start)

    @property
    def _named(self) -> tuple[Era, int]:
        era = next(era for era in ERAS if self.start >= era.first)
        return era, self.start - era.before

    def __str__(self) -> str:
        """令和3年度."""
        era, n = self._named
        return f"{era.name}{'元' if n == 1 else n}年度"

    @property
    def short(self) -> str:
        """R3."""
        era, n = self._named
        return f"{era.letter}{n}"

    @property
    def western(self) -> str:
        """2021年度."""
        return f"{self.start}年度"

    @property
    def both(self) -> str:
        """令和3年度（2021年度）."""
        return f"{self}（{self.western}）"


_OPENING: Final = re.compile(r"[ (【「]*")
_CLOSING: Final = re.compile(
    r"""[ )】」]*
    (?:の?(?:末(?:日)?(?:現在|時点)?|中|現在|時点|見込み?(?:値|額)?|実績(?:値|額)?|目標(?:値)?|計画(?:値|額)?|予定|まで(?:に)?|当初|決算|予算|分|頃)){0,2}
    (?:[ ]*\((?:第?[0-9]+年度?目|初年度|最終年度|基準年度?|(?:現状|基準|目標|実績|計画|見込)値?)\))?
    [ )】」]*""",
    re.VERBOSE,
)
_AND: Final = re.compile(r"[ ()/・、,=]*")


def read_year(text: str, *, near: int | None = None) -> FiscalYear:
    """Read a text that is one year: R4, Ｈ３０, 令和元年度, 平成31年度, 2019（H31）年, H28.3, 平成28年度（1年目）.

    A year of the calendar is read as the fiscal year of that number. `near`: see `find_years`. Raises UnreadableYear.
    """
    plain = narrow(text).strip()
    found = years_in(plain, near, True)
    if not found or not _is_one(plain, found):
        raise UnreadableYear(text=text)
    return FiscalYear(found[0].fiscal_year)


def _is_one(plain: str, found: tuple[FoundYear, ...]) -> bool:
    """Tell whether mentions name the same year, and nothing but them is there."""
    return (
        _OPENING.fullmatch(plain, 0, found[0].start) is not None
        and _CLOSING.fullmatch(plain, found[-1].end) is not None
        and all(
            a.fiscal_year == b.fiscal_year and _AND.fullmatch(plain, a.end, b.start)
            for a, b in pairwise(found)
        )
    )


_SPAN: Final = re.compile(r"[ )】]*(?:から|より|[～\-→])?[ ]*(?:至)?[ (【]*")
_JOINT: Final = re.compile(r"[ )]*(?:及び|[・、,と])[ (]*")
_BEGIN: Final = re.compile(r"[ (【「:]*(?:自)?[ ]*(?P<wave>～)?[ (]*")
_FINISH: Final = re.compile(
    r"""[ )】」]*(?P<open>～|から|より|以降)?[ ]*(?P<till>まで|末(?:まで)?)?[ )】]*
    (?:[ (]*(?:計|全|[～:])?[ ]*(?P<years>[0-9]{1,2})[ ]*(?:年度?|[かカヵケヶ箇]年)間?(?:計画|事業|の予定)?[ )]*)?
    (?:\(?(?:予定|継続|予定通り|のみ)\)?)?[ )】」]*""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """期間. A span of fiscal years; either end may be open (None), not both.

    >>> str(Period.parse("R3～7 年度"))
    '令和3年度～令和7年度'
    """

    first: FiscalYear | None
    last: FiscalYear | None

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins, or says nothing."""
        if self.first is None and self.last is None:
            raise UnreadablePeriod(text="")
        if self.first and self.last and self.first > self.last:
            raise UnreadablePeriod(text=str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any spelling of DOMAIN §0 and §6.5: R1～R3, R3～7年度, 2009～14年, 2017年~. Raises UnreadablePeriod."""
        plain = narrow(text).strip()
        found = years_in(plain, None, True)
        ends = _span(plain, found) if found else None
        if ends is None or (ends[0] and ends[1] and ends[0] > ends[1]):
            raise UnreadablePeriod(text=text)
        first, last = (None if end is None or end not in RANGE else FiscalYear(end) for end in ends)
        return cls(first, last)

    def __str__(self) -> str:
        """令和3年度～令和7年度; one year alone where the span is one."""
        if self.first == self.last:
            return str(self.first)
        return f"{self.first or ''}～{self.last or ''}"


def _span(plain: str, found: tuple[FoundYear, ...]) -> tuple[int | None, int | None] | None:
    """Return first and last year of a text that is a span, or None."""
    begin = _BEGIN.fullmatch(plain, 0, found[0].start)
    finish = _FINISH.fullmatch(plain, found[-1].end)
    if not begin or not finish:
        return None
    years = [mention.fiscal_year for mention in found]
    if begin["wave"]:
        return (None, years[0]) if len(years) == 1 and not finish["open"] else None
    if len(years) > 1:
        return None if finish["open"] else _joined(plain, found, years)
    if finish["years"] and (finish["open"] or not finish["till"]):
        last = years[0] + int(finish["years"]) - 1
        return (years[0], last if finish["open"] else years[0])
    if finish["open"]:
        return years[0], None
    return (None, years[0]) if finish["till"] else (years[0], years[0])


def _joined(plain: str, found: tuple[FoundYear, ...], years: list[int]) -> tuple[int, int] | None:
    """Return the ends of R3～R7, and of R4・R5・R6 where no year between is left out."""
    between = [plain[a.end : b.start] for a, b in pairwise(found)]
    if len(between) == 1 and _SPAN.fullmatch(between[0]) and between[0].strip(" ()"):
        return years[0], years[1]
    if all(_JOINT.fullmatch(gap) for gap in between) and years == list(
        range(years[0], years[-1] + 1)
    ):
        return years[0], years[-1]
    return None
