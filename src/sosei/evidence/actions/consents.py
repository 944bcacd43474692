"""同意. It is given, withdrawn, and held beyond its time: what may be done with the contacts of who is in a register."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.actions.subjects import subject_of
from sosei.evidence.models.subjects import UNTOLD
from sosei.evidence.nameless import nameless
from sosei.evidence.persons import belongings, family, merged
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_personal import NoPerson, NotAhead, NotInRegister
from sosei.evidence.retention import keep_until
from sosei.journal.acts import Act, act
from sosei.journal.clock import today
from sosei.offices.models import Person
from sosei.offices.permissions import require


def give_consent(
    *, by: Person, subject: int, register: int, given_on: date | None = None
) -> m.Consent:
    """同意を記録する. He is kept until the register's time from that day is over; an earlier withdrawal no longer counts.

    Raises NotAllowed, NoSuchRow, NoPerson, NotInRegister.
    """
    require(by, "consent.record", [register_of(by, register).department_id])
    with about("consent.give", by, subject) as w:
        kept, given = register_of(by, register), given_on or today()
        person_of(by, subject)
        if not belongings(w.body, [subject], kept)[subject]:
            raise NotInRegister(subject=subject, register=kept.called())
        w.facts["register"] = register
        said: dict[str, Any] = {
            "version": kept.stamp, "given_on": given, "withdrawn": None, "keep_until": keep_until(given, kept.keep_years),
        }  # fmt: skip
        rows = _rows(family(subject), register)
        for row in rows:
            w.change(row, **said)
        return rows[0] if rows else w.add(m.Consent(subject_id=subject, register=kept, **said))


def withdraw(*, by: Person, subject: int, register: int, reason: str) -> m.Consent:
    """同意の撤回を記録する. From now on nothing is done with his contacts for that register; erased is he when its time is over.

    Raises NotAllowed, NoReason, NamesPerson, NoSuchRow, NoPerson, NotInRegister.
    """
    require(by, "consent.record", [register_of(by, register).department_id])
    with about("consent.withdraw", by, subject) as w:
        own = family(person_of(by, subject).pk)
        w.facts |= {"register": register, "reason": nameless(reason, "同意の撤回", own)}
        rows = _rows_or_new(w, by, subject, register)
        for row in rows:
            if row.withdrawn is None:
                w.change(row, withdrawn=w.at)
        return rows[0]


def hold(*, by: Person, consent: int, reason: str, until: date | None = None) -> m.Consent:
    """保存を続ける. Who he is is kept beyond its time, for a reason (a repayment may still fall due); `until`: its last day.

    Raises NotAllowed, NoReason, NamesPerson, NoSuchRow, NotAhead.
    """
    row = _row(by, consent)
    return hold_person(
        by=by, subject=_all_of(row)[0], register=row.register_id, reason=reason, until=until
    )


def hold_person(
    *, by: Person, subject: int, register: int, reason: str, until: date | None = None
) -> m.Consent:
    """保存を続ける. As `hold`, also of who was entered without his consent being written down. Raises NotInRegister."""
    require(by, "consent.hold", [register_of(by, register).department_id])
    if until is not None and until < today():
        raise NotAhead(until=until)
    with about("consent.hold", by, subject) as w:
        own = family(person_of(by, subject).pk)
        w.facts["register"] = register
        why = nameless(reason, "保存の継続", own)
        rows = _rows_or_new(w, by, subject, register)
        for row in rows:
            w.change(row, held=why, held_until=until)
        return rows[0]


def release(*, by: Person, consent: int) -> m.Consent:
    """保存の継続を解く. The ordinary time holds again. Raises NotAllowed, NoSuchRow."""
    row = _row(by, consent)
    require(by, "consent.hold", [row.register.department_id])
    with about("consent.release", by, row.subject_id) as w:
        w.facts["register"] = row.register_id
        row = _row(by, consent)
        for one in _rows(_all_of(row), row.register_id):
            if one.held is not None:
                w.change(one, held=None, held_until=None)
        return _row(by, consent)


def _all_of(row: m.Consent) -> tuple[int, ...]:
    """Return all who are one with the person of a consent."""
    now = merged(row.body).get(row.subject_id, row.subject_id)
    return family(now)


def about(verb: str, by: Person, subject: int) -> AbstractContextManager[Act]:
    """Open an act on a subject."""
    return act(verb, body=by.body, by=by.pk, subject=f"evidence.subject:{subject}")


def person_of(by: Person, subject: int) -> m.Subject:
    """Return a person of one's own body whose identity is kept. Raises NoSuchRow, NoPerson."""
    row = subject_of(by, subject)
    if row.kind != "person" or row.erased is not None:
        raise NoPerson(subject=subject)
    return row


def _rows(subjects: Iterable[int], register: int) -> list[m.Consent]:
    rows = m.Consent.objects.filter(subject__in=list(subjects), register=register, voided=None)
    return list(rows.order_by("pk"))


def _rows_or_new(w: Act, by: Person, subject: int, register: int) -> list[m.Consent]:
    """Return a person's rows; of who was entered without one, a new one that says no consent, from the day of his first entry."""
    rows = _rows(family(subject), register)
    if rows:
        return rows
    kept = register_of(by, register)
    found = belongings(w.body, [subject], kept)[subject]
    if not found:
        raise NotInRegister(subject=subject, register=kept.called())
    since, until = found[0].since, found[0].keep_until
    return [
        w.add(
            m.Consent(
                subject_id=subject, register=kept, version=UNTOLD, given_on=since, keep_until=until,
            )
        )
    ]  # fmt: skip


def _row(by: Person, consent: int) -> m.Consent:
    rows = m.Consent.objects.filter(body=by.body, pk=consent, voided=None, subject__erased=None)
    row = rows.select_related("register").first()
    if row is None:
        raise NoSuchRow(what="同意", number=consent)
    return row
