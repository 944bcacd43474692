"""組織の画面. Departments as of a day, one department with its people and its past, and what may be done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.core.days import read_day
from sosei.core.errors import NotAllowed, SoseiError, Stale
from sosei.journal.clock import today
from sosei.journal.history import history
from sosei.ledger.queries.latest import latest
from sosei.ledger.queries.rollover import newest_of
from sosei.offices.actions import departments as actions
from sosei.offices.permissions import may, require, require_one
from sosei.offices.queries.departments import DepartmentRow, department_on, departments_on
from sosei.offices.queries.people import names_of
from sosei.web.desk.forms.offices import AddForm, CloseForm, CorrectForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.seen import Seen, seen, went_stale
from sosei.web.desk.who import me, number_of

Form = type[forms.Form]


@login_required
@require_GET
def offices(request: HttpRequest) -> HttpResponse:
    """Show the departments as of a day."""
    person = me(request)
    require_one(person, "book.see", "office.arrange")
    day = read_day(request.GET.get("on") or "") or today()
    context = {
        "rows": departments_on(person.body, day),
        "day": day,
        "today": today(),
        "arranges": may(person, "office.arrange"),
        "rolls": may(person, "year.roll"),
        "sees_book": may(person, "book.see"),
        "sees_people": any(
            may(person, v) for v in ("person.arrange", "deputy.name", "journal.see")
        ),
        "volumes": newest_of(person.body),
    }
    return render(request, "desk/offices/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def office_add(request: HttpRequest) -> HttpResponse:
    """Set up a department."""
    person = me(request)
    require(person, "office.arrange")
    form = AddForm(sent(request), initial={"first_day": today()})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        given = {name: said.pop(name) for name in ("code", "name", "first_day")}
        try:
            row = actions.add_department(by=person, more=said, **given)
        except SoseiError as error:
            form.add_error(None, told(error))
        else:
            messages.success(
                request, say("「{n}」を登録しました。", "“{n}” was added.", n=row.name)
            )
            return redirect("desk:office", row.pk)
    return render(request, "desk/offices/add.html", {"form": form}, status=status_of(form))


@login_required
@require_GET
def office(request: HttpRequest, department: int) -> HttpResponse:
    """Show one department."""
    person = me(request)
    require_one(person, "book.see", "office.arrange")
    return _shown(request, _row(person, department))


def _row(person: Any, department: int) -> DepartmentRow:
    row = department_on(person.body, department, today())
    if row is None:
        raise NoSuchPage
    return row


def _shown(
    request: HttpRequest, row: DepartmentRow, refused: forms.Form | None = None, what: str = ""
) -> HttpResponse:
    person = me(request)
    usual = {
        "name": row.name,
        "reading": row.reading,
        "contact": row.contact,
        "planning": row.planning,
    }
    steps = history(person.body, "offices.department", row.pk, lang())
    context: dict[str, Any] = {
        "row": row,
        "steps": steps,
        "names": names_of(person.body, {step.by for step in steps if step.by}),
        "arranges": may(person, "office.arrange"),
        "sees_book": may(person, "book.see"),
        "correct": CorrectForm(initial=usual),
        "close": CloseForm(initial={"last_day": today()}),
        "what": what,
        "sights": {name: Seen(row.stamp) for name in _DONE},
    }
    if refused is not None:
        context[what] = refused
        context["sights"][what] = seen(
            request, refused, row.stamp, name="stamp",
            stands=lambda: usual, by=lambda: latest("department", row.pk),
        )  # fmt: skip
    return render(request, "desk/offices/one.html", context, status=422 if refused else 200)


def _correct(person: Any, row: int, said: dict[str, Any], seen: int | None) -> None:
    actions.correct_department(by=person, department=row, columns=said, seen=seen)


def _close(person: Any, row: int, said: dict[str, Any], seen: int | None) -> None:
    actions.close_department(by=person, department=row, last_day=said["last_day"], seen=seen)


def _reopen(person: Any, row: int, said: dict[str, Any], seen: int | None) -> None:
    actions.reopen_department(by=person, department=row, seen=seen)


_DONE: Final[dict[str, tuple[Form, Callable[..., None]]]] = {
    "correct": (CorrectForm, _correct),
    "close": (CloseForm, _close),
    "reopen": (forms.Form, _reopen),
}


@login_required
@require_POST
def office_do(request: HttpRequest, department: int, what: str) -> HttpResponse:
    """Put right, close or reopen a department."""
    person = me(request)
    require(person, "office.arrange")
    row = _row(person, department)
    if what not in _DONE:
        raise NoSuchPage
    kind, do = _DONE[what]
    form = kind(request.POST)
    if form.is_valid():
        try:
            do(person, row.pk, form.cleaned_data, number_of(request.POST.get("stamp")))
        except SoseiError as error:
            if isinstance(error, Stale):
                went_stale(form)
            form.add_error(None, told(error))
    if not form.is_valid():
        return _shown(request, _row(person, department), form, what)
    messages.success(request, say("登録しました。", "Saved."))
    return redirect("desk:office", row.pk)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with; None where the page was only asked for."""
    return request.POST if request.method == "POST" else None


def told(error: SoseiError) -> str:
    """Return a refusal as a form shows it: its sentence and its code; that a role is missing is no matter of a form."""
    if isinstance(error, NotAllowed):
        raise error
    return f"{error.sentence(lang())}（{error.code}）"


def status_of(form: forms.Form) -> int:
    """Return the status of a page with a form: 422 where what was sent is refused."""
    return 422 if form.is_bound and form.errors else 200
