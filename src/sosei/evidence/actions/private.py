"""個人情報の項目を書く. Within an act that enters entries: what they say in fields declared personal is kept apart, enciphered."""

from __future__ import annotations

from collections.abc import Mapping

from sosei.evidence import models as m
from sosei.evidence.keyed import require_key
from sosei.evidence.measures.model import Literal_
from sosei.evidence.private import MANY, sealed_row


def seal_private(register: m.Register, number: int, values: Mapping[str, Literal_]) -> None:
    """Keep what one entry now says in personal fields (`private.personal_part`); nothing: what stood there goes.

    Only inside an act. Raises PersonalKeyLacking.
    """
    seal_all_private(register, {number: values})


def seal_all_private(register: m.Register, said: Mapping[int, Mapping[str, Literal_]]) -> None:
    """Keep what many entries now say. Only inside an act. Raises PersonalKeyLacking, OtherPersonalKey."""
    numbers = sorted(said)
    if numbers:
        require_key()
    for begin in range(0, len(numbers), MANY):
        part = numbers[begin : begin + MANY]
        m.Private.objects.filter(register=register, number__in=part).delete()
        rows = [sealed_row(register, number, said[number]) for number in part if said[number]]
        m.Private.objects.bulk_create(rows)
