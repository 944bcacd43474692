"""表示形式. What a spreadsheet shows for a number: 0.385 under 0.0% is 38.5%, 44287 under ggge"年" is 令和3年.

Of the number formats of ECMA-376 (18.8.31) all that offices use: sections and conditions, digits, thousands,
scaling, percent, exponent, fractions, literals, dates in both calendars, spans of time. Colours and padding show
nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

#: Formats that a workbook names by number alone, as Japanese Excel shows them.
BUILT_IN: Final = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: "[$-411]ge.m.d", 28: '[$-411]ggge"年"m"月"d"日"', 29: '[$-411]ggge"年"m"月"d"日"', 30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: 'yyyy"年"m"月"', 35: 'm"月"d"日"',
    36: "[$-411]ge.m.d", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: '"¥"#,##0;"¥"-#,##0;"¥"-',
    43: "#,##0.00;-#,##0.00;-", 44: '"¥"#,##0.00;"¥"-#,##0.00;"¥"-', 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: "[$-411]ge.m.d", 51: '[$-411]ggge"年"m"月"d"日"',
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: '[$-411]ggge"年"m"月"d"日"', 55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"', 57: "[$-411]ge.m.d", 58: '[$-411]ggge"年"m"月"d"日"',
}  # fmt: skip
_ERAS: Final = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
)
_DAYS: Final = "月火水木金土日"
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_PART: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*](?P<pad>.)|\[(?P<bracket>[^\]]*)\]|(?P<ampm>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General|G/標準|標準)|(?P<exponent>[eE][+-])|(?P<date>yyyy|yy|y|e{1,2}|g{1,3}|a{3,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}|b{1,4}|r{1,2})"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_TOGETHER: Final = re.compile(r"[#,]*0(?:\.(0{1,6}))?")
#: What a plain format may be made of; numbers too large, and formats with more decimals, go the general way.
_PLAIN: Final = frozenset({"digit", "comma", "point", "percent", "literal", "fill"})
_MANY: Final = Decimal(10) ** 18
_UNITS: Final = tuple(Decimal(1).scaleb(-places) for places in range(7))
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_CURRENCY: Final = re.compile(r"\$([^-]*)")
_ELAPSED: Final = re.compile(r"(h+|m+|s+)", re.IGNORECASE)
#: The last day that a spreadsheet's calendar holds, 9999-12-31, as a serial number.
_LAST_DAY: Final = 2_958_466


class Plan(NamedTuple):
    """How the formats that most cells have show a number: words before and after, thousands, decimals, times hundred."""

    before: str
    thousands: bool
    decimals: int
    percents: int
    after: str


_GENERAL: Final = Plan("", False, 0, 0, "")


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a format, between semicolons."""

    parts: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None

    kinds: frozenset[str] = frozenset()
    plan: Plan | None = None

    def has(self, kind: str) -> bool:
        return kind in self.kinds

    def accepts(self, number: Decimal) -> bool:
        assert self.condition is not None
        sign, bound = self.condition
        return {
            "<": number < bound, ">": number > bound, "<=": number <= bound,
            ">=": number >= bound, "=": number == bound, "<>": number != bound,
        }[sign]  # fmt: skip

    @property
    def is_date(self) -> bool:
        return self.has("date") or self.has("elapsed")


def is_date(code: str) -> bool:
    """Tell whether a format shows days or times."""
    return _sections(code)[0].is_date


def shown(number: Decimal, code: str, *, since_1904: bool = False) -> str:
    """Return what a cell with this format shows.

    >>> shown(Decimal("0.385"), "0.0%"), shown(Decimal("-1234.5"), "#,##0;△#,##0")
    ('38.5%', '△1,235')
    """
    section, number = _chosen(_sections(code), number)
    if section.plan is not None and -_MANY < number < _MANY:
        return _planned(section.plan, number)
    if code == "General":
        return general(number)
    if not section.parts:
        return ""
    if section.is_date:
        return _dated(section, number, since_1904)
    if section.has("general"):
        return _around(section, "general", general(number))
    if section.has("text") and not section.has("digit"):
        return _around(section, "text", general(number))
    return _numbered(section, number)


def text_shown(text: str, code: str) -> str:
    """Return what a cell with this format shows for words: only a fourth section, or @, changes them."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[0]
    if len(sections) <= 3 and not (section.has("text") and not section.has("digit")):
        return text
    return "".join(
        text if kind == "text" else part for kind, part in section.parts if kind != "fill"
    )


def general(number: Decimal) -> str:
    """Return a number without format, in plain digits as far as a person would write them."""
    plain = number.normalize()
    exponent = plain.adjusted()
    if not plain:
        return "0"
    return f"{plain:f}" if -10 <= exponent < 21 else f"{plain:E}"


def plan_of(code: str) -> Plan | None:
    """Return how a format shows positive numbers, where that is plain; None for any other format."""
    if code == "General":
        return _GENERAL
    sections = _sections(code)
    return None if any(section.condition for section in sections) else sections[0].plan


def counts(plan: Plan | None) -> str | None:
    """Return how Python formats whole numbers above zero as a plan does, "" or ","; None where it takes more."""
    if plan is None or plan.before.strip() or plan.after.strip():
        return None
    if plan.decimals or plan.percents:
        return None
    return "," if plan.thousands else ""


def shown_plainly(value: str, plan: Plan) -> str | None:
    """Return what a plan shows of a positive decimal without zeros at its ends; None where that takes reckoning.

    >>> shown_plainly("1234.5", plan_of("#,##0.00"))
    '1,234.50'
    """
    whole, _, fraction = value.partition(".")
    before, thousands, decimals, percents, after = plan
    if whole == "0" or value[0] == "-" or percents:
        return None
    if plan is _GENERAL:
        return value
    if len(fraction) > decimals:
        return None
    if thousands and len(whole) > 3:
        whole = f"{int(whole):,}"
    body = f"{whole}.{fraction.ljust(decimals, '0')}" if decimals else whole
    return f"{before}{body}{after}".strip()


def shown_by(plan: Plan, number: Decimal) -> str | None:
    """Return what a plan shows of a positive number; None where that takes more than a plan."""
    return _planned(plan, number) if plan is not _GENERAL and 0 < number < _MANY else None


def _around(section: _Section, kind: str, text: str) -> str:
    return "".join(
        text if k == kind else part for k, part in section.parts if k in (kind, "literal")
    )


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    parts: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    for found in _PART.finditer(code[:1000]):
        kind, text = found.lastgroup or "other", found[found.lastgroup or 0] or ""
        if kind == "other" and text == ";":
            sections.append(_section(parts, condition))
            parts, condition = [], None
        elif kind == "bracket":
            if bound := _CONDITION.fullmatch(text):
                condition = (bound[1], _decimal(bound[2]))
            elif currency := _CURRENCY.match(text):
                parts.append(("literal", currency[1]))
            elif _ELAPSED.fullmatch(text):
                parts.append(("elapsed", text.lower()))
        elif kind in ("quoted", "escaped", "other"):
            parts.append(("literal", text))
        elif kind == "pad":
            parts.append(("literal", " ") if found[0][0] == "_" else ("fill", ""))
        else:
            parts.append((kind, text))
    sections.append(_section(parts, condition))
    return tuple(sections)


def _section(parts: list[tuple[str, str]], condition: tuple[str, Decimal] | None) -> _Section:
    told = _with_minutes(parts)
    kinds = frozenset(kind for kind, _ in told)
    return _Section(told, condition, kinds, _plan(told) if kinds <= _PLAIN else None)


def _plan(parts: tuple[tuple[str, str], ...]) -> Plan | None:
    """Return the plan of a format whose digits stand together, with as many zeros as decimals; None of any other."""
    digits = [i for i, (kind, _) in enumerate(parts) if kind == "digit"]
    if not digits:
        return None
    first, last = digits[0], digits[-1] + 1
    inside = "".join("," if kind == "comma" else text for kind, text in parts[first:last])
    around = {kind for kind, _ in (*parts[:first], *parts[last:])}
    found = _TOGETHER.fullmatch(inside)
    if found is None or around & {"comma", "point"}:
        return None
    percents = sum(kind == "percent" for kind, _ in parts)
    return Plan(
        _literals(parts[:first]),
        "," in inside,
        len(found[1] or ""),
        percents,
        _literals(parts[last:]),
    )


def _planned(plan: Plan, number: Decimal) -> str:
    """Return what a plan shows of a number; a sign only before something."""
    before, thousands, decimals, percents, after = plan
    size = abs(number * 100**percents if percents else number)
    rounded = size.quantize(_UNITS[decimals], rounding=ROUND_HALF_UP)
    sign = "-" if number < 0 and rounded else ""
    body = f"{rounded:,f}" if thousands else f"{rounded:f}"
    return f"{sign}{before}{body}{after}".strip()


def _decimal(text: str) -> Decimal:
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]*)?", text) else Decimal(0)


def _with_minutes(parts: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Tell minutes from months: m after hours or before seconds is a minute."""
    dates = [i for i, (kind, _) in enumerate(parts) if kind in ("date", "elapsed")]
    out = list(parts)
    for at, i in enumerate(dates):
        text = parts[i][1].lower()
        before = parts[dates[at - 1]][1].lower()[:1] if at else ""
        after = parts[dates[at + 1]][1].lower()[:1] if at + 1 < len(dates) else ""
        if text in ("m", "mm") and parts[i][0] == "date" and (before == "h" or after == "s"):
            out[i] = ("date", text.replace("m", "n"))
    return tuple(out)


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, Decimal]:
    """Return the section for a number, and the number it shows: without sign where the section is for negatives."""
    if len(sections) == 1 and sections[0].condition is None:
        return sections[0], number
    if any(s.condition for s in sections):
        for section in sections[:3]:
            if section.condition is None or section.accepts(number):
                bound = section.condition
                negative = bound and number < 0 and bound[0] in ("<", "<=") and bound[1] <= 0
                return section, abs(number) if negative else number
        return _Section((("literal", "########"),), kinds=frozenset({"literal"})), number
    if number > 0 or len(sections) == 1:
        return sections[0], number
    if number < 0:
        return sections[1], abs(number)
    return sections[2 if len(sections) > 2 else 0], number


# -- numbers --------------------------------------------------------------------------------------------------


def _numbered(section: _Section, number: Decimal) -> str:
    digits = [i for i, (kind, _) in enumerate(section.parts) if kind == "digit"]
    if not digits:
        sign = "-" if number < 0 else ""
        return sign + "".join(
            text for kind, text in section.parts if kind in ("literal", "percent", "point", "comma")
        )
    first, last = digits[0], digits[-1]
    if section.has("exponent"):
        return _scientific(section, number, first, last)
    slash = next((i for i, part in enumerate(section.parts) if part == ("literal", "/")), None)
    if slash is not None and first < slash < last:
        return _fraction(section, number, first, last, slash)
    before = _literals(section.parts[:first])
    scaled, after_from = number, last + 1
    while after_from < len(section.parts) and section.parts[after_from][0] == "comma":
        scaled, after_from = scaled / 1000, after_from + 1
    scaled *= 100 ** sum(1 for kind, _ in section.parts if kind == "percent")
    body = _digits(section.parts[first : last + 1], scaled)
    sign = "-" if number < 0 and any(ch in "123456789" for ch in body) else ""
    tail = section.parts[after_from:]
    point = "." if tail and tail[0][0] == "point" else ""
    return f"{sign}{before}{body}{point}{_literals(tail)}".strip()


def _literals(parts: tuple[tuple[str, str], ...]) -> str:
    return "".join(text for kind, text in parts if kind in ("literal", "percent"))


def _digits(parts: tuple[tuple[str, str], ...], number: Decimal) -> str:
    """Return the digits of a number in the places of a format, literals between them kept."""
    point = next((i for i, (kind, _) in enumerate(parts) if kind == "point"), len(parts))
    decimals = [text for kind, text in parts[point:] if kind == "digit"]
    places = min(len(decimals), 30)
    rounded = (
        abs(number).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if abs(number) < Decimal(10) ** 40
        else abs(number)
    )
    whole, _, fraction = f"{rounded:f}".partition(".")
    fraction = _trimmed(fraction, decimals)
    left = _whole(parts[:point], whole)
    literals = _literals(parts[point:]) if decimals else ""
    return f"{left}.{fraction}{literals}" if fraction or point < len(parts) else left + literals


def _trimmed(fraction: str, places: list[str]) -> str:
    """Drop zeros at the end where the format says # (nothing) and ? (a blank)."""
    while (
        fraction
        and len(fraction) <= len(places)
        and places[len(fraction) - 1] != "0"
        and fraction[-1] == "0"
    ):
        fraction = fraction[:-1]
    return fraction


def _whole(parts: tuple[tuple[str, str], ...], whole: str) -> str:
    """Return the part before the point: at least as many digits as zeros, thousands, literals in their places."""
    slots = [text for kind, text in parts if kind == "digit"]
    least = len(slots) - next((i for i, text in enumerate(slots) if text == "0"), len(slots))
    digits = whole.lstrip("0").rjust(least, "0")
    if any(kind == "comma" for kind, _ in parts):
        head = len(digits) % 3
        groups = ([digits[:head]] if head else []) + [
            digits[i : i + 3] for i in range(head, len(digits), 3)
        ]
        return ",".join(groups)
    inner = [i for i, (kind, _) in enumerate(parts) if kind == "literal"]
    if not inner:
        return digits
    return _filled(parts, digits)


def _filled(parts: tuple[tuple[str, str], ...], digits: str) -> str:
    """Put digits into their places from the right, as 000-0000 does."""
    out: list[str] = []
    left = digits
    slots = sum(1 for kind, _ in parts if kind == "digit")
    for kind, text in reversed(parts):
        if kind == "literal":
            out.append(text)
        elif kind == "digit":
            slots -= 1
            take = left if not slots else left[-1:]
            out.append(take)
            left = left[: len(left) - len(take)]
    return "".join(reversed(out))


def _scientific(section: _Section, number: Decimal, first: int, last: int) -> str:
    at = next(i for i, (kind, _) in enumerate(section.parts) if kind == "exponent")
    exponent = number.adjusted() if number else 0
    mantissa = _digits(section.parts[first:at], abs(number).scaleb(-exponent))
    if mantissa.startswith("10"):
        exponent += 1
        mantissa = _digits(section.parts[first:at], abs(number).scaleb(-exponent))
    width = sum(1 for kind, _ in section.parts[at:] if kind == "digit")
    sign = "-" if exponent < 0 else ("+" if section.parts[at][1][-1] == "+" else "")
    return f"{'-' if number < 0 else ''}{mantissa}E{sign}{abs(exponent):0{width}d}"


def _fraction(section: _Section, number: Decimal, first: int, last: int, slash: int) -> str:
    size = sum(1 for kind, _ in section.parts[slash:] if kind == "digit")
    mixed = any(kind == "literal" and " " in text for kind, text in section.parts[first:slash])
    value = Fraction(abs(number)).limit_denominator(10 ** min(size, 4) - 1)
    whole, rest = divmod(value, 1) if mixed else (0, value)
    sign = "-" if number < 0 and value else ""
    if mixed and not rest:
        return f"{sign}{whole}"
    part = f"{rest.numerator}/{rest.denominator}"
    return f"{sign}{whole} {part}" if whole else f"{sign}{part}"


# -- dates ----------------------------------------------------------------------------------------------------


def moment(number: Decimal, *, since_1904: bool = False) -> datetime | None:
    """Return the moment of a serial number, or None outside the calendar. 29 February 1900, which never was, is None.

    >>> moment(Decimal(44287))
    datetime.datetime(2021, 4, 1, 0, 0)
    """
    if since_1904:
        number += 1462
    if not 0 <= number < _LAST_DAY or 60 <= number < 61:
        return None
    base = datetime(1899, 12, 31) if number < 60 else datetime(1899, 12, 30)  # noqa: DTZ001 - no zone in a sheet
    days = int(number)
    return base + timedelta(
        days=days, milliseconds=int(((number - days) * 86_400_000).to_integral_value())
    )


def _dated(section: _Section, number: Decimal, since_1904: bool) -> str:
    when = moment(number, since_1904=since_1904)
    if when is None:
        return general(number)
    half = section.has("ampm")
    decimals = 0
    seen_point = False
    for kind, _ in section.parts:
        seen_point = seen_point or kind == "point"
        decimals += seen_point and kind == "digit"
    if not decimals and when.microsecond >= 500_000:
        when += timedelta(microseconds=1_000_000 - when.microsecond)
    out: list[str] = []
    for kind, text in section.parts:
        if kind == "date":
            out.append(_date_part(text.lower(), when, half))
        elif kind == "elapsed":
            out.append(_elapsed(text, number))
        elif kind == "ampm":
            out.append(("AM", "PM")[when.hour >= 12] if len(text) > 3 else "AP"[when.hour >= 12])
        elif kind == "point" and decimals:
            out.append(f".{when.microsecond // 1000:03d}"[: decimals + 1])
        elif kind in ("literal", "comma", "point", "percent"):
            out.append(text)
    return "".join(out).strip()


def _date_part(code: str, when: datetime, half: bool) -> str:
    sign, size = code[0], len(code)
    if sign in "yb":
        year = when.year + (543 if sign == "b" else 0)
        return f"{year:04d}" if size > 2 else f"{year % 100:02d}"
    if sign in "ger":
        return _era_part(code, when)
    if sign == "m":
        name = _MONTHS[when.month * 3 - 3 : when.month * 3]
        return (
            str(when.month)
            if size == 1
            else f"{when.month:02d}"
            if size == 2
            else name
            if size < 5
            else name[0]
        )
    if sign in "da" and size > 2:
        return _day_name(code, when)
    if sign == "a":
        return code
    count = {"d": when.day, "h": when.hour, "n": when.minute, "s": when.second}[sign]
    if sign == "h" and half:
        count = count % 12 or 12
    return f"{count:02d}" if size == 2 else str(count)


def _day_name(code: str, when: datetime) -> str:
    if code[0] == "a":
        return _DAYS[when.weekday()] + ("曜日" if len(code) == 4 else "")
    return ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[when.weekday()]


def _era_part(code: str, when: datetime) -> str:
    """Return the era (g: R, gg: 令, ggg: 令和), the year in it (e, ee), or both (r, rr)."""
    era = next((era for era in _ERAS if when.date() >= era[0]), None)
    if era is None:
        return str(when.year) if code[0] != "g" else ""
    begin, name, letter = era
    year = when.year - begin.year + 1
    if code[0] == "g":
        return {1: letter, 2: name[0]}.get(len(code), name)
    return (name if code == "rr" else "") + (f"{year:02d}" if len(code) == 2 else str(year))


def _elapsed(code: str, number: Decimal) -> str:
    seconds = int((number * 86_400).to_integral_value())
    count = seconds // {"h": 3600, "m": 60, "s": 1}[code[0]]
    return f"{count:0{len(code)}d}"
