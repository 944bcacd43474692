"""欄の限り. What a column can hold in every database: SQLite takes texts and numbers that PostgreSQL refuses, so they are refused before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import models

from sosei.journal.refusals import NumberBeyondColumn, TextTooLong, UnwritableSign

#: The bounds of whole numbers, by the kind of the column.
_WHOLE: Final = {
    "PositiveSmallIntegerField": (0, 2**15 - 1), "SmallIntegerField": (-(2**15), 2**15 - 1),
    "PositiveIntegerField": (0, 2**31 - 1), "IntegerField": (-(2**31), 2**31 - 1),
    "PositiveBigIntegerField": (0, 2**63 - 1), "BigIntegerField": (-(2**63), 2**63 - 1),
}  # fmt: skip
#: A sign that no text of PostgreSQL may hold.
_NUL: Final = "\x00"


@dataclass(frozen=True, slots=True)
class Bound:
    """限り. `most`: the characters of a text (None: any number); `whole`: the bounds of a whole number."""

    name: str
    called: str
    most: int | None = None
    whole: tuple[int, int] | None = None

    def require(self, value: Any) -> None:
        """Raise TextTooLong, NumberBeyondColumn, UnwritableSign where the column cannot hold a value."""
        if self.whole is not None:
            if isinstance(value, int) and not self.whole[0] <= value <= self.whole[1]:
                raise NumberBeyondColumn(column=self.called, least=f"{self.whole[0]:,}", most=f"{self.whole[1]:,}")  # fmt: skip
        elif isinstance(value, str):
            if self.most is not None and len(value) > self.most:
                raise TextTooLong(column=self.called, most=self.most, length=len(value))
            if _NUL in value:
                raise UnwritableSign(column=self.called)


@cache
def bounds_of(model: type[models.Model]) -> tuple[Bound, ...]:
    """Return the bounds of a table's columns; those that hold anything are left out."""
    return tuple(filter(None, map(_bound, model._meta.concrete_fields)))


def _bound(field: Any) -> Bound | None:
    called, whole = str(field.verbose_name), _WHOLE.get(field.get_internal_type())
    if whole is not None:
        return Bound(field.attname, called, whole=whole)
    if isinstance(field, models.CharField | models.TextField):
        return Bound(field.attname, called, most=field.max_length)
    return None


def require_fits(row: models.Model, columns: Iterable[str] | None = None) -> None:
    """See that every column of a row, or some by their names, can be written. Raises as `Bound.require`."""
    wanted = None if columns is None else frozenset(columns)
    for one in bounds_of(type(row)):
        if wanted is None or one.name in wanted:
            one.require(getattr(row, one.name))


def bound(model: type[models.Model], column: str) -> Bound:
    """Return the bound of one column. Raises LookupError where it holds anything."""
    found = next((one for one in bounds_of(model) if one.name == column), None)
    if found is None:
        raise LookupError(column)
    return found
