"""よその報告書の画面. A published report from elsewhere, read, checked and judged beside the book."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.ledger.actions.strangers import drop_stranger, keep_stranger
from sosei.ledger.queries.batchable import PLANNERS
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.strangers import may_drop, stranger_page, strangers_of
from sosei.ledger.strangers import PURPOSE, example
from sosei.offices.permissions import may, require
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.book import StrangerForm
from sosei.web.desk.forms.indicators import RestForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.trying import tried
from sosei.web.desk.uploads import taken
from sosei.web.desk.who import me


@login_required
@require_http_methods(["GET", "POST"])
def strangers(request: HttpRequest) -> HttpResponse:
    """List the reports from elsewhere; take another in (an upload, or the example that comes with the program)."""
    person = me(request)
    require(person, "book.see")
    plain = "example" in request.POST
    sent = request.method == "POST" and not plain
    form = StrangerForm(request.POST if sent else None, request.FILES if sent else None)
    if request.method == "POST":
        require(person, "import.propose")
        made: list[Any] = []
        if plain or (form.is_valid() and tried(form, lambda: made.append(_kept(request)))):
            kept = made[0] if made else _kept(request)
            return redirect("desk:stranger", kept.pk)
    context = {
        "rows": strangers_of(person.body),
        "form": form,
        "may_keep": may(person, "import.propose"),
        "example": example(),
    }
    return render(request, "desk/book/strangers.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest) -> Any:
    """Keep what was sent: the example where its button was pressed, else the upload."""
    found = example() if "example" in request.POST else taken(request.FILES.get("file"))
    if found is None:
        raise NoSuchPage
    name, data = found
    return keep_stranger(by=me(request), name=name, data=data)


@login_required
@require_GET
def stranger(request: HttpRequest, document: int) -> HttpResponse:
    """Show a report from elsewhere."""
    person = me(request)
    require(person, "book.see")
    page = stranger_page(person.body, document, lang())
    context = {"page": page, "may_drop": may_drop(person, document)}
    return render(request, "desk/book/stranger.html", context)


@login_required
@require_GET
def stranger_file(request: HttpRequest, document: int) -> HttpResponse:
    """Give the file as it came."""
    person = me(request)
    require(person, "book.see")
    found = [file for file in files_of(person.body, [document]) if file.purpose == PURPOSE]
    if not found:
        raise NoSuchPage
    return download(found[0].name, found[0].data, found[0].format)


@login_required
@require_http_methods(["GET", "POST"])
def stranger_drop(request: HttpRequest, document: int) -> HttpResponse:
    """Take a report from elsewhere off the list, with a reason."""
    person = me(request)
    require(person, "import.propose")
    page = stranger_page(person.body, document, lang())
    if not may_drop(person, document):
        require(person, "import.propose", among=PLANNERS)
    form = RestForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form, lambda: drop_stranger(by=person, document=document, **form.cleaned_data)
        )
    ):  # fmt: skip
        messages.success(request, say("一覧から外しました。", "It is off the list."))
        return redirect("desk:strangers")
    context = {"form": form, "page": page}
    return render(
        request, "desk/book/stranger_drop.html", context, status=422 if form.errors else 200
    )
