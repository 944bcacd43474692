"""証拠書類の画面. What is attached to an entry, a closing, a batch; all of a register, and which entries have nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.actions.documents import attach
from sosei.evidence.papers.words import LEAST_YEARS, MB, MOST_AT_ONCE, MOST_BYTES
from sosei.evidence.persons import ERASING
from sosei.evidence.queries.documentplaces import (
    Place,
    batch_place,
    batch_register,
    closing_place,
    closing_register,
    entry_place,
)
from sosei.evidence.queries.documents import coverage, documents, documents_of, listed, missing
from sosei.evidence.queries.registers import RegisterShown
from sosei.evidence.refusals_documents import (
    DocumentTooLarge,
    KeptTooShort,
    TooManyDocuments,
    YearUnlikely,
)
from sosei.offices.permissions import may, require
from sosei.publishing.entrysheet import csv_of, xlsx_of
from sosei.web.desk.documentwords import list_heads, list_row
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.documents import AttachForm, DocumentFilterForm
from sosei.web.desk.refusals import EmptyFile, NoFile
from sosei.web.desk.registerwords import cells, heads, register_name, who_shown
from sosei.web.desk.saying import lang, say
from sosei.web.desk.trying import Where, tried
from sosei.web.desk.uploads import plain_name
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.views.registers import knows, needs
from sosei.web.desk.who import me, number_of

_WHERE: Where = {KeptTooShort: "keep_years", YearUnlikely: "year"}


@login_required
@require_http_methods(["GET", "POST"])
def entry_documents(request: HttpRequest, register: int, number: int) -> HttpResponse:
    """Show the documents of an entry, and attach more."""
    shown = readable(me(request), register)
    place = entry_place(me(request).body, shown.kind, register, number)
    return _place(request, shown, place, lambda: reverse("desk:entry_documents", args=(register, number)))  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def closing_documents(request: HttpRequest, closing: int) -> HttpResponse:
    """Show the documents of a closing, and attach more."""
    require(me(request), "register.see")
    body = me(request).body
    shown = readable(me(request), closing_register(body, closing))
    return _place(request, shown, closing_place(body, shown.kind, closing), lambda: reverse("desk:closing_documents", args=(closing,)))  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def batch_documents(request: HttpRequest, batch: int) -> HttpResponse:
    """Show the documents of a batch, and attach more."""
    require(me(request), "register.see")
    body = me(request).body
    shown = readable(me(request), batch_register(body, batch))
    return _place(request, shown, batch_place(body, shown.kind, batch), lambda: reverse("desk:batch_documents", args=(batch,)))  # fmt: skip


def _place(
    request: HttpRequest, shown: RegisterShown, place: Place, here: Callable[[], str]
) -> HttpResponse:
    person = me(request)
    stages = shown.kind.stages if place.of.number is not None else ()
    form = AttachForm(request.POST or None, initial=_initial(place), stages=stages)
    if request.method == "POST":
        require(person, "register.write", [shown.department])
        if form.is_valid() and tried(form, lambda: _attached(request, place, form), _WHERE):
            return redirect(here())
    context = {
        "one": shown,
        "place": place,
        "form": form,
        "rows": documents_of(person.body, place.of),
        "needs": needs(person, shown),
        "sees_personal": may(person, "person.contact.see", [shown.department]),
        "said": _words(shown, place, told=knows(person, shown.department)),
        "most": MOST_BYTES // MB,
    }
    return render(request, "desk/documents/place.html", context, status=422 if form.errors else 200)


def _initial(place: Place) -> dict[str, Any]:
    return {
        "sort": "contract", "year": place.year, "keep_years": LEAST_YEARS, "level": place.level, "personal": place.personal,
    }  # fmt: skip


def _attached(request: HttpRequest, place: Place, form: AttachForm) -> None:
    """Attach what was handed in. Raises NoFile, EmptyFile, TooManyDocuments, DocumentTooLarge, as `attach`."""
    came = request.FILES.getlist("files")
    if len(came) > MOST_AT_ONCE:
        raise TooManyDocuments(what="一度に付けるの", what_en="in one go", limit=f"{MOST_AT_ONCE}点", limit_en=f"{MOST_AT_ONCE} documents")  # fmt: skip
    files = [_taken(file) for file in came]
    if not files:
        raise NoFile
    made = attach(by=me(request), of=_of(place, form), files=files, said=form.said())
    messages.success(request, say("証拠書類を{n}点付けました。", "{n} documents were attached.", n=len(made)))  # fmt: skip


def _of(place: Place, form: AttachForm) -> Any:
    stage = form.cleaned_data.get("stage")
    return type(place.of)(**{name: getattr(place.of, name) for name in ("register", "number", "closing", "batch")}, stage=stage)  # fmt: skip


def _taken(file: Any) -> tuple[str, bytes]:
    """Return a file's name and bytes; its size is judged before they are read."""
    name = plain_name(file.name or "")
    if not file.size:
        raise EmptyFile(name=name)
    if file.size > MOST_BYTES:
        raise DocumentTooLarge(name=name, size=-(-file.size // MB), limit=MOST_BYTES // MB)
    return name, file.read()


def _words(shown: RegisterShown, place: Place, *, told: bool) -> list[tuple[str, str]]:
    """Return what the entry says, so that the right one is chosen."""
    row = place.row
    if row is None or row.gone:
        return []
    named = (
        []
        if shown.kind.subject == "none"
        else [(say("相手", "About"), who_shown(shown.kind, row, knows=told))]
    )
    return named + [(cell.head.words, cell.words) for cell in cells(shown.kind, row) if cell.words][:4]  # fmt: skip


# -- of a register ----------------------------------------------------------------------------------------------------


@login_required
@require_GET
def register_documents(request: HttpRequest, register: int) -> HttpResponse:
    """Show all documents of a register, and of how many entries there is one."""
    shown = readable(me(request), register)
    form = DocumentFilterForm(request.GET)
    page = documents(me(request).body, register, form.asked(request.GET.get("after")))
    context = {
        "one": shown,
        "form": form,
        "page": page,
        "cover": coverage(register),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "more": _address(request, after=str(page.more)) if page.more else "",
        "first_page": _address(request, after=None) if request.GET.get("after") else "",
        "csv": _address(request, after=None, **{"as": "csv"}),
        "xlsx": _address(request, after=None),
        "needs": needs(me(request), shown),
        "erases": may(me(request), ERASING, [shown.department]),
        "sees_rows": True,
    }
    return render(request, "desk/documents/index.html", context)


@login_required
@require_GET
def register_missing(request: HttpRequest, register: int) -> HttpResponse:
    """Show the entries of a register that have no document."""
    shown = readable(me(request), register)
    after = number_of(request.GET.get("after")) or 0
    page = missing(me(request).body, register, after)
    told = knows(me(request), shown.department)
    context = {
        "one": shown, "page": page, "cover": coverage(register), "after": after, "heads": heads(shown.kind),
        "rows": [(row, who_shown(shown.kind, row, knows=told), cells(shown.kind, row)) for row in page.rows],
        "needs": needs(me(request), shown), "sees_rows": True,
    }  # fmt: skip
    return render(request, "desk/documents/missing.html", context)


@login_required
@require_GET
def register_document_list(request: HttpRequest, register: int) -> HttpResponse:
    """Give the list of the documents that are asked for as XLSX, or as CSV (`as=csv`)."""
    shown = readable(me(request), register)
    asked = DocumentFilterForm(request.GET).asked(None)
    rows = [list(list_row(row)) for row in listed(me(request).body, register, asked)]
    name = say("{n}_証拠書類", "{n}_documents", n=register_name(shown.kind))
    if request.GET.get("as") == "csv":
        return download(f"{name}.csv", csv_of(list_heads(), rows), "csv")
    return download(f"{name}.xlsx", xlsx_of(name, list_heads(), rows, lang()), "xlsx")


def _address(request: HttpRequest, **said: str | None) -> str:
    """Return this page's question with some of it said otherwise (None: no longer)."""
    asked = {name: value for name, value in request.GET.items() if value} | said
    return "?" + urlencode({name: value for name, value in asked.items() if value})
