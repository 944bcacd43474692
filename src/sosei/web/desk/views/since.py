"""公表した版との違いの画面. What a published project's figures say otherwise now: a piece of its page, or a page of its own."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.ledger.queries.since import since_entry
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
    context = {
        "name": name,
        "entry": entry,
        "volume": volume,
        "since": found,
        "may_correct": may(person, "edition.correct"),
    }
    piece = bool(request.headers.get("HX-Request"))
    template = "desk/book/_since.html" if piece else "desk/book/since.html"
    return render(request, template, context)
