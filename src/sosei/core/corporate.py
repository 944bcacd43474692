"""法人番号. The thirteen-digit corporate number and its check digit, which is its first digit. Source: DOMAIN §6.2.

A check digit is 1 to 9, so that a 0 written for a 9 inside the number is the one slip that it cannot show.
"""

from __future__ import annotations

import re
from typing import Final

from sosei.core.errors import BadCheckDigit, NotACorporateNumber
from sosei.core.text import narrow

_TWELVE: Final = re.compile("[0-9]{12}")
_THIRTEEN: Final = re.compile("T?([1-9][0-9]{12})")


def check_digit(twelve: str) -> str:
    """Return the check digit of a twelve-digit base number. Raises NotACorporateNumber.

    >>> check_digit("000020032018")  # 盛岡市
    '6'
    """
    if not _TWELVE.fullmatch(twelve):
        raise NotACorporateNumber(text=twelve)
    weighted = sum(int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(twelve)))
    return str(9 - weighted % 9)


def is_valid(thirteen: str) -> bool:
    """Tell whether a text is a corporate number whose check digit fits; the T of an invoice number may stand before.

    >>> is_valid("6000020032018"), is_valid("T6000020032018"), is_valid("6000020032010")
    (True, True, False)
    """
    found = _THIRTEEN.fullmatch(narrow(thirteen).strip())
    return found is not None and check_digit(found[1][1:]) == found[1][0]


def read_corporate(text: str) -> str:
    """Return the thirteen digits of a corporate number. Raises NotACorporateNumber, BadCheckDigit."""
    plain = re.sub("[ -]", "", narrow(text))
    found = _THIRTEEN.fullmatch(plain)
    if not found:
        raise NotACorporateNumber(text=text)
    right = check_digit(found[1][1:]) + found[1][1:]
    if right != found[1]:
        raise BadCheckDigit(text=text, right=right)
    return found[1]
