"""数字. Digits with the scales 千, 万, 億 and 兆 between them, and kanji numerals, as one number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from sosei.core.units import unit_at

_SCALES: Final = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12,
}  # fmt: skip
_KANJI: Final = {ord(ch): str(n) for n, ch in enumerate("〇一二三四五六七八九")}
_DIGITS: Final = r"[0-9]+(?:, ?[0-9]+)*(?:\.[0-9]+)?"
_PLAIN: Final = re.compile(_DIGITS)
_SCALED: Final = re.compile(rf"(?:(?:{_DIGITS})?[十百千万億兆])+(?:{_DIGITS})?")
_NUMERAL: Final = re.compile("[〇一二三四五六七八九十百千万億兆]+")
_TOKEN: Final = re.compile(rf"(?P<digits>{_DIGITS})?(?P<scale>[十百千万億兆])?")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_MOST: Final = 10**20

#: How digits begin: ASCII digits, ゼロ, or two kanji numerals in a row (一人 and 三者 are words).
BODY: Final = "[0-9]|ゼロ|[〇一二三四五六七八九十百千](?=[〇一二三四五六七八九十百千万億兆])"


def digits_at(text: str, at: int) -> tuple[Decimal, int, tuple[str, ...]]:
    """Return the number that begins at an offset of narrowed text, its end, and what is odd about its writing.

    Digits before a scaled unit stay plain (635 万人, 259,057 千円); other scales are expanded.

    >>> digits_at("1億2,345万円", 0)[0], digits_at("635万人", 0)[0], digits_at("一千二百", 0)[0]
    (Decimal('123450000'), Decimal('635'), Decimal('1200'))
    """
    if text.startswith("ゼロ", at):
        return Decimal(0), at + 2, ()
    plain = _PLAIN.match(text, at)
    if plain is None:
        numeral = _NUMERAL.match(text, at)
        assert numeral is not None
        return _summed(numeral[0].translate(_KANJI), numeral.end())
    end = plain.end()
    scaled = None
    if text[end : end + 1] in _SCALES and not unit_at(text, end):
        scaled = _SCALED.match(text, at)
    if scaled:
        return _summed(scaled[0], scaled.end())
    faults: list[str] = []
    return _value(plain[0], _MOST, None, faults), end, tuple(faults)


def _summed(written: str, end: int) -> tuple[Decimal, int, tuple[str, ...]]:
    """Sum digits times scales; 十百千 gather below each of 万億兆. "order": a part is no smaller than the one before."""
    total, section, last, small = Decimal(0), Decimal(0), _MOST, 10**4
    faults: list[str] = []
    for token in _TOKEN.finditer(written):
        digits, scale = token["digits"], token["scale"]
        if not digits and not scale:
            break
        value = _value(digits, last, scale, faults) if digits else None
        if scale in ("万", "億", "兆"):
            part = (section + (value or 0)) * _SCALES[scale]
            fits = part < last and (value is not None or section) and _below(value, small)
            total, section, last, small = total + part, Decimal(0), _SCALES[scale], 10**4
        elif scale:
            fits = _SCALES[scale] < small and (value is None or value < 10 or not section)
            section += (1 if value is None else value) * _SCALES[scale]
            small = _SCALES[scale]
        else:
            fits = section + (value or 0) < last and _below(value, small)
            section += value or 0
        if not fits:
            faults.append("order")
    return total + section, end, tuple(dict.fromkeys(faults))


def _below(value: Decimal | None, small: int) -> bool:
    """Tell whether digits behind 十百千 are less than what they stand behind."""
    return small == 10**4 or value is None or value < small


def _value(digits: str, last: int, scale: str | None, faults: list[str]) -> Decimal:
    """Return the digits' value, noting commas that do not part thousands."""
    if " " in digits:
        faults.append("space")
        digits = digits.replace(" ", "")
    bare = digits.replace(",", "")
    if not _THOUSANDS.fullmatch(digits):
        faults.append("comma")
        room = last // _SCALES.get(scale or "", 1)
        if Decimal(bare) >= room and bare.endswith("0"):
            bare = bare[:-1]  # 4億3,0000万: between 億 and 万 there is room for four digits
    return Decimal(bare)
