"""絞り込み. Which entries of a register a person asks for, as a question to the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import IContains

from sosei.evidence import models as m
from sosei.evidence.codec import REACHED, scaled
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.stored import kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """絞り込み. `words`: in any text or name; `equal`: of a declared field, a value; `sort`: "-" turns it round.

    `first`, `last`: days between which the entry's own day is; of a case, the day of `stage`, which it must have reached.
    `on`: of a roster, a day on which somebody belongs.
    """

    words: str = ""
    first: date | None = None
    last: date | None = None
    on: date | None = None
    stage: str = ""
    year: int | None = None
    subject: int | None = None
    batch: int | None = None
    equal: Mapping[str, Any] = field(default_factory=dict)
    sort: str = "-number"
    after: str = ""


def where(register: m.Register, asked: Asked) -> Q:
    """Return what is asked for as a question."""
    of = kind(register)
    found = _days(of, asked)
    for name in ("year", "subject", "batch"):
        if (value := getattr(asked, name)) is not None:
            found &= Q(**{name: value})
    for name, value in asked.equal.items():
        found &= equal(of, name, value)
    return found & _worded(register, asked.words) if asked.words.strip() else found


def _days(of: RegisterKind, asked: Asked) -> Q:
    found, column = Q(), "first"
    if asked.stage in of.stages:
        column = REACHED[of.stages.index(asked.stage)]
        found &= Q(**{f"{column}__isnull": False})
    if asked.first is not None:
        found &= Q(**{f"{column}__gte": asked.first})
    if asked.last is not None:
        found &= Q(**{f"{column}__lte": asked.last})
    if asked.on is not None:
        found &= Q(first__isnull=True) | Q(first__lte=asked.on)
        found &= Q(last__isnull=True) | Q(last__gte=asked.on)
    return found


def equal(of: RegisterKind, name: str, value: Any) -> Q:
    """Return the question whether a declared field has a value."""
    kept = scaled(value) if isinstance(value, Decimal) else value
    kept = kept.isoformat() if isinstance(kept, date) else kept
    column = of.fields[name].column
    return Q(**{column: kept}) if column else Q(**{f"more__{name}__exact": kept})


def _worded(register: m.Register, words: str) -> Q:
    """Every word stands in a text of the entry, its place or sort, or in the name of whom it is about; also of two characters."""
    found = Q()
    for word in words.split():
        named = m.Subject.objects.filter(body=register.body, name__icontains=word)
        found &= (
            Q(place__icontains=word) | Q(sort__icontains=word) | Q(subject__in=named.values("pk"))
            | Q(IContains(Cast("more", TextField()), word))
        )  # fmt: skip
    return found


def places(register: int, most: int = 100) -> tuple[str, ...]:
    """Return the places that stand in a register, none where there are more than a person chooses from."""
    rows = m.Entry.objects.filter(m.entries.CURRENT, register=register, place__isnull=False)
    found = rows.order_by("place").values_list("place", flat=True).distinct()[: most + 1]
    return tuple(one for one in found if one) if len(found) <= most else ()


def years_said(register: int) -> tuple[int, ...]:
    """Return the fiscal years that a survey's answers are for, the latest first."""
    rows = m.Entry.objects.filter(m.entries.CURRENT, register=register, year__isnull=False)
    found = rows.order_by("-year").values_list("year", flat=True).distinct()
    return tuple(year for year in found if year is not None)
