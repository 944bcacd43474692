"""公開フォームの読出し. Forms as the public and as officials see them, and what waits. No query here tells who a person is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from sosei.evidence import models as m
from sosei.evidence.actions.submitting import any_form, live_form
from sosei.evidence.formkept import columns
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.publicforms import FormSaid, Mode
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.sheets.columns import Column
from sosei.evidence.stored import kind
from sosei.journal.clock import today


@dataclass(frozen=True, slots=True, kw_only=True)
class FormShown:
    """公開フォームの見え方. `stamp`: the version that a page shows; `waiting`: how many are to be looked at."""

    pk: int
    body: str
    register: int
    department: int
    department_name: str
    stamp: int
    said: FormSaid
    kind: RegisterKind
    columns: tuple[Column, ...]
    waiting: int = 0
    received: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it takes something today."""
        day, said = today(), self.said
        begun = said.open_from is None or said.open_from <= day
        return said.published and begun and (said.open_until is None or day <= said.open_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """受付の一行. Without what was typed."""

    pk: int
    at: datetime
    state: str
    entry: int | None
    version: int


def public_form(slug: str) -> FormShown:
    """Return the form that is open at an address. Raises NoSuchForm."""
    return _shown(live_form(slug))


def known_form(slug: str) -> FormShown:
    """Return the form at an address, open or closed. Raises NoSuchForm."""
    return _shown(any_form(slug))


def forms_of(body: str, register: int) -> tuple[FormShown, ...]:
    """Return the forms of a register, the newest first."""
    rows = _rows(body).filter(register=register).order_by("-pk")
    return tuple(_shown(row, row.waiting, row.received) for row in rows)


def form_shown(body: str, form: int) -> FormShown:
    """Return a form. Raises NoSuchRow."""
    row = _rows(body).filter(pk=form).first()
    if row is None:
        raise NoSuchRow(what="公開フォーム", number=form)
    return _shown(row, row.waiting, row.received)


def submissions(form: int, states: Iterable[str] = ("waiting",), most: int = 100) -> tuple[SubmissionRow, ...]:  # fmt: skip
    """Return what came by a form, the earliest first."""
    rows = m.Submission.objects.filter(form=form, state__in=list(states), voided=None)
    return tuple(
        SubmissionRow(pk=row.pk, at=row.at, state=row.state, entry=row.entry, version=row.version)
        for row in rows.order_by("pk")[:most]
    )


def form_of_submission(body: str, submission: int) -> tuple[FormShown, SubmissionRow]:
    """Return a submission with its form. Raises NoSuchRow."""
    row = m.Submission.objects.filter(body=body, pk=submission, voided=None).first()
    if row is None:
        raise NoSuchRow(what="受付", number=submission)
    own = SubmissionRow(pk=row.pk, at=row.at, state=row.state, entry=row.entry, version=row.version)
    return form_shown(body, row.form_id), own


def _rows(body: str) -> Any:
    rows = m.PublicForm.objects.filter(body=body, voided=None, register__voided=None)
    return rows.select_related("register__department").annotate(
        waiting=Count("submissions", filter=Q(submissions__state="waiting")),
        received=Count("submissions"),
    )


def _shown(row: m.PublicForm, waiting: int = 0, received: int = 0) -> FormShown:
    return FormShown(
        pk=row.pk, body=row.body, register=row.register_id, department=row.register.department_id,
        department_name=row.register.department.name, stamp=row.stamp, said=_said(row), kind=kind(row.register),
        columns=columns(row), waiting=waiting, received=received,
    )  # fmt: skip


def _said(row: m.PublicForm) -> FormSaid:
    mode: Mode = row.mode  # type: ignore[assignment]
    first: date | None = row.open_from
    return FormSaid(
        slug=row.slug, title=row.title, mode=mode, asked=tuple(row.asked), required=tuple(row.required), intro=row.intro,
        notice=row.notice, place=row.place, waits=row.waits, published=row.published, open_from=first,
        open_until=row.open_until,
    )  # fmt: skip
