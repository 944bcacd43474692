"""個人情報の項目. What entries say in fields declared personal: apart from their contents, enciphered, bound to the entry."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.codec import literal, said_of
from sosei.evidence.kinds import RegisterKind
from sosei.evidence.measures.model import Literal_
from sosei.evidence.parts import parts


def place(body: str, register: int, number: int) -> str:
    """Return what binds a text to its entry."""
    return f"private\0{body}\0{register}\0{number}"


def personal_part(values: Mapping[str, Literal_], kind: RegisterKind) -> dict[str, Literal_]:
    """Return those of an entry's values that are kept here, and not among its contents."""
    return {key: value for key, value in values.items() if key in kind.personal}


def private_of(register: m.Register, numbers: Collection[int]) -> dict[int, Mapping[str, Literal_]]:
    """Return what entries say in personal fields; who asks must be allowed to. Raises PersonalKeyLacking, PersonalTextChanged."""
    wanted = sorted(set(numbers))
    found: dict[int, Mapping[str, Literal_]] = {}
    for part in parts(wanted):
        rows = m.Private.objects.filter(register=register, number__in=part)
        for number, sealed in rows.values_list("number", "sealed"):
            said = personal.deciphered(place(register.body, register.pk, number), sealed)
            found[number] = {key: literal(value) for key, value in said.items()}
    return found


def sealed_row(register: m.Register, number: int, values: Mapping[str, Literal_]) -> m.Private:
    """Return the row that keeps them."""
    said: dict[str, Any] = {key: said_of(value) for key, value in values.items()}
    text = personal.enciphered(place(register.body, register.pk, number), said)
    return m.Private(register=register, number=number, body=register.body, sealed=text)
