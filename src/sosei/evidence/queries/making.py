"""台帳を作る頁. What a person chooses from who makes a register: keys that are taken, rosters whose members a survey can ask."""

from __future__ import annotations

from sosei.evidence import models as m
from sosei.evidence.stored import kind


def keys_taken(body: str) -> frozenset[str]:
    """Return every key that a register of a body ever had: one of a register that ended is not given again."""
    return frozenset(m.Register.objects.filter(body=body).values_list("key", flat=True))


def rosters(body: str) -> tuple[tuple[str, str, str], ...]:
    """Return the rosters of a body, as key, name, and English name."""
    rows = m.Register.objects.filter(body=body, voided__isnull=True)
    found = [kind(row) for row in rows]
    named = ((one.key, one.ja, one.en) for one in found if one.kind == "roster")
    return tuple(sorted(named, key=lambda one: one[1]))
