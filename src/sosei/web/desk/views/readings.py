"""読み取りを確かめる画面. A page of the file as a picture beside what was read from it; what is wrong is put right by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.ledger.actions.mending import (
    confirm_read,
    forget_habit,
    mend_batch,
    unmend_batch,
    use_habits,
)
from sosei.ledger.mending import Mend
from sosei.ledger.queries.batches import document_of
from sosei.ledger.queries.documents import files_of
from sosei.ledger.queries.habits import habit_rows
from sosei.ledger.queries.readings import ReadingSeen, reading_seen
from sosei.offices.permissions import may, require
from sosei.reading.pictures import picture
from sosei.web.desk.forms.readings import MendForm, ProjectForm, begun
from sosei.web.desk.mendwords import habit_words
from sosei.web.desk.readings import (
    MOST_FIRST,
    Item,
    around,
    chunk_of,
    first_of,
    items_of,
    marks_of,
    mend_lines,
    pages_of,
    parts_of,
)
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.saying import say
from sosei.web.desk.trying import tried
from sosei.web.desk.who import me, number_of


@login_required
@require_http_methods(["GET", "POST"])
def batch_reading(request: HttpRequest, batch: int) -> HttpResponse:
    """Show how a file was read, page by page; correct one figure."""
    person = me(request)
    require(person, "book.see")
    seen = reading_seen(person, batch)
    items = items_of(seen)
    chosen = _chosen(request, items)
    form = _form(request, seen, chosen) if chosen else None
    if request.method == "POST":
        if chosen is None or form is None:
            raise NoSuchPage
        if _acted(request, seen, chosen, form):
            return redirect(_address(batch, chosen))
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/imports/reading.html", _context(request, seen, items, chosen, form), status=status)  # fmt: skip


def _chosen(request: HttpRequest, items: list[Item]) -> Item | None:
    for kind, letter in (("value", "v"), ("unread", "u")):
        number = number_of(request.GET.get(kind))
        if number is not None:
            return next((one for one in items if one.id == f"{letter}{number}"), None)
    return None


def _address(batch: int, item: Item) -> str:
    page = f"page={item.page}&" if item.page else ""
    return f"{reverse('desk:batch_reading', args=[batch])}?{page}{item.query}#{item.id}"


def _form(request: HttpRequest, seen: ReadingSeen, item: Item) -> MendForm:
    report = seen.reading.report
    data = request.POST if request.method == "POST" and "mend" in request.POST else None
    initial = begun(item.figure, seen.mends.get(_at(item)))
    return MendForm(data, initial=initial, item=item, report=report)


def _at(item: Item) -> str:
    return item.figure.path if item.figure else f"/unread/{int(item.id[1:]) - 1}"


def _acted(request: HttpRequest, seen: ReadingSeen, item: Item, form: MendForm) -> bool:
    """Do what was pressed; False where the form is refused, with the refusal in it."""
    stamp, by, batch = number_of(request.POST.get("seen")), me(request), seen.row.pk
    if "mend" not in request.POST:
        mend, alike = _other(request, item), "right" not in request.POST
        mend_batch(by=by, batch=batch, mend=mend, alike=alike, seen=stamp)
    else:
        if not form.is_valid():
            return False
        mend, alike = _again(form.mend(_at(item)), seen, item), bool(form.cleaned_data.get("alike"))
        if not tried(form, lambda: mend_batch(by=by, batch=batch, mend=mend, alike=alike, seen=stamp)):  # fmt: skip
            return False
    messages.success(request, _done_words(mend))
    return True


def _again(mend: Mend, seen: ReadingSeen, item: Item) -> Mend:
    """Return a mend together with what was said of the same thing before."""
    before = seen.mends.get(_at(item))
    if before is None:
        return mend
    names = ("text", "unit", "year", "role", "indicator")
    said: dict[str, Any] = {n: getattr(mend, n) or getattr(before, n) for n in names}
    return Mend(at=mend.at, **said)


def _other(request: HttpRequest, item: Item) -> Mend:
    """Return what one of the other buttons means: it is right, it is no indicator, it belongs to another project."""
    if "right" in request.POST:
        return Mend(at=_at(item))
    if item.figure is None:
        raise NoSuchPage
    owner = item.figure.path if item.figure.spending else item.figure.owner
    if "leave" in request.POST:
        return Mend(at=owner, role="none")
    return Mend(at=owner, project=request.POST.get("project") or None)


def _done_words(mend: Mend) -> str:
    if mend.says_nothing:
        return say("読み取りどおりで正しいと記録しました。", "Noted: it is right as it was read.")
    return say("読み取りを直しました。台帳との違いを比べ直しています。", "Corrected, and compared with the book again.")  # fmt: skip


def _context(
    request: HttpRequest,
    seen: ReadingSeen,
    items: list[Item],
    chosen: Item | None,
    form: forms.Form | None,
) -> dict[str, Any]:
    pages, first = pages_of(items), first_of(items)
    page = _page(request, pages, chosen, first)
    shown, chunk, chunks = _shown(request, items, page, chosen)
    sheet = seen.reading.sheets.get(page or 0)
    figure = chosen.figure if chosen else None
    return {
        "seen": seen, "row": seen.row, "may": seen.may, "chosen": chosen, "form": form,
        "project_form": ProjectForm(report=seen.reading.report, initial={"project": f"/projects/{figure.project}"}) if figure and not figure.spending and len(seen.reading.report.projects) > 1 else None,
        "chunk": chunk, "chunks": range(1, chunks + 1) if chunks > 1 else (),
        "page": page, "pages": pages, "sheet": sheet, "marks": marks_of(shown) if sheet else [],
        "around": around(chosen, sheet) if chosen and sheet and chosen.boxes and chosen.page == page else "",
        "parts": parts_of(shown),
        "loud": sum(one.state in ("doubt", "unread") and one.page == page for one in shown),
        "first": first[:MOST_FIRST], "more_first": max(0, len(first) - MOST_FIRST), "count_first": len(first),
        "offers": [(one, habit_words(one.row.habit), len(one.proposed.mends)) for one in seen.offers],
        "mended": mend_lines(seen, items),
        "before": _beside(pages, page, -1), "after": _beside(pages, page, 1),
    }  # fmt: skip


def _shown(
    request: HttpRequest, items: list[Item], page: int | None, chosen: Item | None
) -> tuple[list[Item], int, int]:
    """Return what is listed: a page's things; of a file without pages some projects', with which part of how many."""
    if page is not None:
        return [one for one in items if one.page == page or one is chosen], 1, 1
    chunks = 1 + max((chunk_of(one) for one in items), default=0)
    asked = number_of(request.GET.get("part")) or 1
    chunk = 1 + chunk_of(chosen) if chosen else min(max(asked, 1), chunks)
    return [one for one in items if 1 + chunk_of(one) == chunk], chunk, chunks


def _page(
    request: HttpRequest, pages: list[int], chosen: Item | None, first: list[Item]
) -> int | None:
    """Return the page to show: that of what was chosen, the one asked for, or where there is something to look at."""
    if chosen is not None and chosen.page:
        return chosen.page
    asked = number_of(request.GET.get("page"))
    if asked in pages:
        return asked
    loud = next((one.page for one in first if one.page), None)
    return loud or (pages[0] if pages else None)


def _beside(pages: list[int], page: int | None, step: int) -> int | None:
    if page not in pages:
        return None
    at = pages.index(page) + step
    return pages[at] if 0 <= at < len(pages) else None


@login_required
@require_POST
def batch_confirm(request: HttpRequest, batch: int) -> HttpResponse:
    """Note of a page (or of a file without pages) that somebody looked, and it is right as it was read."""
    person, page = me(request), number_of(request.POST.get("page"))
    seen = reading_seen(person, batch)
    part = number_of(request.POST.get("part"))
    shown = [
        one for one in items_of(seen) if one.page == page and part in (None, 1 + chunk_of(one))
    ]
    paths = [_at(one) for one in shown if one.state in ("doubt", "unread")]
    count = confirm_read(by=person, batch=batch, at=paths, seen=number_of(request.POST.get("seen")))
    messages.success(request, say("{n}件を、見比べて正しいと記録しました。", "{n} noted as looked at, and right.", n=count))  # fmt: skip
    return redirect("desk:batch_reading", batch)


@login_required
@require_POST
def batch_unmend(request: HttpRequest, batch: int) -> HttpResponse:
    """Take corrections back that were made at once."""
    group = number_of(request.POST.get("group")) or 0
    unmend_batch(by=me(request), batch=batch, group=group, seen=number_of(request.POST.get("seen")))
    messages.success(request, say("直しを取り消しました。読み取ったときの内容に戻っています。", "Taken back: it is as it was read."))  # fmt: skip
    return redirect("desk:batch_reading", batch)


@login_required
@require_POST
def batch_habits(request: HttpRequest, batch: int) -> HttpResponse:
    """Correct what was read as earlier files of the layout taught."""
    wanted = [number for text in request.POST.getlist("habit") if (number := number_of(text))]
    count = use_habits(by=me(request), batch=batch, habits=wanted, seen=number_of(request.POST.get("seen")))  # fmt: skip
    messages.success(request, say("覚えた直し方で{n}件を直しました。下の一覧から取り消せます。", "{n} figures were corrected as remembered; it can be taken back below.", n=count))  # fmt: skip
    return redirect("desk:batch_reading", batch)


@login_required
@require_GET
def batch_picture(request: HttpRequest, batch: int, page: int) -> HttpResponse:
    """Give a page of the file that came in as a picture, to this person's browser alone."""
    person = me(request)
    require(person, "book.see")
    files = files_of(person.body, [document_of(person.body, batch)])
    if not files or files[0].format != "pdf":
        raise NoSuchPage
    response = HttpResponse(picture(files[0].data, files[0].name, page), content_type="image/png")
    response["Cache-Control"] = "private, max-age=600"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@login_required
@require_GET
def habits(request: HttpRequest) -> HttpResponse:
    """List what corrections taught about the layouts of files."""
    person = me(request)
    require(person, "book.see")
    rows = [(row, habit_words(row.habit)) for row in habit_rows(person.body)]
    context = {"rows": rows, "may": may(person, "import.propose") is not None}
    return render(request, "desk/imports/habits.html", context)


@login_required
@require_POST
def habit_forget(request: HttpRequest, habit: int) -> HttpResponse:
    """Forget one of them."""
    forget_habit(by=me(request), habit=habit)
    messages.success(request, say("忘れました。次のファイルからは提案しません。", "Forgotten: it is proposed no more."))  # fmt: skip
    return redirect("desk:layout_habits")
