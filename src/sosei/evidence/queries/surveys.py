"""調査の相手の頁. Whom a survey asks for a year, who answered, and which members of its roster are not asked yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sosei.core.fiscal import APRIL
from sosei.evidence import models as m
from sosei.evidence.queries.registers import RegisterShown, register
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.stored import registers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """尋ねた相手. `entry`: the number of the answer, None where there is none yet."""

    subject: int
    name: str
    person: bool
    sent_on: date | None
    due_on: date | None
    entry: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPage:
    """調査の相手の頁. `offered`: members of the roster at the year's end who are not asked: number and name.

    `roster`: what the roster is called, None where there is no such register.
    """

    register: RegisterShown
    year: int
    rows: tuple[AskedRow, ...]
    offered: tuple[tuple[int, str], ...]
    roster: str | None

    @property
    def silent(self) -> int:
        """Return how many have not answered."""
        return sum(row.entry is None for row in self.rows)


def asked_page(body: str, pk: int, year: int) -> AskedPage:
    """Return whom a survey asks for a fiscal year. Raises NoSuchRow: no register, or no survey."""
    shown = register(body, pk)
    if shown.kind.kind != "survey":
        raise NoSuchRow(what="調査", number=pk)
    rows = _asked(pk, year)
    roster = registers_of(body, [shown.kind.asks or ""]).get(shown.kind.asks or "")
    offered = _members(roster, year, {row.subject for row in rows}) if roster else ()
    return AskedPage(
        register=shown, year=year, rows=rows, offered=offered, roster=roster.called() if roster else None
    )  # fmt: skip


def asked_row(page: AskedPage, subject: int) -> AskedRow:
    """Return one of those whom a survey asks. Raises NoSuchRow."""
    found = next((row for row in page.rows if row.subject == subject), None)
    if found is None:
        raise NoSuchRow(what=f"「{page.register.kind.ja}」の相手", number=subject)
    return found


def _asked(pk: int, year: int) -> tuple[AskedRow, ...]:
    answers = m.Entry.objects.filter(m.entries.CURRENT, register=pk, year=year)
    said = dict(answers.order_by("-number").values_list("subject", "number"))
    rows = m.Asked.objects.filter(register=pk, year=year, voided__isnull=True)
    found = [
        AskedRow(
            subject=row.subject_id, name=row.subject.called(), person=row.subject.kind == "person",
            sent_on=row.sent_on, due_on=row.due_on, entry=said.get(row.subject_id),
        )
        for row in rows.select_related("subject")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.entry is not None, row.name, row.subject)))


def _members(roster: m.Register, year: int, but: Collection[int]) -> tuple[tuple[int, str], ...]:
    """Return who belongs to a roster on the last day of a fiscal year."""
    end = date(year + 1, APRIL - 1, 31)
    rows = m.Entry.objects.filter(
        m.entries.CURRENT, Q(first__isnull=True) | Q(first__lte=end), Q(last__isnull=True) | Q(last__gte=end),
        register=roster, subject__isnull=False,
    )  # fmt: skip
    found = m.Subject.objects.filter(pk__in=rows.values("subject")).order_by("alike", "pk")
    return tuple((one.pk, one.called()) for one in found if one.pk not in but)
