"""連絡先の書き出しとファイル簿の画面. Contacts are exported for a purpose and by a rule, each time with a line; the draft of the book of files."""

from __future__ import annotations

from typing import Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.evidence.actions.persons import Exported, export_contacts
from sosei.evidence.queries import privacy
from sosei.evidence.queries.persons import sized
from sosei.evidence.queries.registers import register as register_shown
from sosei.offices.permissions import may, require
from sosei.publishing.entrysheet import csv_of, xlsx_of
from sosei.publishing.filebook import filebook
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.privacy import ExportForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.registerwords import register_name
from sosei.web.desk.saying import lang, say
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of

#: Larger ones would have to be reported to the commission if they leaked (法68条, 規則43条4号).
LARGE: Final = 100


@login_required
@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """Show every export of contacts: who, when, how many, what for, by which rule."""
    person = me(request)
    require(person, "privacy.see")
    before = number_of(request.GET.get("before"))
    rows = privacy.exports(person.body, before)
    context = {
        "rows": [(row, row.by_rule(lang())) for row in rows],
        "older": rows[-1].seq if len(rows) == privacy.PAGE else None,
        "later": before is not None,
        "large": LARGE,
        "sees_journal": may(person, "journal.see"),
    }
    return render(request, "desk/privacy/exports.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest, register: int) -> HttpResponse:
    """Say how large an export would be, then make it."""
    person = me(request)
    require(person, "privacy.see")
    shown = register_shown(person.body, register)
    if shown.kind.subject not in ("person", "any"):
        raise NoSuchPage
    require(person, "register.export", [shown.department])
    form = ExportForm(request.POST or None)
    made: list[Exported] = []
    if request.method == "POST" and form.is_valid() and tried(form, lambda: made.append(_exported(request, register, form))):  # fmt: skip
        return _file(register_name(shown.kind), made[0], form.cleaned_data["form"])
    inside = privacy.persons_in(person.body)[register]
    context = {"one": shown, "form": form, "sized": sized(person.body, register, inside), "large": LARGE}  # fmt: skip
    return render(request, "desk/privacy/export.html", context, status=422 if form.errors else 200)


def _exported(request: HttpRequest, register: int, form: forms.Form) -> Exported:
    said = form.cleaned_data
    return export_contacts(by=me(request), register=register, purpose=said["purpose"], ground=said["ground"])  # fmt: skip


def _file(name: str, made: Exported, form: str) -> HttpResponse:
    names = [say("番号", "No."), say("氏名", "Name"), say("フリガナ", "Reading"), say("メールアドレス", "E-mail"), say("電話番号", "Telephone"), say("住所", "Address")]  # fmt: skip
    rows = [[pk, who.name, who.kana, who.mail, who.phone, who.address] for pk, who in made.rows]
    title = say("{n}の連絡先", "Contacts of {n}", n=name)
    if form == "csv":
        return _private(download(f"{title}.csv", csv_of(names, rows), "csv"))
    return _private(download(f"{title}.xlsx", xlsx_of(title, names, rows, lang()), "xlsx"))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep contacts out of every cache."""
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_GET
def files(request: HttpRequest) -> HttpResponse:
    """Show the draft of the book of files."""
    person = me(request)
    require(person, "privacy.see")
    found = privacy.file_register(person.body)
    context = {
        "files": [(one, one.rows(lang())) for one in found],
        "listed": privacy.LISTED,
        "due": any(one.due for one in found),
    }
    return render(request, "desk/privacy/files.html", context)


@login_required
@require_GET
def files_draft(request: HttpRequest) -> HttpResponse:
    """Give the draft of the book of files as a workbook: a sheet for each; `only=due`: of those that must be in it."""
    person = me(request)
    require(person, "privacy.see")
    found = privacy.file_register(person.body)
    if request.GET.get("only") == "due":
        found = tuple(one for one in found if one.due)
    if not found:
        raise NoSuchPage
    sheets = [(one.name[lang() == "en"], one.rows(lang())) for one in found]
    name = say("個人情報ファイル簿（案）", "Book of personal data files (draft)")
    return download(f"{name}.xlsx", filebook(name, sheets, lang()), "xlsx")
