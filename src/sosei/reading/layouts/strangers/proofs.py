"""照合. Which figures the document itself confirms, so that they are `sure`.

Two kinds of agreement count. Arithmetic: a printed rate that is actual over target, a total of increments. Or all of
these at once, none of which follows from another: the header's own word for the role, a column that holds figures, a
cell that is one figure, a unit printed for the row, figures of the row that are of one size, a year that fits the
report's, and no second figure that claims the same place. A clean reading alone makes nothing sure.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from sosei.core.text import fold
from sosei.reading.layouts.strangers.drafts import Fact, IndicatorDraft
from sosei.reading.layouts.strangers.telling import tell_agreement
from sosei.reading.layouts.told import Told

#: Agreements that are tried for one indicator; twenty years have 8,000. Beyond, chance agrees too.
_MOST: Final = 100_000
_PERCENT: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?)[%％]?")


def prove(draft: IndicatorDraft, unit: str | None, told: Told | None = None) -> None:
    """Mark as sure the figures of an indicator that confirm each other; without a unit nothing is sure."""
    if unit is None:
        return
    rates = [fact for fact in draft.facts if fact.role == "rate"]
    targets, actuals = _of(draft, "target"), _of(draft, "actual", "cumulative")
    if len(rates) * len(targets) * len(actuals) > _MOST:
        rates = []
    for rate in rates:
        pairs = [(t, a) for t in targets for a in actuals if _agrees(rate, t, a)]
        if len(pairs) == 1:
            for fact in pairs[0]:
                _mark(fact)
            tell_agreement(told, "rate", draft, [rate, *pairs[0]])
    totals, steps = _of(draft, "increase_total"), _of(draft, "target")
    if (
        draft.increments
        and len(totals) == 1
        and len(steps) > 1
        and sum(map(_number, steps)) == _number(totals[0])
    ):
        for fact in (*steps, *totals):
            _mark(fact)
        tell_agreement(told, "sum", draft, [*totals, *steps])


def _of(draft: IndicatorDraft, *roles: str) -> list[Fact]:
    return [
        f
        for f in draft.facts
        if f.role in roles and f.value is not None and f.value.number is not None
    ]


def _number(fact: Fact) -> Decimal:
    number = fact.value.number if fact.value is not None else None
    return number if number is not None else Decimal(0)


def _agrees(rate: Fact, target: Fact, actual: Fact) -> bool:
    """Tell whether a printed rate is the actual over the target, rounded or cut to the places printed."""
    found = _PERCENT.fullmatch(fold(rate.said.text)) if rate.said is not None else None
    if not found or not _number(target):
        return False
    printed = Decimal(found["number"])
    exact = _number(actual) / _number(target) * 100
    return printed in {
        exact.quantize(printed, rounding) for rounding in (ROUND_HALF_UP, ROUND_DOWN)
    }


def _mark(fact: Fact) -> None:
    if fact.value is not None:
        fact.value = dataclasses.replace(fact.value, sure=True)
