"""調査票の画面. To whom a survey's sheets go, who has answered; the sheets as files, their sending, the list to remind by."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sosei.core.fiscal import RANGE, FiscalYear
from sosei.evidence.actions.sheetssent import record_sent
from sosei.evidence.queries.registers import RegisterShown
from sosei.evidence.queries.sheetsout import (
    MOST,
    OutRow,
    Sheet,
    SheetsPage,
    Words,
    sheets_made,
    sheets_page,
)
from sosei.evidence.refusals import TooManyRows
from sosei.journal.clock import today
from sosei.offices.permissions import require
from sosei.publishing.entrysheet import Value, csv_of, xlsx_of
from sosei.web.desk.downloads import download, zipped
from sosei.web.desk.forms.surveysheets import MakeForm, SentForm
from sosei.web.desk.registerwords import register_name
from sosei.web.desk.saying import lang, say
from sosei.web.desk.templatetags.desk import show_fiscal
from sosei.web.desk.trying import tried
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.views.registers import knows, needs
from sosei.web.desk.who import me, number_of

#: How many years back a survey may ask about.
_BACK: Final = 10
_STATES: Final = {
    "answered": ("回答済み", "answered"), "late": ("期限切れ・未回答", "overdue"), "sent": ("未回答", "silent"),
    "unsent": ("未送付・未回答", "not sent"),
}  # fmt: skip


@login_required
@require_GET
def sheets(request: HttpRequest, register: int) -> HttpResponse:
    """Show to whom a survey's sheets went and who answered."""
    shown, page = survey_of(request, register)
    return _page(request, shown, page)


def survey_of(request: HttpRequest, register: int) -> tuple[RegisterShown, SheetsPage]:
    """Return a survey of which a person may see single answers, and the year that is asked for: the last one that is over."""
    person = me(request)
    shown = readable(person, register)
    year = number_of(request.GET.get("year"))
    year = year if year in RANGE else FiscalYear.of(today()).start - 1
    return shown, sheets_page(person.body, register, year or 0, shown)


def address(page: SheetsPage, name: str = "survey_sheets", **more: Any) -> str:
    """Return where a page of a survey's year stands."""
    where = reverse(f"desk:{name}", kwargs={"register": page.register.pk, **more})
    return f"{where}?year={page.year}"


def _page(request: HttpRequest, shown: RegisterShown, page: SheetsPage, **forms: Any) -> HttpResponse:  # fmt: skip
    person, now = me(request), FiscalYear.of(today()).start
    context = {
        "one": shown,
        "page": page,
        "make": MakeForm(page=page, initial=_initial(request, page), auto_id="make_%s"),
        "sent": SentForm(
            page=page, initial={"sent": today(), "due": _still(page.due)}, auto_id="sent_%s"
        ),
        "needs": needs(person, shown),
        "sees_rows": True,
        "knows": knows(person, shown.department),
        "late": sum(row.late > 0 for row in page.rows),
        "years": sorted({*range(now, now - _BACK, -1), page.year}, reverse=True),
        "failed": next((form for form in forms.values() if form.errors), None),
    } | forms
    status = 422 if context["failed"] else 200
    return render(request, "desk/registers/surveysheets.html", context, status=status)


def _initial(request: HttpRequest, page: SheetsPage) -> dict[str, Any]:
    """Return what the sheets say at first: what this person wrote last, else what is known of the survey."""
    kept = request.session.get(_kept(page), {})
    office, of = page.office, page.register.kind
    use = (
        "一社ごとの回答を公表することはありません。"
        if of.rows == "confidential"
        else "回答は、事業の成果を数えるために使います。"
    )
    purpose = (
        f"{office}では、事業の成果を確かめて公表するために、「{of.ja}」を行っています。\n"
        f"お忙しいところ恐れ入りますが、ご回答をお願いします。{use}"
    )
    contact = "　".join(filter(None, (office, page.register.department_name, me(request).name, page.contact)))  # fmt: skip
    return {"purpose": purpose, "contact": contact, **kept, "due": _still(page.due)}


def _still(due: date | None) -> date | None:
    """Return a day until which an answer is due, where it is not over."""
    return due if due is not None and due >= today() else None


def _kept(page: SheetsPage) -> str:
    return f"sheets-{page.register.pk}"


@login_required
@require_POST
def make(request: HttpRequest, register: int) -> HttpResponse:
    """Give the sheets: one as a workbook, several as an archive with their list. Nothing is written."""
    shown, page = survey_of(request, register)
    require(me(request), "register.write", [shown.department])
    form = MakeForm(request.POST, page=page, auto_id="make_%s")
    made: list[Sheet] = []
    if form.is_valid() and tried(form, lambda: made.extend(_made(page, form))):
        said = form.cleaned_data
        request.session[_kept(page)] = {name: said[name] for name in ("purpose", "contact")}
        return _given(page, made)
    return _page(request, shown, page, make=form)


def _made(page: SheetsPage, form: MakeForm) -> tuple[Sheet, ...]:
    subjects, said = form.subjects(), form.cleaned_data
    if len(subjects) > MOST:
        raise TooManyRows(limit=f"{MOST:,}")
    words = Words(purpose=said["purpose"], due=said["due"], contact=said["contact"])
    return sheets_made(page, subjects, words)


def _given(page: SheetsPage, made: list[Sheet]) -> HttpResponse:
    if len(made) == 1:
        return download(made[0].file, made[0].data, "xlsx")
    heads = (say("ファイル", "File"), say("相手", "Firm"), say("法人番号", "Corporate number"), say("整理番号", "Number"))  # fmt: skip
    rows = [[one.file, one.whom, one.number, one.identity] for one in made]
    listed = xlsx_of(say("一覧", "List"), heads, rows, lang())
    files = [(say("00_一覧.xlsx", "00_list.xlsx"), listed), *((one.file, one.data) for one in made)]
    name = f"{register_name(page.register.kind)}_{FiscalYear(page.year).short}_{say('調査票', 'sheets')}.zip"  # fmt: skip
    return download(name, zipped(files, today()), "zip")


@login_required
@require_POST
def sent(request: HttpRequest, register: int) -> HttpResponse:
    """Record that sheets were sent."""
    shown, page = survey_of(request, register)
    require(me(request), "register.write", [shown.department])
    form = SentForm(request.POST, page=page, auto_id="sent_%s")
    if form.is_valid() and tried(form, lambda: _record(request, page, form)):
        return redirect(address(page))
    return _page(request, shown, page, sent=form)


def _record(request: HttpRequest, page: SheetsPage, form: SentForm) -> None:
    said = form.cleaned_data
    changed = record_sent(
        by=me(request), register=page.register.pk, year=page.year, subjects=form.subjects(), sent=said["sent"], due=said["due"],
    )  # fmt: skip
    messages.success(request, say("{n}者への送付を記録しました。", "Sending to {n} was recorded.", n=changed))  # fmt: skip


@login_required
@require_GET
def listed(request: HttpRequest, register: int) -> HttpResponse:
    """Give the list of who is silent, or of all (`whom=all`): names and days, and nothing by which a person is reached."""
    shown, page = survey_of(request, register)
    told = knows(me(request), shown.department)
    rows = page.rows if request.GET.get("whom") == "all" else page.silent
    heads = (
        say("相手", "Respondent"), say("法人番号", "Corporate number"), say("対象年度", "Year"), say("送付日", "Sent"), say("回答期限", "Due"),
        say("状態", "State"), say("期限からの日数", "Days overdue"),
    )  # fmt: skip
    cells = [_cells(page, row, told) for row in rows]
    name = f"{register_name(page.register.kind)}_{FiscalYear(page.year).short}_{say('督促', 'reminders')}"  # fmt: skip
    if request.GET.get("as") == "csv":
        return download(f"{name}.csv", csv_of(heads, cells), "csv")
    return download(f"{name}.xlsx", xlsx_of(say("督促", "Reminders"), heads, cells, lang()), "xlsx")


def _cells(page: SheetsPage, row: OutRow, told: bool) -> list[Value]:
    who = say("個人 {n}", "person {n}", n=row.subject) if told else say("個人", "a person")
    name = who if row.person else row.name
    year = show_fiscal(page.year, "wareki")
    return [name, row.number, year, row.sent_on, row.due_on, say(*_STATES[row.state]), row.late or None]  # fmt: skip
