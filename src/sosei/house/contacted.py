"""個人情報の点検. Is who persons are still kept, each with his own? What an act erased is no loss; what went by itself is.

Of each person whose identity was not erased there is a contact, bound to his row, with the fingerprints it makes. Of which
entries something was said in personal fields, their batch says. What was enciphered with a key that is not here is not
opened: `sosei doctor` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet

from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.parts import parts
from sosei.evidence.private import place
from sosei.evidence.refusals_personal import PersonalTextChanged
from sosei.evidence.told import opened
from sosei.house.evidencewords import batch_facts, entries_called, register_called
from sosei.journal.models import Entry as Line
from sosei.journal.verdict import Problem

_ROWS: Final = 1000
#: Verbs of lines after which an entry may have no personal field, though its batch says so: its own number is among the facts.
_ANEW: Final = ("private.correct", "form.change_own")


def problems(body: str | None = None) -> Iterator[Problem]:
    """Yield every loss and every exchange of what is kept of persons."""
    yield from _lost(body)
    yield from _told_lost(body)
    yield from _held_lost(body)
    yield from _left(body)
    yield from _changed(body)
    yield from _heard_changed(body)
    yield from _private_lost(body)
    yield from _private_changed(body)


def _of(rows: QuerySet[Any], body: str | None) -> QuerySet[Any]:
    return rows if body is None else rows.filter(body=body)


def _persons(body: str | None) -> QuerySet[m.Subject]:
    return _of(m.Subject.objects.filter(kind="person", voided=None), body)


def _lost(body: str | None) -> Iterator[Problem]:
    rows = _persons(body).filter(erased=None, contact=None).order_by("pk")
    for subject in rows.values_list("pk", flat=True).iterator(chunk_size=_ROWS):
        yield Problem("J60", {"subject": subject})


def _told_lost(body: str | None) -> Iterator[Problem]:
    """Yield persons of whom a line says that a register heard something, where nothing of it is kept."""
    lines = _of(Line.objects.filter(facts__has_key="told").order_by("body", "seq"), body)
    for line in lines.iterator(chunk_size=_ROWS):
        for register, spans in line.facts["told"].items():
            for part in parts(n for first, last in spans for n in range(first, last + 1)):
                for subject in sorted(_untold(int(register), part, line)):
                    yield Problem("J60", {"subject": subject})


def _untold(register: int, persons: list[int], line: Line) -> set[int]:
    """Return of whom nothing is kept; not who left the register, nor whom a batch brought that was undone."""
    entries = m.Entry.objects.filter(
        register=register, subject__in=persons, subject__erased=None
    ).order_by()
    brought = entries.filter(since=line.at, batch__undone_by=None).values_list("subject", flat=True)
    now = entries.filter(m.entries.CURRENT).values_list("subject", flat=True)
    there = m.Told.objects.filter(register=register, subject__in=persons).values_list(
        "subject", flat=True
    )
    return {one for one in {*brought} & {*now} - {*there} if one is not None}


def _held_lost(body: str | None) -> Iterator[Problem]:
    rows = _of(
        m.Submission.objects.filter(state="waiting", voided=None, held=None).order_by("pk"), body
    )
    for submission in rows.values_list("pk", flat=True).iterator(chunk_size=_ROWS):
        yield Problem("J65", {"submission": submission})


def _left(body: str | None) -> Iterator[Problem]:
    rows = _persons(body).filter(erased__isnull=False, contact__isnull=False).order_by("pk")
    for subject in rows.values_list("pk", flat=True).iterator(chunk_size=_ROWS):
        yield Problem("J61", {"subject": subject})


def _changed(body: str | None) -> Iterator[Problem]:
    for row in _of(m.Contact.objects.order_by("pk"), body).iterator(chunk_size=_ROWS):
        if _is_here(row.sealed) and not _fits(row):
            yield Problem("J62", {"subject": row.subject_id})


def _heard_changed(body: str | None) -> Iterator[Problem]:
    for row in _of(m.Told.objects.order_by("pk"), body).iterator(chunk_size=_ROWS):
        if _is_here(row.sealed) and not _opens(row):
            yield Problem("J62", {"subject": row.subject_id})


def _fits(row: m.Contact) -> bool:
    """Whether a contact is of its person, and found by what it says (or, where that is another's, not at all)."""
    try:
        made = personal.fingerprints(opened(row))
    except PersonalTextChanged:
        return False
    if personal.number_of(row.sealed) != personal.newest():
        return True  # of an older key: made with that
    here = (("mail_key", row.mail_key, made[0]), ("name_key", row.name_key, made[1]))
    return all(kept == own or (kept == "" and _is_anothers(row, by, own)) for by, kept, own in here)


def _is_anothers(row: m.Contact, by: str, key: str) -> bool:
    """Whether somebody else of the book goes by a fingerprint: only then is one not found by it."""
    others = m.Contact.objects.filter(**{"body": row.body, by: key}).exclude(pk=row.pk)
    return others.exists()


def _opens(row: m.Told) -> bool:
    try:
        opened(row)
    except PersonalTextChanged:
        return False
    return True


def _is_here(sealed: str) -> bool:
    """Whether the key is here that a text says; a text that says none was changed, and is looked at."""
    try:
        return personal.number_of(sealed) in personal.ring()
    except PersonalTextChanged:
        return bool(personal.ring())


def _private_lost(body: str | None) -> Iterator[Problem]:
    """Yield entries in force whose batch says that something was kept of them, and of which nothing is."""
    for batch in _of(m.Batch.objects.exclude(private=[]).order_by("pk"), body).iterator():
        excused: set[int] | None = None
        for part in parts(n for first, last in batch.private for n in range(first, last + 1)):
            gone = _without(batch, part)
            if gone and excused is None:
                excused = _excused(batch)
            if lost := [number for number in gone if number not in (excused or ())]:
                facts = {"entries": entries_called(lost), "n": len(lost)}
                yield Problem("J63", {**facts, **batch_facts(batch)})


def _without(batch: m.Batch, numbers: list[int]) -> list[int]:
    own = m.Entry.objects.filter(m.entries.CURRENT, batch=batch, number__in=numbers)
    there = m.Private.objects.filter(register=batch.register_id, number__in=numbers)
    left = own.exclude(subject__erased__isnull=False).values_list("number", flat=True)
    return sorted(set(left) - set(there.values_list("number", flat=True)))


def _excused(batch: m.Batch) -> set[int]:
    """Return the entries of a batch whose personal fields an act took away or said anew since, as the journal says."""
    lines = Line.objects.filter(body=batch.body, at__gte=batch.since)
    said = lines.filter(verb__in=_ANEW).values_list("subject", "facts")
    places = _places(batch.register)
    found = {
        facts["entry"]
        for where, facts in said
        if where in places and isinstance(facts.get("entry"), int)
    }
    over = lines.filter(verb="subject.erase_due").values_list("facts", flat=True)
    for facts in over:
        for first, last in facts.get("private_over", {}).get(str(batch.register_id), ()):
            found.update(range(first, last + 1))
    return found


def _places(register: m.Register) -> set[str]:
    """Return of what the lines are that say personal fields of a register anew: of itself, and of what came by its forms."""
    sent = m.Submission.objects.filter(form__register=register).values_list("pk", flat=True)
    return {f"evidence.register:{register.pk}", *(f"evidence.submission:{pk}" for pk in sent)}


def _private_changed(body: str | None) -> Iterator[Problem]:
    for row in _of(m.Private.objects.order_by("pk"), body).iterator(chunk_size=_ROWS):
        if _is_here(row.sealed) and not _is_own(row):
            facts = {"register": register_called(row.register_id), "entries": entries_called([row.number])}  # fmt: skip
            yield Problem("J64", facts)


def _is_own(row: m.Private) -> bool:
    try:
        personal.deciphered(place(row.body, row.register_id, row.number), row.sealed)
    except PersonalTextChanged:
        return False
    return True
