"""照会の画面. The list, the board, one department's part, and the papers to be taken along."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sosei.core.inquiry import AnswerSheet
from sosei.journal.clock import today
from sosei.ledger.actions import inquiries as actions
from sosei.ledger.queries.asked import Board
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.inquiries import (
    board_of,
    inquiries_of,
    part_of,
    parts_asked,
    sheets_of,
)
from sosei.offices.permissions import departments_of, may, require
from sosei.offices.workdays import after
from sosei.publishing.inquiry import letter
from sosei.web.desk.downloads import download, zipped
from sosei.web.desk.forms.inquiries import DueForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.reminders import calendar, mail_link, reminder, reminders
from sosei.web.desk.saying import say
from sosei.web.desk.who import me, number_of


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
@require_GET
def inquiry(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Show the board of an inquiry."""
    person = me(request)
    require(person, "book.see")
    board = board_of(person.body, inquiry)
    day = today()
    context = {
        "board": board,
        "own": departments_of(person),
        "arrived": _arrived(board, person),
        "may_send": may(person, "inquiry.send"),
        "may_answer": may(person, "inquiry.answer"),
        "today": day,
        "reminders": [
            (part, reminder(board, part, day), mail_link(board, part, day)) for part in board.owing
        ],
        "all_reminders": reminders(board, day),
        "due": DueForm(initial={"due_on": after(max(board.due_on, day), 5)}),
    }
    return render(request, "desk/inquiries/board.html", context)


def _arrived(board: Board, person: Any) -> list[int]:
    """Return the answers that wait for this person: all for who sends inquiries, else those of his departments."""
    if may(person, "inquiry.send"):
        return board.arrived
    own = departments_of(person)
    return [b for part in board.parts if part.department in own for b in part.batches]


@login_required
@require_GET
def inquiry_reminders(request: HttpRequest, inquiry: int) -> HttpResponse:
    """Give the reminders to all departments that have not answered, as one text."""
    person = me(request)
    require(person, "inquiry.send")
    board = board_of(person.body, inquiry)
    if board.closed_on is not None or not board.owing:
        raise NoSuchPage
    name = say("{title}_督促文.txt", "{title}_reminders.txt", title=board.title)
    text = reminders(board, today()).replace("\n", "\r\n") + "\r\n"
    return download(name, text.encode("utf-8-sig"), "txt")


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
