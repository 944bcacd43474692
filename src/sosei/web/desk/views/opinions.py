"""有識者意見の画面. Asking, typing, reading files back, the table 意見と対応."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.core.errors import SoseiError
from sosei.journal.clock import today
from sosei.ledger.actions import opinionfiles as files
from sosei.ledger.actions import opinions as actions
from sosei.ledger.actions.inquiries import asking_office
from sosei.ledger.queries import opinions as queries
from sosei.ledger.queries.opinionsheets import (
    Asked,
    Reading,
    asked_in,
    file_of,
    printed_of,
    reading_seen,
)
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.pack import said_of
from sosei.offices.permissions import may, require
from sosei.offices.queries.experts import experts_on
from sosei.offices.queries.standing import office_of
from sosei.publishing.opiniontable import opinions_page
from sosei.publishing.paper import MEDIA_TYPES, write_paper
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.opinions import AskExpertForm, OpinionForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.uploads import taken
from sosei.web.desk.who import me, number_of

#: Days that an expert usually gets.
_DAYS = 21


@login_required
@require_GET
def opinions(request: HttpRequest, volume: int) -> HttpResponse:
    """Show who was asked about a report, what was said, and what was answered."""
    person = me(request)
    require(person, "book.see")
    row = volume_in(person.body, volume)
    said = queries.opinions_of(volume)
    context = {
        "volume": row,
        "called": row.called(),
        "papers": queries.papers_of(volume),
        "groups": _by_project(said),
        "count": len(said),
        "may_ask": may(person, "opinion.collect") is not None and row.stage in actions.OPEN,
        "prints": printed_of(person.body, [one.entry for one in said if one.entry is not None]),
        "may_print": may(person, "verification.write") is not None
        and row.stage in {"decided", "experts", "assembly"},
    }
    return render(request, "desk/opinions/index.html", context)


def _by_project(said: tuple[queries.OpinionRow, ...]) -> list[tuple[int | None, str | None, list[queries.OpinionRow]]]:  # fmt: skip
    found: dict[int | None, list[queries.OpinionRow]] = {}
    for one in said:
        found.setdefault(one.entry, []).append(one)
    return [(entry, rows[0].project, rows) for entry, rows in found.items()]


@login_required
@require_GET
def opinions_table(request: HttpRequest, volume: int, form: str) -> HttpResponse:
    """Give the table 意見と対応 as a file."""
    person = me(request)
    require(person, "book.see")
    row = volume_in(person.body, volume)
    if form not in MEDIA_TYPES:
        raise NoSuchPage
    office = office_of(person.body)
    page = opinions_page(
        row.title or row.called(), office.name if office else "", row.fiscal_year, today(), said_of(volume), lang()
    )  # fmt: skip
    return download(
        f"有識者の意見と対応_{row.called()}.{form}", write_paper(page, form, day=today()), form
    )


@login_required
@require_http_methods(["GET", "POST"])
def opinions_ask(request: HttpRequest, volume: int) -> HttpResponse:
    """Make a sheet for one more expert."""
    person = me(request)
    require(person, "opinion.collect")
    row = volume_in(person.body, volume)
    form = AskExpertForm(
        request.POST or None, people=experts_on(person.body, today()), initial=_usual(person)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        expert = actions.Expert(
            name=said["name"], sector=said["sector"] or None, person=said["person"]
        )
        try:
            (made,) = actions.ask_experts(
                by=person, volume=volume, experts=[expert], due_on=said["due_on"], contact=said["contact"]
            )  # fmt: skip
        except SoseiError as error:
            form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        else:
            messages.success(request, say("意見書を作りました。ファイルを取り出して届けてください。", "The sheet is made. Take out the file and pass it on."))  # fmt: skip
            return redirect("desk:opinion_paper", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "volume": row, "called": row.called()}
    return render(request, "desk/opinions/ask.html", context, status=status)


def _usual(person: Any) -> dict[str, Any]:
    contact = f"{asking_office(person)}　{person.name}"
    return {"due_on": today() + timedelta(days=_DAYS), "contact": contact}


@login_required
@require_GET
def opinions_mine(request: HttpRequest) -> HttpResponse:
    """Show an expert his own papers."""
    person = me(request)
    require(person, "opinion.give")
    return render(request, "desk/opinions/mine.html", {"papers": queries.own_papers(person)})


@login_required
@require_http_methods(["GET", "POST"])
def opinion_paper(request: HttpRequest, paper: int) -> HttpResponse:
    """Show one paper: to its expert to type in, to the office to see and to send."""
    person = me(request)
    asked = _asked(request, paper)
    if request.method == "GET":
        return _paper_shown(request, asked)
    require(person, "opinion.give")
    entry = number_of(request.POST.get("entry"))
    form = OpinionForm(request.POST, prefix=_prefix(entry))
    if not form.is_valid():
        return _paper_shown(request, asked, {entry: form})
    try:
        actions.give_opinion(
            by=person, paper=paper, entry=entry,
            judgement=form.cleaned_data["judgement"] or None, text=form.cleaned_data["text"],
        )  # fmt: skip
    except SoseiError as error:
        form.add_error(None, f"{error.sentence(lang())}（{error.code}）")
        return _paper_shown(request, asked, {entry: form})
    messages.success(request, say("意見を保存しました。", "Your opinion is saved."))
    return redirect(f"{reverse('desk:opinion_paper', args=[paper])}#{_prefix(entry)}")


def _asked(request: HttpRequest, paper: int) -> Asked:
    """Return a paper with its sheet: the expert's own, or any for who sees the book. Raises NotAllowed."""
    person = me(request)
    found = asked_in(person.body, paper)
    if found.row.person != person.pk:
        require(person, "book.see")
    return found


def _prefix(entry: int | None) -> str:
    return f"e{entry}" if entry else "whole"


def _paper_shown(
    request: HttpRequest,
    asked: Asked,
    bad: dict[int | None, OpinionForm] | None = None,
    refusal: str = "",
) -> HttpResponse:
    person = me(request)
    mine = asked.row.person == person.pk and may(person, "opinion.give") is not None
    things = [
        (one, (bad or {}).get(one.entry) or OpinionForm(prefix=_prefix(one.entry), initial={"judgement": one.judgement or "", "text": one.text}), _prefix(one.entry))
        for one in asked.things
    ]  # fmt: skip
    context = {
        "asked": asked, "row": asked.row, "sheet": asked.sheet, "things": things,
        "types": mine and asked.open, "mine": mine,
        "may_read": may(person, "opinion.collect") is not None and asked.open,
        "refusal": refusal,
    }  # fmt: skip
    status = 422 if bad or refusal else 200
    return render(request, "desk/opinions/paper.html", context, status=status)


@login_required
@require_GET
def opinion_paper_file(request: HttpRequest, paper: int, form: str) -> HttpResponse:
    """Give an expert's sheet as a file to be filled."""
    asked = _asked(request, paper)
    if form not in {"docx", "xlsx"}:
        raise NoSuchPage
    name, data = file_of(asked, form, lang())
    return download(name, data, form)


@login_required
@require_POST
def opinion_read(request: HttpRequest, paper: int) -> HttpResponse:
    """Read a file that came back; show what was understood before anything is taken in."""
    person = me(request)
    require(person, "opinion.collect")
    asked = _asked(request, paper)
    try:
        name, data = taken(request.FILES.get("file"))
        made = files.propose_opinions(by=person, paper=paper, name=name, data=data)
    except SoseiError as error:
        return _paper_shown(request, asked, refusal=f"{error.sentence(lang())}（{error.code}）")
    return redirect("desk:opinion_reading", made.pk)


@login_required
@require_http_methods(["GET", "POST"])
def opinion_reading(request: HttpRequest, reading: int) -> HttpResponse:
    """Show what was understood of a file; take in what is chosen, or nothing."""
    person = me(request)
    require(person, "opinion.collect")
    seen = reading_seen(person.body, reading)
    refusal = ""
    if request.method == "POST":
        try:
            return _settled(request, seen)
        except SoseiError as error:
            refusal = f"{error.sentence(lang())}（{error.code}）"
    context = {"seen": seen, "refusal": refusal}
    return render(request, "desk/opinions/reading.html", context, status=422 if refusal else 200)


def _settled(request: HttpRequest, seen: Reading) -> HttpResponse:
    person = me(request)
    if "refuse" in request.POST:
        files.refuse_opinions(by=person, reading=seen.id)
        messages.info(request, say("何も取り込みませんでした。", "Nothing was taken in."))
    else:
        chosen = [
            n for text in request.POST.getlist("chosen") if (n := number_of(text)) is not None
        ]
        files.apply_opinions(
            by=person, reading=seen.id, chosen=chosen, seen=number_of(request.POST.get("stamp"))
        )
        messages.success(request, say("{n}件の意見を取り込みました。", "{n} opinions are in.", n=len(chosen)))  # fmt: skip
    return redirect("desk:opinion_paper", seen.paper.id)
