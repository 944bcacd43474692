"""日のセル. Days, months and years of cells, in every form that offices use; what could be two days is asked for, not guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, Literal, NamedTuple

from sosei.core.days import read_day
from sosei.core.errors import UnreadableYear
from sosei.core.fiscal import APRIL, RANGE, FiscalYear, read_year
from sosei.core.text import narrow
from sosei.core.years import years_in
from sosei.evidence.sheets.cells import Cell, Typed, shown
from sosei.evidence.sheets.refusals import OutOfBounds
from sosei.evidence.sheets.said import Wrong
from sosei.evidence.sheets.texts import text_in, unreadable
from sosei.reading.formats.numfmt import moment

_LONG: Final = 80
_TIME: Final = re.compile(
    r"(?:[ T]+|(?<=[日)]))(?:午[前後]|[AP]M)? ?[0-9]{1,2}[:時][0-9:時分秒～午前後 .+ZJSTAPM\-]*$"
)
_WEEKDAY: Final = re.compile(r" ?(?:\([月火水木金土日][^()]{0,4}\)|[月火水木金土日]曜日?)$")
_NO_YEAR: Final = re.compile("([0-9]{1,2}) ?(?:/|月) ?([0-9]{1,2}) ?日?")
_NO_MARKS: Final = re.compile("((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})?")
_MONTH: Final = re.compile("([0-9]{1,2})(?: ?月(?:分|中|度)?)?")
_WHAT: Final = ("日付", "a day")
_COMPLETE: Final = re.compile(
    r"(?:(?:令和|平成|昭和|[RHS]) ?(?:[0-9]{1,2}|元)|[0-9]{4}) ?[年/.\-] ?[0-9]{1,2} ?[月/.\-] ?[0-9]{1,2} ?日?|[0-9]{8}"
)
_DATED: Final = re.compile(r"[0-9]日|[0-9] ?[/.\-] ?[0-9]|^[0-9]+-[A-Za-z]")
#: Numbers of days since 1900 that a stored number without a format may be: 1924 to 2119. 2021 and 20210401 are none.
_FIRST: Final = 9_000
_LAST: Final = 80_000


YearKind = Literal["fiscal", "calendar", "bare"]


class Span(NamedTuple):
    """From a day to a day, both counted; `whole`: a month or a year that was named as such."""

    first: date
    last: date
    whole: bool = False


class Year(NamedTuple):
    """A year as it is written: 年度, 年, or a number alone."""

    number: int
    kind: YearKind


def day_in(cell: Cell, fiscal_year: int | None = None) -> date | None:
    """Return the day of a cell, None where it says nothing. `fiscal_year`: of days without a year. Raises Wrong."""
    if isinstance(cell, str):
        if len(cell) == 10 and cell[4] == cell[7] == "-" and cell.isascii():
            try:
                return _bounded(date.fromisoformat(cell), cell)
            except ValueError:
                pass
    elif (stored := _stored(cell)) is not None:
        return _bounded(stored, cell.shown)
    text = text_in(cell)
    if text is None:
        return None
    found = _day(_plain(text), fiscal_year)
    if found is None:
        raise unreadable(text, _WHAT, _advice(_plain(text), fiscal_year))
    return _bounded(found, text)


def _stored(cell: Typed) -> date | None:
    """Return the day that a workbook stores: by its format, or as the number of days since 1900."""
    if cell.day is not None or cell.number is None:
        return cell.day
    when = moment(cell.number) if _FIRST < cell.number < _LAST else None
    return when.date() if when else None


def _plain(text: str) -> str:
    """Return a text without the time of day and the day of the week behind it."""
    if len(text) > _LONG:
        return text
    return _WEEKDAY.sub("", _TIME.sub("", narrow(text).strip())).strip()


def _day(plain: str, fiscal_year: int | None) -> date | None:
    if len(plain) > _LONG:
        return None
    found = read_day(plain)
    if found is not None:
        return found
    digits = _NO_MARKS.fullmatch(plain)
    if digits and digits[3]:
        return _date(int(digits[1]), int(digits[2]), int(digits[3]))
    short = _NO_YEAR.fullmatch(plain)
    if short is None or fiscal_year is None:
        return None
    month = int(short[1])
    return _date(fiscal_year + (month < APRIL), month, int(short[2]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _bounded(day: date, text: str) -> date:
    if day.year not in RANGE:
        raise Wrong(
            OutOfBounds, text=text, bounds=f"{RANGE[0]}年から{RANGE[-1]}年までの日",
            bounds_en=f"a day from {RANGE[0]} to {RANGE[-1]}",
        )  # fmt: skip
    return day


def _advice(plain: str, fiscal_year: int | None) -> tuple[str, str]:
    """Return what to write instead."""
    if len(plain) > _LONG:
        return _LIKE_THIS
    if _COMPLETE.fullmatch(plain):
        return "暦にない日です。日付を確かめてください", "No calendar has this day. Please check it"
    if fiscal_year is None and _NO_YEAR.fullmatch(plain):
        return (
            "年から書くか、表が何年度のものかを選んでください",
            "Write the year too, or choose the fiscal year of the sheet",
        )
    if _month(plain, fiscal_year) is not None:
        return "何日かまで書いてください", "Write the day of the month too"
    return _LIKE_THIS


_LIKE_THIS: Final = (
    "「2021/4/1」「令和3年4月1日」「R3.4.1」のように書いてください",
    "Write it like 2021/4/1, 令和3年4月1日 or R3.4.1",
)


# -- months, years, spans -------------------------------------------------------------------------------------


def span_in(cell: Cell, fiscal_year: int | None = None) -> Span | None:
    """Return the days that a cell is for: a day, a month (2021-04, 令和3年4月), a year (令和3年度, 2021年). Raises Wrong."""
    text = text_in(cell)
    stored = None if isinstance(cell, str) else _stored(cell)
    if text is None and stored is None:
        return None
    text = text or ""
    found = _span(_plain(text), None if stored else fiscal_year)
    if stored is not None and (found is None or not found.whole):
        found = _of_month(stored.year, stored.month) if _names_month(cell) else Span(stored, stored)
    if found is None:
        how = ("「2021-04」「令和3年4月」「2021/4/1」「令和3年度」のように書いてください", "Write it like 2021-04, 令和3年4月, 2021/4/1 or 令和3年度")  # fmt: skip
        raise unreadable(text, ("期間", "a period"), how)
    return Span(_bounded(found.first, text), _bounded(found.last, text), found.whole)


def _names_month(cell: Cell) -> bool:
    """Tell whether a day is shown as a month alone: typed as 2021/4, kept as the first, shown as Apr-21."""
    first = not isinstance(cell, str) and cell.day is not None and cell.day.day == 1
    return first and _DATED.search(narrow(shown(cell))) is None


def _span(plain: str, fiscal_year: int | None) -> Span | None:
    if not plain or len(plain) > _LONG:
        return None
    first, wave, last = plain.partition("～")
    if wave:
        begin, end = (_span(part.strip(), fiscal_year) for part in (first, last))
        if begin is None or end is None or begin.first > end.last:
            return None
        return Span(begin.first, end.last, True)
    day = _day(plain, fiscal_year)
    if day is not None:
        return Span(day, day)
    return _month(plain, fiscal_year) or _year_span(plain, fiscal_year)


def _month(plain: str, fiscal_year: int | None) -> Span | None:
    digits = _NO_MARKS.fullmatch(plain)
    if digits and not digits[3]:
        return _of_month(int(digits[1]), int(digits[2]))
    alone = _MONTH.fullmatch(plain)
    if alone and "月" in plain:
        month = int(alone[1])
        return _of_month(fiscal_year + (month < APRIL), month) if fiscal_year is not None else None
    text = plain.removesuffix("分").removesuffix("中").removesuffix("度")
    found = years_in(text, fiscal_year, True)
    if (
        len(found) != 1
        or found[0].kind != "month"
        or (found[0].start, found[0].end) != (0, len(text))
    ):
        return None
    month = found[0].month or 0
    return _of_month(found[0].fiscal_year + (month < APRIL), month)


def _of_month(year: int, month: int) -> Span | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]), True)


def _year_span(plain: str, fiscal_year: int | None) -> Span | None:
    year = _year(plain, fiscal_year)
    return of_year(year) if year is not None and year.kind != "bare" else None


def of_year(year: Year) -> Span:
    """Return the days of a year."""
    if year.kind == "calendar":
        return Span(date(year.number, 1, 1), date(year.number, 12, 31), True)
    return Span(date(year.number, APRIL, 1), date(year.number + 1, APRIL - 1, 31), True)


def of_month(year: Year, month: int) -> Span:
    """Return the days of a month of a year: January of 令和3年度 is 2022-01."""
    later = year.kind != "calendar" and month < APRIL
    found = _of_month(year.number + later, month)
    assert found is not None
    return found


def year_in(cell: Cell, fiscal_year: int | None = None) -> Year | None:
    """Return the year of a cell. Raises Wrong."""
    text = text_in(cell)
    if text is None:
        return None
    found = _year(narrow(text).strip(), fiscal_year) if len(text) <= _LONG else None
    if found is None:
        how = (
            "「令和3年度」「R3」「2021」のように書いてください",
            "Write it like 令和3年度, R3 or 2021",
        )
        raise unreadable(text, ("年度", "a year"), how)
    return found


def _year(plain: str, fiscal_year: int | None) -> Year | None:
    try:
        year: FiscalYear = read_year(plain, near=fiscal_year)
    except UnreadableYear:
        return None
    if "年度" in plain:
        return Year(year.start, "fiscal")
    return Year(year.start, "calendar" if "年" in plain else "bare")


def month_in(cell: Cell) -> int | None:
    """Return the month of a cell as a number. Raises Wrong."""
    text = text_in(cell)
    if text is None:
        return None
    found = _MONTH.fullmatch(narrow(text).strip())
    if found is None or not 1 <= int(found[1]) <= 12:
        raise unreadable(
            text,
            ("月", "a month"),
            ("「4月」「4」のように書いてください", "Write it like 4月 or 4"),
        )
    return int(found[1])
