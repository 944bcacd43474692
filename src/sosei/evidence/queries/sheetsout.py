"""調査票の頁. Whom a survey asks for a year, who was sent a sheet when, who answered; the sheets themselves; whom to remind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sosei.core.fiscal import FiscalYear
from sosei.evidence import models as m
from sosei.evidence.queries.registers import RegisterShown, register
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.sheets.surveysheet import Identity, SurveySheet, items_of
from sosei.evidence.sheets.surveysheet_drawing import drawn
from sosei.evidence.surveysheets import signed
from sosei.journal.clock import today
from sosei.offices.models import Department, Office

#: Sheets that are made at once.
MOST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class OutRow:
    """調査の相手. `number`: 法人番号; `entry`: of the answer, None where it is silent; `late`: silent past the day it was due."""

    subject: int
    name: str
    number: str | None
    person: bool
    sent_on: date | None
    due_on: date | None
    entry: int | None
    late: int = 0

    @property
    def state(self) -> str:
        """Return where it stands: answered, late, sent, or not yet sent."""
        if self.entry is not None:
            return "answered"
        return "late" if self.late else "sent" if self.sent_on else "unsent"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsPage:
    """調査票の頁. `persons`: how many of those asked are persons, to whom no sheets are made."""

    body: str
    register: RegisterShown
    year: int
    rows: tuple[OutRow, ...]
    closed: bool
    office: str
    fictional: bool
    contact: str

    @property
    def firms(self) -> tuple[OutRow, ...]:
        """Return the organisations among those asked."""
        return tuple(row for row in self.rows if not row.person)

    @property
    def persons(self) -> int:
        """Return how many persons are asked."""
        return len(self.rows) - len(self.firms)

    @property
    def silent(self) -> tuple[OutRow, ...]:
        """Return who has not answered."""
        return tuple(row for row in self.rows if row.entry is None)

    @property
    def sent(self) -> int:
        """Return to how many a sheet was sent."""
        return sum(row.sent_on is not None for row in self.rows)

    @property
    def due(self) -> date | None:
        """Return the latest day on which an answer is due."""
        return max((row.due_on for row in self.rows if row.due_on), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """調査票の言葉. What the office says on the sheets: why it asks, until when (None: as recorded for each), whom to ask."""

    purpose: str
    due: date | None
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """できた調査票. `file`: its name; `whom`, `number`: to whom; `identity`: as it stands on it."""

    file: str
    whom: str
    number: str | None
    identity: str
    data: bytes


def sheets_page(body: str, pk: int, year: int, of: RegisterShown | None = None) -> SheetsPage:
    """Return whom a survey asks for a fiscal year, as its sheets go out and come back. Raises NoSuchRow: no survey.

    `of`: the register, where it was looked up already.
    """
    shown = of or register(body, pk)
    if shown.kind.kind != "survey":
        raise NoSuchRow(what="調査", number=pk)
    office = Office.objects.filter(body=body, voided__isnull=True).first()
    department = Department.objects.get(pk=shown.department)
    return SheetsPage(
        body=body, register=shown, year=year, rows=_rows(pk, year), closed=year in shown.state.closed_years,
        office=office.name if office else body, fictional=bool(office and office.fictional),
        contact=department.contact,
    )  # fmt: skip


def _rows(pk: int, year: int) -> tuple[OutRow, ...]:
    answers = m.Entry.objects.filter(m.entries.CURRENT, register=pk, year=year)
    said = dict(answers.order_by("-number").values_list("subject", "number"))
    asked = m.Asked.objects.filter(register=pk, year=year, voided__isnull=True)
    found = [
        OutRow(
            subject=row.subject_id, name=row.subject.called(), number=row.subject.number,
            person=row.subject.kind == "person", sent_on=row.sent_on, due_on=row.due_on,
            entry=said.get(row.subject_id), late=_late(row.due_on, said.get(row.subject_id)),
        )
        for row in asked.select_related("subject")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda row: (row.entry is not None, -row.late, row.name, row.subject)))  # fmt: skip


def _late(due: date | None, entry: int | None) -> int:
    """Return by how many days a respondent is late."""
    return 0 if due is None or entry is not None else max((today() - due).days, 0)


def sheets_made(page: SheetsPage, subjects: Collection[int], words: Words) -> tuple[Sheet, ...]:
    """Return a sheet for each of some organisations, in the order of their names. Raises CellTooLong, SealKeyLacking."""
    chosen = sorted((row for row in page.firms if row.subject in subjects), key=lambda row: (row.name, row.subject))  # fmt: skip
    return tuple(_made(page, chosen, words))


def _made(page: SheetsPage, rows: Sequence[OutRow], words: Words) -> Iterator[Sheet]:
    shown, year = page.register, FiscalYear(page.year)
    digits = len(str(len(rows)))
    for number, row in enumerate(rows, 1):
        identity = signed(
            Identity(register=shown.pk, subject=row.subject, year=page.year, version=shown.stamp),
            body=page.body, whom=row.name,
        )  # fmt: skip
        sheet = SurveySheet(
            title=shown.kind.ja, office=page.office, department=shown.department_name, whom=row.name, year=year.both,
            purpose=words.purpose, due=words.due or row.due_on, contact=words.contact, items=items_of(shown.kind), identity=identity,
            fictional=page.fictional,
        )  # fmt: skip
        yield Sheet(
            file=f"{number:0{digits}}_{row.name}_{shown.kind.ja}_{year.short}.xlsx", whom=row.name, number=row.number,
            identity=identity.text(), data=drawn(sheet),
        )  # fmt: skip
