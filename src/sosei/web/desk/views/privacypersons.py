"""個人の画面. One person by his number: the registers he is in, what he agreed to; consent, withdrawal, holding, erasing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.evidence.actions.correcting import MOST_FOUND, find_persons
from sosei.evidence.actions.persons import erase, give_consent, hold_person, release, withdraw
from sosei.evidence.queries.persons import InRegister, PersonPage, goes, person_page
from sosei.evidence.queries.registers import register as register_shown
from sosei.evidence.refusals_personal import NobodyFound, NotAhead
from sosei.journal.clock import today
from sosei.ledger.queries.editions import editions_of
from sosei.offices.permissions import Need, may, require
from sosei.web.desk.forms.privacy import ConsentForm, FindForm, HoldForm, WhyForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me

#: What may be done about a person in a register, by name.
_VERBS = {
    "see": "person.contact.see", "write": "register.write", "consent": "consent.record", "hold": "consent.hold",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """台帳の行. What a person is in one register, and what the viewer may do there, by name."""

    one: InRegister
    needs: dict[str, bool]


def needs(person: Any, one: InRegister) -> dict[str, bool]:
    """Return what somebody may do about a person in a register."""
    of = frozenset({one.department})
    found = {name: Need(verb, of).met(person) for name, verb in _VERBS.items()}
    ended = one.ended is not None  # then holds are released, and nothing is done anew
    return {name: met and not ended for name, met in found.items()} | {"release": found["hold"]}


@login_required
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find a person by name or contact; that somebody looked stands in the journal."""
    person = me(request)
    require(person, "person.contact.see")
    form = FindForm(request.POST or None)
    found: list[tuple[int, ...]] = []
    if request.method == "POST" and form.is_valid():
        tried(form, lambda: found.append(find_persons(by=person, said=form.cleaned_data["q"])), {NobodyFound: "q"})  # fmt: skip
    context = {"form": form, "found": found[0] if found else None, "most": MOST_FOUND}
    return render(request, "desk/privacy/find.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def person(request: HttpRequest, subject: int) -> HttpResponse:
    """Show a person: never who he is."""
    viewer = me(request)
    require(viewer, "privacy.see")
    page = person_page(viewer, subject)
    context = {
        "page": page,
        "rows": [Row(one, needs(viewer, one)) for one in page.registers],
        "erases": _erases(viewer, page),
        "day": today(),
    }
    return render(request, "desk/privacy/person.html", context)


def _erases(viewer: Any, page: PersonPage) -> bool:
    """Whether somebody may erase a person: in every register he is in."""
    standing = page.erased is None and page.into is None and not page.others
    return standing and bool(page.registers) and all(may(viewer, "subject.erase", [one.department]) for one in page.registers)  # fmt: skip


def in_register(request: HttpRequest, subject: int, register: int, verb: str) -> InRegister:
    """Return what a person is in a register where somebody may do something. Raises NoSuchPage, NotAllowed, NoSuchRow.

    Who may not is told so whether the person is there or not.
    """
    require(me(request), verb, [register_shown(me(request).body, register, ended=True).department])
    page = person_page(me(request), subject)
    one = next((one for one in page.registers if one.register == register), None)
    if one is None or page.erased is not None:
        raise NoSuchPage
    return one


@dataclass(frozen=True, slots=True)
class Asked:
    """問い. A page that asks before something is done about a person in a register. `done`: what is said afterwards."""

    template: str
    verb: str
    form: Callable[..., forms.Form]
    act: Callable[..., object]
    done: tuple[str, str]


def _ask(request: HttpRequest, subject: int, register: int, asked: Asked) -> HttpResponse:
    one = in_register(request, subject, register, asked.verb)
    if one.ended is not None:
        raise NoSuchPage
    form = asked.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        doing = partial(asked.act, by=me(request), subject=subject, register=register, **form.cleaned_data)  # fmt: skip
        if tried(form, doing, {NotAhead: "until"}):
            messages.success(request, say(*asked.done))
            return redirect("desk:privacy_person", subject)
    context = {"subject": subject, "one": one, "form": form}
    return render(request, f"desk/privacy/{asked.template}", context, status=422 if form.errors else 200)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, subject: int, register: int) -> HttpResponse:
    """Record that a person agreed."""
    done = ("同意を記録しました。", "The consent is recorded.")
    return _ask(request, subject, register, Asked("consent.html", "consent.record", ConsentForm, give_consent, done))  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_consent(request: HttpRequest, subject: int, register: int) -> HttpResponse:
    """Record that a person took his consent back: from now on his contacts are not used."""
    done = ("同意の撤回を記録しました。いまから、この台帳では連絡先を使いません。", "The withdrawal is recorded. From now on this register does not use the contacts.")  # fmt: skip
    return _ask(request, subject, register, Asked("withdraw.html", "consent.record", WhyForm, withdraw, done))  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, subject: int, register: int) -> HttpResponse:
    """Keep a person beyond his time, for a reason, until a day."""
    done = ("保存を続けることを記録しました。", "It is recorded that the data are kept.")
    return _ask(request, subject, register, Asked("hold.html", "consent.hold", HoldForm, hold_person, done))  # fmt: skip


@login_required
@require_POST
def release_hold(request: HttpRequest, subject: int, register: int) -> HttpResponse:
    """Let the ordinary time hold again."""
    one = in_register(request, subject, register, "consent.hold")
    if one.hold is not None:
        release(by=me(request), consent=one.hold)
        messages.success(request, say("保存の継続を解きました。もとの保存期限に戻ります。", "It is released. The ordinary time holds again."))  # fmt: skip
    return redirect("desk:privacy_person", subject)


@login_required
@require_http_methods(["GET", "POST"])
def erase_one(request: HttpRequest, subject: int) -> HttpResponse:
    """Erase who a person is, after saying what goes and what stays."""
    viewer = me(request)
    require(viewer, "subject.erase")
    page = person_page(viewer, subject)
    if page.erased is not None or page.into is not None:
        raise NoSuchPage
    for one in page.registers:
        require(viewer, "subject.erase", [one.department])
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        doing = partial(erase, by=viewer, subject=subject, reason=form.cleaned_data["reason"])
        if tried(form, doing):
            messages.success(request, say("個人情報を消去しました。登録と数えは変わっていません。", "Erased. Entries and counts are as they were."))  # fmt: skip
            return redirect("desk:privacy_person", subject)
    context = {
        "subject": subject,
        "form": form,
        "goes": goes(viewer.body, [subject]),
        "editions": len(editions_of(viewer.body)),
        "withheld": [one for one in page.registers if one.holding],
    }
    return render(request, "desk/privacy/erase.html", context, status=422 if form.errors else 200)
