"""言い方. How the printed page says years, values, amounts and places."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sosei.core.errors import UnreadableYear
from sosei.core.fields import Lang, label, word
from sosei.core.fiscal import FiscalYear
from sosei.core.money import SCALES
from sosei.core.report import Body, MoneyUnit, Place, Spending, Value, Year

#: 負数. Printed before a negative figure; `core.text.MINUS` knows it, and no line breaks after it.
MINUS: Final = "▲"


def digits(number: Decimal) -> str:
    """Return a number with its thousands parted.

    >>> digits(Decimal("-1234567.5"))
    '▲1,234,567.5'
    """
    return f"{number:,f}".replace("-", MINUS)


def amount(line: Spending) -> str | None:
    """Return an amount in the unit it was printed in, exact to the yen; None where the line has no figure."""
    if line.yen is None:
        return None
    unit: MoneyUnit = line.unit or "円"
    return digits(Decimal(line.yen) / SCALES[unit]) + unit


def year(start: int, lang: Lang) -> str:
    """Return a fiscal year as offices write it (令和3年度), or in western reckoning."""
    try:
        return f"FY{start}" if lang == "en" else str(FiscalYear(start))
    except UnreadableYear:
        return f"{start}年度"


def long_year(found: Year, lang: Lang) -> str:
    """Return a fiscal year in both reckonings, and whether it was inferred."""
    try:
        text = f"FY{found.year}" if lang == "en" else FiscalYear(found.year).both
    except UnreadableYear:
        text = f"{found.year}年度"
    return text + _inferred("Year.basis", found.basis, lang)


def body(found: Body, lang: Lang) -> str:
    """Return a municipality with its code."""
    code = f"（{found.code}）" if found.code else ""
    return found.name + code + _inferred("Body.basis", found.basis, lang)


def _inferred(field: str, basis: str | None, lang: Lang) -> str:
    return f"（{word(field, 'inferred', lang)}）" if basis == "inferred" else ""


def value(found: Value, lang: Lang, *, unit: str | None = None) -> tuple[str, ...]:
    """Return the lines of a value: the figure, its reserve, then the dates that go with it.

    `unit` is added where the value has none of its own.
    """
    unit = found.unit or unit or ""
    if found.number is not None:
        text = digits(found.number) + unit
    elif found.gap is not None:
        text = word("Value.gap", found.gap, lang) + (f"（{found.unit}）" if found.unit else "")
    else:
        text = (found.text or "") + (f"（{found.unit}）" if found.unit else "")
    if found.op:
        text += word("Value.op", found.op, lang)
    if found.state:
        text += f"（{word('Value.state', found.state, lang)}）"
    dates = ("as_of", found.as_of), ("expected", found.expected)
    return text, *(f"{label(f'Value.{name}', lang)}：{date}" for name, date in dates if date)


def place(found: Place) -> str:
    """Return where something stands in its source, in few words."""
    parts = []
    if found.sheet:
        parts.append(f"シート「{found.sheet}」")
    if found.range:
        parts.append(found.range)
    if found.page is not None:
        parts.append(f"{found.page}ページ")
    for name, number in ("表", found.table), ("行", found.row), ("列", found.column):
        if number is not None:
            parts.append(f"{name}{number}")
    if found.start is not None:
        parts.append(
            f"{found.start}～{found.end}字目" if found.end is not None else f"{found.start}字目"
        )
    if found.source:
        parts.append(f"（{found.source}）")
    return " ".join(parts)
