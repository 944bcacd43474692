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
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.measures import parse
from sosei.evidence.queries.measures import measures as measures_of
from sosei.evidence.queries.measures import said
from sosei.ledger.actions.counted import count_by, count_no_more, record_counts
from sosei.ledger.queries.counted import CountShown, counts_of_entry, tied_to
from sosei.ledger.queries.indicator import indicator_page
from sosei.ledger.queries.marks import marks
from sosei.ledger.queries.owned import entry_in
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


def spoken(counts: Iterable[CountShown]) -> list[Counted]:
    """Return counts, each with the sentence of its measure."""
    return [Counted(one, said(parse(one.text), one.kinds, lang())) for one in counts]


@login_required
@require_GET
def entry_counts(request: HttpRequest, entry: int) -> HttpResponse:
    """Show what is counted for a project beside what is recorded: a piece of its page, or a page of its own."""
    person = me(request)
    require(person, "book.see")
    row = entry_in(person.body, entry)
    context = {"row": row, "name": row.called(), "counts": counts_of_entry(person.body, entry)}
    piece = bool(request.headers.get("HX-Request"))
    return render(request, f"desk/measures/{'_entry' if piece else 'entry'}.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def count_tie(request: HttpRequest, line: int) -> HttpResponse:
    """Choose the measure that an indicator is counted by."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "definition.change", page.departments)
    fitting, others = _offered(person.body, page.unit)
    form = TieForm(request.POST or None, initial={"measure": tied_to(page.indicator)})
    offer(form, "measure", [(one.pk, one.name) for one in fitting])
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["measure"]
        if tried(form, lambda: count_by(by=person, line=line, measure=chosen), {OtherCountUnit: "measure"}):  # fmt: skip
            messages.success(
                request, say("数え方を結び付けました。", "The indicator is now counted.")
            )
            return redirect("desk:indicator", line)
    context = {"page": page, "form": form, "fitting": fitting, "others": others}
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
    page = indicator_page(person, line, lang(), counted=True)
    require(person, "definition.change", page.departments)
    now = spoken(page.counts)
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
    page = indicator_page(person, line, lang(), counted=True)
    require(person, "value.record", page.departments | {page.owed_by or 0})
    now = spoken(page.counts)
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
        now = spoken(indicator_page(person, line, lang(), counted=True).counts)
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
