"""相手の画面. Organisations that entries are about: found, seen with what they were when, made one where they are one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.core.days import read_day
from sosei.evidence.actions.subjects import merge, rename, set_attribute
from sosei.evidence.queries.duplicates import duplicates
from sosei.evidence.queries.subjects import (
    SubjectRow,
    attributes_known,
    subject_page,
    subjects,
)
from sosei.evidence.refusals_leaks import NumberTaken
from sosei.offices.permissions import Need, may, require
from sosei.web.desk.forms.subjects import AttributeForm, MergeForm, RenameForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.views.registers import knows
from sosei.web.desk.who import me, number_of


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List organisations, those that hold the words that are asked for."""
    person = me(request)
    require(person, "register.see")
    words = request.GET.get("q", "")
    found = subjects(person.body, words, number_of(request.GET.get("after")))
    context = {"found": found, "q": words, "later": "after" in request.GET}
    return render(request, "desk/subjects/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, subject: int) -> HttpResponse:
    """Show a subject, and say what it is from a day on."""
    person = me(request)
    require(person, "register.see")
    page = subject_page(person.body, subject)
    known = attributes_known(person.body)
    form = AttributeForm(request.POST or None, known=known, initial={"type": "yes-no"})
    if request.method == "POST":
        require(person, "subject.change")
        if form.is_valid() and tried(form, partial(_set, person, subject, form)):
            messages.success(request, say("属性を登録しました。数えもすぐに変わります。", "Saved. Counts follow at once."))  # fmt: skip
            return redirect("desk:subject", subject)
    context = {
        "page": page,
        "name": subject_name(page.row),
        "form": form,
        "known": sorted(known),
        "changes": may(person, "subject.change") and page.into is None,
        "registers": [each for each in page.registers if _sees(person, each, page.row.person)],
    }
    return render(request, "desk/subjects/one.html", context, status=422 if form.errors else 200)


def _set(person: Any, subject: int, form: AttributeForm) -> None:
    name, value, first = form.said()
    set_attribute(by=person, subject=subject, name=name, value=value, first=first)


def _sees(person: Any, each: Any, of_person: bool) -> bool:
    """Whether somebody sees which entries of a register are about a subject: of a person who may see who he is there."""
    if of_person:
        return knows(person, each.department)
    of = frozenset({each.department})
    return each.kind.rows == "internal" or Need("register.write", of).met(person)


def subject_name(row: SubjectRow) -> str:
    """Return what a subject is called; of a person only which one."""
    if row.person:
        return say("個人 {n}", "person {n}", n=row.pk)
    return row.name or say("（名称なし）", "(no name)")


@login_required
@require_http_methods(["GET", "POST"])
def renamed(request: HttpRequest, subject: int) -> HttpResponse:
    """Correct an organisation's name and corporate number, with a reason; counts stay as they are."""
    person = me(request)
    require(person, "subject.change")
    page = subject_page(person.body, subject)
    if page.row.person or page.into is not None:
        raise NoSuchPage
    stands = {"name": page.row.name, "number": page.row.number or ""}
    form = RenameForm(request.POST or None, initial={**stands, "keeps": True})
    if request.method == "POST" and form.is_valid() and tried(form, partial(_renamed, request, subject, form), {NumberTaken: "number"}):  # fmt: skip
        return redirect("desk:subject", subject)
    context = {
        "page": page,
        "name": subject_name(page.row),
        "form": form,
        "seen": seen(request, form, page.stamp, stands=lambda: stands),
    }
    return render(request, "desk/subjects/rename.html", context, status=422 if form.errors else 200)


def _renamed(request: HttpRequest, subject: int, form: forms.Form) -> None:
    said = form.cleaned_data
    rename(
        by=me(request), subject=subject, name=said["name"], number=said["number"], reason=said["reason"],
        keeps=said["keeps"], seen=number_of(request.POST.get("seen")),
    )  # fmt: skip
    messages.success(request, say("名称と法人番号を直しました。数えは変わっていません。", "Corrected. Counts are as they were."))  # fmt: skip


@login_required
@require_POST
def attribute_drop(request: HttpRequest, subject: int) -> HttpResponse:
    """Take out what was said of a subject by mistake."""
    person = me(request)
    require(person, "subject.change")
    name, first = request.POST.get("name", ""), read_day(request.POST.get("first", ""))
    set_attribute(by=person, subject=subject, name=name, value=None, first=first)
    messages.success(request, say("属性を取り消しました。", "Taken out."))
    return redirect("desk:subject", subject)


@login_required
@require_GET
def alike(request: HttpRequest) -> HttpResponse:
    """Show subjects that may be one."""
    person = me(request)
    require(person, "register.see")
    pairs = [(pair, subject_name(pair.one), subject_name(pair.other)) for pair in duplicates(person.body)]  # fmt: skip
    return render(request, "desk/subjects/alike.html", {"pairs": pairs, "changes": may(person, "subject.change")})  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, subject: int, other: int) -> HttpResponse:
    """Make two subjects one, with a reason."""
    person = me(request)
    require(person, "subject.change")
    pages = [subject_page(person.body, pk) for pk in (subject, other)]
    pair = [(page.row.pk, subject_name(page.row)) for page in pages]
    form = MergeForm(request.POST or None, pair=pair, initial={"into": other})
    if request.method == "POST" and form.is_valid() and tried(form, partial(_merged, request, subject, other, form)):  # fmt: skip
        return redirect("desk:subject", form.cleaned_data["into"])
    context = {"pages": [(page, subject_name(page.row)) for page in pages], "form": form}
    return render(request, "desk/subjects/together.html", context, status=422 if form.errors else 200)  # fmt: skip


def _merged(request: HttpRequest, subject: int, other: int, form: forms.Form) -> None:
    into = form.cleaned_data["into"]
    goes = subject if into == other else other
    merge(by=me(request), subject=goes, into=into, reason=form.cleaned_data["reason"])
    messages.success(request, say("一つにしました。数えもすぐに変わります。", "They are one now. Counts follow at once."))  # fmt: skip


@login_required
@require_GET
def choose(request: HttpRequest, subject: int) -> HttpResponse:
    """Find the other one with whom a subject is to be made one."""
    person = me(request)
    require(person, "subject.change")
    page = subject_page(person.body, subject)
    words = request.GET.get("q", "")
    found = subjects(person.body, words).rows if words.strip() else ()
    context = {
        "page": page,
        "name": subject_name(page.row),
        "q": words,
        "found": [row for row in found if row.pk != subject],
    }
    return render(request, "desk/subjects/choose.html", context)
