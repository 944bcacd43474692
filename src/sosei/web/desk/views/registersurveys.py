"""調査の相手の画面. Whom a survey asks for a year, who is silent; more of the roster's members are asked, or one no more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sosei.core.fiscal import RANGE, FiscalYear
from sosei.evidence.actions.closings import ask, ask_no_more
from sosei.evidence.queries.surveys import AskedPage, asked_page, asked_row
from sosei.journal.clock import today
from sosei.offices.permissions import require
from sosei.web.desk.forms.closings import AskForm, ReasonForm
from sosei.web.desk.saying import say
from sosei.web.desk.trying import tried
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.views.registers import knows, needs
from sosei.web.desk.who import me, number_of

#: How many years back a survey may ask about.
_BACK = 10


@login_required
@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, register: int) -> HttpResponse:
    """Show whom a survey asks for a year, and ask more."""
    person = me(request)
    shown = readable(person, register)
    year = number_of(request.GET.get("year"))
    year = year if year in RANGE else FiscalYear.of(today()).start - 1
    page = asked_page(person.body, register, year or 0)
    may = needs(person, shown)
    form = _form(request, page)
    if request.method == "POST":
        require(person, "register.write", [shown.department])
        if form.is_valid() and tried(form, lambda: _ask(request, page, form.cleaned_data)):
            return redirect(f"{reverse('desk:register_asked', args=[register])}?year={page.year}")
    now = FiscalYear.of(today()).start
    context = {
        "one": shown,
        "page": page,
        "form": form,
        "needs": may,
        "sees_rows": True,
        "knows": knows(person, shown.department),
        "closed": page.year in shown.state.closed_years,
        "years": sorted({*range(now, now - _BACK, -1), page.year}, reverse=True),
    }
    return render(request, "desk/registers/asked.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, page: AskedPage) -> AskForm:
    everyone = [pk for pk, _ in page.offered]
    initial = {"subjects": everyone, "sent": today()}
    return AskForm(request.POST or None, initial=initial, members=page.offered)


def _ask(request: HttpRequest, page: AskedPage, said: dict[str, Any]) -> None:
    added = ask(
        by=me(request), register=page.register.pk, year=page.year, subjects=said["subjects"], sent=said["sent"], due=said["due"],
    )  # fmt: skip
    messages.success(request, say("{n}者を尋ねる相手にしました。", "{n} more are asked.", n=added))


@login_required
@require_http_methods(["GET", "POST"])
def unask(request: HttpRequest, register: int, year: int, subject: int) -> HttpResponse:
    """Ask somebody no more whom a survey asked by mistake, with a reason."""
    person = me(request)
    shown = readable(person, register)
    require(person, "register.write", [shown.department])
    page = asked_page(person.body, register, year)
    row = asked_row(page, subject)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: _unask(request, page, subject, form)):  # fmt: skip
        return redirect(f"{reverse('desk:register_asked', args=[register])}?year={year}")
    context = {"one": shown, "page": page, "row": row, "form": form}
    return render(request, "desk/registers/unask.html", context, status=422 if form.errors else 200)


def _unask(request: HttpRequest, page: AskedPage, subject: int, form: ReasonForm) -> None:
    ask_no_more(
        by=me(request), register=page.register.pk, year=page.year, subject=subject, reason=form.cleaned_data["reason"]
    )  # fmt: skip
    messages.success(request, say("尋ねる相手から外しました。", "It is asked no more."))
