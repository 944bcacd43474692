"""定義の画面. A new indicator, its attributes, a new version of its definition, its rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.ledger.actions.definitions import (
    add_indicator,
    change_definition,
    rest_indicator,
    set_attributes,
)
from sosei.ledger.attributes import COLUMNS
from sosei.ledger.doubts import EmptyProject, UnitStays
from sosei.ledger.queries.definition import definition_of
from sosei.ledger.queries.entryedit import departments_offered, entry_edit_of
from sosei.ledger.queries.indicator import IndicatorPage, indicator_page
from sosei.ledger.queries.latest import latest
from sosei.offices.permissions import require
from sosei.web.desk.forms.indicators import AttributesForm, DefinitionForm, RestForm, VersionForm
from sosei.web.desk.saying import lang, say
from sosei.web.desk.seen import Seen, seen
from sosei.web.desk.trying import Where, tried
from sosei.web.desk.who import me, number_of, pair_of

_WHERE: Where = {EmptyProject: "name", UnitStays: "unit"}


def _initial(page: IndicatorPage) -> dict[str, Any]:
    """Return what a definition says, as the forms take it."""
    said = definition_of(page.now.definition)
    adds = {True: "yes", False: "no", None: ""}
    words = {
        name: adds[said[name]] if name.startswith("adds_") else said[name] or ""
        for name in COLUMNS
    }  # fmt: skip
    return words | {"owed_by": page.owed_by or ""}


def _seen(request: HttpRequest, form: forms.Form, page: IndicatorPage) -> Seen:
    return seen(
        request, form, page.now.seen,
        stands=lambda: _initial(page), by=lambda: latest("definition", page.now.definition),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def indicator_new(request: HttpRequest, entry: int) -> HttpResponse:
    """Add an indicator to a project."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "definition.change", edit.departments)
    form = DefinitionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        if tried(
            form,
            lambda: made.append(
                add_indicator(by=person, entry=entry, attributes=form.attributes())
            ),
            _WHERE,
        ):  # fmt: skip
            messages.success(request, say("指標を加えました。", "The indicator was added."))
            return redirect("desk:indicator", made[0].pk)
    context = {"form": form, "edit": edit}
    return render(
        request, "desk/book/indicator_new.html", context, status=422 if form.errors else 200
    )


@login_required
@require_http_methods(["GET", "POST"])
def attributes_edit(request: HttpRequest, line: int) -> HttpResponse:
    """Fill in or correct what does not change what is measured."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "definition.change", page.departments)
    initial = _initial(page)
    departments = departments_offered(person.body, [page.owed_by], lang())
    form = AttributesForm(request.POST or None, departments=departments, initial=initial)
    if request.method == "POST" and form.is_valid():
        if tried(
            form,
            lambda: set_attributes(
                by=person, line=line, attributes=form.attributes(),
                seen=pair_of(request.POST.get("seen")),
                owed_by=number_of(form.cleaned_data["owed_by"]),
            ),
            _WHERE,
        ):  # fmt: skip
            messages.success(request, say("属性を保存しました。", "The attributes are saved."))
            return redirect("desk:indicator", line)
        page = indicator_page(person, line, lang())
    context = {"form": form, "page": page, "seen": _seen(request, form, page)}
    return render(request, "desk/book/attributes.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def definition_edit(request: HttpRequest, line: int) -> HttpResponse:
    """Begin a new version of what is measured."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "definition.change", page.departments)
    years = range(page.fiscal_year, page.now.from_year, -1) or [page.fiscal_year]
    form = VersionForm(
        request.POST or None, years=years, initial=_initial(page) | {"from_year": page.fiscal_year}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        year = said["from_year"] if said["from_year"] != page.fiscal_year else None
        if tried(
            form,
            lambda: change_definition(
                by=person, line=line, attributes=form.attributes(), why=said["why"],
                seen=pair_of(request.POST.get("seen")), from_year=year,
                comparable=said["comparable"],
            ),
            _WHERE,
        ):  # fmt: skip
            messages.success(request, say("新しい定義にしました。", "The new definition holds."))
            return redirect("desk:indicator", line)
        page = indicator_page(person, line, lang())
    context = {"form": form, "page": page, "seen": _seen(request, form, page)}
    return render(request, "desk/book/definition.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def indicator_rest(request: HttpRequest, line: int) -> HttpResponse:
    """Let an indicator rest from the year after this report's on, or go on again."""
    person = me(request)
    page = indicator_page(person, line, lang())
    require(person, "definition.change", page.departments)
    form = RestForm(request.POST or None)
    year = None if page.rests_since is not None else page.fiscal_year + 1
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form, lambda: rest_indicator(by=person, line=line, year=year, **form.cleaned_data)
        )
    ):
        messages.success(request, say("保存しました。", "Saved."))
        return redirect("desk:indicator", line)
    context = {"form": form, "page": page, "year": year}
    return render(
        request, "desk/book/indicator_rest.html", context, status=422 if form.errors else 200
    )
