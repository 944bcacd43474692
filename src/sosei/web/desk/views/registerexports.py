"""台帳の書き出しの画面. The entries that are shown, as a sheet that can be corrected in Excel and imported again."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from sosei.evidence.queries.exporting import exported
from sosei.publishing.entrysheet import csv_of, xlsx_of
from sosei.web.desk.downloads import download
from sosei.web.desk.registerwords import register_name
from sosei.web.desk.saying import lang
from sosei.web.desk.views.registerentries import readable
from sosei.web.desk.views.registers import asked_of, filter_of
from sosei.web.desk.who import me


@login_required
@require_GET
def register_export(request: HttpRequest, register: int) -> HttpResponse:
    """Give the entries that are asked for as XLSX, or as CSV (`as=csv`); nothing of who a person is."""
    shown = readable(me(request), register)
    asked = asked_of(request, shown, filter_of(request, shown))
    columns, rows = exported(me(request).body, register, asked)
    name, names = register_name(shown.kind), [one.called(lang()) for one in columns]
    if request.GET.get("as") == "csv":
        return download(f"{name}.csv", csv_of(names, rows), "csv")
    return download(f"{name}.xlsx", xlsx_of(name, names, rows, lang()), "xlsx")
