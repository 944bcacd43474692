"""題名の画面. A report's title, corrected by planning; after publication only in a correction."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.ledger.actions.titles import VERB, correct_title, needs_reason
from sosei.ledger.queries.latest import latest
from sosei.ledger.queries.volumes import volume_shown
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.titles import TitleForm
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


@login_required
@require_http_methods(["GET", "POST"])
def volume_title(request: HttpRequest, volume: int) -> HttpResponse:
    """Correct the title of a report."""
    person = me(request)
    require(person, VERB)
    shown = volume_shown(person.body, volume)
    needed = needs_reason(shown.stage)
    form = TitleForm(request.POST or None, needed=needed, initial={"title": shown.title})
    if request.method == "POST" and form.is_valid():
        mark = number_of(request.POST.get("seen"))
        if tried(
            form, lambda: correct_title(by=person, volume=volume, seen=mark, **form.cleaned_data)
        ):
            messages.success(request, say("題名を直しました。", "The title is corrected."))
            return redirect("desk:volume", volume)
        shown = volume_shown(person.body, volume)
    context = {
        "form": form,
        "volume": shown,
        "may_correct": may(person, "edition.correct") is not None,
        "seen": seen(
            request, form, shown.stamp,
            stands=lambda: {"title": shown.title}, by=lambda: latest("volume", volume),
        ),
    }  # fmt: skip
    return render(
        request, "desk/book/volume_title.html", context, status=422 if form.errors else 200
    )
