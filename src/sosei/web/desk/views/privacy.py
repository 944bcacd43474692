"""個人情報の画面. Who is in which registers, what waits to be erased, which clocks run: numbers, never names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.actions.persons import erase_due
from sosei.evidence.queries import privacy
from sosei.evidence.queries.incidents import incidents_of
from sosei.evidence.queries.persons import goes, held
from sosei.journal.clock import today
from sosei.ledger.queries.editions import editions_of
from sosei.offices.permissions import may, require, require_one
from sosei.web.desk.forms.privacy import ChosenForm
from sosei.web.desk.saying import say
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me

#: Persons of one page of those who are due: the longest due first.
MOST: Final = 200


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show every register of persons with its numbers, and what is to be done."""
    person = me(request)
    require(person, "privacy.see")
    shown = privacy.overview(person.body, today())
    exporting = [one.register for one in shown.registers if may(person, "register.export", [one.department])]  # fmt: skip
    context = {
        "shown": shown,
        "running": incidents_of(person, running=True),
        "exporting": exporting,
        "erases": _sees_due(person),
        "finds": may(person, "person.contact.see"),
        "records": may(person, "leak.record"),
        "listed": privacy.LISTED,
    }
    return render(request, "desk/privacy/overview.html", context)


def _sees_due(person: Any) -> bool:
    return any(may(person, verb) for verb in ("subject.erase", "consent.hold"))


@login_required
@require_http_methods(["GET", "POST"])
def due(request: HttpRequest) -> HttpResponse:
    """Show whose time is over; erase those who are chosen, after a page that says what goes and what stays."""
    person = me(request)
    require_one(person, "subject.erase", "consent.hold")
    erases = may(person, "subject.erase") is not None
    found = privacy.due(person.body, today(), person if erases else None)
    ready = [one for one in found if one.erased][:MOST]
    kept = [one for one in found if not one.erased and one.registers][:MOST]
    form = ChosenForm(request.POST or None, whole=[one.person for one in found if one.erased], over=[one.person for one in kept])  # fmt: skip
    if request.method == "POST":
        require(person, "subject.erase")
        if form.is_valid() and (answer := _answered(request, form, kept)):
            return answer
    sound = form.is_bound and form.is_valid()
    context = {
        "form": form,
        "ready": ready,
        "all": sum(one.erased for one in found),
        "kept": kept,
        "all_kept": sum(not one.erased for one in found),
        "held": held(person, today()),
        "erases": erases,
        "chosen": set(form.cleaned_data["persons"]) if sound else {one.person for one in ready},
        "chosen_over": set(form.cleaned_data["over"]) if sound else {one.person for one in kept},
    }
    return render(request, "desk/privacy/due.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, form: ChosenForm, kept: Iterable[privacy.Due]) -> HttpResponse | None:  # fmt: skip
    """Erase, or show first what that takes; None where it is refused."""
    person, chosen, over = me(request), form.cleaned_data["persons"], form.cleaned_data["over"]
    if request.POST.get("do") != "erase":
        return _sure(request, chosen, [one for one in kept if one.person in over])
    gone: list[int] = []
    if not tried(form, lambda: gone.append(erase_due(by=person, chosen=chosen, over=over))):
        return None
    if chosen:
        messages.success(request, say("{n}人の個人情報を消去しました。登録と数えは変わっていません。", "The data of {n} persons are erased. Entries and counts are as they were.", n=gone[0]))  # fmt: skip
    if over:
        messages.success(request, say("{n}人の、期限の過ぎた台帳の個人情報の項目と書類を消去しました。氏名と連絡先は残っています。", "Of {n} persons the personal fields and documents of registers whose time is over are erased. Names and contacts stay.", n=len(over)))  # fmt: skip
    return redirect("desk:privacy_due")


def _sure(request: HttpRequest, chosen: list[int], over: list[privacy.Due]) -> HttpResponse:
    body = me(request).body
    context = {"chosen": chosen, "over": over, "editions": len(editions_of(body))}
    if chosen:
        context["goes"] = goes(body, chosen)
    return render(request, "desk/privacy/due_sure.html", context)
