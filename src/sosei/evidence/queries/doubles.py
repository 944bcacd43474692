"""二重の登録. Entries that already say what a new one is about to say again: the same subject for the same year or day."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from sosei.evidence import models as m
from sosei.evidence.actions.found import keys
from sosei.evidence.drafts import Draft
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.queries.registers import EntryRow, rows_shown
from sosei.evidence.stored import kind

#: Entries that are shown beside the new one.
MOST: Final = 5


def doubles(body: str, register: int, draft: Draft) -> tuple[EntryRow, ...]:
    """Return entries in force that may be the same as a draft; of persons none, whose names are not compared here."""
    row = m.Register.objects.get(body=body, pk=register)
    same = _same(kind(row), draft)
    subject = _subject(body, draft)
    if same is None or (subject is None and draft.who is not None):
        return ()
    if kind(row).subject != "none" and subject is None:
        return ()
    found = m.Entry.objects.filter(m.entries.CURRENT, same, register=row)
    found = found.filter(subject=subject) if subject is not None else found
    return tuple(rows_shown(row, found.order_by("-number")[:MOST]))


def _subject(body: str, draft: Draft) -> int | None:
    """Return the organisation that a draft names, where the book has it."""
    if draft.subject is not None or draft.who is None or draft.who.kind == "person":
        return draft.subject
    rows = m.Subject.objects.filter(body=body, into=None, voided__isnull=True).order_by("pk")
    for by, value in keys(draft.who):
        named = Q(alike=value, number=None) if by == "unnumbered" else Q(**{by: value})
        if (pk := rows.filter(named).values_list("pk", flat=True).first()) is not None:
            return pk
    return None


def _same(of: RegisterKind, draft: Draft) -> Q | None:
    """Return the question for entries of the same time; None where nothing tells it."""
    if of.kind == "survey":
        return Q(year=draft.year)
    if of.kind == "roster":
        return (
            Q(last__isnull=True) | Q(last__gte=draft.first) if draft.first else Q(last__isnull=True)
        )
    if of.kind == "case":
        days = {f"reached{n}": day for n, day in enumerate(draft.reached, 1) if day is not None}
        return Q(**days) if days else None
    if draft.first is None:
        return None
    return Q(first=draft.first) & _where(of, draft)


def _where(of: RegisterKind, draft: Draft) -> Q:
    """Of what nobody is the subject of: the same place and sort too."""
    if of.subject != "none":
        return Q()
    said = {
        one.column: draft.values.get(one.key)
        for one in of.fields.values()
        if one.column in ("place", "sort")
    }
    return Q(last=draft.last, **said)
