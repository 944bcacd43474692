"""照会を出す画面. Choose whom to ask what, see the counts and what is being asked already, write the letter, send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.core.errors import SoseiError
from sosei.core.fiscal import FiscalYear
from sosei.journal.clock import today
from sosei.ledger.actions import inquiries as actions
from sosei.ledger.queries.already import Already, already_asked
from sosei.ledger.queries.asking import Asking, asking_of
from sosei.ledger.queries.inquiries import askable
from sosei.ledger.queries.owned import volume_in
from sosei.ledger.queries.questions import USUAL
from sosei.offices.permissions import require
from sosei.offices.workdays import after
from sosei.publishing.inquiry import usual_letter
from sosei.web.desk.forms.inquiries import AskForm, SendForm
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import lang, say
from sosei.web.desk.who import me

#: Working days that departments usually get for an answer.
_DAYS = 10


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
    volume = volume_in(person.body, ask.cleaned_data["volume"])
    asking = asking_of(volume, ask.cleaned_data["kinds"], counting=True)
    already = already_asked(volume, asking)
    form = SendForm(request.POST or None, initial=_usual(person, volume.fiscal_year))
    if request.method == "POST" and form.is_valid():
        refusal = _send(request, ask, form)
        if isinstance(refusal, HttpResponse):
            return refusal
        form.add_error(None, refusal)
    status = 422 if request.method == "POST" else 200
    context = {
        "ask": ask, "letter": form, "asking": asking, "chosen": _chosen(said, asking, already),
        "rows": [(part, already.get(part.department)) for part in asking.parts],
        "already": {one.pk: one for one in already.values()}.values(),
    }  # fmt: skip
    return render(request, "desk/inquiries/new.html", context, status=status)


def _called(year: int, series: str) -> str:
    return f"{FiscalYear(year)}{f'（{series}）' if series else ''}"


def _ask_data(said: Any, volumes: list[tuple[int, str]]) -> dict[str, Any]:
    asked = "kinds" in said or "volume" in said
    return {
        "volume": said.get("volume", volumes[0][0]),
        "kinds": said.getlist("kinds") if asked else sorted(USUAL),
    }


def _chosen(said: Any, asking: Asking, already: Mapping[int, Already]) -> set[int]:
    """Return the departments that are ticked: at first all but those that are being asked already."""
    if "departments" in said or "title" in said:
        return {int(pk) for pk in said.getlist("departments") if pk.isdigit()}
    return {part.department for part in asking.parts if part.department not in already}


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
