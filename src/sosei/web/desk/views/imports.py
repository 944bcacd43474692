"""取込みの画面. What came in, a file to take in, and the difference it makes: looked at, then applied, dropped or undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.checking import check
from sosei.core.errors import NoReason, SoseiError
from sosei.core.report import Report
from sosei.ledger.actions.batches import apply_batch
from sosei.ledger.actions.proposals import Plan, Proposal, propose_answers, propose_report
from sosei.ledger.actions.settling import (
    allow_restating,
    decide_batch,
    refuse_batch,
    undo_batch,
)
from sosei.ledger.objections import ChangedMeanwhile, NothingChosen
from sosei.ledger.queries.batches import STATES, batch_of, batches_of, document_of
from sosei.ledger.queries.documents import files_of
from sosei.ledger.refusals import Restates
from sosei.offices.permissions import may, require
from sosei.web.desk.changes import page_of
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.imports import ImportForm
from sosei.web.desk.refusals import NoFile, NoSuchPage, status_of
from sosei.web.desk.saying import lang, say
from sosei.web.desk.uploads import taken
from sosei.web.desk.who import me, number_of

#: Findings shown beside a new year's report; the rest is counted.
_FINDINGS = 40


@login_required
@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """List what came in, what waits first."""
    person = me(request)
    require(person, "book.see")
    state = request.GET.get("state", "")
    context = {
        "rows": batches_of(person.body, state),
        "state": state if state in STATES else "",
        "states": STATES,
        "may_propose": may(person, "import.propose"),
    }
    return render(request, "desk/imports/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Take reports and plans in."""
    person = me(request)
    require(person, "import.propose")
    form = ImportForm(request.POST or None, initial={"kind": "report"})
    if request.method == "POST" and form.is_valid():
        found = [_report_of(request, form.cleaned_data, file) for file in _files(request)]
        return _results(request, found)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/imports/new.html", {"form": form}, status=status)


def _files(request: HttpRequest) -> list[Any]:
    """Return the files that were sent. Raises NoFile."""
    files = request.FILES.getlist("files")
    if not files:
        raise NoFile
    return list(files)


def _report_of(request: HttpRequest, said: dict[str, Any], file: Any) -> Proposal:
    """Propose one file; what is wrong with it stands in the result."""
    kinds: dict[str, Plan] = {"increment": "increment", "level": "level"}
    try:
        name, data = taken(file)
        return propose_report(
            by=me(request), name=name, data=data, year=said["year"],
            series=said["series"], plan=kinds.get(said["kind"]),
        )  # fmt: skip
    except SoseiError as error:
        return Proposal(name=file.name or "", error=error)


@login_required
@require_POST
def inquiry_answers(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Take answers of departments in, any number of files at once."""
    files, refused = [], []
    for file in _files(request):
        try:
            files.append(taken(file))
        except SoseiError as error:
            refused.append(Proposal(name=file.name or "", error=error))
    part = number_of(request.POST.get("part"))
    found = propose_answers(by=me(request), inquiry=inquiry, files=files, part=part)
    return _results(request, [*found, *refused], inquiry)


def _results(request: HttpRequest, found: list[Proposal], *args: int) -> HttpResponse:
    """Go on to the one batch there is, or say what became of every file."""
    if len(found) == 1 and found[0].batch is not None:
        where = "desk:batch_reading" if found[0].read_first else "desk:batch"
        return redirect(where, found[0].batch)
    status = 422 if all(one.error for one in found) else 200
    said = [(one, one.error.sentence(lang()) if one.error else "") for one in found]
    context = {"found": said, "inquiry": args[0] if args else None}
    return render(request, "desk/imports/results.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """Show the difference that a file makes, and apply what is ticked."""
    person = me(request)
    require(person, "book.see")
    if request.method == "GET":
        return _batch_page(request, batch)
    taken_ids = (one.rpartition("|") for one in request.POST.getlist("take"))
    ticked = {id: seen for id, _, seen in taken_ids}
    reason = request.POST.get("reason", "")
    try:
        done = apply_batch(by=person, batch=batch, accepted=ticked, reason=reason)
    except (ChangedMeanwhile, NoReason, NothingChosen, Restates) as error:
        return _batch_page(request, batch, error=error, ticked=set(ticked), reason=reason)
    messages.success(
        request, say("{n}件を台帳に反映しました。", "{n} changes were applied.", n=done.count)
    )
    return redirect("desk:batch", batch)


def _batch_page(
    request: HttpRequest,
    batch: int,
    *,
    error: SoseiError | None = None,
    ticked: set[str] | None = None,
    reason: str = "",
) -> HttpResponse:
    person = me(request)
    seen = batch_of(person.body, batch, quiet="all" in request.GET, by=person)
    context = {
        "seen": seen,
        "row": seen.row,
        "may": seen.may,
        "error": error,
        "reason": reason,
        "moved_ids": getattr(error, "ids", frozenset()),
        "restates": getattr(error, "differing", ()),
        "error_sentence": error.sentence(lang()) if error else "",
        **page_of(seen, ticked),
        **_preview(seen.report),
    }
    name = "desk/imports/new_year.html" if seen.report else "desk/imports/batch.html"
    return render(request, name, context, status=status_of(error) if error else 200)


def _preview(report: Report | None) -> dict[str, Any]:
    """Return what a new year's report would bring: counts, and what the check says of it."""
    if report is None:
        return {}
    indicators = [k for project in report.projects for k in project.indicators]
    findings = check(report)
    return {
        "indicators": len(indicators),
        "figures": sum(
            value is not None and value.gap is None
            for k in indicators
            for year in k.years
            for value in (year.target, year.actual, year.cumulative_actual)
        ),
        "money": sum(len(project.spending) for project in report.projects),
        "findings": sorted(findings, key=lambda one: one.severity.rank)[:_FINDINGS],
        "finding_counts": findings.counts(),
        "more_findings": max(len(findings) - _FINDINGS, 0),
    }


@login_required
@require_POST
def batch_decide(request: HttpRequest, batch: int) -> HttpResponse:
    """Say what belongs to what where it could not be told."""
    decisions = {
        name.removeprefix("decide|"): None if value == "new" else str(value)
        for name, value in request.POST.items()
        if name.startswith("decide|") and value
    }
    decide_batch(by=me(request), batch=batch, decisions=decisions)
    messages.success(
        request, say("選んだ対応で比べ直しました。", "Compared again with your choices.")
    )
    return redirect("desk:batch", batch)


@login_required
@require_POST
def batch_restate(request: HttpRequest, batch: int) -> HttpResponse:
    """Allow a new year's report to replace figures of earlier years."""
    allow_restating(by=me(request), batch=batch)
    messages.success(
        request,
        say(
            "過去の値の置き換えを認めました。登録を続けてください。",
            "Earlier figures may be replaced. Go on to record it.",
        ),
    )
    return redirect("desk:batch", batch)


@login_required
@require_POST
def batch_refuse(request: HttpRequest, batch: int) -> HttpResponse:
    """Drop a batch."""
    refuse_batch(by=me(request), batch=batch, reason=request.POST.get("reason", ""))
    messages.success(
        request, say("取りやめました。台帳は変わっていません。", "Dropped. The book is unchanged.")
    )
    return redirect("desk:imports")


@login_required
@require_POST
def batch_undo(request: HttpRequest, batch: int) -> HttpResponse:
    """Undo a batch as one."""
    undo_batch(by=me(request), batch=batch, reason=request.POST.get("reason", ""))
    messages.success(
        request,
        say(
            "まとめて取り消しました。台帳は前の内容に戻りました。", "Undone. The book is as it was."
        ),
    )
    return redirect("desk:batch", batch)


@login_required
@require_GET
def batch_file(request: HttpRequest, batch: int) -> HttpResponse:
    """Give the file that came in, as it came."""
    person = me(request)
    require(person, "book.see")
    files = files_of(person.body, [document_of(person.body, batch)])
    if not files:
        raise NoSuchPage
    return download(files[0].name, files[0].data, files[0].format)
