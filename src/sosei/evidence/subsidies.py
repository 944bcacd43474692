"""補助の定め. By what rules the subsidies of a register are reckoned: share of the cost, cap, rounding; which column is which amount.

Data of the register's definition (`[subsidy]`): a city changes them without code, and each change is a version of the
definition. A case follows the terms that were in force on the day of its decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal, cast, get_args

from sosei.core.text import narrow

#: What a column of a register is in reckoning a subsidy.
Role = Literal[
    "scheme", "eligible", "rate", "cap", "rounding", "decided", "eligible_changed", "changed", "reported", "fixed",
    "paid", "tax", "returned", "reason",
]  # fmt: skip
ROLES: Final[tuple[Role, ...]] = get_args(Role)
#: The type that the column of a role must have; all others are money.
TYPES: Final[Mapping[Role, str]] = {"scheme": "text", "rate": "text", "rounding": "choice", "reason": "text"}  # fmt: skip
#: What is cut off, by its words.
ROUNDINGS: Final[Mapping[str, int]] = {
    "一円未満切捨て": 1, "百円未満切捨て": 100, "千円未満切捨て": 1000, "一万円未満切捨て": 10_000,
}  # fmt: skip
_SHARE: Final = re.compile(r"(?P<up>\d{1,4})/(?P<down>\d{1,4})")
_PARTS: Final = re.compile(r"(?P<down>\d{1,4})分の(?P<up>\d{1,4})")
_PERCENT: Final = re.compile(r"(?P<n>\d{1,3}(?:\.\d{1,4})?)(?:%|パーセント)")
_DECIMAL: Final = re.compile(r"[01](?:\.\d{1,6})?")
_DIGITS: Final = str.maketrans("一二三四五六七八九", "123456789")


def share_of(text: str) -> Fraction | None:
    """Return the share of the cost that a text says, None where it says none, or one above the whole.

    >>> share_of("1/2"), share_of("３分の２以内"), share_of("50％"), share_of("定額"), share_of("半分")
    (Fraction(1, 2), Fraction(2, 3), Fraction(1, 2), Fraction(1, 1), None)
    """
    plain = narrow(text).replace(" ", "").removesuffix("以内")
    if plain in ("定額", "全額"):
        return Fraction(1)
    found = _fraction(plain)
    return found if found is not None and 0 < found <= 1 else None


def _fraction(plain: str) -> Fraction | None:
    said = _SHARE.fullmatch(plain) or _PARTS.fullmatch(plain.translate(_DIGITS))
    if said is not None:
        return Fraction(int(said["up"]), int(said["down"])) if int(said["down"]) else None
    if (percent := _PERCENT.fullmatch(plain)) is not None:
        return Fraction(percent["n"]) / 100
    return Fraction(plain) if _DECIMAL.fullmatch(plain) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """要綱の定め. Of a scheme (blank: of all), for decisions from a day on (blank: ever).

    What it leaves blank, the case itself says. `exceptions`: with a reason, more may be decided.
    """

    scheme: str = ""
    since: str = ""
    rate: str = ""
    cap: int | None = None
    rounding: str = ""
    exceptions: bool = False

    @property
    def first(self) -> date | None:
        """Return the day from which they are in force."""
        return date.fromisoformat(self.since) if self.since else None

    def table(self) -> dict[str, Any]:
        """Return them as a register's table says them; what they leave blank is left out."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in said.items() if value not in ("", None, False)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsidy:
    """補助の定め. `fields`: the column of each role; `decided`, `paid`: the stages of these days.

    `advance`: it may be paid before it is fixed (概算払).
    """

    fields: Mapping[Role, str] = field(default_factory=dict)
    decided: str = ""
    paid: str = ""
    advance: bool = False
    terms: tuple[Terms, ...] = ()

    def table(self) -> dict[str, Any]:
        """Return it as a register's table says it."""
        said: dict[str, Any] = {"fields": dict(self.fields)}
        said |= {name: getattr(self, name) for name in ("decided", "paid") if getattr(self, name)}
        said |= {"advance": True} if self.advance else {}
        return said | ({"terms": [one.table() for one in self.terms]} if self.terms else {})

    def in_force(self, scheme: str, day: date | None) -> Terms | None:
        """Return the terms for a decision of a day (None: not decided yet, the newest), those of the scheme first."""
        own = [one for one in self.terms if one.scheme and one.scheme == scheme]
        return _newest(own, day) or _newest([one for one in self.terms if not one.scheme], day)


def _newest(terms: Iterable[Terms], day: date | None) -> Terms | None:
    there = [one for one in terms if day is None or one.first is None or one.first <= day]
    return max(there, key=lambda one: one.since, default=None)


def subsidy_of(said: Mapping[str, Any]) -> Subsidy:
    """Return the rules of a table that has no problem (`subsidyproblems`)."""
    rest = {name: value for name, value in said.items() if name not in ("fields", "terms")}
    return Subsidy(
        fields=cast("dict[Role, str]", dict(said.get("fields", {}))),
        terms=tuple(Terms(**one) for one in said.get("terms", ())),
        **rest,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """計算のしかた. What one case is reckoned by. `share` None: no part is said, so that the whole cost is the most."""

    share: Fraction | None = None
    cap: Decimal | None = None
    unit: int = 1
    terms: Terms | None = None

    def most(self, cost: Decimal | None) -> Decimal | None:
        """Return the most that may be granted for a cost, None where nothing is said of it.

        >>> Rule(share=Fraction(1, 3), cap=Decimal(500_000), unit=1000).most(Decimal(1_000_000))
        Decimal('333000')
        """
        found = [Fraction(one) for one in (self.cap,) if one is not None]
        if cost is not None:
            found.append(Fraction(cost) * (self.share or 1))
        return self.cut(min(found)) if found else None

    def cut(self, amount: Fraction) -> Decimal:
        """Return an amount with what is below the unit cut off."""
        return Decimal(amount // self.unit * self.unit)


def rule_of(terms: Terms | None, own: Mapping[Role, Any]) -> Rule:
    """Return what a case is reckoned by: by the terms, and where they say nothing by itself."""
    terms = terms or Terms()
    rate = terms.rate or str(own.get("rate") or "")
    cap = own.get("cap") if terms.cap is None else Decimal(terms.cap)
    return Rule(
        share=share_of(rate) if rate else None,
        cap=cap,
        unit=ROUNDINGS.get(terms.rounding or str(own.get("rounding") or ""), 1),
        terms=terms,
    )
