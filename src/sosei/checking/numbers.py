"""検算. Arithmetic of printed figures: what a row's numbers give, and how far rounding may take them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Final

_PERCENT: Final = re.compile(r"(?<![\d.])([-−△▲]?\d[\d,]*(?:\.\d+)?)\s*(%|割)?")
_ROUND: Final = (ROUND_HALF_UP, ROUND_DOWN)


def printed_rate(text: str) -> Decimal | None:
    """Return the one percentage that a rate says, or None where it says none or several.

    >>> printed_rate("137.5％（※）")
    Decimal('137.5')
    """
    wide = unicodedata.normalize("NFKC", text)
    found = _PERCENT.findall(wide)
    percent = [number for number, sign in found if sign == "%"]
    plain = [number for number, sign in found]
    chosen = percent if percent else plain
    if len(chosen) != 1 or "割" in wide:
        return None
    number = re.sub(r"^[−△▲]", "-", chosen[0]).replace(",", "")
    return Decimal(number) if len(number) <= 15 else None


def decimals(number: Decimal) -> int:
    """Return the number of digits behind the point."""
    return max(0, -int(number.as_tuple().exponent))


def agrees(printed: Decimal, exact: Decimal) -> bool:
    """Tell whether a printed number is an exact one rounded half up or cut off at its last digit."""
    step = Decimal(1).scaleb(-decimals(printed))
    with localcontext() as wide:
        wide.prec = 60
        return any(exact.quantize(step, rounding=mode) == printed for mode in _ROUND)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return part of whole in percent, exact to 40 digits. `whole` is not zero."""
    with localcontext() as wide:
        wide.prec = 40
        return part * 100 / whole


def rates(
    actual: Decimal, target: Decimal, baseline: Decimal | None, *, falling: bool
) -> Iterator[Decimal]:
    """Yield every rate that a known method gives (DOMAIN §4): plain, of the change, and those of falling counts.

    The rate against the baseline comes last: some reports print it (前年度比) where the achievement stands.
    """
    if target:
        yield percent(actual, target)
    if falling and target:
        yield percent(2 * target - actual, target)
    if falling and actual:
        yield percent(target, actual)
    if baseline is not None and target != baseline:
        yield percent(actual - baseline, target - baseline)
    if baseline:
        yield percent(actual, baseline)
        yield percent(actual - baseline, baseline)


def plainly(number: Decimal, places: int = 1) -> str:
    """Show a number rounded half up, with thousands.

    >>> plainly(Decimal("1234.56"))
    '1,234.6'
    """
    with localcontext() as wide:
        wide.prec = 60
        cut = number.quantize(Decimal(1).scaleb(-min(places, decimals(number))), ROUND_HALF_UP)
    return f"{cut:,f}"
