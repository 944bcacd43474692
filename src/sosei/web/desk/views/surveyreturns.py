"""返った調査票の画面. Files that came back are handed in together, looked at file by file, then entered as one batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.core.errors import SoseiError
from sosei.evidence.actions.returned import check_returned, enter_returned, hand_in
from sosei.evidence.actions.returnedkept import Kept, enter_and_keep
from sosei.evidence.actions.sheetsback import Back, Trouble
from sosei.evidence.actions.uploads import drop_upload
from sosei.evidence.measures.model import Literal_
from sosei.evidence.queries.registers import RegisterShown
from sosei.evidence.queries.sheetsout import SheetsPage
from sosei.evidence.refusals import PeriodClosed, UploadGone
from sosei.evidence.sheets.surveysheet_bundle import EACH, MOST
from sosei.offices.permissions import require
from sosei.publishing.entrysheet import csv_of
from sosei.web.desk.downloads import download
from sosei.web.desk.refusals import NoFile
from sosei.web.desk.registerwords import field_name, register_name
from sosei.web.desk.registerwords import shown as value_in
from sosei.web.desk.saying import lang, say
from sosei.web.desk.trying import sentence
from sosei.web.desk.uploads import taken
from sosei.web.desk.views.surveysheets import address, survey_of
from sosei.web.desk.who import me

#: Names of who is silent that the page shows.
_NAMED: Final = 100
#: Files that could not be kept that the page names.
_LOST: Final = 5
#: Codes of files that the ordinary import may take.
_OWN_LAYOUT: Final = "E731"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """一項目の回答. What the sheet says, where it stands; `was`: what stands now, where that is something else."""

    name: str
    words: str
    at: str
    figure: bool
    was: str | None


@login_required
@require_http_methods(["GET", "POST"])
def hand(request: HttpRequest, register: int) -> HttpResponse:
    """Take files that came back."""
    shown, page = survey_of(request, register)
    person, error = me(request), ""
    require(person, "register.write", [shown.department])
    if request.method == "POST":
        try:
            files = [taken(file) for file in request.FILES.getlist("files")]
            if not files:
                raise NoFile
            upload = hand_in(by=person, register=register, files=files)
        except SoseiError as refusal:
            error = sentence(refusal)
        else:
            return redirect(address(page, "survey_check", upload=upload))
    context = {"one": shown, "page": page, "error": error, "most": MOST, "each": EACH}
    return render(request, "desk/registers/surveysheets_hand.html", context, status=422 if error else 200)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, register: int, upload: UUID) -> HttpResponse:
    """Tell what each file would do; enter what is good, give the problems as a file, or give up, where that is asked for."""
    shown, page = survey_of(request, register)
    require(me(request), "register.write", [shown.department])
    do = request.POST.get("do", "")
    if do == "drop":
        drop_upload(by=me(request), register=register, upload=upload)
        messages.success(request, say("登録をやめました。渡されたファイルは残していません。", "Given up. Nothing of the files was kept."))  # fmt: skip
        return redirect(address(page))
    if do == "enter":
        return _entered(request, shown, page, upload)
    return _checked(request, shown, page, upload)


def _entered(
    request: HttpRequest, shown: RegisterShown, page: SheetsPage, upload: UUID
) -> HttpResponse:
    """Enter the sheets as they were looked at; where anything changed meanwhile, show them anew."""
    said: dict[str, Any] = {"register": shown.pk, "year": page.year, "upload": upload, "seen": request.POST.get("seen", "")}  # fmt: skip
    try:
        if "keep" in request.POST:
            kept = enter_and_keep(by=me(request), **said)
        else:
            kept = Kept(batch=enter_returned(by=me(request), **said))
    except UploadGone:
        raise
    except SoseiError as error:
        return _checked(request, shown, page, upload, error)
    made = kept.batch
    if made is None:
        messages.info(request, say("どの調査票も登録済みの内容と同じなので、何も変えませんでした。", "Every sheet says what stands already; nothing was changed."))  # fmt: skip
        return redirect(address(page))
    messages.success(request, say("{n}件の回答を登録しました。間違えたときは、この束をまとめて取り消せます。", "{n} answers were entered. Entered by mistake? Take this batch back.", n=made.rows))  # fmt: skip
    _tell_kept(request, kept)
    return redirect("desk:register_batch", made.pk)


def _tell_kept(request: HttpRequest, kept: Kept) -> None:
    """Say which files were kept as documents, and which not and why."""
    if kept.files:
        messages.success(request, say("返ったファイル{n}件を、証拠書類（回答票）として付けました。", "{n} files were attached as documents.", n=kept.files))  # fmt: skip
    if not kept.lost:
        return
    named = [f"{name}：{sentence(refusal)}" for name, refusal in kept.lost[:_LOST]]
    messages.warning(
        request,
        say(
            "証拠書類に付けられなかったファイルが{n}件あります。回答は登録してあるので、登録の画面から付けてください。{named}",
            "{n} files could not be attached. Their answers are entered: attach the files on their pages. {named}",
            n=len(kept.lost), named="　".join(named),
        ),
    )  # fmt: skip


def _checked(
    request: HttpRequest, shown: RegisterShown, page: SheetsPage, upload: UUID, error: SoseiError | None = None
) -> HttpResponse:  # fmt: skip
    found = check_returned(by=me(request), register=shown.pk, year=page.year, upload=upload)
    if request.POST.get("do") == "problems" and found.troubles:
        return _problem_file(shown, found.troubles)
    context = {
        "one": shown, "page": page, "upload": upload, "found": found, "fields": [field_name(one) for one in shown.kind.fields.values() if not one.personal],
        "rows": [(back, list(_said(shown, back))) for back in found.sheets if back.state != "wrong"],
        "troubles": [(one, one.column if lang() == "ja" else one.column_en, one.sentence(lang())) for one in found.troubles],
        "wrong_files": len({one.file for one in found.troubles}),
        "own_layout": any(one.code == _OWN_LAYOUT for one in found.strange),
        "notes": [back for back in found.sheets if back.note],
        "named": found.silent[:_NAMED], "unnamed": max(len(found.silent) - _NAMED, 0),
        "keep": request.method == "GET" or "keep" in request.POST, "closed": isinstance(error or found.refusal, PeriodClosed), "error": sentence(error) if error else "", "refusal": sentence(found.refusal) if found.refusal else "",
    }  # fmt: skip
    status = 409 if error else 422 if found.refusal else 200
    return render(request, "desk/registers/surveysheets_check.html", context, status=status)


def _said(shown: RegisterShown, back: Back) -> Iterable[Said]:
    """Yield what a sheet says, question by question; of what is enciphered, nothing."""
    values: Mapping[str, Literal_] = back.draft.values if back.draft else {}
    for field in shown.kind.fields.values():
        if field.personal:
            continue
        now, was = value_in(field, values.get(field.key)), value_in(field, back.before.get(field.key))  # fmt: skip
        differs = back.state == "changed" and now != was
        yield Said(
            name=field_name(field), words=now, at=back.cells.get(field.key, "").rpartition("!")[2],
            figure=field.is_number, was=(was or "－") if differs else None,
        )  # fmt: skip


def _problem_file(shown: RegisterShown, troubles: Iterable[Trouble]) -> HttpResponse:
    heads = say("相手,ファイル,場所,項目,直すところ,番号", "who,file,place,item,what to mend,code").split(",")  # fmt: skip
    rows = [
        [one.whom, one.file, one.at, one.column if lang() == "ja" else one.column_en, one.sentence(lang()), one.code]
        for one in troubles
    ]  # fmt: skip
    name = say("{n}_直すところ.csv", "{n}_problems.csv", n=register_name(shown.kind))
    return download(name, csv_of(heads, rows), "csv")
