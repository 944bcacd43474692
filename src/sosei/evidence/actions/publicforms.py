"""公開フォームを作る. Forms for the public are made from a register, changed, closed; what waits is accepted or refused."""

from __future__ import annotations

from typing import Any

from sosei.evidence import models as m
from sosei.evidence.actions.entries import register_of
from sosei.evidence.actions.submitting import entered_of
from sosei.evidence.formkept import held, read_of
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.publicforms import FormSaid, problems
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_forms import (
    FormNotFit,
    NotWaiting,
    RegisterEnded,
    SaidWrong,
    SlugTaken,
)
from sosei.evidence.stored import kind
from sosei.journal.acts import act
from sosei.offices.models import Person
from sosei.offices.permissions import require


def open_form(*, by: Person, register: int, said: FormSaid) -> m.PublicForm:
    """公開フォームを作る. It is there for the public where it is said to be published. Raises NotAllowed, NoSuchRow, FormNotFit, SlugTaken."""
    row = register_of(by, register)
    require(by, "register.make", [row.department_id])
    with act("form.open", body=by.body, by=by.pk, subject=f"evidence.register:{register}") as w:
        row = register_of(by, register)
        columns = _columns(row, said)
        _require_free(said.slug)
        return w.add(m.PublicForm(register=row, **columns))


def change_form(*, by: Person, form: int, seen: int, said: FormSaid) -> m.PublicForm:
    """公開フォームを変える. A new version: pages that are open with the earlier one are to be sent again. Raises as `open_form`, Stale."""
    require(by, "register.make", [form_of(by, form).register.department_id])
    with act("form.change", body=by.body, by=by.pk, subject=f"evidence.publicform:{form}") as w:
        row = form_of(by, form)
        columns = _columns(row.register, said)
        if said.slug != row.slug:
            _require_free(said.slug)
        return w.change(row, seen=seen, **columns)


def close_form(*, by: Person, form: int, seen: int) -> m.PublicForm:
    """公開フォームを閉じる. Nothing more is taken; who has a code still sees and withdraws his own. Raises NotAllowed, NoSuchRow, Stale."""
    require(by, "register.make", [form_of(by, form).register.department_id])
    with act("form.close", body=by.body, by=by.pk, subject=f"evidence.publicform:{form}") as w:
        return w.change(form_of(by, form), seen=seen, published=False)


def accept_submission(*, by: Person, submission: int) -> m.Submission:
    """受付を登録する. What waited is entered, as of the day it came. Raises NotAllowed, NoSuchRow, NotWaiting, SaidWrong, PeriodClosed, RegisterEnded."""
    require(by, "register.write", [_submission(by, submission).form.register.department_id])
    where = f"evidence.submission:{submission}"
    with act("form.accept", body=by.body, by=by.pk, subject=where) as w:
        row = _waiting(by, submission)
        register = row.form.register
        if register.voided is not None:
            raise RegisterEnded(register=register.called(), number=submission)
        read = read_of(row.form, held(row), row.at)
        if read.draft is None:  # the register's definition was changed meanwhile
            raise SaidWrong(read.slips)
        entered_of(w, row, read.draft)
        m.Held.objects.filter(submission=row).delete()
        return row


def refuse_submission(*, by: Person, submission: int) -> m.Submission:
    """受付を断る. What was typed is deleted. Raises NotAllowed, NoSuchRow, NotWaiting."""
    require(by, "register.write", [_submission(by, submission).form.register.department_id])
    where = f"evidence.submission:{submission}"
    with act("form.refuse", body=by.body, by=by.pk, subject=where) as w:
        row = _waiting(by, submission)
        m.Held.objects.filter(submission=row).delete()
        return w.change(row, state="refused")


def see_submission(*, by: Person, submission: int) -> dict[str, str]:
    """受付の内容を見る. What was typed, by column; that it was seen stands in the journal. Raises NotAllowed, NoSuchRow, NotWaiting.

    Where it may say who a person is, the right to see contacts is needed, as elsewhere.
    """
    form = _submission(by, submission).form
    for verb in seeing(kind(form.register)):
        require(by, verb, [form.register.department_id])
    where = f"evidence.submission:{submission}"
    with act("form.see", body=by.body, by=by.pk, subject=where, always=True) as w:
        row = _waiting(by, submission)
        if kind(form.register).holds_persons:
            w.facts |= {"persons": 1, "register": form.register_id}
        return held(row)


def seeing(of: RegisterKind) -> tuple[str, ...]:
    """Return the rights that seeing what somebody sent to a register needs."""
    return ("register.write", "person.contact.see") if of.holds_persons else ("register.write",)


def form_of(by: Person, form: int) -> m.PublicForm:
    """Return a form of one's own body. Raises NoSuchRow."""
    rows = m.PublicForm.objects.filter(body=by.body, pk=form, voided=None, register__voided=None)
    found = rows.select_related("register").first()
    if found is None:
        raise NoSuchRow(what="公開フォーム", number=form)
    return found


def _submission(by: Person, submission: int) -> m.Submission:
    rows = m.Submission.objects.filter(body=by.body, pk=submission, voided=None)
    found = rows.select_related("form__register").first()
    if found is None:
        raise NoSuchRow(what="受付", number=submission)
    return found


def _waiting(by: Person, submission: int) -> m.Submission:
    row = _submission(by, submission)
    if row.state != "waiting":
        raise NotWaiting(number=submission)
    return row


def _columns(register: m.Register, said: FormSaid) -> dict[str, Any]:
    """Return what a form says as its row has it. Raises FormNotFit."""
    for what, what_en in problems(kind(register), said):
        raise FormNotFit(what=what, what_en=what_en)
    return {
        "slug": said.slug, "title": said.title.strip(), "mode": said.mode, "asked": list(said.asked),
        "required": list(said.required), "intro": _text(said.intro), "notice": _text(said.notice),
        "place": _text(said.place) if said.mode == "stamp" else None, "waits": said.waits and said.mode != "stamp",
        "published": said.published, "open_from": said.open_from, "open_until": said.open_until,
    }  # fmt: skip


def _text(said: str | None) -> str | None:
    return (said or "").strip() or None


def _require_free(slug: str) -> None:
    if m.PublicForm.objects.filter(slug=slug, voided=None).exists():
        raise SlugTaken(slug=slug)
