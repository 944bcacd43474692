"""手続の画面. What waits for whom, one entry's or many entries' steps, and time-boxed exemptions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from sosei.core.errors import NoReason, SoseiError
from sosei.journal.clock import now
from sosei.ledger.actions import locks
from sosei.ledger.actions.signoff import Moved, move_entries
from sosei.ledger.flow import Move, moves, stage_name
from sosei.ledger.queries.signoff import desk_of, names_of, panel
from sosei.ledger.queries.volumeflow import volumes_under_way
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.signoff import LiftForm, ReasonForm
from sosei.web.desk.refusals import NotUnderstood
from sosei.web.desk.saying import lang, say
from sosei.web.desk.who import me, number_of

#: Days for which a lock is usually lifted.
_USUAL = 3


@login_required
@require_GET
def signoff(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, and for others; an expert is shown to his papers."""
    person = me(request)
    if may(person, "opinion.give") and not may(person, "book.see"):
        return redirect("desk:opinions_mine")
    require(person, "book.see")
    desk = desk_of(person)
    context = {
        "desk": desk,
        "groups": [(_offered(move), rows) for move, rows in desk.mine.items()],
        "volumes": volumes_under_way(person.body),
    }
    return render(request, "desk/signoff/index.html", context)


def _offered(name: str) -> Move:
    return next(move for move in moves("entry") if move.name == name)


@login_required
@require_http_methods(["GET", "POST"])
def signoff_move(request: HttpRequest) -> HttpResponse:
    """Move entries by one step, each for itself; where a reason is needed and missing, ask for it first."""
    person = me(request)
    require(person, "book.see")
    said = request.POST if request.method == "POST" else request.GET
    how = _how(said.get("move", ""))
    wanted = [pk for text in said.getlist("entries") if (pk := number_of(text)) is not None]
    if not wanted:
        messages.warning(request, say("事業を選んでください。", "Choose at least one project."))
        return redirect(_back(request))
    form = ReasonForm(said if request.method == "POST" else None, needed=how.reason)
    context = {"how": how, "entries": names_of(person.body, wanted), "form": form, "next": _back(request)}  # fmt: skip
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "desk/signoff/step.html", context, status=status)
    try:
        results = move_entries(
            by=person, entries=wanted, move=how.name, reason=form.cleaned_data["reason"]
        )
    except NoReason as error:
        form.add_error("reason", error.sentence(lang()))
        return render(request, "desk/signoff/step.html", context, status=422)
    return _moved(request, how, results, context)


def _how(name: str) -> Move:
    for move in moves("entry"):
        if move.name == name and name != "open":
            return move
    raise NotUnderstood


def _moved(
    request: HttpRequest, how: Move, results: tuple[Moved, ...], context: dict[str, Any]
) -> HttpResponse:
    """Go back where all moved; else say of each what became of it."""
    went = [one for one in results if one.refusal is None]
    if went:
        sentence = say("{n}件を「{stage}」に進めました。", "{n} moved to “{stage}”.", n=len(went), stage=stage_name(str(went[0].to), lang()))  # fmt: skip
        messages.success(request, sentence)
    if len(went) == len(results):
        return redirect(context["next"])
    told = [
        (one, one.refusal.sentence(lang()) if one.refusal else None, getattr(one.refusal, "code", ""))
        for one in results
    ]  # fmt: skip
    status = 200 if went else 422
    return render(request, "desk/signoff/results.html", context | {"results": told}, status=status)


def _back(request: HttpRequest) -> str:
    """Return the page of the desk that the form names to go back to."""
    wanted = (request.POST or request.GET).get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if own and wanted.startswith("/") else reverse("desk:signoff")


@login_required
@require_GET
def entry_flow(request: HttpRequest, entry: int) -> HttpResponse:
    """Show the flow of one entry on a page of its own: the panel that other pages embed."""
    person = me(request)
    require(person, "book.see")
    return render(request, "desk/signoff/entry.html", {"panel": panel(entry, person)})


@login_required
@require_http_methods(["GET", "POST"])
def entry_lift(request: HttpRequest, entry: int) -> HttpResponse:
    """Lift the lock of an entry for a time."""
    person = me(request)
    require(person, "lock.lift")
    usual = timezone.localtime(now() + timedelta(days=_USUAL)).replace(hour=17, minute=0)
    form = LiftForm(request.POST or None, initial={"until": usual})
    if request.method == "POST" and form.is_valid():
        try:
            locks.lift_lock(by=person, entry=entry, **form.cleaned_data)
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("期限付きで解除しました。", "The lock is lifted."))
            return redirect("desk:entry_flow", entry)
    status = 422 if request.method == "POST" else 200
    context = {"panel": panel(entry, person), "form": form}
    return render(request, "desk/signoff/lift.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def exemption_end(request: HttpRequest, entry: int, exemption: int) -> HttpResponse:
    """End an exemption before its time."""
    person = me(request)
    require(person, "lock.lift")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        locks.end_exemption(by=person, exemption=exemption, reason=form.cleaned_data["reason"])
        messages.success(request, say("解除を終えました。", "The lock is back."))
        return redirect("desk:entry_flow", entry)
    status = 422 if request.method == "POST" else 200
    context = {
        "title": say("期限付きの解除を終える", "End the exemption"),
        "about": panel(entry, person).name,
        "form": form,
        "button": say("解除を終える", "End it"),
        "back": reverse("desk:entry_flow", args=[entry]),
    }
    return render(request, "desk/signoff/reason.html", context, status=status)
