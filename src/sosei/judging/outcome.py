"""結果. What a method answers: a rate, a plain reached-or-not, or a refusal with its reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from sosei.core.fields import Lang

#: Wide enough that no quotient of two fifteen-digit figures is rounded across a band's edge by accident.
PRECISE: Final = Context(prec=50)


@dataclass(frozen=True, slots=True)
class Rate:
    """率. An unrounded ratio (1 = 100 %) and whether the target is reached.

    Ranks are taken from `value`, never from what is shown.
    """

    value: Decimal
    reached: bool

    def shown(self, digits: int = 1) -> str:
        """Return the percentage, half up (DOMAIN §4: 54.46 % → 54.5 %).

        >>> Rate(Decimal("0.6996"), reached=False).shown()
        '70.0%'
        """
        return f"{half_up(PRECISE.multiply(self.value, Decimal(100)), digits):f}%"


@dataclass(frozen=True, slots=True)
class Reached:
    """達否. Reached or not, where a rate would be a lie; `because` is the code of the reason."""

    reached: bool
    because: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """見送り. No judgement, and why; `facts` fill the sentence."""

    code: str
    facts: dict[str, str] = field(default_factory=dict)

    def sentence(self, lang: Lang = "ja") -> str:
        """Return the reason as a sentence.

        >>> Refusal("NO_TARGET").sentence("en")
        'There is no target, so no rate. Look for the target.'
        """
        return reason(self.code, lang).format(**self.facts)


Outcome = Rate | Reached | Refusal


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Divide without rounding that could matter."""
    return PRECISE.divide(part, whole)


def half_up(number: Decimal, digits: int) -> Decimal:
    """Round half up, as offices do; Python's own round() is half-even."""
    return number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=PRECISE)


@cache
def _reasons() -> dict[str, list[str]]:
    return tomllib.loads((files("sosei.judging") / "data/reasons.toml").read_text("utf-8"))


def reason(code: str, lang: Lang = "ja") -> str:
    """Return the sentence of a reason, its facts still to be filled in."""
    return _reasons()[code][0 if lang == "ja" else 1]


def reasons() -> list[str]:
    """Return the codes of all reasons."""
    return list(_reasons())
