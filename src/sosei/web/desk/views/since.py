"""公表した版との違いの画面. What a published report's or project's figures say otherwise now: a piece of its page, or a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.since import since_edition, since_entry
from sosei.offices.permissions import may, require
from sosei.web.desk.saying import lang
from sosei.web.desk.who import me


@login_required
@require_GET
def entry_since(request: HttpRequest, entry: int) -> HttpResponse:
    """Show which figures of a project differ from the edition in force."""
    person = me(request)
    require(person, "book.see")
    name, volume, found = since_entry(person.body, entry, lang())
    above = (reverse("desk:entry", args=[entry]), name)
    return _page(request, {"above": above, "volume": volume, "since": found})


@login_required
@require_GET
def volume_since(request: HttpRequest, volume: int) -> HttpResponse:
    """Show which figures of a year's report differ from the edition in force."""
    person = me(request)
    require(person, "book.see")
    row = volume_in(person.body, volume)
    above = (reverse("desk:volume", args=[volume]), row.called())
    found = since_edition(person.body, volume, lang())
    return _page(request, {"above": above, "volume": volume, "since": found})


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    context["may_correct"] = may(me(request), "edition.correct")
    piece = bool(request.headers.get("HX-Request"))
    template = "desk/book/_since.html" if piece else "desk/book/since.html"
    return render(request, template, context)
