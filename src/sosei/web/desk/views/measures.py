"""数え方の画面. All measures with what they say of a year; one of them with its answers, who is silent, and its past."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.core.fiscal import RANGE, FiscalYear
from sosei.evidence.queries.measures import answers, measure_page, measure_shown
from sosei.evidence.queries.measures import measures as measures_of
from sosei.journal.clock import today
from sosei.ledger.actions.counted import drop_unused
from sosei.ledger.queries.counted import used_by
from sosei.ledger.queries.rollover import newest_of
from sosei.ledger.queries.spent import spent_by
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.fields import reason
from sosei.web.desk.measurewords import years_up_to
from sosei.web.desk.saying import say
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


class DropForm(forms.Form):
    """数え方をやめる."""

    reason = reason(required=True)


@login_required
@require_GET
def measures(request: HttpRequest) -> HttpResponse:
    """List the measures, with what each says of a year."""
    person = me(request)
    require(person, "register.see")
    year = asked_year_of(request)
    counted, used, paid = answers(person.body, [year]), used_by(person.body), spent_by(person.body)
    rows = [
        (one, counted[one.pk], used.get(one.pk, []), paid.get(one.pk, [])) for one in measures_of(person.body)
    ]  # fmt: skip
    context = {
        "rows": rows, "year": year, "years": years_up_to(usual_year(person.body), [year]),
        "defines": may(person, "measure.define"), "sees_book": may(person, "book.see"),
    }  # fmt: skip
    return render(request, "desk/measures/index.html", context)


@login_required
@require_GET
def measure(request: HttpRequest, measure: int) -> HttpResponse:
    """Show a measure: what it says, year by year, and all about one year."""
    person = me(request)
    require(person, "register.see")
    year = asked_year_of(request)
    years = years_up_to(usual_year(person.body), [year])
    page = measure_page(person.body, measure, years, year)
    context = {
        "page": page, "one": page.shown, "year": year, "years": years, "used": used_by(person.body).get(measure, []),
        "paid": spent_by(person.body).get(measure, []), "answer": page.counted.answers[year], "asked": page.counted.asked[year], "kinds": page.shown.kinds,
        "defines": may(person, "measure.define"), "sees_book": may(person, "book.see"),
        "sees_journal": may(person, "journal.see"),
    }  # fmt: skip
    return render(request, "desk/measures/one.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def measure_drop(request: HttpRequest, measure: int) -> HttpResponse:
    """Drop a measure that no indicator is counted by."""
    person = me(request)
    require(person, "measure.define")
    one = measure_shown(person.body, measure)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["reason"]
        if tried(form, lambda: drop_unused(by=person, measure=measure, reason=said)):
            messages.success(
                request, say("「{n}」をやめました。", "“{n}” was dropped.", n=one.name)
            )
            return redirect("desk:measures")
    context = {
        "one": one, "form": form, "used": used_by(person.body).get(measure, []), "paid": spent_by(person.body).get(measure, []),
    }  # fmt: skip
    return render(request, "desk/measures/drop.html", context, status=422 if form.errors else 200)


def usual_year(body: str) -> int:
    """Return the year that people are at work on: the newest report's, else the one that ended last."""
    newest = [year for _, year, _ in newest_of(body)]
    return max(newest, default=FiscalYear.of(today()).start - 1)


def asked_year_of(request: HttpRequest) -> int:
    """Return the fiscal year that an address asks for; the usual one where it asks for none there can be."""
    person: Any = me(request)
    said = number_of(request.GET.get("year") or request.POST.get("year"))
    return said if said is not None and said in RANGE else usual_year(person.body)
