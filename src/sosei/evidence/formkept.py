"""受け付けた内容. What waits for an official, enciphered and bound to its submission; and what an entry that came by a form says now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils import timezone

from sosei.core.shown import show_number
from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.codec import CONTENT, draft_of
from sosei.evidence.drafts import Draft, Who
from sosei.evidence.measures.model import Literal_
from sosei.evidence.private import private_of
from sosei.evidence.publicforms import IDENTITY, fields_of, read_said
from sosei.evidence.sheets.columns import Column
from sosei.evidence.stored import kind
from sosei.evidence.told import opened
from sosei.evidence.typed import Typed

_WHOLE: Final = ("name", "kana", "mail", "phone", "address")


def place(row: m.Submission) -> str:
    """Return what binds a text to its submission."""
    return waiting_place(row.body, row.form_id, row.pk)


def waiting_place(body: str, form: int, submission: int) -> str:
    """Return the same by its numbers."""
    return f"submission\0{body}\0{form}\0{submission}"


def held(row: m.Submission) -> dict[str, str]:
    """Return what a submission that waits says. Raises PersonalKeyLacking, PersonalTextChanged."""
    return personal.deciphered(place(row), m.Held.objects.get(submission=row).sealed)


def columns(form: m.PublicForm) -> tuple[Column, ...]:
    """Return the columns a form asks."""
    return fields_of(kind(form.register), form.mode, tuple(form.asked), tuple(form.required))


def read_of(form: m.PublicForm, said: Mapping[str, str], came: datetime) -> Typed:
    """Read what came by a form, as of the day it came."""
    day = timezone.localtime(came).date()
    return read_said(kind(form.register), form.mode, columns(form), form.place, day, said)


def standing(row: m.Submission) -> tuple[Draft, int] | None:
    """Return what the entry that came by a submission says now, and its content's id; None: taken out, or he was erased."""
    own = m.Entry.objects.filter(
        m.entries.CURRENT, register=row.form.register, number=row.entry or 0
    )
    found = own.exclude(subject__erased__isnull=False).values_list("pk", *CONTENT).first()
    return None if found is None else (draft_of(found[1:], kind(row.form.register)), found[0])


def whole(row: m.Submission, draft: Draft) -> dict[str, Literal_]:
    """Return an entry's values, with those that are kept enciphered."""
    number = draft.entry or 0
    private = private_of(row.form.register, [number]).get(number, {})
    return {**draft.values, **private}


def contact(row: m.Submission, draft: Draft) -> Who | None:
    """Return who he is whom a submission made known; None of who was known before, was merged, or erased.

    Nor of whom others have entered since: his contacts are theirs as well, and a code changes nothing of them.
    """
    if row.person_id is None or row.person_id != draft.subject or _elsewhere(row, row.person_id):
        return None
    found = m.Contact.objects.filter(subject=row.person_id).first()
    return opened(found) if found else None


def _elsewhere(row: m.Submission, person: int) -> bool:
    """Whether somebody stands in the book by more than what his submission entered."""
    registers = m.Register.objects.filter(body=row.body).values("pk")
    entries = m.Entry.objects.filter(m.entries.CURRENT, register__in=registers, subject=person)
    register = row.form.register_id
    return (
        entries.exclude(register=register, number=row.entry or 0).exists()
        or m.Consent.objects.filter(subject=person, voided=None).exclude(register=register).exists()
        or m.Subject.objects.filter(into=person).exists()
    )


def own_columns(row: m.Submission, draft: Draft | None) -> tuple[Column, ...]:
    """Return the columns that a person sees and changes of his own: of whom it is only where it is surely he."""
    asked = columns(row.form)
    if draft is None or contact(row, draft) is not None:
        return asked
    return tuple(one for one in asked if one.key not in IDENTITY)


def told(row: m.Submission, draft: Draft, who: Who | None) -> dict[str, str]:
    """Return what an entry says as it would be typed into its form."""
    values = whole(row, draft)
    said: dict[str, str] = {}
    for one in own_columns(row, draft):
        value = getattr(who, one.key, None) if one.key in _WHOLE and one.field is None else values.get(one.field or "")  # fmt: skip
        said[one.key] = typed(value)
    return said


def typed(value: Literal_ | None) -> str:
    """Return a value as a person types it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, Decimal):
        return show_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def merged_values(row: m.Submission, draft: Draft, said: Mapping[str, Literal_]) -> dict[str, Literal_]:  # fmt: skip
    """Return an entry's values with those that its form asks as they are now said."""
    asked = {one.field for one in columns(row.form)}
    return {key: value for key, value in whole(row, draft).items() if key not in asked} | dict(said)
