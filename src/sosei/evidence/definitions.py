"""定義を書く. A kind of register as the table it is made of, to be changed and stored; keys that nobody has to think of."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Any

from sosei.evidence.kinds import Field, RegisterKind


def table_of(kind: RegisterKind) -> dict[str, Any]:
    """Return a kind as `kinds.kind_of` takes it; what it does not say is left out.

    >>> from sosei.evidence.kinds import catalogue, kind_of
    >>> all(kind_of(key, table_of(kind)) == kind for key, kind in catalogue().items())
    True
    """
    said: dict[str, Any] = {
        "kind": kind.kind,
        "ja": kind.ja,
        "en": kind.en,
        "subject": kind.subject,
    }
    said |= {"stages": list(kind.stages)} if kind.stages else {}
    said |= {"groups": True} if kind.groups else {}
    said |= {"asks": kind.asks} if kind.asks is not None else {}
    said |= {"rows": kind.rows} if kind.rows != "internal" else {}
    said |= {"purpose": kind.purpose} if kind.purpose else {}
    said |= {"about": dict(kind.about)} if kind.about else {}
    said |= {"subsidy": kind.subsidy.table()} if kind.subsidy else {}
    return said | {"fields": {key: field_table(one) for key, one in kind.fields.items()}}


def field_table(field: Field) -> dict[str, Any]:
    """Return a field as a register's table says it."""
    said: dict[str, Any] = {
        "ja": field.ja,
        "en": field.en,
        "type": field.type,
        "column": field.column,
    }
    said |= {"required": True} if field.required else {}
    said |= {"unit": field.unit} if field.unit is not None else {}
    said |= {"choices": list(field.choices)} if field.choices else {}
    return said | ({"personal": True} if field.personal else {})


def fresh_key(wanted: str, taken: Collection[str]) -> str:
    """Return a key that is not taken: the one that is wanted, or that with a number behind it.

    >>> fresh_key("members", {"members", "members_2"})
    'members_3'
    """
    return wanted if wanted not in taken else _numbered(f"{wanted}_", taken, 2)


def field_key(taken: Collection[str]) -> str:
    """Return a key for a new field: field1, field2, …

    >>> field_key({"field1", "place"})
    'field2'
    """
    return _numbered("field", taken, 1)


def _numbered(wanted: str, taken: Collection[str], first: int) -> str:
    return next(key for n in count(first) if (key := f"{wanted}{n}") not in taken)
