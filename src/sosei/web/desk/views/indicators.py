"""指標の画面. An indicator's life, and its figures one at a time: actual, target, baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.core.shown import show_value
from sosei.ledger.actions.figures import change_baseline, change_target, record_value
from sosei.ledger.queries.entryedit import departments_offered
from sosei.ledger.queries.figures import FigureShown, newest
from sosei.ledger.queries.indicator import IndicatorPage, YearShown, indicator_page
from sosei.ledger.typed import Typed
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.indicators import TargetForm, ValueForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.seen import Seen, seen
from sosei.web.desk.trying import tried
from sosei.web.desk.views.counts import spoken
from sosei.web.desk.who import me, number_of

_ROLES: Final = ("actual", "cumulative_actual")


@login_required
@require_GET
def indicator(request: HttpRequest, line: int) -> HttpResponse:
    """Show an indicator over its life."""
    person = me(request)
    require(person, "book.see")
    page = indicator_page(person, line, lang(), counted=True)
    context = {
        "page": page,
        "counts": spoken(page.counts),
        "sees_registers": may(person, "register.see"),
    }
    return render(request, "desk/book/indicator.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def value_edit(request: HttpRequest, line: int) -> HttpResponse:
    """Record an actual of a year. `?point=` or `?year=` (neither: the entry's own), `?role=`."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "value.record", page.departments | {page.owed_by or 0})
    role = request.GET.get("role", "actual")
    if role not in _ROLES:
        raise NoSuchPage
    year, number = _year(request, page)
    now = _now(year, role)
    departments = departments_offered(person.body)
    form = ValueForm(
        request.POST or None, departments=departments, initial=_said(now, page, departments)
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        typed = Typed(
            text=said["text"], state=said["state"] or None, as_of=said["as_of"] or None,
            expected_on=said["expected_on"], owed_by=number_of(said["owed_by"]),
            reason=said["reason"],
        )  # fmt: skip
        if tried(
            form,
            lambda: record_value(
                by=person, line=line, typed=typed, role=role,  # type: ignore[arg-type]
                seen=number_of(request.POST.get("seen")), **number,
            ),
        ):  # fmt: skip
            messages.success(request, say("実績値を登録しました。", "The value is recorded."))
            return redirect("desk:entry", page.entry)
        page = indicator_page(person, line, lang())
        year, _ = _year(request, page)
        now = _now(year, role)
    stands = _seen(request, form, now, lambda: _said(now, page, departments))
    context = {"page": page, "year": year, "role": role, "now": now, "form": form, "shown_year": _shown(year, number, page), "seen": stands}  # fmt: skip
    return render(request, "desk/book/value.html", context, status=422 if form.errors else 200)


def _year(
    request: HttpRequest, page: IndicatorPage
) -> tuple[YearShown | None, dict[str, int | None]]:
    """Return the year that the address names, where it is there, and how the action calls it."""
    point, year = number_of(request.GET.get("point")), number_of(request.GET.get("year"))
    found = page.year_of(point=point, year=year)
    if point is not None and found is None:
        raise NoSuchPage
    return found, {"point": found.point if found else None, "year": None if found else year}


def _shown(
    year: YearShown | None, number: dict[str, int | None], page: IndicatorPage
) -> int | None:  # fmt: skip
    return year.year if year else number["year"] or page.home


def _now(year: YearShown | None, role: str) -> FigureShown | None:
    if year is None:
        return None
    return {"actual": year.actual, "cumulative_actual": year.cumulative, "target": year.target}[
        role
    ]


def _said(
    now: FigureShown | None, page: IndicatorPage, departments: list[tuple[int, str]]
) -> dict[str, Any]:
    """Return what the form begins with: the figure as it was typed or as it is shown."""
    owed = page.owed_by or next(iter(sorted(page.departments)), None)
    if now is None:
        return {"owed_by": owed}
    by_name = next((pk for pk, name in departments if name == now.owed_by), owed)
    return {
        "text": _text(now, page),
        "state": now.state or "",
        "as_of": now.core.as_of or "",
        "expected_on": now.expected_on,
        "owed_by": by_name,
    }


def _text(now: FigureShown, page: IndicatorPage) -> str:
    return show_value(now.core, unit=page.unit)[0]


def _target(now: FigureShown | None, page: IndicatorPage) -> dict[str, Any]:
    return {"text": _text(now, page) if now else ""}


def _seen(
    request: HttpRequest,
    form: forms.Form,
    now: FigureShown | None,
    stands: Callable[[], dict[str, Any]],
) -> Seen:
    """Return what a figure's form says its person saw: the figure that stood there, 0 where there was none."""
    return seen(
        request, form, now.value if now else 0,
        stands=stands, by=lambda: now.recorded if now else None,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def target_edit(request: HttpRequest, line: int) -> HttpResponse:
    """Set or change a target. `?point=` or `?year=` (neither: the entry's own)."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "target.change", page.departments)
    year, number = _year(request, page)
    now = _now(year, "target")
    form = TargetForm(request.POST or None, initial=_target(now, page))
    if request.method == "POST" and form.is_valid():
        typed = Typed(text=form.cleaned_data["text"], reason=form.cleaned_data["reason"])
        mark = number_of(request.POST.get("seen"))
        if tried(
            form, lambda: change_target(by=person, line=line, typed=typed, seen=mark, **number)
        ):
            messages.success(request, say("目標値を登録しました。", "The target is recorded."))
            return redirect("desk:indicator", line)
        page = indicator_page(person, line, lang())
        year, _ = _year(request, page)
        now = _now(year, "target")
    stands = _seen(request, form, now, lambda: _target(now, page))
    context = {"page": page, "year": year, "now": now, "form": form, "what": "target", "shown_year": _shown(year, number, page), "seen": stands}  # fmt: skip
    return render(request, "desk/book/target.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def baseline_edit(request: HttpRequest, line: int) -> HttpResponse:
    """Set or change the baseline of the definition in force."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "definition.change", page.departments)
    now = newest(page.now.figures, "baseline")
    form = TargetForm(request.POST or None, initial=_target(now, page))
    if request.method == "POST" and form.is_valid():
        typed = Typed(text=form.cleaned_data["text"], reason=form.cleaned_data["reason"])
        mark = number_of(request.POST.get("seen"))
        if tried(form, lambda: change_baseline(by=person, line=line, typed=typed, seen=mark)):
            messages.success(request, say("基準値を登録しました。", "The baseline is recorded."))
            return redirect("desk:indicator", line)
        page = indicator_page(person, line, lang())
        now = newest(page.now.figures, "baseline")
    stands = _seen(request, form, now, lambda: _target(now, page))
    context = {"page": page, "year": None, "now": now, "form": form, "what": "baseline", "seen": stands}  # fmt: skip
    return render(request, "desk/book/target.html", context, status=422 if form.errors else 200)
