"""意見への対応の画面. What the office answers to an opinion, what it promised and kept, what the report prints of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sosei.journal.clock import today
from sosei.ledger.actions import opinions as actions
from sosei.ledger.actions.verification import write_verification
from sosei.ledger.queries import opinions as queries
from sosei.ledger.queries.latest import latest
from sosei.ledger.queries.opinionsheets import printed_of
from sosei.offices.permissions import may, require
from sosei.offices.queries.departments import standing
from sosei.web.desk.forms.opinions import AnswerForm, DoneForm, PrintForm
from sosei.web.desk.forms.signoff import ReasonForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.seen import Seen, seen
from sosei.web.desk.trying import tried
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
        mark = number_of(request.POST.get("stamp"))
        if tried(
            form,
            lambda: actions.answer_opinion(
                by=person, opinion=opinion, seen=mark, **form.cleaned_data
            ),
        ):
            messages.success(request, say("対応を保存しました。", "The answer is saved."))
            return redirect("desk:opinions", row.volume)
    sight = _seen(request, form, opinion, row.stamp, lambda: first)
    status = 422 if request.method == "POST" else 200
    return _opinion_shown(request, row, status, form=form, seen=sight)


def _seen(
    request: HttpRequest,
    form: forms.Form,
    opinion: int,
    stamp: int,
    stands: Callable[[], dict[str, Any]],
) -> Seen:
    return seen(
        request, form, stamp, name="stamp", stands=stands, by=lambda: latest("opinion", opinion)
    )


def _opinion_shown(
    request: HttpRequest, row: queries.OpinionRow, status: int, **more: Any
) -> HttpResponse:
    person = me(request)
    context = {
        "row": row,
        "may_answer": actions.may_answer(person, row.id),
        "done": DoneForm(initial={"done_on": today()}),
        "withdraw": ReasonForm(prefix="withdraw"),
        "may_withdraw": may(person, "opinion.collect") is not None,
        "form": AnswerForm(departments=standing(person.body, today())),
        "seen": Seen(row.stamp),
        "done_seen": Seen(row.stamp),
    } | more
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
        mark = number_of(request.POST.get("stamp"))
        if tried(
            form,
            lambda: actions.keep_promise(
                by=person, opinion=opinion, seen=mark, **form.cleaned_data
            ),
        ):
            messages.success(request, say("対応済みにしました。", "It is marked as done."))
            return redirect("desk:opinions", row.volume)
    stands = {"note": row.done_note, "done_on": row.done_on}
    sight = _seen(request, form, opinion, row.stamp, lambda: stands)
    return _opinion_shown(request, row, 422, done=form, done_seen=sight)


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
        mark = number_of(request.POST.get("stamp")) or 0
        if tried(
            form,
            lambda: write_verification(by=person, entry=entry, words=form.cleaned_data, seen=mark),
        ):
            messages.success(request, say("報告書に載せました。", "It is in the report."))
            return redirect("desk:opinions", now.volume)
    status = 422 if request.method == "POST" else 200
    sight = seen(
        request, form, now.stamp, name="stamp",
        stands=lambda: {"expert_judgement": now.judgement, "expert_opinion": now.opinion},
        by=lambda: latest("verification", entry),
    )  # fmt: skip
    context = {"form": form, "now": now, "rows": said, "name": said[0].project, "seen": sight}
    return render(request, "desk/opinions/print.html", context, status=status)
