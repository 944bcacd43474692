"""登録の束の画面. What came by one act: in which way, from which file, by whom; what it held, and taken back as one."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.core.errors import SoseiError
from sosei.evidence.actions.entries import undo
from sosei.evidence.queries.batches import BatchPage, batch_page, batches_of
from sosei.evidence.refusals import MergeStays, UndoneAlready
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.closings import ReasonForm
from sosei.web.desk.registerwords import cells, heads, who_shown
from sosei.web.desk.saying import say
from sosei.web.desk.trying import tried
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.views.registers import knows, needs
from sosei.web.desk.who import me, number_of


@login_required
@require_GET
def batches(request: HttpRequest, register: int) -> HttpResponse:
    """List what came into a register, the latest first."""
    person = me(request)
    shown = readable(person, register)
    found = batches_of(person.body, register, number_of(request.GET.get("before")))
    context = {
        "one": shown,
        "found": found,
        "later": "before" in request.GET,
        "needs": needs(person, shown),
        "sees_rows": True,
        "sees_journal": may(person, "journal.see"),
    }
    return render(request, "desk/registers/batches.html", context)


@login_required
@require_GET
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """Show what came by one act."""
    person = me(request)
    page = batch_page(person.body, batch, number_of(request.GET.get("after")) or 0)
    shown = readable(person, page.batch.register)
    kind, told = shown.kind, knows(person, shown.department)
    context = {
        "one": shown,
        "page": page,
        "heads": heads(kind),
        "rows": [(row, who_shown(kind, row, knows=told), cells(kind, row)) for row in page.entries],
        "needs": needs(person, shown),
        "sees_journal": may(person, "journal.see"),
    }
    return render(request, "desk/registers/batch.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def batch_take_back(request: HttpRequest, batch: int) -> HttpResponse:
    """Take a batch back as one, with a reason."""
    person = me(request)
    page = batch_page(person.body, batch)
    shown = readable(person, page.batch.register)
    require(person, "register.write", [shown.department])
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(form, partial(_undone, request, batch, form)):  # fmt: skip
        return redirect("desk:register_batches", shown.pk)
    context = {"one": shown, "page": page, "form": form, "why": _why(page)}
    return render(request, "desk/registers/undo.html", context, status=422 if form.errors else 200)


def _undone(request: HttpRequest, batch: int, form: forms.Form) -> None:
    made = undo(by=me(request), batch=batch, reason=form.cleaned_data["reason"])
    messages.success(request, say("束を取り消しました。{n}件が前の内容に戻りました。", "Taken back: {n} entries are as they were.", n=made.rows))  # fmt: skip


def _why(page: BatchPage) -> SoseiError | None:
    """Return why a batch cannot be taken back, None where it can."""
    if page.batch.way == "merge":
        return MergeStays()
    return None if page.can_go else UndoneAlready(entries=page.changed)
