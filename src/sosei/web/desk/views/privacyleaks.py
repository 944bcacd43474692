"""漏えいの画面. Leaks of personal data with their clocks: recorded, corrected, reported step by step, closed."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.core.errors import NotAllowed
from sosei.evidence.actions.incidents import (
    PARTS,
    Part,
    change_leak,
    close_leak,
    mark_sent,
    reopen_leak,
    report_leak,
)
from sosei.evidence.queries.incidents import IncidentShown, incident, incidents_of, sees_incident
from sosei.journal.clock import now, today
from sosei.offices.permissions import Need, asked, may, require
from sosei.offices.queries.departments import standing
from sosei.web.desk.forms.leaks import (
    CloseForm,
    LeakForm,
    ReopenForm,
    SentForm,
    initial_of,
    kind_words,
)
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


@login_required
@require_GET
def leaks(request: HttpRequest) -> HttpResponse:
    """Show the leaks that somebody may see, those that are open first."""
    person = me(request)
    require(person, "privacy.see")
    context = {"found": incidents_of(person), "records": may(person, "leak.record")}
    return render(request, "desk/privacy/leaks.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record a leak."""
    person = me(request)
    require(person, "leak.record")
    of = [(pk, name) for pk, name in standing(person.body, today()) if may(person, "leak.record", [pk])]  # fmt: skip
    form = LeakForm(request.POST or None, departments=of, initial={"known": now()})
    made: list[int] = []
    if request.method == "POST" and form.is_valid() and tried(form, lambda: made.append(_reported(request, form))):  # fmt: skip
        messages.success(request, say("登録しました。することと期限を、この頁で確かめてください。", "Recorded. See on this page what is to be done, and by when."))  # fmt: skip
        return redirect("desk:leak", made[0])
    return render(request, "desk/privacy/leak_new.html", {"form": form}, status=422 if form.errors else 200)  # fmt: skip


def _reported(request: HttpRequest, form: LeakForm) -> int:
    made = report_leak(by=me(request), department=form.cleaned_data["department"], said=form.said())
    return made.pk


def _seen(request: HttpRequest, pk: int) -> IncidentShown:
    """Return a leak of one's own body that somebody may see. Raises NotAllowed, NoSuchRow."""
    person = me(request)
    require(person, "privacy.see")
    found = incident(person.body, pk)
    if not sees_incident(person, found):
        raise NotAllowed(what="この事案の閲覧", who=asked("leak.record"))
    return found


def _needs(person: Any, found: IncidentShown) -> dict[str, bool]:
    of = frozenset({found.department})
    return {name: Need(f"leak.{name}", of).met(person) for name in ("record", "settle")}


def _shown(request: HttpRequest, found: IncidentShown, wrong: str = "") -> HttpResponse:
    context = {
        "one": found,
        "steps": [(step, SentForm(part=step.step.code, initial={"on": today()}, auto_id=f"id_{step.step.code}_%s")) for step in found.steps],
        "kinds": [kind_words(kind) for kind in found.kinds],
        "needs": _needs(me(request), found),
        "parts": tuple(PARTS),
        "wrong": wrong,
    }  # fmt: skip
    return render(request, "desk/privacy/leak.html", context, status=422 if wrong else 200)


@login_required
@require_GET
def one(request: HttpRequest, incident: int) -> HttpResponse:
    """Show a leak: what is to be done, by when, what was."""
    return _shown(request, _seen(request, incident))


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, incident: int) -> HttpResponse:
    """Correct what is known of a leak."""
    found = _seen(request, incident)
    require(me(request), "leak.record", [found.department])
    form = LeakForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid() and tried(form, partial(_changed, request, incident, form)):  # fmt: skip
        messages.success(request, say("直しました。期限も数え直しました。", "Corrected; the days were counted anew."))  # fmt: skip
        return redirect("desk:leak", incident)
    context = {"one": found, "form": form, "seen": seen(request, form, found.stamp, stands=lambda: initial_of(found))}  # fmt: skip
    return render(request, "desk/privacy/leak_change.html", context, status=422 if form.errors else 200)  # fmt: skip


def _changed(request: HttpRequest, pk: int, form: LeakForm) -> None:
    change_leak(by=me(request), incident=pk, said=form.said(), seen=number_of(request.POST.get("seen")))  # fmt: skip


@login_required
@require_POST
def sent(request: HttpRequest, incident: int, part: str) -> HttpResponse:
    """Record that a report was made, or the persons told; without a day, that it was not."""
    found = _seen(request, incident)
    require(me(request), "leak.settle", [found.department])
    if part not in PARTS:
        raise NoSuchPage
    form = SentForm(request.POST)
    back = request.POST.get("do") == "undo"
    if not back and not form.is_valid():
        return _shown(request, found, "".join(str(one) for one in form.errors.get("on", ["?"])))
    on = None if back else form.cleaned_data["on"]
    doing = partial(
        mark_sent, by=me(request), incident=incident, part=cast(Part, part), on=on, seen=number_of(request.POST.get("seen")),
    )  # fmt: skip
    blank = forms.Form({})
    if not blank.is_valid() or not tried(blank, doing):
        return _shown(request, found, "".join(str(one) for one in blank.non_field_errors()))
    messages.success(request, say("記録しました。", "Recorded."))
    return redirect("desk:leak", incident)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, incident: int) -> HttpResponse:
    """Close a leak that is reported and settled."""
    found = _seen(request, incident)
    require(me(request), "leak.settle", [found.department])
    form = CloseForm(request.POST or None, initial={"outcome": found.outcome})
    if request.method == "POST" and form.is_valid() and tried(form, partial(_closed, request, incident, form)):  # fmt: skip
        messages.success(request, say("終結にしました。", "Closed."))
        return redirect("desk:leak", incident)
    context = {"one": found, "form": form, "seen": seen(request, form, found.stamp)}
    return render(request, "desk/privacy/leak_close.html", context, status=422 if form.errors else 200)  # fmt: skip


def _closed(request: HttpRequest, pk: int, form: forms.Form) -> None:
    close_leak(by=me(request), incident=pk, outcome=form.cleaned_data["outcome"], seen=number_of(request.POST.get("seen")))  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, incident: int) -> HttpResponse:
    """Take a closing back, with a reason."""
    found = _seen(request, incident)
    require(me(request), "leak.settle", [found.department])
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(form, partial(_reopened, request, incident, form)):  # fmt: skip
        messages.success(request, say("終結を取り消しました。", "It goes on."))
        return redirect("desk:leak", incident)
    context = {"one": found, "form": form, "seen": seen(request, form, found.stamp)}
    return render(request, "desk/privacy/leak_reopen.html", context, status=422 if form.errors else 200)  # fmt: skip


def _reopened(request: HttpRequest, pk: int, form: forms.Form) -> None:
    reopen_leak(by=me(request), incident=pk, reason=form.cleaned_data["reason"], seen=number_of(request.POST.get("seen")))  # fmt: skip
