"""お金の画面. An entry's lines of money as one sheet, money by year, grant decisions and the reports to the State."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.core.money import show_yen
from sosei.ledger.actions.decisions import (
    Decided,
    Reported,
    file_report,
    record_grant_decision,
    void_decision,
)
from sosei.ledger.actions.money import Line, set_spending
from sosei.ledger.doubts import AboveCap, AlreadyThere, DaysReversed
from sosei.ledger.queries.decisions import DecisionRow, decision_row, decisions_page
from sosei.ledger.queries.entryedit import EntryEdit, SpentLine, entry_edit_of
from sosei.ledger.queries.latest import latest
from sosei.ledger.queries.money import money_by_year
from sosei.ledger.queries.spent import money_lines
from sosei.offices.permissions import may, require
from sosei.web.desk.forms.book import DecisionForm, ReportForm, SpendingForm
from sosei.web.desk.forms.signoff import ReasonForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.seen import Seen, is_stale, merged, seen
from sosei.web.desk.trying import tried, tried_rows
from sosei.web.desk.who import me, number_of

#: Blank rows that the sheet offers beyond those that are filled.
_SPARE = 3


@login_required
@require_http_methods(["GET", "POST"])
def money(request: HttpRequest, entry: int) -> HttpResponse:
    """Write an entry's money, all lines at once; the project's money by year stands below."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "money.record", edit.departments)
    rows: Any = forms.formset_factory(SpendingForm, extra=_SPARE)(
        request.POST or None,
        initial=[_said(line) for line in edit.spending] if request.method == "GET" else None,
        form_kwargs={"years": _years(edit), "usual": _usual(edit)},
    )
    refusal = None
    if request.method == "POST" and rows.is_valid():
        refusal = tried_rows(rows, lambda: _spent(request, entry, rows.cleaned_data))
        if refusal is None:
            messages.success(request, say("経費を保存しました。", "The money is saved."))
            return redirect("desk:entry", entry)
        edit = entry_edit_of(person.body, entry)
        if is_stale(rows):
            rows = merged(rows, [_said(x) for x in edit.spending], lambda row: row["spending"])
    context = {
        "rows": rows,
        "seen": seen(request, rows, edit.money_seen, by=lambda: latest("money", entry)),
        "edit": edit,
        "refusal": refusal,
        "years": money_by_year(person.body, edit.project),
        "counts": money_lines(person.body, entry),
        "sees_registers": may(person, "register.see"),
        "may_tie": may(person, "definition.change", edit.departments),
    }
    return render(
        request, "desk/book/money.html", context, status=422 if request.method == "POST" else 200
    )


def _years(edit: EntryEdit) -> range:
    first, last = edit.period or (edit.home - 1, edit.home + 1)
    return range(first, last + 1)


def _usual(edit: EntryEdit) -> str:
    """Return the unit of the sheet: its first line's, else 千円."""
    return next((line.unit for line in edit.spending if line.unit), "千円")


def _said(line: SpentLine) -> dict[str, Any]:
    unit: Any = line.unit or "円"
    amount = "" if line.yen is None else show_yen(line.yen, unit).removesuffix(unit)
    return {
        "spending": line.spending,
        "number": line.number or "",
        "label": line.label or "",
        "amount": amount,
        "unit": line.unit or "",
        "kind": line.kind or "",
        "role": line.role or "",
        "fund": line.fund or "",
        "source": line.source or "",
        "eligible": {True: "yes", False: "no", None: ""}[line.eligible],
        "year": line.year or "",
        "note": line.note or "",
    }


def _spent(request: HttpRequest, entry: int, said: list[dict[str, Any]]) -> None:
    lines = [
        Line(
            spending=row.get("spending"), label=row.get("label", ""), amount=row.get("amount", ""),
            unit=row.get("unit") or None, number=row.get("number", ""), kind=row.get("kind") or None,
            role=row.get("role") or None, year=row.get("year"), fund=row.get("fund", ""), source=row.get("source") or None,
            eligible={"yes": True, "no": False}.get(row.get("eligible", "")), note=row.get("note", ""),
        )
        for row in said
        if row
    ]  # fmt: skip
    mark = number_of(request.POST.get("seen"))
    set_spending(by=me(request), entry=entry, lines=lines, seen=mark)


@login_required
@require_GET
def decisions(request: HttpRequest, volume: int) -> HttpResponse:
    """Show a year's grant decisions, with what is due and what looks odd."""
    person = me(request)
    require(person, "book.see")
    page = decisions_page(person.body, volume)
    context = {"page": page, "may_record": may(person, "decision.record")}
    return render(request, "desk/book/decisions.html", context)


def _row(edit: EntryEdit, decision: int, body: str) -> DecisionRow:
    row = decision_row(body, edit.entry, decision)
    if row is None:
        raise NoSuchPage
    return row


@login_required
@require_http_methods(["GET", "POST"])
def decision_edit(request: HttpRequest, entry: int, decision: int | None = None) -> HttpResponse:
    """Record a grant decision, or correct one."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "decision.record", edit.departments)
    row = _row(edit, decision, person.body) if decision is not None else None
    form = DecisionForm(request.POST or None, initial=_decided(row, edit))
    if request.method == "POST" and form.is_valid():
        mark = number_of(request.POST.get("seen"))
        said = {**form.cleaned_data, "scheme": form.cleaned_data["scheme"] or None}
        if tried(
            form,
            lambda: record_grant_decision(
                by=person, entry=entry, decided=Decided(**said), decision=decision, seen=mark
            ),
            {AboveCap: "amount", AlreadyThere: "number", DaysReversed: "report_due"},
        ):  # fmt: skip
            messages.success(request, say("交付決定を登録しました。", "The decision is recorded."))
            return redirect("desk:decisions", edit.volume)
        row = _row(edit, decision, person.body) if decision is not None else None
    context = {"form": form, "edit": edit, "row": row, "seen": _seen(request, form, row, lambda: _decided(row, edit))}  # fmt: skip
    return render(request, "desk/book/decision.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def decision_void(request: HttpRequest, entry: int, decision: int) -> HttpResponse:
    """Take back what was recorded by mistake, with the reason; it stays in the journal."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "decision.record", edit.departments)
    row = _row(edit, decision, person.body)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, mark = form.cleaned_data["reason"], number_of(request.POST.get("seen"))
        if tried(
            form, lambda: void_decision(by=person, decision=decision, reason=reason, seen=mark), {}
        ):
            messages.success(
                request, say("交付決定の登録を取り消しました。", "The record of the decision is taken back.")
            )  # fmt: skip
            return redirect("desk:decisions", edit.volume)
        row = _row(edit, decision, person.body)
    context = {"form": form, "edit": edit, "row": row, "seen": _seen(request, form, row, dict)}
    status = 422 if form.errors else 200
    return render(request, "desk/book/decision_void.html", context, status=status)


def _seen(
    request: HttpRequest,
    form: forms.Form,
    row: DecisionRow | None,
    stands: Callable[[], dict[str, Any]],
) -> Seen | None:
    """Return what the form of a decision says its person saw; None where it is a new one."""
    if row is None:
        return None
    known = row.decision
    return seen(
        request, form, known.stamp, stands=stands, by=lambda: latest("decision", known.decision)
    )


def _decided(row: DecisionRow | None, edit: EntryEdit) -> dict[str, Any]:
    if row is None:
        return {"scheme": edit.scheme.id if edit.scheme else ""}
    known = row.decision
    return {
        "number": known.number,
        "scheme": known.scheme or "",
        "decided_on": known.decided_on,
        "amount": show_yen(known.yen),
        "eligible": show_yen(known.eligible) if known.eligible is not None else "",
        "report_due": known.report_due,
        "reason": known.decided_reason or "",
    }


@login_required
@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, entry: int, decision: int) -> HttpResponse:
    """Record that the report to the State was filed, after its amount was looked at."""
    person = me(request)
    edit = entry_edit_of(person.body, entry)
    require(person, "decision.record", edit.departments)
    row = _row(edit, decision, person.body)
    form = ReportForm(request.POST or None, initial=_reported(row))
    if request.method == "POST" and form.is_valid():
        mark = number_of(request.POST.get("seen"))
        if tried(
            form,
            lambda: file_report(
                by=person, entry=entry, decision=decision,
                reported=Reported(**form.cleaned_data), seen=mark,
            ),
            {DaysReversed: "on"},
        ):  # fmt: skip
            messages.success(request, say("実績報告を登録しました。", "The report is recorded."))
            return redirect("desk:decisions", edit.volume)
        row = _row(edit, decision, person.body)
    context = {"form": form, "edit": edit, "row": row, "seen": _seen(request, form, row, lambda: _reported(row))}  # fmt: skip
    return render(request, "desk/book/report.html", context, status=422 if form.errors else 200)


def _reported(row: DecisionRow) -> dict[str, Any]:
    known = row.decision
    return {
        "on": known.reported_on,
        "amount": show_yen(known.reported) if known.reported is not None else "",
        "settled": show_yen(known.settled) if known.settled is not None else "",
        "reason": known.reported_reason or "",
    }
