"""家. What is owed, by whom, by when; the one thing to do next on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sosei.ledger.queries.opinions import own_papers
from sosei.ledger.queries.taskfindings import open_findings
from sosei.ledger.queries.tasks import Task, Todo, todo_of
from sosei.offices.permissions import may, require
from sosei.offices.queries.resets import resets_for
from sosei.web.desk.frame import quietly
from sosei.web.desk.who import me

#: Where each kind of task is done.
PAGES: Final = {
    "inquiry": "desk:inquiry",
    "inquiry_part": "desk:inquiry_part",
    "batch": "desk:batch",
    "entry": "desk:entry",
    "indicator": "desk:indicator",
    "money": "desk:money",
    "signoff": "desk:signoff",
    "report": "desk:report_edit",
    "opinion": "desk:opinion",
    "opinions": "desk:opinions",
    "opinion_paper": "desk:opinion_paper",
    "volume": "desk:volume",
    "volume_flow": "desk:volume_flow",
    "rollover": "desk:rollover",
    "april": "desk:april_due",
    "people": "desk:people",
    "lockouts": "account_closed",
    "leak": "desk:leak",
    "survey": "desk:register_asked",
    "form": "desk:form",
}

#: An expert's newest papers; the older ones have a page of their own.
_PAPERS: Final = 2


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what is owed."""
    person = me(request)
    todo = todo_of(person)
    who = request.GET.get("who", "")
    first = todo.first
    context: dict[str, Any] = {
        "todo": todo,
        "resets": resets_for(person),
        "traces": may(person, "journal.see"),
        "first": _linked(first) if first else None,
        "present": _rows(todo.present, who),
        "later": _rows(todo.later, who),
        "counts": _counts(todo),
        "who": who,
        "checks": may(person, "book.see"),
        "papers": own_papers(person)[:_PAPERS] if may(person, "opinion.give") else (),
    }
    return render(request, "desk/home/page.html", context)


def _rows(tasks: Iterable[Task], who: str) -> list[tuple[Task, str | None]]:
    """Return the tasks with where they are done: all, or what one department owes."""
    return [
        _linked(task.of(who) if who else task) for task in tasks if not who or who in task.names
    ]


def _linked(task: Task) -> tuple[Task, str | None]:
    """Return a task with where it is done. A survey's page is of one of its years."""
    if task.page == "survey":
        register, year = task.numbers
        url = quietly(PAGES[task.page], register)
        return task, f"{url}?year={year}" if url else None
    return task, quietly(PAGES[task.page], *task.numbers)


def _counts(todo: Todo) -> list[tuple[str, int, int]]:
    """Return who owes how much, and how much of it is late; only where the whole body is shown."""
    if not todo.whole:
        return []
    owed = Counter(name for task in todo.tasks for name in task.names)
    late = Counter(name for task in todo.tasks if task.late_by for name in task.names)
    return sorted(
        ((name, n, late[name]) for name, n in owed.items()), key=lambda row: (-row[2], -row[1])
    )


@login_required
@require_GET
def home_findings(request: HttpRequest) -> HttpResponse:
    """Show how many findings are open in the volumes under work: a piece of the home page, or a page of its own."""
    person = me(request)
    require(person, "book.see")
    found = open_findings(person)
    piece = bool(request.headers.get("HX-Request"))
    template = "desk/home/findings_piece.html" if piece else "desk/home/findings.html"
    rows = [(row, quietly("desk:volume", row.volume)) for row in found]
    return render(request, template, {"rows": rows})
