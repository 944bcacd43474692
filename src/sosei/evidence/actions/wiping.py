"""消し方. Everything by which a person is known goes, wherever it stands; his row and his entries stay, so that counts and proofs hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sosei.evidence import models as m
from sosei.evidence.actions.waiting import drop_of
from sosei.evidence.measures.shares import asked_of_subjects
from sosei.evidence.parts import parts
from sosei.evidence.stored import measure
from sosei.journal.acts import Act


def wipe(w: Act, subjects: Collection[int]) -> None:
    """Let go of who some persons are, also where that is only on its way in. Only inside an act."""
    if not subjects:
        return
    m.Upload.objects.filter(body=w.body).delete()  # a sheet on its way in may hold them
    drop_of(w, subjects)
    unknow(w, subjects)


def unknow(w: Act, subjects: Collection[int]) -> None:
    """Let go of contacts and personal fields of some persons. Only inside an act."""
    for part in parts(sorted(set(subjects))):
        drop_private_of(part)
        _empty_attributes(w, part)
        m.Told.objects.filter(subject__in=part).delete()
        m.Contact.objects.filter(subject__in=part).delete()
        for row in m.Subject.objects.filter(pk__in=part, erased=None).order_by("pk"):
            w.change(row, erased=w.at)


def _empty_attributes(w: Act, subjects: Collection[int]) -> None:
    """Take out what persons were said to be; what a measure asks for stays, as the counts of closed years rest on it."""
    rows = m.Measure.objects.filter(body=w.body, voided=None).values_list("text", flat=True)
    asked = {name for text in rows for name in asked_of_subjects(measure(text))}
    for row in m.Attribute.objects.filter(subject__in=subjects).exclude(name__in=asked).order_by("pk"):  # fmt: skip
        if row.value != "":
            voided = {} if row.voided else {"voided": w.at, "void_reason": "個人情報の消去"}
            w.empty(row, {"value": ""}, **voided)


def drop_private_of(subjects: Collection[int], register: int | None = None) -> dict[int, list[int]]:
    """Delete the personal fields of entries about some subjects, also of those taken out; not where they are now another's.

    Return the numbers of the entries that had some, by register.
    """
    own = m.Entry.objects.filter(subject__in=subjects).order_by()
    if register is not None:
        own = own.filter(register=register)
    numbers: dict[int, set[int]] = defaultdict(set)
    for where, number in own.values_list("register", "number").distinct():
        numbers[where].add(number)
    return {where: _dropped(where, sorted(said), subjects) for where, said in numbers.items()}


def _dropped(register: int, numbers: list[int], subjects: Collection[int]) -> list[int]:
    """Delete the personal fields of some entries of a register but where they are now about somebody else."""
    found: list[int] = []
    for part in parts(numbers):
        now = m.Entry.objects.filter(m.entries.CURRENT, register=register, number__in=part)
        whose = dict(now.filter(subject__isnull=False).values_list("number", "subject"))
        rest = [number for number in part if whose.get(number) is None or whose[number] in subjects]
        rows = m.Private.objects.filter(register=register, number__in=rest)
        found += sorted(rows.values_list("number", flat=True))
        rows.delete()
    return found
