"""数えた行の並び. In which order a register's entries come, from which row on; those that lack a column of the order come last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Measure
from sosei.evidence.queries.narrowing import day_column, pinned

#: Typed columns that a page may be sorted by; each with the day behind it where an index has it.
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("place", "first"), "sort": ("sort", "first"), "amount": ("amount",), "quantity": ("quantity",), "number": (),
}  # fmt: skip
#: No text of a place or a sort holds it.
_BETWEEN: Final = "\x1f"
#: As many as a number of an entry has at most.
_DIGITS: Final = 19


@dataclass(frozen=True, slots=True)
class Order:
    """並び. Columns that may be empty, then one that never is and tells rows apart (`last`); `back`: turned round.

    Rows come in phases: first those that have all columns, then those that lack the last of them, and so on.
    """

    columns: tuple[str, ...]
    last: str
    back: bool = False

    def names(self, phase: int) -> tuple[str, ...]:
        """Return the columns by which the rows of a phase are sorted."""
        return (*self.columns[:phase], self.last)

    def sorting(self, phase: int) -> list[str]:
        """Return the same, as the database is told."""
        return [f"-{name}" if self.back else name for name in self.names(phase)]

    def rows(self, phase: int, after: Sequence[Any] | None) -> Q:
        """Return the question for the rows of a phase, those after some values alone."""
        found = Q(**{f"{column}__isnull": False for column in self.columns[:phase]})
        if phase < len(self.columns):
            found &= Q(**{f"{self.columns[phase]}__isnull": True})
        return found if after is None else found & _beyond(self.names(phase), after, self.back)


#: Subject by subject: for what is counted only together with the subject's other entries.
BY_SUBJECT: Final = Order(("subject",), "pk")


def _beyond(names: Sequence[str], values: Sequence[Any], back: bool) -> Q:
    sign = "lt" if back else "gt"
    found, same = Q(), Q()
    for name, value in zip(names, values, strict=True):
        found |= same & Q(**{f"{name}__{sign}": value})
        same &= Q(**{name: value})
    # the first column is said twice, so that an index can begin at the right place
    return found & Q(**{f"{names[0]}__{sign}e": values[0]})


@dataclass(frozen=True, slots=True)
class Place:
    """行の場所. Where a row stands: the register, the phase, what the columns of the order say; its content."""

    register: str
    phase: int
    values: tuple[Any, ...]
    content: int

    @property
    def mark(self) -> str:
        """Return what asks for the rows after it, in an address."""
        return _BETWEEN.join([self.register, str(self.phase), *map(str, self.values)])


@dataclass(frozen=True, slots=True)
class Mark:
    """頁の切れ目. The last row of a page, as an address names it."""

    register: str
    phase: int
    values: tuple[str, ...]

    def names(self, place: Place) -> bool:
        """Whether it is this row."""
        said = place.register, place.phase, tuple(map(str, place.values))
        return said == (self.register, self.phase, self.values)


def order_of(sort: str, measure: Measure, of: RegisterKind) -> Order:
    """Return the order that a page asks for; by the day that counts where it asks for none there is."""
    name, back = sort.removeprefix("-"), sort.startswith("-")
    column, single = day_column(measure, of), pinned(measure, of)
    columns = _COLUMNS.get(name)
    if columns is not None and (column is None or name not in single):
        return Order(columns, "pk" if columns else "number", back)
    if column is None:
        return Order((), "number", back)
    # as the index has them: of a day by number, of a day of one place by content
    return Order((column,), "number" if column == "first" and not single else "pk", back)


def read_mark(text: str, orders: Mapping[str, Order]) -> Mark | None:
    """Return the row that an address names; None where it names none that could stand in these orders."""
    register, *rest = text.split(_BETWEEN)
    order = orders.get(register)
    if order is None or not rest or rest[0] not in map(str, range(len(order.columns) + 1)):
        return None
    phase, values = int(rest[0]), tuple(rest[1:])
    names = order.names(phase)
    if len(names) != len(values) or not all(map(_fits, names, values)):
        return None
    return Mark(register, phase, values)


def _fits(name: str, text: str) -> bool:
    """Whether a column could hold what an address says."""
    if name in ("place", "sort"):
        return True
    if name in ("number", "pk", "subject", "amount", "quantity"):
        digits = text.removeprefix("-")
        return digits.isascii() and digits.isdecimal() and len(digits) < _DIGITS
    return _is_day(text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
