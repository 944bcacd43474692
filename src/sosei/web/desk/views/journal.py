"""証跡の画面. Who did what and when, what a line wrote, what became of a row, and the journal to take along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sosei.journal import export as out
from sosei.journal.clock import today
from sosei.journal.history import Step, history, written_by
from sosei.journal.queries import Line, Page, Wanted, line, page, people_seen, verbs_used
from sosei.journal.subjects import Subject, subjects
from sosei.ledger.queries.told import Told
from sosei.offices.actions.exports import note_export
from sosei.offices.permissions import may, require
from sosei.offices.queries.people import names_of
from sosei.web.desk.forms.journal import WantedForm
from sosei.web.desk.journalwords import codes, facts_of, groups_of, people_in, raw_of
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang
from sosei.web.desk.who import me, number_of

_NONE: Final = Page(lines=(), older=None, newer=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """一行. A line as the page shows it: with the words for the act, the person, and what it is about."""

    line: Line
    act: str
    person: str
    subject: Subject | None
    facts: tuple[tuple[str, str], ...] = ()


@login_required
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """Show the lines, the latest first, narrowed by person, act and days."""
    person = me(request)
    require(person, "journal.see")
    people = names_of(person.body, people_seen(person.body))
    form = _form(request, person.body, people)
    found = _NONE
    if form.is_valid():
        before, after = (number_of(request.GET.get(name)) for name in ("before", "after"))
        found = page(person.body, form.wanted(), before=before, after=after)
    context = {
        "form": form,
        "rows": _shown(person.body, found.lines, people, _teller(person)),
        "page": found,
        "kept": urlencode({k: v for k, v in request.GET.items() if k in form.fields and v}),
        "about": _about(person.body, form, _teller(person)),
    }
    return render(
        request, "desk/journal/index.html", context, status=200 if form.is_valid() else 422
    )


def _form(request: HttpRequest, body: str, people: dict[int, str]) -> WantedForm:
    named = sorted(people.items(), key=lambda pair: pair[1])
    return WantedForm(request.GET, people=named, verbs=verbs_used(body))


def _about(body: str, form: WantedForm, teller: Told) -> Subject | None:
    """Return what the list is narrowed to, where it is."""
    subject = form.cleaned_data.get("subject", "")
    return subjects(body, [subject], lang(), teller).get(subject)


def _teller(person: Any) -> Told:
    """Return who knows what the book's rows are called; who may not see the book gets no ways to its pages."""
    return Told(lang(), pages=may(person, "book.see") is not None)


def _shown(body: str, lines: Iterable[Line], people: dict[int, str], teller: Told) -> list[Shown]:
    found = list(lines)
    about = subjects(body, (one.subject for one in found), lang(), teller)
    return [
        Shown(
            line=one, act=one.called(lang()), person=_who(one.by, people),
            subject=about.get(one.subject), facts=tuple(facts_of(one, people)),
        )
        for one in found
    ]  # fmt: skip


def _who(by: int | None, people: dict[int, str]) -> str:
    return "" if by is None else people.get(by, f"{by}")


@login_required
@require_GET
def journal_line(request: HttpRequest, seq: int) -> HttpResponse:
    """Show one line, and what it wrote."""
    person = me(request)
    require(person, "journal.see")
    found = line(person.body, seq)
    if found is None:
        raise NoSuchPage
    first = number_of(request.GET.get("from")) or 0
    teller = _teller(person)
    part = written_by(person.body, seq, first=first, lang=lang(), codes=codes(), teller=teller)
    people = _names(person.body, [found.by, *people_in(found)])
    (shown,) = _shown(person.body, [found], people, teller)
    context = {
        "shown": shown,
        "part": part,
        "groups": groups_of(part.steps),
        "facts": facts_of(found, people),
        "raw": raw_of(found),
    }
    return render(request, "desk/journal/line.html", context)


@login_required
@require_GET
def journal_row(request: HttpRequest, table: str, row: int) -> HttpResponse:
    """Show what became of one row of the book."""
    person = me(request)
    require(person, "journal.see")
    steps = history(person.body, table, row, lang(), codes(), _teller(person))
    if not steps:
        raise NoSuchPage
    people = _names(person.body, [step.by for step in steps])
    shown: list[tuple[Step, str]] = [(step, _who(step.by, people)) for step in steps]
    return render(request, "desk/journal/row.html", {"steps": shown, "latest": steps[0]})


def _names(body: str, people: Iterable[int | None]) -> dict[int, str]:
    return names_of(body, {who for who in people if who is not None})


@login_required
@never_cache
@require_GET
def journal_export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """Give the wanted lines as a file, line by line; the journal says that it was taken along."""
    person = me(request)
    require(person, "journal.see")
    people = names_of(person.body, people_seen(person.body))
    asked = _form(request, person.body, people)
    if form not in out.FORMATS or not asked.is_valid():
        raise NoSuchPage
    wanted: Wanted = asked.wanted()
    note_export(by=person, form=form, wanted=wanted)
    lines: Any = (
        out.as_csv(person.body, wanted, people, lang())
        if form == "csv"
        else out.as_jsonl(person.body, wanted)
    )
    answer = StreamingHttpResponse(lines, content_type=out.FORMATS[form])
    name = f"journal_{person.body}_{today():%Y%m%d}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
