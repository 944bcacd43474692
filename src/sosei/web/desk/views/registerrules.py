"""補助の定めの画面. The rules by which the subsidies of a register are reckoned, changed without code; each change is a version."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.evidence.actions.registers import change_register
from sosei.evidence.kinds import kind_of
from sosei.evidence.measures.refusals import BadRegisterKind
from sosei.evidence.queries.reckoning import rules_said
from sosei.evidence.queries.registers import RegisterShown
from sosei.evidence.queries.registers import register as register_shown
from sosei.offices.permissions import require
from sosei.web.desk.forms.registerrules import (
    RulesForm,
    Terms,
    begins,
    rules_of,
    tell,
    terms_begin,
)
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


@login_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, register: int) -> HttpResponse:
    """Show and change by what rules the cases of a register are reckoned."""
    person = me(request)
    shown = register_shown(person.body, register)
    require(person, "register.make", [shown.department])
    if shown.kind.kind != "case":
        raise NoSuchPage
    form = RulesForm(request.POST or None, kind=shown.kind, initial=begins(shown.kind))
    rows: Any = Terms(request.POST or None, initial=terms_begin(shown.kind), prefix="t")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        table = _checked(shown, form, rows)
        if table is not None and tried(form, partial(_changed, request, shown, table, form)):
            messages.success(request, say("補助の定めを変えました。", "The rules were changed."))
            return redirect("desk:register_definition", register)
        shown = register_shown(person.body, register)
    wrong = form.is_bound and (form.errors or any(row.errors for row in rows))
    sight = seen(request, form, shown.stamp, stands=lambda: begins(shown.kind))
    context = {"one": shown, "form": form, "rows": rows, "wrong": wrong, "seen": sight, "rules": rules_said(shown.kind)}  # fmt: skip
    return render(request, "desk/registers/rules.html", context, status=422 if wrong else 200)


def _checked(shown: RegisterShown, form: RulesForm, rows: Any) -> dict[str, Any] | None:
    """Return the definition that the forms say, None where something is wrong: then it stands at its field."""
    table = rules_of(shown.kind, form, rows)
    try:
        kind_of(shown.kind.key, table)
    except BadRegisterKind as error:
        tell(error.found, form, rows)
        return None
    return table


def _changed(
    request: HttpRequest, shown: RegisterShown, table: dict[str, Any], form: RulesForm
) -> None:
    change_register(
        by=me(request), register=shown.pk, seen=number_of(request.POST.get("seen")) or 0, definition=table,
        reason=form.cleaned_data["reason"], keep_years=shown.keep_years,
    )  # fmt: skip
