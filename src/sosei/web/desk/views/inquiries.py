"""照会の画面. The list, a new inquiry, the board, one department's part, and the papers to be taken along."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.core.errors import SoseiError
from sosei.core.fiscal import FiscalYear
from sosei.core.inquiry import AnswerSheet
from sosei.journal.clock import today
from sosei.ledger.actions import inquiries as actions
from sosei.ledger.queries.asking import Asking, asking_of
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.grid import volume_seen
from sosei.ledger.queries.inquiries import (
    askable,
    board_of,
    inquiries_of,
    part_of,
    parts_asked,
    sheets_of,
)
from sosei.ledger.queries.questions import USUAL
from sosei.ledger.workdays import after
from sosei.offices.permissions import departments_of, may, require
from sosei.publishing.inquiry import letter, usual_letter
from sosei.web.desk.downloads import download, zipped
from sosei.web.desk.forms.inquiries import AskForm, DueForm, SendForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.reminders import calendar, mail_link, reminder
from sosei.web.desk.saying import lang, say
from sosei.web.desk.who import me, number_of

#: Working days that departments usually get for an answer.
_DAYS = 10


@login_required
@require_GET
def inquiries(request: HttpRequest) -> HttpResponse:
    """List the inquiries, the person's own departments' first."""
    person = me(request)
    require(person, "book.see")
    context = {
        "rows": inquiries_of(person.body),
        "mine": parts_asked(person.body, departments_of(person)),
        "may_send": may(person, "inquiry.send"),
        "today": today(),
    }
    return render(request, "desk/inquiries/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def inquiry_new(request: HttpRequest) -> HttpResponse:
    """Choose whom to ask what, see the counts, write the letter, send."""
    person = me(request)
    require(person, "inquiry.send")
    volumes = [(pk, _called(year, series)) for pk, year, series in askable(person.body)]
    if not volumes:
        return render(request, "desk/inquiries/none.html")
    said = request.POST if request.method == "POST" else request.GET
    ask = AskForm(_ask_data(said, volumes), volumes=volumes)
    if not ask.is_valid():
        raise NoSuchPage
    volume = volume_seen(person.body, ask.cleaned_data["volume"])
    asking = asking_of(volume, ask.cleaned_data["kinds"], counting=True)
    form = SendForm(request.POST or None, initial=_usual(person, volume.fiscal_year))
    if request.method == "POST" and form.is_valid():
        refusal = _send(request, ask, form)
        if isinstance(refusal, HttpResponse):
            return refusal
        form.add_error(None, refusal)
    status = 422 if request.method == "POST" else 200
    context = {"ask": ask, "letter": form, "asking": asking, "chosen": _chosen(said, asking)}
    return render(request, "desk/inquiries/new.html", context, status=status)


def _called(year: int, series: str) -> str:
    return f"{FiscalYear(year)}{f'（{series}）' if series else ''}"


def _ask_data(said: Any, volumes: list[tuple[int, str]]) -> dict[str, Any]:
    asked = "kinds" in said or "volume" in said
    return {
        "volume": said.get("volume", volumes[0][0]),
        "kinds": said.getlist("kinds") if asked else sorted(USUAL),
    }


def _chosen(said: Any, asking: Asking) -> set[int]:
    """Return the departments that are ticked: all at first."""
    if "departments" in said or "title" in said:
        return {int(pk) for pk in said.getlist("departments") if pk.isdigit()}
    return {part.department for part in asking.parts}


def _usual(person: Any, year: int) -> dict[str, Any]:
    office = actions.asking_office(person)
    return {
        "title": say(
            "{year} 地方創生関連交付金事業の実績調査",
            "Survey of {year}",
            year=str(FiscalYear(year)),
        ),
        "due_on": after(today(), _DAYS),
        "contact": f"{office}　{person.name}",
        "letter": usual_letter(year, lang()),
    }


def _send(request: HttpRequest, ask: AskForm, form: SendForm) -> HttpResponse | str:
    """Send; return where to go on, or the sentence of the refusal."""
    said = form.cleaned_data
    try:
        sent = actions.send_inquiry(
            by=me(request),
            volume=ask.cleaned_data["volume"],
            departments=[int(pk) for pk in request.POST.getlist("departments") if pk.isdigit()],
            kinds=ask.cleaned_data["kinds"],
            words=actions.Wording(
                title=said["title"], due_on=said["due_on"], contact=said["contact"],
                letter=said["letter"] or None, number=said["number"] or None,
            ),
        )  # fmt: skip
    except SoseiError as error:
        return f"{error.sentence(lang())}（{error.code}）"
    messages.success(
        request,
        say(
            "照会を発出しました。様式をまとめてダウンロードし、各課に届けてください。",
            "The inquiry is out. Download the forms and pass them to the departments.",
        ),
    )
    return redirect("desk:inquiry", sent.pk)


@login_required
@require_GET
def inquiry(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Show the board of an inquiry."""
    person = me(request)
    require(person, "book.see")
    board = board_of(person.body, inquiry)
    day = today()
    waiting = [part for part in board.parts if part.state in ("late", "out", "partly")]
    context = {
        "board": board,
        "own": departments_of(person),
        "may_send": may(person, "inquiry.send"),
        "today": day,
        "reminders": [
            (part, reminder(board, part, day), mail_link(board, part, day)) for part in waiting
        ],
        "due": DueForm(initial={"due_on": after(max(board.due_on, day), 5)}),
    }
    return render(request, "desk/inquiries/board.html", context)


@login_required
@require_POST
def inquiry_extend(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Grant a later day."""
    form = DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, say("日付を入れてください。", "Enter a day."))
        return redirect("desk:inquiry", inquiry)
    actions.extend_inquiry(
        by=me(request),
        inquiry=inquiry,
        due_on=form.cleaned_data["due_on"],
        part=number_of(request.POST.get("part")),
        seen=number_of(request.POST.get("stamp")),
    )
    messages.success(request, say("回答期限を延ばしました。", "The due date was moved."))
    return redirect("desk:inquiry", inquiry)


@login_required
@require_POST
def inquiry_remind(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Record that departments were reminded."""
    parts = [int(pk) for pk in request.POST.getlist("parts") if pk.isdigit()]
    count = actions.remind_parts(by=me(request), inquiry=inquiry, parts=parts)
    messages.success(
        request,
        say(
            "{n}課に督促したことを記録しました。",
            "Recorded that {n} departments were reminded.",
            n=count,
        ),
    )
    return redirect("desk:inquiry", inquiry)


@login_required
@require_POST
def inquiry_close(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Close an inquiry."""
    seen = number_of(request.POST.get("stamp"))
    actions.close_inquiry(by=me(request), inquiry=inquiry, seen=seen)
    messages.success(request, say("照会を締め切りました。", "The inquiry is closed."))
    return redirect("desk:inquiry", inquiry)


@login_required
@require_POST
def inquiry_reopen(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Open a closed inquiry again."""
    form = DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, say("日付を入れてください。", "Enter a day."))
        return redirect("desk:inquiry", inquiry)
    actions.reopen_inquiry(by=me(request), inquiry=inquiry, due_on=form.cleaned_data["due_on"])
    messages.success(request, say("照会を再開しました。", "The inquiry is open again."))
    return redirect("desk:inquiry", inquiry)


@login_required
@require_GET
def inquiry_papers(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Give all forms of an inquiry as one archive."""
    person = me(request)
    require(person, "inquiry.send")
    board = board_of(person.body, inquiry)
    files = files_of(person.body, [part.workbook for part in board.parts if part.workbook])
    letters = [(_letter_name(s), letter(s)) for s in sheets_of(person.body, inquiry)]
    papers = sorted([*((file.name, file.data) for file in files), *letters])
    return download(f"{board.title}.zip", zipped(papers, board.sent_on), "zip")


def _letter_name(sheet: AnswerSheet) -> str:
    return f"{sheet.mark}_{sheet.department}_照会文.docx"


@login_required
@require_GET
def inquiry_letter(request: HttpRequest, part: int) -> HttpResponse:
    """Give the letter to one department."""
    person = me(request)
    require(person, "book.see")
    sheet = part_of(person.body, part).sheet
    return download(_letter_name(sheet), letter(sheet), "docx")


@login_required
@require_GET
def inquiry_calendar(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Give the due date as a calendar entry."""
    person = me(request)
    require(person, "book.see")
    board = board_of(person.body, inquiry)
    sent = datetime.combine(board.sent_on, time(), UTC)
    return download(f"{board.title}.ics", calendar(board, person.body, sent), "ics")


@login_required
@require_GET
def inquiry_part(request: HttpRequest, part: int) -> HttpResponse:
    """Show what one department is asked, how it stands, and where to answer."""
    person = me(request)
    require(person, "book.see")
    seen = part_of(person.body, part)
    context = {
        "part": seen,
        "row": seen.row,
        "groups": _by_project(seen),
        "may_answer": may(person, "inquiry.answer", [seen.row.department]),
        "may_send": may(person, "inquiry.send"),
        "due": DueForm(initial={"due_on": after(max(seen.row.due_on, today()), 5)}),
    }
    return render(request, "desk/inquiries/part.html", context)


def _by_project(seen: Any) -> list[tuple[Any, list[Any]]]:
    found: dict[str, list[Any]] = {project.key: [] for project in seen.sheet.projects}
    for item in seen.items:
        found[item.question.project].append(item)
    return [(seen.sheet.project_by_key[key], items) for key, items in found.items()]


@login_required
@require_GET
def inquiry_workbook(request: HttpRequest, part: int) -> HttpResponse:
    """Give the workbook that a department was sent."""
    person = me(request)
    require(person, "book.see")
    seen = part_of(person.body, part)
    files = files_of(person.body, [seen.row.workbook or 0])
    if not files:
        raise NoSuchPage
    return download(files[0].name, files[0].data, files[0].format)
