"""公表版の画面. The editions and their files, errata, two compared, what was in force on a day, the report at a moment."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.journal.clock import now
from sosei.ledger.frozen import for_readers, packed
from sosei.ledger.halts import NothingThen
from sosei.ledger.queries import editions as queries
from sosei.ledger.queries.editioncounts import counted_edition
from sosei.ledger.queries.moment import AtMoment, at_moment, changes_page
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.since import since_edition
from sosei.offices.permissions import may, require
from sosei.publishing import FORMS, form_of, publish
from sosei.publishing.forms import html
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.signoff import MomentForm, OnForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang
from sosei.web.desk.who import me, number_of


def _reader(request: HttpRequest) -> Any:
    """Return the person, who sees the book or at least the experts' papers. Raises NotAllowed."""
    person = me(request)
    if not may(person, "opinion.see"):
        require(person, "book.see")
    return person


@login_required
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions; with a day, those that were in force then."""
    person = _reader(request)
    form = OnForm(request.GET or None)
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    rows = queries.in_force_on(person.body, day) if day else queries.editions_of(person.body)
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"rows": rows, "form": form, "day": day}
    return render(request, "desk/editions/index.html", context, status=status)


@login_required
@require_GET
def edition(request: HttpRequest, edition: int) -> HttpResponse:
    """Show one edition: its facts, its files, its errata."""
    person = _reader(request)
    row = queries.edition_row(person.body, edition)
    row = queries.in_english(person.body, row) if lang() == "en" else row
    others = [one for one in queries.editions_of(person.body, volume=row.volume) if one.id != row.id]  # fmt: skip
    context = {
        "row": row,
        "files": sorted(row.files, key=lambda file: for_readers(file.form)),
        "others": others,
        "sees_registers": may(person, "register.see") is not None,
        "unbundled": queries.unbundled(person.body, row),
        "since": since_edition(person.body, row.volume, lang()) if row.newest else None,
        "may_flow": may(person, "book.see") is not None,
        "may_see_journal": may(person, "journal.see") is not None,
    }
    return render(request, "desk/editions/edition.html", context)


@login_required
@require_GET
def edition_counts(request: HttpRequest, edition: int) -> HttpResponse:
    """Show what of an edition is counted from registers, each with the way to its rows, and what became other since."""
    person = _reader(request)
    require(person, "register.see")
    found = counted_edition(person.body, edition, lang())
    return render(request, "desk/editions/counts.html", {"row": found})


@login_required
@require_GET
def edition_file(request: HttpRequest, file: int) -> HttpResponse:
    """Give a file of an edition, byte for byte as it was published."""
    person = _reader(request)
    found = queries.file_of(person.body, file)
    response = download(found.name, found.data, found.name.rpartition(".")[2])
    response["Content-Type"] = found.media_type
    return response


@login_required
@require_GET
def edition_compare(request: HttpRequest) -> HttpResponse:
    """Show two editions of a report side by side: what the later says otherwise."""
    person = _reader(request)
    one, other = number_of(request.GET.get("a")), number_of(request.GET.get("b"))
    if one is None or other is None:
        raise NoSuchPage
    found = queries.compared(person.body, one, other)
    return render(request, "desk/editions/compare.html", {"found": found})


@login_required
@require_GET
def volume_at(request: HttpRequest, volume: int) -> HttpResponse:
    """Give what the book said at a moment, in any form, or what changed since."""
    person = me(request)
    require(person, "book.see")
    row = volume_in(person.body, volume)
    form = MomentForm(request.GET or None, initial={"at": now()})
    wanted = request.GET.get("form")
    if wanted and form.is_valid():
        return _file(at_moment(person.body, volume, form.cleaned_data["at"]), wanted)
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {
        "form": form,
        "volume": volume,
        "called": row.called(),
        "forms": [(name, said[1], said[2]) for name, said in FORMS.items()],
        "editions": queries.editions_of(person.body, volume=volume),
    }
    return render(request, "desk/editions/moment.html", context, status=status)


def _file(found: AtMoment, form: str) -> HttpResponse:
    """Give the report of a moment in a form; `changes`: what the book says otherwise now."""
    if not found.report.projects:
        raise NothingThen(what=found.called, at=found.at.strftime("%Y-%m-%d %H:%M"))
    name = f"{found.called}_{found.at:%Y%m%d%H%M}時点"
    if form == "changes":
        page = changes_page(found, lang())
        return download(f"{name}からの変更.html", html.laid(page), "html")
    if form not in FORMS:
        raise NoSuchPage
    made, suffix = publish(found.report, form), form_of(form).SUFFIX
    if isinstance(made, dict):
        made, suffix = packed(made), ".zip"
    return download(f"{name}{suffix}", made, suffix.lstrip("."))
