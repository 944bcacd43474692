"""表記. How a figure, a sum, a year and a period stand in a cell that people read, and how such a cell is read back.

A cell holds lines. The first is what it says; the lines after it, if any, say what the first cannot: 「時点：R4.3末」.
The writer asks the reader whether the plain spelling comes back as it was meant, and where it does not, writes the
parts one by one; words that would be taken for a figure stand in 「」.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final, cast

from sosei.core.errors import SoseiError
from sosei.core.fields import Lang, code, label, word
from sosei.core.figures import read_value
from sosei.core.fiscal import RANGE, FiscalYear, Period, read_year
from sosei.core.gaps import Gap
from sosei.core.money import SCALES, read_yen
from sosei.core.report import DIGITS, MoneyUnit, PeriodSaid, Value

_NUMBER: Final = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_YEN: Final = re.compile(
    rf"(?P<number>{_NUMBER.pattern}|－)(?P<unit>円|千円|万円|百万円|億円)?", re.ASCII
)
_WESTERN: Final = re.compile(r"(?:FY)?(\d{4})(?:年度)?|.+[（(](\d{4})年度[）)]", re.ASCII)
_PARTS: Final = ("op", "unit", "state", "as_of", "expected")
_CODED: Final = frozenset({"op", "state"})
_BETWEEN: Final[dict[Lang, str]] = {"ja": "：", "en": ": "}
_OUT: Final = re.compile(r"「(.+)」")
#: What stands where a list of codes or years has none.
NONE: Final = "－"


def show_number(number: Decimal | int) -> str:
    """Return a number with commas and a plain minus, which copies into a spreadsheet as it stands.

    >>> show_number(Decimal("-1234.50"))
    '-1,234.5'
    """
    text = format(Decimal(number), ",f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def show_value(value: Value, *, unit: str | None = None, lang: Lang = "ja") -> tuple[str, ...]:
    """Return the lines of a figure's cell; `unit` is what the indicator's own unit column says.

    >>> show_value(Value(number=Decimal(5), expected="7月末"))
    ('5', '公表予定：7月末')
    """
    main = _main(value, lang)
    extras = [name for name in _PARTS if getattr(value, name) is not None]
    if not extras and value.text is None:
        return (main,)
    if _same(read_lines((main,), unit=unit), replace(value, **cast(Any, dict.fromkeys(extras)))):
        return _shortest(value, main, extras, unit, lang)
    return (f"「{main}」", *_explicit(value, extras, lang))


def unstated(value: Value) -> Value:
    """Return a figure without the word that it is final: on a page people only need to see which is not yet.

    >>> show_value(unstated(Value(number=Decimal(5), state="final")))
    ('5',)
    """
    return replace(value, state=None) if value.state == "final" else value


def _shortest(
    value: Value, main: str, extras: list[str], unit: str | None, lang: Lang
) -> tuple[str, ...]:
    """Return the spelling of people (以上, unit behind the number) if it comes back, else all parts one by one."""
    plain = main + (f" {value.unit}" if value.unit else "")
    plain += word("Value.op", value.op, lang) if value.op else ""
    lines = (plain, *_explicit(value, [n for n in extras if n not in ("op", "unit")], lang))
    if value.number is not None and lang == "ja" and _same(read_lines(lines, unit=unit), value):
        return lines
    return (main, *_explicit(value, extras, lang))


def _main(value: Value, lang: Lang) -> str:
    if value.number is not None:
        return show_number(value.number)
    if value.gap is not None:
        return word("Value.gap", value.gap, lang)
    return str(value.text)


def _explicit(value: Value, names: Sequence[str], lang: Lang) -> list[str]:
    """Return a line for each part that the figure itself does not say."""
    out = []
    for name in names:
        part = getattr(value, name)
        part = word(f"Value.{name}", part, lang) if name in _CODED else part
        out.append(f"{label(f'Value.{name}', lang)}{_BETWEEN[lang]}{part}")
    return out


def _same(one: Value, other: Value) -> bool:
    bare = {"raw": None, "place": (), "sure": None}
    return replace(one, **cast(Any, bare)) == replace(other, **cast(Any, bare))


def read_lines(lines: Sequence[str], *, unit: str | None = None) -> Value:
    """Return the figure that a cell's lines say; the inverse of `show_value`, and lenient beyond it."""
    parts = _parts(lines[1:])
    if lines and parts is not None:
        return replace(_read_main(lines[0], unit), **parts)
    return _read_main("".join(lines), unit)


def _read_main(text: str, unit: str | None) -> Value:
    if _NUMBER.fullmatch(text) and len(text) <= 2 * DIGITS + 7:
        number = Decimal(text.replace(",", ""))
        if _fits(number):
            return Value(number=number)
    gap = code("Value.gap", text)
    if gap is not None:
        return Value(gap=Gap(gap))
    if quoted := _OUT.fullmatch(text):
        return Value(text=quoted[1])
    return read_value(text, unit=unit)


def _fits(number: Decimal) -> bool:
    try:
        Value(number=number)
    except ValueError:
        return False
    return True


def _parts(lines: Sequence[str]) -> dict[str, Any] | None:
    """Return what the further lines say, or None where one of them says nothing that is known."""
    found: dict[str, Any] = {}
    for line in lines:
        part = _part(line)
        if part is None:
            return None
        found[part[0]] = part[1]
    return found


def _part(line: str) -> tuple[str, str] | None:
    for name in _PARTS:
        for lang, between in _BETWEEN.items():
            head = label(f"Value.{name}", lang) + between
            if line.startswith(head) and len(line) > len(head):
                rest: str | None = line[len(head) :]
                rest = code(f"Value.{name}", str(rest)) if name in _CODED else rest
                return (name, rest) if rest is not None else None
    return None


def show_yen(yen: int | None, unit: MoneyUnit | None) -> str:
    """Return a sum in the unit it was printed in, exactly; － where the line has no figure.

    >>> show_yen(10010000, "千円"), show_yen(10010001, "千円"), show_yen(None, None)
    ('10,010千円', '10,010.001千円', '－')
    """
    if yen is None:
        return NONE + (unit or "")
    return show_number(Decimal(yen) / SCALES[unit or "円"]) + (unit or "")


def read_sum(text: str) -> tuple[int | None, MoneyUnit | None]:
    """Return whole yen and the printed unit of a cell of money; (None, None) where it holds no sum."""
    found = _YEN.fullmatch(text)
    if found is None:
        try:
            return read_yen(text)
        except SoseiError:
            return None, None
    unit = cast(MoneyUnit | None, found["unit"])
    if found["number"] == NONE:
        return None, unit
    yen = Decimal(found["number"].replace(",", "")) * SCALES[unit or "円"]
    return (int(yen), unit) if yen == int(yen) else (None, None)


def show_year(year: int, lang: Lang = "ja") -> str:
    """Return a fiscal year by its era and in western counting.

    >>> show_year(2021), show_year(2021, "en")
    ('令和3年度（2021年度）', 'FY2021')
    """
    if lang == "en":
        return f"FY{year}"
    return FiscalYear(year).both if year in RANGE else f"{year}年度"


def read_shown_year(text: str) -> int | None:
    """Return the fiscal year that a cell says, None where it says none."""
    if found := _WESTERN.fullmatch(text):
        return int(found[1] or found[2])
    try:
        return read_year(text).start
    except SoseiError:
        return None


def read_period(raw: str) -> PeriodSaid:
    """Return a period from its words; its years where the words say them."""
    try:
        period = Period.parse(raw)
    except SoseiError:
        return PeriodSaid(raw=raw)
    first, last = period.first, period.last
    return PeriodSaid(
        raw=raw, first=first.start if first else None, last=last.start if last else None
    )
