"""検証の画面. The verification's words, the decision on the grade, findings that are accepted as they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.ledger.actions.verification import decide_grade, write_verification
from sosei.ledger.actions.waivers import waive_finding, withdraw_waiver
from sosei.ledger.queries.entry import entry_page
from sosei.ledger.queries.entryedit import EntryEdit, entry_edit_of
from sosei.ledger.queries.entryshown import EntryPage
from sosei.ledger.queries.latest import latest
from sosei.ledger.queries.waivers import waiver_shown
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.indicators import RestForm
from sosei.web.desk.forms.judged import GradeForm, VerificationForm, WaiveForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


@login_required
@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest, entry: int) -> HttpResponse:
    """Write what is said of a project's effect; planning writes the experts' part too."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "verification.write", edit.departments)
    form = VerificationForm(
        request.POST or None,
        experts=may(person, "opinion.collect") is not None,
        initial=_said(edit),
    )
    if request.method == "POST" and form.is_valid():
        mark = number_of(request.POST.get("seen"))
        if tried(
            form,
            lambda: write_verification(
                by=person, entry=entry, words=form.cleaned_data, seen=mark
            ),
        ):  # fmt: skip
            messages.success(request, say("効果検証を保存しました。", "The verification is saved."))
            return redirect("desk:entry", entry)
        edit = entry_edit_of(person.body, entry)
    grades = may(person, "grade.decide", edit.departments)
    context = {
        "form": form,
        "edit": edit,
        "may_grade": grades,
        "seen": seen(
            request, form, edit.verification_seen,
            stands=lambda: _said(edit), by=lambda: latest("verification", entry),
        ),
    }  # fmt: skip
    return render(
        request, "desk/book/verification.html", context, status=422 if form.errors else 200
    )


def _said(edit: EntryEdit) -> dict[str, str]:
    return {name: text or "" for name, text in edit.verification.items()}


@login_required
@require_http_methods(["GET", "POST"])
def grade_edit(request: HttpRequest, entry: int) -> HttpResponse:
    """Decide the grade, with the proposal and its rule beside it."""
    person = me(request)
    page = entry_page(person, entry, lang())
    require(person, "grade.decide", page.departments)
    form = GradeForm(request.POST or None, initial=_decided(page))
    if request.method == "POST" and form.is_valid():
        mark = number_of(request.POST.get("seen"))
        if tried(
            form,
            lambda: decide_grade(by=person, entry=entry, seen=mark, **form.cleaned_data),
        ):
            messages.success(request, say("事業効果を保存しました。", "The grade is saved."))
            return redirect("desk:entry", entry)
        page = entry_page(person, entry, lang())
    context = {
        "form": form,
        "page": page,
        "seen": seen(
            request, form, page.grade.stamp,
            stands=lambda: _decided(page), by=lambda: latest("verification", entry),
        ),
    }  # fmt: skip
    return render(request, "desk/book/grade.html", context, status=422 if form.errors else 200)


def _decided(page: EntryPage) -> dict[str, Any]:
    return {"level": page.grade.decided or "", "reason": page.grade.reason or ""}


@login_required
@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, entry: int) -> HttpResponse:
    """Accept a finding as it is, with a reason. `?rule=` and `?about=` name it."""
    person = me(request)
    page = entry_page(person, entry, lang())
    require(person, "finding.waive", page.departments)
    said = request.POST if request.method == "POST" else request.GET
    found = next(
        (
            each
            for each in page.looked.found
            if each.finding.code == said.get("rule") and each.about == said.get("about", "")
        ),
        None,
    )
    if found is None and request.method == "GET":
        raise NoSuchPage
    form = WaiveForm(
        request.POST or None,
        initial={"rule": said.get("rule", ""), "about": said.get("about", "")},
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: waive_finding(by=person, entry=entry, **form.cleaned_data))
    ):
        messages.success(request, say("指摘を了承しました。", "The finding is accepted."))
        return redirect("desk:entry", entry)
    context = {"form": form, "page": page, "found": found}
    return render(request, "desk/book/waive.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def unwaive(request: HttpRequest, waiver: int) -> HttpResponse:
    """Let an accepted finding count as open again, with a reason."""
    person = me(request)
    shown = waiver_shown(person.body, waiver)
    require(person, "finding.waive", shown.departments)
    form = RestForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: withdraw_waiver(by=person, waiver=waiver, **form.cleaned_data))
    ):
        messages.success(request, say("了承を取り消しました。", "The acceptance is withdrawn."))
        return redirect("desk:entry", shown.entry)
    context = {"form": form, "shown": shown}
    return render(request, "desk/book/unwaive.html", context, status=422 if form.errors else 200)
