"""待っているもの. Of all registers of a body: who has not answered a survey whose day is near, and what came by forms and waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import TruncDate

from sosei.evidence import models as m
from sosei.evidence.publicforms import HELD_DAYS

_COLUMNS: Final = ("what", "one", "of", "ja", "en", "of_year", "day", "n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """待っている一つ. A survey's year with those who are silent, or a form with what came by it and was not looked at.

    `pk`: the register's of a survey, else the form's. `due`: the first day to be kept: for answers, or before what was
    typed goes for good.
    """

    what: Literal["survey", "form"]
    pk: int
    department: int
    ja: str
    en: str
    year: int
    due: date
    n: int


def pending(body: str, until: date) -> tuple[Pending, ...]:
    """Return what waits: of open surveys, answers due up to a day; of forms, everything. 1 query."""
    rows = _silent(body, until).union(_submitted(body), all=True)
    return tuple(
        Pending(
            what=what,
            pk=pk,
            department=of,
            ja=ja,
            en=en or ja,
            year=year,
            due=_last(what, day),
            n=n,
        )
        for what, pk, of, ja, en, year, day, n in rows.order_by("day", "what", "one", "of_year")
    )


def _last(what: str, day: date) -> date:
    return day if what == "survey" else day + timedelta(days=HELD_DAYS)


def waiting_in(body: str) -> Counter[int]:
    """Return how much of what came by forms waits to be looked at, by register; 1 query."""
    rows = _waiting(body).values_list("form__register").annotate(n=Count("pk"))
    return Counter(dict(rows.order_by()))


def _silent(body: str, until: date) -> Any:
    of = {"register": OuterRef("register"), "year": OuterRef("year")}
    said = m.Entry.objects.filter(m.entries.CURRENT, **of, subject=OuterRef("subject"))
    closed = m.Closing.objects.filter(voided=None, **of)
    rows: Any = m.Asked.objects.filter(
        ~Exists(said), ~Exists(closed), body=body, voided=None, register__voided=None, due_on__lte=until
    )  # fmt: skip
    found = rows.order_by().values(
        what=Value("survey"), one=F("register"), of=F("register__department"),
        ja=KeyTextTransform("ja", "register__definition"), en=KeyTextTransform("en", "register__definition"), of_year=F("year"),
    )  # fmt: skip
    return found.annotate(day=Min("due_on"), n=Count("pk")).values_list(*_COLUMNS)


def _submitted(body: str) -> Any:
    found = _waiting(body).order_by().values(
        what=Value("form"), one=F("form"), of=F("form__register__department"),
        ja=F("form__title"), en=F("form__title"), of_year=Value(0, IntegerField()),
    )  # fmt: skip
    return found.annotate(day=TruncDate(Min("at")), n=Count("pk")).values_list(*_COLUMNS)


def _waiting(body: str) -> Any:
    return m.Submission.objects.filter(
        body=body, state="waiting", voided=None, form__voided=None, form__register__voided=None
    )
