"""相手を直す. What a subject was from a day on, what an organisation is called; two that are one are made one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sosei.core.corporate import read_corporate
from sosei.core.errors import NoReason
from sosei.evidence import models as m
from sosei.evidence.actions import sums
from sosei.evidence.actions.entries import written
from sosei.evidence.actions.found import alike
from sosei.evidence.actions.steady import steady
from sosei.evidence.codec import CONTENT, said_of, scaled
from sosei.evidence.measures.model import Literal_
from sosei.evidence.nameless import nameless
from sosei.evidence.persons import belongings, departments, family
from sosei.evidence.refusals import NoSuchRow, NumberBeyond, SameSubject
from sosei.evidence.refusals_leaks import NoOrganisation, NumberTaken
from sosei.evidence.stored import attributes_of
from sosei.journal.acts import Act, act
from sosei.offices.models import Person
from sosei.offices.permissions import require

_NUMBER = CONTENT.index("number")
_WHOM = CONTENT.index("subject_id")


def subject_of(by: Person, subject: int) -> m.Subject:
    """Return a subject of one's own body that is not merged into another. Raises NoSuchRow."""
    found = m.Subject.objects.filter(
        body=by.body, pk=subject, voided__isnull=True, into=None
    ).first()
    if found is None:
        raise NoSuchRow(what="相手", number=subject)
    return found


def set_attribute(
    *, by: Person, subject: int, name: str, value: Literal_ | None, first: date | None = None
) -> None:
    """属性を書く. What a subject was from a day on (None: ever); value None: takes out what was said of that day.

    Raises NotAllowed, NoSuchRow, NumberBeyond, PeriodClosed where it makes a closed figure another.
    """
    require(by, "subject.change")
    _require_sound(name, value)
    with act(
        "subject.attribute", body=by.body, by=by.pk, subject=f"evidence.subject:{subject}"
    ) as w:
        row = subject_of(by, subject)
        was = attributes_of(by.body, [name], [subject])[subject]
        with steady(by.body, [name]):
            _say(w, row, name, value, first)
            sums.became(by.body, subject, name, was)


def _require_sound(name: str, value: Literal_ | None) -> None:
    """See that a number can be summed exactly with those of entries."""
    if isinstance(value, Decimal):
        try:
            scaled(value)
        except ValueError:
            raise NumberBeyond(name=name, number=value) from None


def _say(w: Act, subject: m.Subject, name: str, value: Literal_ | None, first: date | None) -> None:
    rows = m.Attribute.objects.filter(subject=subject, name=name, first=first, voided__isnull=True)
    stands = rows.first()
    if value is None:
        if stands is not None:
            w.void(stands, reason="誤りのため")
    elif stands is None:
        w.add(m.Attribute(subject=subject, name=name, value=said_of(value), first=first))
    else:
        w.change(stands, value=said_of(value))


def rename(
    *, by: Person, subject: int, name: str, number: str | None, reason: str, seen: int | None, keeps: bool = True,
) -> m.Subject:  # fmt: skip
    """名称と法人番号を直す. Its entries, what it was when, and every count stay; `keeps`: who says the former name means it.

    Raises NotAllowed, NoReason, NoSuchRow, NoOrganisation, NumberTaken, NotACorporateNumber, BadCheckDigit, Stale.
    """
    require(by, "subject.change")
    if not reason.strip():
        raise NoReason(what="名称・法人番号の訂正")
    said = {"name": name.strip(), "alike": alike(name), "number": read_corporate(number) if number else None}  # fmt: skip
    where = f"evidence.subject:{subject}"
    with act("subject.rename", body=by.body, by=by.pk, subject=where) as w:
        row = subject_of(by, subject)
        if row.kind != "organisation" or not said["alike"]:
            raise NoOrganisation
        _require_free(row, said["number"])
        was = row.alike
        if keeps and was and was != said["alike"]:
            w.add(m.Subject(kind="organisation", name=row.name, alike=was, into=row))
        w.facts["reason"] = reason.strip()
        return w.change(row, seen=seen, **said)


def _require_free(row: m.Subject, number: str | None) -> None:
    others = m.Subject.objects.filter(body=row.body, number=number, into=None, voided__isnull=True)
    other = others.exclude(pk=row.pk).first() if number else None
    if other is not None:
        raise NumberTaken(number=number, name=other.called())


def merge(*, by: Person, subject: int, into: int, reason: str) -> None:
    """名寄せする. The entries and attributes of one subject become the other's.

    Raises SameSubject, NoSuchRow, NoReason, PeriodClosed where it makes a closed figure another.
    """
    require(by, "subject.change")
    both = (subject_of(by, subject), subject_of(by, into))
    nameless(reason, "名寄せ", [one for row in both for one in family(row.pk)])
    with act("subject.merge", body=by.body, by=by.pk, subject=f"evidence.subject:{into}") as w:
        one, other = subject_of(by, subject), subject_of(by, into)
        if one == other or one.kind != other.kind or (one.number and other.number):
            raise SameSubject
        if one.kind == "person":
            _require_seeing(by, one, other)
        with steady(w.body, _names(one, other), _registers(one, other)):
            _give(w, one, other, reason.strip())
        w.change(one, into=other)
        if one.number:
            w.change(other, number=one.number)


def _names(*subjects: m.Subject) -> list[str]:
    """Return what is said of subjects."""
    rows = m.Attribute.objects.filter(subject__in=subjects, voided__isnull=True)
    return sorted(set(rows.values_list("name", flat=True)))


def _registers(*subjects: m.Subject) -> list[str]:
    """Return the registers in which subjects stand."""
    rows = m.Entry.objects.filter(m.entries.CURRENT, subject__in=subjects).order_by()
    return list(rows.values_list("register__key", flat=True).distinct())


def _require_seeing(by: Person, one: m.Subject, other: m.Subject) -> None:
    """Who makes two persons one must be allowed to see both: else the one's register would show the other's contacts.

    Raises SameSubject where one was erased, NotAllowed.
    """
    if one.erased is not None or other.erased is not None:
        raise SameSubject
    found = belongings(by.body, [one.pk, other.pk])
    for department in departments([each for own in found.values() for each in own]):
        require(by, "person.contact.see", [department])


def _give(w: Act, one: m.Subject, other: m.Subject, reason: str) -> None:
    own = m.Entry.objects.filter(m.entries.CURRENT, subject=one)
    for register in m.Register.objects.filter(pk__in=own.values("register").distinct()):
        mine = own.filter(register=register).order_by("number").values_list(*CONTENT)
        there = {row[_NUMBER]: row for row in mine}
        rows = [(*row[:_WHOM], other.pk, *row[_WHOM + 1 :]) for row in there.values()]
        written(w, register, rows, there, way="merge", reason=reason)
    _give_attributes(w, one, other)
    _give_asked(w, one, other)


def _give_asked(w: Act, one: m.Subject, other: m.Subject) -> None:
    """What surveys asked of the one, they ask of the other."""
    asked = m.Asked.objects.filter(voided__isnull=True)
    there = set(asked.filter(subject=other).values_list("register", "year"))
    for row in asked.filter(subject=one):
        if (row.register_id, row.year) not in there:
            w.add(
                m.Asked(
                    register_id=row.register_id, subject=other, year=row.year, sent_on=row.sent_on, due_on=row.due_on
                )
            )  # fmt: skip
        w.void(row, reason="名寄せのため")


def _give_attributes(w: Act, one: m.Subject, other: m.Subject) -> None:
    """What is said of both, the subject that stays says; the rest is added to it."""
    own = m.Attribute.objects.filter(subject=one, voided__isnull=True)
    for name in set(own.values_list("name", flat=True)):
        was = attributes_of(w.body, [name], [other.pk])[other.pk]
        said = {attribute.first for attribute in was}
        for row in own.filter(name=name):
            if row.first not in said:
                w.add(m.Attribute(subject=other, name=name, value=row.value, first=row.first))
            w.void(row, reason="名寄せのため")
        sums.became(w.body, other.pk, name, was)
