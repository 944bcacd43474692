"""年度更新の画面. What becomes of each project, asked where the book does not say; then what came, rests, and is left to answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sosei.core.errors import SoseiError
from sosei.ledger.actions import rollover as actions
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.rollover import FATES, rollover_of
from sosei.offices.permissions import may, require
from sosei.web.desk.saying import said, say
from sosei.web.desk.templatetags.desk import show_fiscal
from sosei.web.desk.views.offices import told
from sosei.web.desk.who import me, number_of

#: So many projects of one fate are shown; the rest is counted.
_SHOWN = 300
#: What each fate is called, before it is done and after.
_CALLED = {
    "asks": (said("続けるかどうかを決めてください", "Say whether they go on"), said("続けるかどうかを尋ねた事業", "Projects that were asked about")),
    "along": (said("次の年度も続く事業", "Projects that go on"), said("続けた事業", "Came along")),
    "result": (said("計画が実績になる事業", "Plans that become results"), said("計画から実績になった事業", "Plans that became results")),
    "later": (said("翌々年度以降の計画のまま残る事業", "Plans of a later year"), said("計画のまま残した事業", "Plans that stayed plans")),
    "rests": (said("終わって休止する事業", "Finished projects that will rest"), said("休止した事業", "Resting")),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def rollover(request: HttpRequest, volume: int) -> HttpResponse:
    """Show what becomes of each project; roll the year over."""
    person = me(request)
    require(person, "book.see")
    refusal = ""
    if request.method == "POST":
        require(person, "year.roll")
        refusal = _roll(request, volume)
        if not refusal:
            return redirect("desk:rollover", volume)
    plan = rollover_of(volume_in(person.body, volume))
    done = plan.next_volume is not None
    context = {
        "plan": plan,
        "from_year": show_fiscal(plan.year, "wareki"),
        "into_year": show_fiscal(plan.next_year, "wareki"),
        "done": done,
        "groups": [
            (fate, _CALLED[fate][done], rows[:_SHOWN], len(rows))
            for fate in FATES
            if (rows := plan.of(fate))
        ],
        "schemes": [each for each in plan.coming if each.scheme and each.next_entry],
        "rolls": may(person, "year.roll"),
        "answers": actions.answered(request.POST.items()),
        "refusal": refusal,
    }
    return render(request, "desk/rollover/page.html", context, status=422 if refusal else 200)


def _roll(request: HttpRequest, volume: int) -> str:
    answers = actions.answered(request.POST.items())
    try:
        made = actions.roll_over(by=me(request), volume=volume, answers=answers)
    except SoseiError as error:
        return told(error)
    messages.success(request, say("{v}を作りました。", "{v} is open.", v=made.called()))
    return ""


def _there(request: HttpRequest, volume: int) -> None:
    """Refuse a volume that is not the office's. Raises NoSuchThing."""
    volume_in(me(request).body, volume)


@login_required
@require_POST
def rollover_settle(request: HttpRequest, volume: int) -> HttpResponse:
    """Answer one question that the roll-over left."""
    require(me(request), "year.roll")
    _there(request, volume)
    given: dict[str, Any] = {
        "entry": number_of(request.POST.get("entry")) or 0,
        "answer": request.POST.get("answer", ""),
        "reason": request.POST.get("reason", ""),
    }
    try:
        actions.settle(by=me(request), volume=volume, **given)
    except SoseiError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, say("登録しました。", "Saved."))
    return redirect("desk:rollover", volume)


@login_required
@require_POST
def scheme_rename(request: HttpRequest, volume: int) -> HttpResponse:
    """Let a project go on under the scheme that took its old one's place."""
    require(me(request), "year.roll")
    _there(request, volume)
    entry = number_of(request.POST.get("entry")) or 0
    try:
        actions.rename_scheme(by=me(request), entry=entry, scheme=request.POST.get("scheme", ""))
    except SoseiError as error:
        messages.error(request, told(error))
    else:
        messages.success(request, say("交付金名称を改めました。", "The grant's name was changed."))
    return redirect("desk:rollover", volume)
