"""証拠書類一件の画面. One document: opened, handled otherwise, voided, erased; and those whose time is over."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sosei.evidence.actions.documenterasing import erase_document, erase_due_documents
from sosei.evidence.actions.documentlooks import RECORDED, is_recorded, open_document
from sosei.evidence.actions.documents import HOLDING, change_document, void_document
from sosei.evidence.persons import ERASING
from sosei.evidence.queries.documents import DocumentRow, document, due
from sosei.evidence.queries.registers import RegisterShown
from sosei.evidence.refusals import NoSuchRow
from sosei.evidence.refusals_documents import KeptTooShort
from sosei.journal.clock import today
from sosei.offices.permissions import may, require
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.documents import DocumentReasonForm, HandlingForm, ShownForm
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.views.registers import needs
from sosei.web.desk.who import me, number_of

#: Nothing of a document is shown within this desk: it is kept as a file, and whatever it holds does nothing here.
_HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip


def _one(request: HttpRequest, pk: int) -> tuple[DocumentRow, RegisterShown]:
    """Return a document that a person may see, and its register. Raises NotAllowed, NoSuchRow."""
    require(me(request), "register.see")
    row = document(me(request), pk)
    return row, readable(me(request), row.register, ended=True)


@login_required
@require_http_methods(["GET"])
def document_page(request: HttpRequest, document: int) -> HttpResponse:
    """Show what a document is, and what may be done with it."""
    person = me(request)
    row, shown = _one(request, document)
    of = [shown.department]
    context = {
        "one": shown, "row": row, "place": place_of(row), "recorded": is_recorded(row), "needs": needs(person, shown),
        "opens": row.state != "erased" and all(may(person, verb, of) for verb in _opening(row)),
        "erases": may(person, ERASING, of) is not None and row.state != "erased",
        "sees_journal": may(person, "journal.see"),
    }  # fmt: skip
    return render(request, "desk/documents/document.html", context)


def _opening(row: DocumentRow) -> tuple[str, ...]:
    """Return what one must be allowed to, to open a document."""
    close = ("register.write",) if row.level in RECORDED else ()
    return (*close, "person.contact.see") if row.personal else close


def place_of(row: DocumentRow) -> str:
    """Return the address of the page of what a document is attached to; none of a register that is no longer kept."""
    if row.register_ended:
        return ""
    if row.number is not None:
        return reverse("desk:entry_documents", args=(row.register, row.number))
    if row.closing is not None:
        return reverse("desk:closing_documents", args=(row.closing,))
    return reverse("desk:batch_documents", args=(row.batch,))


@login_required
@require_http_methods(["GET", "POST"])
def document_file(request: HttpRequest, document: int) -> HttpResponse:
    """Give a document as a file; one whose looks are recorded only where that was pressed."""
    row, _ = _one(request, document)
    if request.method == "GET" and is_recorded(row):
        return redirect("desk:document", document)
    found = open_document(by=me(request), document=document)
    answer = download(found.name, found.data, "")
    for name, value in _HARMLESS.items():
        answer[name] = value
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def document_change(request: HttpRequest, document: int) -> HttpResponse:
    """Say how a document is handled from now on."""
    row, shown = _standing(request, document)
    holds = may(me(request), HOLDING, [shown.department]) is not None
    form = HandlingForm(
        request.POST or None, initial=_handling(row), least=row.keep_years, holds=holds
    )
    done = partial(_changed, request, document, form)
    if request.method == "POST" and form.is_valid() and tried(form, done, {KeptTooShort: "keep_years"}):  # fmt: skip
        return redirect("desk:document", document)
    return _form(request, "change", form, row, shown)


def _handling(row: DocumentRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("sort", "level", "keep_years", "personal")} | {"held": row.held or ""}  # fmt: skip


def _changed(request: HttpRequest, document: int, form: HandlingForm) -> None:
    change_document(by=me(request), document=document, seen=_mark(request), now=form.now())
    messages.success(request, say("保存しました。", "Saved."))


@login_required
@require_http_methods(["GET", "POST"])
def document_void(request: HttpRequest, document: int) -> HttpResponse:
    """Void a document, with a reason."""
    row, shown = _standing(request, document)
    form = DocumentReasonForm(request.POST or None)

    def done() -> None:
        void_document(by=me(request), document=document, seen=_mark(request), reason=form.cleaned_data["reason"])  # fmt: skip
        messages.success(request, say("取り消しました。理由とともに残っています。", "Voided. It stays, with the reason."))  # fmt: skip

    return _with_reason(request, "void", form, row, shown, done)


@login_required
@require_http_methods(["GET", "POST"])
def document_erase(request: HttpRequest, document: int) -> HttpResponse:
    """Erase a document's name and bytes now, with a reason."""
    row, shown = _one(request, document)
    require(me(request), ERASING, [shown.department])
    if row.state == "erased":
        raise NoSuchRow(what=say("証拠書類", "document"), number=document)
    form = DocumentReasonForm(request.POST or None)

    def done() -> None:
        erase_document(by=me(request), document=document, reason=form.cleaned_data["reason"])
        messages.success(request, say("消去しました。要約値だけが残っています。", "Erased. Its hash alone remains."))  # fmt: skip

    return _with_reason(request, "erase", form, row, shown, done)


def _with_reason(
    request: HttpRequest, what: str, form: forms.Form, row: DocumentRow, shown: RegisterShown, done: Callable[[], None]
) -> HttpResponse:  # fmt: skip
    if request.method == "POST" and form.is_valid() and tried(form, done):
        return redirect("desk:document", row.pk)
    return _form(request, what, form, row, shown)


def _form(
    request: HttpRequest, what: str, form: forms.Form, row: DocumentRow, shown: RegisterShown
) -> HttpResponse:
    now = document(me(request), row.pk)
    context = {
        "one": shown, "row": now, "form": form,
        "seen": seen(request, form, now.stamp, stands=lambda: _handling(now) if what == "change" else {}, by=lambda: now.by),
    }  # fmt: skip
    return render(
        request, f"desk/documents/{what}.html", context, status=422 if form.errors else 200
    )


def _standing(request: HttpRequest, document: int) -> tuple[DocumentRow, RegisterShown]:
    """Return a document that stands and that a person may change. Raises NotAllowed, NoSuchRow."""
    row, shown = _one(request, document)
    require(me(request), "register.write", [shown.department])
    if row.state in ("voided", "erased"):
        raise NoSuchRow(what=say("証拠書類", "document"), number=document)
    return row, shown


def _mark(request: HttpRequest) -> int:
    return number_of(request.POST.get("seen")) or 0


@login_required
@require_http_methods(["GET", "POST"])
def documents_due(request: HttpRequest) -> HttpResponse:
    """Show the documents whose time is over; erase them where that is pressed."""
    person = me(request)
    require(person, ERASING)
    form = ShownForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        shown, done = form.cleaned_data["documents"], list[int]()
        if tried(form, lambda: done.append(erase_due_documents(by=person, chosen=shown))):
            messages.success(request, say("{n}点を消去しました。要約値だけが残っています。", "{n} were erased; their hashes alone remain.", n=done[0]))  # fmt: skip
            return redirect("desk:documents_due")
    context = {"page": due(person, today()), "form": form, "today": today()}
    return render(request, "desk/documents/due.html", context, status=422 if form.errors else 200)
