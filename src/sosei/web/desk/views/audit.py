"""監査の画面. What an auditor looks at first in a year's book; who could have changed a project at a moment; what came after the decision."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.journal.clock import now
from sosei.ledger.queries.able import able_to_write
from sosei.ledger.queries.audit import audit_page, changed_since_decision, entries_in
from sosei.ledger.queries.editions import edition_row, editions_of
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.audit import AbleForm
from sosei.web.desk.who import me


@login_required
@require_GET
def audit(request: HttpRequest, volume: int) -> HttpResponse:
    """Show what to look at."""
    person = me(request)
    require(person, "book.see")
    page = audit_page(person.body, volume)
    form = AbleForm(entries=page.entries, initial={"at": now(), "group": "value"})
    context = {
        "page": page,
        "form": form,
        "editions": editions_of(person.body, volume=volume),
        "sees_journal": may(person, "journal.see"),
    }
    return render(request, "desk/audit/page.html", context)


@login_required
@require_GET
def audit_able(request: HttpRequest, volume: int) -> HttpResponse:
    """Show who could have changed a part of a project at a moment."""
    person = me(request)
    require(person, "book.see")
    form = AbleForm(request.GET or None, entries=entries_in(person.body, volume))
    found = None
    if form.is_valid():
        found = able_to_write(person.body, **form.cleaned_data)
    status = 422 if form.is_bound and found is None else 200
    context = {"form": form, "found": found, "volume": volume}
    return render(request, "desk/audit/able.html", context, status=status)


@login_required
@require_GET
def audit_decision(request: HttpRequest, edition: int) -> HttpResponse:
    """Show what an edition says otherwise than the papers on which the decision was taken."""
    person = me(request)
    require(person, "book.see")
    row = edition_row(person.body, edition)
    context = {"row": row, "lines": changed_since_decision(person.body, edition)}
    return render(request, "desk/audit/decision.html", context)
