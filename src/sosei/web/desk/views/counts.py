"""数える指標の画面. An indicator is tied to a measure, or no longer; what is counted becomes what is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.evidence.measures import parse
from sosei.evidence.queries.measures import kinds_of, said
from sosei.evidence.queries.measures import measures as measures_of
from sosei.ledger.actions.counted import count_by, count_no_more, marks, record_counts
from sosei.ledger.queries.counted import CountShown, counts_of_lines
from sosei.ledger.queries.indicator import indicator_page
from sosei.ledger.refusals import OtherCountUnit
from sosei.ledger.typed import same_unit
from sosei.offices.permissions import require
from sosei.web.desk.forms.fields import offer, pick, reason
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.saying import said as said_later
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me


@dataclass(frozen=True, slots=True)
class Counted:
    """数え. A count of an indicator with its measure's sentence."""

    shown: CountShown
    sentence: str


@dataclass(frozen=True, slots=True)
class Offered:
    """選べる数え方."""

    pk: int
    name: str
    sentence: str
    unit: str


class TieForm(forms.Form):
    """数え方を選ぶ."""

    measure = pick("数え方", "Measure", widget=forms.RadioSelect)


class UntieForm(forms.Form):
    """数え方を外す."""

    reason = reason(required=True)


class RecordForm(forms.Form):
    """数えた値を記載にする."""

    reason = reason(
        help_text=said_later(
            "いまの記載が数のときは、変える理由を書いてください。", "Needed where a number is recorded already."
        )
    )  # fmt: skip


def counted(body: str, lines: Iterable[int]) -> list[Counted]:
    """Return the counts of indicators, each with its sentence."""
    found = counts_of_lines(lines)
    kinds = kinds_of(body) if found else {}
    return [Counted(one, said(parse(one.text), kinds, lang())) for one in found]


@login_required
@require_http_methods(["GET", "POST"])
def count_tie(request: HttpRequest, line: int) -> HttpResponse:
    """Choose the measure that an indicator is counted by."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "definition.change", page.departments)
    now = counted(person.body, [line])
    fitting, others = _offered(person.body, page.unit)
    form = TieForm(request.POST or None, initial={"measure": now[0].shown.measure if now else None})
    offer(form, "measure", [(one.pk, one.name) for one in fitting])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["measure"]
        if tried(form, lambda: count_by(by=person, line=line, measure=chosen), {OtherCountUnit: "measure"}):  # fmt: skip
            messages.success(
                request, say("数え方を結び付けました。", "The indicator is now counted.")
            )
            return redirect("desk:indicator", line)
    context = {"page": page, "form": form, "fitting": fitting, "others": others, "now": now}
    return render(request, "desk/measures/tie.html", context, status=422 if form.errors else 200)


def _offered(body: str, unit: str | None) -> tuple[list[Offered], list[Offered]]:
    """Return the measures in an indicator's unit, and those in another."""
    every = [Offered(one.pk, one.name, one.sentence(lang()), one.tree.unit) for one in measures_of(body)]  # fmt: skip
    fitting = [one for one in every if not unit or same_unit(unit, one.unit)]
    return fitting, [one for one in every if one not in fitting]


@login_required
@require_http_methods(["GET", "POST"])
def count_untie(request: HttpRequest, line: int) -> HttpResponse:
    """Let an indicator be counted no more; what was recorded stays."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "definition.change", page.departments)
    now = counted(person.body, [line])
    if not now:
        raise NoSuchPage
    form = UntieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        role: Any = now[0].shown.role
        if tried(form, lambda: count_no_more(by=person, line=line, reason=why, role=role)):
            messages.success(request, say("数え方を外しました。", "It is counted no more."))
            return redirect("desk:indicator", line)
    context = {"page": page, "form": form, "now": now}
    return render(request, "desk/measures/untie.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def count_record(request: HttpRequest, line: int) -> HttpResponse:
    """Record what is counted to the end."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "value.record", page.departments | {page.owed_by or 0})
    now = counted(person.body, [line])
    if not now:
        raise NoSuchPage
    form = RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why, mark = form.cleaned_data["reason"], request.POST.get("seen", "")
        made: list[Any] = []
        if tried(
            form,
            lambda: made.extend(record_counts(by=person, lines=[line], reason=why, seen=mark)),
        ):
            _say_recorded(request, bool(made))
            return redirect("desk:indicator", line)
        now = counted(person.body, [line])
    mark_now = marks(one.shown for one in now)
    context = {"page": page, "form": form, "now": now, "seen": seen(request, form, mark_now)}
    return render(request, "desk/measures/record.html", context, status=422 if form.errors else 200)


def _say_recorded(request: HttpRequest, written: bool) -> None:
    if written:
        messages.success(
            request, say("数えた値を記載にしました。", "The count is now what is recorded.")
        )
    else:
        messages.info(request, say("記載はもう数えと同じか、数えがまだ終わっていません。", "The record says so already, or it is still being counted."))  # fmt: skip
