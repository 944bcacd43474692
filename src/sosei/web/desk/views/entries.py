"""事業の画面. One project's year to read, and what is written of it: words, departments, bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.core.money import read_yen
from sosei.ledger.actions.entries import Body, add_project, rest_project, set_members, write_entry
from sosei.ledger.queries.counted import counted_among
from sosei.ledger.queries.entry import entry_page
from sosei.ledger.queries.entryedit import EntryEdit, departments_offered, entry_edit_of
from sosei.ledger.queries.latest import latest
from sosei.ledger.queries.signoff import panel
from sosei.ledger.queries.volumes import volume_shown
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.book import EntryForm, MemberForm
from sosei.web.desk.forms.indicators import RestForm
from sosei.web.desk.saying import lang, say
from sosei.web.desk.seen import is_stale, merged, seen
from sosei.web.desk.trying import tried, tried_rows
from sosei.web.desk.who import me, number_of

#: Blank rows that a table offers beyond those that are filled.
_SPARE = 3


@login_required
@require_GET
def entry(request: HttpRequest, entry: int) -> HttpResponse:
    """Show everything of one project in one year."""
    person = me(request)
    require(person, "book.see")
    page = entry_page(person, entry, lang())
    context = {
        "page": page,
        "panel": panel(entry, person),
        "counted": counted_among(one.indicator for one in page.lines),
        "sees_journal": may(person, "journal.see"),
    }
    return render(request, "desk/book/entry.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def entry_new(request: HttpRequest, volume: int) -> HttpResponse:
    """Add a project to a year."""
    person = me(request)
    require(person, "volume.open")
    shown = volume_shown(person.body, volume)
    form = EntryForm(request.POST or None, departments=departments_offered(person.body))
    if request.method == "POST" and form.is_valid():
        made: list[Any] = []
        if tried(
            form,
            lambda: made.append(
                add_project(
                    by=person, volume=volume, words=form.words(), departments=form.charge() or []
                )
            ),
        ):  # fmt: skip
            messages.success(request, say("事業を加えました。", "The project was added."))
            return redirect("desk:entry", made[0].pk)
    context = {"form": form, "volume": shown}
    return render(request, "desk/book/entry_new.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def entry_edit(request: HttpRequest, entry: int) -> HttpResponse:
    """Write the words of a project's year."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "entry.write", edit.departments)
    form = EntryForm(request.POST or None, initial=_initial(edit), **_charge(person, edit))
    if request.method == "POST" and form.is_valid():
        if tried(
            form,
            lambda: write_entry(
                by=person, entry=entry, words=form.words(), departments=form.charge(),
                drop=form.dropped(), seen=number_of(request.POST.get("seen")),
            ),
        ):  # fmt: skip
            messages.success(request, say("保存しました。", "Saved."))
            return redirect("desk:entry", entry)
        edit = entry_edit_of(person.body, entry)
    context = {
        "form": form,
        "edit": edit,
        "seen": seen(
            request, form, edit.seen,
            stands=lambda: _initial(edit), by=lambda: latest("entry", entry),
        ),
    }  # fmt: skip
    return render(request, "desk/book/entry_edit.html", context, status=_status(form))


def _charge(person: Any, edit: EntryEdit) -> dict[str, Any]:
    """Return what the form offers of those in charge: nothing where the person may not hand the project over."""
    if not may(person, "office.arrange"):
        return {}
    offered = departments_offered(person.body, edit.departments, lang())
    return {"departments": offered, "unnamed": edit.unnamed}


def _initial(edit: EntryEdit) -> dict[str, Any]:
    return {
        **edit.words,
        "activities": "\n".join(edit.activities),
        "remarks": "\n".join(edit.remarks),
        "departments": [str(pk) for pk in edit.departments],
    }


def _status(form: forms.BaseForm) -> int:
    return 422 if form.errors else 200


@login_required
@require_http_methods(["GET", "POST"])
def members_edit(request: HttpRequest, entry: int) -> HttpResponse:
    """Write the bodies of a joint project."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "entry.write", edit.departments)
    rows = forms.formset_factory(MemberForm, extra=_SPARE)(
        request.POST or None,
        initial=_bodies(edit) if request.method == "GET" else None,
    )
    refusal = None
    if request.method == "POST" and rows.is_valid():
        refusal = tried_rows(rows, lambda: _members(request, entry, rows))
        if refusal is None:
            messages.success(request, say("保存しました。", "Saved."))
            return redirect("desk:entry", entry)
        edit = entry_edit_of(person.body, entry)
        if is_stale(rows):
            rows = merged(rows, _bodies(edit), _body)
    context = {
        "rows": rows,
        "edit": edit,
        "refusal": refusal,
        "seen": seen(request, rows, edit.seen, by=lambda: latest("entry", entry)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/book/members.html", context, status=status)


def _bodies(edit: EntryEdit) -> list[dict[str, Any]]:
    return [
        {"code": m.code or "", "name": m.name, "lead": m.lead, "yen": "" if m.yen is None else f"{m.yen:,}"}
        for m in edit.members
    ]  # fmt: skip


def _body(row: Mapping[str, Any]) -> str | None:
    """Return what tells one body from another: its code without the check digit, else its name."""
    return (row["code"].strip()[:5] or row["name"].strip()) or None


def _members(request: HttpRequest, entry: int, rows: Any) -> None:
    bodies = [
        Body(
            code=row["code"], name=row["name"], lead=row["lead"],
            yen=read_yen(row["yen"], unit="円")[0] if row["yen"].strip() else None,
        )
        for row in rows.cleaned_data
        if row
    ]  # fmt: skip
    mark = number_of(request.POST.get("seen"))
    set_members(by=me(request), entry=entry, bodies=bodies, seen=mark)


@login_required
@require_http_methods(["GET", "POST"])
def entry_rest(request: HttpRequest, entry: int) -> HttpResponse:
    """Let a project rest from the year after this report's on, or go on again."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "definition.change", edit.departments)
    form = RestForm(request.POST or None)
    year = None if edit.rests_since is not None else edit.fiscal_year + 1
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(
            form, lambda: rest_project(by=person, entry=entry, year=year, **form.cleaned_data)
        )
    ):
        messages.success(request, say("保存しました。", "Saved."))
        return redirect("desk:entry", entry)
    context = {"form": form, "edit": edit, "year": year}
    return render(request, "desk/book/entry_rest.html", context, status=_status(form))
