"""引継書の画面. The hand-over paper of a department or a person: to be read, printed, or taken along as Word or PDF."""

from __future__ import annotations

from typing import Any, Final, Literal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.ledger.queries.handover import handover_of_department, handover_of_person
from sosei.offices.permissions import may, require
from sosei.publishing.handover import HandOver, write_handover
from sosei.web.desk.downloads import download
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang
from sosei.web.desk.who import me

Of = Literal["department", "person"]
_MADE: Final = {"department": handover_of_department, "person": handover_of_person}


def _said(request: HttpRequest, of: str, number: int, *, looked: bool = False) -> HandOver:
    """Return the paper; one's own is for everybody, the others' for who sees the book."""
    person = me(request)
    if of not in _MADE:
        raise NoSuchPage
    if not (of == "person" and number == person.pk and not may(person, "book.see")):
        require(person, "book.see")
    found = _MADE[of](person.body, number, lang(), looked=looked)
    if found is None:
        raise NoSuchPage
    return found


@login_required
@require_GET
def handover(request: HttpRequest, of: str, number: int) -> HttpResponse:
    """Show the paper; the open findings are put in by a second request."""
    context: dict[str, Any] = {
        "said": _said(request, of, number),
        "of": of,
        "number": number,
        "sees": any(may(me(request), verb) for verb in ("book.see", "office.arrange")),
    }
    return render(request, "desk/handover/page.html", context)


@login_required
@require_GET
def handover_findings(request: HttpRequest, of: str, number: int) -> HttpResponse:
    """Show the open findings of the paper: a piece of its page, or a page of its own without JavaScript."""
    said = _said(request, of, number, looked=True)
    part = next(part for part in said.parts if part.key == "findings")
    piece = bool(request.headers.get("HX-Request"))
    template = "desk/handover/part.html" if piece else "desk/handover/findings.html"
    context = {"said": said, "part": part, "of": of, "number": number}
    return render(request, template, context)


@login_required
@require_GET
def handover_paper(request: HttpRequest, of: str, number: int, form: str) -> HttpResponse:
    """Give the paper as Word or PDF, with the open findings."""
    if form not in ("docx", "pdf"):
        raise NoSuchPage
    said = _said(request, of, number, looked=True)
    name = f"{said.title}_{said.whose}_{said.day:%Y%m%d}.{form}"
    return download(name, write_handover(said, form), form)  # type: ignore[arg-type]
