"""締めの頁. How far registers are closed, which surveys are open and who is silent, and who closed and reopened when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sosei.core.fiscal import APRIL, FiscalYear
from sosei.evidence import models as m
from sosei.evidence.queries.registers import RegisterShown, register, registers
from sosei.evidence.refusals import NoSuchRow
from sosei.journal.clock import today
from sosei.offices.queries.recorded import Recorded, last_recorded, recorded

#: Names of those who are silent that a page shows.
MOST_NAMED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenYear:
    """開いている年度. A fiscal year that a survey asks about and that is not closed: how many were asked, who is silent."""

    year: int
    asked: int
    silent: frozenset[int]

    @property
    def answered(self) -> int:
        """Return how many of those asked answered."""
        return self.asked - len(self.silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """一覧の台帳. A register of the list; `open`: of a survey, the years that are asked about and not closed."""

    shown: RegisterShown
    open: tuple[OpenYear, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRow:
    """締めの行. One closing; `reopened`: when, by whom and `why` it was taken back, None where it stands.

    `asked`: how many a survey asked for its year, of a closing that stands.
    """

    pk: int
    until: date | None
    year: int | None
    entries: int
    silent: int
    note: str | None
    closed: Recorded
    reopened: Recorded | None
    why: str
    asked: int = 0

    @property
    def answered(self) -> int:
        """Return how many of those asked answered."""
        return self.asked - self.silent


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingPage:
    """締めの頁. `day`: up to which the register is best closed next; `years`: of a survey, those that can be closed.

    `silent`: whom a survey asked and who did not answer, by year: number and name, up to `MOST_NAMED`.
    """

    register: RegisterShown
    rows: tuple[ClosingRow, ...]
    open: tuple[OpenYear, ...]
    silent: Mapping[int, tuple[tuple[int, str], ...]]
    day: date | None
    years: tuple[int, ...]

    @property
    def stands(self) -> tuple[ClosingRow, ...]:
        """Return the closings in force."""
        return tuple(row for row in self.rows if row.reopened is None)

    @property
    def reopenable(self) -> frozenset[int]:
        """Return the closings that open something again: each of a survey's years, of others the last one."""
        days = [row.until for row in self.stands if row.until is not None]
        last = max(days, default=None)
        return frozenset(row.pk for row in self.stands if row.until == last or row.until is None)


def register_lines(body: str) -> tuple[RegisterLine, ...]:
    """Return the registers of a body as a list shows them; 4 queries."""
    found = registers(body)
    still = open_years(found)
    return tuple(RegisterLine(shown=one, open=still.get(one.pk, ())) for one in found)


def open_years(found: Iterable[RegisterShown]) -> dict[int, tuple[OpenYear, ...]]:
    """Return of surveys the years that are asked about and not closed, the latest first; at most 1 query."""
    asked = {
        one.pk: {y: who for y, who in one.state.expected.items() if y not in one.state.closed_years}
        for one in found
        if one.kind.kind == "survey"
    }
    answered = _answered({pk: years for pk, years in asked.items() if years})
    return {
        pk: tuple(
            OpenYear(year=year, asked=len(who), silent=who - answered.get((pk, year), set()))
            for year, who in sorted(years.items(), reverse=True)
        )
        for pk, years in asked.items()
    }


def _answered(
    asked: Mapping[int, Mapping[int, frozenset[int]]],
) -> dict[tuple[int, int], set[int | None]]:
    found: dict[tuple[int, int], set[int | None]] = defaultdict(set)
    if asked:
        years = {year for each in asked.values() for year in each}
        rows = m.Entry.objects.filter(m.entries.CURRENT, register__in=asked, year__in=years)
        for register_pk, year, subject in rows.values_list("register", "year", "subject"):
            found[register_pk, year or 0].add(subject)
    return found


def closing_page(body: str, pk: int) -> ClosingPage:
    """Return what the page of a register's closing shows. Raises NoSuchRow."""
    shown = register(body, pk)
    still = open_years([shown]).get(pk, ())
    survey = shown.kind.kind == "survey"
    return ClosingPage(
        register=shown, rows=tuple(_with_asked(shown, row) for row in closings_of(body, pk)), open=still, silent=_named(still),
        day=None if survey else _next_day(shown), years=_years(shown, still) if survey else (),
    )  # fmt: skip


def _with_asked(shown: RegisterShown, row: ClosingRow) -> ClosingRow:
    if row.year is None or row.reopened is not None:
        return row
    return replace(row, asked=len(shown.state.expected.get(row.year, ())))


def closing_of(body: str, pk: int) -> tuple[ClosingPage, ClosingRow]:
    """Return a closing in force with its register's page. Raises NoSuchRow."""
    row = m.Closing.objects.filter(body=body, pk=pk, voided__isnull=True).first()
    if row is None:
        raise NoSuchRow(what="締め", number=pk)
    page = closing_page(body, row.register_id)
    return page, next(one for one in page.rows if one.pk == pk)


def closings_of(body: str, pk: int) -> tuple[ClosingRow, ...]:
    """Return every closing of a register, the latest first; those that were taken back too."""
    rows = list(m.Closing.objects.filter(body=body, register=pk).order_by("-pk"))
    begun, ended = recorded(rows), last_recorded([row for row in rows if row.voided])
    return tuple(
        ClosingRow(
            pk=row.pk, until=row.until, year=row.year, entries=row.entries, silent=row.silent,
            note=row.note, closed=begun[row.pk], reopened=ended.get(row.pk), why=row.void_reason,
        )
        for row in rows
    )  # fmt: skip


def _next_day(shown: RegisterShown) -> date | None:
    """Return the last 31 March that is over; None where the register is closed that far."""
    last = date(FiscalYear.of(today()).start, APRIL - 1, 31)
    until = shown.state.closed_until
    return last if until is None or until < last else None


def _years(shown: RegisterShown, still: Iterable[OpenYear]) -> tuple[int, ...]:
    """Return the years of a survey that can be closed: those asked about, and those that answers are for."""
    rows = m.Entry.objects.filter(m.entries.CURRENT, register=shown.pk, year__isnull=False)
    said = set(rows.order_by().values_list("year", flat=True).distinct())
    own = {year for year in said if year is not None} | {one.year for one in still}
    return tuple(sorted(own - shown.state.closed_years, reverse=True))


def _named(still: Iterable[OpenYear]) -> dict[int, tuple[tuple[int, str], ...]]:
    years = list(still)
    wanted = {pk for one in years for pk in one.silent}
    rows = m.Subject.objects.filter(pk__in=wanted).order_by("name", "pk") if wanted else ()
    called = {row.pk: row.called() for row in rows}
    return {
        one.year: tuple((pk, name) for pk, name in called.items() if pk in one.silent)[:MOST_NAMED]
        for one in years
    }


__all__ = [
    "ClosingPage",
    "ClosingRow",
    "OpenYear",
    "RegisterLine",
    "closing_of",
    "closing_page",
    "closings_of",
    "open_years",
    "register_lines",
]
