"""個人情報の項目を書く. Within an act that enters entries: what they say in fields declared personal is kept apart, enciphered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sosei.evidence import models as m
from sosei.evidence.keyed import require_key
from sosei.evidence.measures.model import Literal_
from sosei.evidence.parts import parts
from sosei.evidence.private import private_of, sealed_row


def seal_private(register: m.Register, number: int, values: Mapping[str, Literal_]) -> None:
    """Keep what one entry now says in personal fields (`private.personal_part`); nothing: what stood there goes.

    Only inside an act. Raises PersonalKeyLacking.
    """
    drop_private(register, [number])
    seal_all_private(register, {number: values} if values else {})


def seal_all_private(
    register: m.Register, said: Mapping[int, Mapping[str, Literal_]]
) -> frozenset[int]:
    """Keep what many entries now say beside what they said before; return those of which it is something else.

    A field that is not said stays: a sheet without its column takes nothing away. Only inside an act. Raises
    PersonalKeyLacking, OtherPersonalKey.
    """
    if not said:
        return frozenset()
    require_key()
    before = private_of(register, said)
    now = {number: {**before.get(number, {}), **values} for number, values in said.items()}
    anew = sorted(number for number, values in now.items() if values != before.get(number))
    drop_private(register, anew)
    for part in parts(anew):
        m.Private.objects.bulk_create(
            [sealed_row(register, number, now[number]) for number in part]
        )
    return frozenset(anew)


def drop_private(register: m.Register, numbers: Iterable[int]) -> None:
    """Let go of what entries say in personal fields. Only inside an act."""
    for part in parts(numbers):
        m.Private.objects.filter(register=register, number__in=part).delete()
