"""証跡を読む. Pages of lines with filters, one line, and the history of one row, as values for people.

Names of people are not here (`offices` knows them): a line gives the person's number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import F, Func, IntegerField, QuerySet
from django.utils import timezone

from sosei.core.fields import Lang
from sosei.journal.models import Entry
from sosei.journal.verbs import called

PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """絞り込み. Which lines are wanted; None and empty: all. `first`, `last`: days, both included."""

    person: int | None = None
    verb: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """証跡の一行. `by`: number of the person (None: the program). `rows`: how many rows were written."""

    seq: int
    at: datetime
    by: int | None
    verb: str
    subject: str
    facts: Mapping[str, Any]
    rows: int
    before: str
    seal: str

    def called(self, lang: Lang = "ja") -> str:
        """Return what the verb is called."""
        return called(self.verb, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """証跡の一頁. The latest first. `older`, `newer`: the number from which the next page goes on (None: no more)."""

    lines: tuple[Line, ...]
    older: int | None
    newer: int | None


def page(
    body: str,
    wanted: Wanted | None = None,
    *,
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE,
) -> Page:
    """Return a page of a body's lines: those below number `before`, or just above `after`, or the latest."""
    lines = _lines(body, wanted or Wanted())
    if after is not None:
        nearest = list(lines.filter(seq__gt=after).order_by("seq")[: size + 1])
        found, more = nearest[:size][::-1], len(nearest) > size
        older = found[-1].seq if found else after + 1
        return _page(found, older if lines.filter(seq__lt=older).exists() else None, more)
    below = lines if before is None else lines.filter(seq__lt=before)
    nearest = list(below.order_by("-seq")[: size + 1])
    found = nearest[:size]
    newer = bool(found and before is not None and lines.filter(seq__gt=found[0].seq).exists())
    return _page(found, found[-1].seq if len(nearest) > size else None, newer)


def _page(found: list[Entry], older: int | None, newer: bool) -> Page:
    return Page(
        lines=tuple(_line(entry) for entry in found),
        older=older,
        newer=found[0].seq if newer and found else None,
    )


def line(body: str, seq: int) -> Line | None:
    """Return one line of a body's journal."""
    entry = _lines(body, Wanted()).filter(seq=seq).first()
    return _line(entry) if entry else None


def lines(body: str, wanted: Wanted | None = None) -> Iterator[Line]:
    """Yield every wanted line of a body, the first first, a few at a time."""
    chosen = _lines(body, wanted or Wanted()).order_by("seq")
    return (_line(entry) for entry in chosen.iterator(chunk_size=500))


def sealed_lines(body: str, wanted: Wanted | None = None) -> Iterator[Entry]:
    """Yield every wanted line of a body with all that is sealed, the first first, a few at a time."""
    chosen = _lines(body, wanted or Wanted()).defer(None).order_by("seq")
    return chosen.iterator(chunk_size=50)


def verbs_used(body: str) -> list[str]:
    """Return the verbs that stand in a body's journal."""
    found = Entry.objects.filter(body=body).order_by().values_list("verb", flat=True).distinct()
    return sorted(found)


def people_seen(body: str) -> list[int]:
    """Return the numbers of the people who stand in a body's journal."""
    found = Entry.objects.filter(body=body, by__isnull=False).order_by()
    return sorted(by for by in found.values_list("by", flat=True).distinct() if by is not None)


def _lines(body: str, wanted: Wanted) -> QuerySet[Entry]:
    """Return the wanted lines without the list of their rows, which can be long; only its length."""
    found = Entry.objects.filter(body=body).defer("rows").annotate(written=_length("rows"))
    if wanted.person is not None:
        found = found.filter(by=wanted.person)
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.subject:
        found = found.filter(subject=wanted.subject)
    if wanted.first is not None:
        found = found.filter(at__gte=_midnight(wanted.first))
    if wanted.last is not None:
        found = found.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    return found


def _length(column: str) -> Func:
    """Return the length of a JSON list, counted by the database."""
    name = "jsonb_array_length" if connection.vendor == "postgresql" else "json_array_length"
    return Func(F(column), function=name, output_field=IntegerField())


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _line(entry: Entry) -> Line:
    rows: int = entry.written  # type: ignore[attr-defined]  # counted in `_lines`
    return Line(
        seq=entry.seq, at=entry.at, by=entry.by, verb=entry.verb, subject=entry.subject,
        facts=entry.facts, rows=rows, before=entry.before, seal=entry.seal,
    )  # fmt: skip
