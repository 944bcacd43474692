"""締めの画面. How far a register is closed and who is silent; closed, opened again, and what that settles recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sosei.core.errors import SoseiError
from sosei.evidence.actions.closings import reopen_register
from sosei.evidence.queries.closings import ClosingPage, ClosingRow, closing_of, closing_page
from sosei.evidence.refusals import NothingToClose, NotYetOver
from sosei.ledger.actions.counted import close_seen, record_counts
from sosei.ledger.queries.settling import Settling, settling_mark, settling_of
from sosei.ledger.queries.spent import spent_touched
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.closings import ClosingForm, ReasonForm, SettleForm
from sosei.web.desk.measurewords import answers_of
from sosei.web.desk.registerwords import plain_day
from sosei.web.desk.saying import say
from sosei.web.desk.seen import seen
from sosei.web.desk.templatetags.desk import show_fiscal
from sosei.web.desk.trying import Where, sentence, tried
from sosei.web.desk.views.registers import needs, sees_rows
from sosei.web.desk.who import me


@login_required
@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, register: int) -> HttpResponse:
    """Show how far a register is closed, and close it."""
    person = me(request)
    require(person, "register.see")
    page = closing_page(person.body, register)
    settling = settling_of(person, page.register.kind.key)
    form = _form(request, page, settling)
    if request.method == "POST":
        require(person, "register.close", [page.register.department])
        if form.is_valid() and tried(form, partial(_close, request, page, form.cleaned_data), _WHERE):  # fmt: skip
            return redirect("desk:register_closing", register)
        page = closing_page(person.body, register)
        settling = settling_of(person, page.register.kind.key)
    context = {
        "one": page.register,
        "page": page,
        "form": form if page.day or page.years or page.register.kind.kind != "survey" else None,
        "settle": SettleForm(auto_id="settle_%s"),
        "needs": needs(person, page.register),
        "sees_rows": sees_rows(person, page.register),
        "settling": settling,
        "spent": spent_touched(person.body, page.register.kind.key)
        if may(person, "money.record")
        else (),
        "ready": [one for one in settling if one.state in ("ready", "asks")],
        "asks": any(one.state == "asks" for one in settling),
        "seen": seen(request, form, settling_mark(settling)),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/registers/closing.html", context, status=status)


_WHERE: Final[Where] = {NotYetOver: "until", NothingToClose: "until"}


def _form(request: HttpRequest, page: ClosingPage, settling: Sequence[Settling]) -> ClosingForm:
    survey = page.register.kind.kind == "survey"
    initial = {"until": page.day, "year": page.years[0] if page.years else None}
    return ClosingForm(
        request.POST or None,
        initial=initial,
        survey=survey,
        among=page.years,
        silent={one.year: len(one.silent) for one in page.open},
        counted=bool(settling),
    )


def _close(request: HttpRequest, page: ClosingPage, said: dict[str, Any]) -> None:
    """Close, and record what that settles where it is asked for: two acts, the second after the first stands."""
    shown, saw = page.register, request.POST.get("seen", "")
    until, year = said.get("until"), said.get("year")
    close_seen(
        by=me(request), register=shown.pk, key=shown.kind.key, seen=saw, until=until, year=year, note=said["note"]
    )  # fmt: skip
    rest = {one.year: answers_of(one.asked, len(one.silent)) for one in page.open if one.silent}
    upto = show_fiscal(year, "both") if year else say("{d}まで", "up to {d}", d=plain_day(until))
    messages.success(
        request,
        say("{u}締めました{r}。", "Closed {u}{r}.", u=upto + ("を" if year else ""), r=f"（{rest[year]}）" if year in rest else ""),
    )  # fmt: skip
    if request.POST.get("do") == "record":
        _record(request, shown.kind.key, said.get("reason", ""), saw)


def _record(request: HttpRequest, key: str, reason: str, saw: str) -> None:
    """Record what is counted to the end, as far as the person may and `saw` it; say what was left and why."""
    person = me(request)
    wanted = {"ready", "asks"} if reason.strip() else {"ready"}
    found = settling_of(person, key)
    kept = {one.count.line for one in found if one.state == "kept"}
    lines = {one.count.line for one in found if one.state in wanted} - kept
    try:
        made = record_counts(by=person, lines=lines, reason=reason, seen=saw) if lines else []
    except SoseiError as error:
        messages.warning(request, sentence(error))
        return
    if made:
        messages.success(request, say("数えた値を{n}件、記載にしました。", "{n} figures were recorded.", n=len(made)))  # fmt: skip
    left = sum(one.count.differs for one in settling_of(person, key))
    if left:
        messages.warning(request, say("記載していない値が{n}件あります。下の表で理由を確かめてください。", "{n} figures were not recorded; the table below says why.", n=left))  # fmt: skip
    elif not made:
        messages.info(
            request, say("記載にする値はありませんでした。", "There was nothing to record.")
        )


@login_required
@require_POST
def settle(request: HttpRequest, register: int) -> HttpResponse:
    """Record what the closing settled."""
    person = me(request)
    require(person, "register.see")
    page = closing_page(person.body, register)
    settling = settling_of(person, page.register.kind.key)
    require(person, "value.record")
    saw = request.POST.get("seen", "")
    if saw != settling_mark(settling):
        messages.warning(request, say("開いている間に数えが変わりました。いまの値を確かめてから、もう一度押してください。", "The counts changed while you had this open. Look at them, then press again."))  # fmt: skip
    else:
        _record(request, page.register.kind.key, request.POST.get("reason", ""), saw)
    return redirect("desk:register_closing", register)


@login_required
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, closing: int) -> HttpResponse:
    """Take a closing back, with a reason."""
    person = me(request)
    page, row = closing_of(person.body, closing)
    require(person, "register.close", [page.register.department])
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(form, partial(_reopen, request, row, form)):  # fmt: skip
        return redirect("desk:register_closing", page.register.pk)
    context = {"one": page.register, "row": row, "form": form, "settling": settling_of(person, page.register.kind.key)}  # fmt: skip
    return render(
        request, "desk/registers/reopen.html", context, status=422 if form.errors else 200
    )


def _reopen(request: HttpRequest, row: ClosingRow, form: forms.Form) -> None:
    reopen_register(by=me(request), closing=row.pk, reason=form.cleaned_data["reason"])
    messages.success(request, say("締めを解きました。", "It is open again."))
