"""台帳を作る頁. What a person chooses from who makes a register: keys that are taken, rosters whose members a survey can ask."""

from __future__ import annotations

from typing import Final

from sosei.evidence import models as m
from sosei.evidence.codec import CONTENT, recorder
from sosei.evidence.stored import kind

#: Entries that a page looks at to say which fields are in use.
_LOOKED_AT: Final = 1000


def keys_taken(body: str) -> frozenset[str]:
    """Return every key that a register of a body ever had: one of a register that ended is not given again."""
    return frozenset(m.Register.objects.filter(body=body).values_list("key", flat=True))


def rosters(body: str) -> tuple[tuple[str, str, str], ...]:
    """Return the rosters of a body, as key, name, and English name."""
    rows = m.Register.objects.filter(body=body, voided__isnull=True)
    found = [kind(row) for row in rows]
    named = ((one.key, one.ja, one.en) for one in found if one.kind == "roster")
    return tuple(sorted(named, key=lambda one: one[1]))


def name_taken(body: str, name: str, department: int | None) -> bool:
    """Whether a department has a register of a name."""
    rows = m.Register.objects.filter(body=body, department=department, voided__isnull=True)
    return bool(name) and any(name in (one.ja, one.en) for one in map(kind, rows))


def has_entries(register: int) -> bool:
    """Whether anything was ever entered in a register: then its kind stays what it is."""
    return m.Entry.objects.filter(register=register).exists()


def fields_used(register: int) -> frozenset[str]:
    """Return the fields in which the latest entries of a register say something; the act looks at all of them.

    Of personal ones it is known only that there are any: then all of them are.
    """
    row = m.Register.objects.get(pk=register)
    holds, read = kind(row), recorder(kind(row))
    latest = m.Entry.objects.filter(register=row).order_by("-pk").values_list(*CONTENT)[:_LOOKED_AT]
    found = {key for content in latest for key in read(content).values}
    personal = m.Private.objects.filter(register=row).exists()
    return frozenset(found | (holds.personal if personal else set()))
