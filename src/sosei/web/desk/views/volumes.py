"""報告書の画面. The years of the book, a new year, and the table of one year's projects."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.checking.finding import Severity
from sosei.checking.registry import rules
from sosei.core.fiscal import FiscalYear
from sosei.journal.clock import today
from sosei.ledger.actions.entries import describe_volume, open_volume
from sosei.ledger.flow import takes_entries
from sosei.ledger.queries.latest import latest
from sosei.ledger.queries.volumes import Wanted, volume_page, volume_shown, volumes_of
from sosei.offices.permissions import departments_of, may, require
from sosei.web.desk.forms.book import VolumeForm, VolumeWordsForm
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


@login_required
@require_GET
def volumes(request: HttpRequest) -> HttpResponse:
    """List the years."""
    person = me(request)
    require(person, "book.see")
    context = {"rows": volumes_of(person.body), "may_open": may(person, "volume.open")}
    return render(request, "desk/book/volumes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def volume_new(request: HttpRequest) -> HttpResponse:
    """Open the report of a year."""
    person = me(request)
    require(person, "volume.open")
    this = FiscalYear.of(today()).start
    form = VolumeForm(
        request.POST or None,
        years=range(this + 1, this - 12, -1),
        initial={"year": this - 1, "title": _title(this - 1)},
    )
    if request.method == "POST" and form.is_valid():
        made = []
        if tried(form, lambda: made.append(open_volume(by=person, **form.cleaned_data))):
            messages.success(request, say("報告年度を開きました。", "The year is open."))
            return redirect("desk:volume", made[0].pk)
    return render(
        request, "desk/book/volume_new.html", {"form": form}, status=422 if form.errors else 200
    )


def _title(year: int) -> str:
    return f"{FiscalYear(year)} 地方創生関連交付金を活用した事業の実績について"


@login_required
@require_GET
def volume(request: HttpRequest, volume: int) -> HttpResponse:
    """Show a year's projects; the query string narrows them down."""
    person = me(request)
    require(person, "book.see")
    wanted = _wanted(request)
    page = volume_page(person.body, volume, wanted)
    context = {
        "page": page,
        "volume": page.volume,
        "wanted": wanted,
        "own": departments_of(person),
        "severities": list(Severity),
        "rules": [(rule, dict(page.rules).get(rule.code, 0)) for rule in rules() if rule.code in dict(page.rules)],
        "may_open": may(person, "volume.open"),
        "may_add": may(person, "volume.open") and takes_entries(page.volume.stage),
    }  # fmt: skip
    return render(request, "desk/book/volume.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    said = request.GET
    return Wanted(
        department=number_of(said.get("department")),
        stage=said.get("stage") or None,
        finding=said.get("finding") or None,
        owed=said.get("owed") == "1",
    )


@login_required
@require_http_methods(["GET", "POST"])
def volume_edit(request: HttpRequest, volume: int) -> HttpResponse:
    """Write the day of publication."""
    person = me(request)
    require(person, "volume.open")
    shown = volume_shown(person.body, volume)
    form = VolumeWordsForm(request.POST or None, initial={"publish_due": shown.publish_due})
    if request.method == "POST" and form.is_valid():
        mark = number_of(request.POST.get("seen"))
        if tried(
            form,
            lambda: describe_volume(
                by=person, volume=volume, seen=mark, title=shown.title or "", **form.cleaned_data
            ),
        ):
            messages.success(request, say("保存しました。", "Saved."))
            return redirect("desk:volume", volume)
        shown = volume_shown(person.body, volume)
    context = {
        "form": form,
        "volume": shown,
        "seen": seen(
            request, form, shown.stamp,
            stands=lambda: {"publish_due": shown.publish_due}, by=lambda: latest("volume", volume),
        ),
    }  # fmt: skip
    return render(
        request, "desk/book/volume_edit.html", context, status=422 if form.errors else 200
    )
