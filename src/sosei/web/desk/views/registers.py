"""根拠台帳の画面. The registers from which indicators are counted: all of a body, one made from the catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.actions.registers import make_register
from sosei.evidence.definitions import fresh_key, table_of
from sosei.evidence.kinds import RegisterKind, catalogue
from sosei.evidence.queries.asking import Asked, places, years_said
from sosei.evidence.queries.closings import RegisterLine, open_years, register_lines
from sosei.evidence.queries.making import keys_taken, name_taken, rosters
from sosei.evidence.queries.pending import waiting_in
from sosei.evidence.queries.registers import (
    MOST_COUNTED,
    RegisterShown,
    entries,
)
from sosei.evidence.queries.registers import register as register_shown
from sosei.evidence.queries.subjects import called, is_person
from sosei.evidence.shelves import offered, shelves
from sosei.journal.clock import today
from sosei.offices.permissions import Need, departments_of, may, require
from sosei.offices.queries.departments import standing
from sosei.web.desk.forms.registerfilter import FilterForm
from sosei.web.desk.forms.registers import TakeForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.registerwords import cells, heads, who_shown
from sosei.web.desk.saying import lang, say
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


@login_required
@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """List the registers of the body, those of one's own department first."""
    person = me(request)
    require(person, "register.see")
    own = departments_of(person)
    lines = register_lines(person.body)
    context = {
        "waiting": waiting_in(person.body),
        "mine": [one for one in lines if one.shown.department in own],
        "others": [one for one in lines if one.shown.department not in own],
        "shelved": bool(lines),
        "makes": may(person, "register.make"),
    }
    return render(request, "desk/registers/index.html", context)


@login_required
@require_GET
def register_choose(request: HttpRequest) -> HttpResponse:
    """Show the catalogue, on its shelves."""
    person = me(request)
    require(person, "register.make")
    there = _by_kind(register_lines(person.body))
    context = {"shelves": [(shelf, [(one, there.get(one.kind.key, ())) for one in shelf.kinds]) for shelf in shelves()]}  # fmt: skip
    return render(request, "desk/registers/choose.html", context)


def _by_kind(lines: tuple[RegisterLine, ...]) -> dict[str, list[RegisterLine]]:
    """Return the registers that were made of each kind of the catalogue."""
    found: dict[str, list[RegisterLine]] = {}
    for line in lines:
        key = next((key for key in catalogue() if _is_of(line.shown.kind.key, key)), "")
        found.setdefault(key, []).append(line)
    return found


def _is_of(key: str, of: str) -> bool:
    """Whether a register's key was made from a kind's: the same, or with a number behind it."""
    return key == of or (key.startswith(f"{of}_") and key.removeprefix(f"{of}_").isdigit())


@login_required
@require_http_methods(["GET", "POST"])
def register_take(request: HttpRequest, key: str) -> HttpResponse:
    """Make a register of the catalogue; what it holds is shown before."""
    person = me(request)
    require(person, "register.make")
    found = offered(key)
    if found is None:
        raise NoSuchPage
    form = take_form(person, found.kind, request.POST or None)
    made: list[Any] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: made.append(made_of(person, found.kind, said))):
            messages.success(
                request, say("「{n}」を作りました。", "“{n}” was made.", n=said["name"])
            )
            return redirect("desk:register", made[0].pk)
    status = 422 if form.errors else 200
    context = {"form": form, "offered": found}
    return render(request, "desk/registers/take.html", context, status=status)


def take_form(person: Any, kind: RegisterKind, posted: Any) -> TakeForm:
    """Return the form in which a kind becomes a register of one's own."""
    form = TakeForm(
        posted, initial=_initial(kind) | {"department": own_department(person)}, kind=kind,
        departments=departments(person), rosters=_rosters(person, kind),
    )  # fmt: skip
    said = form.data if form.is_bound else form.initial
    if name_taken(person.body, said.get("name", ""), number_of(str(said.get("department") or ""))):
        form.fields["name"].help_text = say("同じ名前の台帳が、この課にもうあります。同じものでないか確かめ、作るときは区別の付く名前にしてください。", "This department has a register of this name already. See whether it is the same; else let the names differ.")  # fmt: skip
    return form


def _initial(kind: RegisterKind) -> dict[str, Any]:
    return {"name": kind.called(lang=lang()), "purpose": kind.purpose, "asks": kind.asks}


def made_of(person: Any, kind: RegisterKind, said: dict[str, Any]) -> Any:
    """Make a register of a kind, as its form says. Raises NotAllowed and what `make_register` refuses."""
    definition = table_of(kind)
    if said["name"] not in (kind.ja, kind.en):
        definition |= {"ja": said["name"], "en": said["name"]}
    definition |= {name: said[name] for name in ("asks", "purpose") if said.get(name)}
    return make_register(
        by=person, key=fresh_key(kind.key, keys_taken(person.body)), definition=definition,
        department=said["department"], keep_years=said.get("keep_years"),
    )  # fmt: skip


def departments(person: Any) -> list[tuple[int, str]]:
    """Return the departments for which a person may make registers."""
    return [
        (pk, name)
        for pk, name in standing(person.body, today())
        if may(person, "register.make", [pk])
    ]


def own_department(person: Any) -> int | None:
    """Return the department in which a person serves, which is offered first."""
    return min(departments_of(person), default=None)


def _rosters(person: Any, kind: RegisterKind) -> list[tuple[str, str]]:
    """Return the rosters that a survey may ask: those there are, and the catalogue's, which may come later."""
    if kind.kind != "survey":
        return []
    there = [(key, ja if lang() == "ja" else en) for key, ja, en in rosters(person.body)]
    if kind.asks and kind.asks not in dict(there):
        known = catalogue().get(kind.asks)
        later = known.called(lang=lang()) if known else kind.asks
        there.append((kind.asks, say("{n}（これから作る）", "{n} (to be made)", n=later)))
    return there


@login_required
@require_GET
def register(request: HttpRequest, register: int) -> HttpResponse:
    """Show a register: how far it is closed, and its entries a page at a time."""
    person = me(request)
    require(person, "register.see")
    shown = register_shown(person.body, register)
    context: dict[str, Any] = {
        "one": shown,
        "open": open_years([shown]).get(register, ()),
        "needs": needs(person, shown),
        "sees_rows": sees_rows(person, shown),
    }
    if context["sees_rows"]:
        context |= _table(request, shown)
    return render(request, "desk/registers/register.html", context)


def needs(person: Any, shown: RegisterShown) -> dict[str, bool]:
    """Return what a person may do with a register, by name."""
    of = frozenset({shown.department})
    return {name: Need(f"register.{name}", of).met(person) for name in ("make", "write", "close")}


def sees_rows(person: Any, shown: RegisterShown) -> bool:
    """Whether a person sees single entries: of a confidential register those alone who enter in it."""
    return shown.kind.rows == "internal" or needs(person, shown)["write"]


def knows(person: Any, department: int) -> bool:
    """Whether a person may see who persons in a department's registers are: to others no two entries are of the same."""
    return may(person, "person.contact.see", [department]) is not None


def asked_of(request: HttpRequest, shown: RegisterShown, form: FilterForm) -> Asked:
    """Return what is asked for; entries of one person find those alone who may see who he is."""
    asked = form.asked(request.GET.dict())
    if asked.subject is None or knows(me(request), shown.department):
        return asked
    return replace(asked, subject=None) if is_person(me(request).body, asked.subject) else asked


def _table(request: HttpRequest, shown: RegisterShown) -> dict[str, Any]:
    """Return the table of entries that is asked for."""
    kind, told = shown.kind, knows(me(request), shown.department)
    form = filter_of(request, shown)
    asked = asked_of(request, shown, form)
    page = entries(me(request).body, shown.pk, asked)
    return {
        "form": form,
        "asked": asked,
        "subject": called(me(request).body, asked.subject) if asked.subject else None,
        "filtered": any(value for name, value in request.GET.items() if name not in ("sort", "after")),
        "heads": [(head, *_sorting(request, asked.sort, head.sort)) for head in heads(kind)],
        "number_sort": _sorting(request, asked.sort, "number"),
        "rows": [(row, who_shown(kind, row, knows=told), cells(kind, row)) for row in page.rows],
        "page": page,
        "more": _address(request, after=page.more) if page.more else "",
        "first_page": _address(request, after=None) if asked.after else "",
        "leaves_out": asked.sort.removeprefix("-") != "number",
    }  # fmt: skip


def filter_of(request: HttpRequest, shown: RegisterShown) -> FilterForm:
    """Return what is looked for among a register's entries, as the address says it."""
    has_place = any(one.column == "place" for one in shown.kind.fields.values())
    chosen = places(shown.pk) if has_place and shown.entries <= MOST_COUNTED else ()
    survey = shown.kind.kind == "survey"
    years = sorted({*shown.state.expected, *years_said(shown.pk)}, reverse=True) if survey else []
    return FilterForm(request.GET, kind=shown.kind, places=chosen, asked_years=years)


def _sorting(request: HttpRequest, now: str, by: str | None) -> tuple[str, str]:
    """Return where a head of a column leads, and how the table is sorted by it now (ascending, descending)."""
    if by is None:
        return "", ""
    order = {by: "ascending", f"-{by}": "descending"}.get(now, "")
    turned = f"-{by}" if order == "ascending" else by
    return _address(request, sort=turned, after=None), order


def _address(request: HttpRequest, **said: str | None) -> str:
    """Return this page's question with some of it said otherwise (None: no longer)."""
    asked = {name: value for name, value in request.GET.items() if value} | said
    return "?" + urlencode({name: value for name, value in asked.items() if value})
