"""見分け方. What tells the entries of a list from one another: names, and statements that two things cannot share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sosei.core.report import Indicator, Project, Said, Spending
from sosei.core.text import fold
from sosei.core.units import unit_of
from sosei.ledger.difference.keys import name_key
from sosei.ledger.difference.matching import Traits
from sosei.ledger.difference.verdicts import Verdict

#: What a second entry of one name must differ in to be another thing, and no second statement about the same.
_TELLING: Final[dict[type, tuple[str, ...]]] = {
    Project: ("kind", "grant", "grant_type", "number"),
    Indicator: ("number", "parent", "unit", "count_kind", "year_type", "expression"),
}
#: Sums of these kinds are of different things, whatever they are called.
_SUMS: Final = frozenset({"budget", "settled", "granted"})
_NAMELESS: Final = ("number", "kind", "role", "fund")


def _never(one: Any, other: Any) -> bool:
    return False


def _nothing(part: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """名前. How the entries of a list are known. `called`: names for the subject of a change; `differ`: cannot be one thing.

    `apart`, `strict`, `alike`: see `matching.How`. `field`: the list's own, where its entries are no parts with fields.
    `new`: what an entry means that only the incoming list has.
    """

    traits: Callable[[Any], Traits]
    called: Callable[[Any], Mapping[str, Any]] = _nothing
    differ: Callable[[Any, Any], bool] = _never
    apart: Callable[[Any, Any], bool] = _never
    strict: bool = True
    alike: Literal["no", "names", "passages"] = "names"
    field: str = ""
    new: Verdict = ("added", ())


def contradicts(one: Project | Indicator, other: Project | Indicator) -> bool:
    """Tell whether two parts say different things of what tells one from another; silence contradicts nothing."""
    return any(
        _differ(name, getattr(one, name), getattr(other, name)) for name in _TELLING[type(one)]
    )


def _differ(name: str, one: Any, other: Any) -> bool:
    if one is None or other is None:
        return False
    if isinstance(one, Said):
        return name_key(one.text) != name_key(other.text)
    if name == "unit":
        return not same_unit(one, other)
    return fold(str(one)) != fold(str(other))


def same_unit(one: str, other: str) -> bool:
    """Tell whether two units count the same thing, in whatever scale.

    >>> same_unit("千円", "円"), same_unit("人", "社")
    (True, False)
    """
    first, second = unit_of(one), unit_of(other)
    if first and second and first.base == second.base:
        return True
    return fold(one) == fold(other)


def indicators_differ(one: Indicator, other: Indicator, *, named: bool) -> bool:
    """Tell whether two indicators cannot be one: parts of different wholes, or without a name and unlike."""
    return contradicts(one, other) if not named else _differ("parent", one.parent, other.parent)


def spending_differ(one: Spending, other: Spending, years: tuple[int | None, int | None]) -> bool:
    """Tell whether two lines of money cannot be one: of two years, budget and account, or without a name and unlike."""
    ours, theirs = one.fiscal_year or years[0], other.fiscal_year or years[1]
    if ours is not None and theirs is not None and ours != theirs:
        return True
    if one.kind != other.kind and one.kind and other.kind and {one.kind, other.kind} & _SUMS:
        return True
    if one.label is None or other.label is None:
        return any(_differ(name, getattr(one, name), getattr(other, name)) for name in _NAMELESS)
    return False
