"""締める. The owner of a register says that nothing is missing up to a day; opened again only with a reason."""

from __future__ import annotations

from datetime import date

from sosei.core.fiscal import FiscalYear
from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.nameless import nameless_of_register
from sosei.evidence.parts import parts
from sosei.evidence.refusals import (
    AnsweredAlready,
    LaterClosing,
    NoSuchRow,
    NothingToClose,
    NotYetOver,
    PeriodClosed,
)
from sosei.evidence.stored import closed, kind
from sosei.journal.acts import act
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import require


def close_register(
    *,
    by: Person,
    register: int,
    until: date | None = None,
    year: int | None = None,
    note: str | None = None,
) -> m.Closing:
    """締める. Up to a day, or a survey for a fiscal year; says how many entries there were and who was silent.

    Raises NotAllowed, NotYetOver, NothingToClose.
    """
    row = register_of(by, register)
    require(by, "register.close", [row.department_id])
    survey = kind(row).kind == "survey"
    said = f"{FiscalYear(year)}" if survey and year else f"{until}"
    if not _is_over(year, None if survey else until):
        raise NotYetOver(until=said)
    if note:
        nameless_of_register(note, f"「{row.called()}」の締めの備考", row)
    with act(
        "register.close", body=by.body, by=by.pk, subject=f"evidence.register:{register}"
    ) as w:
        state = closed([row])[row.key]
        if year in state.closed_years or (
            until and state.closed_until and until <= state.closed_until
        ):
            raise NothingToClose(register=row.called(), until=said)
        own = m.Entry.objects.filter(m.entries.CURRENT, register=row)
        answered = set(own.filter(year=year).values_list("subject", flat=True)) if survey else set()
        silent = state.expected.get(year or 0, frozenset()) - answered
        return w.add(
            m.Closing(
                register=row, until=None if survey else until, year=year if survey else None, note=note or None,
                entries=own.filter(year=year).count() if survey else own.count(), silent=len(silent),
            )
        )  # fmt: skip


def _is_over(year: int | None, until: date | None) -> bool:
    """Whether a day has passed, or a fiscal year has begun: firms answer for a year before it ends."""
    if until is not None:
        return until < today()
    return year is not None and year <= FiscalYear.of(today()).start


def reopen_register(*, by: Person, closing: int, reason: str) -> None:
    """締めを解く. The last one first; with a reason, and it stays readable. Raises NotAllowed, NoSuchRow, NoReason, LaterClosing."""
    found = _standing(by, closing)
    require(by, "register.close", [found.register.department_id])
    nameless_of_register(reason, f"「{found.register.called()}」の締めの解除", found.register)
    with act(
        "register.reopen", body=by.body, by=by.pk, subject=f"evidence.register:{found.register_id}"
    ) as w:
        found = _standing(by, closing)
        _require_last(found)
        w.void(found, reason=reason.strip())


def _require_last(closing: m.Closing) -> None:
    """Raise LaterClosing where the register stays closed by a later day."""
    if closing.until is None:
        return
    later = m.Closing.objects.filter(
        register=closing.register_id, voided__isnull=True, until__gt=closing.until
    )
    last = later.order_by("-until").values_list("until", flat=True).first()
    if last is not None:
        raise LaterClosing(register=closing.register.called(), until=last)


def _standing(by: Person, closing: int) -> m.Closing:
    """Return a closing that stands. Raises NoSuchRow."""
    rows = m.Closing.objects.filter(body=by.body, pk=closing, voided__isnull=True)
    found = rows.select_related("register").first()
    if found is None:
        raise NoSuchRow(what="締め", number=closing)
    return found


def ask(
    *,
    by: Person,
    register: int,
    year: int,
    subjects: list[int],
    sent: date | None,
    due: date | None,
) -> int:
    """調査の相手を決める. Whom a survey asks for a year; those asked already stay. Returns how many were added.

    Raises NotAllowed, NoSuchRow, PeriodClosed where the year is closed.
    """
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    with act("survey.ask", body=by.body, by=by.pk, subject=f"evidence.register:{register}") as w:
        state = closed([row])[row.key]
        if year in state.closed_years:
            raise PeriodClosed(register=row.called(), years=[year])
        asked = state.expected.get(year, frozenset())
        own = m.Subject.objects.filter(body=by.body, voided__isnull=True, into=None)
        here = (own.filter(pk__in=part).values_list("pk", flat=True) for part in parts(subjects))
        new = sorted({subject for found in here for subject in found} - asked)
        w.add_all(
            [
                m.Asked(register=row, subject_id=pk, year=year, sent_on=sent, due_on=due)
                for pk in new
            ]
        )
        return len(new)


def ask_no_more(*, by: Person, register: int, year: int, subject: int, reason: str) -> None:
    """調査の相手から外す. Whom a survey asked by mistake it asks no more; that it did stays readable, with the reason.

    Raises NotAllowed, NoSuchRow, NoReason, PeriodClosed where the year is closed, AnsweredAlready.
    """
    row = register_of(by, register)
    require(by, "register.write", [row.department_id])
    nameless_of_register(reason, f"「{row.called()}」の相手の取消", row)
    with act("survey.unask", body=by.body, by=by.pk, subject=f"evidence.register:{register}") as w:
        asked = m.Asked.objects.filter(
            register=row, year=year, subject=subject, voided__isnull=True
        ).first()
        if asked is None:
            raise NoSuchRow(what=f"「{row.called()}」の相手", number=subject)
        if year in closed([row], asked=False)[row.key].closed_years:
            raise PeriodClosed(register=row.called(), years=[year])
        own = m.Entry.objects.filter(m.entries.CURRENT, register=row, year=year, subject=subject)
        answer = own.order_by("number").values_list("number", flat=True).first()
        if answer is not None:
            raise AnsweredAlready(year=year, entry=answer)
        w.void(asked, reason=reason.strip())
