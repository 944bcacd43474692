"""数えた経費の画面. A line of money is tied to measures; the count becomes the amount, or another stays with a reason; who was paid for what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.measures import parse
from sosei.evidence.queries.measures import measures as measures_of
from sosei.evidence.queries.measures import said
from sosei.evidence.queries.registers import registers as registers_of
from sosei.ledger.actions.spent import count_spending_by, keep_spent, record_spent
from sosei.ledger.queries.entryedit import EntryEdit, entry_edit_of
from sosei.ledger.queries.marks import marks
from sosei.ledger.queries.spent import (
    SpentShown,
    money_line,
    money_lines,
    money_unit_of,
    suggested_measures,
)
from sosei.ledger.queries.spentpaid import paid_for
from sosei.ledger.refusals import NotMoney
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.fields import offer, reason
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.registerwords import who_shown
from sosei.web.desk.saying import lang, say
from sosei.web.desk.saying import said as said_later
from sosei.web.desk.seen import seen
from sosei.web.desk.trying import tried
from sosei.web.desk.views.registers import knows
from sosei.web.desk.who import me


@dataclass(frozen=True, slots=True)
class Offered:
    """選べる数え方."""

    pk: int
    name: str
    sentence: str


class TieForm(forms.Form):
    """数え方を選ぶ."""

    measures = forms.TypedMultipleChoiceField(
        label=said_later("数え方", "Measures"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = reason(
        help_text=said_later("結び付けてあった数え方を外すときに書きます。", "Where one that was tied is taken away.")
    )  # fmt: skip


class RecordForm(forms.Form):
    """数えた額を記載にする."""

    reason = reason(
        help_text=said_later("いまの金額を変えるときは、理由を書いてください。", "Needed where an amount is recorded already.")
    )  # fmt: skip


class KeepForm(forms.Form):
    """いまの金額のままにする."""

    reason = reason(required=True)


@login_required
@require_http_methods(["GET", "POST"])
def spent_tie(request: HttpRequest, spending: int) -> HttpResponse:
    """Choose the measures that a line of money is counted by."""
    person = me(request)
    one, edit = _line(request, spending)
    require(person, "definition.change", edit.departments)
    offered = _offered(person.body)
    suggested = () if one.parts else suggested_measures(spending)
    tied = [part.measure for part in one.parts] or list(suggested)
    form = TieForm(request.POST or None, initial={"measures": tied})
    offer(form, "measures", [(each.pk, each.name) for each in offered])
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        if tried(form, lambda: count_spending_by(by=person, spending=spending, measures=got["measures"], reason=got["reason"]), {NotMoney: "measures"}):  # fmt: skip
            messages.success(request, say("数え方を結び付けました。", "The line is tied.") if got["measures"] else say("数え方を外しました。", "It is counted no more."))  # fmt: skip
            return redirect("desk:money", one.entry)
    context = {"one": one, "edit": edit, "form": form, "offered": offered, "suggested": suggested}
    return render(request, "desk/spent/tie.html", context, status=422 if form.errors else 200)


def _offered(body: str) -> list[Offered]:
    """Return the measures that sum money."""
    return [
        Offered(one.pk, one.name, one.sentence(lang()))
        for one in measures_of(body)
        if money_unit_of(one.tree) is not None
    ]


@login_required
@require_http_methods(["GET", "POST"])
def spent_record(request: HttpRequest, spending: int) -> HttpResponse:
    """Record what is counted to the end."""
    made: list[Any] = []

    def act(form: forms.Form) -> None:
        why, mark = form.cleaned_data["reason"], request.POST.get("seen", "")
        made.extend(record_spent(by=me(request), lines=[spending], reason=why, seen=mark))

    def told() -> None:
        if made:
            messages.success(request, say("数えた額を記載にしました。", "The count is now what is recorded."))  # fmt: skip
        else:
            messages.info(request, say("記載はもう数えと同じか、数えがまだ終わっていません。", "The record says so already, or it is still being counted."))  # fmt: skip

    return _settled(request, spending, RecordForm, "desk/spent/record.html", act, told)


@login_required
@require_http_methods(["GET", "POST"])
def spent_keep(request: HttpRequest, spending: int) -> HttpResponse:
    """Leave another amount than is counted, with the reason."""

    def act(form: forms.Form) -> None:
        why, mark = form.cleaned_data["reason"], request.POST.get("seen", "")
        keep_spent(by=me(request), spending=spending, reason=why, seen=mark)

    def told() -> None:
        messages.success(request, say("理由を記録しました。数えた額も残っています。", "The reason is recorded, beside what was counted."))  # fmt: skip

    return _settled(request, spending, KeepForm, "desk/spent/keep.html", act, told)


def _settled(
    request: HttpRequest, spending: int, kind: type[forms.Form], template: str,
    act: Callable[[forms.Form], None], told: Callable[[], None],
) -> HttpResponse:  # fmt: skip
    """Show what a line's measures count, and do with it what the form asks."""
    one, edit = _line(request, spending)
    require(me(request), "money.record", edit.departments)
    if not one.parts:
        raise NoSuchPage
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if tried(form, lambda: act(form)):
            told()
            return redirect("desk:money", one.entry)
        one = money_line(me(request).body, spending)
    context = {
        "one": one, "edit": edit, "form": form, "sentences": sentences(one), "seen": seen(request, form, marks([one])),
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


@login_required
@require_GET
def spent_paid(request: HttpRequest, entry: int) -> HttpResponse:
    """Show which contract, contribution or subsidy paid for which activity."""
    person = me(request)
    require(person, "register.see")
    edit = entry_edit_of(person.body, entry)
    lines = [one for one in money_lines(person.body, entry) if one.parts]
    places = {one.pk: one.department for one in registers_of(person.body)}
    own = {pk for pk, department in places.items() if may(person, "register.write", [department])}
    told = {pk for pk, department in places.items() if knows(person, department)}
    found = paid_for(person.body, lines, open_to=own, order=edit.activities)
    groups = [
        (
            each,
            [
                (one, who_shown(one.kind, one.row, knows=one.register in told))
                for one in each.payments
            ],
        )
        for each in found.activities
    ]
    context = {"edit": edit, "found": found, "groups": groups, "counted": bool(lines)}
    return render(request, "desk/spent/paid.html", context)


def sentences(one: SpentShown) -> list[tuple[Any, str]]:
    """Return what a line's measures count, each with its sentence."""
    return [(part, said(parse(part.text), part.kinds, lang())) for part in one.parts]


def _line(request: HttpRequest, spending: int) -> tuple[SpentShown, EntryEdit]:
    """Return a line of money with its entry. Raises NoSuchThing."""
    body = me(request).body
    one = money_line(body, spending)
    return one, entry_edit_of(body, one.entry)
