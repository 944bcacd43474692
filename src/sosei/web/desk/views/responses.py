"""意見への対応の画面. What the office answers to an opinion, what it promised and kept, what the report prints of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sosei.core.errors import SoseiError
from sosei.journal.clock import today
from sosei.ledger.actions import opinions as actions
from sosei.ledger.actions.verification import write_verification
from sosei.ledger.queries import opinions as queries
from sosei.ledger.queries.opinionsheets import printed_of
from sosei.offices.permissions import may, require
from sosei.offices.queries.departments import standing
from sosei.web.desk.forms.opinions import AnswerForm, DoneForm, PrintForm
from sosei.web.desk.forms.signoff import ReasonForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.who import me, number_of


@login_required
@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, opinion: int) -> HttpResponse:
    """Show one opinion; write what the office answers."""
    person = me(request)
    require(person, "book.see")
    row = queries.opinion_row(person.body, opinion)
    if row is None:
        raise NoSuchPage
    if request.method == "POST":
        actions.require_answering(person, opinion)
    first = {"response": row.response, "department": row.department, "due_on": row.response_due}
    form = AnswerForm(
        request.POST or None, departments=standing(person.body, today()), initial=first
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_opinion(
                by=person, opinion=opinion, seen=number_of(request.POST.get("stamp")), **form.cleaned_data
            )  # fmt: skip
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("対応を保存しました。", "The answer is saved."))
            return redirect("desk:opinions", row.volume)
    return _opinion_shown(request, row, 422 if request.method == "POST" else 200, form=form)


def _opinion_shown(
    request: HttpRequest, row: queries.OpinionRow, status: int, **forms: Any
) -> HttpResponse:
    person = me(request)
    context = {
        "row": row,
        "may_answer": actions.may_answer(person, row.id),
        "done": DoneForm(initial={"done_on": today()}),
        "withdraw": ReasonForm(prefix="withdraw"),
        "may_withdraw": may(person, "opinion.collect") is not None,
        "form": AnswerForm(departments=standing(person.body, today())),
    } | forms
    return render(request, "desk/opinions/opinion.html", context, status=status)


@login_required
@require_POST
def opinion_done(request: HttpRequest, opinion: int) -> HttpResponse:
    """Say that a promise was kept."""
    person = me(request)
    require(person, "book.see")
    row = queries.opinion_row(person.body, opinion)
    if row is None:
        raise NoSuchPage
    actions.require_answering(person, opinion)
    form = DoneForm(request.POST)
    if form.is_valid():
        try:
            actions.keep_promise(
                by=person, opinion=opinion, seen=number_of(request.POST.get("stamp")), **form.cleaned_data
            )  # fmt: skip
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("対応済みにしました。", "It is marked as done."))
            return redirect("desk:opinions", row.volume)
    return _opinion_shown(request, row, 422, done=form)


@login_required
@require_POST
def opinion_withdraw(request: HttpRequest, opinion: int) -> HttpResponse:
    """Take an opinion out, with the reason."""
    person = me(request)
    require(person, "opinion.collect")
    row = queries.opinion_row(person.body, opinion)
    if row is None:
        raise NoSuchPage
    form = ReasonForm(request.POST, prefix="withdraw")
    if not form.is_valid():
        return _opinion_shown(request, row, 422, withdraw=form)
    actions.withdraw_opinion(by=person, opinion=opinion, reason=form.cleaned_data["reason"])
    messages.success(request, say("意見を取り下げました。", "The opinion is withdrawn."))
    return redirect("desk:opinions", row.volume)


@login_required
@require_http_methods(["GET", "POST"])
def opinion_print(request: HttpRequest, entry: int) -> HttpResponse:
    """Write what the report prints of the experts on one project, from what they said."""
    person = me(request)
    require(person, "verification.write")
    now = printed_of(person.body, [entry]).get(entry)
    said = queries.opinions_on([entry])[entry]
    if now is None or not said:
        raise NoSuchPage
    proposed = queries.summary(said)
    first = {
        "expert_judgement": now.judgement or proposed.judgement or "",
        "expert_opinion": now.opinion or proposed.opinion or "",
    }
    form = PrintForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            write_verification(
                by=person, entry=entry, words=form.cleaned_data, seen=number_of(request.POST.get("stamp")) or 0
            )  # fmt: skip
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("報告書に載せました。", "It is in the report."))
            return redirect("desk:opinions", now.volume)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "now": now, "rows": said, "name": said[0].project}
    return render(request, "desk/opinions/print.html", context, status=status)
