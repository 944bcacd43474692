"""経費の一行. How the seed's family writes money: 「① 盛岡市クラスター活動支援業務委託 10,010 千円」.

Works on shapes, like `cardline`; reader and writer share it. Source: DOMAIN §0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sosei.core.cardline import (
    BRACKET_END,
    NUMBER_INSIDE,
    Span,
    leading_number,
    rstrip,
    some,
    strip,
)
from sosei.core.money import find_yen

_NOTHING: Final = re.compile(r"(?:^|\s)[－―—–\-─]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """A line of money. `amount` None: the line has a mark where the figure should be."""

    number: Span | None = None
    label: Span | None = None
    amount: Span | None = None
    note: Span | None = None
    whole: Span = (0, 0)


def parse_costs(shape: str) -> tuple[CostLine, ...]:
    """Return the lines of money of a paragraph, or nothing if it is something else.

    Each part ends in an amount or in a mark for none; without a number, words stand apart from the amount and end no
    sentence.
    """
    whole = strip(shape, (0, len(shape)))
    cuts = [found.start() for found in NUMBER_INSIDE.finditer(shape, *whole)]
    edges = [whole[0], *cuts, whole[1]]
    parts = [strip(shape, (a, b)) for a, b in pairwise(edges)]
    lines = [_cost(shape, part) for part in parts]
    return tuple(line for line in lines if line) if all(lines) else ()


def _cost(shape: str, part: Span) -> CostLine | None:
    a, b = part
    number, begin = leading_number(shape, a, b)
    note = BRACKET_END.search(shape, begin, b)
    end = note.start() if note else b
    amount = _amount(shape, begin, end)
    if amount is None and note:
        note, end, amount = None, b, _amount(shape, begin, b)
    nothing = None if amount else _NOTHING.search(shape, begin, end)
    if amount is None and (nothing is None or nothing.start() <= a):
        return None
    label_end = amount[0] if amount else end - 1
    label = some(rstrip(shape, (begin, label_end), "：:…‥"))
    if number is None and label and not _stands_apart(shape, label, label_end):
        return None
    return CostLine(
        number=number, label=label, amount=amount, note=note.span(1) if note else None, whole=part
    )


def _stands_apart(shape: str, label: Span, amount_start: int) -> bool:
    return label[1] < amount_start and "。" not in shape[slice(*label)]


def _amount(shape: str, a: int, b: int) -> Span | None:
    found = find_yen(shape[a:b])
    return (a + found[-1].start, b) if found and found[-1].end == b - a else None
