"""台帳への取込みの画面. A sheet is handed in, its columns are matched, what it would do is looked at, then it is entered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.core.errors import SoseiError
from sosei.evidence.actions.foreseeing import LONG, Foreseen, foresee
from sosei.evidence.actions.imports import import_sheet
from sosei.evidence.actions.uploads import drop_upload, keep_upload, kept_upload
from sosei.evidence.queries.batches import batch_page
from sosei.evidence.queries.importing import Looked, looked
from sosei.evidence.queries.registers import RegisterShown
from sosei.evidence.refusals import NoSuchRow, PeriodClosed, UploadGone
from sosei.evidence.sheets.cells import letters
from sosei.evidence.sheets.columns import columns_of
from sosei.evidence.sheets.matched import SheetMapping
from sosei.offices.permissions import require
from sosei.publishing.entrysheet import csv_of
from sosei.web.desk.downloads import download
from sosei.web.desk.forms.registerimports import ColumnsForm, UploadForm
from sosei.web.desk.importwords import heads, known, problem_rows, row_of, taken_columns
from sosei.web.desk.registerwords import register_name, who_shown
from sosei.web.desk.saying import say
from sosei.web.desk.trying import sentence, tried
from sosei.web.desk.uploads import taken
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.who import me, number_of

#: Rows that are shown before they are entered, and problems and notes; of the rest it is said how many there are.
_ROWS: Final = 10
_PROBLEMS: Final = 100
_NOTES: Final = 20
_NUMBERS: Final = 30
#: What a pasted block is called in the book.
_PASTED: Final = "貼り付けた表"


@login_required
@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest, register: int) -> HttpResponse:
    """Take a sheet: a file, or a block that was pasted."""
    shown = _writable(request, register)
    form = UploadForm(request.POST or None)
    kept: list[UUID] = []
    if request.method == "POST" and form.is_valid() and tried(form, lambda: kept.append(_handed_in(request, shown.pk, form))):  # fmt: skip
        return redirect("desk:register_import_columns", register, kept[0])
    context = {"one": shown, "form": form, "columns": columns_of(shown.kind)}
    return render(request, "desk/registers/import.html", context, status=422 if form.errors else 200)  # fmt: skip


def _writable(request: HttpRequest, register: int) -> RegisterShown:
    """Return a register in which a person may enter. Raises NotAllowed, NoSuchRow."""
    shown = readable(me(request), register)
    require(me(request), "register.write", [shown.department])
    return shown


def _handed_in(request: HttpRequest, register: int, form: UploadForm) -> UUID:
    """Keep what was handed in. Raises NoFile, NumbersFound, the refusals of files."""
    person, text = me(request), form.cleaned_data["text"]
    if text.strip():
        form.forget()  # where it is refused for Individual Numbers, they are not shown again
        made = keep_upload(by=person, register=register, name=_PASTED, data=text.encode(), way="pasted")  # fmt: skip
    else:
        name, data = taken(request.FILES.get("file"))
        made = keep_upload(by=person, register=register, name=name, data=data)
    try:
        looked(person.body, register, kept_upload(by=person, register=register, upload=made))
    except SoseiError:
        drop_upload(by=person, register=register, upload=made)
        raise
    return made


@login_required
@require_http_methods(["GET", "POST"])
def register_import_columns(request: HttpRequest, register: int, upload: UUID) -> HttpResponse:
    """Show which column of the sheet seems to be which; give it up where that is asked for."""
    shown = _writable(request, register)
    if request.method == "POST":
        drop_upload(by=me(request), register=register, upload=upload)
        messages.success(request, say("取り込みをやめました。渡された表は残していません。", "Given up. Nothing of the sheet was kept."))  # fmt: skip
        return redirect("desk:register", register)
    sheet, head = number_of(request.GET.get("sheet")), number_of(request.GET.get("head"))
    found = _looked(request, register, upload, sheet, head)
    return _columns_page(request, shown, found, ColumnsForm(looked=found))


def _looked(request: HttpRequest, register: int, upload: UUID, sheet: int | None, head: int | None) -> Looked:  # fmt: skip
    person = me(request)
    file = kept_upload(by=person, register=register, upload=upload)
    return looked(person.body, register, file, index=sheet, head=head)


def _columns_page(
    request: HttpRequest, shown: RegisterShown, found: Looked, form: ColumnsForm
) -> HttpResponse:
    how = known(found.mapping) if not form.is_bound else {}
    context = {
        "one": shown, "looked": found, "form": form,
        "rows": [(form[f"c-{n}"], found.samples[n], how.get(n, "")) for n in range(len(found.head.names))],
        "doubts": found.mapping.doubts if not form.is_bound else (),
        "sheets": [(n, name, n in found.hidden) for n, name in enumerate(found.names)],
        "remembers": "remembered" in {one.by for one in found.mapping.taken.values()},
        "long": found.rows > LONG,
    }  # fmt: skip
    return render(request, "desk/registers/import_columns.html", context, status=422 if form.errors else 200)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def register_import_check(request: HttpRequest, register: int, upload: UUID) -> HttpResponse:
    """Tell what the import would do; do it, or give its problems as a file, where that is asked for."""
    shown = _writable(request, register)
    if request.method == "GET":
        return redirect("desk:register_import_columns", register, upload)
    sheet, head = number_of(request.POST.get("sheet")), number_of(request.POST.get("head"))
    found = _looked(request, register, upload, sheet, head)
    form = ColumnsForm(request.POST, looked=found)
    if not form.is_valid() or form.mapping is None:
        return _columns_page(request, shown, found, form)
    if request.POST.get("do") == "enter":
        return _entered(request, shown, form)
    return _checked(request, shown, form)


def _checked(
    request: HttpRequest, shown: RegisterShown, form: ColumnsForm, error: SoseiError | None = None
) -> HttpResponse:
    """Show what the import would do, or give its problems as a file."""
    found, mapping = form.looked, form.mapping
    assert mapping is not None
    seen = foresee(
        by=me(request), register=shown.pk, sheet=found.to_read(form.cleaned_data["year"]), mapping=mapping
    )  # fmt: skip
    if seen.read.refused:
        drop_upload(by=me(request), register=shown.pk, upload=found.file.pk)
    if request.POST.get("do") == "problems" and seen.read.problems:
        return _problem_file(shown, problem_rows(seen.read.problems, found.columns))
    context = _told(shown, form, seen) | {"error": sentence(error) if error else ""}
    context["closed"] = isinstance(error or seen.refusal, PeriodClosed)
    status = 409 if error else 422 if seen.read.problems or seen.refusal else 200
    return render(request, "desk/registers/import_check.html", context, status=status)


def _told(shown: RegisterShown, form: ColumnsForm, seen: Foreseen) -> dict[str, Any]:
    found, mapping = form.looked, form.mapping
    assert mapping is not None
    columns, read = taken_columns(found.columns, mapping), seen.read
    notes = [*found.notes, *read.notes]
    left = [c for c in found.columns if c.key not in mapping.taken and (c.field or c.stage)]
    return {
        "one": shown, "looked": found, "foreseen": seen, "sent": form.said(),
        "heads": heads(columns), "rows": [row_of(shown.kind, columns, draft) for draft in read.drafts[:_ROWS]],
        "more_rows": max(len(read.drafts) - _ROWS, 0),
        "problems": problem_rows(read.problems[:_PROBLEMS], found.columns), "more_problems": max(len(read.problems) - _PROBLEMS, 0),
        "notes": notes[:_NOTES], "more_notes": max(len(notes) - _NOTES, 0),
        "changed": seen.changed[:_NUMBERS], "more_changed": max(len(seen.changed) - _NUMBERS, 0),
        "left_out": _left_out(found, mapping),
        "emptied": left if "entry" in mapping.taken else (),
        "refusal": sentence(seen.refusal) if seen.refusal else "",
    }  # fmt: skip


def _left_out(found: Looked, mapping: SheetMapping) -> list[str]:
    """Return the columns of the sheet that are not taken in; one without heading or content is none."""
    taken_in = {one.index for one in mapping.taken.values()}
    names = zip(found.head.names, found.samples, strict=True)
    return [
        name or say("{a}列", "column {a}", a=letters(n))
        for n, (name, samples) in enumerate(names)
        if n not in taken_in and (name or samples)
    ]


def _problem_file(shown: RegisterShown, rows: Sequence[Sequence[str]]) -> HttpResponse:
    heads = say("行,列,場所,直すところ,番号", "row,column,place,what to mend,code").split(",")
    name = say("{n}_直すところ.csv", "{n}_problems.csv", n=register_name(shown.kind))
    return download(name, csv_of(heads, rows), "csv")


def _entered(request: HttpRequest, shown: RegisterShown, form: ColumnsForm) -> HttpResponse:
    """Enter the sheet as it was looked at; where anything of that changed meanwhile, show it anew."""
    person, found, mapping = me(request), form.looked, form.mapping
    assert mapping is not None
    try:
        made = import_sheet(
            by=person, register=shown.pk, sheet=found.to_read(form.cleaned_data["year"]), mapping=mapping,
            way=found.file.way, seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except UploadGone:
        raise
    except SoseiError as error:
        return _checked(request, shown, form, error)
    drop_upload(by=person, register=shown.pk, upload=found.file.pk)
    if made is None:
        messages.info(request, say("どの行も登録済みの内容と同じなので、何も変えませんでした。", "Every row says what stands already; nothing was changed."))  # fmt: skip
        return redirect("desk:register", shown.pk)
    messages.success(request, say("{n}件を登録しました。", "{n} entries were made.", n=f"{made.rows:,}"))  # fmt: skip
    return redirect("desk:register_imported", shown.pk, made.pk)


@login_required
@require_GET
def register_imported(request: HttpRequest, register: int, batch: int) -> HttpResponse:
    """Show what came by an import, and how it is taken back."""
    shown = _writable(request, register)
    page = batch_page(me(request).body, batch)
    if page.batch.register != register:
        raise NoSuchRow(what="登録の束", number=batch)
    rows = [(row, who_shown(shown.kind, row, knows=True)) for row in page.entries[:_ROWS]]
    context = {"one": shown, "page": page, "rows": rows}
    return render(request, "desk/registers/import_done.html", context)
