"""四月一日の画面. Departments pass on: everything that moves is shown, then one button does it; and what is left over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.core.errors import SoseiError
from sosei.core.fiscal import FiscalYear
from sosei.journal.clock import today
from sosei.ledger.actions import reassign as actions
from sosei.ledger.actions import turnback
from sosei.ledger.queries.april import April, april_of, due_of
from sosei.ledger.queries.turns import turns_of
from sosei.offices.permissions import may, require, require_one
from sosei.offices.queries.departments import passing
from sosei.web.desk.forms.offices import SuccessionForm
from sosei.web.desk.saying import say
from sosei.web.desk.views.offices import told
from sosei.web.desk.who import me, number_of


@login_required
@require_http_methods(["GET", "POST"])
def april(request: HttpRequest) -> HttpResponse:
    """Say who follows whom, see what moves, do it."""
    person = me(request)
    require(person, "office.arrange")
    said = request.GET if "on" in request.GET else None
    usual = {"on": next_april(today()), "old": request.GET.getlist("old")}
    form = SuccessionForm(said, departments=passing(person.body, today()), initial=usual)
    plan, refusal = None, ""
    if form.is_bound and form.is_valid():
        if request.method == "POST":
            refusal = _succeed(request, form)
            if not refusal:
                return redirect("desk:offices")
        plan = _plan(person, form, request.POST)
    context = {"form": form, "plan": plan, "refusal": refusal, "ahead": _ahead(form)}
    status = 422 if refusal or (form.is_bound and form.errors) else 200
    return render(request, "desk/offices/april.html", context, status=status)


def next_april(day: date) -> date:
    """Return the first of April that people mean: this year's until June, then the next."""
    year = FiscalYear.of(day).start
    return date(year, 4, 1) if day < date(year, 7, 1) else date(year + 1, 4, 1)


def _ahead(form: SuccessionForm) -> bool:
    """Whether the day is still to come, so that the work moves later."""
    return bool(form.is_bound and form.is_valid() and form.cleaned_data["on"] > today())


def _plan(person: Any, form: SuccessionForm, said: QueryDict) -> April:
    given = form.cleaned_data
    return april_of(
        person.body, old=given["old"], new=given["following"], on=given["on"],
        stays=given["stays"], choices=choices_of(said),
    )  # fmt: skip


def _succeed(request: HttpRequest, form: SuccessionForm) -> str:
    given = form.cleaned_data
    try:
        actions.succeed(
            by=me(request), old=given["old"], new=given["following"], on=given["on"],
            stays=given["stays"], choices=choices_of(request.POST),
            seen=request.POST.get("stamp"),
        )  # fmt: skip
    except SoseiError as error:
        return told(error)
    if given["on"] > today():
        messages.success(
            request,
            say(
                "承継を登録しました。承継日になったら、ホームに「引継先を決める」用件が出ます。",
                "The succession is registered. On its day, your home page will ask to hand the work over.",
            ),
        )
    else:
        messages.success(
            request,
            say(
                "承継を登録し、仕事を引き継ぎました。",
                "The succession is registered and the work is handed over.",
            ),
        )
    return ""


def choices_of(said: QueryDict) -> dict[str, str]:
    """Return where everything is to go: fields named to-project:1:2 with a department's token."""
    return {
        name.removeprefix("to-"): str(value)
        for name, value in said.items()
        if name.startswith("to-")
    }


@login_required
@require_http_methods(["GET", "POST"])
def april_due(request: HttpRequest) -> HttpResponse:
    """Hand over what still lies with departments that are gone."""
    person = me(request)
    require(person, "office.arrange")
    refusal = ""
    if request.method == "POST":
        try:
            moved = actions.reassign(
                by=person, choices=choices_of(request.POST), seen=request.POST.get("stamp")
            )
        except SoseiError as error:
            refusal = told(error)
        else:
            messages.success(
                request, say("{n}件を引き継ぎました。", "{n} rows were handed over.", n=moved)
            )
            return redirect("desk:april_due")
    plan = due_of(person.body, on=today(), choices=choices_of(request.POST))
    context = {"plan": plan, "refusal": refusal}
    return render(request, "desk/offices/due.html", context, status=422 if refusal else 200)


@login_required
@require_http_methods(["GET", "POST"])
def turns(request: HttpRequest) -> HttpResponse:
    """List successions and roll-overs of late; take one back as one."""
    person = me(request)
    require_one(person, "office.arrange", "year.roll")
    refusal = ""
    if request.method == "POST":
        try:
            turnback.take_back(
                by=person,
                seq=number_of(request.POST.get("seq")) or 0,
                reason=request.POST.get("reason", ""),
            )
        except SoseiError as error:
            refusal = told(error)
        else:
            messages.success(
                request,
                say(
                    "取り消しました。もとの内容に戻っています。",
                    "Taken back: everything is as it was.",
                ),
            )
            return redirect("desk:turns")
    rows = [(turn, may(person, turn.needs) is not None) for turn in turns_of(person.body)]
    context = {"rows": rows, "refusal": refusal, "seq": number_of(request.POST.get("seq"))}
    return render(request, "desk/offices/turns.html", context, status=422 if refusal else 200)
