"""公開フォームの机. Forms of a register made, changed, opened, closed; what waits looked at; the address as a QR code to print."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.evidence.actions.publicforms import (
    accept_submission,
    change_form,
    close_form,
    open_form,
    refuse_submission,
    see_submission,
    seeing,
)
from sosei.evidence.publicforms import HELD_DAYS, MUCH
from sosei.evidence.queries.publicforms import (
    FormShown,
    form_of_submission,
    form_shown,
    forms_of,
    submissions,
)
from sosei.evidence.queries.registers import register as register_shown
from sosei.evidence.refusals_forms import SlugTaken
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.publicentry import PublicForm
from sosei.web.desk.forms.publicforms import PublicFormForm, initial_form
from sosei.web.desk.qr import qr_path
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import Where, tried
from sosei.web.desk.views.registers import needs, sees_rows
from sosei.web.desk.who import me, number_of

_WHERE: Final[Where] = {SlugTaken: "slug"}


@login_required
@require_GET
def forms(request: HttpRequest, register: int) -> HttpResponse:
    """List the forms of a register."""
    person = me(request)
    require(person, "register.see")
    shown = register_shown(person.body, register)
    context = {
        "one": shown, "needs": needs(person, shown), "sees_rows": sees_rows(person, shown),
        "forms": forms_of(person.body, register),
    }  # fmt: skip
    return render(request, "desk/publicforms/list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def form_new(request: HttpRequest, register: int) -> HttpResponse:
    """Make a form."""
    person = me(request)
    shown = register_shown(person.body, register)
    require(person, "register.make", [shown.department])
    many = len(forms_of(person.body, register))
    form = PublicFormForm(
        request.POST or None, kind=shown.kind, initial={"slug": _ready(shown.kind.key, register, many)}
    )  # fmt: skip
    made: list[int] = []
    if request.method == "POST" and form.is_valid() and tried(
        form, lambda: made.append(open_form(by=person, register=register, said=form.said).pk), _WHERE
    ):  # fmt: skip
        messages.success(request, say("公開フォームを作りました。", "The form was made."))
        return redirect("desk:form", made[0])
    context = {"one": shown, "form": form}
    return render(request, "desk/publicforms/new.html", context, status=422 if form.errors else 200)  # fmt: skip


def _ready(key: str, register: int, many: int) -> str:
    """Return an address that no other form has, unless somebody typed it: of the register's key and number."""
    more = f"-{many + 1}" if many else ""
    return f"{key.lower().replace('_', '-')[:24].strip('-')}-{register}{more}"


@login_required
@require_GET
def form(request: HttpRequest, form: int) -> HttpResponse:
    """Show a form: its address, what it asks, what waits."""
    context = _page(request, form) | {"rows": submissions(form)}
    return render(request, "desk/publicforms/form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def form_change(request: HttpRequest, form: int) -> HttpResponse:
    """Change a form."""
    person = me(request)
    own = form_shown(person.body, form)
    require(person, "register.make", [own.department])
    typed = PublicFormForm(request.POST or None, kind=own.kind, initial=initial_form(own.said))
    if request.method == "POST" and typed.is_valid() and tried(
        typed,
        lambda: change_form(by=person, form=form, seen=number_of(request.POST.get("seen")) or 0, said=typed.said),
        _WHERE,
    ):  # fmt: skip
        messages.success(request, say("直しました。", "Changed."))
        return redirect("desk:form", form)
    context = _page(request, form) | {
        "form": typed,
        "seen": seen(request, typed, own.stamp, stands=lambda: initial_form(own.said)),
    }
    return render(request, "desk/publicforms/change.html", context, status=422 if typed.errors else 200)  # fmt: skip


@login_required
@require_POST
def form_close(request: HttpRequest, form: int) -> HttpResponse:
    """Close a form to the public."""
    close_form(by=me(request), form=form, seen=number_of(request.POST.get("seen")) or 0)
    messages.success(request, say("公開を終わりました。", "It is no longer open to the public."))
    return redirect("desk:form", form)


@login_required
@require_GET
def form_preview(request: HttpRequest, form: int) -> HttpResponse:
    """Show a form as the public sees it; nothing is sent from here."""
    context = _page(request, form)
    own: FormShown = context["own"]
    context["form"] = PublicForm(None, kind=own.kind, columns=own.columns)
    return render(request, "desk/publicforms/preview.html", context)


@login_required
@require_GET
def form_qr(request: HttpRequest, form: int) -> HttpResponse:
    """Show the address as a QR code, with the address in text, to print."""
    context = _page(request, form)
    side, path = qr_path(context["address"])
    return render(request, "desk/publicforms/qr.html", context | {"side": side, "path": path})


@login_required
@require_POST
def submission(request: HttpRequest, submission: int) -> HttpResponse:
    """See what was submitted, which the journal notes; accept it, or refuse it."""
    person, do = me(request), request.POST.get("do", "see")
    own, row = form_of_submission(person.body, submission)
    if do == "accept":
        entered = accept_submission(by=person, submission=submission)
        messages.success(
            request, say("登録{n}番として登録しました。", "Entered as no. {n}.", n=entered.entry)
        )
        return redirect("desk:form", own.pk)
    if do == "refuse":
        refuse_submission(by=person, submission=submission)
        messages.success(
            request, say("登録せず、内容を消しました。", "Not entered; what was typed is deleted.")
        )
        return redirect("desk:form", own.pk)
    said = see_submission(by=person, submission=submission)
    shown = [(one, said.get(one.key, "")) for one in own.columns]
    return render(request, "desk/publicforms/submission.html", _page(request, own.pk) | {"row": row, "shown": shown})  # fmt: skip


def _page(request: HttpRequest, form: int) -> dict[str, Any]:
    """Return what every page of a form shows. Raises NotAllowed, NoSuchRow."""
    person = me(request)
    require(person, "register.see")
    own = form_shown(person.body, form)
    shown = register_shown(person.body, own.register)
    address = request.build_absolute_uri(reverse("public:fill", args=[own.said.slug]))
    sees = all(may(person, verb, [own.department]) for verb in seeing(own.kind))
    return {
        "own": own, "one": shown, "needs": needs(person, shown), "sees_rows": sees_rows(person, shown), "address": address,
        "sees": sees, "held_days": HELD_DAYS, "much": MUCH[own.said.mode],
    }  # fmt: skip
