"""報告書の手続の画面. Decision and its papers, experts, assembly, publication, correction: one page, one step at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.core.errors import SoseiError
from sosei.journal.clock import today
from sosei.ledger.actions import editions, papers, signoff
from sosei.ledger.flow import Move, moves
from sosei.ledger.halts import NotAllAccepted
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.pack import pack_of
from sosei.ledger.queries.preview import preview_of
from sosei.ledger.queries.volumeflow import VolumeFlow, volume_flow
from sosei.offices.permissions import may, require
from sosei.publishing.assembly import pack_page
from sosei.publishing.paper import MEDIA_TYPES, write_paper
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.signoff import CorrectForm, DecisionForm, PublishForm, ReasonForm
from sosei.web.desk.refusals import NoSuchPage, NotUnderstood
from sosei.web.desk.saying import lang, say, tongue
from sosei.web.desk.who import me, number_of

#: Stages from which on the papers for the assembly can be had.
_PACKED: Final = frozenset({"decided", "experts", "assembly", "published", "correcting"})


@login_required
@require_GET
def volume_flow_page(request: HttpRequest, volume: int) -> HttpResponse:
    """Show where a report is on its way, and what comes next."""
    person = me(request)
    require(person, "book.see")
    return _shown(request, volume_flow(volume, person))


def _shown(request: HttpRequest, flow: VolumeFlow, **more: Any) -> HttpResponse:
    """Show the page; `refusal` (a sentence) and forms with their errors make it 422."""
    status = 422 if more else 200
    context = {
        "flow": flow,
        "decision": DecisionForm(initial={"decided_on": today()}),
        "packed": flow.stage in _PACKED,
        "may_ask": may(me(request), "opinion.collect") is not None,
        "may_retitle": may(me(request), "volume.retitle") is not None,
        "may_renew": flow.stage in {"deciding", "correcting"}
        and may(me(request), "volume.decide") is not None,
    } | more
    return render(request, "desk/signoff/volume.html", context, status=status)


def _done(
    request: HttpRequest, volume: int, act: Callable[[], object], sentence: str, **forms: Any
) -> HttpResponse:
    """Do it and go back to the page, or show the page with the refusal."""
    try:
        act()
    except SoseiError as error:
        told = {"refusal": error.sentence(lang()), "code": error.code, **forms}
        if isinstance(error, NotAllAccepted):
            told["wanting"] = error.entries
        return _shown(request, volume_flow(volume, me(request)), **told)
    messages.success(request, sentence)
    return redirect("desk:volume_flow", volume)


@login_required
@require_POST
def volume_submit(request: HttpRequest, volume: int) -> HttpResponse:
    """Put a report before the decision: its papers are made."""
    person = me(request)
    require(person, "volume.decide")
    return _done(
        request, volume,
        lambda: papers.submit_for_decision(by=person, volume=volume, reason=request.POST.get("reason", "")),
        say("決裁資料を作り、決裁に出しました。PDFを決裁に回してください。", "The papers are made. Pass the PDF on for decision."),
    )  # fmt: skip


@login_required
@require_POST
def volume_papers(request: HttpRequest, volume: int) -> HttpResponse:
    """Make the papers anew."""
    person = me(request)
    require(person, "volume.decide")
    return _done(
        request, volume, lambda: papers.renew_papers(by=person, volume=volume),
        say("決裁資料を作り直しました。", "The papers are made anew."),
    )  # fmt: skip


@login_required
@require_POST
def volume_decision(request: HttpRequest, volume: int) -> HttpResponse:
    """Record number and day of the decision."""
    person = me(request)
    require(person, "volume.record_decision")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, volume_flow(volume, person), decision=form)
    return _done(
        request, volume,
        lambda: papers.record_decision(by=person, volume=volume, **form.cleaned_data),
        say("決裁を記録しました。", "The decision is recorded."), decision=form,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def volume_step(request: HttpRequest, volume: int) -> HttpResponse:
    """Move a report by a step that needs nothing but itself; a reason is asked for on a page of its own."""
    person = me(request)
    require(person, "book.see")
    said = request.POST if request.method == "POST" else request.GET
    how = _plain(said.get("move", ""))
    require(person, how.verb, among=how.roles)
    asked = how.reason or (how.name == "report" and request.method == "GET")  # none has an opinion
    form = ReasonForm(said if request.method == "POST" else None, needed=asked)
    if request.method == "POST" and form.is_valid():
        try:
            signoff.move_volume(
                by=person, volume=volume, move=how.name, reason=form.cleaned_data["reason"]
            )
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("手続を進めました。", "The step is done."))
            return redirect("desk:volume_flow", volume)
    status = 422 if request.method == "POST" else 200
    context = {
        "title": tongue(how),
        "about": volume_in(person.body, volume).called(),
        "form": form,
        "move": how.name,
        "button": tongue(how),
        "back": reverse("desk:volume_flow", args=[volume]),
    }
    return render(request, "desk/signoff/reason.html", context, status=status)


def _plain(name: str) -> Move:
    for move in moves("volume"):
        if move.name == name and name in signoff.PLAIN:
            return move
    raise NotUnderstood


@login_required
@require_http_methods(["GET", "POST"])
def volume_publish(request: HttpRequest, volume: int) -> HttpResponse:
    """See what would be published, then publish."""
    person = me(request)
    require(person, "edition.publish")
    row = volume_in(person.body, volume)
    form = PublishForm(request.POST or None, initial={"published_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = editions.publish_edition(by=person, volume=volume, **form.cleaned_data)
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(
                request,
                say("第{n}版を公表しました。", "Edition {n} is published.", n=made.number),
            )
            return redirect("desk:edition", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"preview": preview_of(row), "volume": row, "called": row.called(), "form": form}
    return render(request, "desk/signoff/publish.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def volume_correct(request: HttpRequest, volume: int) -> HttpResponse:
    """Begin a correction, or name more entries in it."""
    person = me(request)
    require(person, "edition.correct")
    flow = volume_flow(volume, person)
    choices = [(one.entry, one.name) for one in flow.entries if not one.opened]
    initial = {
        "title": bool(request.GET.get("title")),
        "entries": list(filter(None, map(number_of, request.GET.getlist("entry")))),
    }
    form = CorrectForm(request.POST or None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            editions.correct(by=person, volume=volume, **form.cleaned_data)
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("訂正を始めました。", "The correction is under way."))
            only = form.cleaned_data["title"] and not form.cleaned_data["entries"]
            return redirect("desk:volume_title" if only else "desk:volume_flow", volume)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/signoff/correct.html", {"flow": flow, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def volume_drop(request: HttpRequest, volume: int) -> HttpResponse:
    """Drop a correction."""
    person = me(request)
    require(person, "edition.correct")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            editions.drop_correction(by=person, volume=volume, reason=form.cleaned_data["reason"])
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("訂正を取りやめました。", "The correction is dropped."))
            return redirect("desk:volume_flow", volume)
    status = 422 if request.method == "POST" else 200
    context = {
        "title": say("訂正を取りやめる", "Drop the correction"),
        "about": volume_in(person.body, volume).called(),
        "form": form,
        "button": say("取りやめる", "Drop"),
        "back": reverse("desk:volume_flow", args=[volume]),
    }
    return render(request, "desk/signoff/reason.html", context, status=status)


@login_required
@require_GET
def volume_pack(request: HttpRequest, volume: int, form: str) -> HttpResponse:
    """Give the papers for the assembly."""
    person = me(request)
    require(person, "book.see")
    row = volume_in(person.body, volume)
    if form not in MEDIA_TYPES or row.stage not in _PACKED:
        raise NoSuchPage
    data = write_paper(pack_page(pack_of(row), lang()), form, day=today())
    return download(f"議会報告資料_{row.called()}.{form}", data, form)


@login_required
@require_GET
def paper(request: HttpRequest, document: int) -> HttpResponse:
    """Give the papers of a decision as they were made."""
    person = me(request)
    require(person, "book.see")
    files = [file for file in files_of(person.body, [document]) if file.purpose == "paper"]
    if not files:
        raise NoSuchPage
    return download(files[0].name, files[0].data, files[0].format)
