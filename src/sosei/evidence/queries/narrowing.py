"""絞り込んだ問い. Of a register, a question to the database for at least all entries that a measure counts for a year.

What it gives may be too many, never too few: each is held against the meaning (`measures.counting`) afterwards. Days, typed
columns and simple equality are asked of the database; what subjects were, negations and texts in order are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from sosei.evidence import models as m
from sosei.evidence.codec import REACHED, scaled
from sosei.evidence.kinds import Field, RegisterKind
from sosei.evidence.measures.model import (
    All,
    At,
    Compare,
    Condition,
    Either,
    Is,
    Known,
    Literal_,
    Measure,
    Not,
    OneOf,
    Path,
)
from sosei.evidence.measures.standing import asked_year, by_answer
from sosei.evidence.measures.windows import Days, days

#: Columns of days that have an index.
_DAYS: Final = ("first", *REACHED)
_NOTHING: Final = Q(pk__in=[])
_SIGNS: Final[dict[Compare, str]] = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}


def day_column(measure: Measure, of: RegisterKind) -> str | None:
    """Return the column of the day by which an entry lies in a year or not; None where it says its year itself."""
    if measure.stage is not None:
        return REACHED[of.stages.index(measure.stage)] if measure.stage in of.stages else None
    return None if of.kind == "survey" or by_answer(measure) else "first"


def veiled(rows: QuerySet[m.Entry]) -> QuerySet[m.Entry]:
    """Let days be asked for without their index: where rows are wanted in another order, too many to be put in it.

    A database that does not know how many they are takes the index of the day, reads them all, and sorts them.
    """
    return rows.alias(**{f"veiled_{day}": Coalesce(day, day) for day in _DAYS})


def pinned(measure: Measure, of: RegisterKind) -> frozenset[str]:
    """Return of place and sort those of which a measure counts one alone: an index has its days in order."""
    where = measure.where
    several = where.of if isinstance(where, All) else (where,)
    fields = [_field(one.path, of) for one in several if isinstance(one, Is) and one.compare == "="]
    columns = {field.column for field in fields if field is not None}
    return frozenset(one for one in columns if one in ("place", "sort"))


def narrowed(measure: Measure, of: RegisterKind, year: int, *, veil: bool = False) -> Q:
    """Return the question for at least the entries of a register that a measure counts for a year; `veil`: of `veiled` rows."""
    found = in_window(measure, of, year, veil=veil)
    if measure.where is not None:
        found &= _holding(measure.where, of) or Q()
    if measure.operation == "distinct" and measure.path is not None:
        found &= _known(measure.path, of) or Q()
    return found & Q(subject__isnull=False) if measure.after is not None else found


def in_window(measure: Measure, of: RegisterKind, year: int, *, veil: bool = False) -> Q:
    """Follow `counting.Count.in_window`, case by case."""
    span, moment = days(measure.window, year), isinstance(measure.window, At)
    column = day_column(measure, of)
    day = f"veiled_{column}" if veil else column or ""
    if measure.stage is not None:
        return _NOTHING if column is None else _happened(day, span, moment=moment)
    if column is None:
        return Q(year=asked_year(measure, year))
    if moment and of.kind == "roster":
        joined = Q(first__isnull=True) | Q(**{f"{day}__lte": span.last})
        return joined & (Q(last__isnull=True) | Q(last__gte=span.last))
    found = _happened(day, span, moment=moment)
    if of.kind == "series" and not moment:
        found &= Q(last__isnull=True) | _happened("last", span, moment=False)
    return found


def _happened(column: str, span: Days, *, moment: bool) -> Q:
    found = Q(**{f"{column}__lte": span.last})
    if span.first is not None and not moment:
        found &= Q(**{f"{column}__gte": span.first})
    return found


# -- conditions: None where nothing is known that the database could be asked -------------------------------------------


def _holding(condition: Condition, of: RegisterKind) -> Q | None:
    match condition:
        case Is(path, "=", value):
            return _equal(path, value, of)
        case Is(path, compare, value):
            return _compared(path, compare, value, of)
        case OneOf(path, values):
            return _either(_equal(path, value, of) for value in values)
        case Known(path):
            return _known(path, of)
        case Not(_):
            return None
        case All(several):
            known = [found for one in several if (found := _holding(one, of)) is not None]
            return reduce(and_, known) if known else None
        case Either(several):
            return _either(_holding(one, of) for one in several)


def _either(several: Iterable[Q | None]) -> Q | None:
    found: list[Q] = []
    for one in several:
        if one is None:
            return None
        found.append(one)
    return reduce(or_, found)


def _field(path: Path, of: RegisterKind) -> Field | None:
    return None if path.of_subject else of.fields.get(path.name)


def _equal(path: Path, value: Literal_, of: RegisterKind) -> Q | None:
    field, kept = _field(path, of), _kept(value)
    if field is None or kept is None:
        return None
    if field.column is not None:
        return Q(**{field.column: kept}) if _fits(field, value) else None
    return Q(**{f"more__{field.key}__exact": kept})  # a key may be called as a lookup is


def _compared(path: Path, compare: Compare, value: Literal_, of: RegisterKind) -> Q | None:
    field, kept = _field(path, of), _kept(value)
    if field is None:
        return None
    if compare == "!=" or field.column is None or not isinstance(value, Decimal) or kept is None:
        return _known(path, of)
    return Q(**{f"{field.column}__{_SIGNS[compare]}": kept}) if _fits(field, value) else None


def _known(path: Path, of: RegisterKind) -> Q | None:
    if path.name == "subject" and not path.of_subject:
        return Q(subject__isnull=False)
    field = _field(path, of)
    if field is None:
        return Q(subject__isnull=False) if path.of_subject else None
    return Q(**{f"{field.column}__isnull": False}) if field.column else Q(more__has_key=field.key)


def _fits(field: Field, value: Literal_) -> bool:
    """Whether a typed column could be compared with a constant."""
    return isinstance(value, Decimal) == field.is_number and isinstance(value, Decimal | str)


def _kept(value: Literal_) -> Any:
    """Return a constant as entries keep it; None where no entry could say it so."""
    if isinstance(value, Decimal):
        try:
            return scaled(value)
        except ValueError:
            return None
    return value.isoformat() if isinstance(value, date) else value
