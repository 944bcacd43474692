"""登録の画面. One entry with every content it had: what, when, by whom, from which file and cell, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from sosei.core.errors import NotAllowed
from sosei.evidence.actions.contacts import see_contact
from sosei.evidence.actions.documents import Of
from sosei.evidence.drafts import Who
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.queries.batches import BatchRow, batches_in
from sosei.evidence.queries.documents import documents_of
from sosei.evidence.queries.registers import EntryRow, RegisterShown, history
from sosei.evidence.queries.registers import register as register_shown
from sosei.evidence.queries.subjects import is_erased
from sosei.offices.permissions import asked, may, require
from sosei.web.desk.refusals import NoSuchPage
from sosei.web.desk.registerwords import field_name, parts, who_shown
from sosei.web.desk.views.registers import knows, needs, sees_rows
from sosei.web.desk.who import me


@dataclass(frozen=True, slots=True)
class Told:
    """版の見え方. A content of an entry; `said`: name, words, and what the content before said where that differs.

    `cells`: of what came by a survey sheet, each item and the cell in which its value stands.
    """

    row: EntryRow
    batch: BatchRow | None
    who: str
    said: tuple[tuple[str, str, str | None], ...]
    cells: tuple[tuple[str, str], ...] = ()


@login_required
@require_GET
def entry(request: HttpRequest, register: int, number: int) -> HttpResponse:
    """Show an entry with its past."""
    return _shown(request, readable(me(request), register), number)


def _shown(
    request: HttpRequest, shown: RegisterShown, number: int, who: Who | None = None
) -> HttpResponse:
    person = me(request)
    told = _told(person, shown, number)
    context = {
        "one": shown,
        "number": number,
        "now": told[0],
        "told": told,
        "needs": needs(person, shown),
        "sees_contact": may(person, "person.contact.see", [shown.department]),
        "erased": told[0].row.person and is_erased(person.body, told[0].row.record.subject),
        "who": who,
        "sees_journal": may(person, "journal.see"),
        "documents": documents_of(person.body, Of(register=shown.pk, number=number)),
    }
    return render(request, "desk/registers/entry.html", context)


@login_required
@require_POST
def contact(request: HttpRequest, register: int, number: int) -> HttpResponse:
    """Show who the person of an entry is; that it was seen stands in the journal."""
    person = me(request)
    shown = readable(person, register)
    subject = history(person.body, register, number)[0].record.subject
    if subject is None:
        raise NoSuchPage
    return _shown(
        request, shown, number, see_contact(by=person, subject=subject, register=register)
    )


def readable(person: Any, register: int, *, ended: bool = False) -> RegisterShown:
    """Return a register of which a person may see single entries; `ended`: also one that is no longer kept.

    Raises NotAllowed, NoSuchRow.
    """
    require(person, "register.see")
    shown = register_shown(person.body, register, ended=ended)
    if not sees_rows(person, shown):
        raise NotAllowed(what="この台帳の一件ごとの閲覧", who=asked("register.write"))
    return shown


def _told(person: Any, shown: RegisterShown, number: int) -> list[Told]:
    body, told = person.body, knows(person, shown.department)
    rows = history(body, shown.pk, number)
    batches = batches_in(body, {row.batch for row in rows})
    earlier = (*rows[1:], None)
    return [
        Told(
            row, batches.get(row.batch), who_shown(shown.kind, row, knows=told), _said(shown.kind, row, before, told),
            _cells(shown.kind, row, batches.get(row.batch)),
        )
        for row, before in zip(rows, earlier, strict=True)
    ]  # fmt: skip


def _cells(
    kind: RegisterKind, row: EntryRow, batch: BatchRow | None
) -> tuple[tuple[str, str], ...]:
    """Return where each value of a survey sheet stands."""
    told = batch.mapping.get("answers", {}).get(row.at, {}) if batch and batch.way == "answer" else {}  # fmt: skip
    cells = told.get("cells", {})
    return tuple((field_name(one), cells[key]) for key, one in kind.fields.items() if key in cells)


def _said(
    kind: RegisterKind, row: EntryRow, before: EntryRow | None, told: bool
) -> tuple[tuple[str, str, str | None], ...]:
    """Return what a content says, and beside it what the one before said where that was something else."""
    now = _parts(kind, row, told)
    was = dict(_parts(kind, before, told)) if before is not None and not before.gone else dict(now)
    return tuple(
        (name, words, was.get(name, "") if was.get(name, "") != words else None)
        for name, words in now
    )


def _parts(kind: RegisterKind, row: EntryRow, told: bool) -> list[tuple[str, str]]:
    return [("", who_shown(kind, row, knows=told)), *parts(kind, row.record)]
