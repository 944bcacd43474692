"""台帳で聞いたことを書く. Within an act that enters entries: what is said of a person whose contact another register heard before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sosei.evidence import models as m
from sosei.evidence import personal
from sosei.evidence.drafts import Who
from sosei.evidence.keyed import require_key
from sosei.evidence.parts import parts
from sosei.evidence.proof import spans
from sosei.evidence.told import opened, place
from sosei.journal.acts import Act


def note_told(w: Act, register: m.Register, said: Mapping[int, Who]) -> None:
    """Keep what a register hears of known persons; of whose contact is its own, nothing. Raises PersonalKeyLacking.

    Of whom it does, the line of the journal says by their numbers: so that a loss is found.
    """
    heard: list[int] = []
    for part in parts(sorted(said)):
        others = m.Contact.objects.filter(subject__in=part).exclude(register=register)
        subjects = sorted(others.values_list("pk", flat=True))
        if subjects:
            require_key()
            _write(register, {subject: said[subject] for subject in subjects})
            heard += subjects
    if heard:
        told = w.facts.setdefault("told", {})
        before = [
            n for first, last in told.get(str(register.pk), ()) for n in range(first, last + 1)
        ]
        told[str(register.pk)] = spans(sorted({*before, *heard}))


def _write(register: m.Register, said: Mapping[int, Who]) -> None:
    rows = m.Told.objects.filter(register=register, subject__in=said)
    before = {row.subject_id: (row, opened(row)) for row in rows}
    for subject, who in said.items():
        was = before.get(subject)
        now = Who(**{**_parts(was[1]), **_parts(who)}) if was else who
        if was is None or now != was[1]:
            sealed = personal.enciphered(place(register.body, register.pk, subject), _parts(now))
            m.Told.objects.update_or_create(
                register=register,
                subject_id=subject,
                defaults={"body": register.body, "sealed": sealed},
            )


def _parts(who: Who) -> dict[str, Any]:
    return {part: value for part, value in asdict(who).items() if value is not None}
