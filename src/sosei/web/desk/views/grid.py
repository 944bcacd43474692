"""一覧入力の画面. A department's figures of the year in one table: typed, pasted, looked at together, saved together."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from sosei.core.errors import Stale
from sosei.ledger.actions.grid import Saved, TypedRow, save_grid
from sosei.ledger.actions.pasted import Laid, lay, lay_extra
from sosei.ledger.objections import CellProblem, GridRefused
from sosei.ledger.queries.counted import counts_of_lines
from sosei.ledger.queries.grid import Cell, Grid, GridRow, grid_of
from sosei.offices.permissions import departments_of, may, require, sees_all
from sosei.web.desk.saying import say
from sosei.web.desk.who import me, number_of

_FIELDS = ("typed", "state", "expected", "note")


@dataclass(frozen=True, slots=True)
class Shown:
    """一行の見え方. A row of the grid with what is typed into it, and what is wrong with that."""

    row: GridRow
    cell: Cell
    was: str
    options: SafeString
    state: str
    problems: tuple[CellProblem, ...] = ()
    locked: bool = False

    @property
    def doubts(self) -> bool:
        """Whether all that is wrong may be confirmed."""
        return bool(self.problems) and all(one.kind == "doubt" for one in self.problems)

    @property
    def wrong(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.problems)


@login_required
@require_http_methods(["GET", "POST"])
def grid(request: HttpRequest, volume: int) -> HttpResponse:
    """Show the grid; save what was typed, or say at every cell what is wrong."""
    person = me(request)
    require(person, "book.see")
    department = _department(request)
    if request.method == "GET":
        page = number_of(request.GET.get("page")) if "page" in request.GET else 1
        return _page(request, grid_of(person, volume, department, page=page), {})
    seen = grid_of(person, volume, department)
    typed = list(_typed(seen, request.POST))
    if block := request.POST.get("pasted", "").strip():
        return _pasted(request, seen, typed, block)
    extra = lay_extra(seen, {one.key: one.cell for one in typed}, request.POST.get("extra", ""))
    if extra.problems:
        return _page(
            request,
            _before_him(request, seen, typed),
            _cells(typed),
            loose=extra.problems,
            status=422,
        )
    try:
        saved = _save(person, volume, typed, request.POST.get("reason", ""))
    except GridRefused as refused:
        fresh = _before_him(request, grid_of(person, volume, department), typed)
        return _page(
            request, fresh, _cells(typed), refused=refused, loose=extra.problems, status=422
        )
    _say_saved(request, saved, extra)
    query = urlencode({"department": department or "", "page": request.POST.get("page", "1")})
    return redirect(f"{reverse('desk:grid', args=[volume])}?{query}")


def _department(request: HttpRequest) -> int | None:
    """Return whose rows are shown: as asked for, else the person's own department's, planning's all."""
    said = request.GET.get("department", request.POST.get("department"))
    if said is not None:
        return number_of(said)
    own = departments_of(me(request))
    return None if sees_all(me(request)) or len(own) != 1 else next(iter(own))


def _typed(seen: Grid, said: QueryDict) -> list[TypedRow]:
    """Return what was typed into the rows that the page had."""
    found = []
    for row in seen.rows:
        if f"typed-{row.key}" not in said:
            continue
        cell = Cell(**{name: said.get(f"{name}-{row.key}", "").strip() for name in _FIELDS})
        found.append(
            TypedRow(
                key=row.key, cell=cell, was=_was(said.get(f"was-{row.key}"), row),
                seen=number_of(said.get(f"seen-{row.key}")) or 0,
                note_seen=number_of(said.get(f"noteseen-{row.key}")) or 0,
                sure=f"sure-{row.key}" in said,
            )
        )  # fmt: skip
    return found


def _was(said: str | None, row: GridRow) -> Cell:
    """Return what the page showed when it was made; what stands now where the form does not say it."""
    try:
        kept = json.loads(said or "")
        return Cell(**{name: str(kept[name]) for name in _FIELDS})
    except (ValueError, KeyError, TypeError):
        return row.cell


def _before_him(
    request: HttpRequest, grid: Grid, typed: Sequence[TypedRow], filled: Collection[str] = ()
) -> Grid:
    """Return of the whole grid what the person had before him, his page, with the projects `filled` elsewhere: nothing typed is lost."""
    besides = {one.key for one in typed} | set(filled)
    return grid.on_page(number_of(request.POST.get("page")), besides)


def _cells(typed: Sequence[TypedRow]) -> dict[str, Cell]:
    """Return the cells that a person touched."""
    return {one.key: one.cell for one in typed if one.cell != one.was}


def _save(person: Any, volume: int, typed: Sequence[TypedRow], reason: str) -> Saved:
    """Save; once more where somebody was faster in the very moment, to say so at the cell."""
    try:
        return save_grid(by=person, volume=volume, typed=typed, reason=reason)
    except Stale:
        return save_grid(by=person, volume=volume, typed=typed, reason=reason)


def _pasted(
    request: HttpRequest, seen: Grid, typed: Sequence[TypedRow], block: str
) -> HttpResponse:
    """Lay a pasted block into the table and show it; nothing is saved yet."""
    laid = lay(seen, {one.key: one.cell for one in typed}, block)
    cells = _cells(typed) | laid.cells
    messages.info(
        request,
        say(
            "{n}行に入れました。まだ保存していません。確かめてから保存してください。",
            "{n} rows were filled. Nothing is saved yet: look at them, then save.",
            n=len(laid.cells),
        ),
    )
    status = 422 if laid.problems else 200
    shown = _before_him(request, seen, typed, laid.cells)
    return _page(request, shown, cells, loose=laid.problems, status=status)


def _say_saved(request: HttpRequest, saved: Saved, extra: Laid) -> None:
    if not saved.changed:
        messages.info(request, say("変わったところはありませんでした。", "Nothing had changed."))
        return
    total = say("合計も合っています。", " The total is right.") if extra.totals else ""
    words = say("{n}件を保存しました。", "{n} cells were saved.", n=saved.changed) + total
    link = reverse("desk:batch", args=[saved.batch])
    messages.success(
        request,
        format_html(
            '{} <a href="{}">{}</a>', words, link, say("内容の確認・取消", "Look at it, or undo it")
        ),
    )


def _page(
    request: HttpRequest,
    seen: Grid,
    cells: Mapping[str, Cell],
    *,
    refused: GridRefused | None = None,
    loose: Sequence[CellProblem] = (),
    status: int = 200,
) -> HttpResponse:
    show = _Show(cells, refused.problems if refused else {})
    groups = [(group, [show.row(row) for row in group.rows]) for group in seen.groups]
    context = {
        "grid": seen,
        "page_numbers": range(1, seen.pages + 1),
        "groups": groups,
        "refused": refused,
        "loose": loose,
        "reason": request.POST.get("reason", ""),
        "counts": counts_of_lines({row.line for row in seen.rows if row.line is not None}),
        "problem_rows": [one for _, rows in groups for one in rows if one.wrong],
        "may_save": may(
            me(request), "value.record", [seen.department] if seen.department else None
        ),
    }
    return render(request, "desk/grid/index.html", context, status=status)


class _Show:
    """行を見せる. Makes the rows that the page shows; the choices of 確報区分 are written out once for each."""

    def __init__(
        self, cells: Mapping[str, Cell], problems: Mapping[str, Sequence[CellProblem]]
    ) -> None:
        self.cells, self.problems = cells, problems
        self.states = dict(_states())
        self.options = {code: _options(code) for code in self.states}

    def row(self, row: GridRow) -> Shown:
        """Return one row."""
        cell = self.cells.get(row.key, row.cell)
        return Shown(
            row=row,
            cell=cell,
            was=json.dumps(asdict(row.cell), ensure_ascii=False),
            options=self.options.get(cell.state, self.options[""]),
            state=self.states.get(cell.state, "") if cell.state else "",
            problems=tuple(self.problems.get(row.key, ())),
            locked=row.lock is not None,
        )


def _options(chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (code, SafeString(" selected") if code == chosen else "", word)
            for code, word in _states()
        ),
    )


def _states() -> list[tuple[str, str]]:
    return [
        ("", "－"),
        ("final", say("確定", "final")),
        ("preliminary", say("速報", "preliminary")),
        ("forecast", say("見込", "forecast")),
    ]
