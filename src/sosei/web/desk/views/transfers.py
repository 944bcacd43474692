"""異動の名簿の画面. A roster is pasted, looked at row by row, and registered all at once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sosei.core.errors import SoseiError
from sosei.journal.clock import today
from sosei.offices.actions import transfers
from sosei.offices.permissions import require
from sosei.offices.queries.roster import Moving, mark_of, roster_of
from sosei.web.desk.forms.people import RosterForm
from sosei.web.desk.rosters import example
from sosei.web.desk.views.april import next_april
from sosei.web.desk.views.offices import sent, status_of, told
from sosei.web.desk.who import me


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest) -> HttpResponse:
    """Paste a roster, look at every row, register all of it at once; new accounts' passwords are shown once."""
    by = me(request)
    require(by, "person.arrange")
    form = RosterForm(sent(request), initial={"on": next_april(today())})
    rows: tuple[Moving, ...] = ()
    mark = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        rows = roster_of(by, said["text"], said["on"])
        mark = mark_of(rows, said["on"])
        if "do" in request.POST:
            try:
                made = transfers.transfer(by=by, seen=request.POST.get("seen", ""), **said)
            except SoseiError as error:
                form.add_error(None, told(error))
            else:
                context = {"made": made, "rows": rows, "on": said["on"]}
                return render(request, "desk/people/transferred.html", context)
    wrong = sum(bool(row.problems) for row in rows)
    context = {"form": form, "rows": rows, "mark": mark, "wrong": wrong, "example": example()}
    return render(request, "desk/people/transfer.html", context, status=status_of(form))
