"""台帳の定義の画面. What a register holds: shown, drawn from nothing or from another, changed, ended; never by code."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.actions.registers import change_register, end_register, make_register
from sosei.evidence.definitions import fresh_key
from sosei.evidence.kinds import RegisterKind, catalogue
from sosei.evidence.proposing import proposed
from sosei.evidence.queries.making import fields_used, has_entries, keys_taken, rosters
from sosei.evidence.queries.registers import RegisterShown
from sosei.evidence.queries.registers import register as register_shown
from sosei.journal.history import history
from sosei.offices.permissions import may, require
from sosei.offices.queries.people import names_of
from sosei.web.desk.forms.closings import ReasonForm
from sosei.web.desk.forms.registerdefinition import (
    SPARE,
    DefinitionForm,
    Rows,
    definition_of,
    head_of,
    moved,
    rows_of,
    typed_rows,
)
from sosei.web.desk.registerwords import register_name
from sosei.web.desk.saying import lang, say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.uploads import taken
from sosei.web.desk.views.registers import departments, needs, own_department, sees_rows
from sosei.web.desk.who import me, number_of

#: The key of a register that is drawn from nothing, before its number.
_NEW = "register"


@login_required
@require_GET
def definition(request: HttpRequest, register: int) -> HttpResponse:
    """Show what a register holds, and how that changed."""
    person = me(request)
    require(person, "register.see")
    shown = register_shown(person.body, register)
    steps = history(person.body, "evidence.register", register, lang())
    context = {
        "one": shown,
        "needs": needs(person, shown),
        "sees_rows": sees_rows(person, shown),
        "steps": steps,
        "names": names_of(person.body, {step.by for step in steps if step.by}),
        "sees_journal": may(person, "journal.see"),
    }
    return render(request, "desk/registers/definition.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def blank(request: HttpRequest) -> HttpResponse:
    """Draw a register from nothing, or from a kind of the catalogue (`from`)."""
    person = me(request)
    require(person, "register.make")
    base = catalogue().get(request.GET.get("from", ""))
    head = (head_of(base) if base else {}) | {"department": own_department(person)}
    form, rows = forms_of(request, None, head, rows_of(base) if base else [{}] * SPARE)
    if request.method == "POST" and "row" not in request.POST:
        key = fresh_key(base.key if base else _NEW, keys_taken(person.body))
        table = definition_of(key, form, rows, base=base)
        made: list[Any] = []
        if table is not None and tried(form, lambda: made.append(_made(person, key, table, form))):
            messages.success(
                request, say("「{n}」を作りました。", "“{n}” was made.", n=table["ja"])
            )
            return redirect("desk:register", made[0].pk)
    return drawn(request, form, rows, {"base": base})


def _made(person: Any, key: str, table: dict[str, Any], form: DefinitionForm) -> Any:
    said = form.cleaned_data
    return make_register(
        by=person, key=key, definition=table, department=said["department"], keep_years=said["keep_years"],
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def from_sheet(request: HttpRequest) -> HttpResponse:
    """Propose a register from the header of a sheet; the form that follows makes it."""
    person = me(request)
    require(person, "register.make")
    if request.method == "GET":
        return render(request, "desk/registers/from_sheet.html", {})
    name, data = taken(request.FILES.get("file"))
    found = proposed(data, name)
    kwargs = _offered(person, None) | {"initial": found.head | {"department": own_department(person)}}  # fmt: skip
    rows = Rows(initial=list(found.fields) or [{}] * SPARE, prefix="c")
    return drawn(request, DefinitionForm(**kwargs), rows, {"sheet": found})


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, register: int) -> HttpResponse:
    """Change what a register holds, with a reason; what entries use stays."""
    person = me(request)
    shown = register_shown(person.body, register)
    require(person, "register.make", [shown.department])
    used = fields_used(register)
    form, rows = forms_of(request, shown, _head(shown), rows_of(shown.kind), used=used)
    if request.method == "POST" and "row" not in request.POST:
        table = definition_of(shown.kind.key, form, rows, shown.kind)
        if table is not None and tried(form, partial(_changed, request, shown, table, form)):
            messages.success(request, say("定義を変えました。", "The definition was changed."))
            return redirect("desk:register_definition", register)
        shown = register_shown(person.body, register)
    sight = seen(request, form, shown.stamp, stands=lambda: _head(shown))
    return drawn(request, form, rows, {"one": shown, "used": used, "seen": sight})


def _head(shown: RegisterShown) -> dict[str, Any]:
    keep = "" if shown.keep_years is None else str(shown.keep_years)
    return head_of(shown.kind) | {"department": shown.department, "keep_years": keep}


def _changed(
    request: HttpRequest, shown: RegisterShown, table: dict[str, Any], form: DefinitionForm
) -> None:
    said = form.cleaned_data
    change_register(
        by=me(request), register=shown.pk, seen=number_of(request.POST.get("seen")) or 0, definition=table,
        reason=said["reason"], department=said["department"], keep_years=said["keep_years"],
    )  # fmt: skip


def forms_of(
    request: HttpRequest, shown: RegisterShown | None, head: dict[str, Any], rows: list[dict[str, Any]],
    used: Collection[str] = (),
) -> tuple[DefinitionForm, Any]:  # fmt: skip
    """Return the form of a definition and its rows: as it begins, as it was sent, or as a button moved its rows."""
    person, posted = me(request), request.POST
    said = _offered(person, shown)
    kwargs = {"used": used}
    if request.method == "POST" and "row" in posted:
        typed = {**posted.dict(), "groups": "groups" in posted, "confidential": "confidential" in posted}  # fmt: skip
        there = moved(typed_rows(Rows(posted, prefix="c", form_kwargs=kwargs)), posted["row"])
        return DefinitionForm(initial=typed, **said), Rows(initial=there, prefix="c", form_kwargs=kwargs)  # fmt: skip
    if request.method == "POST":
        return DefinitionForm(posted, initial=head, **said), Rows(posted, prefix="c", form_kwargs=kwargs)  # fmt: skip
    return DefinitionForm(initial=head, **said), Rows(initial=rows, prefix="c", form_kwargs=kwargs)


def _offered(person: Any, shown: RegisterShown | None) -> dict[str, Any]:
    """Return what a form of a definition offers."""
    return {
        "departments": departments(person),
        "rosters": _rosters(person, shown.kind if shown else None),
        "stands": shown.kind if shown else None,
        "fixed": shown is not None and has_entries(shown.pk),
        "changes": shown is not None,
    }


def _rosters(person: Any, stands: RegisterKind | None) -> list[tuple[str, str]]:
    """Return the rosters that a survey may ask; the one that it asks, though there be no such register."""
    there = [(key, ja if lang() == "ja" else en) for key, ja, en in rosters(person.body)]
    asked = stands.asks if stands else None
    if asked and asked not in dict(there):
        there.append((asked, register_name(catalogue()[asked]) if asked in catalogue() else asked))
    return there


def drawn(
    request: HttpRequest, form: DefinitionForm, rows: Any, more: dict[str, Any]
) -> HttpResponse:
    """Show the form of a definition."""
    wrong = form.is_bound and (form.errors or any(row.errors for row in rows))
    context = {"form": form, "rows": rows, "wrong": wrong, **more}
    return render(request, "desk/registers/draw.html", context, status=422 if wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, register: int) -> HttpResponse:
    """End a register, with a reason."""
    person = me(request)
    shown = register_shown(person.body, register)
    require(person, "register.make", [shown.department])
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["reason"]
        if tried(form, lambda: end_register(by=person, register=register, reason=said)):
            messages.success(request, say("「{n}」を廃止しました。登録したものは証跡に残っています。", "“{n}” was ended. What was entered stays in the journal.", n=register_name(shown.kind)))  # fmt: skip
            return redirect("desk:registers")
    context = {"one": shown, "form": form}
    return render(request, "desk/registers/end.html", context, status=422 if form.errors else 200)
