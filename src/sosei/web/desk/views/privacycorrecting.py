"""個人情報を見る・直す画面. Name, contacts and personal fields are seen by a press that leaves a line in the journal, and corrected there."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sosei.evidence.actions.correcting import Known, correct_contact, correct_private, see_person
from sosei.evidence.queries.persons import InRegister
from sosei.offices.permissions import require
from sosei.web.desk.forms.privacyfields import (
    ContactForm,
    PersonalForm,
    contact_initial,
    fields_initial,
    personal_columns,
)
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.registerwords import field_name, shown
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.views.privacypersons import in_register, needs
from sosei.web.desk.who import me

_SEEING = "person.contact.see"


@login_required
@require_POST
def contact(request: HttpRequest, subject: int, register: int) -> HttpResponse:
    """Show who a person is, ready to be corrected; that it was seen stands in the journal."""
    one = in_register(request, subject, register, _SEEING)
    known = see_person(by=me(request), subject=subject, register=register)
    form = _contact_form(one, None, known)
    context = {
        "subject": subject,
        "one": one,
        "who": known.who,
        "form": form,
        "mark": known.marks[0],
        "writes": needs(me(request), one)["write"],
        "entries": [_entry(one, number, known) for number in known.marks if number],
    }
    return render(request, "desk/privacy/contact.html", context)


def _contact_form(one: InRegister, sent: Any, known: Known | None = None) -> ContactForm:
    columns = personal_columns(one.kind, fields=False)
    initial = contact_initial(known.who) if known else {}
    return ContactForm(sent, kind=one.kind, columns=columns, initial=initial)


def _entry(one: InRegister, number: int, known: Known) -> dict[str, Any]:
    """Return what an entry says in personal fields: in words, and as a form."""
    values = known.private.get(number, {})
    fields = [field for field in one.kind.fields.values() if field.personal]
    return {
        "number": number,
        "said": [(field_name(field), shown(field, values.get(field.key))) for field in fields],
        "form": _fields_form(one, number, None, values),
        "mark": known.marks[number],
    }


def _fields_form(one: InRegister, number: int, sent: Any, values: Any = None) -> PersonalForm:
    columns = personal_columns(one.kind, fields=True)
    return PersonalForm(
        sent, kind=one.kind, columns=columns, initial=fields_initial(columns, values or {}), auto_id=f"id_{number}_%s",
    )  # fmt: skip


@login_required
@require_POST
def correct(request: HttpRequest, subject: int, register: int) -> HttpResponse:
    """Correct who a person is."""
    one = _writable(request, subject, register)
    form = _contact_form(one, request.POST)
    if form.is_valid() and tried(form, partial(_corrected, request, subject, register, form)):
        return redirect("desk:privacy_person", subject)
    return _again(request, subject, one, form)


def _corrected(request: HttpRequest, subject: int, register: int, form: ContactForm) -> None:
    changed = correct_contact(
        by=me(request), subject=subject, register=register, who=form.who(), seen=request.POST.get("seen", ""),
        reason=form.cleaned_data["reason"],
    )  # fmt: skip
    _say(request, changed)


def _say(request: HttpRequest, changed: tuple[str, ...]) -> None:
    if changed:
        messages.success(request, say("訂正しました。直した項目の名だけが証跡に残ります。", "Corrected. The journal keeps which fields, never what they say."))  # fmt: skip
    else:
        messages.info(request, say("内容は同じなので、何も変えませんでした。", "It says the same; nothing was changed."))  # fmt: skip


@login_required
@require_POST
def correct_fields(request: HttpRequest, subject: int, register: int, number: int) -> HttpResponse:
    """Correct what an entry says in personal fields."""
    one = _writable(request, subject, register)
    if number not in one.entries or not one.kind.personal:
        raise NoSuchPage
    form = _fields_form(one, number, request.POST)
    if form.is_valid() and tried(form, partial(_fields_corrected, request, one, number, form)):
        return redirect("desk:privacy_person", subject)
    return _again(request, subject, one, form, number)


def _fields_corrected(request: HttpRequest, one: InRegister, number: int, form: PersonalForm) -> None:  # fmt: skip
    named = {column.key: column.field for column in form.columns}
    values = {str(named[key]): value for key, value in form.read.items() if value is not None}
    changed = correct_private(
        by=me(request), register=one.register, number=number, values=values, seen=request.POST.get("seen", ""),
        reason=form.cleaned_data["reason"],
    )  # fmt: skip
    _say(request, changed)


def _writable(request: HttpRequest, subject: int, register: int) -> InRegister:
    one = in_register(request, subject, register, _SEEING)
    require(me(request), "register.write", [one.department])
    return one


def _again(
    request: HttpRequest, subject: int, one: InRegister, form: forms.Form, number: int | None = None
) -> HttpResponse:
    """Show the form with what was typed; where somebody was faster, what stands now is to be seen anew first."""
    context = {
        "subject": subject,
        "one": one,
        "form": form,
        "number": number,
        "seen": seen(request, form, ""),
    }
    return render(request, "desk/privacy/correct.html", context, status=422)
