"""利用者の画面. Who is there, one person with roles, deputies and what he did, and what may be done about him."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.core.errors import SoseiError, Stale
from sosei.journal.clock import today
from sosei.journal.queries import Wanted, page
from sosei.ledger.queries.recorded import Recorded
from sosei.offices.actions import assignments, forget
from sosei.offices.actions import people as actions
from sosei.offices.actions.chosen import assignment_of, deputy_of
from sosei.offices.permissions import may, require, require_one
from sosei.offices.queries.departments import standing
from sosei.offices.queries.deputising import may_name_deputy
from sosei.offices.queries.people import (
    CHANGED,
    PersonRow,
    PersonSeen,
    names_of,
    people_here,
    people_of,
    person_seen,
)
from sosei.web.desk.forms.people import (
    AddForm,
    AssignForm,
    ChangeForm,
    DeputyForm,
    EndForm,
    LeaveForm,
    SuccessorForm,
)
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.seen import Seen, went_stale
from sosei.web.desk.seen import seen as mark_seen
from sosei.web.desk.views.offices import sent, status_of, told
from sosei.web.desk.who import me, number_of

#: Who may see other people's entries at all.
_SEES: Final = ("person.arrange", "deputy.name", "journal.see")
#: So many of a person's last acts are shown with him.
_ACTS: Final = 20


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List the people."""
    person = me(request)
    require_one(person, *_SEES)
    words, gone = request.GET.get("q", ""), request.GET.get("gone") == "1"
    context = {
        "rows": people_of(person.body, words=words, gone=gone),
        "words": words,
        "gone": gone,
        "arranges": may(person, "person.arrange"),
    }
    return render(request, "desk/people/index.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Register a person, and show the temporary password once."""
    by = me(request)
    require(by, "person.arrange")
    departments = standing(by.body, today())
    form = AddForm(sent(request), departments=departments, initial={"joins_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            added = _add(by, dict(form.cleaned_data))
        except SoseiError as error:
            form.add_error(None, told(error))
        else:
            return render(request, "desk/people/password.html", {"added": added})
    return render(request, "desk/people/add.html", {"form": form}, status=status_of(form))


def _add(by: Any, said: dict[str, Any]) -> actions.Added:
    role, department = said.pop("role"), said.pop("department")
    given = {name: said.pop(name) for name in ("login", "name", "joins_on")}
    return actions.add_person(by=by, more=said, role=role or None, department=department, **given)


@login_required
@require_GET
def person(request: HttpRequest, person: int) -> HttpResponse:
    """Show one person: oneself, or anybody for who arranges people, names deputies or reads the journal."""
    return _shown(request, _seen(request, person))


def _seen(request: HttpRequest, number: int) -> PersonSeen:
    by = me(request)
    if number != by.pk:
        require_one(by, *_SEES)
    found = person_seen(by.body, number)
    if found is None:
        raise NoSuchPage
    return found


def _shown(
    request: HttpRequest, seen: PersonSeen, what: str = "", refused: forms.Form | None = None
) -> HttpResponse:
    by, row, day = me(request), seen.row, today()
    departments = standing(by.body, day)
    others = [(pk, name) for pk, name in people_here(by.body, day) if pk != row.pk]
    usual = {name: getattr(row, name) for name in CHANGED}
    changed = _sight(request, row, refused if what == "change" else None, usual)
    own = row.pk == by.pk
    context: dict[str, Any] = {
        "seen": seen,
        "row": row,
        "own": own,
        "arranges": may(by, "person.arrange"),
        "names_deputies": may(by, "deputy.name") and may_name_deputy(by, row.pk),
        "sees_people": any(may(by, verb) for verb in _SEES),
        "papers": own or may(by, "book.see"),
        "today": day,
        "acts": page(by.body, Wanted(person=row.pk), size=_ACTS).lines
        if own or may(by, "journal.see")
        else (),
        "change": ChangeForm(initial=usual),
        "assign": AssignForm(departments=departments, initial={"first_day": day}),
        "succeed": SuccessorForm(people=others),
        "deputy": DeputyForm(people=others, initial={"first_day": day}),
        "leave": LeaveForm(initial={"on": day}),
        "end": EndForm(initial={"last_day": day}),
        "what": what,
        "changed": changed,
    }
    if refused is not None:
        context["refused"] = context[what] = refused
    status = 422 if refused is not None else 200
    return render(request, "desk/people/one.html", context, status=status)


def _sight(
    request: HttpRequest, row: PersonRow, refused: forms.Form | None, usual: dict[str, Any]
) -> Seen:
    """Return what the form of a person's entry says its administrator saw."""
    if refused is None:
        return Seen(row.mark)
    by = me(request)
    return mark_seen(
        request, refused, row.mark, stands=lambda: usual, by=lambda: _changed(by.body, row.pk)
    )


def _changed(body: str, person: int) -> Recorded | None:
    """Return who put a person's entry right last."""
    wanted = Wanted(verb="person.change", subject=f"offices.person:{person}")
    line = next(iter(page(body, wanted, size=1).lines), None)
    if line is None:
        return None
    name = names_of(body, {line.by}).get(line.by) if line.by else None
    return Recorded(at=line.at, by=name, seq=line.seq, person=line.by)


# -- what may be done -------------------------------------------------------------------------------------------------

Said = dict[str, Any]


def _change(by: Any, person: int, said: Said) -> None:
    mark = said.pop("seen")
    actions.change_person(by=by, person=person, columns=said, seen=mark)


def _assign(by: Any, person: int, said: Said) -> None:
    assignments.assign(by=by, person=person, **said)


def _succeed(by: Any, person: int, said: Said) -> None:
    assignments.hand_to(by=by, person=person, **said)


def _deputy(by: Any, person: int, said: Said) -> None:
    assignments.name_deputy(by=by, person=person, **said)


def _leave(by: Any, person: int, said: Said) -> None:
    actions.leave(by=by, person=person, **said)


def _return(by: Any, person: int, said: Said) -> None:
    actions.come_back(by=by, person=person)


def _factor(by: Any, person: int, said: Said) -> None:
    actions.reset_second_factor(by=by, person=person)


def _forget(by: Any, person: int, said: Said) -> None:
    forget.forget_person(by=by, person=person)


def _form(kind: type[forms.Form]) -> Callable[[Any, Any], forms.Form]:
    return lambda by, data: kind(data)


def _with_departments(by: Any, data: Any) -> forms.Form:
    return AssignForm(data, departments=standing(by.body, today()))


def _successor(by: Any, data: Any) -> forms.Form:
    return SuccessorForm(data, people=people_here(by.body, today()))


def _deputies(by: Any, data: Any) -> forms.Form:
    return DeputyForm(data, people=people_here(by.body, today()))


#: What is done → the verb it needs, its form, its action.
_DONE: Final[dict[str, tuple[str, Callable[[Any, Any], forms.Form], Callable[[Any, int, Said], None]]]] = {
    "change": ("person.arrange", _form(ChangeForm), _change),
    "assign": ("person.arrange", _with_departments, _assign),
    "succeed": ("person.arrange", _successor, _succeed),
    "deputy": ("deputy.name", _deputies, _deputy),
    "leave": ("person.arrange", _form(LeaveForm), _leave),
    "return": ("person.arrange", _form(forms.Form), _return),
    "factor": ("person.arrange", _form(forms.Form), _factor),
    "forget": ("person.arrange", _form(forms.Form), _forget),
}  # fmt: skip


@login_required
@require_POST
def person_do(request: HttpRequest, person: int, what: str) -> HttpResponse:
    """Do something about a person."""
    by = me(request)
    if what not in _DONE:
        raise NoSuchPage
    verb, make, do = _DONE[what]
    require(by, verb)
    form = make(by, request.POST)
    marked = {"seen": request.POST.get("seen")} if what == "change" else {}
    if form.is_valid():
        try:
            do(by, person, form.cleaned_data | marked)
        except SoseiError as error:
            if isinstance(error, Stale):
                went_stale(form)
            form.add_error(None, told(error))
    if not form.is_valid():
        return _shown(request, _seen(request, person), what, form)
    messages.success(request, say("登録しました。", "Saved."))
    return redirect("desk:person", person)


@login_required
@never_cache
@require_POST
def person_password(request: HttpRequest, person: int) -> HttpResponse:
    """Make a new temporary password, and show it once."""
    added = actions.renew_password(by=me(request), person=person)
    return render(request, "desk/people/password.html", {"added": added})


@login_required
@require_POST
def assignment_end(request: HttpRequest, assignment: int) -> HttpResponse:
    """End a role on a day."""
    require(me(request), "person.arrange")
    assignment_of(me(request), assignment)
    return _end(request, assignment, assignments.end_assignment, "assignment")


@login_required
@require_POST
def deputy_end(request: HttpRequest, deputy: int) -> HttpResponse:
    """End a deputyship on a day."""
    require(me(request), "deputy.name")
    deputy_of(me(request), deputy)
    return _end(request, deputy, assignments.end_deputy, "deputy")


def _end(request: HttpRequest, number: int, do: Callable[..., Any], name: str) -> HttpResponse:
    by = me(request)
    form = EndForm(request.POST)
    back = number_of(request.POST.get("person"))
    if not form.is_valid():
        messages.error(request, say("終了日を入れてください。", "Enter the last day."))
    else:
        said = form.cleaned_data
        try:
            do(by=by, last_day=said["last_day"], seen=said["stamp"], **{name: number})
        except SoseiError as error:
            messages.error(request, told(error))
        else:
            messages.success(request, say("登録しました。", "Saved."))
    return redirect("desk:person", back) if back else redirect("desk:people")
