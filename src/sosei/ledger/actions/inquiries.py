"""照会を行う. Sending an inquiry, granting a later day, recording a reminder, closing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sosei.core.errors import Stale
from sosei.core.fiscal import FiscalYear
from sosei.core.inquiry import AnswerSheet, base_of
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.ledger import models as m
from sosei.ledger.actions.documents import keep
from sosei.ledger.actions.reach import held_volume, volume_of
from sosei.ledger.objections import (
    DueBeforeSending,
    InquiryClosed,
    NotCollecting,
    NothingToAsk,
)
from sosei.ledger.queries.asking import Asked, asking_of
from sosei.ledger.refusals import NoSuchThing
from sosei.ledger.sheets import kept
from sosei.offices.models import Department, Office, Person
from sosei.offices.permissions import require
from sosei.publishing.inquiry import workbook
from sosei.publishing.inquiry.days import day_shown

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """照会文. What a person wrote on an inquiry: title, 文書番号, letter (None: the usual one), who answers questions."""

    title: str
    due_on: date
    contact: str = ""
    letter: str | None = None
    number: str | None = None


def send_inquiry(
    *, by: Person, volume: int, departments: Collection[int], kinds: Collection[str], words: Wording
) -> m.Inquiry:
    """Send an inquiry to some departments: each gets its part with a workbook, in one act.

    Raises NotAllowed, NoSuchThing, NotCollecting, NothingToAsk, DueBeforeSending, Stale (another was sent meanwhile).
    """
    require(by, "inquiry.send")
    book = volume_of(by, volume)
    _collecting(book)
    _after(words.due_on, today())
    chosen = [part for part in asking_of(book, kinds).parts if part.department in departments]
    if not chosen:
        raise NothingToAsk
    number = _next_number(book)
    sheets = [_sheet(by, book, part, words, number) for part in chosen]
    papers = [workbook(sheet) for sheet in sheets]
    subject = f"ledger.volume:{book.pk}"
    with act("inquiry.send", body=by.body, by=by.pk, subject=subject) as w:
        _still_so(by, book, number)
        inquiry = w.add(
            m.Inquiry(
                volume=book, title=words.title, number=words.number, letter=words.letter or "",
                contact=words.contact, sent_on=today(), due_on=words.due_on,
            )
        )  # fmt: skip
        for part, sheet, paper in zip(chosen, sheets, papers, strict=True):
            _add_part(w, inquiry, part, sheet, paper)
        w.facts |= {"parts": len(chosen), "items": sum(len(part.questions) for part in chosen)}
    return inquiry


def _collecting(book: m.Volume) -> None:
    if book.stage not in ("collecting", "correcting"):
        raise NotCollecting(year=str(FiscalYear(book.fiscal_year)))


def _still_so(by: Person, book: m.Volume, number: int) -> None:
    """Refuse what was prepared when the book moved on, or another inquiry was sent, meanwhile. Raises NotCollecting, Stale."""
    _collecting(held_volume(by, book.pk))
    if _next_number(book) != number:
        raise Stale(what=f"{book.called()}の照会")


def _next_number(volume: m.Volume) -> int:
    """Return the number of the next inquiry about a fiscal year in the body's book."""
    sent = m.Inquiry.objects.filter(body=volume.body, volume__fiscal_year=volume.fiscal_year)
    return sent.count() + 1


def _sheet(by: Person, volume: m.Volume, part: Asked, words: Wording, number: int) -> AnswerSheet:
    return AnswerSheet(
        mark=_mark(volume.fiscal_year, number, part),
        body=Office.objects.get(body=by.body).name,
        office=asking_office(by),
        department=part.name,
        fiscal_year=volume.fiscal_year,
        title=words.title,
        due_on=words.due_on,
        contact=words.contact,
        projects=part.projects,
        questions=part.questions,
        base=base_of(part.projects, part.questions),
        letter=words.letter,
        number=words.number,
        sent_on=today(),
    )


def asking_office(by: Person) -> str:
    """Return the name of the division that asks: the one in charge of planning."""
    planning = Department.objects.filter(
        body=by.body, planning=True, voided__isnull=True, first_day__lte=today()
    ).exclude(last_day__lt=today())
    found = planning.order_by("code").first()
    return found.name if found else "企画担当課"


def _mark(year: int, number: int, part: Asked) -> str:
    """Return the number that is printed and hidden in a part's paper: R4-1-02."""
    code = _UNSAFE.sub("", part.code) or f"D{part.department}"
    return f"{FiscalYear(year).short}-{number}-{code}"


def _add_part(
    w: Act, inquiry: m.Inquiry, part: Asked, sheet: AnswerSheet, paper: bytes
) -> m.InquiryPart:
    name = f"{sheet.mark}_{part.name}_回答様式.xlsx"
    added = w.add(
        m.InquiryPart(
            inquiry=inquiry, department_id=part.department, mark=sheet.mark, sheet=kept(sheet),
            workbook=keep(w, name, paper, "xlsx", "asked", inquiry.volume),
        )
    )  # fmt: skip
    w.add_all(
        [
            m.Owed(
                part=added, key=key, role=thing.role, entry_id=thing.entry, line_id=thing.line,
                point_id=thing.point, spending_id=thing.spending, field=thing.field,
            )
            for key, thing in part.things.items()
        ]
    )  # fmt: skip
    return added


def extend_inquiry(
    *, by: Person, inquiry: int, due_on: date, part: int | None = None, seen: int | None = None
) -> None:
    """Grant a later day: to one part, or to the whole inquiry (then no part has a day of its own that is earlier).

    `seen`: stamp of the part or inquiry. Raises NotAllowed, InquiryClosed, DueBeforeSending, Stale.
    """
    require(by, "inquiry.send")
    with act("inquiry.extend", body=by.body, by=by.pk, subject=f"ledger.inquiry:{inquiry}") as w:
        found = _open_inquiry(by, inquiry)
        one = None if part is None else _part(by, found, part)
        before = found.due_on if one is None else one.due_on or found.due_on
        _after(due_on, max(before, today()))
        if one is not None:
            w.change(one, seen=seen, due_on=due_on)
            return
        w.change(found, seen=seen, due_on=due_on)
        for earlier in found.parts.filter(due_on__lte=due_on):
            w.change(earlier, due_on=None)


def remind_parts(*, by: Person, inquiry: int, parts: Collection[int]) -> int:
    """Record that departments were reminded today; return how many. Raises NotAllowed, InquiryClosed."""
    require(by, "inquiry.send")
    with act("inquiry.remind", body=by.body, by=by.pk, subject=f"ledger.inquiry:{inquiry}") as w:
        found = _open_inquiry(by, inquiry)
        waiting = list(found.parts.filter(pk__in=list(parts), voided__isnull=True))
        for part in waiting:
            w.change(part, reminded_on=today())
    return len(waiting)


def close_inquiry(*, by: Person, inquiry: int, seen: int | None = None) -> None:
    """Close an inquiry: no further answer is taken. Raises NotAllowed, InquiryClosed, Stale."""
    require(by, "inquiry.send")
    with act("inquiry.close", body=by.body, by=by.pk, subject=f"ledger.inquiry:{inquiry}") as w:
        found = _open_inquiry(by, inquiry)
        w.change(found, seen=seen, closed_on=today())


def reopen_inquiry(*, by: Person, inquiry: int, due_on: date) -> None:
    """Open a closed inquiry again, until a day. Raises NotAllowed, NoSuchThing, DueBeforeSending."""
    require(by, "inquiry.send")
    _after(due_on, today())
    with act("inquiry.reopen", body=by.body, by=by.pk, subject=f"ledger.inquiry:{inquiry}") as w:
        found = _inquiry(by, inquiry)
        w.change(found, closed_on=None, due_on=max(due_on, found.due_on))


def _inquiry(by: Person, inquiry: int) -> m.Inquiry:
    found = m.Inquiry.objects.filter(pk=inquiry, body=by.body, voided__isnull=True).first()
    if found is None:
        raise NoSuchThing(what="照会")
    return found


def _open_inquiry(by: Person, inquiry: int) -> m.Inquiry:
    found = _inquiry(by, inquiry)
    if found.closed_on is not None:
        raise InquiryClosed(what=found.title, on=day_shown(found.closed_on, weekday=False))
    return found


def _after(due: date, day: date) -> None:
    if due <= day:
        raise DueBeforeSending(due=day_shown(due), after=day_shown(day))


def _part(by: Person, inquiry: m.Inquiry, part: int) -> m.InquiryPart:
    found = m.InquiryPart.objects.filter(pk=part, inquiry=inquiry, body=by.body).first()
    if found is None:
        raise NoSuchThing(what="照会先")
    return found
