"""登録を書く画面. An entry added, corrected, taken out: typed in a form that is made from the register's definition."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.evidence.actions.entries import correct, enter, take_out
from sosei.evidence.drafts import Draft
from sosei.evidence.queries.asking import places
from sosei.evidence.queries.batches import batch_page, batches_in
from sosei.evidence.queries.doubles import doubles
from sosei.evidence.queries.registers import MOST_COUNTED, EntryRow, RegisterShown, history
from sosei.evidence.queries.subjects import names
from sosei.evidence.refusals import NoSuchRow
from sosei.offices.permissions import require
from sosei.web.desk.forms.closings import ReasonForm
from sosei.web.desk.forms.registerentry import EntryForm, initial_of, same_whom
from sosei.web.desk.registerwords import cells, parts, register_name, who_shown
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.who import me, number_of


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, register: int) -> HttpResponse:
    """Add an entry, and another one after it where that is asked for."""
    shown = _writable(request, register)
    form = EntryForm(request.POST or None, kind=shown.kind, **_suggested(shown, me(request).body))
    made: list[int] = []
    twins = _twins(request, shown, form)
    if request.method == "POST" and form.is_valid() and not twins and tried(form, lambda: made.append(_entered(request, shown, form.draft))):  # fmt: skip
        messages.success(
            request, say("登録{n}番として登録しました。", "Entered as no. {n}.", n=made[0])
        )
        if request.POST.get("do") == "more":
            return redirect("desk:register_add", register)
        return redirect("desk:register_entry", register, made[0])
    context = {"one": shown, "form": form, "twins": twins}
    status = 422 if form.errors or twins else 200
    return render(request, "desk/registers/add.html", context, status=status)


def _twins(request: HttpRequest, shown: RegisterShown, form: EntryForm) -> list[tuple[Any, ...]]:
    """Return entries that say the same already, where the person was not shown them yet."""
    if request.method != "POST" or "sure" in request.POST or not form.is_valid() or not form.draft:
        return []
    found = doubles(me(request).body, shown.pk, form.draft)
    return [(row, who_shown(shown.kind, row, knows=True), cells(shown.kind, row)) for row in found]


def _writable(request: HttpRequest, register: int) -> RegisterShown:
    """Return a register in which a person may enter. Raises NotAllowed, NoSuchRow."""
    shown = readable(me(request), register)
    require(me(request), "register.write", [shown.department])
    return shown


def _suggested(shown: RegisterShown, body: str) -> dict[str, Any]:
    """Return what a form offers to choose from: names that the book knows, places of the register."""
    kind = shown.kind
    has_place = any(one.column == "place" for one in kind.fields.values())
    return {
        "names": names(body) if kind.subject in ("organisation", "any") else (),
        "places": places(shown.pk) if has_place and shown.entries <= MOST_COUNTED else (),
    }


def _entered(request: HttpRequest, shown: RegisterShown, draft: Draft | None) -> int:
    assert draft is not None
    person = me(request)
    made = enter(by=person, register=shown.pk, drafts=[draft])
    assert made is not None
    return batch_page(person.body, made.pk).entries[0].record.id


@login_required
@require_http_methods(["GET", "POST"])
def correct_entry(request: HttpRequest, register: int, number: int) -> HttpResponse:
    """Correct an entry, with a reason."""
    shown = _writable(request, register)
    row = _standing(request, register, number)
    suggested = _suggested(shown, me(request).body)
    form = EntryForm(
        request.POST or None, kind=shown.kind, persons=False, reasoned=True, initial=initial_of(shown.kind, row), **suggested,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if tried(form, partial(_corrected, request, shown, row, form)):
            return redirect("desk:register_entry", register, number)
        row = _standing(request, register, number)
    context = {
        "one": shown, "number": number, "row": row, "form": form, "who": who_shown(shown.kind, row, knows=True),
        "seen": seen(
            request, form, row.content,
            stands=lambda: initial_of(shown.kind, row), by=lambda: batches_in(me(request).body, [row.batch])[row.batch].by,
        ),
    }  # fmt: skip
    return render(request, "desk/registers/correct.html", context, status=422 if form.errors else 200)  # fmt: skip


def _standing(request: HttpRequest, register: int, number: int) -> EntryRow:
    """Return what an entry says now. Raises NoSuchRow where it was taken out."""
    row = history(me(request).body, register, number)[0]
    if row.gone:
        raise NoSuchRow(what="登録", number=number)
    return row


def _corrected(request: HttpRequest, shown: RegisterShown, row: EntryRow, form: EntryForm) -> None:
    draft = form.draft
    assert draft is not None
    if same_whom(("who", "number"), form):
        draft = replace(draft, who=None, subject=row.record.subject)
    made = correct(
        by=me(request), register=shown.pk, number=row.record.id, draft=draft,
        seen=number_of(request.POST.get("seen")) or 0, reason=form.cleaned_data["reason"],
    )  # fmt: skip
    if made is None:
        messages.info(request, say("内容は同じなので、何も変えませんでした。", "It says the same; nothing was changed."))  # fmt: skip
    else:
        messages.success(request, say("訂正しました。", "Corrected."))


@login_required
@require_http_methods(["GET", "POST"])
def out(request: HttpRequest, register: int, number: int) -> HttpResponse:
    """Take an entry out, with a reason."""
    shown = _writable(request, register)
    row = _standing(request, register, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if tried(form, partial(_out, request, shown, number, form)):
            return redirect("desk:register_entry", register, number)
        row = _standing(request, register, number)
    context = {
        "one": shown, "number": number, "form": form, "name": register_name(shown.kind),
        "said": [(say("相手", "About"), who_shown(shown.kind, row, knows=True)), *parts(shown.kind, row.record)],
        "seen": seen(request, form, row.content, by=lambda: batches_in(me(request).body, [row.batch])[row.batch].by),
    }  # fmt: skip
    return render(request, "desk/registers/out.html", context, status=422 if form.errors else 200)


def _out(request: HttpRequest, shown: RegisterShown, number: int, form: forms.Form) -> None:
    take_out(
        by=me(request), register=shown.pk, number=number,
        seen=number_of(request.POST.get("seen")) or 0, reason=form.cleaned_data["reason"],
    )  # fmt: skip
    messages.success(request, say("抹消しました。数えには入りません。", "Taken out. It is no longer counted."))  # fmt: skip
